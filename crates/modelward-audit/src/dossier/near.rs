use std::collections::{BTreeMap, BTreeSet, VecDeque};

use modelward_graph::{Direction, Highlight, NodeKind, NodeRef, SupplyGraph};

use crate::{AffectedAssets, Lineage, ModelEvidence};

/// How many nodes are drawn at most.
const DRAWN: usize = 24;

/// How many of those that need the model are drawn at most.
const DEPENDENTS: usize = 5;

/// How many flawed parts are drawn with the way to them, at most.
const WAYS: usize = 6;

/// Says what is known of a node, and why.
pub(super) type Marks = BTreeMap<String, (Highlight, String)>;

/// Chooses what of a supply chain is drawn: what is flawed with the way to it, then what is nearest.
pub(super) struct Near {
    pub(super) ids: BTreeSet<String>,
    /// What is known of the parts, those that are not drawn too.
    pub(super) marks: Marks,
}

impl Near {
    pub(super) fn of(evidence: &ModelEvidence<'_>, lineage: &Lineage) -> Self {
        let marks = marks(evidence, lineage);
        let graph = lineage.graph();
        let model = lineage.model().as_str();
        let mut ids = BTreeSet::from([model.to_owned()]);
        let flawed = marks.iter();
        let flawed = flawed.filter(|(_, (state, _))| *state == Highlight::Affected);
        for (id, _) in flawed.take(WAYS) {
            if let Ok(Some(path)) = graph.path(model, id) {
                let ends = path.hops().iter().map(|hop| hop.to().as_str().to_owned());
                let more: Vec<_> = ends.filter(|end| !ids.contains(end)).collect();
                if ids.len() + more.len() <= DRAWN {
                    ids.extend(more);
                }
            }
        }
        let users = graph
            .direct(model, Direction::Dependents)
            .unwrap_or_default();
        let users = users.into_iter().map(|edge| edge.from().id().to_owned());
        ids.extend(users.take(DEPENDENTS.min(DRAWN.saturating_sub(ids.len()))));
        nearest(graph, model, &mut ids);
        Self { ids, marks }
    }
}

/// Adds what the model is made of, nearest first, but for files.
fn nearest(graph: &SupplyGraph, model: &str, ids: &mut BTreeSet<String>) {
    let mut seen = BTreeSet::from([model.to_owned()]);
    let mut queue = VecDeque::from([model.to_owned()]);
    while let Some(id) = queue.pop_front() {
        let edges = graph
            .direct(&id, Direction::Dependencies)
            .unwrap_or_default();
        let mut parts: Vec<_> = edges.iter().map(|edge| edge.to()).collect();
        parts.retain(|part| part.kind() != NodeKind::File);
        parts.sort_by_key(|part| (rank(*part), part.id()));
        for part in parts {
            if ids.len() >= DRAWN {
                return;
            }
            if seen.insert(part.id().to_owned()) {
                ids.insert(part.id().to_owned());
                queue.push_back(part.id().to_owned());
            }
        }
    }
}

/// Puts first what tells most about where a model comes from.
const fn rank_of(kind: NodeKind) -> u8 {
    match kind {
        NodeKind::Model | NodeKind::Adapter => 0,
        NodeKind::Dataset => 1,
        NodeKind::TrainingRun | NodeKind::Tokenizer => 2,
        NodeKind::Library | NodeKind::Container => 4,
        _ => 3,
    }
}

fn rank(node: NodeRef<'_>) -> u8 {
    rank_of(node.kind())
}

fn marks(evidence: &ModelEvidence<'_>, lineage: &Lineage) -> Marks {
    let mut marks = Marks::new();
    let model = lineage.model().as_str();
    if let Some(triage) = evidence.advisories() {
        for hit in triage
            .suppressed()
            .filter(|it| it.reached().root().id() == model)
        {
            let finding = hit.reached().finding();
            mark(
                lineage,
                &mut marks,
                finding.node().as_str(),
                (Highlight::Cleared, finding.id()),
            );
        }
        for hit in triage.open().filter(|hit| hit.root().id() == model) {
            let finding = hit.finding();
            mark(
                lineage,
                &mut marks,
                finding.node().as_str(),
                (Highlight::Affected, finding.id()),
            );
        }
    }
    let affected = evidence
        .affected()
        .into_iter()
        .flat_map(AffectedAssets::iter);
    for (asset, reason) in affected {
        for node in lineage.matching(asset) {
            mark(
                lineage,
                &mut marks,
                node.id(),
                (Highlight::Affected, reason),
            );
        }
    }
    marks
}

/// Marks a node. What is open weighs more than what is cleared.
fn mark(lineage: &Lineage, marks: &mut Marks, id: &str, (state, why): (Highlight, &str)) {
    let Some(node) = lineage.graph().node(id) else {
        return;
    };
    let known = marks.get(node.id());
    if known.is_none_or(|(known, _)| *known == Highlight::Cleared && state != *known) {
        marks.insert(node.id().to_owned(), (state, why.to_owned()));
    }
}
