//! Certificates that no honest authority makes: put together by hand and signed all the same.

use std::collections::BTreeSet;

use modelward_artifact::{Finding, Verdict};
use modelward_sign::{Certificate, CertificatePolicy, ValidationTime, VerifiedChain, verify_chain};
use p256::ecdsa::DerSignature;
use p256::ecdsa::signature::Signer as _;
use x509_cert::der::asn1::OctetString;
use x509_cert::der::oid::AssociatedOid as _;
use x509_cert::der::{Decode as _, Encode as _};
use x509_cert::ext::pkix::{AuthorityKeyIdentifier, SubjectKeyIdentifier};

use crate::authority::{Holder, NOW, Wanted, at};

/// Algorithms as certificates name them.
const SHA256: &[u8] = b"\x30\x0a\x06\x08\x2a\x86\x48\xce\x3d\x04\x03\x02";
const SHA256_AND_NULL: &[u8] = b"\x30\x0c\x06\x08\x2a\x86\x48\xce\x3d\x04\x03\x02\x05\x00";
const SHA384: &[u8] = b"\x30\x0a\x06\x08\x2a\x86\x48\xce\x3d\x04\x03\x03";
#[cfg(feature = "ed25519")]
const ED25519: &[u8] = b"\x30\x05\x06\x03\x2b\x65\x70";
/// The version of a certificate with extensions.
const VERSION_3: &[u8] = b"\xa0\x03\x02\x01\x02";

fn codes(verdict: &Verdict<VerifiedChain>) -> BTreeSet<&str> {
    match verdict {
        Verdict::Verified(_) => BTreeSet::from(["ok"]),
        Verdict::Rejected(findings) => findings.iter().map(Finding::code).collect(),
    }
}

fn policy(root: &Certificate) -> CertificatePolicy {
    CertificatePolicy::new([root.clone()], ValidationTime::Now(at(NOW)))
}

/// Writes a value with its tag and length.
fn tagged(tag: u8, value: &[u8]) -> Vec<u8> {
    let length = u16::try_from(value.len()).expect("certificates are short");
    let [high, low] = length.to_be_bytes();
    let mut der = match (high, low) {
        (0, 0..128) => vec![tag, low],
        (0, _) => vec![tag, 0x81, low],
        _ => vec![tag, 0x82, high, low],
    };
    der.extend_from_slice(value);
    der
}

/// Makes a certificate anew with one thing changed inside and an algorithm around it.
fn remade(
    certificate: &Certificate,
    [old, new]: [&[u8]; 2],
    algorithm: &[u8],
    sign: impl Fn(&[u8]) -> Vec<u8>,
) -> Certificate {
    let read = x509_cert::Certificate::from_der(certificate.as_der()).expect("a certificate");
    let signed = read.tbs_certificate().to_der().expect("DER");
    // A length below 128 stands alone, a longer one behind its own length.
    let start = 2 + usize::from(signed[1].saturating_sub(0x80));
    let content = &signed[start..];
    let place = content.windows(old.len()).position(|bytes| bytes == old);
    let place = place.expect("what is to be changed is there");
    let content = [&content[..place], new, &content[place + old.len()..]].concat();
    let signed = tagged(0x30, &content);
    let signature = tagged(3, &[&[0], &sign(&signed)[..]].concat());
    let der = tagged(0x30, &[&signed, algorithm, &signature].concat());
    Certificate::from_der(&der).expect("it reads as a certificate")
}

fn by(holder: &Holder) -> impl Fn(&[u8]) -> Vec<u8> {
    |signed| {
        let signature: DerSignature = holder.key.sign(signed);
        signature.as_bytes().to_vec()
    }
}

#[test]
fn the_algorithm_is_the_same_inside_and_has_no_parameters() {
    let root = Holder::new("CN=root");
    let leaf = root.issue(&Holder::signer("CN=signer"), &Wanted::signer());
    let cases = [
        ([SHA256, SHA256], SHA256, "ok"),
        ([SHA256, SHA384], SHA256, "sign.chain.algorithm"),
        ([SHA256, SHA256], SHA256_AND_NULL, "sign.chain.algorithm"),
        ([SHA256, SHA256_AND_NULL], SHA256, "sign.chain.algorithm"),
        (
            [SHA256, SHA256_AND_NULL],
            SHA256_AND_NULL,
            "sign.chain.algorithm",
        ),
        // The signature is one with SHA-256, whatever is said.
        ([SHA256, SHA384], SHA384, "sign.chain.signature"),
    ];
    for (inside, around, expected) in cases {
        let leaf = remade(&leaf, inside, around, by(&root));
        let verdict = verify_chain(&leaf, &[], &policy(&root.root()));
        assert_eq!(codes(&verdict), BTreeSet::from([expected]));
    }
}

