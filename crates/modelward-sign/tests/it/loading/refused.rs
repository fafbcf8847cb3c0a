//! What is wrong when a model is opened, or becomes wrong afterwards.

use std::fs::{self, OpenOptions};
use std::path::Path;

use modelward_artifact::{Holding, NoControl, Sharding, Verdict};
use modelward_sign::{Bundle, LoadMode, LoadOptions, VerifiedModel, VerifyPolicy};

use super::{model, open, options, read, ways, weights};
use crate::fixture::{policy, put};

/// What opening came to: `ok`, or the codes.
fn codes(root: &Path, bundle: &Bundle, options: &LoadOptions<'_>) -> Vec<String> {
    match VerifiedModel::open(root, bundle, options, &NoControl) {
        Ok(Verdict::Verified(_)) => vec!["ok".to_owned()],
        Ok(Verdict::Rejected(findings)) => findings.iter().map(|it| it.code().to_owned()).collect(),
        Err(error) => vec![error.code().to_owned()],
    }
}

#[test]
fn files_that_are_not_those_of_the_statement_are_refused_at_once() {
    for (mode, holding, sharding) in ways() {
        let what = format!("{mode}, {holding}, {sharding:?}");
        let options = options(mode, holding);
        let (folder, bundle) = model(sharding);
        assert_eq!(codes(folder.path(), &bundle, &options), ["ok"], "{what}");
        put(folder.path(), "planted.py");
        let added = codes(folder.path(), &bundle, &options);
        assert_eq!(added, ["sign.file.added"], "{what}");
        fs::remove_file(folder.path().join("planted.py")).expect("writable");
        fs::remove_file(folder.path().join("config.json")).expect("writable");
        let removed = codes(folder.path(), &bundle, &options);
        assert_eq!(removed, ["sign.file.removed"], "{what}");
    }
}

#[test]
fn a_signature_of_somebody_else_or_of_another_model_is_refused_in_every_mode() {
    for (mode, holding, sharding) in ways() {
        let (folder, bundle) = model(sharding);
        let open = |policy: VerifyPolicy| {
            let options = LoadOptions::new(policy)
                .with_mode(mode)
                .with_holding(holding);
            codes(folder.path(), &bundle, &options)
        };
        assert_ne!(open(VerifyPolicy::any_key([])), ["ok"]);
        let named = open(policy().with_expected_name("another"));
        assert_eq!(named, ["sign.subject.name"]);
        let root = modelward_artifact::Digest::sha256(b"another");
        let other = open(policy().with_expected_root(root));
        assert_eq!(other, ["sign.subject.root"]);
    }
}

#[test]
fn the_eager_mode_names_every_file_that_changed() {
    let (folder, bundle) = model(Sharding::Whole);
    fs::write(folder.path().join("config.json"), "[]").expect("writable");
    fs::write(folder.path().join("sub/weights.bin"), "x").expect("writable");
    let options = options(LoadMode::Eager, Holding::Copied);
    let changed = ["sign.file.changed", "sign.file.changed"];
    assert_eq!(codes(folder.path(), &bundle, &options), changed);
}

