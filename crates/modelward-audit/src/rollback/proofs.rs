//! What shows that bytes are the ones that somebody trusted signed, and that they can be had.

use modelward_artifact::{Digest, Findings, Timestamp, Verdict};
use modelward_graph::NodeId;
use modelward_sign::{VerifiedModel, VerifiedStatement};

use super::backup::VerifiedBackup;
use super::cause::Cause;

/// Holds what verifications of a release or of a member came to.
#[derive(Clone, Debug)]
pub(crate) struct Proofs {
    pub(crate) root: Digest,
    pub(crate) signature: Signature,
    pub(crate) signed_before: Option<Timestamp>,
    pub(crate) backup: Backup,
}

#[derive(Clone, Debug)]
pub(crate) enum Signature {
    None,
    Rejected(Vec<Cause>),
    /// The root digest that was signed, and SHA-256 of the key.
    Verified(Digest, Digest),
}

#[derive(Clone, Debug)]
pub(crate) enum Backup {
    None,
    Rejected(Vec<Cause>),
    Verified(VerifiedBackup),
}

impl Proofs {
    pub(crate) const fn new(root: Digest) -> Self {
        Self {
            root,
            signature: Signature::None,
            signed_before: None,
            backup: Backup::None,
        }
    }

    pub(crate) fn take_model(&mut self, verdict: &Verdict<VerifiedModel>) {
        self.signature = match verdict {
            Verdict::Rejected(findings) => Signature::Rejected(causes(findings)),
            Verdict::Verified(model) => {
                let key = model.signed_by().key_digest();
                Signature::Verified(model.manifest().root(), key)
            }
        };
    }

    pub(crate) fn take_statement(&mut self, verdict: &Verdict<VerifiedStatement>) {
        self.signature = match verdict {
            Verdict::Rejected(findings) => Signature::Rejected(causes(findings)),
            Verdict::Verified(signed) => {
                let key = signed.signed_by().key_digest();
                Signature::Verified(*signed.statement().root(), key)
            }
        };
    }

    pub(crate) fn take_backup(&mut self, verdict: &Verdict<VerifiedBackup>) {
        self.backup = match verdict {
            Verdict::Rejected(findings) => Backup::Rejected(causes(findings)),
            Verdict::Verified(backup) => Backup::Verified(backup.clone()),
        };
    }
}

/// Describes something that a release needs and that is restored together with it, such as a base
/// model, a tokenizer or a data set.
///
/// Which of them have to be known is the policy's matter, see
/// [`RollbackPolicy::with_restored`](super::RollbackPolicy::with_restored). What is not given is not
/// known, as for a [`Release`](super::Release).
#[derive(Clone, Debug)]
pub struct RestoredMember {
    pub(crate) node: NodeId,
    pub(crate) proofs: Proofs,
}

impl RestoredMember {
    /// Names a member by its node in the graph and the root digest of its manifest, which has to be
    /// among the digests that the graph states.
    #[must_use]
    pub const fn new(node: NodeId, root: Digest) -> Self {
        let proofs = Proofs::new(root);
        Self { node, proofs }
    }

    /// Gives what verifying its signed manifest came to.
    #[must_use]
    pub fn with_statement(mut self, verdict: &Verdict<VerifiedStatement>) -> Self {
        self.proofs.take_statement(verdict);
        self
    }

    /// Sets an instant before which it was signed, proven by a trusted timestamp or by inclusion in a
    /// log of transparency.
    #[must_use]
    pub const fn signed_before(mut self, proven: Timestamp) -> Self {
        self.proofs.signed_before = Some(proven);
        self
    }

    /// Gives what verifying its backup came to.
    #[must_use]
    pub fn with_backup(mut self, verdict: &Verdict<VerifiedBackup>) -> Self {
        self.proofs.take_backup(verdict);
        self
    }

    /// Returns the node in the graph.
    #[must_use]
    pub const fn node(&self) -> &NodeId {
        &self.node
    }

    /// Returns the root digest of the manifest.
    #[must_use]
    pub const fn root(&self) -> &Digest {
        &self.proofs.root
    }
}

fn causes(findings: &Findings) -> Vec<Cause> {
    findings.iter().map(Cause::from).collect()
}
