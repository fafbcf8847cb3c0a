use crate::graph::ix;
use crate::{Direction, NodeRef, NodeSet};

impl<'g> NodeSet<'g> {
    /// Returns the nodes of the set in groups that can be worked on one after the other: each needs
    /// only what is in earlier groups, directly or through others, and nodes that need one another
    /// stand in one group.
    ///
    /// This is the order in which to mend or rebuild: what everything else needs comes first.
    ///
    /// ```
    /// use modelward_graph::{Relation, SupplyGraphBuilder};
    ///
    /// let mut builder = SupplyGraphBuilder::default();
    /// builder.relate_all(&[
    ///     ("pkg:oci/shop", Relation::Serves, "pkg:huggingface/a/tuned"),
    ///     ("pkg:huggingface/a/tuned", Relation::TrainedOn, "pkg:huggingface/datasets/a/d"),
    ///     ("pkg:oci/shop", Relation::Contains, "pkg:pypi/torch"),
    /// ])?;
    /// let graph = builder.build()?;
    /// let frontiers = graph.all().frontiers();
    /// let sizes: Vec<usize> = frontiers.iter().map(Vec::len).collect();
    /// assert_eq!(sizes, [2, 1, 1]);
    /// assert_eq!(frontiers[2][0].id(), "pkg:oci/shop");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn frontiers(&self) -> Vec<Vec<NodeRef<'g>>> {
        let (graph, members) = (self.graph(), self.members());
        let rows = graph.rows(Direction::Dependencies);
        // In how many groups the nodes of the set are that a node needs, its own included.
        let mut needed = vec![0_u32; graph.node_count()];
        let mut frontiers: Vec<Vec<NodeRef<'g>>> = Vec::new();
        for nodes in graph.stretches() {
            let below = nodes.clone().flat_map(|node| rows.neighbors(node));
            let level = below.map(|other| needed[*other as usize]).max();
            let level = level.unwrap_or(0);
            let inner = nodes.clone().filter(|node| members.contains(*node));
            let mut is_in = 0;
            for member in inner {
                is_in = 1;
                if frontiers.len() == level as usize {
                    frontiers.push(Vec::new());
                }
                frontiers[level as usize].push(graph.at(member));
            }
            for node in nodes {
                needed[node as usize] = level + is_in;
            }
        }
        frontiers
    }
}

impl crate::SupplyGraph {
    /// Returns all nodes in order, those that need one another together.
    pub(crate) fn stretches(&self) -> impl Iterator<Item = std::ops::Range<u32>> {
        let nodes = ix(self.node_count());
        let joined = &self.parts().joined;
        let mut start = 0;
        std::iter::from_fn(move || {
            if start == nodes {
                return None;
            }
            let mut end = start + 1;
            while end < nodes && joined.contains(end) {
                end += 1;
            }
            let stretch = start..end;
            start = end;
            Some(stretch)
        })
    }
}
