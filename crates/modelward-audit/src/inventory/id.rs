use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

/// The longest id in bytes.
const MAX_LEN: usize = 120;

/// Names an entry of an inventory, and its file in a folder.
///
/// - It has 1 to 120 of `a-z`, `0-9`, `.`, `_` and `-`, and begins and ends with a letter or digit,
///   so that it is a file name on every system and two ids never differ by case alone.
///
/// ```
/// use modelward_audit::inventory::EntryId;
///
/// assert!("sentiment-small_2.1".parse::<EntryId>().is_ok());
/// assert_eq!("../x".parse::<EntryId>().unwrap_err().code(), "audit.inventory.id.character");
/// ```
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct EntryId(Box<str>);

impl EntryId {
    /// Returns the id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for EntryId {
    type Err = ParseEntryIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.is_empty() || text.len() > MAX_LEN {
            return Err(ParseEntryIdError::Length { found: text.len() });
        }
        let is_inner = |b: u8| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'-');
        let is_outer = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
        let last = text.len() - 1;
        let is_wrong =
            |(at, b): (usize, u8)| !is_inner(b) || ((at == 0 || at == last) && !is_outer(b));
        match text.bytes().enumerate().position(is_wrong) {
            Some(at) => Err(ParseEntryIdError::Character { at }),
            None => Ok(Self(text.into())),
        }
    }
}

impl Serialize for EntryId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for EntryId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'_, str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// Says why a text is not an [`EntryId`].
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ParseEntryIdError {
    /// A character cannot stand there.
    #[error("the id has a character at byte {at} that cannot stand there")]
    Character {
        /// Where, counted in bytes from 0.
        at: usize,
    },
    /// It is empty or too long.
    #[error("the id has {found} bytes, expected 1 to {MAX_LEN}")]
    Length {
        /// Its length in bytes.
        found: usize,
    },
}

impl ParseEntryIdError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Character { .. } => "audit.inventory.id.character",
            Self::Length { .. } => "audit.inventory.id.length",
        }
    }
}
