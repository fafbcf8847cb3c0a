//! The signatures of Project Wycheproof, which are wrong in every way that anyone thought of.

use std::fs;
use std::path::Path;

use modelward_artifact::DigestAlgorithm;
use serde_json::Value;
use x509_cert::der::asn1::ObjectIdentifier;
use x509_cert::spki::AlgorithmIdentifierOwned;

use super::{Answer, Signed};
use crate::PublicKey;

/// Each file with the algorithm of its signatures, how many it has, and how many are valid.
const ECDSA: [(&str, ObjectIdentifier, DigestAlgorithm, [usize; 2]); 6] = [
    (
        "secp256r1_sha256",
        super::ECDSA_SHA256,
        DigestAlgorithm::Sha256,
        [484, 174],
    ),
    (
        "secp256r1_sha512",
        super::ECDSA_SHA512,
        DigestAlgorithm::Sha512,
        [554, 243],
    ),
    (
        "secp384r1_sha256",
        super::ECDSA_SHA256,
        DigestAlgorithm::Sha256,
        [472, 162],
    ),
    (
        "secp384r1_sha384",
        super::ECDSA_SHA384,
        DigestAlgorithm::Sha384,
        [504, 194],
    ),
    (
        "secp384r1_sha512",
        super::ECDSA_SHA512,
        DigestAlgorithm::Sha512,
        [542, 231],
    ),
    (
        "secp521r1_sha512",
        super::ECDSA_SHA512,
        DigestAlgorithm::Sha512,
        [542, 232],
    ),
];

#[cfg(feature = "rsa")]
const RSA: [(&str, ObjectIdentifier, [usize; 2]); 6] = [
    ("2048_sha256", super::RSA_SHA256, [259, 9]),
    ("3072_sha256", super::RSA_SHA256, [259, 8]),
    ("3072_sha384", super::RSA_SHA384, [259, 7]),
    ("4096_sha256", super::RSA_SHA256, [258, 7]),
    ("4096_sha384", super::RSA_SHA384, [259, 7]),
    ("4096_sha512", super::RSA_SHA512, [259, 7]),
];

/// One signature of the suite.
struct Case {
    id: u64,
    key: Vec<u8>,
    message: Vec<u8>,
    signature: Vec<u8>,
    result: String,
}

fn cases(file: &str) -> Option<Vec<Case>> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let shared = std::env::var("MODELWARD_SHARED").unwrap_or_else(|_| beside.to_owned());
    let folder = Path::new(&shared).join("data/crypto/wycheproof");
    let Ok(text) = fs::read(folder.join(file)) else {
        let may_skip = std::env::var_os("MODELWARD_NO_SKIP").is_none();
        assert!(
            may_skip,
            "{file} is not at hand, and skipping is not allowed"
        );
        return None;
    };
    let suite: Value = serde_json::from_slice(&text).expect("the suite is JSON");
    let groups = suite["testGroups"].as_array().expect("a list").iter();
    let cases = groups.flat_map(|group| {
        let key = hex(&group["publicKeyDer"]);
        let tests = group["tests"].as_array().expect("a list").iter();
        tests.map(move |test| Case {
            id: test["tcId"].as_u64().expect("a number"),
            key: key.clone(),
            message: hex(&test["msg"]),
            signature: hex(&test["sig"]),
            result: test["result"].as_str().expect("a text").to_owned(),
        })
    });
    Some(cases.collect())
}

fn hex(value: &Value) -> Vec<u8> {
    let text = value.as_str().expect("a text");
    (0..text.len() / 2)
        .map(|at| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).expect("hexadecimal"))
        .collect()
}

fn answer(case: &Case, oid: ObjectIdentifier) -> Answer {
    let algorithm = AlgorithmIdentifierOwned {
        oid,
        parameters: None,
    };
    let signed = Signed {
        algorithm: &algorithm,
        bytes: &case.message,
        signature: &case.signature,
    };
    signed.verify(&case.key)
}

/// Judges every signature of a file, and makes sure that none was left out.
fn judge(
    file: &str,
    oid: ObjectIdentifier,
    [total, valid]: [usize; 2],
    also: impl Fn(&Case, bool),
) {
    let Some(cases) = cases(file) else {
        return;
    };
    let mut found = 0;
    for case in &cases {
        let genuine = answer(case, oid) == Answer::Genuine;
        assert_eq!(genuine, case.result == "valid", "{file}, case {}", case.id);
        found += usize::from(genuine);
        also(case, genuine);
    }
    assert_eq!([cases.len(), found], [total, valid], "{file}");
}

#[test]
fn ecdsa_takes_what_is_valid_and_nothing_else() {
    for (name, oid, hash, counts) in ECDSA {
        judge(
            &format!("ecdsa_{name}_test.json"),
            oid,
            counts,
            |case, genuine| {
                // Signatures of models have the hash function of the curve.
                let key = PublicKey::from_der(&case.key).expect("a key on a known curve");
                if key.curve().algorithm().digest_algorithm() == hash {
                    let verifies = key.verifies(&case.message, &case.signature);
                    assert_eq!(verifies, genuine, "{name}, case {}", case.id);
                }
            },
        );
    }
}

#[cfg(feature = "rsa")]
#[test]
fn rsa_takes_what_is_valid_and_nothing_else() {
    for (name, oid, counts) in RSA {
        // The one that may be taken leaves out the null of the padding; we do not take it.
        judge(
            &format!("rsa_signature_{name}_test.json"),
            oid,
            counts,
            |_, _| {},
        );
    }
}
