//! Every reason against one release.

use modelward_graph::NodeRef;

use super::RollbackRequest;
use super::policy::{Floor, Stance};
use super::reason::Reason;
use super::release::{Backup, Release, Signature};
use super::roots::Roots;
use super::taint::{Closure, Taint};

/// How many chains a reason shows.
const MAX_WITNESSES: usize = 8;

#[derive(Clone, Copy)]
pub(crate) struct Judge<'a, 'g> {
    pub(crate) request: &'a RollbackRequest<'g>,
    pub(crate) roots: &'a Roots<'g>,
    pub(crate) taint: &'a Taint<'g>,
}

impl Judge<'_, '_> {
    pub(crate) fn reasons(self, release: &Release) -> Vec<Reason> {
        let mut reasons = Vec::new();
        if release.root == self.request.present.root {
            reasons.push(Reason::IsPresent);
        }
        self.supply_chain(release, &mut reasons);
        reasons.extend(self.signature(release));
        reasons.extend(self.backup(release));
        reasons.extend(self.formats(release));
        if !release.known_bad.is_empty() {
            let mut references = release.known_bad.clone();
            references.sort();
            references.dedup();
            reasons.push(Reason::KnownBad { references });
        }
        reasons.extend(self.floor(release));
        reasons
    }

    fn supply_chain(self, release: &Release, reasons: &mut Vec<Reason>) {
        if !self.roots.unknown.is_empty() {
            let roots = self.roots.unknown.iter().cloned().collect();
            reasons.push(Reason::TaintUnknown { roots });
        }
        let Some(node) = self.request.graph.node(&release.node) else {
            let node = release.node.clone();
            reasons.push(Reason::NotInGraph { node });
            return;
        };
        reasons.extend(identity(release, node));
        let closure = Closure::of(self.request.graph, node);
        if let Some(path) = self.taint.witness(node.id()) {
            reasons.push(Reason::Tainted { path });
        } else {
            reasons.extend(self.tainted(&closure));
        }
        if self.request.policy.incomplete_closures == Stance::Refuse {
            let unknown = closure.nodes.iter().filter(|node| !node.is_described());
            let mut missing: Vec<_> = unknown.map(|node| node.to_id()).collect();
            missing.sort();
            if !missing.is_empty() {
                reasons.push(Reason::ClosureIncomplete { missing });
            }
        }
    }

    fn tainted(self, closure: &Closure<'_>) -> Option<Reason> {
        let members = closure.nodes.iter().map(|node| node.id());
        let tainted: Vec<&str> = members.filter(|id| self.taint.contains(id)).collect();
        let nearest = tainted.iter().take(MAX_WITNESSES);
        let paths = nearest.filter_map(|member| closure.witness(member, self.taint));
        (!tainted.is_empty()).then(|| Reason::ClosureTainted {
            count: tainted.len() as u64,
            paths: paths.collect(),
        })
    }

    fn signature(self, release: &Release) -> Option<Reason> {
        let (root, key) = match &release.signature {
            Signature::None => return Some(Reason::NoSignature),
            Signature::Rejected(findings) => {
                let findings = findings.clone();
                return Some(Reason::BadSignature { findings });
            }
            Signature::Verified(root, key) => (*root, *key),
        };
        if root != release.root {
            let findings = vec![other_root(&root)];
            return Some(Reason::BadSignature { findings });
        }
        let revoked = self.request.revoked.iter().filter(|it| it.key == key);
        let from = revoked.map(|revoked| revoked.from).min()?;
        let signed_before = release.signed_before;
        let sooner = signed_before.is_some_and(|proven| proven < from);
        (!sooner).then_some(Reason::SignerRevoked {
            key,
            from,
            signed_before,
        })
    }

    fn backup(self, release: &Release) -> Option<Reason> {
        let (root, checked) = match &release.backup {
            Backup::None => return Some(Reason::BackupMissing),
            Backup::Rejected(findings) => {
                let findings = findings.clone();
                return Some(Reason::BackupMismatch { findings });
            }
            Backup::Verified(root, checked) => (*root, *checked),
        };
        if root != release.root {
            let findings = vec![other_root(&root)];
            return Some(Reason::BackupMismatch { findings });
        }
        let age = self.request.now.since(checked);
        let fresh = age.is_some_and(|age| age <= self.request.policy.backup_max_age());
        (!fresh).then_some(Reason::BackupStale { checked })
    }

    fn formats(self, release: &Release) -> Option<Reason> {
        if self.request.policy.unsafe_formats == Stance::Allow {
            return None;
        }
        match &release.formats {
            None => Some(Reason::FormatsUnknown),
            Some(findings) if findings.is_empty() => None,
            Some(findings) => {
                let findings = findings.clone();
                Some(Reason::UnsafeFormat { findings })
            }
        }
    }

    fn floor(self, release: &Release) -> Option<Reason> {
        let floor = self.request.policy.floor.as_ref()?;
        let holds = match floor {
            Floor::Version(least) => release.semantic_version().is_some_and(|it| it >= *least),
            Floor::Digest(digest) => {
                let releases = self.request.releases.iter();
                let floors = releases.filter(|it| it.root == *digest);
                let since = floors.map(|floor| floor.deployed_from).max().flatten();
                let later = matches!(
                    (release.deployed_from, since), (Some(it), Some(since)) if it >= since
                );
                release.root == *digest || later
            }
        };
        (!holds).then(|| Reason::BelowFloor {
            floor: floor.clone(),
        })
    }
}

/// A graph that states a digest of the same algorithm and not this one tells of another model.
fn identity(release: &Release, node: NodeRef<'_>) -> Option<Reason> {
    let mut stated = node.digests();
    stated.retain(|digest| digest.algorithm() == release.root.algorithm());
    stated.sort();
    let conflict = !stated.is_empty() && !stated.contains(&release.root);
    conflict.then_some(Reason::IdentityConflict { stated })
}

fn other_root(found: &modelward_artifact::Digest) -> super::cause::Cause {
    let message = format!("what was verified has the root digest {found}");
    super::cause::Cause::new("audit.rollback.other_root", message)
}
