//! The forms of bundles and statements: what is taken, what is a warning, what is written.

use std::fs;
use std::num::NonZeroU64;
use std::path::Path;

use modelward_artifact::{
    Digest, DigestAlgorithm, Finding, HashOptions, JsonLimits, Sharding, root_digest,
};
use modelward_sign::{
    Bundle, Profile, SignOptions, Statement, VerifyPolicy, Write, sign, sign_with,
};
use serde_json::{Value, json};

use crate::fixture::{
    bundle_of, hashed, key, model, outcome, policy, read, signed, statement_of, value_of, verified,
    warnings,
};

const NO_CODES: [&str; 0] = [];

/// Changes the JSON of a bundle or of a statement.
type Change = fn(&mut Value);

fn codes(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(Finding::code).collect()
}

/// A deviation is a warning in one profile and a refusal in another; none is neither.
#[track_caller]
fn is_judged(name: &str, (model, bundle): (&Path, &Bundle), code: Option<&str>) {
    let proof = verified(model, bundle, &policy());
    let found: Vec<_> = warnings(&proof).into_iter().map(|(code, _)| code).collect();
    assert_eq!(found, Vec::from_iter(code), "{name}");
    let strict = policy().with_profile(Profile::Strict);
    let expected = code.unwrap_or("ok");
    assert_eq!(outcome(model, bundle, &strict), [expected], "{name}");
}

#[test]
fn what_we_write_deviates_in_nothing() {
    let model = model();
    let bundle = signed(model.path());
    let read = Bundle::read(&bundle.to_json(), &JsonLimits::default()).expect("ours");
    assert_eq!(codes(read.deviations()), NO_CODES);
    let strict = policy().with_profile(Profile::Strict);
    let proof = verified(model.path(), &read, &strict);
    assert_eq!(codes(proof.statement().deviations()), NO_CODES);
    assert!(proof.warnings().is_empty());
}

#[test]
fn deviations_of_a_bundle_are_warnings_or_refusals() {
    // Each model has a name and so a signature of its own; a few have no letter that differs
    // between the alphabets, and no padding.
    let signature = |bundle: &Bundle| {
        let text = value_of(bundle)["dsseEnvelope"]["signatures"][0]["sig"].clone();
        text.as_str().expect("text").to_owned()
    };
    let mut models = std::iter::repeat_with(model);
    let model = models
        .find(|model| signature(&signed(model.path())).contains(['+', '/', '=']))
        .expect("there is always another");
    let pem = base64::Engine::encode(
        &base64::prelude::BASE64_STANDARD,
        key().public_key().as_pem(),
    );
    let raw_key = json!({"rawBytes": pem, "keyDetails": "PKIX_ECDSA_P256_SHA_256"});
    let cases: [(&str, Option<&str>, Change); 6] = [
        ("a null keyid", None, |b| {
            b["dsseEnvelope"]["signatures"][0]["keyid"] = Value::Null;
        }),
        ("no entries of a log", None, |b| {
            let material = b["verificationMaterial"]
                .as_object_mut()
                .expect("an object");
            material.remove("tlogEntries");
        }),
        ("an empty hint", Some("sign.bundle.no_hint"), |b| {
            b["verificationMaterial"]["publicKey"]["hint"] = "".into();
        }),
        ("the other alphabet", Some("sign.bundle.base64_form"), |b| {
            let signature = b["dsseEnvelope"]["signatures"][0]["sig"]
                .as_str()
                .expect("text");
            let other = signature.replace('+', "-").replace('/', "_");
            b["dsseEnvelope"]["signatures"][0]["sig"] = other.trim_end_matches('=').into();
        }),
        ("a member beside", Some("sign.bundle.unknown_member"), |b| {
            b["x"] = 1.into();
        }),
        ("a member inside", Some("sign.bundle.unknown_member"), |b| {
            b["dsseEnvelope"]["x"] = 1.into();
        }),
    ];
    let mut bundles: Vec<(&str, Option<&str>, Bundle)> = cases
        .into_iter()
        .map(|(name, code, change)| {
            let mut value = value_of(&signed(model.path()));
            change(&mut value);
            (name, code, read(&value))
        })
        .collect();
    let mut value = value_of(&signed(model.path()));
    value["verificationMaterial"]["publicKey"] = raw_key;
    bundles.push(("the key itself", Some("sign.bundle.raw_key"), read(&value)));

    for (name, code, bundle) in bundles {
        is_judged(name, (model.path(), &bundle), code);
    }
}

