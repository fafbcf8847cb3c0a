use modelward_artifact::Signer as _;
use modelward_sign::{PublicKey, SigningKey};

/// A throw-away key of these tests: PKCS#8, SEC1 and its public half.
pub(crate) const PKCS8: &str = include_str!("../vectors/p256.pkcs8.pem");
const SEC1: &str = include_str!("../vectors/p256.sec1.pem");
const PUBLIC: &str = include_str!("../vectors/p256.pub.pem");

#[test]
fn both_private_forms_hold_the_same_key() {
    let expected = PublicKey::from_pem(PUBLIC).expect("the vector is a public key");
    for pem in [PKCS8, SEC1] {
        let key = SigningKey::from_pem(pem).expect("the vector is a private key");
        assert_eq!(*key.public_key(), expected);
        assert_eq!(key.public_key_der(), expected.as_der());
    }
}

#[test]
fn parameters_before_the_key_are_passed_over() {
    let text = format!(
        "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n{SEC1}"
    );
    assert!(SigningKey::from_pem(&text).is_ok());
}

#[test]
fn a_public_key_writes_the_text_that_it_was_read_from() {
    let key = PublicKey::from_pem(PUBLIC).expect("the vector is a public key");
    assert_eq!(key.as_pem(), PUBLIC);
}

#[test]
fn debug_shows_no_secret() {
    let key = SigningKey::from_pem(PKCS8).expect("the vector is a private key");
    let hint = key.public_key().hint();
    let shown = format!("{key:?}");
    assert_eq!(
        shown,
        format!("SigningKey {{ public: PublicKey({hint}), .. }}")
    );
}

#[test]
fn refused_private_keys_say_why() {
    let cut = &PKCS8[..PKCS8.len() / 2];
    let legacy = "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n";
    let p384 = include_str!("../vectors/p384.pkcs8.pem");
    let encrypted = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n";
    let cases = [
        (
            "",
            "sign.key.no_pem",
            "expected a PEM block PRIVATE KEY or EC PRIVATE KEY, found none",
        ),
        (
            cut,
            "sign.key.malformed",
            "key is malformed or not on P-256",
        ),
        (
            PUBLIC,
            "sign.key.label",
            "expected a PEM block PRIVATE KEY or EC PRIVATE KEY, found PUBLIC KEY",
        ),
        (
            p384,
            "sign.key.curve",
            "key is on the curve 1.3.132.0.34, expected P-256",
        ),
        (
            legacy,
            "sign.key.legacy_encrypted",
            "private key is encrypted in a legacy form",
        ),
        (encrypted, "sign.key.encrypted", "private key is encrypted"),
    ];
    for (pem, code, text) in cases {
        let error = SigningKey::from_pem(pem).expect_err("the key must be refused");
        assert_eq!((error.code(), error.to_string().as_str()), (code, text));
    }
}

#[test]
fn refused_public_keys_say_why() {
    // Ed25519 and secp256k1, made for this test.
    let ed25519 = include_str!("../vectors/ed25519.pub.pem");
    let k256 = include_str!("../vectors/k256.pub.pem");
    let cases = [
        (PKCS8, "sign.key.label"),
        (ed25519, "sign.key.algorithm"),
        (k256, "sign.key.curve"),
        (
            "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
            "sign.key.malformed",
        ),
    ];
    for (pem, code) in cases {
        let error = PublicKey::from_pem(pem).expect_err("the key must be refused");
        assert_eq!(error.code(), code, "{error}");
    }
}