fn has_version(certificate: &Certificate) -> bool {
    let mut bytes = certificate.as_der().windows(VERSION_3.len());
    bytes.any(|bytes| bytes == VERSION_3)
}

#[test]
fn what_is_of_version_1_is_an_authority_only_if_it_is_trusted_itself() {
    let root = Holder::new("CN=root");
    let between = Holder::new("CN=between");
    // Without extensions, what is made is of version 1.
    let old = |issuer: &Holder, holder| {
        let certificate = issuer.issue(holder, &Wanted::plain());
        assert!(!has_version(&certificate));
        certificate
    };
    let leaf = between.issue(&Holder::signer("CN=signer"), &Wanted::signer());
    let verdict = verify_chain(&leaf, &[old(&root, &between)], &policy(&root.root()));
    assert_eq!(codes(&verdict), BTreeSet::from(["sign.chain.not_a_ca"]));

    let leaf = root.issue(&Holder::signer("CN=signer"), &Wanted::signer());
    let verdict = verify_chain(&leaf, &[], &policy(&old(&root, &root)));
    assert_eq!(codes(&verdict), BTreeSet::from(["ok"]));
    // Of version 3, it would say so.
    let number = OctetString::new(vec![1; 20]).expect("short");
    let identifier = SubjectKeyIdentifier(number);
    let silent = Wanted::plain().with(SubjectKeyIdentifier::OID, false, &identifier);
    let silent = root.issue(&root, &silent);
    assert!(has_version(&silent));
    let verdict = verify_chain(&leaf, &[], &policy(&silent));
    assert_eq!(codes(&verdict), BTreeSet::from(["sign.chain.not_a_ca"]));
}

#[test]
fn the_identifier_of_another_key_is_a_contradiction() {
    let root = Holder::new("CN=root");
    let bytes = |byte| OctetString::new(vec![byte; 20]).expect("short");
    let of_issuer = |byte| AuthorityKeyIdentifier {
        key_identifier: Some(bytes(byte)),
        ..AuthorityKeyIdentifier::default()
    };
    let named = Wanted::authority(None).with(
        SubjectKeyIdentifier::OID,
        false,
        &SubjectKeyIdentifier(bytes(1)),
    );
    let named = root.issue(&root, &named);
    let cases = [
        (&named, Some(1), "ok"),
        (&named, None, "ok"),
        (&named, Some(2), "sign.chain.no_path"),
        (&root.root(), Some(2), "ok"),
    ];
    for (root_certificate, byte, expected) in cases {
        let mut wanted = Wanted::signer();
        if let Some(byte) = byte {
            wanted = wanted.with(AuthorityKeyIdentifier::OID, false, &of_issuer(byte));
        }
        let leaf = root.issue(&Holder::signer("CN=signer"), &wanted);
        let verdict = verify_chain(&leaf, &[], &policy(root_certificate));
        assert_eq!(codes(&verdict), BTreeSet::from([expected]));
    }
}

/// A key of small order signs everything by the same signature, for whoever does not look.
#[cfg(feature = "ed25519")]
#[test]
fn a_key_of_small_order_signs_nothing() {
    use p256::ecdsa::DerSignature;

    use crate::authority::certify;

    let mut key = b"\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00".to_vec();
    let mut point = [0; 32];
    point[0] = 1;
    key.extend_from_slice(&point);
    let mut signature = vec![0; 64];
    signature[0] = 1;

    let any = Holder::new("CN=root");
    let forge = |names, wanted: &Wanted| {
        let certificate = certify::<_, DerSignature>(&any.key, names, &key, wanted).expect("ours");
        let signature = signature.clone();
        remade(&certificate, [SHA256, ED25519], ED25519, move |_| {
            signature.clone()
        })
    };
    let root = forge(["CN=root", "CN=root"], &Wanted::authority(None));
    let leaf = forge(["CN=root", "CN=signer"], &Wanted::signer());
    let verdict = verify_chain(&leaf, &[], &policy(&root));
    assert_eq!(codes(&verdict), BTreeSet::from(["sign.chain.signature"]));
}
