use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{EvidenceId, LevelName, ParseKeyError, ParseTextError, Text};

/// States what the assessor found for one subcategory.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(tag = "determination", rename_all = "kebab-case", from = "Wire")]
#[expect(
    clippy::exhaustive_enums,
    reason = "a gate must answer to each case, so another one is a breaking change"
)]
pub enum Determination {
    /// Nobody has looked: nothing can be said.
    NotAssessed,
    /// The subcategory does not apply to the subject.
    NotApplicable {
        /// Why it does not apply.
        justification: Text,
    },
    /// The assessor looked and rated.
    Rated(Rated),
}

impl Determination {
    /// Returns the rating, if the subcategory is rated.
    #[must_use]
    pub const fn rated(&self) -> Option<&Rated> {
        match self {
            Self::NotAssessed | Self::NotApplicable { .. } => None,
            Self::Rated(rated) => Some(rated),
        }
    }
}

/// What is read: braces make serde refuse members that "not assessed" does not have.
#[derive(Deserialize)]
#[serde(tag = "determination", rename_all = "kebab-case", deny_unknown_fields)]
enum Wire {
    NotAssessed {},
    NotApplicable { justification: Text },
    Rated(Rated),
}

impl From<Wire> for Determination {
    fn from(wire: Wire) -> Self {
        match wire {
            Wire::NotAssessed {} => Self::NotAssessed,
            Wire::NotApplicable { justification } => Self::NotApplicable { justification },
            Wire::Rated(rated) => Self::Rated(rated),
        }
    }
}

/// Records at which level a subcategory was rated, why, and on what the rating rests.
///
/// ```
/// use modelward_rmf::Rated;
///
/// let rated = Rated::new("met", "Every release of the year is in the inventory.")?
///     .citing("E-1".parse()?);
/// assert_eq!(rated.evidence().count(), 1);
/// assert!(Rated::new("met", " ").is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Rated {
    level: LevelName,
    rationale: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    confidence: Option<Confidence>,
    /// Sorted, so that one rating has one form.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    evidence: BTreeSet<EvidenceId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    outcomes: Vec<Text>,
}

impl Rated {
    /// Rates at a level of the assessment's scale and says why.
    ///
    /// Whether the scale has the level is seen when the assessment is built.
    ///
    /// # Errors
    ///
    /// [`RatedError`] where the level is no [`LevelName`] or the rationale no [`Text`].
    pub fn new(level: &str, rationale: &str) -> Result<Self, RatedError> {
        let level = level.parse();
        let rationale = rationale.parse();
        Ok(Self::of(
            level.map_err(|source| RatedError::Level { source })?,
            rationale.map_err(|source| RatedError::Rationale { source })?,
        ))
    }

    pub(crate) const fn of(level: LevelName, rationale: Text) -> Self {
        Self {
            level,
            rationale,
            confidence: None,
            evidence: BTreeSet::new(),
            outcomes: Vec::new(),
        }
    }

    /// Adds evidence that the rating rests on.
    #[must_use]
    pub fn citing(mut self, evidence: EvidenceId) -> Self {
        self.evidence.insert(evidence);
        self
    }

    /// Sets how sure the assessor is.
    #[must_use]
    pub const fn with_confidence(mut self, confidence: Confidence) -> Self {
        self.confidence = Some(confidence);
        self
    }

    /// Adds a note on one of several outcomes that the subcategory has; there is still one rating.
    #[must_use]
    pub fn with_outcome(mut self, note: Text) -> Self {
        self.outcomes.push(note);
        self
    }

    /// Returns the level.
    #[must_use]
    pub const fn level(&self) -> &LevelName {
        &self.level
    }

    /// Returns why it is this level and not another.
    #[must_use]
    pub const fn rationale(&self) -> &Text {
        &self.rationale
    }

    /// Returns how sure the assessor is.
    #[must_use]
    pub const fn confidence(&self) -> Option<Confidence> {
        self.confidence
    }

    /// Returns the evidence that it rests on, sorted by id.
    #[must_use]
    pub fn evidence(&self) -> impl ExactSizeIterator<Item = &EvidenceId> {
        self.evidence.iter()
    }

    /// Tells whether it rests on this evidence.
    #[must_use]
    pub fn cites(&self, evidence: &EvidenceId) -> bool {
        self.evidence.contains(evidence)
    }

    /// Returns the notes on single outcomes, in the order given.
    #[must_use]
    pub fn outcomes(&self) -> &[Text] {
        &self.outcomes
    }
}

/// Says how sure an assessor is of a rating.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "three steps are what people tell apart"
)]
pub enum Confidence {
    /// The evidence is thin or old.
    Low,
    /// The evidence covers most of the outcome.
    Medium,
    /// The evidence covers the outcome.
    High,
}

impl Confidence {
    /// Lists the steps from less to more sure.
    pub const ALL: [Self; 3] = [Self::Low, Self::Medium, Self::High];

    /// Returns the name that documents use, such as `high`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// Says why something is no [`Rated`].
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum RatedError {
    /// The level is no name of a level.
    #[error("rating has no valid level")]
    Level {
        /// What is wrong with it.
        source: ParseKeyError,
    },
    /// The rationale is not a text.
    #[error("rating has no valid rationale")]
    Rationale {
        /// What is wrong with it.
        source: ParseTextError,
    },
}

impl RatedError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Level { .. } => "rmf.rated.level",
            Self::Rationale { .. } => "rmf.rated.rationale",
        }
    }
}
