//! The axes on which an incident is judged; none follows from another.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Says how bad an incident is for those whom it harms, from least to worst.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "four steps are what response teams use"
)]
pub enum Severity {
    /// Nobody is harmed so far.
    Low,
    /// Some are harmed a little.
    Medium,
    /// Many are harmed, or some badly.
    High,
    /// Lives, rights or the organization are at stake.
    Critical,
}

impl Severity {
    /// Lists the severities from least to worst.
    pub const ALL: [Self; 4] = [Self::Low, Self::Medium, Self::High, Self::Critical];

    /// Returns the name that records use, such as `critical`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Says what the investigation came to so far.
#[derive(
    Clone, Copy, Debug, Default, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize,
)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Determination {
    /// It was tried and a control stopped it.
    Blocked,
    /// It happened.
    Confirmed,
    /// It was tried and came to nothing by itself.
    FailedAttempt,
    /// It did not happen.
    FalsePositive,
    /// It happened and is not worth a response.
    LowValue,
    /// It may have happened.
    #[default]
    Suspected,
}

impl Determination {
    /// Lists the determinations in alphabetical order.
    pub const ALL: [Self; 6] = [
        Self::Blocked,
        Self::Confirmed,
        Self::FailedAttempt,
        Self::FalsePositive,
        Self::LowValue,
        Self::Suspected,
    ];

    /// Returns the name that records use, such as `failed-attempt`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Blocked => "blocked",
            Self::Confirmed => "confirmed",
            Self::FailedAttempt => "failed-attempt",
            Self::FalsePositive => "false-positive",
            Self::LowValue => "low-value",
            Self::Suspected => "suspected",
        }
    }
}

impl fmt::Display for Determination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Says whether somebody or something was harmed (after the AI Incident Database's `CSETv1`, 3.1).
#[derive(
    Clone, Copy, Debug, Default, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize,
)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Harm {
    /// Harm could follow, and not at once.
    Issue,
    /// Harm was imminent and did not come.
    NearMiss,
    /// There was no harm and will be none.
    None,
    /// There was harm.
    Occurred,
    /// Nobody knows yet.
    #[default]
    Unclear,
}

impl Harm {
    /// Lists the values in alphabetical order.
    pub const ALL: [Self; 5] = [
        Self::Issue,
        Self::NearMiss,
        Self::None,
        Self::Occurred,
        Self::Unclear,
    ];

    /// Returns the name that records use, such as `near-miss`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Issue => "issue",
            Self::NearMiss => "near-miss",
            Self::None => "none",
            Self::Occurred => "occurred",
            Self::Unclear => "unclear",
        }
    }
}

impl fmt::Display for Harm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