#[test]
fn deviations_of_a_statement_are_warnings_or_refusals() {
    let model = model();
    let cases: [(&str, Option<&str>, Change); 6] = [
        ("a resource's annotation", None, |s| {
            s["predicate"]["resources"][0]["annotations"] = json!({"size": 2});
        }),
        ("nothing left out", None, |s| {
            let serialization = s["predicate"]["serialization"].as_object_mut();
            serialization.expect("an object").remove("ignore_paths");
        }),
        (
            "no word of links",
            Some("sign.statement.no_symlinks"),
            |s| {
                let serialization = s["predicate"]["serialization"].as_object_mut();
                serialization.expect("an object").remove("allow_symlinks");
            },
        ),
        ("a member", Some("sign.statement.unknown_member"), |s| {
            s["x"] = 1.into();
        }),
        (
            "an inner member",
            Some("sign.statement.unknown_member"),
            |s| {
                s["predicate"]["serialization"]["x"] = 1.into();
            },
        ),
        ("another order", Some("sign.statement.order"), |s| {
            let resources = s["predicate"]["resources"].as_array_mut().expect("a list");
            resources.reverse();
            let digests = resources.iter().map(|resource| {
                let hex = resource["digest"].as_str().expect("text");
                Digest::from_hex(DigestAlgorithm::Sha256, hex).expect("a digest")
            });
            let root = root_digest(&digests.collect::<Vec<_>>());
            s["subject"][0]["digest"]["sha256"] = root.to_hex().into();
        }),
    ];
    for (name, code, change) in cases {
        let mut statement = statement_of(&signed(model.path()));
        change(&mut statement);
        let bundle = bundle_of(&statement.to_string());
        is_judged(name, (model.path(), &bundle), code);
    }
}

#[test]
fn unknown_members_survive_a_read_and_a_write() {
    let model = model();
    let mut value = value_of(&signed(model.path()));
    value["new"] = json!({"a": 1});
    value["dsseEnvelope"]["new"] = json!([2]);
    value["dsseEnvelope"]["signatures"][0]["new"] = json!("3");
    value["dsseEnvelope"]["signatures"][0]["keyid"] = json!("ada");
    value["verificationMaterial"]["tlogEntries"] = json!([{"logIndex": "1"}]);
    value["verificationMaterial"]["timestampVerificationData"] = json!({"rfc3161Timestamps": []});
    assert_eq!(value_of(&read(&value)), value);

    let mut statement = statement_of(&signed(model.path()));
    statement["new"] = json!(1);
    statement["subject"][0]["new"] = json!(2);
    statement["subject"][0]["digest"]["new"] = json!("3");
    statement["predicate"]["new"] = json!(4);
    statement["predicate"]["serialization"]["new"] = json!(5);
    statement["predicate"]["resources"][1]["new"] = json!(6);
    let read = Statement::read(statement.to_string().as_bytes(), &JsonLimits::default());
    let written = read.expect("unknown members are no error").to_json();
    let written: Value = serde_json::from_slice(&written).expect("JSON");
    assert_eq!(written, statement);
}

#[test]
fn the_python_form_differs_where_that_client_does() {
    let model = model();
    let single = model.path().join("weights.bin");
    fs::write(&single, "0123456789").expect("writable");
    let shards =
        HashOptions::default().with_sharding(Sharding::Size(NonZeroU64::MIN.saturating_add(7)));
    let files = HashOptions::default();
    let cases = [
        (&single, &files, ".", "sha256", None, "weights.bin", None),
        (
            &single,
            &shards,
            ".:0:8",
            "sha256-sharded-8",
            Some(json!(8.0)),
            "weights.bin:0:8",
            Some(json!(8)),
        ),
    ];
    for (root, options, name, algorithm, size, plain_name, plain_size) in cases {
        let manifest = hashed(root, options);
        let python = SignOptions::default().with_form(Write::PythonCompat);
        let python = sign_with(&manifest, &key(), &python).expect("it signs");
        let spec = sign(&manifest, &key()).expect("it signs");
        let (python_statement, spec_statement) = (statement_of(&python), statement_of(&spec));
        let first = |statement: &Value| statement["predicate"]["resources"][0].clone();
        assert_eq!(first(&python_statement)["name"], name);
        assert_eq!(first(&python_statement)["algorithm"], algorithm);
        assert_eq!(first(&spec_statement)["name"], plain_name);
        assert_eq!(first(&spec_statement)["algorithm"], "sha256");
        let shard_size = |s: &Value| s["predicate"]["serialization"].get("shard_size").cloned();
        assert_eq!(shard_size(&python_statement), size);
        assert_eq!(shard_size(&spec_statement), plain_size);
        for bundle in [&python, &spec] {
            assert_eq!(outcome(root, bundle, &policy()), ["ok"]);
        }
        let strict = policy().with_profile(Profile::Strict);
        assert_eq!(outcome(root, &spec, &strict), ["ok"]);
        assert_ne!(outcome(root, &python, &strict), ["ok"]);
    }
}

