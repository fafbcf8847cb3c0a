use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{LevelName, ParseKeyError, ParseTextError, ScaleId, Text};

/// The most levels that a scale may have.
const MAX_LEVELS: usize = 20;

/// Says how far the outcome of a subcategory is reached, in the three steps that every scale has in
/// common.
///
/// The steps are this crate's own: NIST AI 100-1 defines no ratings, scores or tiers. They are
/// ordered from worse to better.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "a gate must answer to each step, so another one is a breaking change"
)]
pub enum Attainment {
    /// The outcome is not reached.
    NotMet,
    /// Part of the outcome is reached.
    PartiallyMet,
    /// The outcome is reached.
    Met,
}

impl Attainment {
    /// Lists the steps from worse to better.
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

impl fmt::Display for Attainment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Describes one level of a [`RatingScale`].
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    name: LevelName,
    attainment: Attainment,
    label: Text,
    criterion: Text,
}

impl Level {
    /// Describes a level: its name in documents, how far the outcome is reached, what people read,
    /// and what has to be the case for this level.
    ///
    /// # Errors
    ///
    /// [`ScaleError`] where the name is no [`LevelName`], or label or criterion no [`Text`].
    pub fn new(
        name: &str,
        attainment: Attainment,
        label: &str,
        criterion: &str,
    ) -> Result<Self, ScaleError> {
        let text = |text: &str| text.parse().map_err(|source| ScaleError::Text { source });
        Ok(Self {
            name: name.parse().map_err(|source| ScaleError::Name { source })?,
            attainment,
            label: text(label)?,
            criterion: text(criterion)?,
        })
    }

    /// Returns the name that documents use.
    #[must_use]
    pub const fn name(&self) -> &LevelName {
        &self.name
    }

    /// Returns how far the outcome is reached.
    #[must_use]
    pub const fn attainment(&self) -> Attainment {
        self.attainment
    }

    /// Returns what people read.
    #[must_use]
    pub const fn label(&self) -> &Text {
        &self.label
    }

    /// Returns what has to be the case for this level.
    #[must_use]
    pub const fn criterion(&self) -> &Text {
        &self.criterion
    }
}

/// Lists the levels by which subcategories are rated, from the lowest to the highest.
///
/// The framework defines no scale, so a scale is data and travels with each document.
/// - It has 2 to 20 levels, each with a name of its own.
/// - The lowest is [`Attainment::NotMet`], the highest is [`Attainment::Met`], and none is below the
///   one before it.
/// - Ratings of different scales, or of different versions of one, cannot be compared: what would
///   compare them refuses.
///
/// ```
/// use modelward_rmf::{Attainment, Level, RatingScale};
///
/// let scale = RatingScale::maturity();
/// assert_eq!(scale.ordinal(&"defined".parse()?), Some(2));
/// let two = vec![
///     Level::new("no", Attainment::NotMet, "No", "The outcome is not reached.")?,
///     Level::new("yes", Attainment::Met, "Yes", "The outcome is reached.")?,
/// ];
/// assert!(RatingScale::new("org.yes-no".parse()?, "1", two.clone()).is_ok());
/// let upside_down = two.into_iter().rev().collect();
/// assert!(RatingScale::new("org.yes-no".parse()?, "1", upside_down).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(try_from = "Wire")]
pub struct RatingScale {
    id: ScaleId,
    version: Text,
    levels: Vec<Level>,
}

impl RatingScale {
    /// Makes a scale of levels from the lowest to the highest.
    ///
    /// # Errors
    ///
    /// [`ScaleError`] where the version is no [`Text`] or the levels are not as stated above.
    pub fn new(id: ScaleId, version: &str, levels: Vec<Level>) -> Result<Self, ScaleError> {
        let version = version
            .parse()
            .map_err(|source| ScaleError::Text { source })?;
        Self {
            id,
            version,
            levels,
        }
        .checked()
    }

    /// Returns our scale of three levels, `not-met`, `partially-met` and `met`.
    #[must_use]
    pub fn outcome() -> Self {
        Self::ours(
            "modelward.outcome",
            &[
                (
                    "not-met",
                    Attainment::NotMet,
                    "Not met",
                    "The outcome is not reached.",
                ),
                (
                    "partially-met",
                    Attainment::PartiallyMet,
                    "Partially met",
                    "Part of the outcome is reached, or it is reached for part of the scope.",
                ),
                (
                    "met",
                    Attainment::Met,
                    "Met",
                    "The outcome is reached for the whole scope.",
                ),
            ],
        )
    }

