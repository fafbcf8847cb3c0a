use std::fmt;

use modelward_artifact::Timestamp;
use serde::{Deserialize, Serialize};

/// Says how exactly an instant is known, from least to most.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::exhaustive_enums, reason = "STIX fixes the steps")]
pub enum Fidelity {
    /// To the year.
    Year,
    /// To the month.
    Month,
    /// To the day.
    Day,
    /// To the hour.
    Hour,
    /// To the minute.
    Minute,
    /// To the second.
    Second,
}

impl Fidelity {
    /// Lists the steps from least to most exact.
    pub const ALL: [Self; 6] = [
        Self::Year,
        Self::Month,
        Self::Day,
        Self::Hour,
        Self::Minute,
        Self::Second,
    ];

    /// Returns the name that records and STIX use, such as `minute`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
            Self::Hour => "hour",
            Self::Minute => "minute",
            Self::Second => "second",
        }
    }

    /// How many characters of RFC 3339 are known.
    const fn known(self) -> usize {
        match self {
            Self::Year => 4,
            Self::Month => 7,
            Self::Day => 10,
            Self::Hour => 13,
            Self::Minute => 16,
            Self::Second => 19,
        }
    }
}

/// Names an instant and how exactly it is known. Of what is not known, the first instant stands.
///
/// ```
/// use modelward_incident::{Fidelity, TimeSpec};
///
/// let began = TimeSpec::new("2026-11-01T00:00:00Z".parse()?, Fidelity::Month);
/// assert_eq!(began.to_string(), "2026-11");
/// assert_eq!(TimeSpec::exact(began.at()).to_string(), "2026-11-01T00:00:00Z");
/// # Ok::<(), modelward_artifact::ParseTimestampError>(())
/// ```
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(deny_unknown_fields)]
pub struct TimeSpec {
    at: Timestamp,
    fidelity: Fidelity,
}

impl TimeSpec {
    /// Joins an instant and how exactly it is known.
    #[must_use]
    pub const fn new(at: Timestamp, fidelity: Fidelity) -> Self {
        Self { at, fidelity }
    }

    /// Takes an instant that is known to the second.
    #[must_use]
    pub const fn exact(at: Timestamp) -> Self {
        Self::new(at, Fidelity::Second)
    }

    /// Returns the instant.
    #[must_use]
    pub const fn at(self) -> Timestamp {
        self.at
    }

    /// Returns how exactly it is known.
    #[must_use]
    pub const fn fidelity(self) -> Fidelity {
        self.fidelity
    }
}

/// Shows what is known and no more, such as `2026-11` or `2026-11-23T10`.
impl fmt::Display for TimeSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.at.to_string();
        match self.fidelity {
            Fidelity::Second => f.write_str(&text),
            fidelity => f.write_str(text.get(..fidelity.known()).unwrap_or(&text)),
        }
    }
}
