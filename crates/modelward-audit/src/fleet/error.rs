use modelward_artifact::escape::Terminal;
use modelward_graph::{BuildGraphError, ImportError};
use thiserror::Error;

/// Says why a document was not taken into a fleet. Contradictions are no errors but findings.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum FleetError {
    /// The graph takes no more.
    #[error("the graph of the fleet takes no more")]
    Build {
        /// Which limit is reached.
        #[from]
        source: BuildGraphError,
    },
    /// Two documents were given under one name.
    #[error("there is a document `{}` already", Terminal(name))]
    DocumentTwice {
        /// The name.
        name: String,
    },
    /// The document is not one that the graph reads.
    #[error("the document `{}` is not read", Terminal(name))]
    Import {
        /// The name of the document.
        name: String,
        /// Why.
        source: ImportError,
    },
    /// A document cannot go by this name.
    #[error(
        "a document cannot be named `{}`, expected 1 to 1,024 bytes without `#` and control characters that do not begin as a link does",
        Terminal(name)
    )]
    Name {
        /// The beginning of the name.
        name: String,
    },
}

impl FleetError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Build { source } => source.code(),
            Self::DocumentTwice { .. } => "audit.fleet.document_twice",
            Self::Import { source, .. } => source.code(),
            Self::Name { .. } => "audit.fleet.name",
        }
    }
}
