//! Finds the changes once it is known which nodes are the same things.

use std::collections::BTreeSet;

use modelward_artifact::Digest;

use crate::diff::pairs::{scheme_of, stated_version};
use crate::diff::{
    EdgeChange, Fact, FactChange, GraphDiff, Reparented, ReplacedContent, VersionChange,
    VersionStep,
};
use crate::version::Version;
use crate::{Edge, NodeId, NodeRef, SignatureState, SupplyGraph};

impl GraphDiff<'_> {
    pub(super) fn compare(&mut self) {
        let (older, newer) = self.graphs;
        let ids = |graph: &SupplyGraph, others: &[u32]| {
            let alone = graph.nodes().zip(others);
            let alone = alone.filter(|(_, other)| **other == crate::reach::NONE);
            let mut ids: Vec<NodeId> = alone.map(|(node, _)| node.to_id()).collect();
            ids.sort_unstable();
            ids
        };
        self.changes.nodes_removed = ids(older, &self.pairs.newer_of);
        self.changes.nodes_added = ids(newer, &self.pairs.older_of);
        let pairs: Vec<(u32, u32)> = self.pairs.iter().collect();
        for (one, other) in pairs {
            let (one, other) = (older.at(one), newer.at(other));
            self.compare_versions(one, other);
            self.compare_facts(one, other);
            self.compare_dependents(one, other);
        }
        self.compare_edges();
        self.sort();
    }

    fn compare_versions(&mut self, one: NodeRef<'_>, other: NodeRef<'_>) {
        let (from, to) = (stated_version(one), stated_version(other));
        if from != to || is_other_package(one.id(), other.id()) {
            let step = step(one.id(), from.as_deref(), to.as_deref());
            self.changes.versions.push(VersionChange {
                from: one.to_id(),
                to: other.to_id(),
                from_version: from,
                to_version: to,
                step,
            });
            return;
        }
        let (old, new) = (one.digests(), other.digests());
        if old == new {
            return;
        }
        if is_replaced(&old, &new) {
            self.changes.replaced_content.push(ReplacedContent {
                id: other.to_id(),
                version: to,
                from: old,
                to: new,
            });
            return;
        }
        let texts = |digests: &[Digest]| digests.iter().map(Digest::to_string).collect();
        self.add_fact(other, Fact::Digests, (texts(&old), texts(&new)));
    }

    fn compare_facts(&mut self, one: NodeRef<'_>, other: NodeRef<'_>) {
        let signature = |node: NodeRef<'_>| match node.signature() {
            SignatureState::Unknown => Vec::new(),
            known => vec![known.name().to_owned()],
        };
        let kind = |node: NodeRef<'_>| vec![node.kind().name().to_owned()];
        let license = |node: NodeRef<'_>| node.license().map(str::to_owned).into_iter().collect();
        self.add_fact(other, Fact::Kind, (kind(one), kind(other)));
        self.add_fact(other, Fact::License, (license(one), license(other)));
        self.add_fact(other, Fact::Signature, (signature(one), signature(other)));
    }

    fn add_fact(&mut self, node: NodeRef<'_>, fact: Fact, values: (Vec<String>, Vec<String>)) {
        let (from, to) = values;
        if from != to {
            let id = node.to_id();
            let change = FactChange { id, fact, from, to };
            self.changes.facts.push(change);
        }
    }

    fn compare_dependents(&mut self, one: NodeRef<'_>, other: NodeRef<'_>) {
        let (older, newer) = self.graphs;
        let before = dependents(older, one.index());
        let now = dependents(newer, other.index());
        let is_new = |node: &u32| {
            self.pairs
                .older(*node)
                .is_none_or(|old| !before.contains(&old))
        };
        let is_gone = |node: &u32| {
            self.pairs
                .newer(*node)
                .is_none_or(|new| !now.contains(&new))
        };
        let gained = ids(newer, now.iter().copied().filter(is_new));
        let lost = ids(older, before.iter().copied().filter(is_gone));
        if !gained.is_empty() || !lost.is_empty() {
            let id = other.to_id();
            self.changes
                .reparented
                .push(Reparented { id, gained, lost });
        }
    }

    fn compare_edges(&mut self) {
        let (older, newer) = self.graphs;
        let (pairs, changes) = (&self.pairs, &mut self.changes);
        changes.edges_removed = missing(older, newer, |node| pairs.newer(node));
        changes.edges_added = missing(newer, older, |node| pairs.older(node));
    }

    fn sort(&mut self) {
        let changes = &mut self.changes;
        changes.replaced_content.sort_unstable();
        changes.versions.sort_unstable();
        changes.reparented.sort_unstable();
        changes.facts.sort_unstable();
    }
}

/// Returns the edges between things of both graphs that the other graph does not have.
fn missing(
    graph: &SupplyGraph,
    other: &SupplyGraph,
    pair: impl Fn(u32) -> Option<u32>,
) -> Vec<EdgeChange> {
    let is_missing = |edge: &Edge<'_>| {
        let ends = pair(edge.from().index()).zip(pair(edge.to().index()));
        ends.is_some_and(|(from, to)| {
            other
                .parts()
                .place_of(from, to, edge.relation().code())
                .is_none()
        })
    };
    let changes = graph.edges().filter(is_missing).map(|edge| EdgeChange {
        from: edge.from().to_id(),
        relation: edge.relation(),
        to: edge.to().to_id(),
    });
    let mut changes: Vec<EdgeChange> = changes.collect();
    changes.sort_unstable();
    changes
}

fn dependents(graph: &SupplyGraph, node: u32) -> BTreeSet<u32> {
    let neighbors = graph.parts().incoming.neighbors(node);
    neighbors.iter().copied().collect()
}

fn ids(graph: &SupplyGraph, nodes: impl Iterator<Item = u32>) -> Vec<NodeId> {
    let mut ids: Vec<NodeId> = nodes.map(|node| graph.at(node).to_id()).collect();
    ids.sort_unstable();
    ids
}

/// Tells whether two ids of one thing are package URLs that differ, be it in a qualifier.
fn is_other_package(one: &str, other: &str) -> bool {
    one != other && one.starts_with("pkg:") && other.starts_with("pkg:")
}

/// Tells whether both sides state digests of one algorithm, and others.
fn is_replaced(old: &[Digest], new: &[Digest]) -> bool {
    let of = |digests: &[Digest], algorithm| -> Vec<Digest> {
        let same = digests
            .iter()
            .filter(|digest| digest.algorithm() == algorithm);
        same.copied().collect()
    };
    old.iter().map(Digest::algorithm).any(|algorithm| {
        let (old, new) = (of(old, algorithm), of(new, algorithm));
        !new.is_empty() && old != new
    })
}

fn step(id: &str, from: Option<&str>, to: Option<&str>) -> VersionStep {
    let ordered = || {
        let scheme = scheme_of(id)?;
        let from = Version::parse(from?, scheme).ok()?;
        from.partial_cmp(&Version::parse(to?, scheme).ok()?)
    };
    match ordered() {
        Some(std::cmp::Ordering::Less) => VersionStep::Upgraded,
        Some(std::cmp::Ordering::Greater) => VersionStep::Downgraded,
        Some(std::cmp::Ordering::Equal) | None => VersionStep::Changed,
    }
}
