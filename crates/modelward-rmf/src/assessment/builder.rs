use std::collections::BTreeMap;

use modelward_artifact::json::JsonError;
use modelward_artifact::{Digest, Timestamp};
use serde_json::Map;
use thiserror::Error;

use crate::assessment::Parts;
use crate::{
    Assessment, Current, Determination, Evidence, EvidenceId, Independence, Party, Profile,
    ProfileError, Rated, RatingScale, Subcategory, Subject, Target, Text,
};

/// Collects the determinations and the evidence of an [`Assessment`].
///
/// What concerns several parts is refused by [`AssessmentBuilder::build`], so calls chain without
/// `?`. What is not mentioned is not assessed.
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until it is built"]
pub struct AssessmentBuilder {
    subject: Subject,
    assessor: Party,
    assessed_at: Timestamp,
    independence: Option<Independence>,
    scale: RatingScale,
    target: Option<Profile<Target>>,
    supersedes: Option<Digest>,
    determinations: Vec<(Subcategory, Determination)>,
    evidence: Vec<(EvidenceId, Evidence)>,
}

impl AssessmentBuilder {
    pub(crate) fn new(subject: Subject, assessor: Party, assessed_at: Timestamp) -> Self {
        Self {
            subject,
            assessor,
            assessed_at,
            independence: None,
            scale: RatingScale::outcome(),
            target: None,
            supersedes: None,
            determinations: Vec::new(),
            evidence: Vec::new(),
        }
    }

    /// Sets the scale on which subcategories are rated.
    pub fn scale(mut self, scale: RatingScale) -> Self {
        self.scale = scale;
        self
    }

    /// Sets what is the case: the profile's scale, and its entries beside those that are added by
    /// [`rate`](Self::rate) and [`not_applicable`](Self::not_applicable).
    pub fn current(mut self, current: Profile<Current>) -> Self {
        let (scale, entries) = current.into_parts();
        self.scale = scale;
        self.determinations.extend(entries);
        self
    }

    /// Sets how far the assessor stands from those whose work it is.
    pub const fn independence(mut self, independence: Independence) -> Self {
        self.independence = Some(independence);
        self
    }

    /// Sets what is aimed at.
    pub fn target(mut self, target: Profile<Target>) -> Self {
        self.target = Some(target);
        self
    }

    /// Sets the assessment that this one takes the place of, by its digest.
    pub const fn supersedes(mut self, digest: Digest) -> Self {
        self.supersedes = Some(digest);
        self
    }

    /// Rates a subcategory.
    pub fn rate(mut self, subcategory: Subcategory, rated: Rated) -> Self {
        let determination = Determination::Rated(rated);
        self.determinations.push((subcategory, determination));
        self
    }

    /// States that a subcategory does not apply to the subject and says why.
    pub fn not_applicable(mut self, subcategory: Subcategory, justification: Text) -> Self {
        let determination = Determination::NotApplicable { justification };
        self.determinations.push((subcategory, determination));
        self
    }

    /// Adds a piece of evidence, before or after a rating that cites it.
    pub fn evidence(mut self, id: EvidenceId, evidence: Evidence) -> Self {
        self.evidence.push((id, evidence));
        self
    }

    /// Builds the assessment.
    ///
    /// # Errors
    ///
    /// [`BuildAssessmentError`] where a subcategory is determined twice, a level is none of the
    /// scale's, the target is rated on another scale, two pieces of evidence have one id, or a
    /// rating cites evidence that is not there.
    pub fn build(self) -> Result<Assessment, BuildAssessmentError> {
        let current = Profile::<Current>::new(self.scale, self.determinations)?;
        let mut evidence = BTreeMap::new();
        for (id, item) in self.evidence {
            if evidence.insert(id.clone(), item).is_some() {
                return Err(BuildAssessmentError::EvidenceTwice { id });
            }
        }
        assemble(Parts {
            subject: self.subject,
            assessor: self.assessor,
            independence: self.independence,
            assessed_at: self.assessed_at,
            current,
            target: self.target,
            evidence,
            supersedes: self.supersedes,
            unknown: Map::new(),
        })
    }
}

/// Checks what concerns several parts, and seals them.
pub(super) fn assemble(mut parts: Parts) -> Result<Assessment, BuildAssessmentError> {
    // Saying "not assessed" and saying nothing is the same, so both get one form and one digest.
    parts.current = parts.current.without_silence();
    if let Some(target) = &parts.target
        && target.scale() != parts.current.scale()
    {
        return Err(BuildAssessmentError::Scale {
            current: parts.current.scale().to_string(),
            target: target.scale().to_string(),
        });
    }
    for (subcategory, determination) in parts.current.entries() {
        let cited = determination.rated().into_iter().flat_map(Rated::evidence);
        for id in cited {
            if !parts.evidence.contains_key(id) {
                let id = id.clone();
                return Err(BuildAssessmentError::Dangling { subcategory, id });
            }
        }
    }
    Assessment::seal(parts).map_err(|source| BuildAssessmentError::Canonical { source })
}

/// Says why an assessment cannot be built.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum BuildAssessmentError {
    /// The assessment has no canonical form to seal.
    #[error("assessment has no canonical form")]
    Canonical {
        /// What has no such form.
        source: JsonError,
    },
    /// A rating cites evidence that is not there.
    #[error("{subcategory} cites evidence `{id}`, which is not there")]
    Dangling {
        /// The subcategory that is rated.
        subcategory: Subcategory,
        /// The evidence.
        id: EvidenceId,
    },
    /// Two pieces of evidence have one id.
    #[error("evidence `{id}` stands twice")]
    EvidenceTwice {
        /// The id.
        id: EvidenceId,
    },
    /// What is the case is no profile.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// What is aimed at is rated on another scale.
    #[error("current profile is rated on scale {current}, target profile on {target}")]
    Scale {
        /// The scale of what is the case.
        current: String,
        /// The scale of what is aimed at.
        target: String,
    },
}

impl BuildAssessmentError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Canonical { .. } => "rmf.assessment.canonical",
            Self::Dangling { .. } => "rmf.assessment.dangling",
            Self::EvidenceTwice { .. } => "rmf.assessment.evidence_twice",
            Self::Profile(source) => source.code(),
            Self::Scale { .. } => "rmf.assessment.scale",
        }
    }
}
