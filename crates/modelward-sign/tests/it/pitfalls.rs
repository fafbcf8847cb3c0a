//! What can fool a verifier, each by its number in the list of field notes that the project keeps:
//! the Python reference falls for most of it.

use std::fs;
use std::num::NonZeroU64;
use std::path::Path;

use modelward_artifact::{
    Control, Event, GitPaths, HashOptions, JsonLimits, NoControl, Sharding, Symlinks, WalkOptions,
};
use modelward_sign::{
    Bundle, CertificatePolicy, Identity, Profile, PublicKey, SignOptions, UnsignedFiles,
    ValidationTime, VerifyPolicy, sign, sign_with, verify_model,
};
use serde_json::{Value, json};

use crate::authority::{Holder, NOW, SERVER_AUTH, Wanted, YEAR, at};
use crate::fixture::{
    bundle_of, hashed, key, model, outcome, path, policy, put, signed, statement_of, value_of,
    verified, warnings,
};
use crate::key::CURVES;

/// Signs the statement of a model after it was changed.
fn resigned(root: &Path, change: impl FnOnce(&mut Value)) -> Bundle {
    let mut statement = statement_of(&signed(root));
    change(&mut statement);
    bundle_of(&statement.to_string())
}

#[test]
fn p01_a_signed_name_never_leads_out_of_the_model() {
    let model = model();
    let lenient = policy().with_unsigned_files(UnsignedFiles::Warn);
    for name in [
        "../single.bin",
        "/etc/passwd",
        "a/../../x",
        "a//b",
        "./config.json",
        "C:\\x",
    ] {
        let bundle = resigned(model.path(), |statement| {
            statement["predicate"]["resources"][0]["name"] = name.into();
        });
        for policy in [&policy(), &lenient] {
            assert_eq!(
                outcome(model.path(), &bundle, policy),
                ["sign.statement.name"],
                "{name}"
            );
        }
    }
}

#[cfg(unix)]
#[test]
fn p02_a_linked_directory_is_seen_whatever_the_signer_allowed() {
    use std::os::unix::fs::symlink;

    let model = model();
    let elsewhere = tempfile::tempdir().expect("a scratch folder can be made");
    put(elsewhere.path(), "evil.py");
    symlink("weights.bin", model.path().join("link.bin")).expect("links can be made");
    let follow = |symlinks| {
        let walk = WalkOptions::default().with_symlinks(symlinks);
        HashOptions::default().with_walk(walk)
    };
    let options = follow(Symlinks::FollowWithin);
    let bundle = sign(&hashed(model.path(), &options), &key()).expect("it signs");

    // The statement's own rule holds only as far as the policy goes with it.
    assert_eq!(
        outcome(model.path(), &bundle, &policy()),
        ["artifact.walk.symlink"]
    );
    let within = policy().with_hashing(options);
    assert_eq!(outcome(model.path(), &bundle, &within), ["ok"]);

    symlink(elsewhere.path(), model.path().join("plugins")).expect("links can be made");
    let found = outcome(model.path(), &bundle, &within);
    assert!(found == ["artifact.walk.link_outside"] || found == ["artifact.walk.linked_directory"]);
    let anywhere = policy().with_hashing(follow(Symlinks::FollowAnywhere));
    assert_eq!(
        outcome(model.path(), &bundle, &anywhere),
        ["artifact.walk.linked_directory"]
    );
    fs::remove_file(model.path().join("plugins")).expect("writable");

    // And where the signer followed no links, a policy that would does not.
    fs::remove_file(model.path().join("link.bin")).expect("writable");
    let bundle = signed(model.path());
    symlink("weights.bin", model.path().join("config2.json")).expect("links can be made");
    assert_eq!(
        outcome(model.path(), &bundle, &anywhere),
        ["artifact.walk.symlink"]
    );
}

#[test]
fn p03_planted_files_of_version_control_are_reported() {
    let model = model();
    let bundle = signed(model.path());
    put(model.path(), ".git/hooks/post-checkout");
    put(model.path(), ".github/workflows/ci.yml");
    let proof = verified(model.path(), &bundle, &policy());
    assert_eq!(
        warnings(&proof),
        [
            ("sign.file.unsigned", Some(".git")),
            ("sign.file.unsigned", Some(".github")),
        ]
    );
    put(model.path(), "sub/.git/hooks/post-checkout");
    assert_eq!(
        outcome(model.path(), &bundle, &policy()),
        ["sign.file.added"]
    );
}

