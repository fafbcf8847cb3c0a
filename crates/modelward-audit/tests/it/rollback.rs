//! Tests of the rollback plan.

mod backup;
mod cases;
mod drift;
mod health;
pub(crate) mod history;
mod members;
mod properties;
mod roots;
mod verify;

use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use std::time::Duration;

use modelward_artifact::{
    Digest, HashOptions, Manifest, Memory, NoControl, Party, Timestamp, Verdict,
};
use modelward_audit::rollback::{
    BackupOptions, CandidateVerdict, PresentModel, Reason, Release, RollbackPlan, RollbackRequest,
    VerifiedBackup, verify_backup,
};
use modelward_graph::{Node, NodeKind, Relation, SupplyGraph, SupplyGraphBuilder};
use modelward_incident::log::Context;
use modelward_incident::{
    AffectedAsset, AssetKind, AssetRef, Compromise, CompromiseWindow, EventKind, Incident,
    IncidentKind, Opening, Severity, TimeSpec,
};
use modelward_sign::{
    Bundle, SigningKey, VerifiedModel, VerifiedStatement, VerifyPolicy, sign, verify_model,
    verify_statement,
};

/// A signed model, and what verifying a changed copy of it came to.
pub(crate) struct Signed {
    pub(crate) root: Digest,
    pub(crate) good: Verdict<VerifiedModel>,
    pub(crate) changed: Verdict<VerifiedModel>,
    pub(crate) key: Digest,
    pub(crate) statement: VerifiedStatement,
    pub(crate) bytes: Vec<u8>,
}

/// Models 0 to 5, of which all but the numbers differ.
pub(crate) static MODELS: LazyLock<Vec<Signed>> = LazyLock::new(|| (0..6).map(signed).collect());

fn signed(number: usize) -> Signed {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let weights = folder.path().join("weights.bin");
    let bytes = format!("weights {number}").into_bytes();
    fs::write(&weights, &bytes).expect("writable");
    let manifest = Manifest::hash(folder.path(), &HashOptions::default(), &NoControl);
    let manifest = manifest.expect("it can be hashed");
    let key = SigningKey::generate();
    let bundle = sign(&manifest, &key).expect("a key in memory signs");
    let policy = VerifyPolicy::key(key.public_key().clone());
    let good = verified(folder.path(), &bundle, &policy);
    fs::write(&weights, "other bytes").expect("writable");
    Signed {
        root: manifest.root(),
        good,
        changed: verified(folder.path(), &bundle, &policy),
        key: key.public_key().hint(),
        statement: verify_statement(&bundle, &policy)
            .expect("an answer")
            .into_result()
            .expect("it was just signed"),
        bytes,
    }
}

/// What verifying stored bytes came to, of model `number` on a day.
pub(crate) fn backup_of(number: usize, bytes: &[u8], at: Timestamp) -> Verdict<VerifiedBackup> {
    let file = ("weights.bin".parse().unwrap(), bytes.to_vec());
    let source = Memory::new("model", [file]).unwrap();
    let signed = &MODELS[number].statement;
    let report = verify_backup(signed, &source, &BackupOptions::at(at), &NoControl);
    report.expect("memory is readable").verdict()
}

/// A good backup of model `number`.
pub(crate) fn backup(number: usize, at: Timestamp) -> Verdict<VerifiedBackup> {
    backup_of(number, &MODELS[number].bytes, at)
}

/// A backup of model `number` that somebody changed.
pub(crate) fn bad_backup(number: usize) -> Verdict<VerifiedBackup> {
    backup_of(number, b"other bytes", now())
}

/// A request for which somebody looked everything up and found nothing.
pub(crate) fn request<'a>(incident: &'a Incident, graph: &'a SupplyGraph) -> RollbackRequest<'a> {
    RollbackRequest::new(incident, graph, present(), now())
        .with_flaws([])
        .with_incidents(&[])
}

fn verified(folder: &Path, bundle: &Bundle, policy: &VerifyPolicy) -> Verdict<VerifiedModel> {
    verify_model(folder, bundle, policy, &NoControl).expect("an answer")
}

/// An instant of day 0 and so many days.
pub(crate) fn day(number: u64) -> Timestamp {
    let start: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
    let days = Duration::from_secs(number * 24 * 60 * 60);
    start.checked_add(days).expect("long before 9999")
}

pub(crate) fn now() -> Timestamp {
    day(100)
}

