use std::collections::HashMap;

use crate::graph::ix;
use crate::rows::Entry;
use crate::{BuildGraphError, GraphLimits, Node, NodeId, Relation, SupplyGraph};

/// Collects nodes and relations in any order and freezes them into a [`SupplyGraph`].
///
/// - A node or a relation that is stated twice counts once, unless the two nodes differ.
/// - A relation may be stated before its nodes.
///
/// ```
/// use modelward_graph::{Node, NodeId, NodeKind, Relation, SupplyGraphBuilder};
///
/// let [model, data]: [NodeId; 2] = ["model".parse()?, "data".parse()?];
/// let mut builder = SupplyGraphBuilder::default();
/// builder.add_node(Node::new(model.clone(), NodeKind::Model, "classifier"))?;
/// builder.relate(&model, Relation::TrainedOn, &data)?;
///
/// let refused = builder.build().unwrap_err();
/// assert_eq!(refused.to_string(), "nodes are related but never described: `data`");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct SupplyGraphBuilder {
    limits: GraphLimits,
    slots: HashMap<NodeId, u32>,
    /// What is known of each slot, with its id: a slot that is only related has no node yet.
    nodes: Vec<(NodeId, Option<Node>)>,
    edges: Vec<Entry>,
}

impl SupplyGraphBuilder {
    /// Starts an empty graph that may grow up to `limits`.
    #[must_use]
    pub fn new(limits: GraphLimits) -> Self {
        Self {
            limits,
            ..Self::default()
        }
    }

    /// Adds a node.
    ///
    /// # Errors
    ///
    /// [`BuildGraphError::DifferingNode`] where another node has its id, and
    /// [`BuildGraphError::TooManyNodes`].
    pub fn add_node(&mut self, node: Node) -> Result<&mut Self, BuildGraphError> {
        let slot = self.slot(node.id())?;
        match &mut self.nodes[slot as usize].1 {
            Some(known) if *known == node => {}
            Some(_) => {
                return Err(BuildGraphError::DifferingNode {
                    id: node.id().clone(),
                });
            }
            empty => *empty = Some(node),
        }
        Ok(self)
    }

    /// States that `dependent` needs `dependency` in the way that `relation` says.
    ///
    /// # Errors
    ///
    /// [`BuildGraphError::SelfRelation`], [`BuildGraphError::TooManyEdges`] and
    /// [`BuildGraphError::TooManyNodes`].
    pub fn relate(
        &mut self,
        dependent: &NodeId,
        relation: Relation,
        dependency: &NodeId,
    ) -> Result<&mut Self, BuildGraphError> {
        if dependent == dependency {
            return Err(BuildGraphError::SelfRelation {
                id: dependent.clone(),
                relation,
            });
        }
        let limit = self.limits.max_edges();
        if self.edges.len() >= limit {
            return Err(BuildGraphError::TooManyEdges { limit });
        }
        let edge = (self.slot(dependent)?, self.slot(dependency)?, relation);
        self.edges.push(edge);
        Ok(self)
    }

    /// Freezes the graph.
    ///
    /// # Errors
    ///
    /// [`BuildGraphError::UnknownNodes`] with every id that is related and was never added.
    pub fn build(self) -> Result<SupplyGraph, BuildGraphError> {
        let mut slots: Vec<(u32, NodeId, Option<Node>)> = (0..)
            .zip(self.nodes)
            .map(|(slot, (id, node))| (slot, id, node))
            .collect();
        slots.sort_unstable_by(|a, b| a.1.cmp(&b.1));

        let mut ranks = vec![0; slots.len()];
        let mut nodes = Vec::with_capacity(slots.len());
        let mut unknown = Vec::new();
        for (rank, (slot, id, node)) in slots.into_iter().enumerate() {
            ranks[slot as usize] = ix(rank);
            match node {
                Some(node) => nodes.push(node),
                None => unknown.push(id),
            }
        }
        if !unknown.is_empty() {
            return Err(BuildGraphError::UnknownNodes { ids: unknown });
        }
        let mut edges = self.edges;
        for edge in &mut edges {
            edge.0 = ranks[edge.0 as usize];
            edge.1 = ranks[edge.1 as usize];
        }
        Ok(SupplyGraph::freeze(nodes, edges))
    }

    /// Returns the slot of an id, a new one where it has none.
    fn slot(&mut self, id: &NodeId) -> Result<u32, BuildGraphError> {
        if let Some(&slot) = self.slots.get(id) {
            return Ok(slot);
        }
        let limit = self.limits.max_nodes();
        if self.nodes.len() >= limit {
            return Err(BuildGraphError::TooManyNodes { limit });
        }
        let slot = ix(self.nodes.len());
        self.slots.insert(id.clone(), slot);
        self.nodes.push((id.clone(), None));
        Ok(slot)
    }
}
