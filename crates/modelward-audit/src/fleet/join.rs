//! Which things of several documents are one, beyond those that share a package URL.

use std::collections::{BTreeMap, BTreeSet};

use modelward_artifact::Digest;
use modelward_graph::{
    BuildGraphError, Direction, NodeId, NodeKind, NodeRef, Source, SupplyGraph, SupplyGraphBuilder,
};

use super::documents::{Documents, by_link};
use super::finding::{FleetConflict, FleetFinding, FleetStatement};

/// What was joined, and what could not be.
pub(super) struct Joined {
    pub(super) is_any: bool,
    pub(super) findings: Vec<FleetFinding>,
}

/// States which nodes of a graph are one thing.
pub(super) fn join(
    builder: &mut SupplyGraphBuilder,
    graph: &SupplyGraph,
    documents: &Documents,
) -> Result<Joined, BuildGraphError> {
    let mut findings = Vec::new();
    let mut pairs = links(graph, documents);
    pairs.extend(digests(graph, &mut findings));
    for (alias, of) in &pairs {
        // Sources are documents, so what joins them is said by the one that the alias is of.
        let source = graph.node(alias).and_then(|it| first_source(graph, it));
        builder.begin(Source::new(source.unwrap_or_default()))?;
        builder.alias(alias, of)?;
    }
    Ok(Joined {
        is_any: !pairs.is_empty(),
        findings,
    })
}

/// Joins BOM-Links with what they link to, where one document has the serial number.
fn links(graph: &SupplyGraph, documents: &Documents) -> Vec<(NodeId, NodeId)> {
    let owners = by_link(documents);
    if owners.is_empty() {
        return Vec::new();
    }
    let mut pairs = Vec::new();
    for node in graph.nodes().filter(|it| it.id().starts_with("urn:cdx:")) {
        let (link, part) = match node.id().split_once('#') {
            Some((link, part)) => (link, Some(part)),
            None => (node.id(), None),
        };
        // Copies of one document are the same document.
        let Some(owner) = owners.get(link).and_then(|owners| sole(owners, documents)) else {
            continue;
        };
        let target = match part {
            Some(part) => graph.node(format!("{owner}#{part}")),
            None => documents[owner]
                .model
                .as_ref()
                .and_then(|id| graph.node(id)),
        };
        pairs.extend(target.map(|target| (node.to_id(), target.to_id())));
    }
    pairs
}

fn sole<'a>(owners: &[&'a str], documents: &Documents) -> Option<&'a str> {
    let first = *owners.first()?;
    let digest = documents[first].digest;
    let is_same = owners.iter().all(|it| documents[*it].digest == digest);
    is_same.then_some(first)
}

/// Joins what has no package URL with what has the same digest and is of the same kind.
///
/// Files are left out: a graph joins them already, and two empty files are two.
fn digests(graph: &SupplyGraph, findings: &mut Vec<FleetFinding>) -> Vec<(NodeId, NodeId)> {
    let is_thing = |it: &NodeRef<'_>| it.kind() != NodeKind::File && it.is_described();
    let nameless = graph.nodes().filter(|it| !it.id().starts_with("pkg:"));
    let nameless: BTreeSet<Digest> = nameless
        .filter(is_thing)
        .flat_map(NodeRef::digests)
        .collect();
    if nameless.is_empty() {
        return Vec::new();
    }
    let mut groups: BTreeMap<(Digest, NodeKind), Vec<NodeRef<'_>>> = BTreeMap::new();
    for node in graph.nodes().filter(is_thing) {
        let digests = node.digests().into_iter();
        for digest in digests.filter(|it| nameless.contains(it)) {
            groups.entry((digest, node.kind())).or_default().push(node);
        }
    }
    let mut pairs = Vec::new();
    for ((digest, _), nodes) in groups {
        let is_named = |it: &NodeRef<'_>| it.id().starts_with("pkg:");
        let (named, nameless): (Vec<NodeRef<'_>>, Vec<NodeRef<'_>>) =
            nodes.into_iter().partition(is_named);
        let Some(first) = nameless.first() else {
            continue;
        };
        let others = nameless[1..].iter();
        pairs.extend(others.map(|it| (it.to_id(), first.to_id())));
        match named.as_slice() {
            [] => {}
            [one] => pairs.push((first.to_id(), one.to_id())),
            several => findings.push(ambiguous(digest, several, &nameless)),
        }
    }
    pairs
}

/// Says that a digest by which one document names a thing is that of several things.
fn ambiguous(digest: Digest, named: &[NodeRef<'_>], nameless: &[NodeRef<'_>]) -> FleetFinding {
    let all = named.iter().chain(nameless);
    let statements = all.map(|node| {
        let documents = node.sources().into_iter().map(Source::name);
        FleetStatement::new(node.id(), documents)
    });
    FleetFinding::new(
        FleetConflict::AmbiguousDigest,
        digest.to_string(),
        statements.collect(),
    )
}

fn first_source<'g>(graph: &'g SupplyGraph, node: NodeRef<'g>) -> Option<&'g str> {
    if let Some(source) = node.sources().first() {
        return Some(source.name());
    }
    let edges = graph.direct(node.id(), Direction::Dependents);
    let edge = edges.ok()?.into_iter().next()?;
    edge.sources().next().map(Source::name)
}
