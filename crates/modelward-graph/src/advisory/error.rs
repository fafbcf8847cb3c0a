use modelward_artifact::json::JsonError;
use thiserror::Error;

/// Says why a text is not an advisory.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadAdvisoryError {
    /// It is not the JSON of a record.
    #[error("advisory is not a record of osv")]
    Json {
        /// The cause.
        source: JsonError,
    },
    /// One line of several is none.
    #[error("line {line} is not an advisory")]
    Line {
        /// Its number, counted from 1.
        line: usize,
        /// The cause.
        source: Box<Self>,
    },
}

impl ReadAdvisoryError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Json { .. } => "graph.advisory.json",
            Self::Line { .. } => "graph.advisory.line",
        }
    }
}

/// Says why a text does not name a package.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ParsePackageError {
    /// It is not a package URL.
    #[error("package is not named by a package url")]
    Purl {
        /// The cause.
        source: packageurl::Error,
    },
    /// It is longer than 2048 bytes.
    #[error(
        "package url has {found} bytes, expected at most {}",
        super::Package::MAX_LEN
    )]
    TooLong {
        /// Its length in bytes.
        found: usize,
    },
}

impl ParsePackageError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Purl { .. } => "graph.package.purl",
            Self::TooLong { .. } => "graph.package.too_long",
        }
    }
}
