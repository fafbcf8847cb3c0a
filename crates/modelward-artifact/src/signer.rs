use std::error::Error as StdError;
use std::fmt;

use thiserror::Error;

use crate::{Digest, DigestAlgorithm};

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

    /// Returns the hash function of the scheme.
    #[must_use]
    pub const fn digest_algorithm(self) -> DigestAlgorithm {
        match self {
            Self::EcdsaP256Sha256 => DigestAlgorithm::Sha256,
            Self::EcdsaP384Sha384 => DigestAlgorithm::Sha384,
            Self::EcdsaP521Sha512 => DigestAlgorithm::Sha512,
        }
    }
}

impl fmt::Display for SignatureAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Holds bytes to sign with their digest: tokens and key services often take the digest alone.
///
/// ```
/// use modelward_artifact::{Digest, Message, SignatureAlgorithm};
///
/// let message = Message::new(SignatureAlgorithm::EcdsaP256Sha256, b"abc");
/// assert_eq!((message.bytes(), *message.digest()), (&b"abc"[..], Digest::sha256(b"abc")));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Message<'a> {
    bytes: &'a [u8],
    digest: Digest,
}

impl<'a> Message<'a> {
    /// Hashes the bytes with the hash function of the scheme.
    #[must_use]
    pub fn new(algorithm: SignatureAlgorithm, bytes: &'a [u8]) -> Self {
        let digest = Digest::of(algorithm.digest_algorithm(), bytes);
        Self { bytes, digest }
    }

    /// Returns the bytes.
    #[must_use]
    pub const fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// Returns the digest of the bytes by the hash function of the scheme.
    #[must_use]
    pub const fn digest(&self) -> &Digest {
        &self.digest
    }
}

/// Signs bytes with a key that may live elsewhere: a file, a token, a key service.
///
/// Implementations are `Send + Sync`, so that one signer serves many threads.
pub trait Signer: Send + Sync {
    /// Returns the scheme of every signature that [`Signer::sign`] makes.
    fn algorithm(&self) -> SignatureAlgorithm;

    /// Names the key for people: a file, the URI of a token's object, the resource of a service.
    ///
    /// The name holds no secret. By default it is SHA-256 of the public key.
    fn key_name(&self) -> String {
        Digest::sha256(self.public_key_der()).to_string()
    }

    /// Returns the public key as DER of a `SubjectPublicKeyInfo` (RFC 5280, section 4.1).
    fn public_key_der(&self) -> &[u8];

    /// Returns the signature of a message of [`Signer::algorithm`].
    ///
    /// It is the signature of the bytes; the digest saves the signer from hashing them itself.
    ///
    /// # Errors
    ///
    /// [`SignerError`] where the key could not be used.
    fn sign(&self, message: &Message<'_>) -> Result<Vec<u8>, SignerError>;
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
