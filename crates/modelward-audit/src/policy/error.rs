use modelward_artifact::escape::Terminal;
use modelward_artifact::json::JsonError;
use thiserror::Error;

/// Says why a text is no release policy.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadReleasePolicyError {
    /// The text passes a limit of JSON, or the policy has no canonical form.
    #[error("the policy is not the json that was expected")]
    Json {
        /// What is wrong.
        #[from]
        source: JsonError,
    },
    /// It is malformed, lacks a member, or has one that is unknown or wrong.
    #[error("policy refused at line {line}, column {column}: {}", Terminal(reason))]
    Refused {
        /// The line, counted from 1.
        line: usize,
        /// The column, counted in bytes from 1.
        column: usize,
        /// What is wrong there.
        reason: String,
    },
    /// The text is too large.
    #[error("the policy is larger than {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: usize,
    },
}

impl ReadReleasePolicyError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Json { source } => source.code(),
            Self::Refused { .. } => "audit.policy.refused",
            Self::TooLarge { .. } => "audit.policy.too_large",
        }
    }
}
