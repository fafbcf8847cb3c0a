//! Which node of the newer graph is the same thing as one of the older.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::advisory::Package;
use crate::graph::ix;
use crate::reach::NONE;
use crate::version::{Version, VersionScheme};
use crate::{NodeRef, SupplyGraph};

/// Joins nodes of two graphs, each with at most one.
#[derive(Clone, Debug)]
pub(super) struct Pairs {
    pub(super) newer_of: Vec<u32>,
    pub(super) older_of: Vec<u32>,
}

impl Pairs {
    pub(super) fn of(older: &SupplyGraph, newer: &SupplyGraph) -> Self {
        let mut pairs = Self {
            newer_of: vec![NONE; older.node_count()],
            older_of: vec![NONE; newer.node_count()],
        };
        for node in older.nodes() {
            let same = newer.find(node.id()).ok();
            if let Some(other) = same.filter(|other| newer.at(*other).id() == node.id()) {
                pairs.join(node.index(), other);
            }
        }
        pairs.join_aliases(older, newer);
        for key in [whole_key, package_key] {
            pairs.join_versions(older, newer, key);
        }
        pairs
    }

    pub(super) fn newer(&self, older: u32) -> Option<u32> {
        Some(self.newer_of[older as usize]).filter(|node| *node != NONE)
    }

    pub(super) fn older(&self, newer: u32) -> Option<u32> {
        Some(self.older_of[newer as usize]).filter(|node| *node != NONE)
    }

    /// Returns all pairs in the order of the older graph.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, u32)> {
        let all = (0..).zip(self.newer_of.iter().copied());
        all.filter(|(_, newer)| *newer != NONE)
    }

    fn join(&mut self, older: u32, newer: u32) {
        self.newer_of[older as usize] = newer;
        self.older_of[newer as usize] = older;
    }

    /// Joins nodes of which one goes by an alias of the other, where there is no other choice.
    fn join_aliases(&mut self, older: &SupplyGraph, newer: &SupplyGraph) {
        let mut choices: Vec<(u32, u32)> = Vec::new();
        for node in unpaired(&self.newer_of) {
            let same = newer.find(older.at(node).id()).ok();
            choices.extend(same.map(|other| (node, other)));
        }
        for node in unpaired(&self.older_of) {
            let same = older.find(newer.at(node).id()).ok();
            choices.extend(same.map(|other| (other, node)));
        }
        choices.retain(|(one, other)| self.newer(*one).is_none() && self.older(*other).is_none());
        choices.sort_unstable();
        choices.dedup();
        let mut counts: (BTreeMap<u32, u32>, BTreeMap<u32, u32>) = Default::default();
        for (one, other) in &choices {
            *counts.0.entry(*one).or_default() += 1;
            *counts.1.entry(*other).or_default() += 1;
        }
        for (one, other) in choices {
            if counts.0[&one] == 1 && counts.1[&other] == 1 {
                self.join(one, other);
            }
        }
    }

    /// Joins what has the same key, the lowest version with the lowest and so on.
    fn join_versions(
        &mut self,
        older: &SupplyGraph,
        newer: &SupplyGraph,
        key: impl Fn(&str) -> Option<String>,
    ) {
        let left = grouped(older, &self.newer_of, &key);
        let mut right = grouped(newer, &self.older_of, &key);
        for (key, ones) in left {
            let others = right.remove(&key).unwrap_or_default();
            for (one, other) in ones.into_iter().zip(others) {
                self.join(one, other);
            }
        }
    }
}

fn unpaired(others: &[u32]) -> Vec<u32> {
    let all = (0..ix(others.len())).zip(others);
    let alone = all.filter(|(_, other)| **other == NONE);
    alone.map(|(node, _)| node).collect()
}

/// Groups what has no pair by its key. A group is sorted by version.
fn grouped(
    graph: &SupplyGraph,
    others: &[u32],
    key: impl Fn(&str) -> Option<String>,
) -> BTreeMap<String, Vec<u32>> {
    let mut groups: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for node in unpaired(others) {
        if let Some(key) = key(graph.at(node).id()) {
            groups.entry(key).or_default().push(node);
        }
    }
    for group in groups.values_mut().filter(|group| group.len() > 1) {
        let mut sorted: Vec<_> = group
            .iter()
            .map(|node| (*node, place(graph.at(*node))))
            .collect();
        sorted.sort_by(|one, other| by_place(&one.1, &other.1));
        *group = sorted.into_iter().map(|(node, _)| node).collect();
    }
    groups
}

type Place<'g> = (Option<Version>, &'g str);

fn place(node: NodeRef<'_>) -> Place<'_> {
    let version = stated_version(node);
    let version = version.zip(scheme_of(node.id()));
    (
        version.and_then(|(version, scheme)| Version::parse(&version, scheme).ok()),
        node.id(),
    )
}

/// Compares versions where both can be read, else ids. What cannot be read comes first.
fn by_place(one: &Place<'_>, other: &Place<'_>) -> Ordering {
    let versions = match (&one.0, &other.0) {
        (Some(one), Some(other)) => one.order(other),
        (one, other) => one.is_some().cmp(&other.is_some()),
    };
    versions.then_with(|| one.1.cmp(other.1))
}

/// Returns the version of the package URL as it is meant, else what a source states.
pub(super) fn stated_version(node: NodeRef<'_>) -> Option<String> {
    let package = node.id().parse::<Package>().ok();
    let version = package.and_then(|package| package.version().map(str::to_owned));
    version.or_else(|| node.version().map(str::to_owned))
}

/// Returns the scheme of the type of a package URL.
pub(super) fn scheme_of(id: &str) -> Option<VersionScheme> {
    VersionScheme::of_type(id.strip_prefix("pkg:")?.split('/').next()?)
}

/// Returns all but the version of a package URL, or all but the version of the document of a
/// BOM-Link.
fn whole_key(id: &str) -> Option<String> {
    if let Some(link) = id.strip_prefix("urn:cdx:") {
        let (document, name) = link.split_once('#')?;
        let (serial, _) = document.split_once('/')?;
        return Some(format!("{serial}#{name}"));
    }
    let end = id.find(['?', '#']).unwrap_or(id.len());
    Some(format!("{}{}", package_key(id)?, &id[end..]))
}

/// Returns a package URL without its version and all that follows.
fn package_key(id: &str) -> Option<String> {
    let path = id.strip_prefix("pkg:")?.split(['?', '#']).next()?;
    let path = match path.rsplit_once('@') {
        Some((path, version)) if !version.contains('/') => path,
        _ => path,
    };
    Some(path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{package_key, whole_key};

    #[test]
    fn keys_leave_out_versions_alone() {
        for (id, key) in [
            (
                "pkg:deb/debian/curl@1?arch=x#a",
                Some("deb/debian/curl?arch=x#a"),
            ),
            ("pkg:npm/@a/b", Some("npm/@a/b")),
            ("urn:cdx:f08a/1#a@1", Some("f08a#a@1")),
            ("torch@1", None),
        ] {
            assert_eq!(whole_key(id).as_deref(), key);
        }
        assert_eq!(
            package_key("pkg:oci/a@sha256:00?tag=1").as_deref(),
            Some("oci/a")
        );
    }
}
