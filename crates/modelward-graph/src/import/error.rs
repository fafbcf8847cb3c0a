use modelward_artifact::escape::Terminal;
use thiserror::Error;

use crate::BuildGraphError;

/// Says why a document was not read into a graph.
///
/// What of a document cannot be used is a [warning](crate::SupplyGraph::warnings), and the rest is
/// read. Only these end the reading.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ImportError {
    /// The graph grew beyond its limits. What was read of the document is in the builder until the
    /// source is [retracted](crate::SupplyGraphBuilder::retract).
    #[error(transparent)]
    Build(#[from] BuildGraphError),
    /// The document is not one of the format.
    #[error("document is not {format}: {reason}")]
    NotThisFormat {
        /// The format that was asked for.
        format: &'static str,
        /// What is missing or another.
        reason: &'static str,
    },
    /// The text is not TOML.
    #[error("line {line} is not toml: {}", Terminal(reason))]
    Toml {
        /// The line, counted from 1.
        line: usize,
        /// What is wrong there.
        reason: String,
    },
    /// The text is larger than any true one.
    #[error("{format} is larger than {limit} bytes")]
    TooLarge {
        /// The format.
        format: &'static str,
        /// The limit.
        limit: usize,
    },
    /// The format has this version, which is not known.
    #[error("{format} of version {} is not known", Terminal(found))]
    Version {
        /// The format.
        format: &'static str,
        /// The version that the document states.
        found: String,
    },
}

impl ImportError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Build(source) => source.code(),
            Self::NotThisFormat { .. } => "graph.import.not_this_format",
            Self::Toml { .. } => "graph.import.toml",
            Self::TooLarge { .. } => "graph.import.too_large",
            Self::Version { .. } => "graph.import.version",
        }
    }
}
