//! Who needs which of many things: 64 of them in one pass over the nodes in order.

use std::collections::HashMap;

use crate::graph::ix;
use crate::{RelationSet, SupplyGraph};

/// How many columns one pass has.
pub(crate) const WIDTH: usize = u64::BITS as usize;

/// Asks who needs a node by a chain that passes none of some others. The ends count too.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub(crate) node: u32,
    pub(crate) blocked: Vec<u32>,
}

/// Passes over the nodes of one graph along some relations.
pub(crate) struct Sweep<'g> {
    graph: &'g SupplyGraph,
    relations: RelationSet,
    /// For each node the columns whose node it reaches. A node reaches itself.
    masks: Vec<u64>,
    /// The columns that end at a node.
    blocked: HashMap<u32, u64>,
}

impl<'g> Sweep<'g> {
    pub(crate) fn new(graph: &'g SupplyGraph, relations: RelationSet) -> Self {
        Self {
            graph,
            relations,
            masks: vec![0; graph.node_count()],
            blocked: HashMap::new(),
        }
    }

    /// Answers for at most [`WIDTH`] columns, one bit each, by node.
    pub(crate) fn run(&mut self, columns: &[Column]) -> &[u64] {
        self.masks.fill(0);
        self.blocked.clear();
        for (bit, column) in columns.iter().enumerate() {
            self.masks[column.node as usize] |= 1 << bit;
            for node in &column.blocked {
                *self.blocked.entry(*node).or_default() |= 1 << bit;
            }
        }
        for (node, blocked) in &self.blocked {
            self.masks[*node as usize] &= !blocked;
        }
        let nodes = ix(self.graph.node_count());
        let joined = &self.graph.parts().joined;
        let mut start = columns
            .iter()
            .map(|column| column.node)
            .min()
            .unwrap_or(nodes);
        while start > 0 && start < nodes && joined.contains(start) {
            start -= 1;
        }
        while start < nodes {
            let mut end = start + 1;
            while end < nodes && joined.contains(end) {
                end += 1;
            }
            self.pull(start, end);
            start = end;
        }
        &self.masks
    }

    /// Takes over what the dependencies of nodes on common cycles reach, and lets it go round.
    fn pull(&mut self, start: u32, end: u32) {
        let mut pending = Vec::new();
        for node in start..end {
            let edges = self.graph.parts().outgoing.edges(node);
            let followed = edges.filter(|(_, code)| self.relations.has(*code));
            let needed = followed.fold(0, |mask, (next, _)| mask | self.masks[next as usize]);
            self.add(node, needed);
            if end - start > 1 && self.masks[node as usize] != 0 {
                pending.push(node);
            }
        }
        while let Some(node) = pending.pop() {
            let mask = self.masks[node as usize];
            let graph = self.graph;
            for (dependent, code) in graph.parts().incoming.edges(node) {
                let is_inside = (start..end).contains(&dependent);
                if is_inside && self.relations.has(code) && self.add(dependent, mask) {
                    pending.push(dependent);
                }
            }
        }
    }

    /// Adds columns to those that a node reaches, and tells whether one is new.
    fn add(&mut self, node: u32, mask: u64) -> bool {
        let open = !self.blocked.get(&node).copied().unwrap_or(0);
        let known = &mut self.masks[node as usize];
        let is_new = mask & open & !*known != 0;
        *known |= mask & open;
        is_new
    }
}
