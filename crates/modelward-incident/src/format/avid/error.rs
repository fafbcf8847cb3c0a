use modelward_artifact::escape::Terminal;
use modelward_artifact::json::JsonError;
use thiserror::Error;

/// Says why a text is no document of AVID.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum AvidError {
    /// The text is not strict JSON or passes a limit.
    #[error("avid document is not valid json")]
    Json {
        /// What is wrong with it.
        source: JsonError,
    },
    /// A part has another shape than the format says.
    #[error("avid document has an unexpected shape at `{}`", Terminal(pointer))]
    Shape {
        /// Where, as a JSON pointer (RFC 6901); empty for the whole.
        pointer: String,
        /// What differs.
        source: serde_json::Error,
    },
}

impl AvidError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Json { source } => source.code(),
            Self::Shape { .. } => "incident.avid.shape",
        }
    }

    /// Returns the place of the part that is not as expected, as a JSON pointer (RFC 6901).
    #[must_use]
    pub fn pointer(&self) -> Option<&str> {
        match self {
            Self::Json { .. } => None,
            Self::Shape { pointer, .. } => Some(pointer),
        }
    }
}