/// Model `number` as a release against which nothing speaks, deployed on the day of its number.
pub(crate) fn release(number: usize) -> Release {
    let model = &MODELS[number];
    let id = format!("m{number}").parse().unwrap();
    let version = format!("1.{number}.0").parse().unwrap();
    Release::new(id, model.root, version)
        .deployed(day(number as u64), None)
        .with_signature(&model.good)
        .with_backup(&backup(number, now()))
        .with_formats(&[])
        .passed_gate()
}

pub(crate) fn node(id: &str) -> Node {
    let kind = if id.starts_with('m') {
        NodeKind::Model
    } else {
        NodeKind::Dataset
    };
    Node::new(id.parse().unwrap(), kind, id)
}

pub(crate) fn graph(nodes: &[&str], edges: &[(&str, Relation, &str)]) -> SupplyGraph {
    let mut builder = SupplyGraphBuilder::default();
    for id in nodes {
        builder.add_node(&node(id)).expect("a node");
    }
    for (from, relation, to) in edges {
        let (from, to) = (from.parse().unwrap(), to.parse().unwrap());
        builder.relate(&from, *relation, &to).expect("two nodes");
    }
    builder.build().expect("a graph")
}

pub(crate) fn by() -> Context {
    Context::new(day(90), Party::new("Jo Example").unwrap())
}

pub(crate) fn incident(kind: IncidentKind) -> Incident {
    let opening = Opening::new("trouble".parse().unwrap(), kind, Severity::High);
    Incident::open("INC-1".parse().unwrap(), opening, &by()).unwrap()
}

pub(crate) fn name(incident: &mut Incident, id: &str, compromise: Compromise, from: Option<u64>) {
    let slug = id.parse().unwrap();
    let mut asset = AffectedAsset::new(slug, AssetKind::Dataset, id.parse().unwrap())
        .with_ref(AssetRef::bom_ref(id).unwrap())
        .with_compromise(compromise);
    if let Some(from) = from {
        asset = asset.with_window(CompromiseWindow::new(TimeSpec::exact(day(from)), None));
    }
    incident
        .record(EventKind::AssetRecorded(asset), &by())
        .unwrap();
}

/// Model 4 is in production.
pub(crate) fn present() -> PresentModel {
    PresentModel::new("model".parse().unwrap(), MODELS[4].root)
}

/// The codes of the reasons against a version.
pub(crate) fn codes(plan: &RollbackPlan, version: &str) -> Vec<&'static str> {
    let candidates = plan.candidates().iter();
    let mut it = candidates.filter(|it| it.version.as_str() == version);
    let it = it.next().expect("every release is a candidate");
    it.reasons.iter().map(Reason::code).collect()
}

pub(crate) fn selected(plan: &RollbackPlan) -> Vec<&str> {
    let candidates = plan.candidates().iter();
    candidates
        .filter(|it| it.verdict == CandidateVerdict::Selected)
        .map(|it| it.version.as_str())
        .collect()
}

/// The chain of everything tainted.
pub(crate) fn chains(plan: &RollbackPlan) -> Vec<String> {
    let chains = plan.taint().iter().map(|it| plan.witness(&it.node));
    chains
        .map(|it| it.expect("a chain that ends").to_string())
        .collect()
}

/// The toy case of the research: m4 was tuned from m3, which learned from d2, which has raw2 in it.
pub(crate) fn toy_graph() -> SupplyGraph {
    use modelward_graph::Derivation::Finetune;
    graph(
        &["m1", "m2", "m3", "m4", "d1", "d2", "raw1", "raw2"],
        &[
            ("m4", Relation::DerivedFrom(Finetune), "m3"),
            ("m3", Relation::TrainedOn, "d2"),
            ("d2", Relation::Contains, "raw2"),
            ("m2", Relation::TrainedOn, "d1"),
            ("m1", Relation::TrainedOn, "d1"),
            ("d1", Relation::Contains, "raw1"),
            ("m1", Relation::EvaluatedOn, "raw2"),
        ],
    )
}

pub(crate) fn toy_incident() -> Incident {
    let mut incident = incident(IncidentKind::AdversarialDataPoisoning);
    name(&mut incident, "raw2", Compromise::Confirmed, None);
    incident
}

pub(crate) fn toy_releases() -> Vec<Release> {
    let broken = release(2).with_backup(&bad_backup(2));
    vec![release(1), broken, release(3), release(4)]
}
