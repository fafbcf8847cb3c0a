//! What is a certificate, what is none, and what it says of itself.

use modelward_artifact::Digest;
use modelward_sign::{Certificate, Curve, RevocationList};
use x509_cert::der::Decode as _;
use x509_cert::der::asn1::{ObjectIdentifier, OctetString};

use crate::authority::{Holder, NOW, Wanted, YEAR, at};

fn root() -> Certificate {
    Holder::new("O=Example,CN=root").root()
}

#[test]
fn a_certificate_says_what_it_is() {
    let root = Holder::new("CN=root");
    let signer = Holder::signer("CN=signer,O=Example");
    let leaf = root.issue(&signer, &Wanted::signer());
    assert_eq!(leaf.subject(), "CN=signer,O=Example");
    assert_eq!(leaf.issuer(), "CN=root");
    assert_eq!(leaf.not_before(), at(NOW - YEAR));
    assert_eq!(leaf.not_after(), at(NOW + YEAR));
    assert_eq!(leaf.fingerprint(), Digest::sha256(leaf.as_der()));
    assert_eq!(leaf.subject_names(), []);
    let key = leaf.public_key().expect("a curve of OMS");
    assert_eq!(key.curve(), Curve::P256);
    assert_eq!(leaf.public_key_digest(), Digest::sha256(key.as_der()));
    let read = x509_cert::Certificate::from_der(leaf.as_der()).expect("a certificate");
    let serial = read.tbs_certificate().serial_number().to_string();
    assert_eq!(leaf.serial(), serial.replace(':', "").to_lowercase());
    assert_eq!(leaf.serial().len(), 16);
    assert_eq!(
        format!("{leaf:?}"),
        format!("Certificate(CN=signer,O=Example, {})", leaf.fingerprint())
    );
}

#[test]
fn pem_holds_what_der_holds() {
    let (a, b) = (root(), Holder::new("CN=other").root());
    let pem = a.to_pem();
    assert_eq!(Certificate::from_pem(&pem).expect("ours"), a);
    // Text between blocks is common in files of authorities.
    let both = format!("the first\n{pem}the second\n{}", b.to_pem());
    assert_eq!(Certificate::from_pem(&both).expect("two"), a);
    let all = Certificate::read_pem_all(&both, 2).expect("two");
    assert_eq!(all, [a.clone(), b]);
    assert_ne!(all[0], all[1]);

    let key = include_str!("../vectors/p256.pub.pem");
    let cut = &pem[..pem.len() / 2];
    let cases = [
        (
            both.as_str(),
            1,
            "sign.certificate.too_many",
            "found more than 1 certificates",
        ),
        (
            "",
            9,
            "sign.certificate.no_pem",
            "expected a PEM block CERTIFICATE, found none",
        ),
        (
            key,
            9,
            "sign.certificate.label",
            "expected a PEM block CERTIFICATE, found PUBLIC KEY",
        ),
        (
            cut,
            9,
            "sign.certificate.malformed",
            "certificate is malformed",
        ),
    ];
    for (text, max, code, message) in cases {
        let error = Certificate::read_pem_all(text, max).expect_err(code);
        assert_eq!((error.code(), error.to_string().as_str()), (code, message));
    }
    let error = RevocationList::from_pem(&pem).expect_err("no list");
    assert_eq!(
        error.to_string(),
        "expected a PEM block X509 CRL, found CERTIFICATE"
    );
}

#[test]
fn what_is_too_large_or_no_certificate_is_refused() {
    let der = root().as_der().to_vec();
    let mut longer = der.clone();
    longer.push(0);
    let cases = [
        (vec![], "sign.certificate.malformed"),
        (der[..der.len() - 1].to_vec(), "sign.certificate.malformed"),
        (longer, "sign.certificate.malformed"),
        (vec![0x30; 64 << 10], "sign.certificate.malformed"),
        (vec![0x30; (64 << 10) + 1], "sign.certificate.too_large"),
    ];
    for (bytes, code) in cases {
        assert_eq!(Certificate::from_der(&bytes).expect_err(code).code(), code);
    }
    let list = RevocationList::from_der(&der).expect_err("no list");
    assert_eq!(list.to_string(), "revocation list is malformed");
    let list = RevocationList::from_der(&vec![0; (64 << 20) + 1]).expect_err("too much");
    assert_eq!(
        list.to_string(),
        "revocation list has more than 67108864 bytes"
    );
}

#[test]
fn an_extension_stands_once_and_in_version_3() {
    let oid = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.99999.1");
    let value = OctetString::new(vec![1]).expect("short");
    let der = Holder::new("CN=root")
        .issue(
            &Holder::new("CN=a"),
            &Wanted::plain().with(oid, false, &value),
        )
        .as_der()
        .to_vec();
    // The version is the only number that is marked as the first of the content.
    let version = [0xa0, 3, 2, 1, 2];
    let at = der.windows(5).position(|bytes| bytes == version);
    let mut changed = der;
    changed[at.expect("a version") + 4] = 1;
    let error = Certificate::from_der(&changed).expect_err("version 2");
    assert_eq!(error.code(), "sign.certificate.malformed");
    let source = std::error::Error::source(&error).expect("a cause");
    assert_eq!(
        source.to_string(),
        "extensions need version 3 (RFC 5280, section 4.1.2.9)"
    );

    let mut twice = Wanted::plain().with(oid, false, &value);
    twice.extensions.extend(twice.extensions.clone());
    let error = Holder::new("CN=root")
        .try_issue(&Holder::new("CN=a"), &twice)
        .expect_err("twice");
    assert_eq!(error.code(), "sign.certificate.extension_twice");
    assert_eq!(
        error.to_string(),
        "certificate has the extension 1.3.6.1.4.1.99999.1 twice"
    );
}

/// Whatever stands in a certificate, reading it ends with an answer.
#[test]
fn no_change_of_one_byte_is_fatal() {
    let root = Holder::new("CN=root");
    let der = root.root().as_der().to_vec();
    let mut read = 0;
    for place in 0..der.len() {
        for change in [0x01, 0x20, 0x80, 0xff] {
            let mut changed = der.clone();
            changed[place] ^= change;
            if let Ok(certificate) = Certificate::from_der(&changed) {
                assert_eq!(certificate.as_der(), changed);
                assert!(!certificate.to_pem().is_empty());
                read += 1;
            }
        }
    }
    assert!(read > 0, "a changed signature still reads");
}
