use std::error::Error as StdError;
use std::fmt;

use thiserror::Error;

/// Names a signature scheme: key type, hash function and encoding.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum SignatureAlgorithm {
    /// ECDSA on P-256 with SHA-256, signature in ASN.1 DER (FIPS 186-5, RFC 3279).
    EcdsaP256Sha256,
    /// ECDSA on P-384 with SHA-384, signature in ASN.1 DER.
    EcdsaP384Sha384,
    /// ECDSA on P-521 with SHA-512, signature in ASN.1 DER.
    EcdsaP521Sha512,
}

impl SignatureAlgorithm {
    /// Returns the name, such as `ecdsa-p256-sha256`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::EcdsaP256Sha256 => "ecdsa-p256-sha256",
            Self::EcdsaP384Sha384 => "ecdsa-p384-sha384",
            Self::EcdsaP521Sha512 => "ecdsa-p521-sha512",
        }
    }
}

impl fmt::Display for SignatureAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Signs bytes with a key that may live elsewhere: a file, a token, a key service.
///
/// Implementations are `Send + Sync`, so that one signer serves many threads.
pub trait Signer: Send + Sync {
    /// Returns the scheme of every signature that [`Signer::sign`] makes.
    fn algorithm(&self) -> SignatureAlgorithm;

    /// Returns the public key as DER of a `SubjectPublicKeyInfo` (RFC 5280, section 4.1).
    fn public_key_der(&self) -> &[u8];

    /// Returns the signature of `message`, which the signer hashes itself.
    ///
    /// # Errors
    ///
    /// [`SignerError`] where the key could not be used.
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignerError>;
}

/// Says that a signer could not sign. The cause is its source.
#[derive(Debug, Error)]
#[error("the signer could not sign")]
pub struct SignerError {
    source: Box<dyn StdError + Send + Sync>,
}

impl SignerError {
    /// Wraps the cause.
    #[must_use]
    pub fn new(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            source: source.into(),
        }
    }

    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "artifact.signer.failed"
    }
}
