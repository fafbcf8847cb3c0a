use modelward_artifact::escape::Terminal;
use thiserror::Error;

/// Says why bytes are not a certificate or a revocation list that can be used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadCertificateError {
    /// An extension stands twice (RFC 5280, section 4.2).
    #[error("{what} has the extension {oid} twice")]
    ExtensionTwice {
        /// What was to be read.
        what: &'static str,
        /// The object identifier of the extension.
        oid: String,
    },
    /// The PEM block is of another kind.
    #[error("expected a PEM block {expected}, found {}", Terminal(found))]
    Label {
        /// The kind that is read.
        expected: &'static str,
        /// The kind that was found.
        found: String,
    },
    /// The structure is not the expected one.
    #[error("{what} is malformed")]
    Malformed {
        /// What was to be read.
        what: &'static str,
        /// What is wrong.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// There is no PEM block.
    #[error("expected a PEM block {expected}, found none")]
    NoPem {
        /// The kind that is read.
        expected: &'static str,
    },
    /// It is larger than anything of its kind has to be.
    #[error("{what} has more than {limit} bytes")]
    TooLarge {
        /// What was to be read.
        what: &'static str,
        /// The limit.
        limit: usize,
    },
    /// There are more than are ever needed.
    #[error("found more than {limit} certificates")]
    TooMany {
        /// The limit.
        limit: usize,
    },
}

impl ReadCertificateError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::ExtensionTwice { .. } => "sign.certificate.extension_twice",
            Self::Label { .. } => "sign.certificate.label",
            Self::Malformed { .. } => "sign.certificate.malformed",
            Self::NoPem { .. } => "sign.certificate.no_pem",
            Self::TooLarge { .. } => "sign.certificate.too_large",
            Self::TooMany { .. } => "sign.certificate.too_many",
        }
    }
}

/// Keeps what a decoder says as text: its type is not ours to show.
pub(super) fn malformed(
    what: &'static str,
) -> impl Fn(x509_cert::der::Error) -> ReadCertificateError {
    move |error| ReadCertificateError::Malformed {
        what,
        source: error.to_string().into(),
    }
}
