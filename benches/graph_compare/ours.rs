//! `SupplyGraph`, by its public interface alone. It builds and reads snapshots on two threads.

use std::num::NonZero;

use modelward::graph::{
    Derivation, Direction, GraphLimits, NodeRef, NodeSet, Relation, Scope, SupplyGraph,
    SupplyGraphBuilder,
};
use petgraph::visit::{EdgeRef as _, IntoEdgeReferences as _, NodeIndexable as _};

use crate::data::{Edge, Picks};
use crate::session::{Engine, Outcome};
use crate::task::Task;

/// In the order of `RELATIONS`.
const KINDS: [Relation; 5] = [
    Relation::Contains,
    Relation::DependsOn(Scope::Runtime),
    Relation::DerivedFrom(Derivation::Finetune),
    Relation::Serves,
    Relation::TrainedOn,
];

/// How many edges are stated at once.
const BATCH: usize = 8_388_608;

const TWO: NonZero<usize> = NonZero::new(2).expect("2 is not 0");

pub(crate) struct Ours(SupplyGraph);

impl Engine for Ours {
    fn build<'a>(edges: impl Iterator<Item = Edge<'a>>) -> Self {
        let mut builder = SupplyGraphBuilder::new(limits()).with_threads(TWO);
        let mut batch = Vec::with_capacity(edges.size_hint().0.min(BATCH));
        for Edge { from, relation, to } in edges {
            batch.push((from, KINDS[usize::from(relation)], to));
            if batch.len() == BATCH {
                builder.relate_all(&batch).expect("it is within the limits");
                batch.clear();
            }
        }
        builder.relate_all(&batch).expect("it is within the limits");
        // There is nothing but relations, so each node would be warned of.
        Self(
            builder
                .build_without_warnings()
                .expect("it is within the limits"),
        )
    }

    fn size(&self) -> (usize, usize) {
        (self.0.node_count(), self.0.edge_count())
    }

    fn run(&self, task: Task, picks: &Picks) -> Option<Outcome> {
        Some(match task {
            Task::ClosurePopular => self.closure(&picks.popular),
            Task::ClosureP99 => self.closure(&picks.p99),
            Task::ClosureMedian => self.closure(&picks.median),
            Task::Union => Outcome::of(|| self.union(&picks.flawed), NodeSet::len),
            Task::Separate => Outcome::of(|| self.separate(&picks.flawed), |count| *count),
            Task::Order => {
                let order = || self.0.nodes().collect::<Vec<_>>();
                Outcome::of(order, |order| self.ordered(order))
            }
            Task::Why => {
                let [from, to] = &picks.why;
                let path = || self.0.path(from, to).expect("both are nodes");
                Outcome::of_short(path, |path| {
                    path.as_ref().map_or(0, |path| path.hops().len())
                })
            }
            Task::Matrix => self.matrix(picks, NonZero::<usize>::MIN),
            Task::MatrixTwoThreads => self.matrix(picks, TWO),
            Task::Components => Outcome::of_short(|| self.components(), |count| *count),
            _ => return None,
        })
    }

    fn save(&self) -> Option<Vec<u8>> {
        Some(self.0.to_snapshot())
    }

    fn load(bytes: &[u8]) -> Option<Self> {
        let graph = SupplyGraph::from_snapshot_with(bytes, &limits(), TWO);
        graph.ok().map(Self)
    }
}

impl Ours {
    fn closure(&self, id: &str) -> Outcome {
        let search = || self.0.dependents(id).expect("it is a node");
        Outcome::of_short(search, NodeSet::len)
    }

    fn matrix(&self, picks: &Picks, threads: NonZero<usize>) -> Outcome {
        let query = self.0.matrix(&picks.roots, &picks.flawed);
        let query = query.expect("they are nodes").with_threads(threads);
        let matrix = query.resolve();
        let some = picks.roots.iter().take(Task::SOME_ROOTS);
        let pairs: usize = some.map(|root| matrix.targets_of(root).len()).sum();
        Outcome::of(|| query.resolve(), |_| pairs).with_total(matrix.pairs())
    }

    /// Building the graph found the components. This is what it takes to list those of several nodes.
    fn components(&self) -> usize {
        let groups = self.0.cycles();
        let joined: usize = groups.iter().map(|group| group.nodes().len() - 1).sum();
        self.0.node_count() - joined
    }

    fn union(&self, ids: &[String]) -> NodeSet<'_> {
        let query = self.0.query(Direction::Dependents, ids);
        query.expect("they are nodes").resolve()
    }

    fn separate(&self, ids: &[String]) -> usize {
        ids.iter()
            .map(|id| self.0.dependents(id).expect("it is a node").len())
            .sum()
    }

    /// Returns how many nodes the order has, or 0 if a dependency comes after a dependent.
    fn ordered(&self, order: &[NodeRef<'_>]) -> usize {
        let graph = &self.0;
        let place = |index| graph.to_index(index);
        let listed = order.iter().enumerate();
        let mut listed = listed.map(|(at, node)| graph.index_of(node.id()).map(place) == Some(at));
        let mut edges = graph.edge_references();
        let right = edges.all(|edge| place(edge.target()) < place(edge.source()));
        if right && listed.all(|same| same) {
            order.len()
        } else {
            0
        }
    }
}

fn limits() -> GraphLimits {
    GraphLimits::default()
        .with_max_nodes(100_000_000)
        .with_max_edges(1_000_000_000)
}
