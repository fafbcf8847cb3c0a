use modelward_artifact::escape::Terminal;
use modelward_artifact::json::JsonError;
use thiserror::Error;

use super::{BUNDLE_MEDIA_TYPE, MAX_CERTIFICATES};

/// Says why a text is not a bundle that can be verified here.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadBundleError {
    /// A member is not base64.
    #[error("bundle member `{member}` is not base64")]
    Base64 {
        /// The member.
        member: &'static str,
    },
    /// The bundle has no certificate, or more than are ever needed.
    #[error("bundle has {found} certificates, expected 1 to {MAX_CERTIFICATES}")]
    Certificates {
        /// How many there are.
        found: usize,
    },
    /// The key's hint is not a SHA-256 digest.
    #[error("bundle names its key by something that is no SHA-256 digest")]
    Hint,
    /// The text is not the expected JSON.
    #[error("bundle is not the expected json")]
    Json {
        /// What is wrong.
        source: JsonError,
    },
    /// The key that an old bundle carries cannot be read.
    #[error("bundle carries a public key that cannot be read")]
    Key {
        /// What is wrong.
        source: crate::ReadKeyError,
    },
    /// The bundle is of another kind or version.
    #[error(
        "bundle has the media type `{}`, expected `{BUNDLE_MEDIA_TYPE}`",
        Terminal(found)
    )]
    MediaType {
        /// The media type found.
        found: String,
    },
    /// The bundle does not say how it is verified, or says it in more than one way.
    #[error("bundle has {found} of a public key, a certificate and a chain of them, expected 1")]
    Methods {
        /// How many there are.
        found: usize,
    },
    /// There is not exactly one signature.
    #[error("bundle has {found} signatures, expected 1")]
    Signatures {
        /// How many there are.
        found: usize,
    },
}

impl ReadBundleError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Base64 { .. } => "sign.bundle.base64",
            Self::Certificates { .. } => "sign.bundle.certificates",
            Self::Hint => "sign.bundle.hint",
            Self::Json { source } => source.code(),
            Self::Key { source } => source.code(),
            Self::MediaType { .. } => "sign.bundle.media_type",
            Self::Methods { .. } => "sign.bundle.methods",
            Self::Signatures { .. } => "sign.bundle.signatures",
        }
    }
}
