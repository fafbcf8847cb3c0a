use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use thiserror::Error;

/// Names an incident: 1 to 128 ASCII letters, digits, `-`, `.` and `_`.
///
/// ```
/// use modelward_incident::IncidentId;
///
/// let id: IncidentId = "INC-2026-0042".parse()?;
/// assert_eq!(id.as_str(), "INC-2026-0042");
/// assert!("two words".parse::<IncidentId>().is_err());
/// # Ok::<(), modelward_incident::ParseIncidentIdError>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct IncidentId(Box<str>);

impl IncidentId {
    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for IncidentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for IncidentId {
    type Err = ParseIncidentIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
        if (1..=128).contains(&text.len()) && text.chars().all(plain) {
            Ok(Self(text.into()))
        } else {
            Err(ParseIncidentIdError)
        }
    }
}

impl<'de> Deserialize<'de> for IncidentId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(D::Error::custom)
    }
}

/// Says that a text does not name an incident.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[error("expected 1 to 128 ASCII letters, digits, `-`, `.` and `_` in incident id")]
#[non_exhaustive]
pub struct ParseIncidentIdError;

impl ParseIncidentIdError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "incident.id.form"
    }
}
