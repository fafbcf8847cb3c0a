use std::fmt;

use modelward_artifact::{Digest, SignatureAlgorithm, Signer, SignerError};
use p256::ecdsa::signature::{Signer as _, Verifier as _};
use p256::ecdsa::{DerSignature, SigningKey as P256SigningKey, VerifyingKey};
use p256::pkcs8::{
    DecodePrivateKey as _, DecodePublicKey as _, EncodePrivateKey as _, EncodePublicKey as _,
    LineEnding, PrivateKeyInfoRef,
};
use p256::{PublicKey as P256PublicKey, SecretKey};
use thiserror::Error;
use x509_cert::der::asn1::ObjectIdentifier;
use x509_cert::der::{Decode as _, Document, SecretDocument};
use x509_cert::spki::{AlgorithmIdentifierRef, SubjectPublicKeyInfoRef};
use zeroize::Zeroizing;

/// `id-ecPublicKey` (RFC 5480, section 2.1.1).
const EC_PUBLIC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");

/// `secp256r1` (RFC 5480, section 2.1.1.1).
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");

/// The PEM blocks that hold a private key which is read.
const PRIVATE: &str = "PRIVATE KEY or EC PRIVATE KEY";

/// Signs with a P-256 private key that is held in memory.
///
/// The key is wiped when it is dropped, cannot be cloned and is not shown by `Debug`.
///
/// ```
/// # #[cfg(feature = "keygen")] {
/// use modelward_sign::SigningKey;
///
/// let key = SigningKey::generate();
/// let again = SigningKey::from_pem(&key.to_pem())?;
/// assert_eq!(again.public_key(), key.public_key());
/// # }
/// # Ok::<(), modelward_sign::ReadKeyError>(())
/// ```
pub struct SigningKey {
    secret: SecretKey,
    public: PublicKey,
}

impl SigningKey {
    /// Makes a fresh key from the operating system's random numbers.
    ///
    /// # Panics
    ///
    /// Where the operating system has no random numbers.
    #[cfg(feature = "keygen")]
    #[must_use]
    pub fn generate() -> Self {
        use p256::elliptic_curve::Generate as _;

        Self::from_secret(SecretKey::generate())
    }

    /// Reads a private key in PEM: PKCS#8 (`PRIVATE KEY`) or SEC1 (`EC PRIVATE KEY`).
    ///
    /// Other blocks before it, such as `EC PARAMETERS`, are passed over.
    ///
    /// # Errors
    ///
    /// [`ReadKeyError`] where the text is no PEM, or the key is encrypted or not on P-256.
    pub fn from_pem(pem: &str) -> Result<Self, ReadKeyError> {
        let block = Block::find(pem, |label| label.ends_with("PRIVATE KEY"), PRIVATE)?;
        if block.text.contains("Proc-Type: 4,ENCRYPTED") {
            return Err(ReadKeyError::LegacyEncrypted);
        }
        let secret = match block.label {
            "PRIVATE KEY" => read_pkcs8(block.text)?,
            "EC PRIVATE KEY" => SecretKey::from_sec1_pem(block.text).map_err(malformed)?,
            "ENCRYPTED PRIVATE KEY" => return Err(ReadKeyError::Encrypted),
            other => {
                return Err(ReadKeyError::Label {
                    expected: PRIVATE,
                    found: other.to_owned(),
                });
            }
        };
        Ok(Self::from_secret(secret))
    }

    /// Writes the private key as PKCS#8 in PEM. The text is wiped when it is dropped.
    ///
    /// # Panics
    ///
    /// Never: a key on P-256 has a PKCS#8 form.
    #[must_use]
    pub fn to_pem(&self) -> Zeroizing<String> {
        self.secret
            .to_pkcs8_pem(LineEnding::LF)
            .expect("a key on P-256 has a PKCS#8 form")
    }

    /// Returns the public key.
    #[must_use]
    pub const fn public_key(&self) -> &PublicKey {
        &self.public
    }