#[test]
fn p03_a_statement_that_leaves_nothing_out_leaves_out_what_oms_says_and_the_policy_agrees() {
    let model = model();
    let states = |ignored: Value| {
        resigned(model.path(), |statement| {
            let serialization = &mut statement["predicate"]["serialization"];
            serialization["ignore_paths"] = ignored;
        })
    };
    let (empty, absent) = (states(json!([])), states(Value::Null));
    put(model.path(), ".git/config");
    assert_eq!(
        outcome(model.path(), &empty, &policy()),
        ["sign.file.added"]
    );
    let spec = policy().with_git_paths(GitPaths::Ignore);
    for (bundle, policy) in [(&empty, &spec), (&absent, &policy())] {
        let proof = verified(model.path(), bundle, policy);
        assert_eq!(warnings(&proof), [("sign.file.unsigned", Some(".git"))]);
    }
}

#[test]
fn p03_files_of_version_control_that_are_signed_are_checked() {
    let model = model();
    put(model.path(), ".gitattributes");
    let walk = WalkOptions::default().with_git_paths(GitPaths::Include);
    let options = HashOptions::default().with_walk(walk);
    let bundle = sign(&hashed(model.path(), &options), &key()).expect("it signs");
    let mut statement = statement_of(&bundle);
    let serialization = statement["predicate"]["serialization"].as_object_mut();
    serialization.expect("an object").remove("ignore_paths");
    let bundle = bundle_of(&statement.to_string());
    assert_eq!(outcome(model.path(), &bundle, &policy()), ["ok"]);
    fs::write(model.path().join(".gitattributes"), "changed").expect("writable");
    assert_eq!(
        outcome(model.path(), &bundle, &policy()),
        ["sign.file.changed"]
    );
}

#[test]
fn p04_what_one_model_leaves_out_hides_nothing_in_another() {
    let (a, b) = (model(), model());
    put(a.path(), "logs/x");
    let walk = WalkOptions::default().with_ignored(path("logs"));
    let options = HashOptions::default().with_walk(walk);
    let bundle_a = sign(&hashed(a.path(), &options), &key()).expect("it signs");
    let bundle_b = signed(b.path());
    put(b.path(), "logs/evil.py");
    let policy = policy();
    assert_eq!(outcome(a.path(), &bundle_a, &policy), ["ok"]);
    assert_eq!(outcome(b.path(), &bundle_b, &policy), ["sign.file.added"]);
}

#[test]
fn p05_files_without_bytes_are_reported_where_shards_do_not_cover_them() {
    let model = model();
    let size = NonZeroU64::new(16).expect("not zero");
    let options = HashOptions::default().with_sharding(Sharding::Size(size));
    let bundle = sign(&hashed(model.path(), &options), &key()).expect("it signs");
    fs::write(model.path().join("__init__.py"), "").expect("writable");
    let proof = verified(model.path(), &bundle, &policy());
    assert_eq!(
        warnings(&proof),
        [("sign.file.unsigned", Some("__init__.py"))]
    );
}

/// Signs a model by certificate.
fn certified(root: &Path, wanted: &Wanted) -> Bundle {
    let leaf = Holder::new("CN=root").issue(&Holder::signer("CN=signer"), wanted);
    let options = SignOptions::default().with_certificates([leaf]);
    let manifest = hashed(root, &HashOptions::default());
    sign_with(&manifest, &key(), &options).expect("it signs")
}

fn authorities() -> CertificatePolicy {
    CertificatePolicy::new(
        [Holder::new("CN=root").root()],
        ValidationTime::Now(at(NOW)),
    )
}

#[test]
fn p06_the_time_is_the_verifiers_and_not_the_certificates() {
    let model = model();
    let expired = Wanted::signer().with_valid(NOW - YEAR, NOW - 1);
    let bundle = certified(model.path(), &expired);
    let policy = VerifyPolicy::certificate(authorities());
    assert_eq!(
        outcome(model.path(), &bundle, &policy),
        ["sign.chain.expired"]
    );
}

#[test]
fn p07_a_certificate_for_something_else_or_of_somebody_else_signs_no_model() {
    let model = model();
    let server = Wanted::signer().with_extended(&[SERVER_AUTH]);
    let bundle = certified(model.path(), &server);
    let policy = VerifyPolicy::certificate(authorities());
    assert_eq!(
        outcome(model.path(), &bundle, &policy),
        ["sign.chain.usage"]
    );
    let bundle = certified(model.path(), &Wanted::signer());
    let another = Identity::Subject("CN=somebody else".to_owned());
    let policy = VerifyPolicy::certificate(authorities().with_identity(another));
    assert_eq!(
        outcome(model.path(), &bundle, &policy),
        ["sign.chain.identity"]
    );
}

