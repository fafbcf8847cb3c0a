use modelward_artifact::{
    Digest, DigestAlgorithm, Message, SignatureAlgorithm, Signer, SignerError,
};
use modelward_sign::{SigningKey, check_signer, sign};

use crate::key::CURVES;

/// What a signer does with a message.
type Sign = fn(&SigningKey, &Message<'_>) -> Result<Vec<u8>, SignerError>;

/// A key service with a fault.
struct Faulty {
    key: SigningKey,
    algorithm: SignatureAlgorithm,
    public: Vec<u8>,
    name: &'static str,
    sign: Sign,
}

impl Faulty {
    fn new(sign: Sign) -> Self {
        let key = SigningKey::from_pem(CURVES[0].1[0]).expect("the vector is a private key");
        Self {
            algorithm: key.algorithm(),
            public: key.public_key_der().to_vec(),
            name: "projects/example/keys/1",
            key,
            sign,
        }
    }
}

impl Signer for Faulty {
    fn algorithm(&self) -> SignatureAlgorithm {
        self.algorithm
    }

    fn key_name(&self) -> String {
        self.name.to_owned()
    }

    fn public_key_der(&self) -> &[u8] {
        &self.public
    }

    fn sign(&self, message: &Message<'_>) -> Result<Vec<u8>, SignerError> {
        (self.sign)(&self.key, message)
    }
}

/// Takes `r` and `s` out of a signature in DER.
fn raw(der: &[u8]) -> Vec<u8> {
    let signature = p256::ecdsa::Signature::from_der(der).expect("a signature");
    signature.to_bytes().to_vec()
}

fn good(key: &SigningKey, message: &Message<'_>) -> Result<Vec<u8>, SignerError> {
    key.sign(message)
}

fn other(bytes: &[u8]) -> Message<'_> {
    Message::new(SignatureAlgorithm::EcdsaP256Sha256, bytes)
}

#[test]
fn every_key_of_ours_does_what_a_signer_has_to() {
    for (curve, [pem, ..]) in CURVES {
        let key = SigningKey::from_pem(pem).expect("the vector is a private key");
        check_signer(&key).unwrap_or_else(|fault| panic!("{curve}: {fault}"));
        let name = Digest::sha256(key.public_key_der()).to_string();
        assert_eq!(key.key_name(), name);
    }
    check_signer(&Faulty::new(good)).expect("there is no fault in it yet");
}

#[test]
fn a_bundle_that_would_not_verify_is_never_made() {
    let model = crate::fixture::model();
    let manifest =
        crate::fixture::hashed(model.path(), &modelward_artifact::HashOptions::default());
    let raw: Sign = |key, message| key.sign(message).map(|der| raw(&der));
    let error = sign(&manifest, &Faulty::new(raw)).expect_err("it is in another encoding");
    assert_eq!(error.code(), "sign.signer.signature");
}

#[test]
fn each_fault_of_a_signer_is_named() {
    let cases: [(Sign, &str); 6] = [
        (
            |_, message| {
                use p256::ecdsa::signature::hazmat::PrehashSigner as _;
                use p256::pkcs8::DecodePrivateKey as _;

                let key = p256::ecdsa::SigningKey::from_pkcs8_pem(CURVES[0].1[0]).expect("a key");
                let digest = Digest::of(DigestAlgorithm::Sha384, message.bytes());
                let signature: p256::ecdsa::Signature =
                    key.sign_prehash(digest.as_bytes()).expect("it signs");
                Ok(signature.to_der().as_bytes().to_vec())
            },
            "sign.signer.hash",
        ),
        (
            |key, message| key.sign(message).map(|der| raw(&der)),
            "sign.signer.raw",
        ),
        (
            |key, message| key.sign(&other(message.digest().as_bytes())),
            "sign.signer.hashed_twice",
        ),
        (
            |key, _| key.sign(&other(b"always the same")),
            "sign.signer.wrong",
        ),
        (|_, _| Ok(Vec::new()), "sign.signer.wrong"),
        (
            |_, _| Err(SignerError::new("no network")),
            "sign.signer.failed",
        ),
    ];
    for (sign, code) in cases {
        let fault = check_signer(&Faulty::new(sign)).expect_err(code);
        assert_eq!(fault.code(), code, "{fault}");
    }
    let another = SigningKey::from_pem(CURVES[1].1[0]).expect("the vector is a private key");
    let faults = [
        (
            Faulty {
                algorithm: SignatureAlgorithm::EcdsaP384Sha384,
                ..Faulty::new(good)
            },
            "`algorithm` is ecdsa-p384-sha384, the public key needs ecdsa-p256-sha256",
        ),
        (
            Faulty {
                public: b"-----BEGIN PUBLIC KEY-----".to_vec(),
                ..Faulty::new(good)
            },
            "`public_key_der` is not a SubjectPublicKeyInfo of a known curve",
        ),
        (
            Faulty {
                name: " ",
                ..Faulty::new(good)
            },
            "`key_name` is empty",
        ),
        (
            Faulty {
                public: another.public_key_der().to_vec(),
                algorithm: another.algorithm(),
                ..Faulty::new(good)
            },
            "the signature of a message of 0 bytes is not that of the public key",
        ),
    ];
    for (signer, text) in faults {
        assert_eq!(check_signer(&signer).expect_err(text).to_string(), text);
    }
}
