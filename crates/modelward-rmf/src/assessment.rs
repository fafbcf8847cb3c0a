pub(crate) mod builder;
pub(crate) mod coverage;
pub(crate) mod read;

use std::collections::BTreeMap;
use std::fmt;

use modelward_artifact::json::{self, JsonError};
use modelward_artifact::{Digest, JsonLimits, Timestamp};
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value};

use crate::assessment::read::read;
use crate::{
    AssessmentBuilder, Attainment, Coverage, Current, Determination, Evidence, EvidenceId,
    Function, Party, Profile, RatingScale, ReadAssessmentError, Subcategory, Subject, Target,
};

pub(crate) const SCHEMA: &str = "modelward.assessment/1";
pub(crate) const FRAMEWORK: &str = "AI RMF 1.0";

/// Says how far the assessor stands from those whose work is assessed (compare MEASURE 1.3).
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "the three steps are those that auditors tell apart"
)]
pub enum Independence {
    /// They built or run the system themselves.
    FirstLine,
    /// They belong to the organization and not to those who built or run the system.
    Internal,
    /// They belong to another organization.
    External,
}

impl Independence {
    /// Returns the name that documents use, such as `first-line`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::FirstLine => "first-line",
            Self::Internal => "internal",
            Self::External => "external",
        }
    }
}

impl fmt::Display for Independence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Records what an assessor found about a subject, subcategory by subcategory of AI RMF 1.0, and on
/// what it rests.
///
/// - What is not mentioned is [`Determination::NotAssessed`], which is not the same as not met.
/// - Current and target profile are rated on one scale, which stands in the document.
/// - Evidence that a rating cites is there.
/// - Its document is JSON with `"schema": "modelward.assessment/1"`. Top-level members that this
///   version does not know survive a round trip and are part of the digest.
/// - It can be serialized anywhere, but read only by [`Assessment::from_json`]: serde alone could
///   not see the duplicate members that are refused there.
///
/// A model is assessed *against* the framework, which is voluntary and knows no conformity.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Assessment {
    parts: Parts,
    digest: Digest,
}

/// Holds everything that the digest of an assessment covers.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Parts {
    pub(crate) subject: Subject,
    pub(crate) assessor: Party,
    pub(crate) independence: Option<Independence>,
    pub(crate) assessed_at: Timestamp,
    pub(crate) current: Profile<Current>,
    pub(crate) target: Option<Profile<Target>>,
    pub(crate) evidence: BTreeMap<EvidenceId, Evidence>,
    pub(crate) supersedes: Option<Digest>,
    pub(crate) unknown: Map<String, Value>,
}

impl Assessment {
    /// Starts an assessment on [`RatingScale::outcome`] in which nothing is assessed yet.
    pub fn builder(subject: Subject, assessor: Party, assessed_at: Timestamp) -> AssessmentBuilder {
        AssessmentBuilder::new(subject, assessor, assessed_at)
    }

    /// Reads an assessment from its JSON document.
    ///
    /// Subcategories may be spelled in any way that [`Subcategory`] reads.
    ///
    /// # Errors
    ///
    /// [`ReadAssessmentError`] where the text is not strict JSON, passes a limit, is of another
    /// schema or framework, determines a subcategory twice or one that does not exist, names a level
    /// that the scale does not have or evidence that is not there, has an unknown member below the
    /// top level, or lacks a reason.
    pub fn from_json(bytes: &[u8], limits: &JsonLimits) -> Result<Self, ReadAssessmentError> {
        read(bytes, limits)
    }

    /// Returns the JSON document, the same bytes for the same assessment.
    ///
    /// # Errors
    ///
    /// [`JsonError`] where the assessment has no JSON form.
    pub fn to_json(&self) -> Result<Vec<u8>, JsonError> {
        json::pretty(self)
    }

    /// Returns the SHA-256 digest of the canonical document (RFC 8785), which seals it.
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
    pub const fn assessor(&self) -> &Party {
        &self.parts.assessor
    }

    /// Returns how far the assessor stands from those whose work it is; `None` where nobody says.
    #[must_use]
    pub const fn independence(&self) -> Option<Independence> {
        self.parts.independence
    }

    /// Returns when it was assessed.
    #[must_use]
    pub const fn assessed_at(&self) -> Timestamp {
        self.parts.assessed_at
    }

    /// Returns the scale of both profiles.
    #[must_use]
    pub const fn scale(&self) -> &RatingScale {
        self.parts.current.scale()
    }

    /// Returns what is the case.
    #[must_use]
    pub const fn current(&self) -> &Profile<Current> {
        &self.parts.current
    }

    /// Returns what is aimed at.
    #[must_use]
    pub const fn target(&self) -> Option<&Profile<Target>> {
        self.parts.target.as_ref()
    }

    /// Returns the evidence, sorted by id.
    #[must_use]
    pub fn evidence(&self) -> impl ExactSizeIterator<Item = (&EvidenceId, &Evidence)> {
        self.parts.evidence.iter()
    }

    /// Returns a piece of evidence by its id.
    #[must_use]
    pub fn evidence_of(&self, id: &EvidenceId) -> Option<&Evidence> {
        self.parts.evidence.get(id)
    }

    /// Returns the digest of the assessment that this one takes the place of.
    #[must_use]
    pub const fn supersedes(&self) -> Option<&Digest> {
        self.parts.supersedes.as_ref()
    }

    /// Returns what the assessor found for one subcategory.
    #[must_use]
    pub fn determination(&self, subcategory: Subcategory) -> &Determination {
        self.parts.current.determination(subcategory)
    }

    /// Returns all 72 subcategories with what was found, in the order of the framework.
    pub fn determinations(&self) -> impl Iterator<Item = (Subcategory, &Determination)> {
        let all = Subcategory::ALL.into_iter();
        all.map(|subcategory| (subcategory, self.determination(subcategory)))
    }

    /// Returns how far the outcome of a subcategory is reached; `None` unless it is rated.
    #[must_use]
    pub fn attainment(&self, subcategory: Subcategory) -> Option<Attainment> {
        self.parts.current.attainment(subcategory)
    }

    /// Counts the determinations of all subcategories.
    #[must_use]
    pub fn coverage(&self) -> Coverage {
        self.parts.current.coverage(Subcategory::ALL)
    }

    /// Counts the determinations of one function's subcategories.
    #[must_use]
    pub fn coverage_of(&self, function: Function) -> Coverage {
        self.parts.current.coverage(function.subcategories())
    }

    pub(crate) const fn unknown(&self) -> &Map<String, Value> {
        &self.parts.unknown
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
        if let Some(independence) = self.independence {
            document.serialize_entry("independence", &independence)?;
        }
        document.serialize_entry("assessedAt", &self.assessed_at)?;
        if let Some(digest) = &self.supersedes {
            document.serialize_entry("supersedes", digest)?;
        }
        document.serialize_entry("scale", self.current.scale())?;
        document.serialize_entry("current", self.current.map())?;
        if let Some(target) = &self.target {
            document.serialize_entry("target", target.map())?;
        }
        if !self.evidence.is_empty() {
            document.serialize_entry("evidence", &self.evidence)?;
        }
        for (member, value) in &self.unknown {
            document.serialize_entry(member, value)?;
        }
        document.end()
    }
}
