//! A signed file as something to read and seek in.

use std::fs;
use std::io::{Read as _, Seek as _, SeekFrom};

use modelward_artifact::{Holding, Sharding};
use modelward_sign::{LoadError, LoadMode};

use super::{model, open, opened_for_ranges, options, shards, weights};

#[test]
fn a_cursor_goes_and_reads_as_in_the_file() {
    let all = weights();
    for (_folder, held) in opened_for_ranges() {
        let mode = held.mode();
        let mut cursor = held.file("sub/weights.bin").expect("it is signed").cursor();
        for (to, at) in [
            (SeekFrom::Start(990), 990),
            (SeekFrom::Current(-10), 990),
            (SeekFrom::End(-1000), 0),
            (SeekFrom::Current(60), 70),
            (SeekFrom::End(0), 1000),
            (SeekFrom::Start(5000), 5000),
            (SeekFrom::End(-3), 997),
        ] {
            assert_eq!(cursor.seek(to).expect("it is there"), at, "{to:?}");
            let mut ten = Vec::new();
            let read = cursor.by_ref().take(10).read_to_end(&mut ten);
            read.expect("they are signed");
            let from = usize::try_from(at).expect("small").min(1000);
            assert_eq!(ten, all[from..(from + 10).min(1000)], "{mode}, {to:?}");
        }
        for to in [SeekFrom::End(-1001), SeekFrom::Current(i64::MIN)] {
            assert!(cursor.seek(to).is_err(), "{to:?}");
        }
        assert_eq!(cursor.stream_position().expect("it stays"), 1000);
    }
}

#[test]
fn a_cursor_gives_out_no_other_bytes() {
    let (folder, bundle) = model(shards());
    let options = options(LoadMode::ByShard, Holding::Copied);
    let held = open(folder.path(), &bundle, &options);
    let mut spoilt = weights();
    spoilt[70] ^= 1;
    let mut cursor = held.file("sub/weights.bin").expect("it is signed").cursor();
    fs::write(folder.path().join("sub/weights.bin"), spoilt).expect("writable");
    let mut shard = [0; 64];
    cursor.read_exact(&mut shard).expect("it is as it was");
    assert_eq!(shard, weights()[..64]);
    for _ in 0..2 {
        let error = cursor.read(&mut shard).expect_err("it is spoilt");
        let cause = error.downcast::<LoadError>().expect("it is the cause");
        assert_eq!(cause.code(), "sign.load.digest");
    }
    assert_eq!(shard, weights()[..64]);
}

#[test]
fn what_is_streamed_has_no_cursor() {
    let (folder, bundle) = model(Sharding::Whole);
    let options = options(LoadMode::Streaming, Holding::Copied);
    let held = open(folder.path(), &bundle, &options);
    let mut cursor = held.file("config.json").expect("it is signed").cursor();
    let error = cursor
        .read(&mut [0; 2])
        .expect_err("it is not verified yet");
    let cause = error.downcast::<LoadError>().expect("it is the cause");
    assert_eq!(cause.code(), "sign.load.mode");
}
