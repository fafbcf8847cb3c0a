use std::collections::BTreeMap;
use std::sync::Arc;

use modelward_artifact::{Finding, Timestamp};
use x509_cert::crl::CertificateList;
use x509_cert::der::asn1::ObjectIdentifier;
use x509_cert::der::{Decode as _, oid::AssociatedOid as _};
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::crl::dp::IssuingDistributionPoint;
use x509_cert::ext::pkix::name::DistributionPointName;
use x509_cert::ext::pkix::{AuthorityKeyIdentifier, BaseCrlNumber, CrlNumber};
use x509_cert::spki::AlgorithmIdentifierOwned;

use super::build::{names_fit, signature_of};
use super::check::about;
use super::signature::{Answer, Signed};
use crate::certificate::{DistinguishedName, check_once, pem_blocks, signed_part, timestamp};
use crate::{Certificate, CertificatePolicy, ReadCertificateError};

/// How errors call what is read here.
const LIST: &str = "revocation list";

/// The largest list that is read, in bytes: those of the largest authorities have a few megabytes.
const MAX_BYTES: usize = 64 << 20;

/// `id-ce-issuingDistributionPoint` (RFC 5280, section 5.2.5).
const ISSUING_DISTRIBUTION_POINT: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.28");

/// Holds a list of the certificates that an authority revoked (CRL, RFC 5280, section 5).
///
/// Complete lists of the authority itself are read. One that is of another authority's certificates,
/// of changes alone, or has a critical extension that is not known, covers nothing.
#[derive(Clone)]
pub struct RevocationList {
    inner: Arc<Inner>,
}

struct Inner {
    signed: Vec<u8>,
    algorithm: AlgorithmIdentifierOwned,
    inner_algorithm: AlgorithmIdentifierOwned,
    signature: Vec<u8>,
    issuer: DistinguishedName,
    issuer_key: Option<Vec<u8>>,
    this_update: Timestamp,
    next_update: Option<Timestamp>,
    /// The serial numbers, each with the instant since which it is revoked.
    revoked: BTreeMap<Vec<u8>, Timestamp>,
    point: Option<IssuingDistributionPoint>,
    is_usable: bool,
}

impl RevocationList {
    /// Reads one list in DER.
    ///
    /// # Errors
    ///
    /// [`ReadCertificateError`] where the bytes are too many or no list.
    pub fn from_der(der: &[u8]) -> Result<Self, ReadCertificateError> {
        if der.len() > MAX_BYTES {
            return Err(ReadCertificateError::TooLarge {
                what: LIST,
                limit: MAX_BYTES,
            });
        }
        let read: CertificateList = CertificateList::from_der(der).map_err(malformed)?;
        let tbs = &read.tbs_cert_list;
        let extensions = Extensions::read(tbs.crl_extensions.as_deref().unwrap_or_default())?;
        let revoked = tbs.revoked_certificates.as_deref().unwrap_or_default();
        // An entry with such an extension may be about another authority's certificate.
        let plain = revoked.iter().all(|entry| {
            let extensions = entry.crl_entry_extensions.iter().flatten();
            extensions.into_iter().all(|extension| !extension.critical)
        });
        let mut since = BTreeMap::new();
        for entry in revoked {
            let date = timestamp(entry.revocation_date);
            let serial = entry.serial_number.as_bytes().to_vec();
            let known = since.entry(serial).or_insert(date);
            *known = date.min(*known);
        }
        Ok(Self {
            inner: Arc::new(Inner {
                signed: signed_part(der).map_err(malformed)?,
                algorithm: read.signature_algorithm.clone(),
                inner_algorithm: tbs.signature.clone(),
                signature: read.signature.as_bytes().unwrap_or_default().to_vec(),
                issuer: DistinguishedName::of(&tbs.issuer),
                issuer_key: extensions.issuer_key,
                this_update: timestamp(tbs.this_update),
                next_update: tbs.next_update.map(timestamp),
                revoked: since,
                point: extensions.point,
                is_usable: plain && extensions.is_usable,
            }),
        })
    }

    /// Reads the first list of a text in PEM (`X509 CRL`, RFC 7468, section 6).
    ///
    /// # Errors
    ///
    /// [`ReadCertificateError`] where there is none or it cannot be read.
    pub fn from_pem(pem: &str) -> Result<Self, ReadCertificateError> {
        match pem_blocks(pem, "X509 CRL", LIST)?.first() {
            Some(der) => Self::from_der(der),
            None => Err(ReadCertificateError::NoPem {
                expected: "X509 CRL",
            }),
        }
    }

