//! What verified loading costs, beside verification without loading and beside plain reading.
//!
//! All ways take turns in one run; the medians are those of `docs/benchmarks.md`. With `--test` all of
//! it is small and runs once. `MODELWARD_BENCH_BYTES` sets the size of the model,
//! `MODELWARD_BENCH_ROUNDS` how often each way has its turn; arguments (`opening`, `first`, `reading`)
//! choose parts.

#![expect(clippy::print_stdout, reason = "a bench prints")]

use std::fs::{self, File};
use std::hint::black_box;
use std::io::{BufWriter, Read as _, Write as _};
use std::num::NonZeroU64;
use std::path::Path;
use std::time::{Duration, Instant};

use modelward::artifact::{HashOptions, Holding, Manifest, NoControl, Sharding, Verdict};
use modelward::sign::{
    Bundle, HeldModel, LoadMode, LoadOptions, SigningKey, VerifiedModel, VerifyPolicy, sign,
    verify_model,
};

/// The name of the file of weights.
const WEIGHTS: &str = "weights.bin";

/// How many bytes are read at a time.
const BUFFER: usize = 1 << 20;

/// Shards of 8 MiB.
const SMALL: NonZeroU64 = NonZeroU64::new(8 << 20).expect("it is not zero");

struct Bench {
    folder: tempfile::TempDir,
    files: Bundle,
    shards: Bundle,
    /// Of the smallest shards that are advised.
    small: Bundle,
    policy: VerifyPolicy,
    size: u64,
    rounds: usize,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let is_test = arguments.iter().any(|it| it == "--test");
    let (size, rounds) = if is_test { (32 << 20, 1) } else { (4 << 30, 7) };
    let bench = Bench::new(
        number("MODELWARD_BENCH_BYTES").unwrap_or(size),
        number("MODELWARD_BENCH_ROUNDS").unwrap_or(rounds),
    );
    let parts: Vec<_> = arguments.iter().filter(|it| !it.starts_with('-')).collect();
    let is_chosen = |name| parts.is_empty() || parts.iter().any(|it| *it == name);
    if is_chosen("opening") {
        bench.opening();
    }
    if is_chosen("first") {
        bench.first_bytes();
    }
    if is_chosen("reading") {
        bench.reading();
    }
}

fn number<T: std::str::FromStr>(name: &str) -> Option<T> {
    std::env::var(name).ok()?.parse().ok()
}

impl Bench {
    fn new(size: u64, rounds: usize) -> Self {
        let folder = tempfile::tempdir().expect("a scratch folder can be made");
        fill(&folder.path().join(WEIGHTS), size);
        let key = SigningKey::generate();
        let bundle = |sharding| {
            let options = HashOptions::default().with_sharding(sharding);
            let manifest = Manifest::hash(folder.path(), &options, &NoControl);
            sign(&manifest.expect("it can be hashed"), &key).expect("it signs")
        };
        Self {
            files: bundle(Sharding::Whole),
            shards: bundle(Sharding::Auto),
            small: bundle(Sharding::Size(SMALL)),
            policy: VerifyPolicy::key(key.public_key().clone()),
            folder,
            size,
            rounds,
        }
    }

    fn open(&self, bundle: &Bundle, mode: LoadMode, holding: Holding) -> HeldModel {
        let options = LoadOptions::new(self.policy.clone())
            .with_mode(mode)
            .with_holding(holding);
        let verdict = VerifiedModel::open(self.folder.path(), bundle, &options, &NoControl);
        let verdict = verdict.expect("there is an answer");
        verdict.into_result().expect("it is what was signed")
    }

    fn verify(&self, bundle: &Bundle) {
        let verdict = verify_model(self.folder.path(), bundle, &self.policy, &NoControl);
        assert!(matches!(verdict, Ok(Verdict::Verified(_))));
    }

