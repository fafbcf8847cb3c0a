use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime};

use jiff::Timestamp as Instant;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use crate::Date;

/// 9999-12-30T22:00:00Z, which is still in year 9999 at every offset.
const MAX_SECOND: i64 = 253_402_207_200;

/// Marks an instant in UTC, from 1970 to 9999-12-30T22:00:00Z, to the millisecond.
///
/// Its text is RFC 3339 with `Z`: whole seconds where there is no fraction, else three digits.
/// Finer fractions are cut off, since several readers of CycloneDX refuse more than three digits.
/// An offset in the text that is read is converted; a text without an offset is refused.
/// No function here reads a clock: `now` is always the caller's.
///
/// ```
/// use modelward_artifact::Timestamp;
///
/// let signed: Timestamp = "2026-11-23T12:00:00+02:00".parse()?;
/// assert_eq!(signed.to_string(), "2026-11-23T10:00:00Z");
/// assert!("2026-11-23".parse::<Timestamp>().is_err());
/// # Ok::<(), modelward_artifact::ParseTimestampError>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Timestamp {
    millis: i64,
}

impl Timestamp {
    /// Marks 1970-01-01T00:00:00Z.
    pub const UNIX_EPOCH: Self = Self { millis: 0 };

    /// Marks the last instant that there is here, 9999-12-30T22:00:00Z.
    pub const MAX: Self = Self {
        millis: MAX_SECOND * 1000,
    };

    /// Returns the instant that lies `seconds` after [`Timestamp::UNIX_EPOCH`].
    ///
    /// # Errors
    ///
    /// [`ParseTimestampError::Range`] before 1970 or after 9999.
    pub fn from_unix_seconds(seconds: i64) -> Result<Self, ParseTimestampError> {
        if !(0..=MAX_SECOND).contains(&seconds) {
            return Err(ParseTimestampError::Range);
        }
        Ok(Self {
            millis: seconds * 1000,
        })
    }

    /// Returns the first instant of a day, counted from 1970-01-01; the day is one that a [`Date`] has.
    pub(crate) const fn of_day(day: u32) -> Self {
        Self {
            millis: day as i64 * 86_400_000,
        }
    }

    /// Returns the whole seconds since [`Timestamp::UNIX_EPOCH`].
    #[must_use]
    pub const fn unix_seconds(self) -> i64 {
        self.millis / 1000
    }

    /// Returns the instant that lies `duration` later, or `None` after 9999.
    #[must_use]
    pub fn checked_add(self, duration: Duration) -> Option<Self> {
        let millis = self
            .millis
            .checked_add(i64::try_from(duration.as_millis()).ok()?)?;
        (millis / 1000 <= MAX_SECOND).then_some(Self { millis })
    }

    /// Returns the day in UTC; at most [`Date::MAX`].
    #[must_use]
    pub fn date(self) -> Date {
        Date::of(self)
    }

    /// Returns the time since `earlier`, or `None` where `earlier` is later than `self`.
    #[must_use]
    pub fn since(self, earlier: Self) -> Option<Duration> {
        u64::try_from(self.millis - earlier.millis)
            .ok()
            .map(Duration::from_millis)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let instant = Instant::from_millisecond(self.millis).map_err(|_| fmt::Error)?;
        if self.millis % 1000 == 0 {
            write!(f, "{instant:.0}")
        } else {
            write!(f, "{instant:.3}")
        }
    }
}

impl FromStr for Timestamp {
    type Err = ParseTimestampError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // RFC 3339 is the part of what jiff reads that has neither a bracketed time zone
        // nor blanks nor an extended year.
        let date_and_time = text.len() >= 20
            && text.as_bytes()[4] == b'-'
            && matches!(text.as_bytes()[10], b'T' | b't')
            && !text.contains(['[', ' ', ',']);
        if !date_and_time {
            return Err(ParseTimestampError::Form);
        }
        let instant: Instant = text.parse().map_err(|_| ParseTimestampError::Form)?;
        let millis = instant.as_nanosecond().div_euclid(1_000_000);
        let millis = i64::try_from(millis).map_err(|_| ParseTimestampError::Range)?;
        if millis < 0 || millis / 1000 > MAX_SECOND {
            return Err(ParseTimestampError::Range);
        }
        Ok(Self { millis })
    }
}

impl TryFrom<SystemTime> for Timestamp {
    type Error = ParseTimestampError;

    fn try_from(time: SystemTime) -> Result<Self, Self::Error> {
        let since = time
            .duration_since(SystemTime::UNIX_EPOCH)
            .map_err(|_| ParseTimestampError::Range)?;
        Self::UNIX_EPOCH
            .checked_add(since)
            .ok_or(ParseTimestampError::Range)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'_, str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// Says why a value is not a [`Timestamp`].
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ParseTimestampError {
    /// The text is not RFC 3339 with an offset.
    #[error("expected a date and time with an offset, such as 2026-11-23T10:00:00Z")]
    Form,
    /// The instant lies before 1970 or after 9999.
    #[error("expected a time from 1970 to 9999")]
    Range,
}

impl ParseTimestampError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Form => "artifact.timestamp.form",
            Self::Range => "artifact.timestamp.range",
        }
    }
}
