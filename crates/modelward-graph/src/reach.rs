//! What is reached from some nodes: along edges at first, and over all nodes in order once much of
//! the graph is.

use modelward_artifact::Timestamp;

use crate::bits::Bits;
use crate::graph::ix;
use crate::rows::Rows;
use crate::{Direction, KindSet, RelationSet, SupplyGraph};

/// Marks a node that no edge leads to.
pub(crate) const NONE: u32 = u32::MAX;

/// A part of the edges: after so many were followed, all nodes are visited in order instead.
const PART: usize = 12;

/// Which edges count.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Follow {
    pub(crate) direction: Direction,
    pub(crate) relations: RelationSet,
    /// The kinds of nodes that lead on. The first nodes always do.
    pub(crate) through: KindSet,
    pub(crate) as_of: Option<Timestamp>,
}

impl Follow {
    /// Follows these relations, whoever states them, through every kind of node.
    pub(crate) const fn along(direction: Direction, relations: RelationSet) -> Self {
        Self {
            relations,
            ..Self::all(direction)
        }
    }

    pub(crate) const fn all(direction: Direction) -> Self {
        Self {
            direction,
            relations: RelationSet::ALL,
            through: KindSet::ALL,
            as_of: None,
        }
    }

    /// Tells whether an edge from `node` in the direction counts.
    pub(crate) fn passes(&self, graph: &SupplyGraph, node: u32, next: u32, code: u8) -> bool {
        self.relations.has(code)
            && self.as_of.is_none_or(|time| {
                let (from, to) = match self.direction {
                    Direction::Dependencies => (node, next),
                    Direction::Dependents => (next, node),
                };
                stated_by(graph, (from, to, code), time)
            })
    }

    pub(crate) fn leads_on(&self, graph: &SupplyGraph, node: u32) -> bool {
        self.through.has(graph.parts().kinds[node as usize])
    }
}

/// Tells whether a source that is not dated later states the edge.
fn stated_by(graph: &SupplyGraph, (from, to, code): (u32, u32, u8), time: Timestamp) -> bool {
    let parts = graph.parts();
    let place = parts.place_of(from, to, code);
    let set = place.map_or(0, |place| parts.origins.of_edge(place));
    let mut sources = parts.origins.members(set);
    sources.any(|source| source.time().is_none_or(|made| made <= time))
}

/// Returns what is reached from the starts, and the starts.
pub(crate) fn closure(graph: &SupplyGraph, starts: &[u32], follow: &Follow) -> Bits {
    if follow.through != KindSet::ALL || follow.as_of.is_some() {
        return within(graph, starts, follow, u32::MAX);
    }
    let way = Way {
        rows: graph.rows(follow.direction),
        back: graph.rows(follow.direction.reversed()),
        joined: &graph.parts().joined,
        direction: follow.direction,
    };
    if follow.relations == RelationSet::ALL {
        way.closure(starts, &|_| true)
    } else {
        way.closure(starts, &|code| follow.relations.has(code))
    }
}

/// Returns what is reached in at most so many hops, and the starts.
pub(crate) fn within(graph: &SupplyGraph, starts: &[u32], follow: &Follow, hops: u32) -> Bits {
    let mut reached = Bits::new(graph.node_count());
    walk(graph, starts, follow, hops, &mut |_, node| {
        reached.insert(node)
    });
    reached
}

/// Visits nodes breadth first. `visit` gets where the walk came from and the node, and tells whether
/// it is new; a start comes from itself.
pub(crate) fn walk(
    graph: &SupplyGraph,
    starts: &[u32],
    follow: &Follow,
    hops: u32,
    visit: &mut dyn FnMut(u32, u32) -> bool,
) {
    let rows = graph.rows(follow.direction);
    let mut frontier: Vec<u32> = Vec::new();
    frontier.extend(starts.iter().filter(|start| visit(**start, **start)));
    let mut hop = 0;
    while hop < hops && !frontier.is_empty() {
        let mut next = Vec::new();
        for &node in frontier
            .iter()
            .filter(|node| hop == 0 || follow.leads_on(graph, **node))
        {
            for (neighbor, code) in rows.edges(node) {
                if follow.passes(graph, node, neighbor, code) && visit(node, neighbor) {
                    next.push(neighbor);
                }
            }
        }
        frontier = next;
        hop += 1;
    }
}

