use modelward_artifact::escape::Terminal;
use modelward_artifact::{HashError, SignerError};
use thiserror::Error;

use crate::ReadStatementError;

/// Says why a model could not be signed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SignError {
    /// The certificate is of another key than the signer's.
    #[error(
        "the certificate `{}` is of another key than the signer's",
        Terminal(subject)
    )]
    Certificate {
        /// The subject of the certificate.
        subject: String,
    },
    /// There are more certificates than a bundle may carry.
    #[error("{found} certificates are more than the {limit} that a bundle may carry")]
    Certificates {
        /// How many there are.
        found: usize,
        /// The limit.
        limit: usize,
    },
    /// The signer's public key cannot be named in a bundle.
    #[error("the signer's public key is not one that a bundle can name")]
    Key {
        /// What is wrong with it.
        source: crate::ReadKeyError,
    },
    /// What the signer made is not a signature of its public key; see
    /// [`check_signer`](crate::check_signer).
    #[error("the signer made a signature that its public key does not verify")]
    Signature,
    /// The signer could not sign.
    #[error(transparent)]
    Signer(#[from] SignerError),
}

impl SignError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Certificate { .. } => "sign.certificate.key",
            Self::Certificates { .. } => "sign.signer.certificates",
            Self::Key { source } => source.code(),
            Self::Signature => "sign.signer.signature",
            Self::Signer(source) => source.code(),
        }
    }
}

/// Says why there is no answer to whether a model is the one that was signed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum VerifyError {
    /// The signed attestation is not understood.
    #[error("the signed attestation is not understood")]
    Attestation {
        /// What is not understood.
        source: crate::AttestationError,
    },
    /// The model could not be read.
    #[error(transparent)]
    Hash(#[from] HashError),
    /// A manifest was hashed in another way than the signed one.
    #[error("the manifest has {found}, signed is {expected}")]
    Manifest {
        /// Algorithm and layout of the signed statement.
        expected: String,
        /// Algorithm and layout of the manifest.
        found: String,
    },
    /// A keyless signature or what it is checked by is of a kind that is not understood.
    #[cfg(feature = "sigstore")]
    #[error("the keyless signature cannot be checked")]
    Sigstore {
        /// What is not understood.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The signed statement is not understood.
    #[error("the signed statement is not understood")]
    Statement {
        /// What is not understood.
        source: ReadStatementError,
    },
}

impl VerifyError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Attestation { source } => source.code(),
            Self::Hash(source) => source.code(),
            Self::Manifest { .. } => "sign.verify.manifest",
            #[cfg(feature = "sigstore")]
            Self::Sigstore { .. } => "sign.sigstore.unsupported",
            Self::Statement { source } => source.code(),
        }
    }
}
