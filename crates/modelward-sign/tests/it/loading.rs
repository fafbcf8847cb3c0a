//! Verified loading: what is given out is what was signed, whatever becomes of the files.

mod cursor;
#[cfg(target_os = "linux")]
mod handles;
mod hostile;
mod large;
mod limits;
#[cfg(feature = "safetensors")]
mod models;
mod refused;
#[cfg(feature = "safetensors")]
mod tensors;

use std::fs;
use std::io::Read as _;
use std::num::NonZeroU64;
use std::path::Path;

use modelward_artifact::{
    Digest, EntryPath, Finding, HashOptions, Holding, NoControl, Sharding, Verdict,
};
use modelward_sign::{
    Bundle, HeldModel, LoadError, LoadMode, LoadOptions, VerifiedFile, VerifiedModel, sign,
};

use crate::fixture::{hashed, key, policy};

pub(crate) const SHARD: u64 = 64;

/// What the weights are: every byte tells where it stands.
pub(crate) fn weights() -> Vec<u8> {
    (0..1000_u32)
        .map(|at| u8::try_from(at % 251).expect("a byte"))
        .collect()
}

/// A model of two files, and its bundle of shards or of whole files.
pub(crate) fn model(sharding: Sharding) -> (tempfile::TempDir, Bundle) {
    let folder = tempfile::tempdir().expect("a scratch folder can be made");
    fs::create_dir(folder.path().join("sub")).expect("writable");
    fs::write(folder.path().join("sub/weights.bin"), weights()).expect("writable");
    fs::write(folder.path().join("config.json"), "{}").expect("writable");
    let options = HashOptions::default().with_sharding(sharding);
    let bundle = sign(&hashed(folder.path(), &options), &key()).expect("a key in memory signs");
    (folder, bundle)
}

pub(crate) fn shards() -> Sharding {
    Sharding::Size(NonZeroU64::new(SHARD).expect("not zero"))
}

/// Every mode with the bundles that it takes, and every way to hold bytes that cannot change.
pub(crate) fn ways() -> Vec<(LoadMode, Holding, Sharding)> {
    let mut ways = Vec::new();
    let mut safe = vec![Holding::Copied];
    if cfg!(target_os = "linux") {
        safe.push(Holding::Sealed);
    }
    for mode in LoadMode::ALL {
        for &holding in &safe {
            ways.push((mode, holding, shards()));
            if mode != LoadMode::ByShard {
                ways.push((mode, holding, Sharding::Whole));
            }
        }
    }
    ways
}

/// A model opened in every way that gives out single ranges, with the folder that it lies in.
pub(crate) fn opened_for_ranges() -> impl Iterator<Item = (tempfile::TempDir, HeldModel)> {
    let ways = ways().into_iter();
    let ways = ways.filter(|(mode, ..)| *mode != LoadMode::Streaming);
    ways.map(|(mode, holding, sharding)| {
        let (folder, bundle) = model(sharding);
        let held = open(folder.path(), &bundle, &options(mode, holding));
        (folder, held)
    })
}

pub(crate) fn options(mode: LoadMode, holding: Holding) -> LoadOptions<'static> {
    LoadOptions::new(policy())
        .with_mode(mode)
        .with_holding(holding)
}

pub(crate) fn open(root: &Path, bundle: &Bundle, options: &LoadOptions<'_>) -> HeldModel {
    let verdict = VerifiedModel::open(root, bundle, options, &NoControl);
    let verdict = verdict.expect("there is an answer");
    verdict
        .into_result()
        .unwrap_or_else(|findings| panic!("{findings}"))
}

/// Reads a file in the way of its mode.
pub(crate) fn read(model: &HeldModel, file: VerifiedFile<'_>) -> Result<Vec<u8>, String> {
    if model.mode() != LoadMode::Streaming {
        return file
            .all()
            .map(<[u8]>::to_vec)
            .map_err(|error| error.to_string());
    }
    let (mut reader, mut bytes) = (file.reader(), Vec::new());
    let read = reader.read_to_end(&mut bytes);
    assert_eq!(read.is_ok(), reader.is_finished());
    read.map(|_| bytes).map_err(|error| error.to_string())
}

#[test]
fn every_mode_gives_out_what_was_signed() {
    for (mode, holding, sharding) in ways() {
        let what = format!("{mode}, {holding}, {sharding:?}");
        let (folder, bundle) = model(sharding);
        let held = open(folder.path(), &bundle, &options(mode, holding));
        let paths: Vec<_> = held.paths().map(EntryPath::as_str).collect();
        assert_eq!(paths, ["config.json", "sub/weights.bin"], "{what}");
        let file = held.file("sub/weights.bin").expect("it is signed");
        assert_eq!(file.size(), 1000, "{what}");
        assert_eq!(read(&held, file), Ok(weights()), "{what}");
        let config = held.file("config.json").expect("it is signed");
        assert_eq!(read(&held, config), Ok(b"{}".to_vec()), "{what}");
    }
}

#[test]
fn mapped_files_give_out_what_was_signed() {
    for (mode, sharding) in [
        (LoadMode::Eager, Sharding::Whole),
        (LoadMode::ByShard, shards()),
        (LoadMode::Streaming, Sharding::Whole),
    ] {
        let (folder, bundle) = model(sharding);
        let held = open(folder.path(), &bundle, &options(mode, Holding::Mapped));
        let file = held.file("sub/weights.bin").expect("it is signed");
        assert_eq!(read(&held, file), Ok(weights()), "{mode}");
    }
}

