//! What compromise reaches: breadth-first along the relations that carry it, so that cycles end and
//! each chain is a shortest one.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use modelward_artifact::Timestamp;
use modelward_graph::{Direction, FindingClass, NodeRef, Relation, RelationSet, SupplyGraph};

use super::cause::{Witness, WitnessHop};

/// The relations that carry compromise; a bad benchmark does not change the model.
pub(crate) const FLOW: RelationSet = FindingClass::PoisonedData
    .flow()
    .union(FindingClass::MaliciousWeights.flow())
    .union(FindingClass::CodeFlaw.flow());

/// The next node on the way, `None` where the way ends.
type Ways<'g> = BTreeMap<&'g str, Option<(Relation, &'g str)>>;

/// Holds the tainted nodes, each with the next one on a way to what is compromised.
#[derive(Debug)]
pub(crate) struct Taint<'g> {
    graph: &'g SupplyGraph,
    ways: Ways<'g>,
}

impl<'g> Taint<'g> {
    /// Spreads from each root. What was made before the compromise of a root began is not reached
    /// from it; when something was made has to be known for that.
    ///
    /// Roots are taken by when their compromise began, the earliest first: whoever began earlier
    /// reaches all that a later one would, so that each node is visited once.
    pub(crate) fn spread(
        graph: &'g SupplyGraph,
        roots: &BTreeMap<&'g str, Option<Timestamp>>,
        produced: &BTreeMap<&'g str, Timestamp>,
    ) -> Self {
        let mut by_start: BTreeMap<Option<Timestamp>, Vec<&'g str>> = BTreeMap::new();
        for (node, from) in roots {
            by_start.entry(*from).or_default().push(node);
        }
        let mut ways = Ways::new();
        for (from, nodes) in by_start {
            let mut queue = VecDeque::new();
            for node in nodes {
                if !ways.contains_key(node) {
                    ways.insert(node, None);
                    queue.push_back(node);
                }
            }
            while let Some(node) = queue.pop_front() {
                for (relation, next) in neighbors(graph, node, Direction::Dependents) {
                    let made = produced.get(next);
                    let before = matches!((made, from), (Some(made), Some(from)) if *made < from);
                    if !before && !ways.contains_key(next) {
                        ways.insert(next, Some((relation, node)));
                        queue.push_back(next);
                    }
                }
            }
        }
        Self { graph, ways }
    }

    pub(crate) fn contains(&self, node: &str) -> bool {
        self.ways.contains_key(node)
    }

    /// Returns every tainted node, in order, with its chain.
    pub(crate) fn witnesses(&self) -> Vec<Witness> {
        let nodes = self.ways.keys();
        nodes.filter_map(|node| self.witness(node)).collect()
    }

    pub(crate) fn witness(&self, node: &str) -> Option<Witness> {
        let start = self.graph.node(node)?;
        let mut hops = Vec::new();
        let mut at = *self.ways.get(start.id())?;
        while let Some((relation, next)) = at {
            let to = self.graph.node(next)?.to_id();
            hops.push(WitnessHop { relation, to });
            at = self.ways.get(next).copied().flatten();
        }
        let start = start.to_id();
        Some(Witness { start, hops })
    }
}

/// Holds all that a node needs, directly or through others, the node itself too.
#[derive(Debug)]
pub(crate) struct Closure<'g> {
    graph: &'g SupplyGraph,
    /// The nearest first.
    pub(crate) nodes: Vec<NodeRef<'g>>,
    came_from: Ways<'g>,
}

impl<'g> Closure<'g> {
    pub(crate) fn of(graph: &'g SupplyGraph, node: NodeRef<'g>) -> Self {
        let mut came_from = Ways::from([(node.id(), None)]);
        let mut nodes = vec![node];
        let mut done = 0;
        while let Some(node) = nodes.get(done).copied() {
            done += 1;
            for (relation, next) in neighbors(graph, node.id(), Direction::Dependencies) {
                if !came_from.contains_key(next) {
                    came_from.insert(next, Some((relation, node.id())));
                    nodes.extend(graph.node(next));
                }
            }
        }
        Self {
            graph,
            nodes,
            came_from,
        }
    }

    /// Returns the chain from where the closure begins to a tainted member and on to what is
    /// compromised.
    pub(crate) fn witness(&self, member: &str, taint: &Taint<'g>) -> Option<Witness> {
        let rest = taint.witness(member)?;
        let mut hops = Vec::new();
        let mut node = self.graph.node(member)?;
        while let Some((relation, from)) = self.came_from.get(node.id()).copied().flatten() {
            let to = node.to_id();
            hops.push(WitnessHop { relation, to });
            node = self.graph.node(from)?;
        }
        hops.reverse();
        hops.extend(rest.hops);
        let start = node.to_id();
        Some(Witness { start, hops })
    }
}

/// Returns the nodes at the other end of the relations that carry compromise, in order.
fn neighbors<'g>(
    graph: &'g SupplyGraph,
    node: &str,
    direction: Direction,
) -> BTreeSet<(Relation, &'g str)> {
    let edges = graph.direct(node, direction).unwrap_or_default();
    let edges = edges
        .into_iter()
        .filter(|edge| FLOW.contains(edge.relation()));
    let ends = edges.map(|edge| {
        let other = match direction {
            Direction::Dependencies => edge.to(),
            Direction::Dependents => edge.from(),
        };
        (edge.relation(), other.id())
    });
    ends.collect()
}
