use std::collections::BTreeMap;

use modelward_artifact::json::{self, JsonError};
use modelward_artifact::{Digest, JsonLimits, Timestamp};
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use crate::read::read;
use crate::{
    AssessmentBuilder, Determination, Function, ParseTextError, Rating, ReadAssessmentError,
    Subcategory, Text,
};

pub(crate) const SCHEMA: &str = "modelward.assessment/1";
pub(crate) const FRAMEWORK: &str = "AI RMF 1.0";

static NOT_ASSESSED: Determination = Determination::NotAssessed;

/// Names what is assessed: a model, and which one by the root digest of its manifest.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize)]
pub struct Subject {
    name: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    digest: Option<Digest>,
}

impl Subject {
    /// Names a subject.
    ///
    /// # Errors
    ///
    /// [`ParseTextError`] where the name is not a [`Text`].
    pub fn new(name: &str) -> Result<Self, ParseTextError> {
        Ok(Self {
            name: name.parse()?,
            digest: None,
        })
    }

    /// Sets the root digest of the model's manifest, which binds the assessment to those bytes.
    #[must_use]
    pub const fn with_digest(mut self, digest: Digest) -> Self {
        self.digest = Some(digest);
        self
    }

    /// Returns the name.
    #[must_use]
    pub const fn name(&self) -> &Text {
        &self.name
    }

    /// Returns the root digest of the model's manifest.
    #[must_use]
    pub const fn digest(&self) -> Option<&Digest> {
        self.digest.as_ref()
    }
}

/// Records what an assessor found about a subject, subcategory by subcategory of AI RMF 1.0.
///
/// - What is not mentioned is [`Determination::NotAssessed`], which is not the same as not met.
/// - Its document is JSON with `"schema": "modelward.assessment/1"`. Top-level members that this
///   version does not know survive a round trip and are part of the seal.
/// - It can be serialized anywhere, but read only by [`Assessment::from_json`]: serde alone could
///   not see the duplicate members that are refused there.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Assessment {
    parts: Parts,
    digest: Digest,
}

/// Holds everything that the digest of an assessment covers.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Parts {
    pub(crate) subject: Subject,
    pub(crate) assessor: Text,
    pub(crate) assessed_at: Timestamp,
    /// Never holds `NotAssessed`, so that one assessment has one form.
    pub(crate) determinations: BTreeMap<Subcategory, Determination>,
    pub(crate) unknown: Map<String, Value>,
}

impl Assessment {
    /// Starts an assessment in which nothing is assessed yet.
    pub fn builder(
        subject: Subject,
        assessor: impl Into<String>,
        assessed_at: Timestamp,
    ) -> AssessmentBuilder {
        AssessmentBuilder::new(subject, assessor.into(), assessed_at)
    }

    /// Reads an assessment from its JSON document.
    ///
    /// Subcategories may be spelled in any way that [`Subcategory`] reads.
    ///
    /// # Errors
    ///
    /// [`ReadAssessmentError`] where the text is not strict JSON, passes a limit, is of another
    /// schema or framework, determines a subcategory twice or one that does not exist, has an
    /// unknown member below the top level, or lacks a reason.
    pub fn from_json(bytes: &[u8], limits: &JsonLimits) -> Result<Self, ReadAssessmentError> {
        let parts = read(bytes, limits)?;
        Self::seal(parts).map_err(|source| ReadAssessmentError::Json { source })
    }

    /// Returns the JSON document, the same bytes for the same assessment.
    ///
    /// # Errors
    ///
    /// [`JsonError`] where the assessment has no JSON form.
    pub fn to_json(&self) -> Result<Vec<u8>, JsonError> {
        json::pretty(self)
    }

    /// Returns the SHA-256 digest of the canonical document (RFC 8785).
    ///
    /// It changes with any member and not with blanks, the order of members or spellings of ids.
    /// It proves nothing about who wrote the document until it is signed.
    #[must_use]
    pub const fn digest(&self) -> Digest {
        self.digest
    }

