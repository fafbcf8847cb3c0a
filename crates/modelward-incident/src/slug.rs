use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use thiserror::Error;

/// Names a reporting rule or a policy: 1 to 128 ASCII letters, digits, `-`, `.`, `_` and `/`.
///
/// ```
/// use modelward_incident::Slug;
///
/// let id: Slug = "eu-ai-act/73-2".parse()?;
/// assert_eq!(id.as_str(), "eu-ai-act/73-2");
/// assert!("two words".parse::<Slug>().is_err());
/// # Ok::<(), modelward_incident::ParseSlugError>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct Slug(Box<str>);

impl Slug {
    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Slug {
    type Err = ParseSlugError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '/');
        if (1..=128).contains(&text.len()) && text.chars().all(plain) {
            Ok(Self(text.into()))
        } else {
            Err(ParseSlugError)
        }
    }
}

impl<'de> Deserialize<'de> for Slug {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(D::Error::custom)
    }
}

/// Says that a text is no [`Slug`].
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[error("expected 1 to 128 ASCII letters, digits, `-`, `.`, `_` and `/` in id")]
#[non_exhaustive]
pub struct ParseSlugError;

impl ParseSlugError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "incident.slug.form"
    }
}
