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
