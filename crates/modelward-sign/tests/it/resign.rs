use std::fs;
use std::num::NonZeroU64;

use modelward_artifact::{HashOptions, NoControl, Sharding};
use modelward_sign::{Resigning, VerifiedStatement, sign, verify_statement};

use crate::fixture::{hashed, key, model, outcome, policy, signed};

fn statement(bundle: &modelward_sign::Bundle) -> VerifiedStatement {
    let verdict = verify_statement(bundle, &policy()).expect("an answer");
    verdict.into_result().expect("it is ours")
}

#[test]
fn only_what_changed_is_read_and_the_new_signature_verifies() {
    let shards = Sharding::Size(NonZeroU64::new(4).expect("not zero"));
    for sharding in [Sharding::Whole, shards] {
        let options = HashOptions::default().with_sharding(sharding);
        let model = model();
        fs::write(model.path().join("weights.bin"), "0123456789").expect("writable");
        fs::write(model.path().join("empty"), "").expect("writable");
        let old = hashed(model.path(), &options);
        let bundle = sign(&old, &key()).expect("it signs");

        fs::write(model.path().join("config.json"), "{ }").expect("writable");
        fs::write(model.path().join("onnx/model.onnx"), "O").expect("writable");
        fs::write(model.path().join("added"), "new").expect("writable");
        let verified = statement(&bundle);
        let resigning = Resigning::new(&verified, &old).expect("it is the signed one");
        let resigning = resigning.with_changed("onnx/model.onnx".parse().expect("a path"));
        let again = resigning
            .hash(model.path(), &options, &NoControl)
            .expect("hashable");
        let reused: Vec<_> = again.reused().iter().map(ToString::to_string).collect();
        assert_eq!(reused, ["empty", "weights.bin"], "{sharding:?}");
        assert_eq!(
            again.manifest(),
            &hashed(model.path(), &options),
            "{sharding:?}"
        );
        let bundle = sign(again.manifest(), &key()).expect("it signs");
        assert_eq!(outcome(model.path(), &bundle, &policy()), ["ok"]);
    }
}

#[test]
fn the_risk_is_as_it_is_stated() {
    let model = model();
    let options = HashOptions::default();
    let old = hashed(model.path(), &options);
    let bundle = sign(&old, &key()).expect("it signs");
    fs::write(model.path().join("weights.bin"), "W").expect("writable");
    let verified = statement(&bundle);
    let resigning = Resigning::new(&verified, &old).expect("it is the signed one");
    let again = resigning
        .hash(model.path(), &options, &NoControl)
        .expect("hashable");
    let bundle = sign(again.manifest(), &key()).expect("it signs");
    assert_eq!(
        outcome(model.path(), &bundle, &policy()),
        ["sign.file.changed"]
    );
}

#[test]
fn only_the_manifest_that_was_signed_will_do() {
    let model = model();
    let verified = statement(&signed(model.path()));
    fs::write(model.path().join("weights.bin"), "W").expect("writable");
    let other = hashed(model.path(), &HashOptions::default());
    let error = Resigning::new(&verified, &other).expect_err("not what was signed");
    assert_eq!(error.code(), "sign.resign.manifest");
    assert_eq!(
        error.to_string(),
        "the manifest is not the one that was signed"
    );
}
