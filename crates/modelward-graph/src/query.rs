use std::fmt;

use crate::graph::ix;
use crate::petgraph::Visited;
use crate::rows::Rows;
use crate::{Edge, Node, NodeId, SupplyGraph, UnknownNode};

/// Says which way to follow relations.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a directed edge can be followed in two directions"
)]
pub enum Direction {
    /// From a thing to what it needs.
    Dependencies,
    /// From a thing to what needs it.
    Dependents,
}

impl SupplyGraph {
    /// Returns everything that a node needs, directly or through others, without the node itself.
    ///
    /// # Errors
    ///
    /// [`UnknownNode`] where the graph has no such node.
    pub fn dependencies(&self, id: &NodeId) -> Result<NodeSet<'_>, UnknownNode> {
        self.reach(id, Direction::Dependencies)
    }

    /// Returns everything that needs a node, directly or through others: its blast radius.
    ///
    /// The node itself is not in it.
    ///
    /// # Errors
    ///
    /// [`UnknownNode`] where the graph has no such node.
    pub fn dependents(&self, id: &NodeId) -> Result<NodeSet<'_>, UnknownNode> {
        self.reach(id, Direction::Dependents)
    }

    /// Returns the edges that touch a node in one direction, sorted by the id at the other end.
    ///
    /// # Errors
    ///
    /// [`UnknownNode`] where the graph has no such node.
    pub fn direct(&self, id: &NodeId, direction: Direction) -> Result<Vec<Edge<'_>>, UnknownNode> {
        let node = self.find(id)?;
        let row = self.rows(direction).edges(node);
        let edges = row.map(|(other, relation)| match direction {
            Direction::Dependencies => self.edge(node, relation, other),
            Direction::Dependents => self.edge(other, relation, node),
        });
        Ok(edges.collect())
    }

    fn reach(&self, id: &NodeId, direction: Direction) -> Result<NodeSet<'_>, UnknownNode> {
        let start = self.find(id)?;
        let rows = self.rows(direction);
        let mut visited = Visited::new(self.node_count());
        visited.insert(start);
        let mut pending = vec![start];
        while let Some(node) = pending.pop() {
            let new = rows.neighbors(node).iter().copied();
            pending.extend(new.filter(|&neighbor| visited.insert(neighbor)));
        }
        visited.remove(start);
        let members = (0..ix(self.node_count())).filter(|&node| visited.contains(node));
        Ok(NodeSet {
            graph: self,
            members: members.collect(),
        })
    }

    const fn rows(&self, direction: Direction) -> &Rows {
        match direction {
            Direction::Dependencies => self.outgoing(),
            Direction::Dependents => self.incoming(),
        }
    }
}

/// Holds some nodes of one graph, sorted by id.
#[derive(Clone)]
pub struct NodeSet<'g> {
    graph: &'g SupplyGraph,
    /// Sorted, without repetitions.
    members: Vec<u32>,
}

impl<'g> NodeSet<'g> {
    /// Takes indices of `graph` that are all different.
    pub(crate) fn new(graph: &'g SupplyGraph, mut members: Vec<u32>) -> Self {
        members.sort_unstable();
        Self { graph, members }
    }

    /// Returns the nodes, sorted by id.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &'g Node> {
        let graph = self.graph;
        self.members.iter().map(|&index| graph.at(index))
    }

    /// Returns the ids, sorted.
    pub fn ids(&self) -> impl ExactSizeIterator<Item = &'g NodeId> {
        self.iter().map(Node::id)
    }

    /// Tells whether a node is in the set.
    #[must_use]
    pub fn contains(&self, id: &NodeId) -> bool {
        let index = self.graph.find(id);
        index.is_ok_and(|index| self.members.binary_search(&index).is_ok())
    }

    /// Returns how many nodes are in the set.
    #[must_use]
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Tells whether the set has no node.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }
}

/// Two sets are equal if they hold the same nodes, be it of two graphs.
impl PartialEq for NodeSet<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for NodeSet<'_> {}

impl fmt::Debug for NodeSet<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.ids()).finish()
    }
}
