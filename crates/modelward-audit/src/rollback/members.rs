//! What is restored together with a release.

use std::collections::BTreeMap;

use modelward_artifact::Digest;
use modelward_graph::NodeId;
use serde::{Deserialize, Serialize};

use super::RollbackRequest;
use super::index::{Index, NodeIx};
use super::judge::{Judge, MAX_SHOWN, identity};
use super::proofs::RestoredMember;
use super::reason::{Reason, UnverifiedMember};
use super::taint::Closure;

/// Names something that is restored.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Restoration {
    /// The node in the graph.
    pub node: NodeId,
    /// The root digest of its manifest.
    pub root: Digest,
}

impl Restoration {
    /// Names what is restored, or was found in place.
    #[must_use]
    pub const fn new(node: NodeId, root: Digest) -> Self {
        Self { node, root }
    }
}

/// Holds what is known of members, by node.
#[derive(Debug)]
pub(crate) struct Members<'a>(BTreeMap<NodeIx, Vec<&'a RestoredMember>>);

impl<'a> Members<'a> {
    pub(crate) fn of(request: &'a RollbackRequest<'_>, index: &Index<'_>) -> Self {
        let mut members: BTreeMap<NodeIx, Vec<&RestoredMember>> = BTreeMap::new();
        for member in &request.members {
            if let Some(node) = index.find(member.node.as_str()) {
                members.entry(node).or_default().push(member);
            }
        }
        for records in members.values_mut() {
            records.sort_by_key(|member| member.proofs.root);
        }
        Self(members)
    }

    /// Says which of the things that are restored with a release are not known well enough.
    pub(crate) fn against(
        &self,
        judge: Judge<'_, '_>,
        release: NodeIx,
        closure: &Closure,
    ) -> Option<Reason> {
        let restored = restored(judge, release, closure);
        let unverified = restored.into_iter().filter_map(|node| {
            let reasons = self.reasons(judge, node);
            let node = judge.index.node(node).to_id();
            (!reasons.is_empty()).then_some(UnverifiedMember { node, reasons })
        });
        let mut members: Vec<UnverifiedMember> = unverified.collect();
        let count = members.len() as u64;
        members.sort_by(|a, b| a.node.cmp(&b.node));
        members.truncate(MAX_SHOWN);
        (count > 0).then_some(Reason::MemberUnverified { count, members })
    }

    /// Lists what speaks against a member. Of several records each has to be good.
    fn reasons(&self, judge: Judge<'_, '_>, node: NodeIx) -> Vec<Reason> {
        let Some(records) = self.0.get(&node) else {
            return vec![Reason::NoSignature, Reason::BackupMissing];
        };
        let node = judge.index.node(node);
        let mut reasons = Vec::new();
        for record in records {
            let root = record.root();
            if !node.digests().contains(root) {
                let stated = Reason::IdentityConflict { stated: Vec::new() };
                reasons.push(identity(root, node).unwrap_or(stated));
            }
            reasons.extend(judge.proofs(&record.proofs));
        }
        let mut kept: Vec<Reason> = Vec::new();
        for reason in reasons {
            if !kept.contains(&reason) {
                kept.push(reason);
            }
        }
        kept
    }

    /// Lists what is restored, dependencies first; of what is on a cycle in the order of the graph.
    pub(crate) fn order(
        &self,
        judge: Judge<'_, '_>,
        release: (NodeIx, Digest),
        closure: &Closure,
    ) -> Vec<Restoration> {
        let mut nodes = restored(judge, release.0, closure);
        // Nodes are numbered in topological order.
        nodes.sort_unstable();
        let members = nodes.into_iter().filter_map(|node| {
            let root = *self.0.get(&node)?.first()?.root();
            Some(Restoration::new(judge.index.node(node).to_id(), root))
        });
        let last = Restoration::new(judge.index.node(release.0).to_id(), release.1);
        members.chain([last]).collect()
    }
}

/// Lists what a release needs and the policy restores with it.
fn restored(judge: Judge<'_, '_>, release: NodeIx, closure: &Closure) -> Vec<NodeIx> {
    let kinds = &judge.request.policy.restored;
    if kinds.is_empty() {
        return Vec::new();
    }
    let nodes = closure
        .nodes
        .iter()
        .copied()
        .filter(|node| *node != release);
    nodes
        .filter(|node| kinds.contains(&judge.index.node(*node).kind()))
        .collect()
}