    /// Returns the authority as RFC 4514 writes it.
    #[must_use]
    pub fn issuer(&self) -> &str {
        self.inner.issuer.as_str()
    }

    /// Returns since when the list is current.
    #[must_use]
    pub fn this_update(&self) -> Timestamp {
        self.inner.this_update
    }

    /// Returns until when the list is current, if it says so. One that does not covers nothing.
    #[must_use]
    pub fn next_update(&self) -> Option<Timestamp> {
        self.inner.next_update
    }

    /// Returns how many certificates are revoked.
    #[must_use]
    pub fn len(&self) -> usize {
        self.inner.revoked.len()
    }

    /// Tells whether no certificate is revoked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.inner.revoked.is_empty()
    }
}

impl std::fmt::Debug for RevocationList {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RevocationList({}, {})", self.issuer(), self.len())
    }
}

#[derive(Default)]
struct Extensions {
    issuer_key: Option<Vec<u8>>,
    point: Option<IssuingDistributionPoint>,
    is_usable: bool,
}

impl Extensions {
    fn read(list: &[Extension]) -> Result<Self, ReadCertificateError> {
        check_once(LIST, list)?;
        let mut read = Self {
            is_usable: true,
            ..Self::default()
        };
        for extension in list {
            let bytes = extension.extn_value.as_bytes();
            match extension.extn_id {
                AuthorityKeyIdentifier::OID => {
                    let identifier = AuthorityKeyIdentifier::from_der(bytes).map_err(malformed)?;
                    read.issuer_key = identifier.key_identifier.map(|key| key.as_bytes().to_vec());
                }
                ISSUING_DISTRIBUTION_POINT => {
                    let point = IssuingDistributionPoint::from_der(bytes).map_err(malformed)?;
                    // Lists of other authorities, or of some reasons, would need more lists.
                    if point.indirect_crl || point.only_some_reasons.is_some() {
                        read.is_usable = false;
                    }
                    read.point = Some(point);
                }
                // One of changes has to be marked as critical, and covers nothing even if it is not.
                BaseCrlNumber::OID => read.is_usable = false,
                CrlNumber::OID => {}
                _ if extension.critical => read.is_usable = false,
                _ => {}
            }
        }
        Ok(read)
    }
}

fn malformed(error: x509_cert::der::Error) -> ReadCertificateError {
    ReadCertificateError::Malformed {
        what: LIST,
        source: error.to_string().into(),
    }
}

/// Looks for revoked certificates in a chain.
pub(super) struct RevocationCheck<'a> {
    pub(super) policy: &'a CertificatePolicy,
    /// Certificates that are no part of the chain; an authority may sign lists by a key of its own.
    pub(super) others: Vec<&'a Certificate>,
    pub(super) instant: Timestamp,
}

/// What lists say of a certificate.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Status {
    Good,
    Revoked(Timestamp),
    /// No list is current.
    Unknown,
}

