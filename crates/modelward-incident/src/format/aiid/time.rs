use std::fmt;
use std::str::FromStr;

use modelward_artifact::{Date, ParseTimestampError, Timestamp};
use thiserror::Error;

/// Holds a day or an instant as the database wrote it.
///
/// - It is a day of the calendar such as `2021-09-14`, or RFC 3339 such as
///   `2021-09-14T00:00:00.000Z`.
/// - Its year is 0001 to 9999; what lies before 1970 has no [`AiidTime::date`].
///
/// ```
/// use modelward_incident::format::aiid::AiidTime;
///
/// let day: AiidTime = "2021-09-14".parse()?;
/// assert!(day.is_day());
/// assert_eq!(day.date(), Some("2021-09-14".parse()?));
/// assert!("2021-09-31".parse::<AiidTime>().is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct AiidTime {
    written: Box<str>,
}

impl AiidTime {
    /// Returns it as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// Tells whether it is a day and no instant.
    #[must_use]
    pub fn is_day(&self) -> bool {
        self.written.len() == 10
    }

    /// Returns the day, for an instant in UTC.
    #[must_use]
    pub fn date(&self) -> Option<Date> {
        if self.is_day() {
            return self.written.parse().ok();
        }
        self.timestamp().map(Timestamp::date)
    }

    /// Returns the instant, for a day its first.
    #[must_use]
    pub fn timestamp(&self) -> Option<Timestamp> {
        if self.is_day() {
            return self.date().map(Date::start);
        }
        self.written.parse().ok()
    }
}

impl fmt::Display for AiidTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

impl From<Date> for AiidTime {
    fn from(date: Date) -> Self {
        let written = date.to_string().into();
        Self { written }
    }
}

impl FromStr for AiidTime {
    type Err = ParseAiidTimeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let sound = match text.get(..10) {
            Some(day) if day.len() == text.len() => is_day(day),
            // RFC 3339 with an offset is at most 35 characters long, with nine of a second.
            Some(day) if text.len() <= 35 => is_day(day) && is_instant(text),
            _ => false,
        };
        let written = text.into();
        sound.then_some(Self { written }).ok_or(ParseAiidTimeError)
    }
}

/// Says that a text is neither a day nor an instant.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[error("expected a date such as 2021-09-14 or 2021-09-14T00:00:00.000Z")]
#[expect(clippy::exhaustive_structs, reason = "there is nothing to add")]
pub struct ParseAiidTimeError;

impl ParseAiidTimeError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "incident.aiid.time"
    }
}

fn is_instant(text: &str) -> bool {
    let parsed: Result<Timestamp, _> = text.parse();
    // Before 1970 it is well formed all the same.
    matches!(parsed, Ok(_) | Err(ParseTimestampError::Range))
}

fn is_day(text: &str) -> bool {
    let number = |part: Option<&str>, len: usize| -> Option<u32> {
        let part = part.filter(|part| part.len() == len)?;
        let digits = part.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| part.parse().ok())?
    };
    let mut parts = text.split('-');
    let year = number(parts.next(), 4).filter(|year| *year > 0);
    let month = number(parts.next(), 2);
    let day = number(parts.next(), 2);
    let (Some(year), Some(month), Some(day), None) = (year, month, day, parts.next()) else {
        return false;
    };
    (1..=days_of(year, month)).contains(&day)
}

const fn days_of(year: u32, month: u32) -> u32 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 0,
    }
}
