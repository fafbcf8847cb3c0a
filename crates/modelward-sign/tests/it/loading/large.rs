//! Files that are large enough for a second thread to get their memory ready.

use std::fs;
use std::num::NonZeroU64;
use std::sync::LazyLock;

use modelward_artifact::{HashOptions, NoControl, Sharding, Verdict};
use modelward_sign::{Bundle, LoadMode, LoadOptions, VerifiedModel, sign};

use super::{open, options, read, ways};
use crate::fixture::{hashed, key, policy};

/// A little more than two shards.
const SIZE: u32 = (10 << 20) + 7;

fn weights() -> &'static [u8] {
    static WEIGHTS: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let byte = |at: u32| at.wrapping_mul(2_654_435_761).to_le_bytes()[3];
        (0..SIZE).map(byte).collect()
    });
    &WEIGHTS
}

/// A model of one file, with digests of whole files or of shards of 5 MiB.
fn model(sharding: Sharding) -> (tempfile::TempDir, Bundle) {
    let folder = tempfile::tempdir().expect("a scratch folder can be made");
    fs::write(folder.path().join("weights.bin"), weights()).expect("writable");
    let hashing = HashOptions::default().with_sharding(sharding);
    let bundle = sign(&hashed(folder.path(), &hashing), &key()).expect("a key in memory signs");
    (folder, bundle)
}

fn sharded(sharding: Sharding) -> Sharding {
    match sharding {
        Sharding::Whole => Sharding::Whole,
        _ => Sharding::Size(NonZeroU64::new(5 << 20).expect("not zero")),
    }
}

#[test]
fn a_large_file_is_given_out_as_it_was_signed_by_one_thread_and_by_two() {
    for (mode, holding, sharding) in ways() {
        for threads in [1, 2] {
            let what = format!("{mode}, {holding}, {sharding:?}, {threads} threads");
            let (folder, bundle) = model(sharded(sharding));
            let options = LoadOptions::new(policy().with_threads(threads))
                .with_mode(mode)
                .with_holding(holding);
            let held = open(folder.path(), &bundle, &options);
            let file = held.file("weights.bin").expect("it is signed");
            assert!(
                read(&held, file).is_ok_and(|bytes| bytes == weights()),
                "{what}"
            );
        }
    }
}

#[test]
fn a_byte_that_is_spoilt_in_a_large_file_is_found() {
    for (mode, holding, sharding) in ways() {
        let what = format!("{mode}, {holding}, {sharding:?}");
        let (folder, bundle) = model(sharded(sharding));
        let mut bytes = weights().to_vec();
        bytes[7 << 20] ^= 1;
        fs::write(folder.path().join("weights.bin"), bytes).expect("writable");
        let options = options(mode, holding);
        let verdict = VerifiedModel::open(folder.path(), &bundle, &options, &NoControl);
        match verdict.expect("there is an answer") {
            Verdict::Rejected(_) => assert_eq!(mode, LoadMode::Eager, "{what}"),
            Verdict::Verified(held) => {
                let file = held.file("weights.bin").expect("it is signed");
                assert!(read(&held, file).is_err(), "{what}");
            }
        }
    }
}

#[test]
fn a_single_shard_is_verified_while_its_memory_is_made_ready() {
    let (folder, bundle) = model(sharded(Sharding::Auto));
    for (mode, holding, sharding) in ways() {
        if mode != LoadMode::ByShard {
            continue;
        }
        let what = format!("{holding}, {sharding:?}");
        let held = open(folder.path(), &bundle, &options(mode, holding));
        let file = held.file("weights.bin").expect("it is signed");
        // The last shard is short.
        for at in [10 << 20, 5 << 20, 0] {
            let range = at..at + 7;
            let expected = &weights()[usize::try_from(at).expect("small")..][..7];
            assert!(!file.is_verified(range.clone()), "{what}");
            let bytes = file.bytes(range.clone());
            assert!(bytes.is_ok_and(|bytes| bytes == expected), "{what}");
            assert!(file.is_verified(range), "{what}");
        }
    }
}