/// What somebody does to a file between opening and reading.
type Attack = (&'static str, fn(&Path));

const ATTACKS: [Attack; 6] = [
    ("rewritten", |file| {
        fs::write(file, vec![7; 1000]).expect("writable");
    }),
    ("one byte", |file| {
        let mut bytes = weights();
        bytes[999] ^= 1;
        fs::write(file, bytes).expect("writable");
    }),
    ("truncated", |file| {
        let opened = OpenOptions::new().write(true).open(file);
        opened.and_then(|it| it.set_len(10)).expect("writable");
    }),
    ("emptied", |file| {
        fs::write(file, "").expect("writable");
    }),
    ("replaced", |file| {
        fs::remove_file(file).expect("writable");
        fs::write(file, vec![7; 1000]).expect("writable");
    }),
    ("removed", |file| fs::remove_file(file).expect("writable")),
];

#[test]
fn what_becomes_of_a_file_after_it_was_opened_changes_nothing_or_is_an_error() {
    for (mode, holding, sharding) in ways() {
        for (name, attack) in ATTACKS {
            let (folder, bundle) = model(sharding);
            let held = open(folder.path(), &bundle, &options(mode, holding));
            attack(&folder.path().join("sub/weights.bin"));
            let what = format!("{name}: {mode}, {holding}, {sharding:?}");
            let bytes = held
                .file("sub/weights.bin")
                .map_err(|error| error.to_string())
                .and_then(|file| read(&held, file));
            match (mode, &bytes) {
                (LoadMode::Eager, Ok(bytes)) => assert_eq!(*bytes, weights(), "{what}"),
                (_, Ok(_)) => panic!("{what} was not seen"),
                (LoadMode::Eager, Err(error)) => panic!("{what}: {error}"),
                (_, Err(error)) => assert!(error.contains("weights.bin"), "{what}: {error}"),
            }
        }
    }
}

#[test]
fn a_file_that_was_opened_stays_the_one_that_was_opened() {
    for (mode, holding, sharding) in ways() {
        let (folder, bundle) = model(sharding);
        let held = open(folder.path(), &bundle, &options(mode, holding));
        let file = held.file("sub/weights.bin").expect("it is signed");
        let path = folder.path().join("sub/weights.bin");
        fs::remove_file(&path).expect("writable");
        fs::write(&path, vec![7; 1000]).expect("writable");
        assert_eq!(read(&held, file), Ok(weights()), "{mode}, {holding}");
    }
}

#[test]
fn a_file_that_grew_is_another_one() {
    for (mode, holding, sharding) in ways() {
        let (folder, bundle) = model(sharding);
        let held = open(folder.path(), &bundle, &options(mode, holding));
        let file = held.file("sub/weights.bin").expect("it is signed");
        let mut longer = weights();
        longer.push(7);
        fs::write(folder.path().join("sub/weights.bin"), longer).expect("writable");
        // Beyond the signed bytes nothing is ever given out; who reads to the end hears of it.
        match read(&held, file) {
            Ok(bytes) => assert_eq!(bytes, weights(), "{mode}, {holding}"),
            Err(error) => assert!(error.contains("pass the end"), "{mode}: {error}"),
        }
    }
}

#[cfg(unix)]
#[test]
fn a_link_in_place_of_a_file_is_refused_when_it_is_opened() {
    for mode in [LoadMode::ByShard, LoadMode::Streaming] {
        let (folder, bundle) = model(super::shards());
        let held = open(folder.path(), &bundle, &options(mode, Holding::Copied));
        let path = folder.path().join("sub/weights.bin");
        fs::rename(&path, folder.path().join("elsewhere")).expect("writable");
        std::os::unix::fs::symlink("../elsewhere", &path).expect("links can be made");
        let error = held.file("sub/weights.bin").expect_err("it is a link");
        assert_eq!(error.code(), "artifact.walk.symlink", "{mode}");
        assert!(error.to_string().contains("weights.bin"));
    }
}

#[test]
fn a_reader_that_failed_gives_out_nothing_more() {
    use std::io::Read as _;

    let (folder, bundle) = model(super::shards());
    let options = options(LoadMode::Streaming, Holding::Copied);
    let held = open(folder.path(), &bundle, &options);
    let mut spoilt = weights();
    spoilt[70] ^= 1;
    let mut reader = held.file("sub/weights.bin").expect("it is signed").reader();
    fs::write(folder.path().join("sub/weights.bin"), spoilt).expect("writable");
    let mut bytes = Vec::new();
    let error = reader.read_to_end(&mut bytes).expect_err("it is spoilt");
    assert!(
        error.to_string().contains("sub/weights.bin:64:128"),
        "{error}"
    );
    // The shard before was right, and of the one that is spoilt not all was given out.
    assert!(bytes.len() >= 64 && bytes.len() < 128);
    assert!(reader.read(&mut [0; 10]).is_err());
    assert!(!reader.is_finished());
}