    fn from_secret(secret: SecretKey) -> Self {
        let public = PublicKey::from_key(secret.public_key());
        Self { secret, public }
    }
}

impl Signer for SigningKey {
    fn algorithm(&self) -> SignatureAlgorithm {
        SignatureAlgorithm::EcdsaP256Sha256
    }

    fn public_key_der(&self) -> &[u8] {
        self.public.as_der()
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignerError> {
        let key = P256SigningKey::from(&self.secret);
        let signature: DerSignature = key
            .try_sign(message)
            .map_err(|error| SignerError::new(error.to_string()))?;
        Ok(signature.as_bytes().to_vec())
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey")
            .field("public", &self.public)
            .finish_non_exhaustive()
    }
}

/// Verifies signatures of one P-256 key.
#[derive(Clone, Eq, PartialEq)]
pub struct PublicKey {
    key: VerifyingKey,
    der: Vec<u8>,
    pem: String,
}

impl PublicKey {
    /// Reads a public key in PEM (`PUBLIC KEY`, RFC 7468, section 13).
    ///
    /// # Errors
    ///
    /// [`ReadKeyError`] where the text is no PEM or the key is not on P-256.
    pub fn from_pem(pem: &str) -> Result<Self, ReadKeyError> {
        let block = Block::find(pem, |label| label == "PUBLIC KEY", "PUBLIC KEY")?;
        let (_, document) = Document::from_pem(block.text).map_err(malformed)?;
        Self::from_der(document.as_bytes())
    }

    /// Reads a `SubjectPublicKeyInfo` in DER (RFC 5280, section 4.1).
    ///
    /// # Errors
    ///
    /// [`ReadKeyError`] where the bytes are no such structure or the key is not on P-256.
    pub fn from_der(der: &[u8]) -> Result<Self, ReadKeyError> {
        let info = SubjectPublicKeyInfoRef::from_der(der).map_err(malformed)?;
        check_algorithm(&info.algorithm)?;
        let key = P256PublicKey::from_public_key_der(der).map_err(malformed)?;
        Ok(Self::from_key(key))
    }

    /// Returns the key as DER of a `SubjectPublicKeyInfo`.
    #[must_use]
    pub fn as_der(&self) -> &[u8] {
        &self.der
    }

    /// Returns the key as PEM: 64 columns, line feeds, a line feed at the end.
    #[must_use]
    pub fn as_pem(&self) -> &str {
        &self.pem
    }

    /// Returns SHA-256 of [`PublicKey::as_pem`], by which OMS bundles name a key.
    #[must_use]
    pub fn hint(&self) -> Digest {
        Digest::sha256(self.pem.as_bytes())
    }

    /// Tells whether `signature`, ASN.1 DER, is this key's over `message`.
    ///
    /// High values of `s` are taken, as OMS and X.509 do.
    #[must_use]
    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        DerSignature::from_bytes(signature)
            .is_ok_and(|signature| self.key.verify(message, &signature).is_ok())
    }

    fn from_key(key: P256PublicKey) -> Self {
        let der = key
            .to_public_key_der()
            .expect("a key on P-256 has a DER form");
        let pem = key
            .to_public_key_pem(LineEnding::LF)
            .expect("a key on P-256 has a PEM form");
        Self {
            key: VerifyingKey::from(key),
            der: der.into_vec(),
            pem,
        }
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", self.hint())
    }
}

