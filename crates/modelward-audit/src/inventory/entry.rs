use modelward_artifact::json::{self, JsonError};
use modelward_artifact::{Digest, Finding, JsonLimits, Text, Timestamp};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use super::document::ReadInventoryError;
use super::error::EntryError;
use super::fact::{Answers, AuditQuestion, Claim, Fact};
use super::id::EntryId;
use super::material::Material;
use super::record::{
    Deployment, Retirement, Revision, SignatureOutcome, SignatureRecord, Standing, Supersession,
};

const SCHEMA: &str = "modelward.inventory-entry/1";

/// Describes one version of one model in an inventory.
///
/// - Name and version are stated, and stay what they are.
/// - Nothing happens to it before it was recorded, and nothing is revised after a later revision.
/// - It is not superseded by itself.
/// - Its document is JSON with `"schema": "modelward.inventory-entry/1"`; members that this version
///   does not know survive a read and a write.
#[derive(Clone, Debug, PartialEq)]
pub struct InventoryEntry(pub(super) Parts);

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Parts {
    schema: String,
    pub(super) id: EntryId,
    pub(super) name: Text,
    pub(super) version: Text,
    pub(super) recorded_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) purl: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) root: Option<Digest>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) bom: Option<Digest>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) signature: Option<SignatureRecord>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) licenses: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) materials: Vec<Material>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) deployments: Vec<Deployment>,
    #[serde(default)]
    pub(super) answers: Answers,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) superseded: Option<Supersession>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) retired: Option<Retirement>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) revisions: Vec<Revision>,
    #[serde(flatten)]
    other: Map<String, Value>,
}

impl InventoryEntry {
    /// Describes a model of which nothing is known but its name and version.
    #[must_use]
    pub fn new(id: EntryId, name: Text, version: Text, recorded_at: Timestamp) -> Self {
        Self(Parts {
            schema: SCHEMA.to_owned(),
            id,
            name,
            version,
            recorded_at,
            purl: None,
            root: None,
            bom: None,
            signature: None,
            licenses: Vec::new(),
            materials: Vec::new(),
            deployments: Vec::new(),
            answers: Answers::default(),
            superseded: None,
            retired: None,
            revisions: Vec::new(),
            other: Map::new(),
        })
    }

    /// Reads the document of one entry.
    ///
    /// # Errors
    ///
    /// [`ReadInventoryError`] where the text is not strict JSON, passes a limit, or is not an entry.
    pub fn read(bytes: &[u8], limits: &JsonLimits) -> Result<Self, ReadInventoryError> {
        let parts: Parts = json::read_as(bytes, limits)?;
        Ok(Self::check(parts)?)
    }

    /// Returns the document, the same bytes for the same entry.
    ///
    /// # Errors
    ///
    /// [`JsonError`] where the entry has no JSON form.
    pub fn to_json(&self) -> Result<Vec<u8>, JsonError> {
        json::pretty(self)
    }

    /// Returns SHA-256 of the canonical document (RFC 8785).
    ///
    /// # Errors
    ///
    /// [`JsonError`] where an unknown member has an integer that the form would round.
    pub fn digest(&self) -> Result<Digest, JsonError> {
        Ok(Digest::sha256(&json::canonical(self)?))
    }

    /// States the root digest of the model's manifest.
    #[must_use]
    pub const fn with_root(mut self, root: Digest) -> Self {
        self.0.root = Some(root);
        self
    }

    /// States the package URL by which ML-BOMs of other models name this one.
    #[must_use]
    pub fn with_purl(mut self, purl: impl Into<String>) -> Self {
        self.0.purl = Some(purl.into());
        self
    }

    /// Adds a claim in answer to a question.
    #[must_use]
    pub fn with_claim(mut self, question: AuditQuestion, claim: Claim) -> Self {
        self.0.answers.of_mut(question).add(claim);
        self
    }

    /// Replaces what is claimed in answer to a question: somebody found out which claim is right.
    #[must_use]
    pub fn with_answer(mut self, question: AuditQuestion, fact: Fact) -> Self {
        *self.0.answers.of_mut(question) = fact;
        self
    }

    /// Adds a license of the model.
    #[must_use]
    pub fn with_license(mut self, license: impl Into<String>) -> Self {
        self.0.licenses.push(license.into());
        self
    }

    /// Adds something that the model was made of.
    #[must_use]
    pub fn with_material(mut self, material: Material) -> Self {
        self.0.materials.push(material);
        self
    }

    /// Adds a place where the model runs or ran.
    #[must_use]
    pub fn with_deployment(mut self, deployment: Deployment) -> Self {
        self.0.deployments.push(deployment);
        self
    }

    /// Returns the id.
    #[must_use]
    pub const fn id(&self) -> &EntryId {
        &self.0.id
    }

    /// Returns the model's name.
    #[must_use]
    pub const fn name(&self) -> &Text {
        &self.0.name
    }

    /// Returns the model's version.
    #[must_use]
    pub const fn version(&self) -> &Text {
        &self.0.version
    }

    /// Returns when it was first recorded.
    #[must_use]
    pub const fn recorded_at(&self) -> Timestamp {
        self.0.recorded_at
    }

    /// Returns the package URL, as it was stated.
    #[must_use]
    pub fn purl(&self) -> Option<&str> {
        self.0.purl.as_deref()
    }

