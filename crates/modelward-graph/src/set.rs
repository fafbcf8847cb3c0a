use std::fmt;

use crate::bits::Bits;
use crate::{Edge, KindSet, NodeRef, SupplyGraph};

/// Holds some nodes of one graph.
///
/// Sets of one graph can be joined, cut and compared; of two graphs only compared.
///
/// ```
/// use modelward_graph::{Relation, SupplyGraphBuilder};
///
/// let mut builder = SupplyGraphBuilder::default();
/// builder.relate_all(&[
///     ("pkg:oci/shop", Relation::Serves, "pkg:huggingface/a/tuned"),
///     ("pkg:oci/chat", Relation::Serves, "pkg:huggingface/a/base"),
/// ])?;
/// let graph = builder.build()?;
/// let shop = graph.dependencies("pkg:oci/shop")?;
/// let chat = graph.dependencies("pkg:oci/chat")?;
/// assert_eq!(shop.union(&chat).ids(), ["pkg:huggingface/a/base", "pkg:huggingface/a/tuned"]);
/// assert!(shop.intersection(&chat).is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct NodeSet<'g> {
    graph: &'g SupplyGraph,
    members: Bits,
    len: usize,
}

impl<'g> NodeSet<'g> {
    pub(crate) fn new(graph: &'g SupplyGraph, members: Bits) -> Self {
        let len = members.len();
        Self {
            graph,
            members,
            len,
        }
    }

    /// Takes indices of the graph.
    pub(crate) fn of(graph: &'g SupplyGraph, members: impl IntoIterator<Item = u32>) -> Self {
        let mut bits = Bits::new(graph.node_count());
        for member in members {
            bits.insert(member);
        }
        Self::new(graph, bits)
    }

    /// Returns the nodes, dependencies before what depends on them.
    pub fn iter(&self) -> impl Iterator<Item = NodeRef<'g>> {
        let graph = self.graph;
        self.members.iter().map(|index| graph.at(index))
    }

    /// Returns the ids, sorted.
    #[must_use]
    pub fn ids(&self) -> Vec<&'g str> {
        let mut ids: Vec<&str> = self.iter().map(NodeRef::id).collect();
        ids.sort_unstable();
        ids
    }

    /// Returns the edges of the graph that join two nodes of the set, in the order of the graph.
    pub fn edges(&self) -> impl Iterator<Item = Edge<'g>> {
        let graph = self.graph;
        self.members.iter().flat_map(move |from| {
            let row = graph.parts().outgoing.edges(from);
            let inner = row.filter(|(to, _)| self.members.contains(*to));
            inner.map(move |(to, code)| graph.edge(from, code, to))
        })
    }

    /// Tells whether a node is in the set.
    #[must_use]
    pub fn contains(&self, id: impl AsRef<str>) -> bool {
        let index = self.graph.find(id.as_ref());
        index.is_ok_and(|index| self.members.contains(index))
    }

    /// Returns how many nodes are in the set.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Tells whether the set has no node.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Returns the nodes of these kinds.
    #[must_use]
    pub fn of_kinds(&self, kinds: impl Into<KindSet>) -> Self {
        let (graph, kinds) = (self.graph, kinds.into());
        let is_wanted = |index: &u32| kinds.has(graph.parts().kinds[*index as usize]);
        Self::of(graph, self.members.iter().filter(is_wanted))
    }

    /// Returns what is in one of the two sets.
    ///
    /// # Panics
    ///
    /// As all that joins sets, where they are of two graphs.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        self.combined(other, |word, other| *word |= other)
    }

    /// Returns what is in both sets.
    ///
    /// # Panics
    ///
    /// Where they are of two graphs.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        self.combined(other, |word, other| *word &= other)
    }

    /// Returns what is in this set and not in the other.
    ///
    /// # Panics
    ///
    /// Where they are of two graphs.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Self {
        self.combined(other, |word, other| *word &= !other)
    }

    /// Returns what is in one of the two sets and not in the other.
    ///
    /// # Panics
    ///
    /// Where they are of two graphs.
    #[must_use]
    pub fn symmetric_difference(&self, other: &Self) -> Self {
        self.combined(other, |word, other| *word ^= other)
    }

    /// Returns the graph.
    #[must_use]
    pub const fn graph(&self) -> &'g SupplyGraph {
        self.graph
    }

    pub(crate) const fn members(&self) -> &Bits {
        &self.members
    }

    fn combined(&self, other: &Self, change: impl Fn(&mut u64, u64)) -> Self {
        assert!(
            std::ptr::eq(self.graph, other.graph),
            "sets of two graphs cannot be joined"
        );
        let mut members = self.members.clone();
        members.combine(&other.members, change);
        Self::new(self.graph, members)
    }
}

/// Two sets are equal if they hold the same nodes, be it of two graphs.
impl PartialEq for NodeSet<'_> {
    fn eq(&self, other: &Self) -> bool {
        if std::ptr::eq(self.graph, other.graph) {
            return self.members == other.members;
        }
        self.len == other.len && self.ids() == other.ids()
    }
}

impl Eq for NodeSet<'_> {}

impl fmt::Debug for NodeSet<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.ids()).finish()
    }
}
