use std::error::Error as StdError;

use modelward_artifact::escape::Terminal;
use modelward_artifact::json::JsonError;
use modelward_artifact::{EntryPath, Findings, HashError, ReadError};
use thiserror::Error;

use crate::ConvertError;
use crate::model::InvalidText;

/// Says why a text is not a CycloneDX document.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadBomError {
    /// The document is of another format or version.
    #[error("document has the {member} `{}`, expected {expected}", Terminal(found))]
    Format {
        /// The member.
        member: &'static str,
        /// What is read.
        expected: &'static str,
        /// What was found.
        found: String,
    },
    /// The text is not strict JSON.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// Members have values that CycloneDX does not allow.
    #[error("not a cyclonedx document: {findings}")]
    Schema {
        /// Every such member by its JSON pointer, at most a thousand.
        findings: Findings,
    },
    /// The text is not the XML that it should be.
    #[error("malformed xml")]
    Xml {
        /// What is wrong.
        source: Box<dyn StdError + Send + Sync>,
    },
    /// Elements nest too deep.
    #[error("xml nests deeper than {limit} levels")]
    XmlDepth {
        /// The limit.
        limit: usize,
    },
    /// The text is too large.
    #[error("xml text is larger than {limit} bytes")]
    XmlTooLarge {
        /// The limit.
        limit: usize,
    },
    /// There are too many values, or elements.
    #[error("xml has more than {limit} elements or values")]
    XmlTooMany {
        /// The limit.
        limit: usize,
    },
}

impl ReadBomError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Format { .. } => "bom.read.format",
            Self::Json(source) => source.code(),
            Self::Schema { .. } => "bom.read.schema",
            Self::Xml { .. } => "bom.read.xml",
            Self::XmlDepth { .. } => "bom.read.xml_depth",
            Self::XmlTooLarge { .. } => "bom.read.xml_too_large",
            Self::XmlTooMany { .. } => "bom.read.xml_too_many",
        }
    }
}

/// Says why an ML-BOM could not be made of a model.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum GenerateBomError {
    /// A file is not the one that the manifest lists.
    #[error("file `{}` is not the one that was hashed", Terminal(path.as_str()))]
    Changed {
        /// The file.
        path: EntryPath,
    },
    /// The document has no form in the version that was asked for.
    #[error(transparent)]
    Convert(#[from] ConvertError),
    /// The model could not be hashed.
    #[error(transparent)]
    Hash(#[from] HashError),
    /// A file could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The manifest has shards, so that the digests of whole files are not known.
    #[error("the manifest has shards, expected whole files")]
    Sharded,
    /// What the caller states does not have the form that CycloneDX asks for.
    #[error(transparent)]
    Text(#[from] InvalidText),
}

impl GenerateBomError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Changed { .. } => "bom.inspect.changed",
            Self::Convert(source) => source.code(),
            Self::Hash(source) => source.code(),
            Self::Read(source) => source.code(),
            Self::Sharded => "bom.generate.sharded",
            Self::Text(source) => source.code(),
        }
    }
}
