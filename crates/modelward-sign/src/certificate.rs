use std::fmt;
use std::sync::Arc;

use modelward_artifact::{Digest, Timestamp};
use x509_cert::der::pem::{LineEnding, encode_string};
use x509_cert::der::{Decode as _, Document, Encode as _, Header, Reader as _, SliceReader};
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::spki::AlgorithmIdentifierOwned;
use x509_cert::time::Time;

use self::error::malformed;
use crate::{PublicKey, ReadKeyError};

pub(crate) use self::extensions::{Extensions, check_once};
pub(crate) use self::name::DistinguishedName;

pub use self::error::ReadCertificateError;

mod error;
mod extensions;
mod name;

/// How errors call what is read here.
const CERTIFICATE: &str = "certificate";

/// The largest certificate that is read, in bytes.
const MAX_BYTES: usize = 64 << 10;

/// Holds an X.509 certificate (RFC 5280).
///
/// - No extension stands twice.
/// - Nothing is verified: see [`verify_chain`](crate::verify_chain).
#[derive(Clone)]
pub struct Certificate {
    inner: Arc<Inner>,
}

pub(crate) struct Inner {
    der: Vec<u8>,
    pub(crate) signed: Vec<u8>,
    pub(crate) algorithm: AlgorithmIdentifierOwned,
    pub(crate) inner_algorithm: AlgorithmIdentifierOwned,
    pub(crate) signature: Vec<u8>,
    pub(crate) key: Vec<u8>,
    pub(crate) is_v3: bool,
    pub(crate) subject: DistinguishedName,
    pub(crate) issuer: DistinguishedName,
    pub(crate) serial: Vec<u8>,
    pub(crate) extensions: Extensions,
    not_before: Timestamp,
    not_after: Timestamp,
    names: Vec<SubjectName>,
}

/// Names the holder of a certificate beside its subject (RFC 5280, section 4.2.1.6).
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum SubjectName {
    /// A host.
    Dns(String),
    /// An e-mail address.
    Email(String),
    /// A URI, such as that of a SPIFFE workload.
    Uri(String),
}

impl Certificate {
    /// Reads one certificate in DER.
    ///
    /// # Errors
    ///
    /// [`ReadCertificateError`] where the bytes are too many or no certificate.
    pub fn from_der(der: &[u8]) -> Result<Self, ReadCertificateError> {
        if der.len() > MAX_BYTES {
            return Err(ReadCertificateError::TooLarge {
                what: CERTIFICATE,
                limit: MAX_BYTES,
            });
        }
        let failed = malformed(CERTIFICATE);
        let read = x509_cert::Certificate::from_der(der).map_err(&failed)?;
        let tbs = read.tbs_certificate();
        let extensions = tbs.extensions().map_or(&[][..], Vec::as_slice);
        let is_v3 = tbs.version() == x509_cert::Version::V3;
        if !is_v3 && !extensions.is_empty() {
            return Err(ReadCertificateError::Malformed {
                what: CERTIFICATE,
                source: "extensions need version 3 (RFC 5280, section 4.1.2.9)".into(),
            });
        }
        let extensions = Extensions::read(extensions)?;
        let signature = read.signature().as_bytes();
        Ok(Self {
            inner: Arc::new(Inner {
                der: der.to_vec(),
                signed: signed_part(der).map_err(&failed)?,
                algorithm: read.signature_algorithm().clone(),
                inner_algorithm: tbs.signature().clone(),
                signature: signature.unwrap_or_default().to_vec(),
                key: tbs.subject_public_key_info().to_der().map_err(&failed)?,
                is_v3,
                subject: DistinguishedName::of(tbs.subject()),
                issuer: DistinguishedName::of(tbs.issuer()),
                serial: tbs.serial_number().as_bytes().to_vec(),
                not_before: timestamp(tbs.validity().not_before),
                not_after: timestamp(tbs.validity().not_after),
                names: extensions
                    .alternative_names
                    .iter()
                    .filter_map(SubjectName::of)
                    .collect(),
                extensions,
            }),
        })
    }

    /// Reads the first certificate of a text in PEM (`CERTIFICATE`, RFC 7468, section 5).
    ///
    /// # Errors
    ///
    /// [`ReadCertificateError`] where there is none or it cannot be read.
    pub fn from_pem(pem: &str) -> Result<Self, ReadCertificateError> {
        let first = Self::read_pem_all(pem, usize::MAX)?.into_iter().next();
        first.ok_or(ReadCertificateError::NoPem {
            expected: "CERTIFICATE",
        })
    }

    /// Reads every certificate of a text in PEM. Blocks of other kinds are refused.
    ///
    /// # Errors
    ///
    /// [`ReadCertificateError`] where there are none, more than `max`, or one cannot be read.
    pub fn read_pem_all(pem: &str, max: usize) -> Result<Vec<Self>, ReadCertificateError> {
        let mut certificates = Vec::new();
        for der in pem_blocks(pem, "CERTIFICATE", CERTIFICATE)? {
            if certificates.len() == max {
                return Err(ReadCertificateError::TooMany { limit: max });
            }
            certificates.push(Self::from_der(&der)?);
        }
        Ok(certificates)
    }

