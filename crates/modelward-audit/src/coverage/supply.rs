//! What the supply chain, advisories and lists of affected assets show.

use modelward_artifact::escape::Terminal;
use modelward_graph::triage::Suppressed;
use modelward_graph::{Edge, NodeKind, NodeRef, Reached, Relation};

use super::bearing::{
    Bearing, MANAGE_3_1, MANAGE_3_2, MAP_4_1, MAP_4_2, MEASURE_2_7, direct, supporting,
};
use super::notes::Notes;
use super::origin::{Origin, count, digest};
use crate::policy::gather_chain::not_evaluated;
use crate::{Lineage, ModelEvidence};

const ON_RECORD: [Bearing; 1] = [supporting(MAP_4_1)];
const ADVISORIES: [Bearing; 3] = [direct(MEASURE_2_7), direct(MANAGE_3_1), supporting(MAP_4_2)];
const ADVISORIES_IN_PART: [Bearing; 3] = [
    supporting(MEASURE_2_7),
    supporting(MANAGE_3_1),
    supporting(MAP_4_2),
];
const AFFECTED: [Bearing; 1] = [direct(MANAGE_3_1)];
const BASE_MODELS: [Bearing; 1] = [direct(MANAGE_3_2)];

pub(super) fn observe(notes: &mut Notes, evidence: &ModelEvidence<'_>) {
    let Some(lineage) = evidence.lineage() else {
        return;
    };
    let (nodes, edges) = (lineage.graph().node_count(), lineage.graph().edge_count());
    let found: Vec<_> = lineage.graph().nodes().map(NodeRef::id).collect();
    let origin = Origin::run("modelward lineage", &evidence.root(), &found);
    let parts = count(nodes, "component", "components");
    let relations = count(edges, "relation", "relations");
    let message = format!("the supply chain is on record: {parts} and {relations}");
    notes.add(&ON_RECORD, &origin.supports(message));
    observe_advisories(notes, evidence, lineage);
    observe_affected(notes, evidence, lineage);
}

/// An advisory of which is not certain that it applies shows nothing either way.
fn observe_advisories(notes: &mut Notes, evidence: &ModelEvidence<'_>, lineage: &Lineage) {
    let Some(triage) = evidence.advisories() else {
        return;
    };
    let is_ours = |hit: &Reached<'_>| hit.root().id() == lineage.model().as_str();
    let open: Vec<_> = triage.open().filter(is_ours).collect();
    let cleared = triage.suppressed().map(Suppressed::reached);
    let cleared: Vec<_> = cleared.filter(is_ours).collect();
    let mut found: Vec<_> = open.iter().map(|hit| line(*hit, "open")).collect();
    found.extend(cleared.iter().map(|hit| line(*hit, "cleared")));
    found.sort_unstable();
    let origin = Origin::run("modelward advisories", &evidence.root(), &found);
    let certain: Vec<_> = open
        .iter()
        .filter(|hit| hit.finding().doubt().is_none())
        .collect();
    let nodes: Vec<_> = certain
        .iter()
        .map(|hit| hit.finding().node().as_str())
        .collect();
    if let [first, ..] = certain.as_slice() {
        let (id, node) = (first.finding().id(), first.finding().node());
        let advisories = count(certain.len(), "advisory is", "advisories are");
        let message = format!("{advisories} open, such as {id} on {node}");
        notes.add(&ADVISORIES, &origin.contradicts(message));
        observe_base_models(notes, &origin, (lineage, &nodes));
    } else if open.is_empty() {
        observe_none_open(notes, &origin, (evidence, lineage), cleared.len());
    }
}

