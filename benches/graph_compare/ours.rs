//! `SupplyGraph`, by its public interface alone.

use std::collections::HashSet;

use modelward::artifact::JsonLimits;
use modelward::graph::{
    GraphLimits, Node, NodeId, NodeKind, NodeSet, Relation, SupplyGraph, SupplyGraphBuilder,
};

use crate::data::{Edge, Picks};
use crate::session::{Engine, Outcome};
use crate::task::Task;

/// In the order of `RELATIONS`.
const KINDS: [Relation; 5] = [
    Relation::Contains,
    Relation::DependsOn,
    Relation::DerivedFrom,
    Relation::Serves,
    Relation::TrainedOn,
];

pub(crate) struct Ours(SupplyGraph);

impl Engine for Ours {
    fn build<'a>(edges: impl Iterator<Item = Edge<'a>>) -> Self {
        let mut builder = SupplyGraphBuilder::new(limits());
        let mut known = HashSet::new();
        for Edge { from, relation, to } in edges {
            let [from, to] = [from, to].map(node_id);
            let relation = KINDS[usize::from(relation)];
            builder
                .relate(&from, relation, &to)
                .expect("it is not with itself");
            known.extend([from, to]);
        }
        for id in known {
            let node = Node::new(id.clone(), kind(&id), "");
            builder.add_node(node).expect("it is described once");
        }
        Self(builder.build().expect("every node is described"))
    }

    fn size(&self) -> (usize, usize) {
        (self.0.node_count(), self.0.edge_count())
    }

    fn run(&self, task: Task, picks: &Picks) -> Option<Outcome> {
        Some(match task {
            Task::ClosurePopular => self.closure(&picks.popular),
            Task::ClosureP99 => self.closure(&picks.p99),
            Task::ClosureMedian => self.closure(&picks.median),
            Task::Separate => Outcome::of(|| self.separate(&picks.flawed), |count| *count),
            Task::Components => Outcome::of(
                || self.0.cycles(),
                // It lists those of several nodes; every other node is one by itself.
                |cycles| {
                    let inside: usize = cycles.iter().map(NodeSet::len).sum();
                    self.0.node_count() - inside + cycles.len()
                },
            ),
            Task::Why => {
                let [from, to] = picks.why.each_ref().map(|id| node_id(id));
                let path = || self.0.path(&from, &to).expect("both are nodes");
                Outcome::of_short(path, |path| {
                    path.as_ref().map_or(0, |path| path.hops().len())
                })
            }
            _ => return None,
        })
    }

    fn save(&self) -> Option<Vec<u8>> {
        self.0.to_json().ok()
    }

    fn load(bytes: &[u8]) -> Option<Self> {
        let text = JsonLimits::default()
            .with_max_bytes(usize::MAX)
            .with_max_values(usize::MAX);
        SupplyGraph::from_json(bytes, &text, &limits())
            .ok()
            .map(Self)
    }
}

impl Ours {
    fn closure(&self, id: &str) -> Outcome {
        let id = node_id(id);
        let search = || self.0.dependents(&id).expect("it is a node");
        Outcome::of_short(search, NodeSet::len)
    }

    fn separate(&self, ids: &[String]) -> usize {
        let ids = ids.iter().map(|id| node_id(id));
        ids.map(|id| self.0.dependents(&id).expect("it is a node").len())
            .sum()
    }
}

fn limits() -> GraphLimits {
    GraphLimits::default()
        .with_max_nodes(100_000_000)
        .with_max_edges(1_000_000_000)
}

fn node_id(text: &str) -> NodeId {
    text.parse().expect("it is a package URL")
}

/// Tells a kind by the type of a package URL, as the peer's side does.
fn kind(id: &NodeId) -> NodeKind {
    match id.as_str() {
        id if id.starts_with("pkg:huggingface/") => NodeKind::Model,
        id if id.starts_with("pkg:pypi/") => NodeKind::Library,
        _ => NodeKind::Unknown,
    }
}
