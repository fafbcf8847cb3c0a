use modelward_artifact::escape::Terminal;
use modelward_artifact::json::JsonError;
use thiserror::Error;

/// Says why a document could not be exported as SPDX 3.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ExportSpdx3Error {
    /// The document nests too deep.
    #[error("the document nests deeper than {limit} levels")]
    Depth {
        /// The limit.
        limit: usize,
    },
    /// Two components have the same `bom-ref`, so that nobody could tell which one is meant.
    #[error(
        "bom-ref `{}` at {} stands at {} too",
        Terminal(reference),
        Terminal(second),
        Terminal(first)
    )]
    Duplicate {
        /// The reference.
        reference: String,
        /// The JSON pointer of the first component.
        first: String,
        /// The JSON pointer of the second component.
        second: String,
    },
    /// The document is not CycloneDX of a version that is read.
    #[error(
        "expected a CycloneDX document of version 1.2 to 1.7, found {}",
        Terminal(found)
    )]
    Format {
        /// What was found.
        found: String,
    },
    /// The document has no JSON form.
    #[error("the document has no json form")]
    Json {
        /// What is wrong.
        source: JsonError,
    },
    /// The namespace is not an absolute IRI without a fragment.
    #[error(
        "expected a namespace such as https://example.com/spdx/model-1, found `{}`",
        Terminal(found)
    )]
    Namespace {
        /// What was given.
        found: String,
    },
}

impl ExportSpdx3Error {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Depth { .. } => "bom.spdx3.depth",
            Self::Duplicate { .. } => "bom.spdx3.duplicate",
            Self::Format { .. } => "bom.spdx3.format",
            Self::Json { source } => source.code(),
            Self::Namespace { .. } => "bom.spdx3.namespace",
        }
    }
}
