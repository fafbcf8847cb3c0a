use std::fmt;

use modelward_artifact::escape::Terminal;
use modelward_artifact::{
    Digest, Finding, Message, SignatureAlgorithm, Signer, SignerError, Verdict,
};
use pkcs8::PrivateKeyInfoRef;
use sec1::{EcParameters, EcPrivateKey};
use thiserror::Error;
use x509_cert::der::asn1::ObjectIdentifier;
use x509_cert::der::{Decode as _, Document, SecretDocument};
use x509_cert::spki::{AlgorithmIdentifierRef, SubjectPublicKeyInfoRef};
use zeroize::Zeroizing;

use self::curve::{Public, Secret};

pub use self::curve::Curve;

mod curve;
#[cfg(feature = "encrypted-keys")]
mod encrypted;

/// `id-ecPublicKey` (RFC 5480, section 2.1.1).
pub(crate) const EC_PUBLIC_KEY: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");

/// The PEM blocks that hold a private key which is read.
const PRIVATE: &str = "PRIVATE KEY, ENCRYPTED PRIVATE KEY or EC PRIVATE KEY";

/// Signs with a private key on P-256, P-384 or P-521 that is held in memory.
///
/// The key is wiped when it is dropped, cannot be cloned and is not shown by `Debug`.
///
/// ```
/// # #[cfg(feature = "keygen")] {
/// use modelward_sign::{Curve, SigningKey};
///
/// let key = SigningKey::generate_on(Curve::P384);
/// let again = SigningKey::from_pem(&key.to_pem())?;
/// assert_eq!(again.public_key(), key.public_key());
/// # }
/// # Ok::<(), modelward_sign::ReadKeyError>(())
/// ```
pub struct SigningKey {
    secret: Secret,
    public: PublicKey,
}

impl SigningKey {
    /// Makes a fresh key on P-256 from the operating system's random numbers.
    ///
    /// # Panics
    ///
    /// Where the operating system has no random numbers.
    #[cfg(feature = "keygen")]
    #[must_use]
    pub fn generate() -> Self {
        Self::generate_on(Curve::P256)
    }

    /// Makes a fresh key on a curve from the operating system's random numbers.
    ///
    /// # Panics
    ///
    /// Where the operating system has no random numbers.
    #[cfg(feature = "keygen")]
    #[must_use]
    pub fn generate_on(curve: Curve) -> Self {
        Self::from_secret(Secret::generate(curve))
    }

    /// Reads a private key in PEM: PKCS#8 (`PRIVATE KEY`) or SEC1 (`EC PRIVATE KEY`).
    ///
    /// Other blocks before it, such as `EC PARAMETERS`, are passed over.
    ///
    /// # Errors
    ///
    /// [`ReadKeyError`] where the text is no PEM, or the key is encrypted or on no known curve.
    pub fn from_pem(pem: &str) -> Result<Self, ReadKeyError> {
        Self::from_block(&Block::private(pem)?)
    }

    /// Reads a private key in PEM that is encrypted as PKCS#8 (`ENCRYPTED PRIVATE KEY`, RFC 5958)
    /// by PBES2 with PBKDF2 or scrypt. A key that is not encrypted is read too.
    ///
    /// # Errors
    ///
    /// [`ReadKeyError`] as [`from_pem`](Self::from_pem), and [`ReadKeyError::Decrypt`] where the
    /// password is wrong or the encryption is none of these, or [`ReadKeyError::Cost`] where to decrypt
    /// it takes more than 2,000,000 iterations of PBKDF2 or 128 MiB of scrypt.
    #[cfg(feature = "encrypted-keys")]
    pub fn from_encrypted_pem(pem: &str, password: &[u8]) -> Result<Self, ReadKeyError> {
        let block = Block::private(pem)?;
        if block.label != "ENCRYPTED PRIVATE KEY" {
            return Self::from_block(&block);
        }
        let document = block.secret()?;
        let encrypted =
            pkcs8::EncryptedPrivateKeyInfoRef::from_der(document.as_bytes()).map_err(malformed)?;
        encrypted::check(&encrypted.encryption_algorithm)?;
        let plain = encrypted.decrypt(password);
        let plain = plain.map_err(|error| ReadKeyError::Decrypt {
            source: error.to_string().into(),
        })?;
        Self::from_pkcs8_document(&plain)
    }

    /// Writes the private key as PKCS#8 in PEM. The text is wiped when it is dropped.
    ///
    /// # Panics
    ///
    /// Never: a key on a known curve has a PKCS#8 form.
    #[must_use]
    pub fn to_pem(&self) -> Zeroizing<String> {
        self.secret.to_pem()
    }

    /// Returns the public key.
    #[must_use]
    pub const fn public_key(&self) -> &PublicKey {
        &self.public
    }

