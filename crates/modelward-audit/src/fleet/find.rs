//! Looks for what documents contradict each other in.

use std::collections::{BTreeMap, BTreeSet};

use modelward_graph::{
    Direction, Edge, GraphWarning, NodeId, NodeKind, NodeRef, Relation, RelationSet,
    SignatureState, Source, Statement, SupplyGraph, WarningKind,
};

use super::documents::{Documents, by_link};
use super::finding::{FleetConflict, FleetFinding, FleetStatement};

/// Returns all that was found, sorted, each once.
pub(super) fn findings(
    graph: &SupplyGraph,
    documents: &Documents,
    joined: Vec<FleetFinding>,
) -> Vec<FleetFinding> {
    let mut findings = joined;
    findings.extend(graph.warnings().iter().filter_map(warned));
    for node in graph.nodes() {
        if node.statements().len() > 1 {
            differing(node, &mut findings);
        }
        neighbors(graph, node, &mut findings);
    }
    findings.extend(graph.cycles().iter().map(|cycle| {
        let path = cycle.path();
        let ends = path.hops().iter().flat_map(|hop| {
            let edges = graph.direct(hop.from(), Direction::Dependencies);
            let edges = edges.unwrap_or_default().into_iter();
            edges.filter(|edge| edge.to().id() == hop.to().as_str())
        });
        let names: BTreeSet<_> = ends.flat_map(Edge::sources).map(Source::name).collect();
        let statement = FleetStatement::new(path.to_string(), names);
        let start = path.start().as_str();
        FleetFinding::new(FleetConflict::Cycle, start, vec![statement])
    }));
    findings.extend(serials(documents));
    findings.sort();
    findings.dedup();
    findings
}

/// Turns a warning of the graph into a finding; those on facts that differ are looked at by node.
fn warned(warning: &GraphWarning) -> Option<FleetFinding> {
    let (conflict, subject, value) = match warning.kind() {
        WarningKind::Differing { .. } => return None,
        WarningKind::AmbiguousDigest { digest, ids } => {
            let ids: Vec<_> = ids.iter().map(NodeId::as_str).collect();
            (
                FleetConflict::AmbiguousDigest,
                digest.to_string(),
                ids.join(", "),
            )
        }
        WarningKind::Dangling { name } => (FleetConflict::Dangling, name.clone(), String::new()),
        WarningKind::Duplicate { name } => (FleetConflict::Duplicate, name.clone(), String::new()),
        WarningKind::SelfRelation { id, relation } => (
            FleetConflict::SelfRelation,
            id.to_string(),
            relation.to_string(),
        ),
        WarningKind::TooMany { left_out } => {
            (FleetConflict::TooMany, left_out.to_string(), String::new())
        }
        WarningKind::Undescribed { id } => {
            (FleetConflict::Undescribed, id.to_string(), String::new())
        }
        WarningKind::MalformedPurl { text } => (
            FleetConflict::Malformed,
            text.clone(),
            "not a package url".to_owned(),
        ),
        other => (
            FleetConflict::Malformed,
            warning.pointer().to_owned(),
            other.to_string(),
        ),
    };
    let documents = Some(warning.source()).filter(|name| !name.is_empty());
    let statement = FleetStatement::new(value, documents);
    Some(FleetFinding::new(conflict, subject, vec![statement]))
}

/// Looks at what documents say of one node.
fn differing(node: NodeRef<'_>, findings: &mut Vec<FleetFinding>) {
    let mut said: BTreeMap<(FleetConflict, String), Said<'_>> = BTreeMap::new();
    for statement in node.statements() {
        for (conflict, part, value) in values(statement) {
            let values = said.entry((conflict, part)).or_default();
            let documents = values.entry(value).or_default();
            documents.extend(statement.sources().map(Source::name));
        }
    }
    for ((conflict, _), values) in said {
        if values.len() > 1 {
            findings.push(finding(conflict, node.id(), values));
        }
    }
}

/// What is said, and by which documents.
type Said<'g> = BTreeMap<String, BTreeSet<&'g str>>;

fn finding(conflict: FleetConflict, subject: &str, said: Said<'_>) -> FleetFinding {
    let statements = said.into_iter();
    let statements = statements.map(|(value, documents)| FleetStatement::new(value, documents));
    FleetFinding::new(conflict, subject, statements.collect())
}

/// Returns what a statement says, of which each two of one conflict and part contradict.
fn values(statement: Statement<'_>) -> Vec<(FleetConflict, String, String)> {
    let texts = [
        (FleetConflict::Name, statement.name()),
        (FleetConflict::Version, statement.version()),
        (FleetConflict::License, statement.license()),
    ];
    let texts = texts.into_iter();
    let texts = texts.filter_map(|(it, text)| Some((it, String::new(), text?.to_owned())));
    let mut values: Vec<_> = texts.collect();
    if statement.kind() != NodeKind::Unknown {
        let kind = statement.kind().key().to_owned();
        values.push((FleetConflict::Kind, String::new(), kind));
    }
    if statement.signature() != SignatureState::Unknown {
        let state = statement.signature().name().to_owned();
        values.push((FleetConflict::Signature, String::new(), state));
    }
    values.extend(statement.digests().iter().map(|digest| {
        let algorithm = digest.algorithm().to_string();
        (FleetConflict::Digest, algorithm, digest.to_string())
    }));
    values
}

/// Looks at where a node comes from: documents may know more than others, and contradict where they
/// have nothing in common.
fn neighbors(graph: &SupplyGraph, node: NodeRef<'_>, findings: &mut Vec<FleetFinding>) {
    let edges = graph.direct(node.id(), Direction::Dependencies);
    let edges = edges.unwrap_or_default();
    let suppliers = RelationSet::of(&[Relation::SuppliedBy]);
    for (conflict, relations) in [
        (FleetConflict::BaseModel, RelationSet::DERIVED_FROM),
        (FleetConflict::Supplier, suppliers),
    ] {
        let of_these = edges.iter().filter(|it| relations.contains(it.relation()));
        let mut by_document: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for edge in of_these {
            for source in edge.sources() {
                let ends = by_document.entry(source.name()).or_default();
                ends.insert(edge.to().id());
            }
        }
        if is_contradiction(&by_document) {
            let mut said = Said::new();
            for (document, ends) in by_document {
                let ends: Vec<_> = ends.into_iter().collect();
                said.entry(ends.join(", ")).or_default().insert(document);
            }
            findings.push(finding(conflict, node.id(), said));
        }
    }
}

/// Tells whether two documents have nothing in common.
fn is_contradiction(by_document: &BTreeMap<&str, BTreeSet<&str>>) -> bool {
    if by_document.len() < 2 {
        return false;
    }
    let sets: BTreeSet<_> = by_document.values().collect();
    let mut pairs = sets
        .iter()
        .enumerate()
        .flat_map(|(at, one)| sets.iter().skip(at + 1).map(move |other| (one, other)));
    pairs.any(|(one, other)| one.is_disjoint(other))
}

/// Looks for documents of other content that claim one serial number.
fn serials(documents: &Documents) -> Vec<FleetFinding> {
    let links = by_link(documents).into_iter();
    let several = links.filter_map(|(link, names)| {
        let mut said = Said::new();
        for name in names {
            let digest = documents[name].digest.map(|it| it.to_string());
            let owners = said.entry(digest.unwrap_or_default()).or_default();
            owners.insert(name);
        }
        (said.len() > 1).then(|| finding(FleetConflict::SerialNumber, link, said))
    });
    several.collect()
}
