use std::collections::{BTreeMap, BTreeSet};

use modelward_artifact::{Digest, EntryPath, JsonLimits, Text, Timestamp, json};
use modelward_graph::{NodeId, SupplyGraph};
use modelward_incident::{Incident, Slug};
use serde::{Deserialize, Serialize};

use super::cause::Cause;
use super::health::{Flaw, WindowScore};
use super::proofs::RestoredMember;
use super::release::{Gate, Release, RevokedSigner};
use super::{PresentModel, RollbackRequest};
use crate::ReadHistoryError;

/// Holds what is in production, what was released before, and where its files are.
///
/// A history is a document and proves nothing. That a release is signed and that its backup is good
/// has no member: whoever reads the history verifies the files that it names and adds what came of
/// that by [`Release::with_statement`] and [`Release::with_backup`]. A release to which nothing is
/// added is never gone back to. What proves the time of a signature has no member either.
///
/// As JSON it is a document of the schema `modelward.release-history/1`; a member that is not known
/// is refused.
///
/// ```
/// use modelward_artifact::JsonLimits;
/// use modelward_audit::rollback::ReleaseHistory;
///
/// let text = br#"{
///   "schema": "modelward.release-history/1",
///   "asset": "model",
///   "present": "sha256:d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35",
///   "flaws": [],
///   "releases": [{
///     "node": "pkg:generic/model@1.0.0",
///     "root": "sha256:6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b",
///     "version": "1.0.0",
///     "deployedFrom": "2026-03-01T08:00:00Z",
///     "gate": "passed",
///     "formats": [],
///     "bundle": {"path": "1.0.0/model.sig"},
///     "backup": "1.0.0/model"
///   }]
/// }"#;
/// let history = ReleaseHistory::from_json(text, &JsonLimits::default())?;
/// let release = history.releases()[0].to_release();
/// assert_eq!(release.version().as_str(), "1.0.0");
///
/// let proof = br#"{"signature": "verified"}"#;
/// assert!(ReleaseHistory::from_json(proof, &JsonLimits::default()).is_err());
/// # Ok::<(), modelward_audit::rollback::ReadHistoryError>(())
/// ```
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReleaseHistory {
    schema: Schema,
    asset: Slug,
    present: Digest,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    present_score: Option<WindowScore>,
    releases: Vec<ReleaseRecord>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    members: Vec<MemberRecord>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    flaws: Option<Vec<Flaw>>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    produced: BTreeMap<NodeId, Timestamp>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    revoked: Vec<RevokedSigner>,
}

#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
enum Schema {
    #[serde(rename = "modelward.release-history/1")]
    V1,
}

/// Says where a file is, and which bytes it has.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct StoredFile {
    /// The path, from a folder that whoever reads the history names. It does not lead out of it.
    pub path: EntryPath,
    /// The digest of the bytes; `None` where any will do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
}

impl StoredFile {
    /// Says where a file is.
    #[must_use]
    pub const fn new(path: EntryPath) -> Self {
        Self { path, digest: None }
    }

    /// Sets the digest of its bytes.
    #[must_use]
    pub const fn with_digest(mut self, digest: Digest) -> Self {
        self.digest = Some(digest);
        self
    }

    /// Tells whether bytes are the ones that are meant.
    #[must_use]
    pub fn is(&self, bytes: &[u8]) -> bool {
        self.digest
            .as_ref()
            .is_none_or(|digest| *digest == Digest::of(digest.algorithm(), bytes))
    }
}

/// Says that a release passed the gate when it was released, or did not.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::exhaustive_enums, reason = "a gate is passed or is not")]
pub enum GateStanding {
    /// It did not pass, which speaks against it for good.
    Failed,
    /// It passed.
    Passed,
}

/// Holds what a history says of one release. What is absent is not known.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct ReleaseRecord {
    /// The node in the graph, by its id or an alias.
    pub node: NodeId,
    /// The root digest of the manifest.
    pub root: Digest,
    /// The version; a floor compares it where it is a semantic one.
    pub version: Text,
    /// From when on it was in production; a floor compares it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deployed_from: Option<Timestamp>,
    /// Until when it was in production; absent where that goes on or is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deployed_until: Option<Timestamp>,
    /// When it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub produced: Option<Timestamp>,
    /// Whether it passed the gate of its release.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gate: Option<GateStanding>,
    /// What an inspection of its formats found to be unsafe; empty where somebody looked and found
    /// nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub formats: Option<Vec<Cause>>,
    /// What says that it is bad.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub known_bad: Vec<Text>,
    /// How it does on the window of now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<WindowScore>,
    /// The manifest, as JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manifest: Option<StoredFile>,
    /// The signature, a Sigstore bundle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bundle: Option<StoredFile>,
    /// The folder or file of the stored copy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backup: Option<EntryPath>,
}

impl ReleaseRecord {
    /// Names a release, as [`Release::new`]; nothing else is known.
    #[must_use]
    pub const fn new(node: NodeId, root: Digest, version: Text) -> Self {
        Self {
            node,
            root,
            version,
            deployed_from: None,
            deployed_until: None,
            produced: None,
            gate: None,
            formats: None,
            known_bad: Vec::new(),
            score: None,
            manifest: None,
            bundle: None,
            backup: None,
        }
    }

