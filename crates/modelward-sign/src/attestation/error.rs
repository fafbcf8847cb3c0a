use modelward_artifact::ParseDigestError;
use modelward_artifact::escape::Terminal;
use modelward_artifact::json::JsonError;
use thiserror::Error;

use crate::STATEMENT_TYPE;

/// Says why something is not an attestation.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum AttestationError {
    /// A digest is none of its algorithm.
    #[error("subject `{}` has no digest of its algorithm", Terminal(name))]
    Digest {
        /// The subject.
        name: String,
        /// What is wrong with the digest.
        source: ParseDigestError,
    },
    /// The text is not the expected JSON.
    #[error("attestation is not the expected json")]
    Json {
        /// What is wrong.
        source: JsonError,
    },
    /// A subject has no digest of an algorithm that is known.
    #[error("subject `{}` has no digest of a known algorithm", Terminal(name))]
    NoDigest {
        /// The subject.
        name: String,
    },
    /// It is about nothing.
    #[error("attestation has no subject")]
    NoSubject,
    /// The predicate type is empty, or that of a signed model, which is no attestation.
    #[error("`{}` is not the predicate type of an attestation", Terminal(found))]
    PredicateType {
        /// The predicate type.
        found: String,
    },
    /// The statement is of another type or version.
    #[error(
        "statement has the type `{}`, expected `{STATEMENT_TYPE}`",
        Terminal(found)
    )]
    Type {
        /// The type.
        found: String,
    },
}

impl AttestationError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Digest { .. } => "sign.attestation.digest",
            Self::Json { source } => source.code(),
            Self::NoDigest { .. } => "sign.attestation.no_digest",
            Self::NoSubject => "sign.attestation.no_subject",
            Self::PredicateType { .. } => "sign.attestation.predicate_type",
            Self::Type { .. } => "sign.attestation.type",
        }
    }
}
