use crate::petgraph::strong_components;
use crate::{NodeSet, SupplyGraph};

impl SupplyGraph {
    /// Lists the groups of nodes that all need one another, sorted by the first id of each.
    ///
    /// They are the strongly connected components of more than one node. No node is in two.
    #[must_use]
    pub fn cycles(&self) -> Vec<NodeSet<'_>> {
        let components = strong_components(self).into_iter();
        let mut cycles: Vec<_> = components
            .filter(|component| component.len() > 1)
            .map(|component| NodeSet::new(self, component))
            .collect();
        cycles.sort_by(|a, b| a.ids().next().cmp(&b.ids().next()));
        cycles
    }
}
