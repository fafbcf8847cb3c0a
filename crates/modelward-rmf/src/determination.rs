use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Evidence, Text};

/// Says how far the outcome of a subcategory is reached.
///
/// The scale is this crate's own: NIST AI 100-1 defines no ratings, scores or tiers. Ratings are
/// ordered from worse to better.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "a release gate must answer to each rating, so another one is a breaking change"
)]
pub enum Rating {
    /// The outcome is not reached.
    NotMet,
    /// Part of the outcome is reached.
    PartiallyMet,
    /// The outcome is reached.
    Met,
}

impl Rating {
    /// Lists the ratings from worse to better.
    pub const ALL: [Self; 3] = [Self::NotMet, Self::PartiallyMet, Self::Met];

    /// Returns the name that documents use, such as `partially-met`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotMet => "not-met",
            Self::PartiallyMet => "partially-met",
            Self::Met => "met",
        }
    }
}

impl fmt::Display for Rating {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// States what the assessor found for one subcategory.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize)]
#[serde(tag = "determination", rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "a release gate must answer to each case, so another one is a breaking change"
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
    Rated {
        /// How far the outcome is reached.
        rating: Rating,
        /// Why this rating and not another.
        rationale: Text,
        /// What the rating rests on, in the order given.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        evidence: Vec<Evidence>,
    },
}

impl Determination {
    /// Returns the rating, if the subcategory is rated.
    #[must_use]
    pub const fn rating(&self) -> Option<Rating> {
        match self {
            Self::NotAssessed | Self::NotApplicable { .. } => None,
            Self::Rated { rating, .. } => Some(*rating),
        }
    }

    /// Returns the evidence, which is empty unless the subcategory is rated.
    #[must_use]
    pub fn evidence(&self) -> &[Evidence] {
        match self {
            Self::NotAssessed | Self::NotApplicable { .. } => &[],
            Self::Rated { evidence, .. } => evidence,
        }
    }
}
