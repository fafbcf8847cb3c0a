//! Somebody writes to the files all the time.

use std::fs::OpenOptions;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use modelward_artifact::{NoControl, Verdict};
use modelward_sign::{HeldModel, LoadMode, VerifiedFile, VerifiedModel};
use proptest::prelude::{ProptestConfig, any, proptest};

use super::{model, open, options, read, ways, weights};

/// Flips a byte forth and back at places that the seed gives, until it is told to stop.
fn spoil(path: &Path, seed: u64, stop: &AtomicBool) {
    let mut file = OpenOptions::new().write(true).open(path).expect("writable");
    let right = weights();
    let mut state = seed | 1;
    while !stop.load(Ordering::Relaxed) {
        // An xorshift: no two schedules are alike.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let at = usize::try_from(state % right.len() as u64).expect("within a small file");
        for value in [right[at] ^ 0x40, right[at]] {
            file.seek(SeekFrom::Start(at as u64)).expect("a file");
            file.write_all(&[value]).expect("writable");
            if state & 0x300 == 0 {
                thread::yield_now();
            }
        }
    }
}

/// Reads what it can, and compares whatever it is given.
fn compare(held: &HeldModel, file: VerifiedFile<'_>) -> usize {
    let mut given = 0;
    for from in [0, 100, 500, 937] {
        if let Ok(bytes) = file.bytes(from..from + 63) {
            let start = usize::try_from(from).expect("small");
            assert_eq!(bytes, &weights()[start..start + 63], "{}", held.mode());
            given += 1;
        }
    }
    for _ in 0..3 {
        if let Ok(bytes) = read(held, file) {
            assert_eq!(bytes, weights(), "{}", held.mode());
            given += 1;
        }
    }
    given
}

proptest! {
    // Each case goes through every way to load: some thousands of loads.
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn no_byte_that_was_not_signed_is_ever_given_out(seed in any::<u64>()) {
        for (mode, holding, sharding) in ways() {
            let (folder, bundle) = model(sharding);
            let path = folder.path().join("sub/weights.bin");
            let options = options(mode, holding);
            // One is opened before the writer comes, the others in its midst.
            let calm = open(folder.path(), &bundle, &options);
            let file = calm.file("sub/weights.bin").expect("it is signed");
            let stop = AtomicBool::new(false);
            let given = thread::scope(|scope| {
                scope.spawn(|| spoil(&path, seed, &stop));
                let given = compare(&calm, file);
                for _ in 0..3 {
                    // A change that is noticed is an error or a refusal, both of which are right.
                    let opened = VerifiedModel::open(folder.path(), &bundle, &options, &NoControl);
                    if let Ok(Verdict::Verified(held)) = opened
                        && let Ok(file) = held.file("sub/weights.bin")
                    {
                        compare(&held, file);
                    }
                }
                stop.store(true, Ordering::Relaxed);
                given
            });
            if mode == LoadMode::Eager {
                assert_eq!(given, 7, "a copy is not in reach of anybody");
            }
        }
    }
}
