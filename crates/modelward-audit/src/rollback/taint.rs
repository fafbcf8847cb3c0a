//! What compromise reaches: breadth-first along the relations that carry it, so that cycles end and
//! each chain is a shortest one.

use std::collections::{BTreeMap, VecDeque};

use modelward_artifact::Timestamp;
use modelward_graph::Relation;

use super::cause::{Tainted, Witness, WitnessHop};
use super::index::{Index, NodeIx};

/// The next node on the way; `None` where the way ends.
type Way = Option<(Relation, NodeIx)>;

/// Holds the tainted nodes, each with the next one on a way to what is compromised.
#[derive(Debug)]
pub(crate) struct Taint<'i, 'g> {
    index: &'i Index<'g>,
    /// `None` for what is not tainted.
    ways: Vec<Option<Way>>,
}

impl<'i, 'g> Taint<'i, 'g> {
    /// Spreads from each root. What was made before the compromise of a root began is not reached
    /// from it; when something was made has to be known for that.
    ///
    /// Roots are taken by when their compromise began, the earliest first: whoever began earlier
    /// reaches all that a later one would, so that each node is visited once.
    pub(crate) fn spread(
        index: &'i Index<'g>,
        roots: &BTreeMap<NodeIx, Option<Timestamp>>,
        produced: &BTreeMap<NodeIx, Timestamp>,
    ) -> Self {
        let mut by_start: BTreeMap<Option<Timestamp>, Vec<NodeIx>> = BTreeMap::new();
        for (node, from) in roots {
            by_start.entry(*from).or_default().push(*node);
        }
        let mut ways: Vec<Option<Way>> = vec![None; index.len()];
        for (from, nodes) in by_start {
            let mut queue: VecDeque<NodeIx> = VecDeque::new();
            for node in nodes {
                if ways[node].is_none() {
                    ways[node] = Some(None);
                    queue.push_back(node);
                }
            }
            while let Some(node) = queue.pop_front() {
                for (relation, next) in index.dependents(node) {
                    let made = produced.get(next);
                    let before = matches!((made, from), (Some(made), Some(from)) if *made < from);
                    if !before && ways[*next].is_none() {
                        ways[*next] = Some(Some((*relation, node)));
                        queue.push_back(*next);
                    }
                }
            }
        }
        Self { index, ways }
    }

    pub(crate) fn contains(&self, node: NodeIx) -> bool {
        self.ways[node].is_some()
    }

    /// Returns every tainted node, in order of ids, with the next one on its way.
    pub(crate) fn list(&self) -> Vec<Tainted> {
        let ways = self.ways.iter().enumerate();
        let tainted = ways.filter_map(|(node, way)| Some((node, (*way)?)));
        let mut list: Vec<Tainted> = tainted
            .map(|(node, way)| Tainted {
                node: self.index.node(node).to_id(),
                via: way.map(|(relation, next)| self.hop(relation, next)),
            })
            .collect();
        list.sort_unstable();
        list
    }

    pub(crate) fn witness(&self, node: NodeIx) -> Option<Witness> {
        let start = self.index.node(node).to_id();
        let hops = self.hops(node)?;
        Some(Witness { start, hops })
    }

    fn hops(&self, node: NodeIx) -> Option<Vec<WitnessHop>> {
        let mut at = self.ways[node]?;
        let mut hops = Vec::new();
        while let Some((relation, next)) = at {
            hops.push(self.hop(relation, next));
            at = self.ways[next].flatten();
        }
        Some(hops)
    }

    fn hop(&self, relation: Relation, to: NodeIx) -> WitnessHop {
        let to = self.index.node(to).to_id();
        WitnessHop { relation, to }
    }
}

/// Holds all that a node needs, directly or through others, the node itself too.
#[derive(Debug)]
pub(crate) struct Closure {
    /// The nearest first.
    pub(crate) nodes: Vec<NodeIx>,
    came_from: Vec<Option<Way>>,
}

impl Closure {
    pub(crate) fn of(index: &Index<'_>, node: NodeIx) -> Self {
        let mut came_from: Vec<Option<Way>> = vec![None; index.len()];
        came_from[node] = Some(None);
        let mut nodes = vec![node];
        let mut done = 0;
        while let Some(node) = nodes.get(done).copied() {
            done += 1;
            for (relation, next) in index.dependencies(node) {
                if came_from[*next].is_none() {
                    came_from[*next] = Some(Some((*relation, node)));
                    nodes.push(*next);
                }
            }
        }
        Self { nodes, came_from }
    }

    /// Returns the chain from where the closure begins to a tainted member and on to what is
    /// compromised.
    pub(crate) fn witness(&self, member: NodeIx, taint: &Taint<'_, '_>) -> Option<Witness> {
        let rest = taint.hops(member)?;
        let mut hops = Vec::new();
        let mut node = member;
        while let Some((relation, from)) = self.came_from[node].flatten() {
            hops.push(taint.hop(relation, node));
            node = from;
        }
        hops.reverse();
        hops.extend(rest);
        let start = taint.index.node(node).to_id();
        Some(Witness { start, hops })
    }
}