#[test]
fn a_file_whose_name_begins_as_a_shard_of_one_file_keeps_its_name() {
    let shards = HashOptions::default().with_sharding(Sharding::Size(NonZeroU64::MIN));
    for name in [".:.", ".:0:1", ".:x"] {
        let folder = tempfile::tempdir().expect("a scratch folder can be made");
        fs::write(folder.path().join(name), "w").expect("writable");
        for hashing in [&HashOptions::default(), &shards] {
            let manifest = hashed(folder.path(), hashing);
            for form in [Write::Spec, Write::PythonCompat] {
                let options = SignOptions::default().with_form(form);
                let bundle = sign_with(&manifest, &key(), &options).expect("it signs");
                let text = statement_of(&bundle).to_string();
                let read = Statement::read(text.as_bytes(), &JsonLimits::default());
                let read = read.expect("what we wrote is read");
                assert_eq!(read.resources()[0].name().path().as_str(), name);
                assert_eq!(outcome(folder.path(), &bundle, &policy()), ["ok"]);
            }
        }
    }
}

#[test]
fn a_model_that_is_a_folder_is_not_taken_for_one_that_is_a_file() {
    let model = model();
    let manifest = hashed(&model.path().join("weights.bin"), &HashOptions::default());
    let python = SignOptions::default().with_form(Write::PythonCompat);
    let bundle = sign_with(&manifest, &key(), &python).expect("it signs");
    let around = tempfile::tempdir().expect("a scratch folder can be made");
    fs::write(around.path().join("other.bin"), "w").expect("writable");
    assert_eq!(
        outcome(&around.path().join("other.bin"), &bundle, &policy()),
        ["ok"]
    );
    assert_eq!(
        outcome(around.path(), &bundle, &policy()),
        ["sign.file.added", "sign.file.removed"]
    );
}

/// What `model-signing` v0.2 wrote: a subject for every file.
fn historic_statement() -> String {
    let subject = |name: &str, bytes: &str| {
        json!({
            "name": name,
            "digest": {"sha256": Digest::sha256(bytes.as_bytes()).to_hex()},
            "annotations": {"actual_hash_algorithm": "file-sha256"},
        })
    };
    json!({
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [
            subject("weights.bin", "w"),
            subject("config.json", "{}"),
            subject("onnx/model.onnx", "o"),
        ],
        "predicateType": "https://model_signing/Digests/v0.1",
        "predicate": {"unused": "Unused, just passed due to API requirements"},
    })
    .to_string()
}

#[test]
fn the_oldest_form_counts_only_where_it_is_asked_for() {
    let model = model();
    let bundle = bundle_of(&historic_statement());
    for profile in [Profile::Compatible, Profile::Strict] {
        let policy = policy().with_profile(profile);
        assert_eq!(
            outcome(model.path(), &bundle, &policy),
            ["sign.statement.type"]
        );
    }
    let historic = policy().with_profile(Profile::Historic);
    let proof = verified(model.path(), &bundle, &historic);
    assert_eq!(warnings(&proof), [("sign.statement.historic", None)]);
    assert_eq!(proof.statement().name(), "");

    let named = historic.clone().with_expected_name("model");
    assert_eq!(
        outcome(model.path(), &bundle, &named),
        ["sign.subject.name"]
    );
    fs::write(model.path().join("weights.bin"), "W").expect("writable");
    fs::write(model.path().join("added"), "").expect("writable");
    let found = outcome(model.path(), &bundle, &historic);
    assert_eq!(found, ["sign.file.added", "sign.file.changed"]);
}

#[test]
fn the_oldest_form_has_its_rules_too() {
    let cases: [(&str, &str, &str); 4] = [
        ("weights.bin", "../weights.bin", "sign.statement.name"),
        ("weights.bin", "config.json", "sign.statement.duplicate"),
        ("file-sha256", "file-blake2b", "sign.statement.algorithm"),
        (
            "in-toto.io/Statement/v1",
            "in-toto.io/Statement/v0.1",
            "sign.statement.type",
        ),
    ];
    let model = model();
    let historic: VerifyPolicy = policy().with_profile(Profile::Historic);
    for (from, to, code) in cases {
        let bundle = bundle_of(&historic_statement().replacen(from, to, 1));
        assert_eq!(outcome(model.path(), &bundle, &historic), [code], "{to}");
    }
}
