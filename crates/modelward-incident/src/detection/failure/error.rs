use thiserror::Error;

use crate::{Finite, ParseTextError};

/// Says why something is no [`FailureEvidence`](crate::FailureEvidence).
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum FailureError {
    /// The allowance is negative or too large.
    #[error("allowance is {found}, expected a number from 0 that leaves a finite limit")]
    Allowance {
        /// The allowance.
        found: Finite,
    },
    /// The value lies outside of its interval.
    #[error("value {value} lies outside of its interval")]
    Outside {
        /// The value.
        value: Finite,
    },
    /// There are no inputs or too many.
    #[error("sample has {found} inputs, expected 1 to 2^53 - 1")]
    Size {
        /// How many there are.
        found: u64,
    },
    /// A text is invalid.
    #[error("evidence of failure has an invalid text")]
    Text {
        /// What is wrong with it.
        source: ParseTextError,
    },
    /// The stated verdict does not follow from interval and limit.
    #[error("stated verdict does not follow from interval and limit")]
    Verdict,
}

impl FailureError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Allowance { .. } => "incident.failure.allowance",
            Self::Outside { .. } => "incident.failure.outside",
            Self::Size { .. } => "incident.failure.size",
            Self::Text { .. } => "incident.failure.text",
            Self::Verdict => "incident.failure.verdict",
        }
    }
}