#[test]
fn p08_duplicates_are_refused_in_every_profile() {
    let model = model();
    let twice = resigned(model.path(), |statement| {
        let resources = statement["predicate"]["resources"]
            .as_array_mut()
            .expect("a list");
        resources.insert(0, resources[0].clone());
    });
    for profile in [Profile::Compatible, Profile::Historic, Profile::Strict] {
        let policy = policy().with_profile(profile);
        assert_eq!(
            outcome(model.path(), &twice, &policy),
            ["sign.statement.duplicate"]
        );
    }
    let text = statement_of(&signed(model.path())).to_string();
    let member = text.replacen('{', r#"{"_type":"other","#, 1);
    let found = outcome(model.path(), &bundle_of(&member), &policy());
    assert_eq!(found, ["artifact.json.duplicate"]);
}

#[test]
fn p09_the_statement_of_an_older_format_does_not_stand_in_for_a_new_one() {
    let digest = modelward_artifact::Digest::sha256(b"{}").to_hex();
    let old = json!({
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{"name": "config.json", "digest": {"sha256": digest}}],
        "predicateType": "https://model_signing/Digests/v0.1",
        "predicate": {},
    });
    let model = model();
    let bundle = bundle_of(&old.to_string());
    assert_eq!(
        outcome(model.path(), &bundle, &policy()),
        ["sign.statement.type"]
    );
}

#[test]
fn p10_a_statement_that_leaves_everything_out_is_refused() {
    let model = model();
    for ignored in [".", "", "..", "/"] {
        let bundle = resigned(model.path(), |statement| {
            statement["predicate"]["serialization"]["ignore_paths"] = json!([ignored]);
        });
        assert_eq!(
            outcome(model.path(), &bundle, &policy()),
            ["sign.statement.name"],
            "{ignored}"
        );
    }
    let nothing = resigned(model.path(), |statement| {
        statement["predicate"]["resources"] = json!([]);
    });
    assert_eq!(
        outcome(model.path(), &nothing, &policy()),
        ["sign.statement.empty"]
    );
}

#[test]
fn p11_a_second_signature_is_refused_wherever_it_stands() {
    let model = model();
    let good = value_of(&signed(model.path()));
    let signature = good["dsseEnvelope"]["signatures"][0].clone();
    let junk = json!({"sig": "AAAA", "keyid": ""});
    for signatures in [
        json!([signature, junk]),
        json!([junk, signature]),
        json!([]),
    ] {
        let mut value = good.clone();
        value["dsseEnvelope"]["signatures"] = signatures;
        let error = Bundle::read(value.to_string().as_bytes(), &JsonLimits::default());
        assert_eq!(error.expect_err("not one").code(), "sign.bundle.signatures");
    }
}

#[test]
fn p12_a_digest_has_one_spelling() {
    let model = model();
    let spellings: [fn(&str) -> String; 4] = [
        str::to_uppercase,
        |hex| format!(" {hex}"),
        |hex| hex[2..].to_owned(),
        |hex| format!("{hex}00"),
    ];
    for spell in spellings {
        let bundle = resigned(model.path(), |statement| {
            let digest = &mut statement["predicate"]["resources"][0]["digest"];
            *digest = spell(digest.as_str().expect("text")).into();
        });
        assert_eq!(
            outcome(model.path(), &bundle, &policy()),
            ["sign.statement.digest"]
        );
    }
}

#[test]
fn p13_a_hint_helps_to_find_a_key_and_never_replaces_one() {
    let model = model();
    let other = PublicKey::from_pem(CURVES[1].1[2]).expect("a public key");
    let mut value = value_of(&signed(model.path()));
    value["verificationMaterial"]["publicKey"]["hint"] = other.hint().to_hex().into();
    let lies = crate::fixture::read(&value);
    let trusts_other = VerifyPolicy::key(other.clone());
    assert_eq!(
        outcome(model.path(), &lies, &trusts_other),
        ["sign.signature.invalid"]
    );
    assert_eq!(
        outcome(model.path(), &lies, &policy()),
        ["sign.signature.key"]
    );
    // Of several keys the hint finds the signer's; without one, each is tried.
    let both = VerifyPolicy::any_key([other.clone(), key().public_key().clone()]);
    assert_eq!(outcome(model.path(), &signed(model.path()), &both), ["ok"]);
    value["verificationMaterial"]["publicKey"]["hint"] = "".into();
    let silent = crate::fixture::read(&value);
    assert_eq!(outcome(model.path(), &silent, &both), ["ok"]);
    assert_eq!(
        outcome(model.path(), &silent, &trusts_other),
        ["sign.signature.invalid"]
    );
    assert_eq!(
        outcome(model.path(), &silent, &VerifyPolicy::any_key([])),
        ["sign.signature.key"]
    );
}

#[test]
fn p13_a_stolen_key_counts_no_more_whoever_trusts_it() {
    let model = model();
    let bundle = signed(model.path());
    let public = key();
    let digest = modelward_artifact::Digest::sha256(public.public_key().as_der());
    // Nothing proves when a key alone signed, so an instant to come makes no difference.
    for since in [0, 4_000_000_000] {
        let since = modelward_artifact::Timestamp::from_unix_seconds(since).expect("an instant");
        let denied = modelward_sign::Denied::new(digest, since);
        let stolen = policy().with_denied(denied);
        assert_eq!(
            outcome(model.path(), &bundle, &stolen),
            ["sign.signature.denied"]
        );
    }
}

