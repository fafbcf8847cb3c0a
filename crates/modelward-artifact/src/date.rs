use std::fmt;
use std::str::FromStr;

use jiff::Timestamp as Instant;
use jiff::civil::Date as CivilDate;
use jiff::tz::Offset;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use crate::Timestamp;

/// 9999-12-29, so that the day that follows begins at a [`Timestamp`].
const MAX_DAY: u32 = 2_932_894;

/// Names a day of the calendar in UTC, from 1970-01-01 to 9999-12-29.
///
/// Its text is that of RFC 3339, such as `2026-11-26`. What people set by the day (a review, the end
/// of an acceptance) is a date: it holds through the whole day and is over when
/// [`Date::end`] is reached.
///
/// ```
/// use modelward_artifact::{Date, Timestamp};
///
/// let expires: Date = "2026-11-26".parse()?;
/// let evening: Timestamp = "2026-11-26T23:59:59Z".parse()?;
/// assert!(!expires.is_over(evening));
/// assert!(expires.is_over("2026-11-27T00:00:00Z".parse()?));
/// assert_eq!(evening.date(), expires);
/// assert!("2026-02-30".parse::<Date>().is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Date {
    /// Days since 1970-01-01.
    day: u32,
}

impl Date {
    /// Names the last day that there is here, 9999-12-29.
    pub const MAX: Self = Self { day: MAX_DAY };

    /// Returns the first instant of the day.
    #[must_use]
    pub const fn start(self) -> Timestamp {
        Timestamp::of_day(self.day)
    }

    /// Returns the first instant after the day.
    #[must_use]
    pub const fn end(self) -> Timestamp {
        Timestamp::of_day(self.day + 1)
    }

    /// Tells whether the day has passed at `now`.
    #[must_use]
    pub fn is_over(self, now: Timestamp) -> bool {
        now >= self.end()
    }

    /// Returns the date that lies `days` later, or `None` after 9999-12-29.
    #[must_use]
    pub fn checked_add_days(self, days: u32) -> Option<Self> {
        let day = self.day.checked_add(days)?;
        (day <= MAX_DAY).then_some(Self { day })
    }

    /// Returns the number of days since `earlier`, or `None` where `earlier` is later than `self`.
    #[must_use]
    pub const fn days_since(self, earlier: Self) -> Option<u32> {
        self.day.checked_sub(earlier.day)
    }

    /// Returns the day that holds an instant; later ones than [`Date::MAX`] become that.
    pub(crate) fn of(instant: Timestamp) -> Self {
        let day = instant.unix_seconds() / 86_400;
        let day = u32::try_from(day).unwrap_or(MAX_DAY);
        Self {
            day: day.min(MAX_DAY),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let instant = Instant::from_second(self.start().unix_seconds()).map_err(|_| fmt::Error)?;
        write!(f, "{}", Offset::UTC.to_datetime(instant).date())
    }
}

impl FromStr for Date {
    type Err = ParseDateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // jiff reads more than RFC 3339 has: other separators, times behind the date, years with a sign.
        let bytes = text.as_bytes();
        let shape = bytes.len() == 10
            && bytes.iter().enumerate().all(|(at, byte)| match at {
                4 | 7 => *byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !shape {
            return Err(ParseDateError::Form);
        }
        let date: CivilDate = text.parse().map_err(|_| ParseDateError::Form)?;
        let instant = Offset::UTC
            .to_timestamp(date.at(0, 0, 0, 0))
            .map_err(|_| ParseDateError::Range)?;
        let day = u32::try_from(instant.as_second() / 86_400);
        match day {
            Ok(day) if day <= MAX_DAY && instant.as_second() >= 0 => Ok(Self { day }),
            _ => Err(ParseDateError::Range),
        }
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'_, str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// Says why a text is not a [`Date`].
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ParseDateError {
    /// The text is no day of the calendar as RFC 3339 writes it.
    #[error("expected a date such as 2026-11-26")]
    Form,
    /// The day lies before 1970 or after 9999-12-29.
    #[error("expected a date from 1970-01-01 to 9999-12-29")]
    Range,
}

impl ParseDateError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Form => "artifact.date.form",
            Self::Range => "artifact.date.range",
        }
    }
}
