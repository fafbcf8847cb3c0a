//! Shortest chains between two nodes.

use crate::SupplyGraph;
use crate::reach::{Follow, NONE};

impl SupplyGraph {
    /// Returns a shortest chain of nodes, ends included, in the direction that is followed.
    pub(crate) fn shortest(&self, from: u32, to: u32, follow: &Follow) -> Option<Vec<u32>> {
        if from == to {
            return Some(vec![from]);
        }
        let rows = self.rows(follow.direction);
        let mut came_from = vec![NONE; self.node_count()];
        came_from[from as usize] = from;
        let mut pending = vec![from];
        let mut at = 0;
        while let Some(&node) = pending.get(at) {
            at += 1;
            for (next, code) in rows.edges(node) {
                if came_from[next as usize] != NONE || !follow.passes(self, node, next, code) {
                    continue;
                }
                came_from[next as usize] = node;
                if next == to {
                    return Some(chain(&came_from, from, to));
                }
                pending.push(next);
            }
        }
        None
    }
}

/// Follows where each node was reached from, back from the last one.
fn chain(came_from: &[u32], from: u32, to: u32) -> Vec<u32> {
    let mut chain = vec![to];
    let mut node = to;
    while node != from {
        node = came_from[node as usize];
        chain.push(node);
    }
    chain.reverse();
    chain
}