/// That no advisory is open bears directly only where every package that is needed was looked up.
fn observe_none_open(
    notes: &mut Notes,
    origin: &Origin,
    (evidence, lineage): (&ModelEvidence<'_>, &Lineage),
    cleared: usize,
) {
    let message = match cleared {
        0 => "no advisory reaches the model".to_owned(),
        number => {
            let advisories = count(number, "advisory is", "advisories are");
            format!("no advisory is open; {advisories} cleared by VEX")
        }
    };
    let exposures = evidence.exposures();
    let missed = exposures.and_then(|it| not_evaluated(it, &evidence.root(), Some(lineage)));
    let Some(missed) = missed else {
        let message = format!("{message}; whether everything was looked up is not known");
        notes.add(&ADVISORIES_IN_PART, &origin.supports(message));
        return;
    };
    if missed.is_empty() {
        notes.add(&ADVISORIES, &origin.supports(message));
    } else {
        let packages = count(missed.len(), "component was", "components were");
        let message = format!("{message}; {packages} not looked up");
        notes.add(&ADVISORIES_IN_PART, &origin.supports(message));
    }
    let is_missed = |base: &str| missed.iter().any(|it| it.component == base);
    if !base_models(lineage).into_iter().any(is_missed) {
        observe_base_models(notes, origin, (lineage, &[]));
    }
}

fn line(hit: Reached<'_>, state: &'static str) -> (String, String, &'static str) {
    let finding = hit.finding();
    (finding.id().to_owned(), finding.node().to_string(), state)
}

/// An empty list says that nothing is known, so that it shows nothing.
fn observe_affected(notes: &mut Notes, evidence: &ModelEvidence<'_>, lineage: &Lineage) {
    let Some(affected) = evidence.affected().filter(|it| !it.is_empty()) else {
        return;
    };
    let entries = affected.iter();
    let mut entries: Vec<_> = entries
        .map(|(asset, why)| (asset.to_string(), why))
        .collect();
    entries.sort_unstable();
    let origin = Origin::document("list of affected assets", digest(&entries));
    let mut hits = Vec::new();
    for (asset, reason) in affected.iter() {
        let nodes = lineage.matching(asset);
        hits.extend(nodes.into_iter().map(|node| (node.id(), reason)));
    }
    hits.sort_unstable();
    let nodes: Vec<_> = hits.iter().map(|(node, _)| *node).collect();
    let fact = match hits.as_slice() {
        [] => {
            let assets = count(affected.len(), "asset that is", "assets that are");
            origin.supports(format!(
                "no component is among {assets} known to be affected"
            ))
        }
        [(node, reason), ..] => {
            let parts = count(hits.len(), "component is", "components are");
            let reason = Terminal(reason);
            origin.contradicts(format!(
                "{parts} known to be affected, such as {node} ({reason})"
            ))
        }
    };
    notes.add(&AFFECTED, &fact);
    observe_base_models(notes, &origin, (lineage, &nodes));
}

/// Notes whether one of these nodes is a model that the model was derived from.
fn observe_base_models(notes: &mut Notes, origin: &Origin, (lineage, bad): (&Lineage, &[&str])) {
    let bases = base_models(lineage);
    let Some(first) = bases.first() else {
        return;
    };
    let hit = bases.iter().find(|base| bad.contains(base));
    let fact = match hit {
        Some(base) => {
            origin.contradicts(format!("the base model {base} is among what is affected"))
        }
        None => {
            let models = count(bases.len(), "base model was", "base models were");
            origin.supports(format!(
                "{models} looked at, such as {first}, and none is affected"
            ))
        }
    };
    notes.add(&BASE_MODELS, &fact);
}

/// Returns the models that the model was derived from directly.
fn base_models(lineage: &Lineage) -> Vec<&str> {
    let edges = lineage.graph().edges();
    let mut bases: Vec<_> = edges
        .filter(|edge| edge.from().id() == lineage.model().as_str())
        .filter(|edge| matches!(edge.relation(), Relation::DerivedFrom(_)))
        .map(Edge::to)
        .filter(|node| node.kind() == NodeKind::Model)
        .map(NodeRef::id)
        .collect();
    bases.sort_unstable();
    bases.dedup();
    bases
}
