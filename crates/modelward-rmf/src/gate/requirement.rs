use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Attainment, Level, LevelName, RatingScale, Subcategory};

/// Names the least that a subcategory has to be rated.
///
/// In documents it is `{"attainment": "met"}` or `{"level": "measured"}`.
#[derive(Clone, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "a level is named in its scale's words or in those that all scales share"
)]
pub enum AtLeast {
    /// How far the outcome is reached, which every scale can tell.
    Attainment(Attainment),
    /// A level of the assessment's scale. On a scale that does not have it nothing can be told.
    Level(LevelName),
}

impl AtLeast {
    /// Tells whether a level of a scale is enough; `None` where the scale cannot tell.
    #[must_use]
    pub fn is_reached(&self, level: &Level, scale: &RatingScale) -> Option<bool> {
        match self {
            Self::Attainment(least) => Some(level.attainment() >= *least),
            Self::Level(least) => {
                let least = scale.ordinal(least)?;
                Some(scale.ordinal(level.name())? >= least)
            }
        }
    }
}

/// Writes the name in backquotes, such as `` `met` `` or `` level `measured` ``.
impl fmt::Display for AtLeast {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Attainment(least) => write!(f, "`{least}`"),
            Self::Level(least) => write!(f, "level `{least}`"),
        }
    }
}

/// Says what follows where a requirement is missed, from mild to severe.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "a miss that led to nothing would not be required"
)]
pub enum OnMiss {
    /// Somebody has to do something, and the gate opens.
    Condition,
    /// The gate stays shut.
    Block,
}

/// Requires a subcategory to be rated at least so, and says what follows where it is not.
///
/// ```
/// use modelward_rmf::{Attainment, Requirement};
///
/// let required = Requirement::attainment("MAP 1.1".parse()?, Attainment::Met);
/// assert!(required.is_blocking());
/// assert!(!required.as_condition().is_blocking());
///
/// let refused = r#"{"subcategory": "MAP 1.7", "atLeast": {"attainment": "met"}, "onMiss": "block"}"#;
/// assert!(serde_json::from_str::<Requirement>(refused).is_err());
/// # Ok::<(), modelward_rmf::ParseIdError>(())
/// ```
#[derive(Clone, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Requirement {
    subcategory: Subcategory,
    at_least: AtLeast,
    on_miss: OnMiss,
}

impl Requirement {
    /// Requires that the outcome is reached at least so far; otherwise the gate stays shut.
    #[must_use]
    pub const fn attainment(subcategory: Subcategory, least: Attainment) -> Self {
        Self {
            subcategory,
            at_least: AtLeast::Attainment(least),
            on_miss: OnMiss::Block,
        }
    }

    /// Requires at least a level of the assessment's scale; otherwise the gate stays shut.
    #[must_use]
    pub const fn level(subcategory: Subcategory, least: LevelName) -> Self {
        Self {
            subcategory,
            at_least: AtLeast::Level(least),
            on_miss: OnMiss::Block,
        }
    }

    /// Makes a miss a condition.
    #[must_use]
    pub fn as_condition(mut self) -> Self {
        self.on_miss = OnMiss::Condition;
        self
    }

    /// Returns the subcategory.
    #[must_use]
    pub const fn subcategory(&self) -> Subcategory {
        self.subcategory
    }

    /// Returns the least that it has to be rated.
    #[must_use]
    pub const fn at_least(&self) -> &AtLeast {
        &self.at_least
    }

    /// Returns what follows where it is rated less.
    #[must_use]
    pub const fn on_miss(&self) -> OnMiss {
        self.on_miss
    }

    /// Tells whether a miss keeps the gate shut.
    #[must_use]
    pub const fn is_blocking(&self) -> bool {
        matches!(self.on_miss, OnMiss::Block)
    }
}
