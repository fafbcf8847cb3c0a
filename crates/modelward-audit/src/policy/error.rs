use modelward_artifact::escape::Terminal;
use modelward_artifact::json::JsonError;
use modelward_sign::{AttestationError, SignError, VerifyError};
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

/// Says why a text is no report of a release gate.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadReleaseReportError {
    /// The report contradicts itself.
    #[error("the report contradicts itself: {what}")]
    Contradiction {
        /// How.
        what: &'static str,
    },
    /// The text is not the expected JSON.
    #[error("the report is not the json that was expected")]
    Json {
        /// What is wrong.
        #[from]
        source: JsonError,
    },
    /// The report is of a schema that this version does not know.
    #[error("the report has the unknown schema `{}`", Terminal(found))]
    Schema {
        /// The schema.
        found: String,
    },
}

impl ReadReleaseReportError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Contradiction { .. } => "audit.report.contradiction",
            Self::Json { source } => source.code(),
            Self::Schema { .. } => "audit.report.schema",
        }
    }
}

/// Says why a report was not attested, or why there is no answer on one.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum AttestReportError {
    /// The report does not make an attestation.
    #[error("the report does not make an attestation")]
    Attestation {
        /// What is wrong.
        #[from]
        source: AttestationError,
    },
    /// What was attested is no report of a release gate.
    #[error("what was attested is not a report of a release gate")]
    Report {
        /// What is wrong.
        #[from]
        source: ReadReleaseReportError,
    },
    /// It could not be signed.
    #[error("the report could not be signed")]
    Sign {
        /// What the signer said.
        #[from]
        source: SignError,
    },
    /// The signature gives no answer.
    #[error("the signature of the report gives no answer")]
    Verify {
        /// Why.
        #[from]
        source: VerifyError,
    },
}

impl AttestReportError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Attestation { source } => source.code(),
            Self::Report { source } => source.code(),
            Self::Sign { source } => source.code(),
            Self::Verify { source } => source.code(),
        }
    }
}
