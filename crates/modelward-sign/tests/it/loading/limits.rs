//! Files that are too large, empty, many, or the only one.

use std::fs::{self, File, OpenOptions};
use std::path::Path;

use modelward_artifact::{HashOptions, Holding, NoControl, Sharding, Verdict};
use modelward_sign::{Bundle, LoadMode, LoadOptions, VerifiedModel, sign};

use super::{model, open, options, read, shards, ways, weights};
use crate::fixture::{hashed, key};

fn code(root: &Path, bundle: &Bundle, options: &LoadOptions<'_>) -> String {
    match VerifiedModel::open(root, bundle, options, &NoControl) {
        Ok(Verdict::Verified(_)) => "ok".to_owned(),
        Ok(Verdict::Rejected(findings)) => findings.as_slice()[0].code().to_owned(),
        Err(error) => error.code().to_owned(),
    }
}

/// Makes a file seem large, without its blocks.
fn stretch(file: &Path, size: u64) {
    let opened = OpenOptions::new().create(true).append(true).open(file);
    opened.and_then(|it| it.set_len(size)).expect("writable");
}

#[test]
fn copies_stay_within_the_limit_and_what_is_no_copy_does_not_count() {
    for (holding, fits) in [
        (Holding::Copied, "sign.load.too_large"),
        (Holding::Mapped, "ok"),
    ] {
        let (folder, bundle) = model(Sharding::Whole);
        let eager = |limit| options(LoadMode::Eager, holding).with_max_bytes(limit);
        assert_eq!(code(folder.path(), &bundle, &eager(1002)), "ok");
        assert_eq!(
            code(folder.path(), &bundle, &eager(1001)),
            fits,
            "{holding}"
        );
    }
    let (folder, bundle) = model(Sharding::Whole);
    let streaming = options(LoadMode::Streaming, Holding::Copied).with_max_bytes(0);
    let held = open(folder.path(), &bundle, &streaming);
    let file = held.file("sub/weights.bin").expect("nothing is copied");
    assert_eq!(read(&held, file), Ok(weights()));
}

#[test]
fn by_shard_a_file_counts_when_it_is_asked_for() {
    let (folder, bundle) = model(shards());
    let options = options(LoadMode::ByShard, Holding::Copied).with_max_bytes(1000);
    let held = open(folder.path(), &bundle, &options);
    held.file("sub/weights.bin").expect("it fits");
    let error = held
        .file("config.json")
        .expect_err("it does not fit beside");
    assert_eq!(error.code(), "sign.load.too_large");
    let text = "with the 2 bytes of `config.json`, copies would pass the limit of 1000 bytes";
    assert_eq!(error.to_string(), text);
    // What is held already is not counted again.
    held.file("sub/weights.bin").expect("it is held");
}

#[test]
fn a_file_that_could_not_be_opened_does_not_count() {
    let (folder, bundle) = model(shards());
    let options = options(LoadMode::ByShard, Holding::Copied).with_max_bytes(1001);
    let held = open(folder.path(), &bundle, &options);
    fs::remove_file(folder.path().join("sub/weights.bin")).expect("writable");
    held.file("sub/weights.bin").expect_err("it is gone");
    let config = held.file("config.json").expect("it fits");
    assert_eq!(config.all().expect("it is signed"), b"{}");
}

#[test]
fn a_signed_file_that_was_made_huge_is_refused_before_memory_is_asked_for() {
    // By shards it shows by its size: the names of its shards are others.
    for (sharding, found) in [
        (Sharding::Whole, "sign.load.too_large"),
        (shards(), "sign.file.removed"),
    ] {
        let (folder, bundle) = model(sharding);
        stretch(&folder.path().join("config.json"), 1 << 20);
        let options = options(LoadMode::Eager, Holding::Copied).with_max_bytes(1 << 16);
        assert_eq!(code(folder.path(), &bundle, &options), found);
    }
}

#[test]
fn a_huge_file_that_nobody_signed_is_refused_and_never_copied() {
    for (mode, holding, sharding) in ways() {
        let (folder, bundle) = model(sharding);
        stretch(&folder.path().join("huge"), 1 << 20);
        let options = options(mode, holding).with_max_bytes(1 << 16);
        let found = code(folder.path(), &bundle, &options);
        assert_eq!(found, "sign.file.added", "{mode}, {holding}, {sharding:?}");
    }
}

#[test]
fn files_without_bytes_are_opened_as_others_are() {
    for (mode, holding, sharding) in ways() {
        let what = format!("{mode}, {holding}, {sharding:?}");
        let (folder, _) = model(sharding);
        File::create(folder.path().join("empty")).expect("writable");
        let hashing = HashOptions::default().with_sharding(sharding);
        let bundle = sign(&hashed(folder.path(), &hashing), &key()).expect("it signs");
        let held = open(folder.path(), &bundle, &options(mode, holding));
        let file = held.file("sub/weights.bin").expect("it is signed");
        assert_eq!(read(&held, file), Ok(weights()), "{what}");
        // Of a file without bytes there is no shard: no digest of it is signed.
        match (sharding, held.file("empty")) {
            (Sharding::Whole, Ok(file)) => assert_eq!(read(&held, file), Ok(vec![]), "{what}"),
            (_, Err(error)) => assert_eq!(error.code(), "sign.load.not_signed", "{what}"),
            (_, Ok(file)) => assert_eq!(file.size(), 0, "{what}"),
        }
    }
}

#[test]
fn a_model_that_is_one_file_is_loaded_under_whatever_name_it_has() {
    for (mode, holding, sharding) in ways() {
        let folder = tempfile::tempdir().expect("a scratch folder can be made");
        let file = folder.path().join("model.bin");
        fs::write(&file, weights()).expect("writable");
        let hashing = HashOptions::default().with_sharding(sharding);
        let bundle = sign(&hashed(&file, &hashing), &key()).expect("it signs");
        let held = open(&file, &bundle, &options(mode, holding));
        let path = held.paths().next().expect("there is one file").to_string();
        let only = held.file(&path).expect("it is signed");
        assert_eq!(read(&held, only), Ok(weights()), "{mode}, {holding}");
        drop(held);
        let mut spoilt = weights();
        spoilt[5] ^= 1;
        fs::write(&file, spoilt).expect("writable");
        let verdict = VerifiedModel::open(&file, &bundle, &options(mode, holding), &NoControl);
        if let Verdict::Verified(held) = verdict.expect("there is an answer") {
            assert_ne!(mode, LoadMode::Eager);
            let only = held.file(&path).expect("it is signed");
            read(&held, only).expect_err("it is not what was signed");
        }
    }
}

#[test]
fn many_files_are_loaded_with_no_more_open_than_are_being_read() {
    let folder = tempfile::tempdir().expect("a scratch folder can be made");
    for file in 0..2000 {
        fs::write(folder.path().join(format!("{file}.bin")), weights()).expect("writable");
    }
    let hashing = HashOptions::default().with_sharding(shards());
    let bundle = sign(&hashed(folder.path(), &hashing), &key()).expect("it signs");
    for mode in [LoadMode::Eager, LoadMode::ByShard] {
        let held = open(folder.path(), &bundle, &options(mode, Holding::Copied));
        for path in held.paths() {
            let file = held.file(path.as_str()).expect("it is signed");
            assert_eq!(file.all().expect("it is signed"), weights());
        }
    }
}
