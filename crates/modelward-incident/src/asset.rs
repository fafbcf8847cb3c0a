mod affected;

use std::fmt;
use std::str::FromStr;

use modelward_artifact::Digest;
use modelward_artifact::escape::Terminal;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use thiserror::Error;

pub use self::affected::{AffectedAsset, AssetKind, AssetOrigin, Compromise, CompromiseWindow};

/// The longest name of an asset in bytes.
const MAX_LEN: usize = 2048;

/// Names something that an incident can affect: a model, a file, a dataset, a library.
#[derive(Clone, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum AssetRef {
    /// An identifier within an ML-BOM.
    BomRef(BomRef),
    /// A file's digest, or the root digest of a model's manifest.
    Digest(Digest),
    /// A package URL.
    Purl(Purl),
}

impl AssetRef {
    /// Names an asset by its identifier within an ML-BOM.
    ///
    /// # Errors
    ///
    /// [`ParseAssetError`] where the text is empty, too long or has control characters.
    pub fn bom_ref(text: &str) -> Result<Self, ParseAssetError> {
        text.parse().map(Self::BomRef)
    }

    /// Names an asset by its package URL.
    ///
    /// # Errors
    ///
    /// [`ParseAssetError`] where the text does not begin with `pkg:`, is too long or has control
    /// characters or blanks.
    pub fn purl(text: &str) -> Result<Self, ParseAssetError> {
        text.parse().map(Self::Purl)
    }
}

impl fmt::Display for AssetRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BomRef(BomRef(text)) | Self::Purl(Purl(text)) => Terminal(text).fmt(f),
            Self::Digest(digest) => digest.fmt(f),
        }
    }
}

/// Holds an identifier within an ML-BOM: 1 to 2048 bytes without control characters.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct BomRef(Box<str>);

impl BomRef {
    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for BomRef {
    type Err = ParseAssetError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        check(text)?;
        Ok(Self(text.into()))
    }
}

impl<'de> Deserialize<'de> for BomRef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(D::Error::custom)
    }
}

/// Holds a package URL: `pkg:` and more, at most 2048 bytes without blanks or control characters.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct Purl(Box<str>);

impl Purl {
    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Purl {
    type Err = ParseAssetError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        check(text)?;
        let rest = text.strip_prefix("pkg:").unwrap_or_default();
        if rest.is_empty() || text.contains(char::is_whitespace) {
            return Err(ParseAssetError::Purl);
        }
        Ok(Self(text.into()))
    }
}

impl<'de> Deserialize<'de> for Purl {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(D::Error::custom)
    }
}

/// Says why a text does not name an asset.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ParseAssetError {
    /// It has a control character.
    #[error("name of asset has a control character")]
    Control,
    /// It is empty or too long.
    #[error("name of asset has {found} bytes, expected 1 to {MAX_LEN}")]
    Length {
        /// Its length in bytes.
        found: usize,
    },
    /// It is no package URL.
    #[error("expected a package url that begins with `pkg:` and has no blanks")]
    Purl,
}

impl ParseAssetError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Control => "incident.asset.control",
            Self::Length { .. } => "incident.asset.length",
            Self::Purl => "incident.asset.purl",
        }
    }
}

fn check(text: &str) -> Result<(), ParseAssetError> {
    if !(1..=MAX_LEN).contains(&text.len()) {
        return Err(ParseAssetError::Length { found: text.len() });
    }
    if text.contains(char::is_control) {
        return Err(ParseAssetError::Control);
    }
    Ok(())
}