    /// Returns the release with everything that can be stated, without signature and backup.
    #[must_use]
    pub fn to_release(&self) -> Release {
        let mut release = Release::new(self.node.clone(), self.root, self.version.clone());
        release.deployed_from = self.deployed_from;
        release.deployed_until = self.deployed_until;
        release.produced = self.produced;
        release.known_bad.clone_from(&self.known_bad);
        release.score.clone_from(&self.score);
        release.formats.clone_from(&self.formats);
        if let Some(formats) = &mut release.formats {
            formats.sort();
            formats.dedup();
        }
        match self.gate {
            None => {}
            Some(GateStanding::Passed) => release.gate = Gate::Passed,
            Some(GateStanding::Failed) => {
                let reference = "the history says that a release gate said no".parse();
                release.known_bad.extend(reference.ok());
            }
        }
        release
    }

    fn check(&self) -> Result<(), ReadHistoryError> {
        match (self.deployed_from, self.deployed_until) {
            (None, Some(_)) => {}
            (Some(from), Some(until)) if until < from => {}
            _ => return Ok(()),
        }
        let version = self.version.clone();
        Err(ReadHistoryError::Period { version })
    }
}

/// Holds what a history says of something that is restored together with a release.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct MemberRecord {
    /// The node in the graph, by its id or an alias.
    pub node: NodeId,
    /// The root digest of its manifest.
    pub root: Digest,
    /// The signature, a Sigstore bundle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bundle: Option<StoredFile>,
    /// The folder or file of the stored copy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backup: Option<EntryPath>,
}

impl MemberRecord {
    /// Names a member, as [`RestoredMember::new`]; nothing else is known.
    #[must_use]
    pub const fn new(node: NodeId, root: Digest) -> Self {
        Self {
            node,
            root,
            bundle: None,
            backup: None,
        }
    }

    /// Returns the member without signature and backup.
    #[must_use]
    pub fn to_member(&self) -> RestoredMember {
        RestoredMember::new(self.node.clone(), self.root)
    }
}

impl ReleaseHistory {
    /// How many releases a history may have, and how many members.
    pub const MAX_RECORDS: usize = 10_000;

    /// Joins what is in production and what was released.
    ///
    /// # Errors
    ///
    /// [`ReadHistoryError`] where there are too many releases, one stands there twice, or one was in
    /// production until before it began.
    pub fn new(
        present: PresentModel,
        releases: Vec<ReleaseRecord>,
    ) -> Result<Self, ReadHistoryError> {
        let history = Self {
            schema: Schema::V1,
            asset: present.asset,
            present: present.root,
            present_score: None,
            releases,
            members: Vec::new(),
            flaws: None,
            produced: BTreeMap::new(),
            revoked: Vec::new(),
        };
        history.checked()
    }

    /// Reads a history. Nothing is verified by reading.
    ///
    /// # Errors
    ///
    /// [`ReadHistoryError`] where the text is not strict JSON of this schema, or as for
    /// [`new`](Self::new).
    pub fn from_json(bytes: &[u8], limits: &JsonLimits) -> Result<Self, ReadHistoryError> {
        let history: Self = json::read_as(bytes, limits)?;
        history.checked()
    }

    fn checked(self) -> Result<Self, ReadHistoryError> {
        let count = self.releases.len().max(self.members.len());
        if count > Self::MAX_RECORDS {
            return Err(ReadHistoryError::TooMany { count });
        }
        let mut seen = BTreeSet::new();
        for release in &self.releases {
            release.check()?;
            if !seen.insert((&release.node, release.root, &release.version)) {
                let version = release.version.clone();
                return Err(ReadHistoryError::Twice { version });
            }
        }
        Ok(self)
    }

    /// Writes the history as canonical JSON (RFC 8785), the same bytes for the same history.
    ///
    /// # Panics
    ///
    /// Never: the members are text and numbers of things in memory.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        json::canonical(self).expect("text and numbers have a canonical form")
    }

    /// Returns SHA-256 of the canonical JSON.
    #[must_use]
    pub fn digest(&self) -> Digest {
        Digest::sha256(&self.to_json())
    }

    /// Returns what is in production.
    #[must_use]
    pub fn present(&self) -> PresentModel {
        PresentModel::new(self.asset.clone(), self.present)
    }

    /// Returns the releases, in the order of the document.
    #[must_use]
    pub fn releases(&self) -> &[ReleaseRecord] {
        &self.releases
    }

    /// Returns what is restored together with releases, in the order of the document.
    #[must_use]
    pub fn members(&self) -> &[MemberRecord] {
        &self.members
    }

    /// Begins a request with everything that can be stated, but for releases and members: they are
    /// added when their files are verified.
    #[must_use]
    pub fn to_request<'a>(
        &self,
        incident: &'a Incident,
        graph: &'a SupplyGraph,
        now: Timestamp,
    ) -> RollbackRequest<'a> {
        let mut request = RollbackRequest::new(incident, graph, self.present(), now);
        if let Some(flaws) = &self.flaws {
            request = request.with_flaws(flaws.iter().cloned());
        }
        request.present_score.clone_from(&self.present_score);
        request.revoked.clone_from(&self.revoked);
        let produced = self.produced.iter();
        produced.fold(request, |request, (node, at)| {
            request.with_produced(node.clone(), *at)
        })
    }
}
