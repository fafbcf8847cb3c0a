use modelward_artifact::{Digest, Finding, Text, Timestamp, Verdict};
use modelward_graph::NodeId;
use modelward_sign::VerifiedModel;
use semver::Version;

use super::cause::Cause;

/// Describes a release of a model that one could go back to.
///
/// What is not given is not known, and what is not known is no reason to go back to it. That it is
/// signed or has a good backup can only be said with a [`Verdict`] that a verification gave.
#[derive(Clone, Debug)]
pub struct Release {
    pub(crate) node: NodeId,
    pub(crate) root: Digest,
    pub(crate) version: Text,
    pub(crate) deployed_from: Option<Timestamp>,
    pub(crate) deployed_until: Option<Timestamp>,
    pub(crate) produced: Option<Timestamp>,
    pub(crate) signature: Signature,
    pub(crate) signed_before: Option<Timestamp>,
    pub(crate) backup: Backup,
    pub(crate) known_bad: Vec<Text>,
    pub(crate) formats: Option<Vec<Cause>>,
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
    /// The root digest of the bytes, and when they were read.
    Verified(Digest, Timestamp),
}

impl Release {
    /// Names a release by its node in the graph, the root digest of its manifest and its version.
    #[must_use]
    pub const fn new(node: NodeId, root: Digest, version: Text) -> Self {
        Self {
            node,
            root,
            version,
            deployed_from: None,
            deployed_until: None,
            produced: None,
            signature: Signature::None,
            signed_before: None,
            backup: Backup::None,
            known_bad: Vec::new(),
            formats: None,
        }
    }

    /// Sets from when on it was in production, and until when, where that has ended.
    #[must_use]
    pub const fn deployed(mut self, from: Timestamp, until: Option<Timestamp>) -> Self {
        self.deployed_from = Some(from);
        self.deployed_until = until;
        self
    }

    /// Sets when it was made. A release of which that is not known is as tainted as what it is made
    /// of.
    #[must_use]
    pub const fn produced(mut self, at: Timestamp) -> Self {
        self.produced = Some(at);
        self
    }

    /// Gives what verifying its signature came to.
    #[must_use]
    pub fn with_signature(mut self, verdict: &Verdict<VerifiedModel>) -> Self {
        self.signature = match verdict {
            Verdict::Rejected(findings) => Signature::Rejected(causes(findings)),
            Verdict::Verified(model) => {
                let key = model.signed_by().key_digest();
                Signature::Verified(model.manifest().root(), key)
            }
        };
        self
    }

    /// Sets an instant before which it was signed, proven by a trusted timestamp or by inclusion in a
    /// log of transparency. What the signer says of the time is no proof.
    #[must_use]
    pub const fn signed_before(mut self, proven: Timestamp) -> Self {
        self.signed_before = Some(proven);
        self
    }

    /// Gives what verifying the backup came to: every byte of its folder against the signed
    /// manifest, and when that was done.
    #[must_use]
    pub fn with_backup(mut self, verdict: &Verdict<VerifiedModel>, checked: Timestamp) -> Self {
        self.backup = match verdict {
            Verdict::Rejected(findings) => Backup::Rejected(causes(findings)),
            Verdict::Verified(model) => Backup::Verified(model.manifest().root(), checked),
        };
        self
    }

    /// Adds what says that it is bad: an advisory, an incident, a gate that it failed.
    #[must_use]
    pub fn known_bad(mut self, reference: Text) -> Self {
        self.known_bad.push(reference);
        self
    }

    /// Gives what inspecting its formats found to be unsafe; an empty list says that it was looked at
    /// and is safe. Findings of two calls add up.
    #[must_use]
    pub fn with_formats(mut self, findings: &[Finding]) -> Self {
        let known = self.formats.get_or_insert_default();
        known.extend(findings.iter().map(Cause::from));
        known.sort();
        known.dedup();
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
        &self.root
    }

    /// Returns the version.
    #[must_use]
    pub const fn version(&self) -> &Text {
        &self.version
    }

    /// Returns the version, where it is a semantic one.
    #[must_use]
    pub fn semantic_version(&self) -> Option<Version> {
        let text = self.version.as_str();
        text.strip_prefix('v').unwrap_or(text).parse().ok()
    }

    /// Returns from when on it was in production, where that is known.
    #[must_use]
    pub const fn deployed_from(&self) -> Option<Timestamp> {
        self.deployed_from
    }

    /// Returns until when it was in production, where that has ended and is known.
    #[must_use]
    pub const fn deployed_until(&self) -> Option<Timestamp> {
        self.deployed_until
    }
}

/// Says that signatures of a key count no longer.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct RevokedSigner {
    /// SHA-256 of the public key in PEM, as
    /// [`SignedBy::key_digest`](modelward_sign::SignedBy::key_digest) gives it.
    pub key: Digest,
    /// From when on: when the key was compromised, not when that was noticed.
    pub from: Timestamp,
}

impl RevokedSigner {
    /// Names the key, and since when it is compromised.
    #[must_use]
    pub const fn new(key: Digest, from: Timestamp) -> Self {
        Self { key, from }
    }
}

fn causes(findings: &modelward_artifact::Findings) -> Vec<Cause> {
    findings.iter().map(Cause::from).collect()
}
