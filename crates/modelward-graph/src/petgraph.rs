//! Joins [`SupplyGraph`] to petgraph, so that its algorithms run on the graph without a copy.
//!
//! Outgoing edges lead from a dependent to its dependencies. Two nodes may be joined by several
//! edges, each of another relation. No other module knows petgraph.
//!
//! ```
//! use modelward_graph::{Relation, SupplyGraphBuilder};
//! use petgraph::algo::toposort;
//!
//! let mut builder = SupplyGraphBuilder::default();
//! builder.relate_all(&[("pkg:oci/shop", Relation::Serves, "pkg:huggingface/acme/tuned")])?;
//! let graph = builder.build()?;
//!
//! let order = toposort(&graph, None).expect("there is no cycle");
//! let ids: Vec<_> = order.into_iter().map(|index| graph.node_at(index).id()).collect();
//! assert_eq!(ids, ["pkg:oci/shop", "pkg:huggingface/acme/tuned"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::iter::Zip;
use std::marker::PhantomData;
use std::slice::Iter;

use ::petgraph::graph::NodeIndex;
use ::petgraph::visit::{
    Data, EdgeCount, EdgeRef, GraphBase, GraphProp, IntoEdgeReferences, IntoEdges,
    IntoEdgesDirected, IntoNeighbors, IntoNeighborsDirected, IntoNodeIdentifiers,
    IntoNodeReferences, NodeCompactIndexable, NodeCount, NodeIndexable, VisitMap, Visitable,
};
use ::petgraph::{Directed, Direction, Graph};

use crate::bits::Bits;
use crate::graph::ix;
use crate::rows::Rows;
use crate::{BuildGraphError, NodeId, NodeRef, Relation, SupplyGraph, SupplyGraphBuilder};

/// Points at a node of one graph. Indices follow the order of the graph: dependencies come first.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct NodeIx(u32);

/// Points at an edge of one graph.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct EdgeIx {
    from: NodeIx,
    to: NodeIx,
    relation: Relation,
}

impl EdgeRef for EdgeIx {
    type NodeId = NodeIx;
    type EdgeId = Self;
    type Weight = Relation;

    fn source(&self) -> NodeIx {
        self.from
    }

    fn target(&self) -> NodeIx {
        self.to
    }

    fn weight(&self) -> &Relation {
        &self.relation
    }

    fn id(&self) -> Self {
        *self
    }
}

impl SupplyGraph {
    /// Returns the index of a node, to hand to petgraph.
    #[must_use]
    pub fn index_of(&self, id: impl AsRef<str>) -> Option<NodeIx> {
        self.find(id.as_ref()).ok().map(NodeIx)
    }

    /// Returns the node that petgraph points at.
    ///
    /// # Panics
    ///
    /// Where the index is of another, larger graph.
    #[must_use]
    pub fn node_at(&self, index: NodeIx) -> NodeRef<'_> {
        assert!(
            (index.0 as usize) < self.node_count(),
            "the index is of another graph"
        );
        self.at(index.0)
    }
}

impl SupplyGraph {
    /// Copies the graph into one of petgraph, whose nodes have the same indices.
    #[must_use]
    pub fn to_petgraph(&self) -> Graph<NodeId, Relation> {
        let mut graph = Graph::with_capacity(self.node_count(), self.edge_count());
        for node in self.nodes() {
            graph.add_node(node.to_id());
        }
        for edge in self.edges() {
            let [from, to] = [edge.from(), edge.to()].map(|node| NodeIndex::from(node.index()));
            graph.add_edge(from, to, edge.relation());
        }
        graph
    }
}

impl SupplyGraphBuilder {
    /// States the edges of a graph of petgraph.
    ///
    /// A node that no edge touches is not stated: describe it by [`add_node`](Self::add_node).
    ///
    /// # Errors
    ///
    /// [`BuildGraphError`]; none of the edges is stated then.
    pub fn relate_petgraph(
        &mut self,
        graph: &Graph<NodeId, Relation>,
    ) -> Result<&mut Self, BuildGraphError> {
        let stated = graph.edge_references().map(|edge| {
            let [from, to] = [edge.source(), edge.target()].map(|node| graph[node].as_str());
            (from, *edge.weight(), to)
        });
        self.relate_all(&stated.collect::<Vec<_>>())
    }
}

impl GraphBase for SupplyGraph {
    type EdgeId = EdgeIx;
    type NodeId = NodeIx;
}

impl Data for SupplyGraph {
    /// Weights are what [`node_at`](SupplyGraph::node_at) shows, so petgraph sees none.
    type NodeWeight = ();
    type EdgeWeight = Relation;
}

impl GraphProp for SupplyGraph {
    type EdgeType = Directed;
}

impl NodeCount for SupplyGraph {
    fn node_count(&self) -> usize {
        self.node_count()
    }
}

impl EdgeCount for SupplyGraph {
    fn edge_count(&self) -> usize {
        self.edge_count()
    }
}

impl NodeIndexable for SupplyGraph {
    fn node_bound(&self) -> usize {
        self.node_count()
    }

    fn to_index(&self, node: NodeIx) -> usize {
        node.0 as usize
    }

    fn from_index(&self, index: usize) -> NodeIx {
        NodeIx(ix(index))
    }
}

impl NodeCompactIndexable for SupplyGraph {}

impl Visitable for SupplyGraph {
    type Map = Visited;

    fn visit_map(&self) -> Visited {
        Visited(Bits::new(self.node_count()))
    }