    /// Eager loading beside verification alone.
    fn opening(&self) {
        for (name, bundle) in [("files", &self.files), ("shards", &self.shards)] {
            let eager = |holding| drop(self.open(bundle, LoadMode::Eager, holding));
            let ways: [(&str, &dyn Fn()); 4] = [
                ("verify", &|| self.verify(bundle)),
                ("eager, copied", &|| eager(Holding::Copied)),
                ("eager, sealed", &|| eager(Holding::Sealed)),
                ("eager, mapped", &|| eager(Holding::Mapped)),
            ];
            report(name, self.size, &turns(self.rounds, &ways));
        }
    }

    /// The first bytes of a model that is loaded by shard, beside the verification of all.
    fn first_bytes(&self) {
        let first = |bundle| {
            let held = self.open(bundle, LoadMode::ByShard, Holding::Copied);
            let file = held.file(WEIGHTS).expect("it is signed");
            // A header at the beginning, and a tensor in the middle.
            black_box(file.bytes(0..64 << 10).expect("they are signed"));
            let middle = self.size / 2;
            black_box(
                file.bytes(middle..middle + (4 << 20))
                    .expect("they are signed"),
            );
        };
        let ways: [(&str, &dyn Fn()); 3] = [
            ("verify", &|| self.verify(&self.shards)),
            ("first tensor, shards as advised", &|| first(&self.shards)),
            ("first tensor, shards of 8 MiB", &|| first(&self.small)),
        ];
        report("first tensor", self.size, &turns(self.rounds, &ways));
    }

    /// Reading what was verified, beside reading the file.
    fn reading(&self) {
        let held = self.open(&self.shards, LoadMode::ByShard, Holding::Copied);
        let file = held.file(WEIGHTS).expect("it is signed");
        file.all().expect("they are signed");
        let plain = || {
            let mut file = File::open(self.folder.path().join(WEIGHTS)).expect("it is there");
            let mut buffer = vec![0; BUFFER];
            while file.read(&mut buffer).expect("it can be read") > 0 {
                black_box(&buffer);
            }
        };
        let verified = || {
            let (mut buffer, mut offset) = (vec![0; BUFFER], 0);
            loop {
                let count = file.read_at(offset, &mut buffer).expect("they are signed");
                black_box(&buffer);
                if count == 0 {
                    return;
                }
                offset += count as u64;
            }
        };
        let ways: [(&str, &dyn Fn()); 2] = [("plain read", &plain), ("verified", &verified)];
        report("reading again", self.size, &turns(self.rounds, &ways));
    }
}

/// Writes bytes that no disk and no memory can fold.
fn fill(path: &Path, size: u64) {
    let mut file = BufWriter::with_capacity(BUFFER, File::create(path).expect("writable"));
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    for _ in 0..size / 8 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        file.write_all(&state.to_le_bytes()).expect("writable");
    }
    file.flush().expect("writable");
    drop(file);
    assert_eq!(fs::metadata(path).expect("it is there").len(), size / 8 * 8);
}

/// Runs every way once to warm up, then in turns, and returns the median of each.
fn turns<'a>(rounds: usize, ways: &[(&'a str, &dyn Fn())]) -> Vec<(&'a str, Duration)> {
    let mut times = vec![Vec::new(); ways.len()];
    for round in 0..=rounds {
        for (way, (_, run)) in ways.iter().enumerate() {
            let start = Instant::now();
            run();
            if round > 0 {
                times[way].push(start.elapsed());
            }
        }
    }
    let median = |times: &mut Vec<Duration>| {
        times.sort_unstable();
        times[times.len() / 2]
    };
    let names = ways.iter().map(|(name, _)| *name);
    names.zip(times.iter_mut().map(median)).collect()
}

fn report(title: &str, size: u64, medians: &[(&str, Duration)]) {
    println!("{title}");
    let first = medians[0].1.as_secs_f64();
    #[expect(clippy::cast_precision_loss, reason = "a rate for people")]
    let gigabytes = size as f64 / 1e9;
    for (name, median) in medians {
        let seconds = median.as_secs_f64();
        let (rate, ratio) = (gigabytes / seconds, seconds / first);
        println!(
            "  {name:<30} {seconds:>9.4} s {rate:>8.2} GB/s {ratio:>7.3} of {}",
            medians[0].0
        );
    }
}
