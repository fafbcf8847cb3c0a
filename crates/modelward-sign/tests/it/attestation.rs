use modelward_artifact::{Digest, HashOptions, JsonLimits, Verdict};
use modelward_sign::{
    Attestation, Bundle, COUNTERSIGNATURE_PREDICATE_TYPE, CYCLONEDX_PREDICATE_TYPE, Profile,
    SignOptions, Subject, VerifiedAttestation, VerifyError, VerifyPolicy, attest,
    verify_attestation, verify_statement,
};
use serde_json::json;

use crate::fixture::{bundle_of, hashed, key, model, policy, read, signed, value_of};

const KIND: &str = "https://example.com/gate-report/v1";

fn about(digest: Digest) -> Attestation {
    let subjects = vec![Subject::new("model", digest)];
    Attestation::new(KIND, subjects, json!({"decision": "go"})).expect("it has a subject")
}

fn attested(attestation: &Attestation) -> Bundle {
    attest(attestation, &key(), &SignOptions::default()).expect("it signs")
}

fn outcome(bundle: &Bundle, policy: &VerifyPolicy, kind: &str) -> String {
    match verify_attestation(bundle, policy, kind) {
        Ok(Verdict::Verified(_)) => "ok".to_owned(),
        Ok(Verdict::Rejected(findings)) => findings.as_slice()[0].code().to_owned(),
        Err(error) => error.code().to_owned(),
    }
}

#[test]
fn a_document_becomes_evidence_about_a_model() {
    let model = model();
    let root = hashed(model.path(), &HashOptions::default()).root();
    let bundle = attested(&about(root));
    let bundle = Bundle::read(&bundle.to_json(), &JsonLimits::default()).expect("ours");
    let expects = policy()
        .with_expected_root(root)
        .with_expected_name("model");
    let verdict = verify_attestation(&bundle, &expects, KIND).expect("an answer");
    let proof: &VerifiedAttestation = verdict.verified().expect("signed");
    assert!(proof.attestation().is_about(&root));
    assert_eq!(proof.signed_by().key_digest(), key().public_key().hint());
    assert_eq!(proof.attestation(), &about(root));
}

#[test]
fn an_attestation_is_refused_where_anything_differs() {
    let root = Digest::sha256(b"root");
    let good = attested(&about(root));
    let other = Digest::sha256(b"other");
    let other_key = modelward_sign::PublicKey::from_pem(crate::key::CURVES[1].1[2]).expect("a key");
    let cases = [
        (policy(), KIND, "ok"),
        (policy().with_profile(Profile::Strict), KIND, "ok"),
        (
            policy(),
            CYCLONEDX_PREDICATE_TYPE,
            "sign.attestation.predicate_type",
        ),
        (
            policy().with_expected_root(other),
            KIND,
            "sign.subject.root",
        ),
        (policy().with_expected_name("x"), KIND, "sign.subject.name"),
        (VerifyPolicy::key(other_key), KIND, "sign.signature.key"),
    ];
    for (policy, kind, expected) in cases {
        assert_eq!(outcome(&good, &policy, kind), expected);
    }
    let mut value = value_of(&good);
    value["x"] = 1.into();
    let strict = policy().with_profile(Profile::Strict);
    assert_eq!(
        outcome(&read(&value), &strict, KIND),
        "sign.bundle.unknown_member"
    );
}

#[test]
fn the_signature_of_a_model_and_an_attestation_never_stand_for_each_other() {
    let model = model();
    let signature = signed(model.path());
    let found = outcome(&signature, &policy(), modelward_sign::PREDICATE_TYPE);
    assert_eq!(found, "sign.attestation.predicate_type");
    let attestation = attested(&about(Digest::sha256(b"x")));
    let error = verify_statement(&attestation, &policy()).expect_err("no statement of a model");
    assert_eq!(error.code(), "sign.statement.type");
}

#[test]
fn malformed_attestations_say_why() {
    let good = r#"{"_type":"https://in-toto.io/Statement/v1","predicateType":"k","predicate":{},
        "subject":[{"name":"m","digest":{"sha256":"HEX"}}]}"#;
    let good = good.replace("HEX", &"ab".repeat(32));
    let cases = [
        (good.clone(), "ok"),
        (
            good.replace("\"k\"", "\"\""),
            "sign.attestation.predicate_type",
        ),
        (good.replace("/v1", "/v0.1"), "sign.attestation.type"),
        (
            good.replace("\"sha256\"", "\"md5\""),
            "sign.attestation.no_digest",
        ),
        (good.replace("abab", "ABAB"), "sign.attestation.digest"),
        (
            good.replace("\"subject\"", "\"other\""),
            "artifact.json.shape",
        ),
        (
            good.replacen('{', "{\"predicate\":1,", 1),
            "artifact.json.duplicate",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(
            outcome(&bundle_of(&text), &policy(), "k"),
            expected,
            "{text}"
        );
    }
    let none = Attestation::new("k", Vec::new(), json!({})).expect_err("about nothing");
    assert_eq!(none.code(), "sign.attestation.no_subject");
}

#[test]
fn a_countersignature_vouches_for_one_bundle() {
    let model = model();
    let first = signed(model.path()).to_json();
    let second = attested(&Attestation::countersignature("model.sig", &first));
    let expects = policy().with_expected_root(Digest::sha256(&first));
    assert_eq!(
        outcome(&second, &expects, COUNTERSIGNATURE_PREDICATE_TYPE),
        "ok"
    );
    let another = policy().with_expected_root(Digest::sha256(b"another bundle"));
    let found = outcome(&second, &another, COUNTERSIGNATURE_PREDICATE_TYPE);
    assert_eq!(found, "sign.subject.root");
}

#[test]
fn an_attestation_that_is_no_json_has_no_answer() {
    let error = verify_attestation(&bundle_of("x"), &policy(), "k").expect_err("no JSON");
    assert!(matches!(error, VerifyError::Attestation { .. }));
    assert_eq!(
        error.to_string(),
        "the signed attestation is not understood"
    );
}