    fn from_block(block: &Block<'_>) -> Result<Self, ReadKeyError> {
        match block.label {
            "PRIVATE KEY" => Self::from_pkcs8_document(&block.secret()?),
            "EC PRIVATE KEY" => Self::from_sec1_document(&block.secret()?),
            "ENCRYPTED PRIVATE KEY" => Err(ReadKeyError::Encrypted),
            other => Err(ReadKeyError::Label {
                expected: PRIVATE,
                found: shortened(other),
            }),
        }
    }

    /// Reads PKCS#8 (RFC 5958).
    fn from_pkcs8_document(document: &SecretDocument) -> Result<Self, ReadKeyError> {
        let der = document.as_bytes();
        let info = PrivateKeyInfoRef::from_der(der).map_err(malformed)?;
        let curve = curve_of(&info.algorithm)?;
        Secret::from_pkcs8(curve, der)
            .map(Self::from_secret)
            .map_err(malformed)
    }

    /// Reads SEC1 (RFC 5915), whose curve may be left to the length of the key.
    fn from_sec1_document(document: &SecretDocument) -> Result<Self, ReadKeyError> {
        let der = document.as_bytes();
        let info = EcPrivateKey::from_der(der).map_err(malformed)?;
        let curve = match info.parameters {
            Some(EcParameters::NamedCurve(oid)) => known_curve(oid)?,
            None => match info.private_key.len() {
                32 => Curve::P256,
                48 => Curve::P384,
                66 => Curve::P521,
                _ => return Err(malformed("the key has the length of no known curve")),
            },
        };
        Secret::from_sec1(curve, der)
            .map(Self::from_secret)
            .map_err(malformed)
    }

    fn from_secret(secret: Secret) -> Self {
        let public = PublicKey::from_key(secret.public());
        Self { secret, public }
    }
}

impl Signer for SigningKey {
    fn algorithm(&self) -> SignatureAlgorithm {
        self.public.curve().algorithm()
    }

    fn public_key_der(&self) -> &[u8] {
        self.public.as_der()
    }

    fn sign(&self, message: &Message<'_>) -> Result<Vec<u8>, SignerError> {
        self.secret.sign(message.bytes()).map_err(SignerError::new)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey")
            .field("public", &self.public)
            .finish_non_exhaustive()
    }
}

/// Verifies signatures of one key on P-256, P-384 or P-521.
#[derive(Clone, Eq, PartialEq)]
pub struct PublicKey {
    key: Public,
    der: Vec<u8>,
    pem: String,
}

impl PublicKey {
    /// Reads a public key in PEM (`PUBLIC KEY`, RFC 7468, section 13).
    ///
    /// # Errors
    ///
    /// [`ReadKeyError`] where the text is no PEM or the key is on no known curve.
    pub fn from_pem(pem: &str) -> Result<Self, ReadKeyError> {
        let block = Block::find(pem, |label| label == "PUBLIC KEY", "PUBLIC KEY")?;
        let (_, document) = Document::from_pem(block.text).map_err(malformed)?;
        Self::from_der(document.as_bytes())
    }

    /// Reads a `SubjectPublicKeyInfo` in DER (RFC 5280, section 4.1).
    ///
    /// # Errors
    ///
    /// [`ReadKeyError`] where the bytes are no such structure or the key is on no known curve.
    pub fn from_der(der: &[u8]) -> Result<Self, ReadKeyError> {
        let info = SubjectPublicKeyInfoRef::from_der(der).map_err(malformed)?;
        let curve = curve_of(&info.algorithm)?;
        Public::from_der(curve, der)
            .map(Self::from_key)
            .map_err(malformed)
    }

    /// Returns the curve.
    #[must_use]
    pub const fn curve(&self) -> Curve {
        self.key.curve()
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

    /// Verifies that `signature`, ASN.1 DER, is this key's over `message`, hashed as the curve has it.
    ///
    /// It is for formats beside those of this crate; what a signature of a model says is
    /// [`verify_model`](crate::verify_model)'s to tell. The code of what is found:
    /// `sign.key.other_signature`.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> Verdict<()> {
        if self.verifies(message, signature) {
            return Verdict::Verified(());
        }
        let text = "the signature is not this key's over the message";
        Verdict::Rejected(Finding::new("sign.key.other_signature", text).into())
    }

