use modelward_artifact::Timestamp;
use thiserror::Error;

/// Says why an obligation cannot be changed. It stays as it was.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ObligationError {
    /// The report is older than the clock.
    #[error("the report was sent at {at}, before the clock started at {start}")]
    BeforeStart {
        /// When the report was sent.
        at: Timestamp,
        /// When the clock started.
        start: Timestamp,
    },
    /// The clock has not started, so it cannot be stopped.
    #[error("the clock has not started")]
    NoClock,
    /// The report was sent, or the rule was ruled out.
    #[error("the obligation is settled already")]
    Settled,
    /// The stop ends before it begins, lies within another, or begins before the clock or after the
    /// due time.
    #[error("the clock cannot be stopped from {since} to {until}")]
    Toll {
        /// When it was to stop.
        since: Timestamp,
        /// When it was to go on.
        until: Timestamp,
    },
}

impl ObligationError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::BeforeStart { .. } => "incident.obligation.before_start",
            Self::NoClock => "incident.obligation.no_clock",
            Self::Settled => "incident.obligation.settled",
            Self::Toll { .. } => "incident.obligation.toll",
        }
    }
}
