use modelward_artifact::Text;
use modelward_artifact::escape::Terminal;
use modelward_artifact::json::JsonError;
use modelward_sign::{AttestationError, SignError, VerifyError};
use thiserror::Error;

/// Says why a document of rollback could not be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadRollbackError {
    /// The text is not the expected JSON.
    #[error("the document of rollback is not the expected json")]
    Json {
        /// What is wrong.
        #[from]
        source: JsonError,
    },
}

impl ReadRollbackError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Json { source } => source.code(),
        }
    }
}

/// Says why a history of releases was refused.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadHistoryError {
    /// The text is not the expected JSON.
    #[error("the history of releases is not the expected json")]
    Json {
        /// What is wrong.
        #[from]
        source: JsonError,
    },
    /// A release was in production until a time before that from which on it was, or from none on.
    #[error("release {} left production and never came into it before", Terminal(.version.as_str()))]
    Period {
        /// The version.
        version: Text,
    },
    /// There are more releases or members than a history may have.
    #[error("the history has {count} releases or members, more than it may have")]
    TooMany {
        /// How many.
        count: usize,
    },
    /// A release stands there twice.
    #[error("release {} stands in the history twice", Terminal(.version.as_str()))]
    Twice {
        /// The version.
        version: Text,
    },
}

impl ReadHistoryError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Json { source } => source.code(),
            Self::Period { .. } => "audit.rollback.history.period",
            Self::TooMany { .. } => "audit.rollback.history.too_many",
            Self::Twice { .. } => "audit.rollback.history.twice",
        }
    }
}

/// Says why a plan was not attested, or gives no answer.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum AttestPlanError {
    /// The plan does not make an attestation.
    #[error("the plan does not make an attestation")]
    Attestation {
        /// What is wrong.
        #[from]
        source: AttestationError,
    },
    /// What was attested is not a plan.
    #[error("what was attested is not a plan")]
    Plan {
        /// What is wrong.
        #[from]
        source: ReadRollbackError,
    },
    /// It could not be signed.
    #[error("the plan could not be signed")]
    Sign {
        /// What the signer said.
        #[from]
        source: SignError,
    },
    /// The signature gives no answer.
    #[error("the signature of the plan gives no answer")]
    Verify {
        /// Why.
        #[from]
        source: VerifyError,
    },
}

impl AttestPlanError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Attestation { source } => source.code(),
            Self::Plan { source } => source.code(),
            Self::Sign { source } => source.code(),
            Self::Verify { source } => source.code(),
        }
    }
}