#[test]
fn p14_a_valid_signature_of_another_version_can_be_refused() {
    let model = model();
    let old = signed(model.path());
    let old_root = hashed(model.path(), &HashOptions::default()).root();
    let new_root = modelward_artifact::Digest::sha256(b"the new version");
    let name = model
        .path()
        .file_name()
        .and_then(|name| name.to_str())
        .expect("a name");
    let expects = |name: &str, root| policy().with_expected_name(name).with_expected_root(root);
    assert_eq!(
        outcome(model.path(), &old, &expects(name, old_root)),
        ["ok"]
    );
    assert_eq!(
        outcome(model.path(), &old, &expects(name, new_root)),
        ["sign.subject.root"]
    );
    assert_eq!(
        outcome(model.path(), &old, &expects("other", new_root)),
        ["sign.subject.name", "sign.subject.root"]
    );
}

/// Writes to a file between the listing and the reading.
struct Meddler<'a>(&'a Path);

impl Control for Meddler<'_> {
    fn on_event(&self, event: &Event<'_>) {
        if matches!(event, Event::Started { .. }) {
            fs::write(self.0.join("weights.bin"), "meddled").expect("writable");
        }
    }
}

#[test]
fn p15_a_file_that_changes_meanwhile_has_no_verdict() {
    let model = model();
    let bundle = signed(model.path());
    let verdict = verify_model(model.path(), &bundle, &policy(), &Meddler(model.path()));
    assert_eq!(
        verdict.expect_err("it changed").code(),
        "artifact.hash.changed"
    );
}

#[test]
fn p16_what_cannot_be_answered_is_an_error_and_never_a_pass() {
    let model = model();
    let bundle = signed(model.path());
    let missing = model.path().join("no/such/model");
    let error = verify_model(&missing, &bundle, &policy(), &NoControl).expect_err("missing");
    assert_eq!(error.code(), "artifact.hash.io");
    let stop = std::sync::atomic::AtomicBool::new(true);
    let error = verify_model(model.path(), &bundle, &policy(), &stop).expect_err("cancelled");
    assert_eq!(error.code(), "artifact.hash.cancelled");
}

#[cfg(unix)]
#[test]
fn p17_a_pipe_is_refused_and_never_waited_for() {
    let model = model();
    let bundle = signed(model.path());
    let pipe = model.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("mkfifo is there").success());
    assert_eq!(
        outcome(model.path(), &bundle, &policy()),
        ["artifact.walk.not_regular"]
    );
    // In place of a signed file it is refused too, also where unsigned files are let be.
    fs::remove_file(model.path().join("weights.bin")).expect("writable");
    fs::rename(&pipe, model.path().join("weights.bin")).expect("writable");
    let lenient = policy().with_unsigned_files(UnsignedFiles::Warn);
    assert_eq!(
        outcome(model.path(), &bundle, &lenient),
        ["artifact.walk.not_regular"]
    );
}

#[cfg(target_os = "linux")]
#[test]
fn p18_names_that_some_disks_take_for_one_are_warned_of() {
    let model = model();
    put(model.path(), "Weights.bin");
    let proof_of = |bundle| verified(model.path(), bundle, &policy());
    let proof = proof_of(&signed(model.path()));
    assert_eq!(
        proof.warnings()[0].to_string(),
        "some disks take these signed names for one: Weights.bin, weights.bin [sign.file.collision]"
    );
}

#[test]
fn p19_what_is_read_is_bounded() {
    let model = model();
    let bundle = signed(model.path());
    let bytes = bundle.to_json();
    let small = JsonLimits::default().with_max_bytes(bytes.len() - 1);
    let error = Bundle::read(&bytes, &small).expect_err("one byte too many");
    assert_eq!(error.code(), "artifact.json.too_large");
    let few = policy().with_limits(JsonLimits::default().with_max_values(10));
    assert_eq!(
        outcome(model.path(), &bundle, &few),
        ["artifact.json.too_many"]
    );
    let mut value = value_of(&bundle);
    let certificate = json!({"rawBytes": "AAAA"});
    for (count, code) in [
        (0, "sign.bundle.certificates"),
        (33, "sign.bundle.certificates"),
    ] {
        value["verificationMaterial"] =
            json!({"x509CertificateChain": {"certificates": vec![certificate.clone(); count]}});
        let error = Bundle::read(value.to_string().as_bytes(), &JsonLimits::default());
        assert_eq!(error.expect_err("none or too many").code(), code);
    }
}