impl RevocationCheck<'_> {
    /// Checks every certificate of a chain but the authority's own.
    pub(super) fn run(&self, chain: &[Certificate]) -> Vec<Finding> {
        let places = 0..chain.len().saturating_sub(1);
        let check = |place: usize| {
            let certificate = &chain[place];
            let above = &chain[place + 1..];
            let status = self.status(certificate, |list| {
                above.iter().any(|authority| list.is_signed_by(authority))
                    || self
                        .others
                        .iter()
                        .any(|signer| self.is_by_own_key(list, signer, above))
            });
            let (code, message) = match status {
                Status::Good => return None,
                Status::Revoked(since) => (
                    "sign.chain.revoked",
                    format!("the certificate is revoked since {since}"),
                ),
                Status::Unknown => (
                    "sign.chain.revocation_unknown",
                    "no current revocation list covers the certificate".to_owned(),
                ),
            };
            Some(about(certificate, code, message))
        };
        places.filter_map(check).collect()
    }

    /// Asks the lists that are about a certificate and genuine.
    ///
    /// A list that is not older than the instant but has no end, or is later, covers nothing; but what
    /// it says was revoked at the time of the signature was.
    fn status(
        &self,
        certificate: &Certificate,
        is_genuine: impl Fn(&RevocationList) -> bool,
    ) -> Status {
        let mut status = Status::Unknown;
        for list in &self.policy.revocation_lists {
            let is_current = list.is_current(self.instant);
            let is_as_new = list.this_update() >= self.instant;
            if !(is_current || is_as_new) || !list.is_about(certificate) || !is_genuine(list) {
                continue;
            }
            let signed_at = self.policy.signed_at();
            let counts = |since: &Timestamp| is_current || signed_at.is_none_or(|at| *since <= at);
            if let Some(since) = list.revokes(certificate).filter(counts) {
                return Status::Revoked(since);
            }
            if is_current {
                status = Status::Good;
            }
        }
        status
    }

    /// Tells whether a list is signed by a key that the authority has for lists alone: the key's
    /// certificate has the authority's name, is itself signed by the chain above, and is neither
    /// denied nor revoked.
    fn is_by_own_key(
        &self,
        list: &RevocationList,
        signer: &Certificate,
        above: &[Certificate],
    ) -> bool {
        let inner = signer.inner();
        let usage = inner.extensions.key_usage;
        let is_valid = (signer.not_before()..=signer.not_after()).contains(&self.instant)
            && inner.extensions.unknown_critical.is_none()
            && self.policy.denial_of(signer).is_none();
        if !usage.is_some_and(|usage| usage.crl_sign()) || !is_valid {
            return false;
        }
        // First the certificate, then the list: whoever has no certificate of the authority cannot
        // have a long list hashed again and again.
        let issuer = above.iter().find(|issuer| {
            names_fit(issuer, signer) && signature_of(issuer, signer) == Answer::Genuine
        });
        issuer.is_some_and(|issuer| {
            list.is_signed_by(signer)
                && self.status(signer, |list| list.is_signed_by(issuer)) == Status::Good
        })
    }
}

impl RevocationList {
    fn is_current(&self, instant: Timestamp) -> bool {
        let next = self.inner.next_update;
        self.inner.this_update <= instant && next.is_some_and(|next| instant <= next)
    }

    /// Tells whether the list is one that covers certificates like this one.
    fn is_about(&self, certificate: &Certificate) -> bool {
        let list = &*self.inner;
        let point = list.point.as_ref();
        list.is_usable
            && list.issuer.matches(&certificate.inner().issuer)
            && point.is_none_or(|point| speaks_of(point, certificate))
    }

    /// Tells whether an authority of the list's name signed it, with a key that may.
    fn is_signed_by(&self, authority: &Certificate) -> bool {
        let list = &*self.inner;
        let authority = authority.inner();
        let keys_fit = match (&list.issuer_key, &authority.extensions.subject_key) {
            (Some(named), Some(own)) => named == own,
            _ => true,
        };
        let signed = Signed {
            algorithm: &list.algorithm,
            bytes: &list.signed,
            signature: &list.signature,
        };
        keys_fit
            && list.issuer.matches(&authority.subject)
            && authority
                .extensions
                .key_usage
                .is_none_or(|usage| usage.crl_sign())
            && list.algorithm == list.inner_algorithm
            && signed.verify(&authority.key) == Answer::Genuine
    }

    /// Returns since when a certificate is revoked, if it is.
    fn revokes(&self, certificate: &Certificate) -> Option<Timestamp> {
        self.inner.revoked.get(&certificate.inner().serial).copied()
    }
}

/// Tells whether a list of some certificates alone is about this one.
fn speaks_of(point: &IssuingDistributionPoint, certificate: &Certificate) -> bool {
    let extensions = &certificate.inner().extensions;
    let is_authority = extensions
        .basic_constraints
        .as_ref()
        .is_some_and(|basic| basic.ca);
    if point.only_contains_attribute_certs
        || (point.only_contains_user_certs && is_authority)
        || (point.only_contains_ca_certs && !is_authority)
    {
        return false;
    }
    match &point.distribution_point {
        None => true,
        Some(own) => extensions
            .distribution_points
            .iter()
            .any(|named| same_point(own, named)),
    }
}

/// Compares where a list is found with where a certificate says that it is found.
fn same_point(a: &DistributionPointName, b: &DistributionPointName) -> bool {
    match (a, b) {
        (DistributionPointName::FullName(a), DistributionPointName::FullName(b)) => {
            a.iter().any(|name| b.contains(name))
        }
        (a, b) => a == b,
    }
}
