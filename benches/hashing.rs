//! How fast the kernels advance messages and the engine hashes directories, in bytes a second.

use std::fs;
use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use modelward::artifact::kernel::{
    Block, INITIAL_STATE, Kernel, Kernels, Lane, MAX_LANES, compress,
};
use modelward::artifact::{HashOptions, Manifest, NoControl};

/// One file's size in bytes.
const FILE: usize = 4 << 20;

fn directory(bench: &mut Criterion) {
    let model = tempfile::tempdir().expect("a scratch folder can be made");
    let painted: Vec<u8> = (0..=250).cycle().take(FILE).collect();
    for index in 0..4 {
        let path = model.path().join(format!("shard-{index}.bin"));
        fs::write(path, &painted).expect("the folder is writable");
    }
    let mut group = bench.benchmark_group("hash a directory of four files");
    group.throughput(Throughput::Bytes(4 * FILE as u64));
    for threads in [1, 2] {
        let options = HashOptions::default().with_threads(threads);
        group.bench_function(format!("{threads} threads"), |bencher| {
            bencher.iter(|| {
                let manifest = Manifest::hash(model.path(), &options, &NoControl);
                black_box(manifest.expect("the model can be hashed"))
            });
        });
    }
    group.finish();
}

/// Blocks for each message: 32 KiB, so that sixteen messages stay in the second-level cache.
const BLOCKS: usize = 512;

/// Messages of their own, apart by more than their length, or all would share the cache's sets.
fn messages() -> Vec<Vec<Block>> {
    let message = |lane| (0..BLOCKS + 5 * lane).map(|_| [0xa5; 64]).collect();
    (0..MAX_LANES).map(message).collect()
}

fn advance(kernels: &Kernels, messages: &[Vec<Block>]) {
    let mut states = [INITIAL_STATE; MAX_LANES];
    let lanes = states.iter_mut().zip(messages);
    let mut lanes: Vec<_> = lanes
        .map(|(state, message)| Lane::new(state, &message[..BLOCKS]))
        .collect();
    compress(kernels, &mut lanes);
    black_box(states);
}

fn kernels(bench: &mut Criterion) {
    let messages = messages();
    let mut group = bench.benchmark_group("kernel");
    for kernel in Kernel::ALL {
        let Some(only) = Kernels::only(&[kernel]) else {
            continue;
        };
        let messages = &messages[..kernel.lanes()];
        group.throughput(Throughput::Bytes((kernel.lanes() * BLOCKS * 64) as u64));
        group.bench_function(kernel.name(), |bencher| {
            bencher.iter(|| advance(&only, messages))
        });
    }
    group.finish();
}

fn lanes(bench: &mut Criterion) {
    let messages = messages();
    let mut group = bench.benchmark_group("messages");
    for count in 1..=MAX_LANES {
        group.throughput(Throughput::Bytes((count * BLOCKS * 64) as u64));
        group.bench_function(BenchmarkId::from_parameter(count), |bencher| {
            bencher.iter(|| advance(Kernels::detect(), &messages[..count]));
        });
    }
    group.finish();
}

criterion_group!(benches, kernels, lanes, directory);
criterion_main!(benches);
