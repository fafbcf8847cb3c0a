//! Every reason against one release.

use modelward_artifact::Digest;
use modelward_graph::NodeRef;

use super::RollbackRequest;
use super::cause::Cause;
use super::health::{Health, HealthSource};
use super::index::{Index, NodeIx};
use super::members::Members;
use super::policy::{Floor, Stance};
use super::proofs::{Backup, Proofs, Signature};
use super::reason::Reason;
use super::release::{Gate, Release};
use super::roots::Roots;
use super::taint::{Closure, Taint};

/// How many chains, or things that are not known, a reason shows.
pub(crate) const MAX_SHOWN: usize = 8;

#[derive(Clone, Copy)]
pub(crate) struct Judge<'a, 'g> {
    pub(crate) request: &'a RollbackRequest<'g>,
    pub(crate) index: &'a Index<'g>,
    pub(crate) roots: &'a Roots,
    pub(crate) taint: &'a Taint<'a, 'g>,
    pub(crate) health: &'a Health,
    pub(crate) members: &'a Members<'a>,
}

impl Judge<'_, '_> {
    pub(crate) fn reasons(self, release: &Release) -> Vec<Reason> {
        let mut reasons = Vec::new();
        if release.proofs.root == self.request.present.root {
            reasons.push(Reason::IsPresent);
        }
        self.supply_chain(release, &mut reasons);
        reasons.extend(self.proofs(&release.proofs));
        reasons.extend(self.formats(release));
        reasons.extend(self.health_unknown(release));
        reasons.extend(self.floor(release));
        reasons
    }

    fn supply_chain(self, release: &Release, reasons: &mut Vec<Reason>) {
        let unknown = self.roots.unknown.iter().chain(&self.health.unknown);
        let roots: Vec<String> = unknown.cloned().collect();
        if !roots.is_empty() {
            reasons.push(Reason::TaintUnknown { roots });
        }
        let mut references = release.known_bad.clone();
        if let Some(node) = self.index.find(release.node.as_str()) {
            reasons.extend(identity(&release.proofs.root, self.index.node(node)));
            let closure = Closure::of(self.index, node);
            self.closure(node, &closure, reasons);
            references.extend(self.health.against(&closure, release.deployed_from));
        } else {
            let node = release.node.clone();
            reasons.push(Reason::NotInGraph { node });
        }
        references.sort();
        references.dedup();
        if !references.is_empty() {
            reasons.push(Reason::KnownBad { references });
        }
    }

    fn closure(self, node: NodeIx, closure: &Closure, reasons: &mut Vec<Reason>) {
        if let Some(path) = self.taint.witness(node) {
            reasons.push(Reason::Tainted { path });
        } else {
            reasons.extend(self.tainted(closure));
        }
        if self.request.policy.incomplete_closures == Stance::Refuse {
            reasons.extend(self.incomplete(closure));
        }
        reasons.extend(self.members.against(self, node, closure));
    }

    fn incomplete(self, closure: &Closure) -> Option<Reason> {
        let nodes = closure.nodes.iter().map(|node| self.index.node(*node));
        let mut missing: Vec<NodeRef<'_>> = nodes.filter(|node| !node.is_described()).collect();
        missing.sort_unstable_by_key(|node| node.id());
        let shown = missing.iter().take(MAX_SHOWN);
        (!missing.is_empty()).then(|| Reason::ClosureIncomplete {
            count: missing.len() as u64,
            missing: shown.map(|node| node.to_id()).collect(),
        })
    }

    fn tainted(self, closure: &Closure) -> Option<Reason> {
        let nodes = closure.nodes.iter().copied();
        let tainted: Vec<NodeIx> = nodes.filter(|node| self.taint.contains(*node)).collect();
        let nearest = tainted.iter().take(MAX_SHOWN);
        let paths = nearest.filter_map(|member| closure.witness(*member, self.taint));
        (!tainted.is_empty()).then(|| Reason::ClosureTainted {
            count: tainted.len() as u64,
            paths: paths.collect(),
        })
    }

    /// Lists what speaks against signature and backup, of a release or of a member.
    pub(crate) fn proofs(self, proofs: &Proofs) -> Vec<Reason> {
        let found = [self.signature(proofs), self.backup(proofs)];
        found.into_iter().flatten().collect()
    }

    fn signature(self, proofs: &Proofs) -> Option<Reason> {
        let (root, key) = match &proofs.signature {
            Signature::None => return Some(Reason::NoSignature),
            Signature::Rejected(findings) => {
                let findings = findings.clone();
                return Some(Reason::BadSignature { findings });
            }
            Signature::Verified(root, key) => (*root, *key),
        };
        if root != proofs.root {
            let findings = vec![other_root(&root)];
            return Some(Reason::BadSignature { findings });
        }
        let revoked = self.request.revoked.iter().filter(|it| it.key == key);
        let from = revoked.map(|revoked| revoked.from).min()?;
        let signed_before = proofs.signed_before;
        let sooner = signed_before.is_some_and(|proven| proven < from);
        (!sooner).then_some(Reason::SignerRevoked {
            key,
            from,
            signed_before,
        })
    }

    fn backup(self, proofs: &Proofs) -> Option<Reason> {
        let backup = match &proofs.backup {
            Backup::None => return Some(Reason::BackupMissing),
            Backup::Rejected(findings) => {
                let findings = findings.clone();
                return Some(Reason::BackupMismatch { findings });
            }
            Backup::Verified(backup) => backup,
        };
        if *backup.root() != proofs.root {
            let findings = vec![other_root(backup.root())];
            return Some(Reason::BackupMismatch { findings });
        }
        let max_age = self.request.policy.backup_max_age();
        let checked = backup.checked();
        let stale = backup.is_stale(self.request.now, max_age);
        stale.then_some(Reason::BackupStale { checked })
    }

    fn health_unknown(self, release: &Release) -> Option<Reason> {
        if self.request.policy.unknown_health == Stance::Allow {
            return None;
        }
        let gate = (release.gate == Gate::Unknown).then_some(HealthSource::Gate);
        let mut missing = self.health.missing.clone();
        missing.extend(gate);
        missing.sort();
        (!missing.is_empty()).then_some(Reason::HealthUnknown { missing })
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
                let floors = releases.filter(|it| it.proofs.root == *digest);
                let since = floors.map(|floor| floor.deployed_from).max().flatten();
                let later = matches!(
                    (release.deployed_from, since), (Some(it), Some(since)) if it >= since
                );
                release.proofs.root == *digest || later
            }
        };
        (!holds).then(|| Reason::BelowFloor {
            floor: floor.clone(),
        })
    }
}

/// A graph that states a digest of the same algorithm and not this one tells of another thing.
pub(crate) fn identity(root: &Digest, node: NodeRef<'_>) -> Option<Reason> {
    let mut stated = node.digests();
    stated.retain(|digest| digest.algorithm() == root.algorithm());
    stated.sort();
    let conflict = !stated.is_empty() && !stated.contains(root);
    conflict.then_some(Reason::IdentityConflict { stated })
}

fn other_root(found: &Digest) -> Cause {
    let message = format!("what was verified has the root digest {found}");
    Cause::new("audit.rollback.other_root", message)
}
