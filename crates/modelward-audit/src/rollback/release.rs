use modelward_artifact::{Digest, Finding, Text, Timestamp, Verdict};
use modelward_graph::NodeId;
use modelward_rmf::PhaseDecision;
use modelward_sign::{VerifiedModel, VerifiedStatement};
use semver::Version;

use super::backup::VerifiedBackup;
use super::cause::Cause;
use super::health::WindowScore;
use super::proofs::Proofs;
use crate::ReleaseReport;

/// Describes a release of a model, or of whatever else can go back, such as a data set.
///
/// What is not given is not known, and what is not known is no reason to go back to it. That it is
/// signed or has a good backup can only be said with a [`Verdict`] that a verification gave.
#[derive(Clone, Debug)]
pub struct Release {
    pub(crate) node: NodeId,
    pub(crate) version: Text,
    pub(crate) proofs: Proofs,
    pub(crate) deployed_from: Option<Timestamp>,
    pub(crate) deployed_until: Option<Timestamp>,
    pub(crate) produced: Option<Timestamp>,
    pub(crate) known_bad: Vec<Text>,
    pub(crate) gate: Gate,
    pub(crate) formats: Option<Vec<Cause>>,
    pub(crate) score: Option<WindowScore>,
}

/// Whether it passed a gate when it was released.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Gate {
    Passed,
    Unknown,
}

impl Release {
    /// Names a release by its node in the graph, the root digest of its manifest and its version.
    #[must_use]
    pub const fn new(node: NodeId, root: Digest, version: Text) -> Self {
        Self {
            node,
            version,
            proofs: Proofs::new(root),
            deployed_from: None,
            deployed_until: None,
            produced: None,
            known_bad: Vec::new(),
            gate: Gate::Unknown,
            formats: None,
            score: None,
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

    /// Gives what verifying its signature and its files came to.
    #[must_use]
    pub fn with_signature(mut self, verdict: &Verdict<VerifiedModel>) -> Self {
        self.proofs.take_model(verdict);
        self
    }

    /// Gives what verifying its signed manifest came to, where its files are in the backup alone.
    #[must_use]
    pub fn with_statement(mut self, verdict: &Verdict<VerifiedStatement>) -> Self {
        self.proofs.take_statement(verdict);
        self
    }

    /// Sets an instant before which it was signed, proven by a trusted timestamp or by inclusion in a
    /// log of transparency. What the signer says of the time is no proof.
    #[must_use]
    pub const fn signed_before(mut self, proven: Timestamp) -> Self {
        self.proofs.signed_before = Some(proven);
        self
    }

    /// Gives what [`verify_backup`](super::verify_backup) came to.
    #[must_use]
    pub fn with_backup(mut self, verdict: &Verdict<VerifiedBackup>) -> Self {
        self.proofs.take_backup(verdict);
        self
    }

    /// States that it passed a gate when it was released.
    #[must_use]
    pub const fn passed_gate(mut self) -> Self {
        self.gate = Gate::Passed;
        self
    }

    /// Gives what a gate decided of it. One that could not tell, or that was about another model, says
    /// nothing; one that said no is kept among what says that it is bad.
    #[must_use]
    pub fn with_decision(self, report: &ReleaseReport) -> Self {
        if report.root() != &self.proofs.root {
            return self;
        }
        match report.decision() {
            PhaseDecision::Go | PhaseDecision::GoWithConditions => self.passed_gate(),
            PhaseDecision::NoGo => match "the release gate said no".parse() {
                Ok(reference) => self.known_bad(reference),
                Err(_) => self,
            },
            PhaseDecision::CannotTell => self,
        }
    }

    /// Sets how it does on the window of now, for an incident in which the world moved.
    #[must_use]
    pub fn with_score(mut self, score: WindowScore) -> Self {
        self.score = Some(score);
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
        &self.proofs.root
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
