use std::fmt;

use modelward_artifact::{Date, Timestamp};

use super::error::AtlasError;
use super::members::Members;
use crate::error::shortened;

/// Says how exactly a date is known.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[expect(clippy::exhaustive_enums, reason = "the parts of a date are fixed")]
pub enum DateGranularity {
    /// The year.
    Year,
    /// The year and the month.
    Month,
    /// The day.
    Day,
}

impl DateGranularity {
    /// Returns the word of the official schemas: `YEAR`, `MONTH` or `DATE`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Year => "YEAR",
            Self::Month => "MONTH",
            Self::Day => "DATE",
        }
    }

    /// Reads the words of all releases.
    fn of(word: &str) -> Option<Self> {
        match word {
            "YEAR" | "Year" => Some(Self::Year),
            "MONTH" | "Month" => Some(Self::Month),
            "DATE" | "Day" => Some(Self::Day),
            _ => None,
        }
    }
}

/// Says when something happened: a day, and how much of it is known.
///
/// What is not known of the day is usually, and need not be, its first.
///
/// ```
/// use modelward_incident::format::atlas::{DateGranularity, StudyDate};
///
/// let date = StudyDate::new("2026-11-26".parse()?, DateGranularity::Month);
/// assert_eq!((date.text(), date.to_string().as_str()), ("2026-11-26", "2026-11"));
/// # Ok::<(), modelward_artifact::ParseDateError>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct StudyDate {
    text: Box<str>,
    day: Date,
    granularity: DateGranularity,
}

impl StudyDate {
    /// States a day and how much of it is known.
    #[must_use]
    pub fn new(day: Date, granularity: DateGranularity) -> Self {
        let text = day.to_string().into_boxed_str();
        Self {
            text,
            day,
            granularity,
        }
    }

    /// Returns the date as it was written, which may have a time.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the day.
    #[must_use]
    pub const fn day(&self) -> Date {
        self.day
    }

    /// Says how much of the day is known.
    #[must_use]
    pub const fn granularity(&self) -> DateGranularity {
        self.granularity
    }

    /// Returns the first day that it can have been: that of the year or the month, where no more is
    /// known.
    #[must_use]
    pub fn first_day(&self) -> Date {
        let known = self.to_string();
        let first = match self.granularity {
            DateGranularity::Year => format!("{known}-01-01"),
            DateGranularity::Month => format!("{known}-01"),
            DateGranularity::Day => known,
        };
        first.parse().unwrap_or(self.day)
    }

    pub(super) fn read(
        members: &mut Members,
        date: &'static str,
        granularity: &'static str,
    ) -> Result<Self, AtlasError> {
        let placed = members.require(date)?;
        let pointer = placed.at.clone();
        let text = placed.text()?;
        let day = day(&text).ok_or_else(|| AtlasError::Value {
            pointer,
            expected: "a date from 1970 on, such as 2026-11-26",
            found: shortened(&text),
        })?;
        let placed = members.require(granularity)?;
        let pointer = placed.at.clone();
        let word = placed.text()?;
        let granularity = DateGranularity::of(&word).ok_or_else(|| AtlasError::Value {
            pointer,
            expected: "YEAR, MONTH or DATE",
            found: shortened(&word),
        })?;
        Ok(Self {
            text,
            day,
            granularity,
        })
    }
}

/// Shows what is known of the date: `2026`, `2026-11` or `2026-11-26`.
impl fmt::Display for StudyDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = self.day.to_string();
        let end = match self.granularity {
            DateGranularity::Year => 4,
            DateGranularity::Month => 7,
            DateGranularity::Day => 10,
        };
        f.write_str(day.get(..end).unwrap_or(&day))
    }
}

/// Reads a day, a year or a month by its first day, or the day of a time.
fn day(text: &str) -> Option<Date> {
    match text.len() {
        4 => format!("{text}-01-01").parse().ok(),
        7 => format!("{text}-01").parse().ok(),
        10 => text.parse().ok(),
        _ => {
            text.parse::<Timestamp>().ok()?;
            text.get(..10)?.parse().ok()
        }
    }
}