    /// Returns the bytes that were read.
    #[must_use]
    pub fn as_der(&self) -> &[u8] {
        &self.inner.der
    }

    /// Writes the certificate in PEM.
    ///
    /// # Panics
    ///
    /// Never: a certificate has a PEM form.
    #[must_use]
    pub fn to_pem(&self) -> String {
        encode_string("CERTIFICATE", LineEnding::LF, self.as_der())
            .expect("a certificate is small enough for PEM")
    }

    /// Returns SHA-256 of the certificate in DER.
    #[must_use]
    pub fn fingerprint(&self) -> Digest {
        Digest::sha256(self.as_der())
    }

    /// Returns SHA-256 of the public key in DER (`SubjectPublicKeyInfo`), by which keys are pinned.
    #[must_use]
    pub fn public_key_digest(&self) -> Digest {
        Digest::sha256(&self.inner.key)
    }

    /// Returns the public key, where it is on a curve that OMS signs with.
    ///
    /// # Errors
    ///
    /// [`ReadKeyError`] for a key of another kind.
    pub fn public_key(&self) -> Result<PublicKey, ReadKeyError> {
        PublicKey::from_der(&self.inner.key)
    }

    /// Returns the subject as RFC 4514 writes it, such as `CN=signer,O=Example`.
    #[must_use]
    pub fn subject(&self) -> &str {
        self.inner.subject.as_str()
    }

    /// Returns the issuer as RFC 4514 writes it.
    #[must_use]
    pub fn issuer(&self) -> &str {
        self.inner.issuer.as_str()
    }

    /// Returns the serial number in lowercase hexadecimal digits, two a byte.
    #[must_use]
    pub fn serial(&self) -> String {
        let bytes = self.inner.serial.iter();
        bytes.map(|byte| format!("{byte:02x}")).collect()
    }

    /// Returns the names of the holder beside the subject.
    #[must_use]
    pub fn subject_names(&self) -> &[SubjectName] {
        &self.inner.names
    }

    /// Returns the first instant of validity.
    #[must_use]
    pub fn not_before(&self) -> Timestamp {
        self.inner.not_before
    }

    /// Returns the last instant of validity.
    #[must_use]
    pub fn not_after(&self) -> Timestamp {
        self.inner.not_after
    }

    /// Returns SHA-256 of the public key in PEM, by which OMS bundles name a key.
    pub(crate) fn key_hint(&self) -> Digest {
        let pem = encode_string("PUBLIC KEY", LineEnding::LF, &self.inner.key);
        Digest::sha256(pem.unwrap_or_default().as_bytes())
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.inner
    }

    /// Tells whether subject and issuer are one, as in a root, but also where a key changes.
    pub(crate) fn is_self_issued(&self) -> bool {
        self.inner.subject.matches(&self.inner.issuer)
    }
}

impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        self.as_der() == other.as_der()
    }
}

impl Eq for Certificate {}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Certificate({}, {})", self.subject(), self.fingerprint())
    }
}

impl SubjectName {
    fn of(name: &GeneralName) -> Option<Self> {
        match name {
            GeneralName::DnsName(name) => Some(Self::Dns(name.to_string())),
            GeneralName::Rfc822Name(name) => Some(Self::Email(name.to_string())),
            GeneralName::UniformResourceIdentifier(name) => Some(Self::Uri(name.to_string())),
            _ => None,
        }
    }
}

/// Returns what the signature of a certificate or a revocation list covers, as it was read.
pub(crate) fn signed_part(der: &[u8]) -> Result<Vec<u8>, x509_cert::der::Error> {
    let mut reader = SliceReader::new(der)?;
    Header::decode(&mut reader)?;
    Ok(reader.tlv_bytes()?.to_vec())
}

/// Turns a time of a certificate into ours. The last second of the year 9999, by which authorities
/// say "never" (RFC 5280, section 4.1.2.5), becomes our last.
pub(crate) fn timestamp(time: Time) -> Timestamp {
    let seconds = i64::try_from(time.to_unix_duration().as_secs()).unwrap_or(i64::MAX);
    Timestamp::from_unix_seconds(seconds).unwrap_or(Timestamp::MAX)
}

/// Lists the contents of the PEM blocks of one kind.
pub(crate) fn pem_blocks(
    pem: &str,
    expected: &'static str,
    what: &'static str,
) -> Result<Vec<Vec<u8>>, ReadCertificateError> {
    const END: &str = "-----END ";
    let mut blocks = Vec::new();
    let mut rest = pem;
    while let Some(start) = rest.find("-----BEGIN ") {
        let text = &rest[start..];
        let end = text.find(END).map(|at| at + END.len());
        let end = end.and_then(|at| text[at..].find("-----").map(|length| at + length + 5));
        let end = end.unwrap_or(text.len());
        let (label, document) = Document::from_pem(&text[..end]).map_err(malformed(what))?;
        if label != expected {
            return Err(ReadCertificateError::Label {
                expected,
                found: label.to_owned(),
            });
        }
        blocks.push(document.as_bytes().to_vec());
        rest = &text[end..];
    }
    if blocks.is_empty() {
        return Err(ReadCertificateError::NoPem { expected });
    }
    Ok(blocks)
}
