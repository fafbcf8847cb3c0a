//! Authorities and the certificates that they issue, made anew for each test.

use std::time::Duration;

use modelward_artifact::{Digest, Timestamp};
use modelward_sign::{Certificate, ReadCertificateError};
use p256::ecdsa::signature::{Keypair, Signer};
use p256::ecdsa::{DerSignature, SigningKey};
use p256::pkcs8::{DecodePrivateKey as _, EncodePublicKey};
use x509_cert::builder::profile::BuilderProfile;
use x509_cert::builder::{Builder as _, CertificateBuilder};
use x509_cert::der::asn1::{GeneralizedTime, ObjectIdentifier, OctetString};
use x509_cert::der::{Decode as _, Encode, oid::AssociatedOid};
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{
    BasicConstraints, ExtendedKeyUsage, KeyUsage, KeyUsages, NameConstraints, SubjectAltName,
};
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::{
    DynSignatureAlgorithmIdentifier, SignatureBitStringEncoding, SubjectPublicKeyInfoOwned,
    SubjectPublicKeyInfoRef,
};
use x509_cert::time::{Time, Validity};

use crate::key::PKCS8;

/// The instant at which tests verify: 2026-11-18.
pub(crate) const NOW: i64 = 1_795_000_000;

pub(crate) const YEAR: i64 = 365 * 24 * 60 * 60;

pub(crate) const CODE_SIGNING: &str = "1.3.6.1.5.5.7.3.3";
pub(crate) const SERVER_AUTH: &str = "1.3.6.1.5.5.7.3.1";
pub(crate) const ANY_USAGE: &str = "2.5.29.37.0";

pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_unix_seconds(seconds).expect("an instant")
}

/// A key with a name, which may issue certificates.
#[derive(Clone)]
pub(crate) struct Holder {
    pub(crate) name: String,
    pub(crate) key: SigningKey,
}

/// What a certificate says.
#[derive(Clone)]
pub(crate) struct Wanted {
    pub(crate) valid: (i64, i64),
    pub(crate) extensions: Vec<Extension>,
}

impl Holder {
    /// Makes a key of its own for a name, the same at each call.
    pub(crate) fn new(name: &str) -> Self {
        let seed = Digest::sha256(name.as_bytes());
        Self {
            name: name.to_owned(),
            key: SigningKey::from_slice(seed.as_bytes()).expect("a number below the order"),
        }
    }

    /// Takes the key of the tests, which signs models.
    pub(crate) fn signer(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            key: SigningKey::from_pkcs8_pem(PKCS8).expect("the vector is a key"),
        }
    }

    /// Certifies a holder.
    pub(crate) fn issue(&self, holder: &Self, wanted: &Wanted) -> Certificate {
        let certificate = self.try_issue(holder, wanted);
        certificate.expect("what was made can be read")
    }

    /// Certifies a holder by what may be no certificate.
    pub(crate) fn try_issue(
        &self,
        holder: &Self,
        wanted: &Wanted,
    ) -> Result<Certificate, ReadCertificateError> {
        let key = holder
            .key
            .verifying_key()
            .to_public_key_der()
            .expect("a public key");
        let names = [self.name.as_str(), holder.name.as_str()];
        certify::<_, DerSignature>(&self.key, names, key.as_bytes(), wanted)
    }

    /// Certifies itself.
    pub(crate) fn root(&self) -> Certificate {
        self.issue(self, &Wanted::authority(None))
    }
}

impl Wanted {
    /// An authority that lets so many others stand below it.
    pub(crate) fn authority(path_length: Option<u8>) -> Self {
        let constraints = BasicConstraints {
            ca: true,
            path_len_constraint: path_length,
        };
        Self::plain()
            .with(BasicConstraints::OID, true, &constraints)
            .with_usage(KeyUsages::KeyCertSign | KeyUsages::CRLSign)
    }