    /// Returns the root digest of the model's manifest, as it was stated or else as it was verified.
    #[must_use]
    pub fn root(&self) -> Option<&Digest> {
        let verified = self.0.signature.as_ref().and_then(|it| it.root.as_ref());
        self.0.root.as_ref().or(verified)
    }

    /// Returns SHA-256 of the ML-BOM as modelward writes it.
    #[must_use]
    pub const fn bom_digest(&self) -> Option<&Digest> {
        self.0.bom.as_ref()
    }

    /// Returns the record of the last check of a signature.
    #[must_use]
    pub const fn signature(&self) -> Option<&SignatureRecord> {
        self.0.signature.as_ref()
    }

    /// Tells whether the last check verified a signature of the files that the entry is about.
    #[must_use]
    pub fn is_signed(&self) -> bool {
        let verified = |record: &SignatureRecord| {
            let is_same = self.0.root.is_none() || self.0.root == record.root;
            record.outcome == SignatureOutcome::Verified && record.root.is_some() && is_same
        };
        self.0.signature.as_ref().is_some_and(verified)
    }

    /// Returns the licenses of the model.
    #[must_use]
    pub fn licenses(&self) -> &[String] {
        &self.0.licenses
    }

    /// Returns what the model was made of.
    #[must_use]
    pub fn materials(&self) -> &[Material] {
        &self.0.materials
    }

    /// Returns where the model runs or ran.
    #[must_use]
    pub fn deployments(&self) -> &[Deployment] {
        &self.0.deployments
    }

    /// Returns what is claimed in answer to a question.
    #[must_use]
    pub const fn fact(&self, question: AuditQuestion) -> &Fact {
        self.0.answers.of(question)
    }

    /// Returns whether it is in use.
    #[must_use]
    pub const fn standing(&self) -> Standing {
        match (&self.0.retired, &self.0.superseded) {
            (Some(_), _) => Standing::Retired,
            (None, Some(_)) => Standing::Superseded,
            (None, None) => Standing::Active,
        }
    }

    /// Returns what took its place, which is told of a retired one too.
    #[must_use]
    pub const fn superseded(&self) -> Option<&Supersession> {
        self.0.superseded.as_ref()
    }

    /// Returns when and why it went out of use.
    #[must_use]
    pub const fn retired(&self) -> Option<&Retirement> {
        self.0.retired.as_ref()
    }

    /// Returns what was changed, by time.
    #[must_use]
    pub fn revisions(&self) -> &[Revision] {
        &self.0.revisions
    }

    /// Returns the members of the document that this version does not know.
    #[must_use]
    pub const fn unknown_members(&self) -> &Map<String, Value> {
        &self.0.other
    }

    /// Lists where what is known of the model does not fit together.
    ///
    /// | code | what |
    /// |---|---|
    /// | `inventory.answer.contradicted` | sources answer an audit question differently |
    /// | `inventory.deployment.order` | a deployment ended before it began |
    /// | `inventory.root.contradicted` | other files were verified than the entry is about |
    /// | `inventory.signature.refused` | the last check of a signature refused it |
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let is_contradicted =
            |question: &AuditQuestion| self.fact(*question).answer().name() == "contradicted";
        let contradicted = AuditQuestion::ALL.into_iter().filter(is_contradicted);
        let mut findings: Vec<_> = contradicted
            .map(|question| {
                let message = format!("sources contradict each other on {question}");
                Finding::new("inventory.answer.contradicted", message)
            })
            .collect();
        if let Some(record) = &self.0.signature {
            if record.outcome == SignatureOutcome::Refused {
                let message = "the last check of its signature refused it";
                findings.push(Finding::new("inventory.signature.refused", message));
            }
            if self.0.root.is_some() && record.root.is_some() && self.0.root != record.root {
                let message = "other files were verified than the entry is about";
                findings.push(Finding::new("inventory.root.contradicted", message));
            }
        }
        if self
            .0
            .deployments
            .iter()
            .any(|it| it.until < it.since && it.until.is_some())
        {
            let message = "a deployment ended before it began";
            findings.push(Finding::new("inventory.deployment.order", message));
        }
        let about = |finding: Finding| finding.about(self.id().as_str());
        findings.into_iter().map(about).collect()
    }

    fn check(parts: Parts) -> Result<Self, EntryError> {
        if parts.schema != SCHEMA {
            let found = parts.schema;
            return Err(EntryError::Schema { found });
        }
        let is_own = |it: &Supersession| it.by == parts.id;
        if parts.superseded.as_ref().is_some_and(is_own) {
            let id = parts.id;
            return Err(EntryError::BySelf { id });
        }
        let ends = [
            parts.superseded.as_ref().map(|it| it.at),
            parts.retired.as_ref().map(|it| it.at),
        ];
        let mut times = vec![parts.recorded_at];
        times.extend(parts.revisions.iter().map(|it| it.at));
        let is_early = |at: Timestamp| at < parts.recorded_at;
        if !times.is_sorted() || ends.into_iter().flatten().any(is_early) {
            let id = parts.id;
            return Err(EntryError::Order { id });
        }
        Ok(Self(parts))
    }
}

impl Serialize for InventoryEntry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for InventoryEntry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::check(Parts::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}
