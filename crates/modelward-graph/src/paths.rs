use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::graph::ix;
use crate::reach::{self, Follow, NONE};
use crate::{Direction, Path, RelationSet, SupplyGraph, UnknownNode};

/// How many chains that were not looked at yet a search may keep.
const MAX_CHAINS: usize = 4_000_000;

/// How many nodes of chains and edges a search may look at.
const MAX_STEPS: usize = 100_000_000;

impl SupplyGraph {
    /// Returns up to `limit` chains by which a node needs another one, the shortest first, of which
    /// none visits a node twice.
    ///
    /// Their number can grow exponentially with the graph, so ask for few.
    ///
    /// # Errors
    ///
    /// [`UnknownNode`] where the graph lacks one of the two.
    pub fn paths(
        &self,
        dependent: impl AsRef<str>,
        dependency: impl AsRef<str>,
        relations: impl Into<RelationSet>,
        limit: usize,
    ) -> Result<Paths, UnknownNode> {
        let ends = (
            self.find(dependent.as_ref())?,
            self.find(dependency.as_ref())?,
        );
        let follow = Follow::along(Direction::Dependencies, relations.into());
        Ok(Chains::of(self, ends, follow).take(limit))
    }
}

/// Holds some chains from one node to another.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Paths {
    paths: Vec<Path>,
    completeness: Completeness,
}

/// Tells whether an answer lists all that there is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "there is no third case")]
pub enum Completeness {
    /// There is no more.
    Complete,
    /// A limit was reached, so that there may be more.
    Partial,
}

impl Paths {
    /// Returns the chains, the shortest first.
    #[must_use]
    pub fn as_slice(&self) -> &[Path] {
        &self.paths
    }

    /// Tells whether these are all chains that there are.
    #[must_use]
    pub const fn completeness(&self) -> Completeness {
        self.completeness
    }
}

/// A chain that leaves another one at a place, goes to a node, and from there the shortest way.
#[derive(Clone, Copy)]
struct Deviation {
    /// The other chain, or `NONE` for the one that begins at the dependent.
    from: u32,
    /// How many nodes of the other chain are kept.
    kept: u32,
    node: u32,
}

/// Finds chains by leaving those that were found before at each of their nodes (Lawler's form of
/// Yen's algorithm, where each chain is looked at once).
struct Chains<'g> {
    graph: &'g SupplyGraph,
    follow: Follow,
    /// The next node on the shortest way from each to the dependency, or `NONE`.
    toward: Vec<u32>,
    distances: Vec<u32>,
    deviations: Vec<Deviation>,
    /// Chains by the number of their hops, then by age.
    pending: BinaryHeap<Reverse<(u32, u32)>>,
    /// Where each node stands in the chain that is looked at, or `NONE`.
    positions: Vec<u32>,
    steps: usize,
}

impl<'g> Chains<'g> {
    fn of(graph: &'g SupplyGraph, (from, to): (u32, u32), follow: Follow) -> Self {
        let (toward, distances) = ways(graph, to, &follow);
        let mut chains = Self {
            graph,
            follow,
            toward,
            distances,
            deviations: Vec::new(),
            pending: BinaryHeap::new(),
            positions: vec![NONE; graph.node_count()],
            steps: 0,
        };
        chains.add(Deviation {
            from: NONE,
            kept: 0,
            node: from,
        });
        chains
    }

    /// Keeps a chain, unless its node does not lead to the dependency.
    fn add(&mut self, deviation: Deviation) {
        let distance = self.distances[deviation.node as usize];
        if distance != NONE {
            let number = ix(self.deviations.len());
            self.deviations.push(deviation);
            self.pending
                .push(Reverse((deviation.kept + distance, number)));
        }
    }

    fn take(mut self, limit: usize) -> Paths {
        let mut paths = Vec::new();
        let mut completeness = Completeness::Complete;
        while let Some(Reverse((_, number))) = self.pending.pop() {
            let is_spent = self.deviations.len() > MAX_CHAINS || self.steps > MAX_STEPS;
            if paths.len() == limit || is_spent {
                completeness = Completeness::Partial;
                break;
            }
            let chain = self.chain(number);
            let simple = self.deviate(number, &chain);
            if simple == chain.len() {
                paths.push(Path::along(self.graph, &chain, &self.follow));
            }
        }
        Paths {
            paths,
            completeness,
        }
    }

    /// Returns the nodes of a chain.
    fn chain(&mut self, number: u32) -> Vec<u32> {
        let mut parts = vec![self.deviations[number as usize]];
        while let Some(last) = parts.last().filter(|last| last.from != NONE) {
            parts.push(self.deviations[last.from as usize]);
        }
        let mut chain: Vec<u32> = Vec::new();
        for part in parts.into_iter().rev() {
            chain.truncate(part.kept as usize);
            let mut node = part.node;
            chain.push(node);
            while self.distances[node as usize] > 0 {
                node = self.toward[node as usize];
                chain.push(node);
            }
            self.steps += chain.len();
        }
        chain
    }

    /// Keeps the chains that leave this one after the place where it left another. Returns how many
    /// nodes there are before the first that stands in it twice.
    fn deviate(&mut self, number: u32, chain: &[u32]) -> usize {
        let kept = self.deviations[number as usize].kept as usize;
        let mut simple = 0;
        while simple < chain.len() && self.positions[chain[simple] as usize] == NONE {
            self.positions[chain[simple] as usize] = ix(simple);
            simple += 1;
        }
        for at in kept..simple.min(chain.len() - 1) {
            let mut last = chain[at + 1];
            for (next, code) in self.graph.rows(Direction::Dependencies).edges(chain[at]) {
                self.steps += 1;
                let is_before = self.positions[next as usize] <= ix(at);
                let leaves = next != last && next != chain[at + 1] && !is_before;
                if leaves && self.follow.relations.has(code) {
                    last = next;
                    self.add(Deviation {
                        from: number,
                        kept: ix(at + 1),
                        node: next,
                    });
                }
            }
        }
        for node in &chain[..simple] {
            self.positions[*node as usize] = NONE;
        }
        simple
    }
}

/// Returns for each node the next one on a shortest way to a dependency, and how many hops it takes.
fn ways(graph: &SupplyGraph, to: u32, follow: &Follow) -> (Vec<u32>, Vec<u32>) {
    let mut toward = vec![NONE; graph.node_count()];
    let mut distances = vec![NONE; graph.node_count()];
    let back = Follow {
        direction: Direction::Dependents,
        ..*follow
    };
    let mut visit = |from: u32, node: u32| {
        if toward[node as usize] != NONE {
            return false;
        }
        toward[node as usize] = from;
        distances[node as usize] = if from == node {
            0
        } else {
            distances[from as usize] + 1
        };
        true
    };
    reach::walk(graph, &[to], &back, u32::MAX, &mut visit);
    (toward, distances)
}
