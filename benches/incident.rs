//! What the log of incidents costs: appending, opening, proofs and checkpoints.
//!
//! First by itself, then in turns with others that do the same; the second table is the one of
//! `docs/benchmarks.md`. With `--test` all of it is small and runs once.

#[path = "incident/beside.rs"]
mod beside;
#[path = "incident/event.rs"]
mod event;
#[path = "incident/key.rs"]
mod key;
#[path = "incident/million.rs"]
mod million;
#[path = "incident/rounds.rs"]
mod rounds;

use std::hint::black_box;
use std::time::Duration;

use criterion::{BatchSize, Criterion, Throughput};
use modelward::incident::log::{Context, Draft, IncidentLog};

use crate::event::{context, draft};
use crate::key::{Key, origin};
use crate::million::{Million, buffered, scratch};

/// How much is measured.
struct Sizes {
    /// Entries of the large log.
    log: u32,
    /// Entries that are appended at once.
    appended: u32,
    /// Entries that are each waited for until they are on the disk.
    synced: u32,
    /// Proofs made or verified at once.
    proofs: u32,
    /// How often the large log is opened.
    opened: u32,
    /// How often two ways take turns.
    rounds: u32,
}

const REAL: Sizes = Sizes {
    log: 1_000_000,
    appended: 20_000,
    synced: 200,
    proofs: 2_000,
    opened: 5,
    rounds: 15,
};

const SMALL: Sizes = Sizes {
    log: 3_001,
    appended: 100,
    synced: 3,
    proofs: 50,
    opened: 1,
    rounds: 1,
};

fn append(criterion: &mut Criterion, sizes: &Sizes) {
    let entries = || -> Vec<(Draft, Context)> {
        let all = 0..sizes.appended;
        all.map(|index| (draft(index), context(index))).collect()
    };
    let mut group = criterion.benchmark_group("append");
    group.throughput(Throughput::Elements(sizes.appended.into()));
    group.measurement_time(Duration::from_secs(4));
    group.bench_function("memory", |b| {
        b.iter_batched(
            entries,
            |entries| {
                let mut log = IncidentLog::new();
                for (draft, context) in entries {
                    log.append(draft, &context).expect("it has a form");
                }
                log
            },
            BatchSize::PerIteration,
        );
    });
    group.bench_function("file, buffered", |b| {
        b.iter_batched(
            || {
                let folder = scratch();
                let log = buffered(&folder.path().join("incidents.jsonl"));
                (folder, log, entries())
            },
            |(folder, mut log, entries)| {
                for (draft, context) in entries {
                    log.append(draft, &context).expect("the file takes it");
                }
                (folder, log)
            },
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

fn proofs(criterion: &mut Criterion, million: &Million) {
    let chain = million.chain();
    let mut group = criterion.benchmark_group(format!("proofs of {} entries", chain.len()));
    let mut turn = 0;
    let mut next = || {
        turn += 1;
        u64::from(million.pick(turn))
    };
    group.bench_function("inclusion, made", |b| {
        b.iter(|| {
            let proof = black_box(chain).prove_inclusion(next());
            proof.expect("it is in the log")
        });
    });
    group.bench_function("consistency, made", |b| {
        b.iter(|| {
            let proof = black_box(chain).prove_consistency(next() + 1);
            proof.expect("the log was so large")
        });
    });
    group.finish();
}

fn verified(criterion: &mut Criterion, million: &Million) {
    let chain = million.chain();
    let (root, at) = (chain.root(), million.pick(7));
    let mut group = criterion.benchmark_group(format!("proofs of {} entries", chain.len()));
    let leaf = beside::leaf(million.lines()[at as usize]);
    let inclusion = chain.prove_inclusion(at.into()).expect("it is in the log");
    group.bench_function("inclusion, verified", |b| {
        b.iter(|| {
            let verified = black_box(&inclusion).verify(&leaf, &root);
            verified.expect("it is in the log");
        });
    });
    let old = u64::from(at) + 1;
    let before = chain.root_at(old).expect("the log was so large");
    let consistency = chain.prove_consistency(old).expect("the log was so large");
    group.bench_function("consistency, verified", |b| {
        b.iter(|| {
            let verified = black_box(&consistency).verify(&before, &root);
            verified.expect("it only grew");
        });
    });
    group.finish();
}

fn checkpoints(criterion: &mut Criterion, million: &Million) {
    let key = Key::new();
    let checkpoint = million.chain().checkpoint(origin());
    let note = key.sign(checkpoint.clone()).to_string();
    let mut group = criterion.benchmark_group("checkpoint");
    group.bench_function("signed", |b| {
        b.iter(|| key.sign(black_box(&checkpoint).clone()));
    });
    group.bench_function("read, verified and compared with the log", |b| {
        b.iter(|| {
            let remembered = key.read(black_box(&note));
            let verdict = million.chain().verify_against(&remembered);
            verdict.into_result().expect("it is the same log")
        });
    });
    group.finish();
}

fn main() {
    let small = std::env::args().any(|argument| argument == "--test");
    let sizes = if small { SMALL } else { REAL };
    let mut criterion = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
        .configure_from_args();
    append(&mut criterion, &sizes);
    let million = Million::make(sizes.log);
    proofs(&mut criterion, &million);
    verified(&mut criterion, &million);
    checkpoints(&mut criterion, &million);
    criterion.final_summary();
    beside::all(&sizes, &million);
}
