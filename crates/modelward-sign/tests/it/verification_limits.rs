//! What a verification says where signers, keys, folders or manifests do not fit the question.

use std::fs;
use std::num::NonZeroU64;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use modelward_artifact::{Digest, Finding, HashOptions, NoControl, Sharding};
use modelward_sign::{
    Bundle, CertificatePolicy, Denied, Method, SignOptions, SigningKey, ValidationTime,
    VerifyError, VerifyPolicy, sign, sign_with, verify_jointly, verify_manifest, verify_model,
    verify_statement,
};
use serde_json::{Value, json};

use crate::authority::{Holder, NOW, Wanted, at, certify};
use crate::fixture::{
    bundle_of, hashed, key, model, outcome, policy, read, signed, statement_of, value_of, verified,
};
use crate::key::CURVES;

fn certificates(root: &Holder) -> CertificatePolicy {
    CertificatePolicy::new([root.root()], ValidationTime::Now(at(NOW)))
}

#[test]
fn a_manifest_whose_bundle_is_of_a_stranger_is_refused() {
    let model = model();
    let stranger = SigningKey::from_pem(CURVES[1].1[0]).expect("a private key");
    let manifest = hashed(model.path(), &HashOptions::default());
    let bundle = sign(&manifest, &stranger).expect("it signs");
    let verdict = verify_manifest(manifest, &bundle, &policy()).expect("an answer");
    let findings = verdict.rejected().expect("another signed");
    assert!(findings.has("sign.signature.key"), "{findings}");
}

/// Whoever breaks a rule in what was signed is told no; what this version does not know has no answer,
/// since a later one may.
#[test]
fn a_statement_that_breaks_a_rule_is_refused_and_one_that_is_not_known_has_no_answer() {
    let statement = statement_of(&signed(model().path()));
    let changed = |pointer: &str, value: Value| {
        let mut statement = statement.clone();
        *statement.pointer_mut(pointer).expect("the member is there") = value;
        verify_statement(&bundle_of(&statement.to_string()), &policy())
    };
    let twice = statement["predicate"]["resources"][0]["name"].clone();
    for (pointer, value, code) in [
        (
            "/predicate/resources/1/name",
            twice,
            "sign.statement.duplicate",
        ),
        (
            "/predicate/resources/0/name",
            "../x".into(),
            "sign.statement.name",
        ),
        ("/subject", json!([]), "sign.statement.subjects"),
    ] {
        let verdict = changed(pointer, value).expect("it is understood");
        let findings = verdict.rejected().expect("it breaks a rule");
        assert!(findings.has(code), "{findings}");
    }
    for (pointer, value, code) in [
        ("/_type", "another".into(), "sign.statement.type"),
        ("/predicateType", "another".into(), "sign.statement.type"),
        (
            "/predicate/serialization/method",
            "another".into(),
            "sign.statement.serialization",
        ),
    ] {
        let error = changed(pointer, value).expect_err("it is not understood");
        assert!(matches!(error, VerifyError::Statement { .. }), "{error}");
        assert_eq!(error.code(), code);
    }
}

/// What no signer can have signed is an answer, and it is no; what cannot be read is none.
#[cfg(unix)]
#[test]
fn a_link_in_place_of_a_file_is_refused_and_a_folder_that_is_not_there_has_no_answer() {
    use std::os::unix::fs::symlink;

    let model = model();
    let bundle = signed(model.path());
    let weights = model.path().join("weights.bin");
    let elsewhere = tempfile::tempdir().expect("a scratch folder can be made");
    fs::rename(&weights, elsewhere.path().join("weights.bin")).expect("writable");
    for name in ["weights.bin", "nothing"] {
        symlink(elsewhere.path().join(name), &weights).expect("links can be made");
        let verdict = verify_model(model.path(), &bundle, &policy(), &NoControl);
        let verdict = verdict.expect("there is an answer");
        let findings = verdict.rejected().expect("a link is no file");
        assert!(findings.has("artifact.walk.symlink"), "{findings}");
        fs::remove_file(&weights).expect("writable");
    }
    let nowhere = elsewhere.path().join("nowhere");
    let error = verify_model(&nowhere, &bundle, &policy(), &NoControl);
    let error = error.expect_err("no folder");
    assert!(matches!(error, VerifyError::Hash(_)), "{error}");
}

/// Digests of shards say nothing of digests of files, so there is no answer.
#[test]
fn a_manifest_of_another_layout_has_no_answer() {
    let model = model();
    let size = NonZeroU64::new(4096).expect("not zero");
    let options = HashOptions::default().with_sharding(Sharding::Size(size));
    let shards = hashed(model.path(), &options);
    let error = verify_manifest(shards, &signed(model.path()), &policy());
    let error = error.expect_err("another layout");
    assert!(matches!(error, VerifyError::Manifest { .. }));
    assert_eq!(
        error.to_string(),
        "the manifest has sha256 of shards of 4096 bytes, signed is sha256 of files"
    );
}

