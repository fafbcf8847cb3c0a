use modelward_artifact::escape::Terminal;
use modelward_artifact::json::JsonError;
use thiserror::Error;

/// Says why a text is not a document of VEX.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadVexError {
    /// It is not strict JSON within the limits.
    #[error("vex document is not json")]
    Json {
        /// The cause.
        source: JsonError,
    },
    /// A member that holds the statements has another shape.
    #[error("expected {expected} at `{}` of vex document", Terminal(pointer))]
    Shape {
        /// The place, a JSON Pointer (RFC 6901).
        pointer: String,
        /// What belongs there, in words.
        expected: &'static str,
    },
    /// It makes more statements than there may be values.
    #[error("vex document makes more than {limit} statements")]
    TooMany {
        /// The limit.
        limit: usize,
    },
    /// It is neither `OpenVEX` nor CSAF nor CycloneDX.
    #[error("expected a vex document of openvex, csaf or cyclonedx")]
    UnknownFormat,
}

impl ReadVexError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Json { .. } => "graph.vex.json",
            Self::Shape { .. } => "graph.vex.shape",
            Self::TooMany { .. } => "graph.vex.too_many",
            Self::UnknownFormat => "graph.vex.unknown_format",
        }
    }
}
