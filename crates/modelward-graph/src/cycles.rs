use std::ops::Range;

use serde::Serialize;

use crate::reach::{Follow, NONE};
use crate::{Direction, NodeRef, Path, SupplyGraph};

/// How many edges are looked at for shortest cycles, in all groups of a graph together.
const MAX_STEPS: usize = 50_000_000;

impl SupplyGraph {
    /// Lists the groups of nodes that all need one another, in the order of the graph.
    ///
    /// They are the strongly connected components of more than one node, which building the graph
    /// found. No node is in two.
    #[must_use]
    pub fn cycles(&self) -> Vec<Cycle<'_>> {
        let mut steps = MAX_STEPS;
        let groups = self.stretches().filter(|stretch| stretch.len() > 1);
        groups
            .map(|group| Cycle::of(self, group, &mut steps))
            .collect()
    }
}

/// Holds nodes that all need one another, and one concrete cycle among them.
#[derive(Clone, Debug)]
pub struct Cycle<'g> {
    graph: &'g SupplyGraph,
    nodes: Range<u32>,
    path: Path,
    length: CycleLength,
}

/// Tells whether a cycle is as short as there is one in its group.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[non_exhaustive]
#[serde(rename_all = "kebab-case")]
pub enum CycleLength {
    /// There is no shorter one.
    Shortest,
    /// There is no shorter one through its first node. The group is too large to look from every
    /// node.
    ShortestOfStart,
}

impl<'g> Cycle<'g> {
    fn of(graph: &'g SupplyGraph, nodes: Range<u32>, steps: &mut usize) -> Self {
        let rows = graph.rows(Direction::Dependencies);
        let edges: usize = nodes.clone().map(|node| rows.range(node).len()).sum();
        let needed = nodes.len().saturating_mul(edges + nodes.len());
        let (length, tried) = match steps.checked_sub(needed) {
            Some(left) => {
                *steps = left;
                (CycleLength::Shortest, nodes.clone())
            }
            None => (CycleLength::ShortestOfStart, nodes.start..nodes.start + 1),
        };
        let mut search = Search::new(graph, nodes.clone());
        let mut shortest: Option<Vec<u32>> = None;
        for node in tried {
            let limit = shortest.as_ref().map_or(usize::MAX, Vec::len);
            shortest = search.through(node, limit).or(shortest);
        }
        let chain = shortest.expect("every node of a group is on a cycle");
        Self {
            graph,
            nodes,
            path: Path::along(graph, &chain, &Follow::all(Direction::Dependencies)),
            length,
        }
    }

    /// Returns the nodes of the group.
    #[must_use]
    pub fn nodes(&self) -> impl ExactSizeIterator<Item = NodeRef<'g>> {
        let graph = self.graph;
        self.nodes.clone().map(|node| graph.at(node))
    }

    /// Returns one cycle: a chain that ends where it starts.
    #[must_use]
    pub const fn path(&self) -> &Path {
        &self.path
    }

    /// Tells how short the cycle is.
    #[must_use]
    pub const fn length(&self) -> CycleLength {
        self.length
    }
}

/// Looks for ways back to a node within its group.
struct Search<'g> {
    graph: &'g SupplyGraph,
    nodes: Range<u32>,
    came_from: Vec<u32>,
    reached: Vec<u32>,
}

impl<'g> Search<'g> {
    fn new(graph: &'g SupplyGraph, nodes: Range<u32>) -> Self {
        Self {
            graph,
            came_from: vec![NONE; nodes.len()],
            nodes,
            reached: Vec::new(),
        }
    }

    /// Returns the shortest chain from a node to itself, if it has fewer nodes than the limit.
    fn through(&mut self, node: u32, limit: usize) -> Option<Vec<u32>> {
        for reached in self.reached.drain(..) {
            self.came_from[(reached - self.nodes.start) as usize] = NONE;
        }
        self.reached.push(node);
        let rows = self.graph.rows(Direction::Dependencies);
        // A chain of n nodes, of which the last is the first, takes n - 1 steps.
        let (mut at, mut level_end, mut steps) = (0, 1, 1);
        while at < self.reached.len() && steps + 1 < limit {
            let from = self.reached[at];
            for &next in rows.neighbors(from) {
                if next == node {
                    return Some(self.chain(node, from));
                }
                if self.nodes.contains(&next) {
                    let place = &mut self.came_from[(next - self.nodes.start) as usize];
                    if *place == NONE {
                        *place = from;
                        self.reached.push(next);
                    }
                }
            }
            at += 1;
            if at == level_end {
                level_end = self.reached.len();
                steps += 1;
            }
        }
        None
    }

    fn chain(&self, node: u32, last: u32) -> Vec<u32> {
        let mut chain = vec![node, last];
        let mut at = last;
        while at != node {
            at = self.came_from[(at - self.nodes.start) as usize];
            chain.push(at);
        }
        if last == node {
            chain.pop();
        }
        chain.reverse();
        chain
    }
}