#[test]
fn ranges_and_reads_at_an_offset_are_those_of_the_file() {
    let all = weights();
    for (_folder, held) in opened_for_ranges() {
        let mode = held.mode();
        let file = held.file("sub/weights.bin").expect("it is signed");
        for (from, to) in [
            (0, 0),
            (0, 1),
            (63, 65),
            (128, 192),
            (500, 1000),
            (1000, 1000),
        ] {
            let range = usize::try_from(from).unwrap()..usize::try_from(to).unwrap();
            let bytes = file.bytes(from..to).expect("they are signed");
            assert_eq!(bytes, &all[range], "{mode} {from}..{to}");
        }
        let mut buffer = [0; 100];
        assert_eq!(file.read_at(950, &mut buffer).expect("they are signed"), 50);
        assert_eq!(buffer[..50], all[950..]);
        assert_eq!(file.read_at(1000, &mut buffer).expect("the end"), 0);
        assert_eq!(file.read_at(u64::MAX, &mut buffer).expect("the end"), 0);
        let beyond = file.bytes(990..1001).expect_err("there is no such byte");
        assert_eq!(beyond.code(), "sign.load.range");
        let text = "bytes 990 to 1001 pass the end of `sub/weights.bin`, which has 1000";
        assert_eq!(beyond.to_string(), text);
    }
}

#[test]
fn by_shard_looks_only_at_what_is_asked_for() {
    let (folder, bundle) = model(shards());
    let held = open(
        folder.path(),
        &bundle,
        &options(LoadMode::ByShard, Holding::Copied),
    );
    let file = held.file("sub/weights.bin").expect("it is signed");
    assert!(!file.is_verified(0..1));
    file.bytes(70..80).expect("they are signed");
    assert!(file.is_verified(64..128));
    assert!(!file.is_verified(0..1) && !file.is_verified(128..129));
    // The others may be spoilt meanwhile: that is seen when they are asked for.
    let mut spoilt = weights();
    spoilt[200] ^= 1;
    fs::write(folder.path().join("sub/weights.bin"), spoilt).expect("writable");
    let error = file.bytes(0..1000).expect_err("a shard is spoilt");
    let LoadError::Digest { name, .. } = &error else {
        panic!("{error}");
    };
    assert_eq!(name.to_string(), "sub/weights.bin:192:256");
    assert_eq!(error.code(), "sign.load.digest");
    assert_eq!(
        file.bytes(64..128).expect("it was verified"),
        &weights()[64..128]
    );
    // What was spoilt can be mended.
    fs::write(folder.path().join("sub/weights.bin"), weights()).expect("writable");
    assert_eq!(file.all().expect("they are signed"), weights());
}

#[test]
fn by_shard_asks_for_a_bundle_of_shards() {
    let (folder, bundle) = model(Sharding::Whole);
    let options = options(LoadMode::ByShard, Holding::Copied);
    let error = VerifiedModel::open(folder.path(), &bundle, &options, &NoControl);
    let error = error.expect_err("whole files have no shards");
    assert_eq!(error.code(), "sign.load.whole_files");
    assert_eq!(
        error.to_string(),
        "the bundle has digests of whole files: to load by shard, sign a manifest of shards \
         (`HashOptions::with_sharding`)"
    );
}

#[test]
fn streaming_gives_out_no_single_ranges() {
    let (folder, bundle) = model(Sharding::Whole);
    let options = options(LoadMode::Streaming, Holding::Copied);
    let held = open(folder.path(), &bundle, &options);
    let file = held.file("config.json").expect("it is signed");
    let error = file.all().expect_err("nothing is held");
    assert_eq!(error.code(), "sign.load.mode");
    let text = "in the mode streaming, `config.json` can be read from beginning to end alone";
    assert_eq!(error.to_string(), text);
    assert!(!file.is_verified(0..1));
}

#[test]
fn a_refusal_names_what_must_not_be_used() {
    let (folder, bundle) = model(Sharding::Whole);
    let config = Digest::sha256(b"{}");
    let quarantined = |digest: &Digest| {
        let finding = Finding::new("quarantine.ordered", "it is under quarantine");
        (*digest == config).then_some(finding)
    };
    let options = options(LoadMode::Eager, Holding::Copied).with_refusal(&quarantined);
    let verdict = VerifiedModel::open(folder.path(), &bundle, &options, &NoControl);
    let Ok(Verdict::Rejected(findings)) = verdict else {
        panic!("it is refused");
    };
    assert_eq!(findings.as_slice().len(), 1);
    assert_eq!(findings.as_slice()[0].subject(), Some("config.json"));
}

#[test]
fn a_refusal_is_asked_about_the_root_and_the_signer() {
    let (folder, bundle) = model(Sharding::Whole);
    let root = hashed(folder.path(), &HashOptions::default()).root();
    for refused in [root, key().public_key().hint()] {
        let refuse = |digest: &Digest| {
            (*digest == refused).then(|| Finding::new("quarantine.ordered", "no"))
        };
        let options = options(LoadMode::Streaming, Holding::Copied).with_refusal(&refuse);
        let verdict = VerifiedModel::open(folder.path(), &bundle, &options, &NoControl);
        assert!(verdict.expect("there is an answer").rejected().is_some());
    }
}

#[test]
fn what_is_not_signed_is_not_given_out() {
    for (mode, holding, sharding) in ways() {
        let (folder, bundle) = model(sharding);
        let held = open(folder.path(), &bundle, &options(mode, holding));
        for name in ["model.sig", "sub", "../config.json", "", "config.json/x"] {
            let error = held.file(name).expect_err("it is not signed");
            assert_eq!(error.code(), "sign.load.not_signed", "{name}");
        }
    }
}
