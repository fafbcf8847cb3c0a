//! Shortest chains between two nodes.

use crate::SupplyGraph;
use crate::reach::{self, Follow, NONE};

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
                    let mut chain = reach::way_back(&came_from, to)?;
                    chain.reverse();
                    return Some(chain);
                }
                pending.push(next);
            }
        }
        None
    }
}