    /// Returns what is assessed.
    #[must_use]
    pub const fn subject(&self) -> &Subject {
        &self.parts.subject
    }

    /// Returns who assessed it.
    #[must_use]
    pub const fn assessor(&self) -> &Text {
        &self.parts.assessor
    }

    /// Returns when it was assessed.
    #[must_use]
    pub const fn assessed_at(&self) -> Timestamp {
        self.parts.assessed_at
    }

    /// Returns what the assessor found for one subcategory.
    #[must_use]
    pub fn determination(&self, subcategory: Subcategory) -> &Determination {
        let found = self.parts.determinations.get(&subcategory);
        found.unwrap_or(&NOT_ASSESSED)
    }

    /// Returns all 72 subcategories with what was found, in the order of the document.
    pub fn determinations(&self) -> impl Iterator<Item = (Subcategory, &Determination)> {
        let all = Subcategory::ALL.into_iter();
        all.map(|subcategory| (subcategory, self.determination(subcategory)))
    }

    /// Counts the determinations of all subcategories.
    #[must_use]
    pub fn coverage(&self) -> Coverage {
        let all = self.determinations();
        Coverage::of(all.map(|(_, determination)| determination))
    }

    /// Counts the determinations of one function's subcategories.
    #[must_use]
    pub fn coverage_of(&self, function: Function) -> Coverage {
        Coverage::of(function.subcategories().map(|it| self.determination(it)))
    }

    pub(crate) fn seal(parts: Parts) -> Result<Self, JsonError> {
        let digest = Digest::sha256(&json::canonical(&parts)?);
        Ok(Self { parts, digest })
    }
}

impl Serialize for Assessment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.parts.serialize(serializer)
    }
}

impl Serialize for Parts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut document = serializer.serialize_map(None)?;
        document.serialize_entry("schema", SCHEMA)?;
        document.serialize_entry("framework", FRAMEWORK)?;
        document.serialize_entry("subject", &self.subject)?;
        document.serialize_entry("assessor", &self.assessor)?;
        document.serialize_entry("assessedAt", &self.assessed_at)?;
        document.serialize_entry("subcategories", &self.determinations)?;
        for (member, value) in &self.unknown {
            document.serialize_entry(member, value)?;
        }
        document.end()
    }
}

/// Counts how many subcategories have which determination.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Coverage {
    met: usize,
    partially_met: usize,
    not_met: usize,
    not_applicable: usize,
    not_assessed: usize,
}

impl Coverage {
    /// Returns how many are met.
    #[must_use]
    pub const fn met(&self) -> usize {
        self.met
    }

    /// Returns how many are partially met.
    #[must_use]
    pub const fn partially_met(&self) -> usize {
        self.partially_met
    }

    /// Returns how many are not met.
    #[must_use]
    pub const fn not_met(&self) -> usize {
        self.not_met
    }

    /// Returns how many do not apply.
    #[must_use]
    pub const fn not_applicable(&self) -> usize {
        self.not_applicable
    }

    /// Returns how many nobody has looked at.
    #[must_use]
    pub const fn not_assessed(&self) -> usize {
        self.not_assessed
    }

    /// Returns how many are rated or do not apply.
    #[must_use]
    pub const fn assessed(&self) -> usize {
        self.met + self.partially_met + self.not_met + self.not_applicable
    }

    /// Returns how many there are.
    #[must_use]
    pub const fn total(&self) -> usize {
        self.assessed() + self.not_assessed
    }

    fn of<'a>(determinations: impl Iterator<Item = &'a Determination>) -> Self {
        let mut counts = Self::default();
        for determination in determinations {
            *match determination {
                Determination::NotAssessed => &mut counts.not_assessed,
                Determination::NotApplicable { .. } => &mut counts.not_applicable,
                Determination::Rated { rating, .. } => match rating {
                    Rating::NotMet => &mut counts.not_met,
                    Rating::PartiallyMet => &mut counts.partially_met,
                    Rating::Met => &mut counts.met,
                },
            } += 1;
        }
        counts
    }
}
