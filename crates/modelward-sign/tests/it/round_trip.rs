use std::fs;
use std::num::NonZeroU64;
use std::path::Path;

use modelward_artifact::{
    DigestAlgorithm, HashOptions, JsonLimits, Manifest, NoControl, Sharding, Verdict,
};
use modelward_sign::{
    Bundle, PublicKey, SigningKey, VerifiedModel, VerifyPolicy, sign, verify_model,
    verify_statement,
};

use crate::fixture::{bundle_of, key, model, signed};
use crate::key::CURVES;

fn verdict(root: &Path, bundle: &Bundle) -> Verdict<VerifiedModel> {
    let policy = VerifyPolicy::key(key().public_key().clone());
    verify_model(root, bundle, &policy, &NoControl).expect("there is an answer")
}

#[track_caller]
fn refused(root: &Path, bundle: &Bundle, expected: &[(&str, Option<&str>)]) {
    let verdict = verdict(root, bundle);
    let findings = verdict.rejected().expect("the model must be refused");
    let found: Vec<_> = findings.iter().map(|f| (f.code(), f.subject())).collect();
    assert_eq!(found, expected);
}

#[test]
fn every_algorithm_signs_and_verifies_files_and_shards() {
    let size = NonZeroU64::new(4).expect("not zero");
    for algorithm in DigestAlgorithm::ALL {
        for sharding in [Sharding::Whole, Sharding::Size(size)] {
            let model = model();
            fs::write(model.path().join("weights.bin"), "0123456789").expect("writable");
            fs::write(model.path().join("empty"), "").expect("writable");
            let options = HashOptions::default()
                .with_algorithm(algorithm)
                .with_sharding(sharding);
            let manifest = Manifest::hash(model.path(), &options, &NoControl).expect("hashable");
            let bundle = sign(&manifest, &key()).expect("a key in memory signs");
            let bundle = Bundle::read(&bundle.to_json(), &JsonLimits::default()).expect("ours");

            let verified = verdict(model.path(), &bundle);
            let proof = verified.verified().expect("genuine");
            assert_eq!(proof.statement().algorithm(), algorithm);
            assert_eq!(proof.statement().layout(), manifest.layout());
            // OMS v1.0 registers three of the algorithms, which is a warning for the others.
            let warnings = proof.warnings().iter().filter(|f| f.subject().is_some());
            let about: Vec<_> = warnings.map(|f| f.subject()).collect();
            let (unsigned, changed) = match sharding {
                Sharding::Whole => (vec![], "weights.bin"),
                _ => (vec![Some("empty")], "weights.bin:4:8"),
            };
            assert_eq!(about, unsigned, "{algorithm}, {sharding:?}");

            fs::write(model.path().join("weights.bin"), "0123X56789").expect("writable");
            let rejected = verdict(model.path(), &bundle);
            let findings = rejected.rejected().expect("changed");
            let found: Vec<_> = findings.iter().map(|f| (f.code(), f.subject())).collect();
            assert_eq!(found, [("sign.file.changed", Some(changed))]);
        }
    }
}

#[test]
fn every_curve_verifies_its_own_signatures_alone() {
    let model = model();
    let options = HashOptions::default();
    let manifest = Manifest::hash(model.path(), &options, &NoControl).expect("hashable");
    for (signed, [pem, ..]) in CURVES {
        let key = SigningKey::from_pem(pem).expect("the vector is a private key");
        let bundle = sign(&manifest, &key).expect("a key in memory signs");
        for (curve, [_, _, public]) in CURVES {
            let policy = VerifyPolicy::key(PublicKey::from_pem(public).expect("a public key"));
            let verdict = verify_model(model.path(), &bundle, &policy, &NoControl);
            let verified = verdict.expect("there is an answer").verified().is_some();
            assert_eq!(verified, curve == signed, "{curve} for {signed}");
        }
    }
}

#[test]
fn a_signed_model_verifies_after_its_bundle_was_written_and_read() {
    let model = model();
    let bundle = signed(model.path());
    let again = Bundle::read(&bundle.to_json(), &JsonLimits::default()).expect("we read ours");
    assert_eq!(again, bundle);
    let verdict = verdict(model.path(), &again);
    let proof = verdict.verified().expect("the model is unchanged");
    assert_eq!(proof.manifest().entries().len(), 3);
    assert_eq!(proof.statement().root(), &proof.manifest().root());
    assert!(proof.warnings().is_empty());
}

#[test]
fn every_difference_is_named() {
    let model = model();
    let bundle = signed(model.path());
    fs::write(model.path().join("weights.bin"), "W").expect("the folder is writable");
    fs::write(model.path().join("added.py"), "").expect("the folder is writable");
    fs::remove_file(model.path().join("onnx/model.onnx")).expect("the folder is writable");
    refused(
        model.path(),
        &bundle,
        &[
            ("sign.file.added", Some("added.py")),
            ("sign.file.removed", Some("onnx/model.onnx")),
            ("sign.file.changed", Some("weights.bin")),
        ],
    );
}

#[cfg(unix)]
#[test]
fn a_link_in_place_of_a_file_is_refused() {
    let model = model();
    let bundle = signed(model.path());
    let weights = model.path().join("weights.bin");
    fs::rename(&weights, model.path().with_extension("elsewhere")).expect("the folder is writable");
    std::os::unix::fs::symlink(model.path().with_extension("elsewhere"), &weights)
        .expect("links can be made");
    refused(model.path(), &bundle, &[("artifact.walk.symlink", None)]);
    fs::remove_file(model.path().with_extension("elsewhere")).expect("the file is ours");
}