    /// Tells whether `signature`, ASN.1 DER, is this key's over `message`.
    ///
    /// High values of `s` are taken, as OMS and X.509 do.
    #[must_use]
    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        self.key.verifies(message, signature)
    }

    /// Tells whether `signature`, ASN.1 DER, is this key's over a message of this digest.
    ///
    /// Only signatures that are no longer made have another hash function than the curve's own.
    #[must_use]
    pub(crate) fn verifies_digest(&self, digest: &Digest, signature: &[u8]) -> bool {
        self.key.verifies_digest(digest, signature)
    }

    fn from_key(key: Public) -> Self {
        Self {
            der: key.to_der(),
            pem: key.to_pem(),
            key,
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
    #[error("key has the algorithm {found}, expected an elliptic curve key")]
    Algorithm {
        /// The object identifier of the algorithm.
        found: String,
    },
    /// To decrypt the private key takes more time or memory than any encryption that is in use.
    #[error("private key asks for more work to be decrypted than its limit")]
    Cost,
    /// The key lies on another curve.
    #[error("key is on the curve {found}, expected P-256, P-384 or P-521")]
    Curve {
        /// The object identifier of the curve.
        found: String,
    },
    /// The private key could not be decrypted.
    #[error("private key could not be decrypted")]
    Decrypt {
        /// What is wrong: the password, or an encryption that is not known.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The private key is encrypted (PKCS#8) and needs its password.
    #[error("private key is encrypted")]
    Encrypted,
    /// The PEM block is of another kind.
    #[error("expected a PEM block {expected}, found {}", Terminal(found))]
    Label {
        /// The kinds that are read.
        expected: &'static str,
        /// The kind that was found.
        found: String,
    },
    /// The private key is encrypted in the form that OpenSSL used before PKCS#8.
    #[error("private key is encrypted in a legacy form")]
    LegacyEncrypted,
    /// The block does not hold a key.
    #[error("key is malformed")]
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
            Self::Cost => "sign.key.cost",
            Self::Curve { .. } => "sign.key.curve",
            Self::Decrypt { .. } => "sign.key.decrypt",
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
            Self::Cost => Some("encrypt it anew: openssl pkcs8 -topk8 -in KEY -out CONVERTED"),
            Self::Decrypt { .. } => Some("check the password"),
            Self::Encrypted => Some(
                "give its password, or decrypt it: openssl pkcs8 -topk8 -nocrypt -in KEY -out PLAIN",
            ),
            Self::LegacyEncrypted => {
                Some("convert it first: openssl pkcs8 -topk8 -in KEY -out CONVERTED")
            }
            Self::Algorithm { .. } | Self::Curve { .. } => {
                Some("make one: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256")
            }
            _ => None,
        }
    }
}

/// Returns SHA-256 of a `SubjectPublicKeyInfo` in PEM, also of a key that is on no known curve.
#[cfg(feature = "sigstore")]
pub(crate) fn pem_digest(der: &[u8]) -> Result<Digest, ReadKeyError> {
    use x509_cert::der::pem::{LineEnding, encode_string};

    let pem = encode_string("PUBLIC KEY", LineEnding::LF, der);
    let pem = pem.map_err(malformed)?;
    Ok(Digest::sha256(pem.as_bytes()))
}

/// Keeps what a decoder says as text: its type is not ours to show.
fn malformed(error: impl fmt::Display) -> ReadKeyError {
    ReadKeyError::Malformed {
        source: error.to_string().into(),
    }
}

/// Tells a key of another kind or curve from one that is broken.
fn curve_of(algorithm: &AlgorithmIdentifierRef<'_>) -> Result<Curve, ReadKeyError> {
    if algorithm.oid != EC_PUBLIC_KEY {
        return Err(ReadKeyError::Algorithm {
            found: algorithm.oid.to_string(),
        });
    }
    known_curve(algorithm.parameters_oid().map_err(malformed)?)
}

fn known_curve(oid: ObjectIdentifier) -> Result<Curve, ReadKeyError> {
    Curve::of(oid).ok_or_else(|| ReadKeyError::Curve {
        found: oid.to_string(),
    })
}

/// Takes as much of a label as is shown.
fn shortened(label: &str) -> String {
    label.chars().take(64).collect()
}

/// One block of a PEM text.
struct Block<'a> {
    label: &'a str,
    text: &'a str,
}

impl<'a> Block<'a> {
    /// Finds a private key that is not encrypted in the form that OpenSSL used before PKCS#8.
    fn private(pem: &'a str) -> Result<Self, ReadKeyError> {
        let block = Self::find(pem, |label| label.ends_with("PRIVATE KEY"), PRIVATE)?;
        if block.text.contains("Proc-Type: 4,ENCRYPTED") {
            return Err(ReadKeyError::LegacyEncrypted);
        }
        Ok(block)
    }

    /// Returns the bytes of the block, which wipe themselves.
    fn secret(&self) -> Result<SecretDocument, ReadKeyError> {
        let (_, document) = SecretDocument::from_pem(self.text).map_err(malformed)?;
        Ok(document)
    }

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
                found: shortened(found),
            }
        }))
    }
}
