use std::cmp::Ordering;
use std::fmt;

use modelward_artifact::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Holds a number that is neither infinite nor NaN. Minus zero becomes zero.
///
/// JSON has its shortest form that reads back as the same number.
///
/// ```
/// use modelward_incident::Finite;
///
/// assert_eq!(Finite::new(0.25)?.get(), 0.25);
/// assert_eq!(Finite::new(f64::NAN).unwrap_err().code(), "incident.number.finite");
/// # Ok::<(), modelward_incident::NumberError>(())
/// ```
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, PartialOrd, Serialize)]
#[serde(into = "f64", try_from = "f64")]
pub struct Finite(f64);

impl Finite {
    /// Holds zero.
    pub const ZERO: Self = Self(0.0);

    /// Takes a number.
    ///
    /// # Errors
    ///
    /// [`NumberError::Finite`] where it is infinite or NaN.
    pub fn new(number: f64) -> Result<Self, NumberError> {
        if !number.is_finite() {
            return Err(NumberError::Finite);
        }
        // The sum of minus zero and zero is zero.
        Ok(Self(number + 0.0))
    }

    /// Returns the number.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }

    /// Takes a number that the caller's own code wrote down or computed from finite ones.
    pub(crate) const fn known(number: f64) -> Self {
        Self(number)
    }
}

#[expect(
    clippy::derive_ord_xor_partial_ord,
    reason = "a finite number is comparable to every other, so both orders are one"
)]
impl Ord for Finite {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl Eq for Finite {}

impl fmt::Display for Finite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<Finite> for f64 {
    fn from(number: Finite) -> Self {
        number.0
    }
}

impl TryFrom<f64> for Finite {
    type Error = NumberError;

    fn try_from(number: f64) -> Result<Self, NumberError> {
        Self::new(number)
    }
}

/// Says on which side of a threshold a value raises an alarm.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "two sides, each with the threshold or without"
)]
pub enum Comparator {
    /// Above the threshold.
    Above,
    /// At the threshold or above.
    AtLeast,
    /// At the threshold or below.
    AtMost,
    /// Below the threshold.
    Below,
}

impl Comparator {
    /// Tells whether a value lies on that side of the threshold.
    #[must_use]
    pub fn holds(self, value: Finite, threshold: Finite) -> bool {
        match self {
            Self::Above => value > threshold,
            Self::AtLeast => value >= threshold,
            Self::AtMost => value <= threshold,
            Self::Below => value < threshold,
        }
    }

    /// Returns the usual sign, such as `>=`.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Above => ">",
            Self::AtLeast => ">=",
            Self::AtMost => "<=",
            Self::Below => "<",
        }
    }

    /// Tells whether large values raise the alarm.
    pub(crate) const fn is_upward(self) -> bool {
        matches!(self, Self::Above | Self::AtLeast)
    }
}

/// Spans a confidence interval: its ends, and how sure it is of them (above 0, below 1).
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(try_from = "WireInterval")]
pub struct Interval {
    low: Finite,
    high: Finite,
    level: Finite,
}

impl Interval {
    /// Spans an interval.
    ///
    /// # Errors
    ///
    /// [`NumberError`] where the ends are the wrong way round, or the level is not between 0 and 1.
    pub fn new(low: Finite, high: Finite, level: Finite) -> Result<Self, NumberError> {
        if high < low {
            return Err(NumberError::Interval { low, high });
        }
        if level <= Finite::ZERO || level.get() >= 1.0 {
            return Err(NumberError::Level { found: level });
        }
        Ok(Self { low, high, level })
    }

    /// Spans an interval that the caller's own code computed.
    pub(crate) const fn known(low: Finite, high: Finite, level: Finite) -> Self {
        Self { low, high, level }
    }

    /// Returns the lower end.
    #[must_use]
    pub const fn low(self) -> Finite {
        self.low
    }

    /// Returns the upper end.
    #[must_use]
    pub const fn high(self) -> Finite {
        self.high
    }

    /// Returns the level, such as 0.95.
    #[must_use]
    pub const fn level(self) -> Finite {
        self.level
    }

    /// Tells whether a number lies within, ends included.
    #[must_use]
    pub fn contains(self, number: Finite) -> bool {
        (self.low..=self.high).contains(&number)
    }
}

/// Spans the time in which something was observed, both ends included.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(try_from = "WireRange")]
pub struct TimeRange {
    from: Timestamp,
    to: Timestamp,
}

impl TimeRange {
    /// Spans a time.
    ///
    /// # Errors
    ///
    /// [`NumberError::Range`] where it ends before it begins.
    pub fn new(from: Timestamp, to: Timestamp) -> Result<Self, NumberError> {
        if to < from {
            return Err(NumberError::Range { from, to });
        }
        Ok(Self { from, to })
    }

    /// Returns the beginning.
    #[must_use]
    pub const fn from(self) -> Timestamp {
        self.from
    }

    /// Returns the end.
    #[must_use]
    pub const fn to(self) -> Timestamp {
        self.to
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireInterval {
    low: Finite,
    high: Finite,
    level: Finite,
}

impl TryFrom<WireInterval> for Interval {
    type Error = NumberError;

    fn try_from(wire: WireInterval) -> Result<Self, NumberError> {
        Self::new(wire.low, wire.high, wire.level)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireRange {
    from: Timestamp,
    to: Timestamp,
}

impl TryFrom<WireRange> for TimeRange {
    type Error = NumberError;

    fn try_from(wire: WireRange) -> Result<Self, NumberError> {
        Self::new(wire.from, wire.to)
    }
}

/// Says why a number, an interval or a span of time is none.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum NumberError {
    /// The number is infinite or NaN.
    #[error("expected a finite number")]
    Finite,
    /// The ends of an interval are the wrong way round.
    #[error("interval from {low} ends at {high}, below its beginning")]
    Interval {
        /// The lower end.
        low: Finite,
        /// The upper end.
        high: Finite,
    },
    /// The level of an interval is not between 0 and 1.
    #[error("level of an interval is {found}, expected above 0 and below 1")]
    Level {
        /// The level.
        found: Finite,
    },
    /// A span of time ends before it begins.
    #[error("time from {from} ends at {to}, before it begins")]
    Range {
        /// The beginning.
        from: Timestamp,
        /// The end.
        to: Timestamp,
    },
    /// There are more successes than attempts, no attempts, or too many of them.
    #[error(
        "{successes} successes of {attempts} attempts cannot be, expected 1 to 2^53 - 1 attempts"
    )]
    Trials {
        /// How many attempts there were.
        attempts: u64,
        /// How many of them succeeded.
        successes: u64,
    },
}

impl NumberError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Finite => "incident.number.finite",
            Self::Interval { .. } => "incident.number.interval",
            Self::Level { .. } => "incident.number.level",
            Self::Range { .. } => "incident.number.range",
            Self::Trials { .. } => "incident.number.trials",
        }
    }
}
