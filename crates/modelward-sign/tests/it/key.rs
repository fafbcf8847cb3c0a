use modelward_artifact::Signer as _;
use modelward_sign::{Curve, PublicKey, SigningKey};

/// A throw-away key of these tests: PKCS#8, SEC1 and its public half.
pub(crate) const PKCS8: &str = include_str!("../vectors/p256.pkcs8.pem");
const SEC1: &str = include_str!("../vectors/p256.sec1.pem");
const PUBLIC: &str = include_str!("../vectors/p256.pub.pem");

/// The same for every curve.
pub(crate) const CURVES: [(Curve, [&str; 3]); 3] = [
    (Curve::P256, [PKCS8, SEC1, PUBLIC]),
    (
        Curve::P384,
        [
            include_str!("../vectors/p384.pkcs8.pem"),
            include_str!("../vectors/p384.sec1.pem"),
            include_str!("../vectors/p384.pub.pem"),
        ],
    ),
    (
        Curve::P521,
        [
            include_str!("../vectors/p521.pkcs8.pem"),
            include_str!("../vectors/p521.sec1.pem"),
            include_str!("../vectors/p521.pub.pem"),
        ],
    ),
];

/// `p256.pkcs8.pem` under the password `tests`.
#[cfg(feature = "encrypted-keys")]
pub(crate) const PBKDF2: &str = include_str!("../vectors/p256.pbkdf2.pem");
#[cfg(feature = "encrypted-keys")]
pub(crate) const SCRYPT: &str = include_str!("../vectors/p256.scrypt.pem");

#[test]
fn both_private_forms_hold_the_same_key() {
    assert_eq!(CURVES.map(|(curve, _)| curve), Curve::ALL);
    for (curve, [pkcs8, sec1, public]) in CURVES {
        let expected = PublicKey::from_pem(public).expect("the vector is a public key");
        assert_eq!(expected.curve(), curve);
        for pem in [pkcs8, sec1] {
            let key = SigningKey::from_pem(pem).expect("the vector is a private key");
            assert_eq!(*key.public_key(), expected);
            assert_eq!(key.public_key_der(), expected.as_der());
            assert_eq!(key.algorithm(), curve.algorithm());
        }
    }
}

#[cfg(feature = "encrypted-keys")]
#[test]
fn encrypted_keys_open_with_their_password() {
    let expected = PublicKey::from_pem(PUBLIC).expect("the vector is a public key");
    for pem in [PBKDF2, SCRYPT, PKCS8, SEC1] {
        let key = SigningKey::from_encrypted_pem(pem, b"tests").expect("it is the password");
        assert_eq!(*key.public_key(), expected);
    }
    for pem in [PBKDF2, SCRYPT] {
        for password in ["", "test", "testss"] {
            let error = SigningKey::from_encrypted_pem(pem, password.as_bytes());
            let error = error.expect_err("it is not the password");
            assert_eq!(error.code(), "sign.key.decrypt");
            assert_eq!(error.to_string(), "private key could not be decrypted");
            assert_eq!(error.help(), Some("check the password"));
        }
        let error = SigningKey::from_pem(pem).expect_err("there is no password");
        assert_eq!(error.code(), "sign.key.encrypted");
    }
    // PKCS#12's own encryption, which is as old as it is weak.
    let old = include_str!("../vectors/p256.pbes1.pem");
    let error = SigningKey::from_encrypted_pem(old, b"tests").expect_err("it is not known");
    assert!(matches!(
        error.code(),
        "sign.key.decrypt" | "sign.key.malformed"
    ));
}

#[cfg(feature = "encrypted-keys")]
#[test]
fn a_key_that_takes_too_much_to_decrypt_is_refused_before_it_is_tried() {
    use pkcs8::EncryptedPrivateKeyInfoRef;
    use pkcs8::der::{Decode as _, Encode as _, SecretDocument};
    use pkcs8::pkcs5::EncryptionScheme;
    use pkcs8::pkcs5::pbes2::Kdf;

    let change = |pem: &str, change: &dyn Fn(&mut Kdf)| {
        let (_, document) = SecretDocument::from_pem(pem).expect("the vector is PEM");
        let read = EncryptedPrivateKeyInfoRef::from_der(document.as_bytes());
        let mut read = read.expect("the vector is encrypted");
        let EncryptionScheme::Pbes2(parameters) = &mut read.encryption_algorithm else {
            panic!("the vectors have PBES2");
        };
        change(&mut parameters.kdf);
        let document = SecretDocument::try_from(read.to_der().expect("DER"));
        let pem = document.and_then(|it| it.to_pem("ENCRYPTED PRIVATE KEY", Default::default()));
        let key = SigningKey::from_encrypted_pem(&pem.expect("PEM"), b"tests");
        key.map_or_else(|error| error.code(), |_| "ok")
    };
    for (iterations, code) in [
        (2048, "ok"),
        (2_000_001, "sign.key.cost"),
        (u32::MAX, "sign.key.cost"),
    ] {
        let found = change(PBKDF2, &|kdf| match kdf {
            Kdf::Pbkdf2(kdf) => kdf.iteration_count = iterations,
            _ => panic!("the vector has PBKDF2"),
        });
        assert_eq!(found, code, "{iterations}");
    }
    for ([cost, size, lanes], code) in [
        ([1024, 8, 1], "ok"),
        ([0, 8, 1], "sign.key.cost"),
        ([1 << 18, 8, 1], "sign.key.cost"),
        ([1 << 10, 32_768, 32_768], "sign.key.cost"),
        ([1 << 62, 65_535, 65_535], "sign.key.cost"),
    ] {
        let found = change(SCRYPT, &|kdf| match kdf {
            Kdf::Scrypt(kdf) => {
                kdf.cost_parameter = cost;
                kdf.block_size = size.try_into().expect("it is small");
                kdf.parallelization = lanes.try_into().expect("it is small");
            }
            _ => panic!("the vector has scrypt"),
        });
        assert_eq!(found, code, "{cost} {size} {lanes}");
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
    let k256 = include_str!("../vectors/k256.sec1.pem");
    let encrypted = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n";
    let cases = [
        (
            "",
            "sign.key.no_pem",
            "expected a PEM block PRIVATE KEY, ENCRYPTED PRIVATE KEY or EC PRIVATE KEY, found none",
        ),
        (cut, "sign.key.malformed", "key is malformed"),
        (
            PUBLIC,
            "sign.key.label",
            "expected a PEM block PRIVATE KEY, ENCRYPTED PRIVATE KEY or EC PRIVATE KEY, found PUBLIC KEY",
        ),
        (
            k256,
            "sign.key.curve",
            "key is on the curve 1.3.132.0.10, expected P-256, P-384 or P-521",
        ),
        (
            legacy,
            "sign.key.legacy_encrypted",
            "private key is encrypted in a legacy form",
        ),
        (encrypted, "sign.key.encrypted", "private key is encrypted"),
        (
            "-----BEGIN \u{1b}[2J\nPRIVATE KEY-----\n",
            "sign.key.label",
            "expected a PEM block PRIVATE KEY, ENCRYPTED PRIVATE KEY or EC PRIVATE KEY, found \\u{1b}[2J\\nPRIVATE KEY",
        ),
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
