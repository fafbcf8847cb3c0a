//! What a verification says of files, beside the pitfalls.

use std::fs;
use std::num::NonZeroU64;

use modelward_artifact::{Entry, HashOptions, Manifest, NoControl, Sharding, Verdict};
use modelward_sign::{UnsignedFiles, VerifyError, sign, verify_manifest, verify_model};
use serde_json::json;

use crate::fixture::{
    hashed, key, model, outcome, path, policy, put, signed, value_of, verified, warnings,
};

#[test]
fn unsigned_files_are_neither_refused_nor_looked_at_where_the_policy_lets_them_be() {
    let model = model();
    let bundle = signed(model.path());
    put(model.path(), "cache/deep/x");
    put(model.path(), "onnx/notes.txt");
    #[cfg(unix)]
    std::os::unix::fs::symlink("/dev/zero", model.path().join("zero")).expect("links can be made");
    assert_ne!(outcome(model.path(), &bundle, &policy()), ["ok"]);
    let lenient = policy().with_unsigned_files(UnsignedFiles::Warn);
    let proof = verified(model.path(), &bundle, &lenient);
    let mut expected = vec![
        ("sign.file.unsigned", Some("cache")),
        ("sign.file.unsigned", Some("onnx/notes.txt")),
    ];
    if cfg!(unix) {
        expected.push(("sign.file.unsigned", Some("zero")));
    }
    assert_eq!(warnings(&proof), expected);
    // What is signed is checked all the same.
    fs::remove_file(model.path().join("config.json")).expect("writable");
    fs::write(model.path().join("weights.bin"), "W").expect("writable");
    assert_eq!(
        outcome(model.path(), &bundle, &lenient),
        ["sign.file.removed", "sign.file.changed"]
    );
}

#[test]
fn a_signed_file_that_grew_by_a_shard_is_refused_though_unsigned_files_are_let_be() {
    let model = model();
    let size = NonZeroU64::new(4).expect("not zero");
    let weights = model.path().join("weights.bin");
    fs::write(&weights, "0123").expect("writable");
    let options = HashOptions::default().with_sharding(Sharding::Size(size));
    let bundle = sign(&hashed(model.path(), &options), &key()).expect("it signs");
    fs::write(&weights, "01234567").expect("writable");
    let lenient = policy().with_unsigned_files(UnsignedFiles::Warn);
    for policy in [
        policy(),
        lenient.clone(),
        lenient.with_ignored(path("weights.bin")),
    ] {
        assert_ne!(outcome(model.path(), &bundle, &policy), ["ok"]);
    }
}

#[test]
fn a_model_without_files_has_lost_every_one_that_is_signed() {
    let model = model();
    let bundle = signed(model.path());
    let empty = tempfile::tempdir().expect("a scratch folder can be made");
    let verdict = verify_model(empty.path(), &bundle, &policy(), &NoControl);
    let verdict = verdict.expect("there is an answer");
    let findings = verdict.rejected().expect("nothing is there");
    assert_eq!(findings.as_slice().len(), 3);
    assert!(
        findings
            .iter()
            .all(|finding| finding.code() == "sign.file.removed")
    );
}

#[test]
fn files_without_bytes_do_not_stand_in_for_shards() {
    let model = model();
    let options = HashOptions::default().with_sharding(Sharding::Auto);
    let bundle = sign(&hashed(model.path(), &options), &key()).expect("it signs");
    let empty = tempfile::tempdir().expect("a scratch folder can be made");
    fs::write(empty.path().join("weights.bin"), "").expect("writable");
    let removed = ["sign.file.removed"; 3];
    assert_eq!(outcome(empty.path(), &bundle, &policy()), removed);
}

#[test]
fn findings_tell_sizes_and_digests() {
    let model = model();
    let bundle = signed(model.path());
    fs::write(model.path().join("weights.bin"), "changed").expect("writable");
    fs::write(model.path().join("added.py"), "12345").expect("writable");
    fs::remove_file(model.path().join("config.json")).expect("writable");
    let verdict = verify_model(model.path(), &bundle, &policy(), &NoControl).expect("an answer");
    let digest = |text: &str| modelward_artifact::Digest::sha256(text.as_bytes());
    assert_eq!(
        verdict.rejected().expect("changed").to_string(),
        format!(
            "added.py: the file is not signed, it has 5 bytes [sign.file.added]\n\
             config.json: the file is signed with the digest {} and is missing [sign.file.removed]\n\
             weights.bin: the file has 7 bytes and the digest {}, signed is {} [sign.file.changed]",
            digest("{}"),
            digest("changed"),
            digest("w"),
        )
    );
}

#[test]
fn a_manifest_that_was_hashed_before_is_verified_without_files() {
    let model = model();
    let bundle = signed(model.path());
    let manifest = hashed(model.path(), &HashOptions::default());
    drop(model);
    let verdict = verify_manifest(manifest.clone(), &bundle, &policy()).expect("an answer");
    assert_eq!(verdict.verified().expect("the same").manifest(), &manifest);

    let other = crate::fixture::model();
    put(other.path(), "extra");
    let more = hashed(other.path(), &HashOptions::default());
    let verdict = verify_manifest(more.clone(), &bundle, &policy()).expect("an answer");
    assert!(verdict.rejected().expect("one more").has("sign.file.added"));
    let without = policy().with_ignored(path("extra"));
    let verdict = verify_manifest(more, &bundle, &without).expect("an answer");
    assert_eq!(
        warnings(verdict.verified().expect("it is left out")),
        [("sign.file.unsigned", Some("extra"))]
    );

    let options =
        HashOptions::default().with_algorithm(modelward_artifact::DigestAlgorithm::Blake3);
    let blake3 = hashed(other.path(), &options);
    let error = verify_manifest(blake3, &bundle, &policy()).expect_err("another algorithm");
    assert!(matches!(error, VerifyError::Manifest { .. }));
    assert_eq!(
        error.to_string(),
        "the manifest has blake3 of files, signed is sha256 of files"
    );
}

#[test]
fn digests_from_elsewhere_are_signed_without_files() {
    let model = model();
    let known = hashed(model.path(), &HashOptions::default());
    let entries = known.entries().iter().map(|entry| {
        let path = entry.path().clone();
        Entry::new(path, entry.size(), *entry.digest())
    });
    let manifest = Manifest::new("from-a-registry", entries.collect()).expect("plain entries");
    let bundle = sign(&manifest, &key()).expect("it signs");
    let proof = verified(model.path(), &bundle, &policy());
    assert_eq!(proof.statement().name(), "from-a-registry");
    // Nothing was left out when it was signed, so nothing may be there beside it.
    put(model.path(), ".git/config");
    assert_eq!(
        outcome(model.path(), &bundle, &policy()),
        ["sign.file.added"]
    );
}

#[test]
fn a_bundle_of_another_method_is_refused() {
    let mut value = value_of(&signed(model().path()));
    value["verificationMaterial"] =
        json!({"x509CertificateChain": {"certificates": [{"rawBytes": "AAAA"}]}});
    let bundle = crate::fixture::read(&value);
    let verdict = modelward_sign::verify_statement(&bundle, &policy()).expect("an answer");
    let Verdict::Rejected(findings) = verdict else {
        panic!("a chain is no key");
    };
    assert_eq!(
        findings.to_string(),
        "the bundle is of the method certificate, trusted is key [sign.bundle.method]"
    );
}