#[test]
fn another_key_is_refused() {
    let model = model();
    let bundle = signed(model.path());
    // secp256r1's generator point: a valid public key that is not ours.
    let generator = concat!(
        "-----BEGIN PUBLIC KEY-----\n",
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt\n",
        "6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==\n",
        "-----END PUBLIC KEY-----\n"
    );
    let policy = VerifyPolicy::key(PublicKey::from_pem(generator).expect("a point of the curve"));
    let verdict = verify_model(model.path(), &bundle, &policy, &NoControl).expect("an answer");
    assert!(
        verdict
            .rejected()
            .expect("not our key")
            .has("sign.signature.key")
    );
}

#[test]
fn a_changed_payload_is_refused() {
    let model = model();
    let bundle = signed(model.path());
    let text = String::from_utf8(bundle.to_json()).expect("a bundle is text");
    let start = text.find("payload\":\"").expect("a bundle has a payload") + 40;
    let mut bytes = text.into_bytes();
    bytes[start] = if bytes[start] == b'A' { b'B' } else { b'A' };
    let bundle = Bundle::read(&bytes, &JsonLimits::default()).expect("still a bundle");
    refused(model.path(), &bundle, &[("sign.signature.invalid", None)]);
}

#[test]
fn excluded_paths_that_exist_are_reported() {
    let model = model();
    fs::create_dir(model.path().join(".git")).expect("the folder is writable");
    fs::write(model.path().join(".git/HEAD"), "x").expect("the folder is writable");
    let bundle = signed(model.path());
    let verdict = verdict(model.path(), &bundle);
    let proof = verdict
        .verified()
        .expect("version control's files do not count");
    assert_eq!(proof.warnings().len(), 1);
    assert_eq!(proof.warnings()[0].code(), "sign.file.unsigned");
    assert_eq!(proof.warnings()[0].subject(), Some(".git"));
}

#[test]
fn a_signature_of_another_model_is_refused_where_the_name_is_asked_for() {
    let model = model();
    let bundle = signed(model.path());
    let policy = VerifyPolicy::key(key().public_key().clone()).with_expected_name("other");
    let verdict = verify_model(model.path(), &bundle, &policy, &NoControl).expect("an answer");
    assert!(
        verdict
            .rejected()
            .expect("another name")
            .has("sign.subject.name")
    );
}

#[test]
fn statements_that_break_a_rule_are_refused_though_signed() {
    let digest = "aa".repeat(32);
    let resource =
        |name: &str| format!(r#"{{"name":"{name}","algorithm":"sha256","digest":"{digest}"}}"#);
    let cases = [
        (String::new(), "sign.statement.empty"),
        (resource("../x"), "sign.statement.name"),
        (resource("/etc/passwd"), "sign.statement.name"),
        (
            format!("{},{}", resource("a"), resource("a")),
            "sign.statement.duplicate",
        ),
        (resource("a"), "sign.statement.root"),
        (
            resource("a").replace("sha256", "md5"),
            "sign.statement.algorithm",
        ),
    ];
    for (resources, code) in cases {
        let statement = format!(
            r#"{{"_type":"https://in-toto.io/Statement/v1",
            "subject":[{{"name":"m","digest":{{"sha256":"{digest}"}}}}],
            "predicateType":"https://model_signing/signature/v1.0",
            "predicate":{{"serialization":{{"method":"files","hash_type":"sha256"}},
            "resources":[{resources}]}}}}"#
        );
        let model = model();
        refused(model.path(), &bundle_of(&statement), &[(code, None)]);
    }
}

#[test]
fn malformed_bundles_say_why() {
    let good = String::from_utf8(signed(model().path()).to_json()).expect("a bundle is text");
    let cases = [
        (String::new(), "artifact.json.syntax"),
        (good[..good.len() / 2].to_owned(), "artifact.json.syntax"),
        (
            good.replacen('{', r#"{"mediaType":"x","#, 1),
            "artifact.json.duplicate",
        ),
        (good.replace("v0.3", "v0.9"), "sign.bundle.media_type"),
        (good.replace("publicKey", "noKey"), "sign.bundle.methods"),
        (
            good.replace("\"sig\":\"", "\"sig\":\"*"),
            "sign.bundle.base64",
        ),
        (
            good.replace("\"hint\":\"", "\"hint\":\"x"),
            "sign.bundle.hint",
        ),
    ];
    for (text, code) in cases {
        let error = Bundle::read(text.as_bytes(), &JsonLimits::default())
            .expect_err("the bundle must be refused");
        assert_eq!(error.code(), code, "{error}");
    }
}

#[test]
fn no_change_of_one_bit_in_a_bundle_verifies_another_statement() {
    let model = model();
    let good = signed(model.path());
    let bytes = good.to_json();
    let policy = VerifyPolicy::key(key().public_key().clone());
    for place in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[place] ^= 1;
        let Ok(bundle) = Bundle::read(&changed, &JsonLimits::default()) else {
            continue;
        };
        if let Ok(Verdict::Verified(_)) = verify_statement(&bundle, &policy) {
            // What may change is what the signature does not cover and nothing relies on.
            let payload = bundle.envelope().unverified_payload();
            assert_eq!(
                payload,
                good.envelope().unverified_payload(),
                "byte {place}"
            );
        }
    }
}

#[test]
fn a_bundle_that_is_cut_anywhere_is_refused() {
    let bytes = signed(model().path()).to_json();
    for length in 0..bytes.len() {
        assert!(
            Bundle::read(&bytes[..length], &JsonLimits::default()).is_err(),
            "{length}"
        );
    }
}
