use std::fmt;

use crate::rows::{Entry, Rows};
use crate::{Node, NodeId, Relation, UnknownNode};

/// Holds the supply chain of models: who needs what, in both directions.
///
/// - Immutable: made by a [`SupplyGraphBuilder`](crate::SupplyGraphBuilder) or from a snapshot.
/// - Every relation joins two different nodes of the graph. Cycles are allowed, as real documents
///   have them, and every query ends.
/// - All that is listed is sorted by id, so that one graph gives one answer however it was built.
#[derive(Clone, Eq, PartialEq)]
pub struct SupplyGraph {
    nodes: Vec<Node>,
    outgoing: Rows,
    incoming: Rows,
}

impl SupplyGraph {
    /// Packs nodes that are sorted by id and edges between them, in any order.
    pub(crate) fn freeze(nodes: Vec<Node>, mut edges: Vec<Entry>) -> Self {
        edges.sort_unstable();
        edges.dedup();
        let outgoing = Rows::pack(nodes.len(), &edges);
        for edge in &mut edges {
            *edge = (edge.1, edge.0, edge.2);
        }
        edges.sort_unstable();
        let incoming = Rows::pack(nodes.len(), &edges);
        Self {
            nodes,
            outgoing,
            incoming,
        }
    }

    /// Returns the node of an id.
    #[must_use]
    pub fn node(&self, id: &NodeId) -> Option<&Node> {
        self.find(id).ok().map(|index| self.at(index))
    }

    /// Returns all nodes, sorted by id.
    #[must_use]
    pub fn nodes(&self) -> impl ExactSizeIterator<Item = &Node> {
        self.nodes.iter()
    }

    /// Returns all edges, sorted by the id of the dependent, that of the dependency, and relation.
    pub fn edges(&self) -> impl Iterator<Item = Edge<'_>> {
        (0..ix(self.nodes.len())).flat_map(move |from| {
            let row = self.outgoing.edges(from);
            row.map(move |(to, relation)| self.edge(from, relation, to))
        })
    }

    /// Returns how many nodes there are.
    #[must_use]
    pub fn node_count(&self) -> usize {
        self.nodes.len()
    }

    /// Returns how many different edges there are.
    #[must_use]
    pub fn edge_count(&self) -> usize {
        self.outgoing.len()
    }

    pub(crate) fn find(&self, id: &NodeId) -> Result<u32, UnknownNode> {
        let found = self.nodes.binary_search_by(|node| node.id().cmp(id));
        found.map(ix).map_err(|_| UnknownNode { id: id.clone() })
    }

    pub(crate) fn at(&self, index: u32) -> &Node {
        &self.nodes[index as usize]
    }

    pub(crate) fn edge(&self, from: u32, relation: Relation, to: u32) -> Edge<'_> {
        Edge {
            from: self.at(from),
            relation,
            to: self.at(to),
        }
    }

    pub(crate) const fn outgoing(&self) -> &Rows {
        &self.outgoing
    }

    pub(crate) const fn incoming(&self) -> &Rows {
        &self.incoming
    }
}

/// Shows the sizes: a graph may have millions of nodes.
impl fmt::Debug for SupplyGraph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SupplyGraph")
            .field("nodes", &self.node_count())
            .field("edges", &self.edge_count())
            .finish_non_exhaustive()
    }
}

/// Joins a dependent to one of its dependencies.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Edge<'g> {
    from: &'g Node,
    relation: Relation,
    to: &'g Node,
}

impl<'g> Edge<'g> {
    /// Returns the dependent.
    #[must_use]
    pub const fn from(&self) -> &'g Node {
        self.from
    }

    /// Returns how the dependent needs the dependency.
    #[must_use]
    pub const fn relation(&self) -> Relation {
        self.relation
    }

    /// Returns the dependency.
    #[must_use]
    pub const fn to(&self) -> &'g Node {
        self.to
    }
}

/// Turns a count of nodes or edges into an index.
pub(crate) fn ix(count: usize) -> u32 {
    u32::try_from(count).expect("`GraphLimits` keeps counts below 2^32")
}
