use std::str::FromStr;

use modelward_artifact::Date;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use crate::{Fidelity, TimeSpec};

/// Holds a year, a month or a day as the data set wrote it, such as `2026`, `2026-04` or
/// `2026-04-09`, from 1970 on.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct GenaiDate {
    written: Box<str>,
    first: Date,
    fidelity: Fidelity,
}

impl GenaiDate {
    /// Returns it as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// Returns how exact it is: year, month or day.
    #[must_use]
    pub const fn fidelity(&self) -> Fidelity {
        self.fidelity
    }

    /// Returns its first instant, and how exact it is.
    #[must_use]
    pub const fn time(&self) -> TimeSpec {
        TimeSpec::new(self.first.start(), self.fidelity)
    }
}

impl FromStr for GenaiDate {
    type Err = ParseGenaiDateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (fidelity, rest) = match text.len() {
            4 => (Fidelity::Year, "-01-01"),
            7 => (Fidelity::Month, "-01"),
            10 => (Fidelity::Day, ""),
            _ => return Err(ParseGenaiDateError),
        };
        let first = format!("{text}{rest}");
        Ok(Self {
            written: text.into(),
            first: first.parse().map_err(|_| ParseGenaiDateError)?,
            fidelity,
        })
    }
}

impl Serialize for GenaiDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.written)
    }
}

impl<'de> Deserialize<'de> for GenaiDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// Says that a text is no year, month or day from 1970 on.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[error("expected a year, a month or a day from 1970 on, such as 2026-04")]
#[expect(clippy::exhaustive_structs, reason = "there is nothing to add")]
pub struct ParseGenaiDateError;

impl ParseGenaiDateError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "incident.genai.date"
    }
}
