//! Revocation lists of our own making.

use std::time::Duration;

use modelward_sign::{Certificate, RevocationList};
use p256::ecdsa::DerSignature;
use p256::ecdsa::signature::Signer as _;
use x509_cert::crl::{CertificateList, RevokedCert, TbsCertList};
use x509_cert::der::asn1::{BitString, GeneralizedTime, ObjectIdentifier, OctetString};
use x509_cert::der::{Decode as _, Encode as _};
use x509_cert::ext::Extension;
use x509_cert::spki::AlgorithmIdentifierOwned;
use x509_cert::time::Time;

use crate::authority::{Holder, NOW};

pub(crate) const DAY: i64 = 24 * 60 * 60;

const ECDSA_SHA256: &str = "1.2.840.10045.4.3.2";

/// What a list says.
#[derive(Clone)]
pub(crate) struct List {
    from: i64,
    until: Option<i64>,
    revoked: Vec<RevokedCert>,
    extensions: Vec<Extension>,
}

impl List {
    pub(crate) fn empty() -> Self {
        Self {
            from: NOW - DAY,
            until: Some(NOW + DAY),
            revoked: Vec::new(),
            extensions: Vec::new(),
        }
    }

    pub(crate) fn current(mut self, from: i64, until: Option<i64>) -> Self {
        (self.from, self.until) = (from, until);
        self
    }

    pub(crate) fn revoking(self, certificate: &Certificate, since: i64) -> Self {
        self.with_entry(certificate, since, None)
    }

    pub(crate) fn with_entry(
        mut self,
        certificate: &Certificate,
        since: i64,
        extension: Option<Extension>,
    ) -> Self {
        let read = x509_cert::Certificate::from_der(certificate.as_der()).expect("a certificate");
        self.revoked.push(RevokedCert {
            serial_number: read.tbs_certificate().serial_number().clone(),
            revocation_date: time(since),
            crl_entry_extensions: extension.map(|extension| vec![extension]),
        });
        self
    }

    pub(crate) fn with(mut self, extension: Extension) -> Self {
        self.extensions.push(extension);
        self
    }

    pub(crate) fn by(&self, authority: &Holder) -> RevocationList {
        self.claiming(ECDSA_SHA256, authority)
    }

    /// Returns the list as bytes.
    pub(crate) fn der(&self, authority: &Holder) -> Vec<u8> {
        self.der_claiming(ECDSA_SHA256, authority)
    }

    /// Signs the list with SHA-256, whatever it says inside.
    pub(crate) fn claiming(&self, inside: &str, authority: &Holder) -> RevocationList {
        let der = self.der_claiming(inside, authority);
        RevocationList::from_der(&der).expect("ours can be read")
    }

    fn der_claiming(&self, inside: &str, authority: &Holder) -> Vec<u8> {
        let [inside, around] = [inside, ECDSA_SHA256].map(|oid| AlgorithmIdentifierOwned {
            oid: ObjectIdentifier::new_unwrap(oid),
            parameters: None,
        });
        let revoked = self.revoked.clone();
        let extensions = self.extensions.clone();
        let tbs_cert_list = TbsCertList {
            version: x509_cert::Version::V2,
            signature: inside,
            issuer: authority.name.parse().expect("a name"),
            this_update: time(self.from),
            next_update: self.until.map(time),
            revoked_certificates: (!revoked.is_empty()).then_some(revoked),
            crl_extensions: (!extensions.is_empty()).then_some(extensions),
        };
        let signed = tbs_cert_list.to_der().expect("DER");
        let signature: DerSignature = authority.key.sign(&signed);
        let list: CertificateList = CertificateList {
            tbs_cert_list,
            signature_algorithm: around,
            signature: BitString::from_bytes(signature.as_bytes()).expect("short"),
        };
        list.to_der().expect("DER")
    }
}

fn time(seconds: i64) -> Time {
    let seconds = Duration::from_secs(u64::try_from(seconds).expect("after 1970"));
    Time::GeneralTime(GeneralizedTime::from_unix_duration(seconds).expect("an instant"))
}

pub(crate) fn extension(oid: &str, critical: bool, value: Vec<u8>) -> Extension {
    Extension {
        extn_id: ObjectIdentifier::new_unwrap(oid),
        critical,
        extn_value: OctetString::new(value).expect("short"),
    }
}