    fn reset_map(&self, map: &mut Visited) {
        *map = self.visit_map();
    }
}

impl IntoNodeIdentifiers for &SupplyGraph {
    type NodeIdentifiers = NodeIndices;

    fn node_identifiers(self) -> NodeIndices {
        NodeIndices(0..ix(self.node_count()))
    }
}

impl<'g> IntoNodeReferences for &'g SupplyGraph {
    type NodeRef = (NodeIx, &'g ());
    type NodeReferences = NodeReferences<'g>;

    fn node_references(self) -> NodeReferences<'g> {
        NodeReferences {
            indices: self.node_identifiers(),
            graph: PhantomData,
        }
    }
}

impl<'g> IntoNeighbors for &'g SupplyGraph {
    type Neighbors = Neighbors<'g>;

    fn neighbors(self, node: NodeIx) -> Neighbors<'g> {
        self.neighbors_directed(node, Direction::Outgoing)
    }
}

impl<'g> IntoNeighborsDirected for &'g SupplyGraph {
    type NeighborsDirected = Neighbors<'g>;

    fn neighbors_directed(self, node: NodeIx, direction: Direction) -> Neighbors<'g> {
        Neighbors(rows(self, direction).neighbors(node.0).iter())
    }
}

impl<'g> IntoEdgeReferences for &'g SupplyGraph {
    type EdgeRef = EdgeIx;
    type EdgeReferences = EdgeReferences<'g>;

    fn edge_references(self) -> EdgeReferences<'g> {
        EdgeReferences {
            graph: self,
            nodes: self.node_identifiers(),
            row: None,
        }
    }
}

impl<'g> IntoEdges for &'g SupplyGraph {
    type Edges = Edges<'g>;

    fn edges(self, node: NodeIx) -> Edges<'g> {
        self.edges_directed(node, Direction::Outgoing)
    }
}

impl<'g> IntoEdgesDirected for &'g SupplyGraph {
    type EdgesDirected = Edges<'g>;

    fn edges_directed(self, node: NodeIx, direction: Direction) -> Edges<'g> {
        let rows = rows(self, direction);
        let neighbors = rows.neighbors(node.0).iter();
        Edges {
            node,
            direction,
            row: neighbors.zip(rows.codes(node.0)),
        }
    }
}

/// Iterates over the indices of all nodes.
#[derive(Clone, Debug)]
pub struct NodeIndices(std::ops::Range<u32>);

impl Iterator for NodeIndices {
    type Item = NodeIx;

    fn next(&mut self) -> Option<NodeIx> {
        self.0.next().map(NodeIx)
    }
}

/// Iterates over all nodes with their indices.
#[derive(Clone, Debug)]
pub struct NodeReferences<'g> {
    indices: NodeIndices,
    graph: PhantomData<&'g SupplyGraph>,
}

impl<'g> Iterator for NodeReferences<'g> {
    type Item = (NodeIx, &'g ());

    fn next(&mut self) -> Option<Self::Item> {
        Some((self.indices.next()?, &()))
    }
}

/// Iterates over the neighbors of one node in one direction, once for each edge.
#[derive(Clone, Debug)]
pub struct Neighbors<'g>(Iter<'g, u32>);

impl Iterator for Neighbors<'_> {
    type Item = NodeIx;

    fn next(&mut self) -> Option<NodeIx> {
        self.0.next().copied().map(NodeIx)
    }
}

/// Iterates over the edges of one node in one direction.
#[derive(Clone, Debug)]
pub struct Edges<'g> {
    node: NodeIx,
    direction: Direction,
    row: Zip<Iter<'g, u32>, Iter<'g, u8>>,
}

impl Iterator for Edges<'_> {
    type Item = EdgeIx;

    fn next(&mut self) -> Option<EdgeIx> {
        let (&other, &code) = self.row.next()?;
        let relation = Relation::of_code(code);
        let (from, to) = match self.direction {
            Direction::Outgoing => (self.node, NodeIx(other)),
            Direction::Incoming => (NodeIx(other), self.node),
        };
        Some(EdgeIx { from, to, relation })
    }
}

/// Iterates over all edges.
#[derive(Clone, Debug)]
pub struct EdgeReferences<'g> {
    graph: &'g SupplyGraph,
    nodes: NodeIndices,
    row: Option<Edges<'g>>,
}

impl Iterator for EdgeReferences<'_> {
    type Item = EdgeIx;

    fn next(&mut self) -> Option<EdgeIx> {
        loop {
            if let Some(edge) = self.row.as_mut().and_then(Iterator::next) {
                return Some(edge);
            }
            self.row = Some(IntoEdges::edges(self.graph, self.nodes.next()?));
        }
    }
}

/// Remembers which nodes of one graph were visited, one bit each.
#[derive(Clone, Debug)]
pub struct Visited(Bits);

impl VisitMap<NodeIx> for Visited {
    fn visit(&mut self, node: NodeIx) -> bool {
        self.0.insert(node.0)
    }

    fn is_visited(&self, node: &NodeIx) -> bool {
        self.0.contains(node.0)
    }

    fn unvisit(&mut self, node: NodeIx) -> bool {
        self.0.remove(node.0)
    }
}

const fn rows(graph: &SupplyGraph, direction: Direction) -> &Rows {
    match direction {
        Direction::Outgoing => &graph.parts().outgoing,
        Direction::Incoming => &graph.parts().incoming,
    }
}
