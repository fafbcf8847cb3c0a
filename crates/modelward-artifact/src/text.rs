use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

/// The longest text in bytes.
const MAX_LEN: usize = 64 << 10;

/// Holds what a person wrote: a title, a name, a reason, a rationale.
///
/// - It has at least one letter or digit, so neither blanks nor a lone dash pass for a reason.
/// - It has no control characters but line breaks and tabs.
/// - It has at most 65,536 bytes. It is kept as it was written.
///
/// ```
/// use modelward_artifact::Text;
///
/// let rationale: Text = "Listed in the model inventory since May.".parse()?;
/// assert_eq!(rationale.as_str(), "Listed in the model inventory since May.");
/// assert!(" - ".parse::<Text>().is_err());
/// # Ok::<(), modelward_artifact::ParseTextError>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Text(Box<str>);

impl Text {
    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Shows the text as it was written; use [`Terminal`](crate::escape::Terminal) on a terminal.
impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Text {
    type Err = ParseTextError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        check(text)?;
        Ok(Self(text.into()))
    }
}

impl TryFrom<String> for Text {
    type Error = ParseTextError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        check(&text)?;
        Ok(Self(text.into_boxed_str()))
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'_, str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// Says why a text is not a [`Text`].
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ParseTextError {
    /// It has neither a letter nor a digit.
    #[error("text has neither a letter nor a digit")]
    Blank,
    /// It has a control character.
    #[error("text has a control character at byte {at}")]
    Control {
        /// The position of the character, counted in bytes from 0.
        at: usize,
    },
    /// It is longer than 65,536 bytes.
    #[error("text has {found} bytes, expected at most {MAX_LEN}")]
    TooLong {
        /// Its length in bytes.
        found: usize,
    },
}

impl ParseTextError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Blank => "artifact.text.blank",
            Self::Control { .. } => "artifact.text.control",
            Self::TooLong { .. } => "artifact.text.too_long",
        }
    }
}

fn check(text: &str) -> Result<(), ParseTextError> {
    if text.len() > MAX_LEN {
        return Err(ParseTextError::TooLong { found: text.len() });
    }
    let controls = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    if let Some(at) = text.find(controls) {
        return Err(ParseTextError::Control { at });
    }
    if !text.contains(char::is_alphanumeric) {
        return Err(ParseTextError::Blank);
    }
    Ok(())
}
