use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

/// The longest key in bytes.
const MAX_LEN: usize = 128;

/// Writes one type of key: what it names is all that differs, and the compiler keeps them apart.
macro_rules! keys {
    ($($(#[doc = $doc:literal])* $name:ident,)*) => {$(
        $(#[doc = $doc])*
        ///
        /// It is 1 to 128 of `A-Z a-z 0-9 . _ : / @ + -`, beginning with a letter or a digit, and
        /// keeps its case.
        #[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub struct $name(Box<str>);

        impl $name {
            /// Returns the text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = ParseKeyError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                checked(text).map(|text| Self(text.into()))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'_, str>::deserialize(deserializer)?;
                text.parse().map_err(D::Error::custom)
            }
        }
    )*};
}

keys! {
    /// Names an action of a treatment or a condition within one document, such as `A-7`.
    ActionId,
    /// Names an item of evidence within one assessment, such as `E-12`.
    EvidenceId,
    /// Names what a finding says, such as `rmf.check.rating_contradicted`.
    FindingCode,
    /// Names a level of a scale, such as `partially-met` or `4`.
    LevelName,
    /// Names a gate policy or an audit cadence, such as `modelward.release`.
    PolicyId,
    /// Names a risk within one register, such as `R-3`.
    RiskId,
    /// Names a rating scale or a risk matrix, such as `modelward.outcome`.
    ScaleId,
}

fn checked(text: &str) -> Result<&str, ParseKeyError> {
    if text.len() > MAX_LEN {
        return Err(ParseKeyError::TooLong { found: text.len() });
    }
    let first = text.chars().next().ok_or(ParseKeyError::Empty)?;
    let allowed = |c: char| c.is_ascii_alphanumeric() || "._:/@+-".contains(c);
    if let Some(at) = text.find(|c| !allowed(c)) {
        return Err(ParseKeyError::Character { at });
    }
    if !first.is_ascii_alphanumeric() {
        return Err(ParseKeyError::Character { at: 0 });
    }
    Ok(text)
}

/// Says why a text is not a key such as [`RiskId`] or [`EvidenceId`].
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ParseKeyError {
    /// It has a character that no key has, or begins with a mark.
    #[error("key has a character that is not allowed at byte {at}")]
    Character {
        /// The position of the character, counted in bytes from 0.
        at: usize,
    },
    /// It is empty.
    #[error("key is empty")]
    Empty,
    /// It is longer than 128 bytes.
    #[error("key has {found} bytes, expected at most {MAX_LEN}")]
    TooLong {
        /// Its length in bytes.
        found: usize,
    },
}

impl ParseKeyError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Character { .. } => "rmf.key.character",
            Self::Empty => "rmf.key.empty",
            Self::TooLong { .. } => "rmf.key.too_long",
        }
    }
}