    /// Returns our scale of five levels, `absent`, `ad-hoc`, `defined`, `measured` and `improving`.
    #[must_use]
    pub fn maturity() -> Self {
        Self::ours(
            "modelward.maturity",
            &[
                (
                    "absent",
                    Attainment::NotMet,
                    "Absent",
                    "Nothing is done toward the outcome.",
                ),
                (
                    "ad-hoc",
                    Attainment::PartiallyMet,
                    "Ad hoc",
                    "Something is done, by single persons and without a rule.",
                ),
                (
                    "defined",
                    Attainment::PartiallyMet,
                    "Defined",
                    "A written rule with an owner exists and is followed in part of the scope.",
                ),
                (
                    "measured",
                    Attainment::Met,
                    "Measured",
                    "The rule is followed in the whole scope, and records show it.",
                ),
                (
                    "improving",
                    Attainment::Met,
                    "Improving",
                    "The records are reviewed and the rule is changed by what they show.",
                ),
            ],
        )
    }

    /// Returns the name of the scale.
    #[must_use]
    pub const fn id(&self) -> &ScaleId {
        &self.id
    }

    /// Returns the version of the scale.
    #[must_use]
    pub const fn version(&self) -> &Text {
        &self.version
    }

    /// Returns the levels from the lowest to the highest.
    #[must_use]
    pub fn levels(&self) -> &[Level] {
        &self.levels
    }

    /// Returns a level by its name.
    #[must_use]
    pub fn level(&self, name: &LevelName) -> Option<&Level> {
        self.levels.iter().find(|level| level.name == *name)
    }

    /// Returns the position of a level, 0 for the lowest.
    #[must_use]
    pub fn ordinal(&self, name: &LevelName) -> Option<usize> {
        self.levels.iter().position(|level| level.name == *name)
    }

    /// Returns the lowest level.
    #[must_use]
    pub fn lowest(&self) -> &Level {
        &self.levels[0]
    }

    /// Returns the highest level.
    #[must_use]
    pub fn highest(&self) -> &Level {
        &self.levels[self.levels.len() - 1]
    }

    fn checked(self) -> Result<Self, ScaleError> {
        let found = self.levels.len();
        if !(2..=MAX_LEVELS).contains(&found) {
            return Err(ScaleError::Levels { found });
        }
        for (at, level) in self.levels.iter().enumerate() {
            if self.ordinal(&level.name) != Some(at) {
                let name = level.name.clone();
                return Err(ScaleError::Twice { name });
            }
        }
        let order = |level: &Level| level.attainment;
        if !self.levels.is_sorted_by_key(order)
            || self.lowest().attainment != Attainment::NotMet
            || self.highest().attainment != Attainment::Met
        {
            return Err(ScaleError::Order);
        }
        Ok(self)
    }

    fn ours(id: &str, levels: &[(&str, Attainment, &str, &str)]) -> Self {
        let levels = levels.iter();
        let levels = levels.map(|&(name, attainment, label, criterion)| {
            Level::new(name, attainment, label, criterion).expect("our levels are named")
        });
        let id = id.parse().expect("our ids are keys");
        Self::new(id, "1", levels.collect()).expect("our levels are in order")
    }
}

/// Writes the scale's name and version, such as `modelward.outcome 1`.
impl fmt::Display for RatingScale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.id, self.version)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    id: ScaleId,
    version: Text,
    levels: Vec<Level>,
}

impl TryFrom<Wire> for RatingScale {
    type Error = ScaleError;

    fn try_from(wire: Wire) -> Result<Self, ScaleError> {
        Self {
            id: wire.id,
            version: wire.version,
            levels: wire.levels,
        }
        .checked()
    }
}

/// Says why levels are no [`RatingScale`].
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ScaleError {
    /// There are too few or too many levels.
    #[error("scale has {found} levels, expected 2 to {MAX_LEVELS}")]
    Levels {
        /// How many there are.
        found: usize,
    },
    /// A level has no valid name.
    #[error("level has no valid name")]
    Name {
        /// What is wrong with it.
        source: ParseKeyError,
    },
    /// The levels do not go from not met to met.
    #[error("levels do not rise from `not-met` to `met`")]
    Order,
    /// A version, label or criterion is not a text.
    #[error("scale has an invalid text")]
    Text {
        /// What is wrong with it.
        source: ParseTextError,
    },
    /// Two levels have one name.
    #[error("level `{name}` stands twice")]
    Twice {
        /// The name.
        name: LevelName,
    },
}

impl ScaleError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Levels { .. } => "rmf.scale.levels",
            Self::Name { .. } => "rmf.scale.name",
            Self::Order => "rmf.scale.order",
            Self::Text { .. } => "rmf.scale.text",
            Self::Twice { .. } => "rmf.scale.twice",
        }
    }
}