    /// A signer of code.
    pub(crate) fn signer() -> Self {
        Self::plain()
            .with_usage(KeyUsages::DigitalSignature.into())
            .with_extended(&[CODE_SIGNING])
    }

    pub(crate) fn plain() -> Self {
        Self {
            valid: (NOW - YEAR, NOW + YEAR),
            extensions: Vec::new(),
        }
    }

    pub(crate) fn with_valid(mut self, from: i64, until: i64) -> Self {
        self.valid = (from, until);
        self
    }

    pub(crate) fn with_usage(self, usage: x509_cert::der::flagset::FlagSet<KeyUsages>) -> Self {
        self.with(KeyUsage::OID, true, &KeyUsage(usage))
    }

    pub(crate) fn with_extended(self, usages: &[&str]) -> Self {
        let usages = usages.iter().map(|oid| ObjectIdentifier::new_unwrap(oid));
        self.with(
            ExtendedKeyUsage::OID,
            false,
            &ExtendedKeyUsage(usages.collect()),
        )
    }

    pub(crate) fn with_names(self, names: Vec<GeneralName>) -> Self {
        self.with(SubjectAltName::OID, false, &SubjectAltName(names))
    }

    pub(crate) fn with_constraints(self, constraints: &NameConstraints) -> Self {
        self.with(NameConstraints::OID, true, constraints)
    }

    pub(crate) fn with(
        mut self,
        oid: ObjectIdentifier,
        critical: bool,
        value: &impl Encode,
    ) -> Self {
        let value = value.to_der().expect("an extension has DER");
        self.extensions.retain(|extension| extension.extn_id != oid);
        self.extensions.push(Extension {
            extn_id: oid,
            critical,
            extn_value: OctetString::new(value).expect("it is short"),
        });
        self
    }
}

/// Certifies a public key for the second name by a key of any kind, whose name is the first.
pub(crate) fn certify<S, G>(
    signer: &S,
    [issuer, subject]: [&str; 2],
    key: &[u8],
    wanted: &Wanted,
) -> Result<Certificate, ReadCertificateError>
where
    S: Keypair + Signer<G> + DynSignatureAlgorithmIdentifier,
    S::VerifyingKey: EncodePublicKey,
    G: SignatureBitStringEncoding,
{
    let serial = Digest::sha256(format!("{issuer} {subject}").as_bytes());
    let mut serial = serial.as_bytes()[..8].to_vec();
    serial[0] = serial[0] & 0x3f | 0x40;
    let builder = CertificateBuilder::new(
        Profile {
            issuer: name(issuer),
            subject: name(subject),
            extensions: wanted.extensions.clone(),
        },
        SerialNumber::new(&serial).expect("a serial number"),
        Validity::new(time(wanted.valid.0), time(wanted.valid.1)),
        SubjectPublicKeyInfoOwned::from_der(key).expect("a public key"),
    );
    let built = builder.expect("a certificate").build::<_, G>(signer);
    let der = built.expect("it is signed").to_der().expect("DER");
    Certificate::from_der(&der)
}

struct Profile {
    issuer: Name,
    subject: Name,
    extensions: Vec<Extension>,
}

impl BuilderProfile for Profile {
    fn get_issuer(&self, _: &Name) -> Name {
        self.issuer.clone()
    }

    fn get_subject(&self) -> Name {
        self.subject.clone()
    }

    fn build_extensions(
        &self,
        _: SubjectPublicKeyInfoRef<'_>,
        _: SubjectPublicKeyInfoRef<'_>,
        _: &x509_cert::TbsCertificate,
    ) -> x509_cert::builder::Result<Vec<Extension>> {
        Ok(self.extensions.clone())
    }
}

fn name(text: &str) -> Name {
    text.parse().expect("a distinguished name")
}

fn time(seconds: i64) -> Time {
    let seconds = u64::try_from(seconds).expect("after 1970");
    let time = GeneralizedTime::from_unix_duration(Duration::from_secs(seconds));
    Time::GeneralTime(time.expect("an instant"))
}