/// Returns the way from a node back to a start, which was reached from itself, or nothing where the
/// node was not reached.
pub(crate) fn way_back(came_from: &[u32], node: u32) -> Option<Vec<u32>> {
    let mut way = vec![node];
    let mut at = node;
    loop {
        let from = came_from[at as usize];
        if from == NONE {
            return None;
        }
        if from == at {
            return Some(way);
        }
        way.push(from);
        at = from;
    }
}

/// The rows of a direction, those of the other one, and the cycles.
struct Way<'g> {
    rows: &'g Rows,
    back: &'g Rows,
    joined: &'g Bits,
    direction: Direction,
}

impl Way<'_> {
    fn closure(&self, starts: &[u32], passes: &impl Fn(u8) -> bool) -> Bits {
        let nodes = self.rows.parts().0.len() - 1;
        let mut reached = Bits::new(nodes);
        let mut pending: Vec<u32> = Vec::new();
        pending.extend(starts.iter().filter(|start| reached.insert(**start)));
        let mut budget = self.rows.len() / PART;
        while let Some(node) = pending.pop() {
            let row = self.rows.range(node).len();
            if row > budget {
                pending.push(node);
                self.sweep(starts, &mut reached, passes);
                return reached;
            }
            budget -= row;
            self.push(node, passes, &mut |next| {
                if reached.insert(next) {
                    pending.push(next);
                }
            });
        }
        reached
    }

    /// Asks every node in order whether one before it is reached and leads to it.
    fn sweep(&self, starts: &[u32], reached: &mut Bits, passes: &impl Fn(u8) -> bool) {
        let nodes = ix(self.rows.parts().0.len() - 1);
        let has_cycles = !self.joined.is_empty();
        match self.direction {
            Direction::Dependents => {
                let mut node = starts.iter().copied().min().unwrap_or(nodes);
                node = self.group_start(node);
                while node < nodes {
                    let end = self.group_end(node, nodes, has_cycles);
                    self.pull(node..end, reached, passes);
                    node = end;
                }
            }
            Direction::Dependencies => {
                let highest = starts.iter().copied().max();
                let mut end = highest.map_or(0, |node| self.group_end(node, nodes, has_cycles));
                while end > 0 {
                    let start = self.group_start(end - 1);
                    self.pull(start..end, reached, passes);
                    end = start;
                }
            }
        }
    }

    /// Returns the first node of those on common cycles with a node.
    fn group_start(&self, mut node: u32) -> u32 {
        while node > 0 && self.joined.contains(node) {
            node -= 1;
        }
        node
    }

    /// Returns the node after the last of those on common cycles with a node.
    fn group_end(&self, node: u32, nodes: u32, has_cycles: bool) -> u32 {
        let mut end = node + 1;
        while has_cycles && end < nodes && self.joined.contains(end) {
            end += 1;
        }
        end
    }

    fn pull(&self, group: std::ops::Range<u32>, reached: &mut Bits, passes: &impl Fn(u8) -> bool) {
        if group.end - group.start == 1 {
            let node = group.start;
            if !reached.contains(node) && self.is_led_to(node, reached, passes) {
                reached.insert(node);
            }
            return;
        }
        let mut pending = Vec::new();
        for node in group.clone() {
            if reached.contains(node) || self.is_led_to(node, reached, passes) {
                reached.insert(node);
                pending.push(node);
            }
        }
        while let Some(node) = pending.pop() {
            self.push(node, passes, &mut |next| {
                if group.contains(&next) && reached.insert(next) {
                    pending.push(next);
                }
            });
        }
    }

    fn is_led_to(&self, node: u32, reached: &Bits, passes: &impl Fn(u8) -> bool) -> bool {
        let mut edges = self.back.edges(node);
        edges.any(|(from, code)| reached.contains(from) && passes(code))
    }

    fn push(&self, node: u32, passes: &impl Fn(u8) -> bool, take: &mut impl FnMut(u32)) {
        let edges = self.rows.edges(node);
        edges
            .filter(|(_, code)| passes(*code))
            .for_each(|(next, _)| take(next));
    }
}
