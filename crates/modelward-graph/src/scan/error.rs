use modelward_artifact::escape::Terminal;
use modelward_artifact::json::JsonError;
use thiserror::Error;

use crate::scan::ScanTool;

/// Says why a text is not the report of a scanner.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadScanError {
    /// It is not strict JSON within the limits.
    #[error("scan report is not json")]
    Json {
        /// The cause.
        source: JsonError,
    },
    /// A member that has to be there is not, or has another shape.
    #[error(
        "expected {expected} at `{}` of the report of {tool}",
        Terminal(pointer)
    )]
    Shape {
        /// The tool.
        tool: ScanTool,
        /// The place, a JSON Pointer (RFC 6901).
        pointer: String,
        /// What belongs there, in words.
        expected: &'static str,
    },
    /// The text has no summary: the scan did not end.
    #[error("the report of {tool} has no summary")]
    NoSummary {
        /// The tool.
        tool: ScanTool,
    },
    /// The text is larger than the limits allow.
    #[error("scan report has more than {limit} bytes or lines")]
    TooLarge {
        /// The limit.
        limit: usize,
    },
}

impl ReadScanError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Json { .. } => "graph.scan.json",
            Self::Shape { .. } => "graph.scan.shape",
            Self::NoSummary { .. } => "graph.scan.no_summary",
            Self::TooLarge { .. } => "graph.scan.too_large",
        }
    }
}