#[test]
fn a_policy_names_the_method_that_a_bundle_must_be_of() {
    let root = Holder::new("CN=root");
    assert_eq!(policy().method(), Method::Key);
    let certified = VerifyPolicy::certificate(certificates(&root));
    assert_eq!(certified.method(), Method::Certificate);
    #[cfg(feature = "sigstore")]
    {
        let trust = modelward_sign::SigstoreTrust::public_good().expect("it is built in");
        let keyless = modelward_sign::SigstorePolicy::new(trust, "a@example.com", "issuer");
        let keyless = VerifyPolicy::sigstore(keyless);
        assert_eq!(keyless.method(), Method::Sigstore);
        // A denied key changes nothing of a policy that trusts no keys.
        let denied = Denied::new(key().public_key().hint(), at(NOW));
        let keyless = keyless.with_denied(denied);
        let model = model();
        let found = outcome(model.path(), &signed(model.path()), &keyless);
        assert_eq!(found, ["sign.bundle.method"]);
    }
}

#[test]
fn a_key_that_is_denied_signs_by_no_certificate_either() {
    let root = Holder::new("CN=root");
    let leaf = root.issue(&Holder::signer("CN=signer"), &Wanted::signer());
    let model = model();
    let options = SignOptions::default().with_certificates([leaf.clone()]);
    let manifest = hashed(model.path(), &HashOptions::default());
    let bundle = sign_with(&manifest, &key(), &options).expect("it signs");
    let trusted = VerifyPolicy::certificate(certificates(&root));
    assert_eq!(outcome(model.path(), &bundle, &trusted), ["ok"]);
    for (since, expected) in [(NOW, "sign.chain.denied"), (NOW + 1, "ok")] {
        let denied = Denied::new(leaf.public_key_digest(), at(since));
        let policy = trusted.clone().with_denied(denied);
        assert_eq!(outcome(model.path(), &bundle, &policy), [expected]);
    }
}

#[test]
fn a_denial_is_of_one_key_and_of_no_other() {
    let model = model();
    let bundle = signed(model.path());
    let signer = Digest::sha256(key().public_key().as_der());
    for (denied, expected) in [
        (signer, "sign.signature.denied"),
        (Digest::sha256(b"another key"), "ok"),
    ] {
        let policy = policy().with_denied(Denied::new(denied, at(NOW)));
        assert_eq!(outcome(model.path(), &bundle, &policy), [expected]);
    }
}

#[test]
fn the_verdict_is_the_same_whatever_the_number_of_threads() {
    let model = model();
    let bundle = signed(model.path());
    let one = verified(model.path(), &bundle, &policy().with_threads(1));
    let all = verified(model.path(), &bundle, &policy().with_threads(3));
    assert_eq!(one.manifest(), all.manifest());
    fs::write(model.path().join("weights.bin"), "W").expect("writable");
    for threads in [1, 3] {
        let policy = policy().with_threads(threads);
        assert_eq!(
            outcome(model.path(), &bundle, &policy),
            ["sign.file.changed"]
        );
    }
}

/// A good chain to a key that signs no models: nothing can be verified by it.
#[test]
fn a_certified_key_of_another_kind_signs_no_model() {
    let root = Holder::new("CN=root");
    // An Ed25519 key, the point of the generator.
    let mut spki = b"\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00".to_vec();
    spki.push(0x58);
    spki.resize(44, 0x66);
    let names = [root.name.as_str(), "CN=signer"];
    let leaf = certify::<_, p256::ecdsa::DerSignature>(&root.key, names, &spki, &Wanted::signer());
    let leaf = leaf.expect("what was made can be read");
    let raw = BASE64_STANDARD.encode(leaf.as_der());
    let model = model();
    let mut value = value_of(&signed(model.path()));
    value["verificationMaterial"] =
        json!({"x509CertificateChain": {"certificates": [{"rawBytes": raw}]}});
    let trusted = VerifyPolicy::certificate(certificates(&root));
    let found = outcome(model.path(), &read(&value), &trusted);
    assert_eq!(found, ["sign.key.algorithm"]);
}

/// Verifies by the policy twice, as if two had to have signed.
fn jointly(root: &std::path::Path, bundle: &Bundle) -> Vec<(String, Option<String>)> {
    let policy = policy();
    let both = [(bundle, &policy), (bundle, &policy)];
    let verdict = verify_jointly(root, &both, &NoControl).expect("an answer");
    let told = |finding: &Finding| {
        let subject = finding.subject().map(str::to_owned);
        (finding.message()[..12].to_owned(), subject)
    };
    let mut told: Vec<_> = verdict
        .rejected()
        .expect("refused")
        .iter()
        .map(told)
        .collect();
    told.sort();
    told
}

#[test]
fn each_of_several_signatures_says_what_it_misses() {
    let model = model();
    let bundle = signed(model.path());
    let empty = tempfile::tempdir().expect("a scratch folder can be made");
    let files = ["config.json", "onnx/model.onnx", "weights.bin"];
    let expected: Vec<_> = ["signature 1:", "signature 2:"]
        .into_iter()
        .flat_map(|which| files.map(|file| (which.to_owned(), Some(file.to_owned()))))
        .collect();
    assert_eq!(jointly(empty.path(), &bundle), expected);
}

#[test]
fn a_model_that_is_not_there_has_no_answer_for_any_signature() {
    let model = model();
    let bundle = signed(model.path());
    let nowhere = model.path().join("nowhere");
    let policy = policy();
    let error = verify_jointly(&nowhere, &[(&bundle, &policy)], &NoControl);
    let error = error.expect_err("no folder");
    assert!(matches!(error, VerifyError::Hash(_)), "{error}");
}