/// Says why a key could not be read. It never holds key material.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadKeyError {
    /// The key is not an elliptic curve key.
    #[error("key has the algorithm {found}, expected an elliptic curve key on P-256")]
    Algorithm {
        /// The object identifier of the algorithm.
        found: String,
    },
    /// The key lies on another curve.
    #[error("key is on the curve {found}, expected P-256")]
    Curve {
        /// The object identifier of the curve.
        found: String,
    },
    /// The private key is encrypted (PKCS#8).
    #[error("private key is encrypted")]
    Encrypted,
    /// The PEM block is of another kind.
    #[error("expected a PEM block {expected}, found {found}")]
    Label {
        /// The kinds that are read.
        expected: &'static str,
        /// The kind that was found.
        found: String,
    },
    /// The private key is encrypted in the form that OpenSSL used before PKCS#8.
    #[error("private key is encrypted in a legacy form")]
    LegacyEncrypted,
    /// The block does not hold a key on P-256.
    #[error("key is malformed or not on P-256")]
    Malformed {
        /// What is wrong.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// There is no PEM block.
    #[error("expected a PEM block {expected}, found none")]
    NoPem {
        /// The kinds that are read.
        expected: &'static str,
    },
}

impl ReadKeyError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Algorithm { .. } => "sign.key.algorithm",
            Self::Curve { .. } => "sign.key.curve",
            Self::Encrypted => "sign.key.encrypted",
            Self::Label { .. } => "sign.key.label",
            Self::LegacyEncrypted => "sign.key.legacy_encrypted",
            Self::Malformed { .. } => "sign.key.malformed",
            Self::NoPem { .. } => "sign.key.no_pem",
        }
    }

    /// Returns the next thing to do, where there is one.
    #[must_use]
    pub const fn help(&self) -> Option<&'static str> {
        match self {
            Self::Encrypted | Self::LegacyEncrypted => {
                Some("decrypt it first: openssl pkcs8 -topk8 -nocrypt -in KEY -out PLAIN")
            }
            Self::Algorithm { .. } | Self::Curve { .. } => {
                Some("make one: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256")
            }
            _ => None,
        }
    }
}

/// Reads PKCS#8 (RFC 5958) in PEM.
fn read_pkcs8(pem: &str) -> Result<SecretKey, ReadKeyError> {
    let (_, document) = SecretDocument::from_pem(pem).map_err(malformed)?;
    let info = PrivateKeyInfoRef::from_der(document.as_bytes()).map_err(malformed)?;
    check_algorithm(&info.algorithm)?;
    SecretKey::from_pkcs8_der(document.as_bytes()).map_err(malformed)
}

/// Keeps what a decoder says as text: its type is not ours to show.
fn malformed(error: impl fmt::Display) -> ReadKeyError {
    ReadKeyError::Malformed {
        source: error.to_string().into(),
    }
}

/// Tells a key of another kind or curve from one that is broken.
fn check_algorithm(algorithm: &AlgorithmIdentifierRef<'_>) -> Result<(), ReadKeyError> {
    if algorithm.oid != EC_PUBLIC_KEY {
        return Err(ReadKeyError::Algorithm {
            found: algorithm.oid.to_string(),
        });
    }
    match algorithm.parameters_oid() {
        Ok(P256) => Ok(()),
        Ok(other) => Err(ReadKeyError::Curve {
            found: other.to_string(),
        }),
        Err(error) => Err(malformed(error)),
    }
}

/// One block of a PEM text.
struct Block<'a> {
    label: &'a str,
    text: &'a str,
}

impl<'a> Block<'a> {
    /// Finds the first block whose label is wanted.
    fn find(
        pem: &'a str,
        wanted: impl Fn(&str) -> bool,
        expected: &'static str,
    ) -> Result<Self, ReadKeyError> {
        const BEGIN: &str = "-----BEGIN ";
        let mut first = None;
        let mut rest = pem;
        while let Some(start) = rest.find(BEGIN) {
            let text = &rest[start..];
            rest = &text[BEGIN.len()..];
            let Some((label, _)) = rest.split_once("-----") else {
                break;
            };
            if wanted(label) {
                return Ok(Block { label, text });
            }
            first.get_or_insert(label);
        }
        Err(first.map_or(ReadKeyError::NoPem { expected }, |found| {
            ReadKeyError::Label {
                expected,
                found: found.escape_debug().take(64).collect(),
            }
        }))
    }
}
