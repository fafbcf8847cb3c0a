use modelward_artifact::escape::Terminal;
use modelward_artifact::json::JsonError;
use thiserror::Error;

/// Says why a text is not a report of AVID.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadEvidenceError {
    /// It is not strict JSON within the limits.
    #[error("report of avid is not json")]
    Json {
        /// The cause.
        source: JsonError,
    },
    /// One line of several is none.
    #[error("line {line} is not a report of avid")]
    Line {
        /// Its number, counted from 1.
        line: usize,
        /// The cause.
        source: Box<Self>,
    },
    /// A member that is read has another shape.
    #[error("expected {expected} at `{}` of report of avid", Terminal(pointer))]
    Shape {
        /// The place, a JSON Pointer (RFC 6901).
        pointer: String,
        /// What belongs there, in words.
        expected: &'static str,
    },
}

impl ReadEvidenceError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Json { .. } => "graph.evidence.json",
            Self::Line { .. } => "graph.evidence.line",
            Self::Shape { .. } => "graph.evidence.shape",
        }
    }
}
