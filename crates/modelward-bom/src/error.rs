use std::error::Error as StdError;

use modelward_artifact::escape::Terminal;
use modelward_artifact::json::JsonError;
use modelward_artifact::{EntryPath, ReadError};
use thiserror::Error;

use crate::SafetensorsFault;

/// Says why a text is not an ML-BOM.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadBomError {
    /// A component lacks a member, or the member is malformed.
    #[error("component `{}` has no valid `{member}`", Terminal(name))]
    Component {
        /// The component's name, as far as it has one.
        name: String,
        /// The member.
        member: &'static str,
    },
    /// A dependency names something that is not in the document.
    #[error(
        "a dependency names `{}`, which is not in the document",
        Terminal(bom_ref)
    )]
    Dangling {
        /// The name.
        bom_ref: String,
    },
    /// Two components have the same `bom-ref`.
    #[error("two components have the bom-ref `{}`", Terminal(bom_ref))]
    Duplicate {
        /// The identifier.
        bom_ref: String,
    },
    /// The document is of another format or version.
    #[error(
        "document has the {member} `{}`, expected `{expected}`",
        Terminal(found)
    )]
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
    /// The document is not about a machine-learning model.
    #[error("the document's `metadata.component` is not a machine-learning model")]
    NoModel,
}

impl ReadBomError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Component { .. } => "bom.read.component",
            Self::Dangling { .. } => "bom.read.dangling",
            Self::Duplicate { .. } => "bom.read.duplicate",
            Self::Format { .. } => "bom.read.format",
            Self::Json(source) => source.code(),
            Self::NoModel => "bom.read.no_model",
        }
    }
}

/// Says why an ordinary SBOM could not be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadSbomError {
    /// The text is strict JSON and no CycloneDX document of 1.3 to 1.5.
    #[error("not a CycloneDX document of version 1.3, 1.4 or 1.5")]
    Document {
        /// What is wrong.
        source: Box<dyn StdError + Send + Sync>,
    },
    /// The text is not strict JSON.
    #[error(transparent)]
    Json(#[from] JsonError),
}

impl ReadSbomError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Document { .. } => "bom.sbom.document",
            Self::Json(source) => source.code(),
        }
    }
}

/// Says why an ML-BOM could not be made of a model.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum GenerateBomError {
    /// What was found does not make an ML-BOM.
    #[error("what was found does not make an ml-bom")]
    Bom {
        /// What is wrong.
        #[from]
        source: ReadBomError,
    },
    /// A file is not the one that the manifest lists.
    #[error("file `{}` is not the one that was hashed", Terminal(path.as_str()))]
    Changed {
        /// The file.
        path: EntryPath,
    },
    /// The front matter of the model card is not the YAML that it should be.
    #[error("file `{}` has malformed front matter", Terminal(path.as_str()))]
    FrontMatter {
        /// The file.
        path: EntryPath,
        /// What is wrong.
        source: Box<dyn StdError + Send + Sync>,
    },
    /// A JSON file of the model is malformed.
    #[error("file `{}` is not the expected json", Terminal(path.as_str()))]
    Json {
        /// The file.
        path: EntryPath,
        /// What is wrong.
        source: JsonError,
    },
    /// A file could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A weight file is not safetensors.
    #[error("file `{}` is no valid safetensors file", Terminal(path.as_str()))]
    Safetensors {
        /// The file.
        path: EntryPath,
        /// What is wrong.
        source: SafetensorsFault,
    },
    /// The manifest has shards, so that the digests of whole files are not known.
    #[error("the manifest has shards, expected whole files")]
    Sharded,
}

impl GenerateBomError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Bom { source } => source.code(),
            Self::Changed { .. } => "bom.inspect.changed",
            Self::FrontMatter { .. } => "bom.inspect.front_matter",
            Self::Json { source, .. } => source.code(),
            Self::Read(source) => source.code(),
            Self::Safetensors { source, .. } => source.code(),
            Self::Sharded => "bom.generate.sharded",
        }
    }
}
