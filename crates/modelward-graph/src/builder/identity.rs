//! Which ids are of one thing.

use std::collections::BTreeMap;

use modelward_artifact::Digest;

use super::SupplyGraphBuilder;
use crate::unions::{alone, root};
use crate::{GraphWarning, NodeId, WarningKind};

impl SupplyGraphBuilder {
    /// Returns for each id the one that its node goes by, or nothing where every id is a node of its
    /// own. What a digest cannot decide is a warning.
    pub(super) fn representatives(&self, warnings: &mut Vec<GraphWarning>) -> Option<Vec<u32>> {
        let by_digest = self.digest_aliases(warnings);
        if self.aliases.is_empty() && by_digest.is_empty() {
            return None;
        }
        let mut parents = alone(self.ids.len());
        let stated = self.aliases.iter().map(|alias| (alias.alias, alias.of));
        for (one, other) in stated.chain(by_digest) {
            let (one, other) = (root(&mut parents, one), root(&mut parents, other));
            if one == other {
                continue;
            }
            let (first, second) = if self.rank(one) <= self.rank(other) {
                (one, other)
            } else {
                (other, one)
            };
            parents[second as usize] = first;
        }
        for node in 0..crate::graph::ix(parents.len()) {
            parents[node as usize] = root(&mut parents, node);
        }
        Some(parents)
    }

    /// Returns each id that is a digest with the one node that is described by it.
    fn digest_aliases(&self, warnings: &mut Vec<GraphWarning>) -> Vec<(u32, u32)> {
        if self.digests.is_empty() {
            return Vec::new();
        }
        let mut owners: BTreeMap<Digest, Vec<u32>> = BTreeMap::new();
        let texts = self.ids.texts().iter();
        for (number, text) in (0..).zip(texts) {
            if let Some(digest) = digest(text) {
                owners.insert(digest, vec![number]);
            }
        }
        if owners.is_empty() {
            return Vec::new();
        }
        for description in &self.descriptions {
            let (start, count) = description.digests;
            for digest in &self.digests[start as usize..][..count as usize] {
                if let Some(owners) = owners.get_mut(digest) {
                    owners.push(description.node);
                }
            }
        }
        let mut aliases = Vec::new();
        for mut owners in owners.into_values() {
            let alias = owners.remove(0);
            owners.retain(|owner| digest(self.ids.texts().at(*owner)).is_none());
            owners.sort_unstable();
            owners.dedup();
            match owners.as_slice() {
                [] => {}
                [owner] => aliases.push((alias, *owner)),
                several => warnings.push(self.ambiguous(alias, several)),
            }
        }
        aliases
    }

    fn ambiguous(&self, alias: u32, owners: &[u32]) -> GraphWarning {
        let id = |number: u32| NodeId::of_checked(self.ids.texts().at(number));
        let mut ids: Vec<NodeId> = owners.iter().map(|owner| id(*owner)).collect();
        ids.sort_unstable();
        let kind = WarningKind::AmbiguousDigest {
            digest: id(alias),
            ids,
        };
        GraphWarning::new("", "", kind)
    }

    /// Orders the ids of one thing: package URLs, digests, other names.
    fn rank(&self, number: u32) -> (u8, &str) {
        let text = self.ids.texts().at(number);
        let class = match text {
            _ if is_purl(text) => 0,
            _ if digest(text).is_some() => 1,
            _ => 2,
        };
        (class, text)
    }
}

/// Tells whether an id says by itself what it is of: a package URL or a digest.
pub(super) fn is_telling(text: &str) -> bool {
    is_purl(text) || digest(text).is_some()
}

fn is_purl(text: &str) -> bool {
    text.starts_with("pkg:")
}

/// Reads an id that is a digest with its algorithm.
fn digest(text: &str) -> Option<Digest> {
    if is_purl(text) || !text.contains(':') {
        return None;
    }
    text.parse().ok()
}
