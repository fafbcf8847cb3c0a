use std::collections::BTreeMap;

use modelward_artifact::Timestamp;
use serde_json::Map;

use crate::assessment::Parts;
use crate::{
    Assessment, BuildAssessmentError, Determination, Evidence, Rating, Subcategory, Subject,
};

/// Collects the determinations of an [`Assessment`].
///
/// Nothing is refused before [`AssessmentBuilder::build`], so calls chain without `?`. What is not
/// mentioned is not assessed.
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until it is built"]
pub struct AssessmentBuilder {
    subject: Subject,
    assessor: String,
    assessed_at: Timestamp,
    answers: Vec<(Subcategory, Answer)>,
    evidence: Vec<(Subcategory, Evidence)>,
}

#[derive(Clone, Debug)]
enum Answer {
    NotApplicable(String),
    Rated(Rating, String),
}

impl AssessmentBuilder {
    pub(crate) const fn new(subject: Subject, assessor: String, assessed_at: Timestamp) -> Self {
        Self {
            subject,
            assessor,
            assessed_at,
            answers: Vec::new(),
            evidence: Vec::new(),
        }
    }

    /// Rates a subcategory and says why.
    pub fn rate(
        mut self,
        subcategory: Subcategory,
        rating: Rating,
        rationale: impl Into<String>,
    ) -> Self {
        let answer = Answer::Rated(rating, rationale.into());
        self.answers.push((subcategory, answer));
        self
    }

    /// States that a subcategory does not apply to the subject and says why.
    pub fn not_applicable(
        mut self,
        subcategory: Subcategory,
        justification: impl Into<String>,
    ) -> Self {
        let answer = Answer::NotApplicable(justification.into());
        self.answers.push((subcategory, answer));
        self
    }

    /// Adds evidence to a rated subcategory, before or after it is rated.
    pub fn evidence(mut self, subcategory: Subcategory, evidence: Evidence) -> Self {
        self.evidence.push((subcategory, evidence));
        self
    }

    /// Builds the assessment.
    ///
    /// # Errors
    ///
    /// [`BuildAssessmentError`] where the assessor's name, a justification or a rationale is not a
    /// [`Text`](crate::Text), a subcategory is determined twice, or evidence is given for one that
    /// is not rated.
    pub fn build(self) -> Result<Assessment, BuildAssessmentError> {
        let assessor = self.assessor.parse();
        let assessor = assessor.map_err(|source| BuildAssessmentError::Assessor { source })?;
        let mut determinations = BTreeMap::new();
        for (subcategory, answer) in self.answers {
            let determination = determine(subcategory, answer)?;
            if determinations.insert(subcategory, determination).is_some() {
                return Err(BuildAssessmentError::Twice { subcategory });
            }
        }
        for (subcategory, item) in self.evidence {
            let Some(Determination::Rated { evidence, .. }) = determinations.get_mut(&subcategory)
            else {
                return Err(BuildAssessmentError::EvidenceWithoutRating { subcategory });
            };
            evidence.push(item);
        }
        let parts = Parts {
            subject: self.subject,
            assessor,
            assessed_at: self.assessed_at,
            determinations,
            unknown: Map::new(),
        };
        Assessment::seal(parts).map_err(|source| BuildAssessmentError::Canonical { source })
    }
}

fn determine(
    subcategory: Subcategory,
    answer: Answer,
) -> Result<Determination, BuildAssessmentError> {
    match answer {
        Answer::NotApplicable(justification) => match justification.parse() {
            Ok(justification) => Ok(Determination::NotApplicable { justification }),
            Err(source) => Err(BuildAssessmentError::Justification {
                subcategory,
                source,
            }),
        },
        Answer::Rated(rating, rationale) => match rationale.parse() {
            Ok(rationale) => Ok(Determination::Rated {
                rating,
                rationale,
                evidence: Vec::new(),
            }),
            Err(source) => Err(BuildAssessmentError::Rationale {
                subcategory,
                source,
            }),
        },
    }
}
