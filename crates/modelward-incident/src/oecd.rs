//! What the OECD's common reporting framework asks and only a person can answer.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Says how severe an incident is in the words of the OECD, from least to worst.
///
/// No value follows from [`Severity`](crate::Severity): a person states it.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::exhaustive_enums, reason = "the OECD fixes the five values")]
pub enum OecdSeverity {
    /// It could lead to an incident.
    Hazard,
    /// It could lead to a serious incident.
    SeriousHazard,
    /// It led to harm.
    Incident,
    /// It led to serious harm.
    SeriousIncident,
    /// It disrupted a community beyond what it can cope with.
    Disaster,
}

impl OecdSeverity {
    /// Lists the values from least to worst.
    pub const ALL: [Self; 5] = [
        Self::Hazard,
        Self::SeriousHazard,
        Self::Incident,
        Self::SeriousIncident,
        Self::Disaster,
    ];

    /// Returns the OECD's words, such as `serious hazard`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hazard => "hazard",
            Self::SeriousHazard => "serious hazard",
            Self::Incident => "incident",
            Self::SeriousIncident => "serious incident",
            Self::Disaster => "disaster",
        }
    }
}

impl fmt::Display for OecdSeverity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Names one of the 29 criteria of the OECD's framework (AI Papers No. 34, 2025) by its number.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct OecdCriterion(u8);

impl OecdCriterion {
    /// Takes the number of a criterion.
    ///
    /// # Errors
    ///
    /// [`OecdCriterionError`] where it is not in 1 to 29.
    pub const fn new(number: u8) -> Result<Self, OecdCriterionError> {
        match number {
            1..=29 => Ok(Self(number)),
            found => Err(OecdCriterionError { found }),
        }
    }

    /// Lists every criterion.
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        (1..30_u8).map(Self)
    }

    /// Returns the number, 1 to 29.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }

    /// Tells whether the framework wants an answer in every report.
    #[must_use]
    pub const fn is_mandatory(self) -> bool {
        matches!(self.0, 1 | 2 | 3 | 4 | 7 | 10 | 11)
    }
}

impl TryFrom<u8> for OecdCriterion {
    type Error = OecdCriterionError;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        Self::new(number)
    }
}

impl From<OecdCriterion> for u8 {
    fn from(criterion: OecdCriterion) -> Self {
        criterion.0
    }
}

/// Says that a number names no criterion of the OECD's framework.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[error("found criterion {found}, expected 1 to 29")]
#[non_exhaustive]
pub struct OecdCriterionError {
    /// The number.
    pub found: u8,
}

impl OecdCriterionError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "incident.oecd.criterion"
    }
}
