//! How fast the kernels advance messages and the engine hashes directories, in bytes a second.

use std::fs;
use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use modelward::artifact::kernel::{INITIAL_STATE, Kernel, Kernels, Lane, MAX_LANES, compress};
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

/// The distance between two messages: more than their length, or all would share the cache's sets.
const STRIDE: usize = (BLOCKS + 5) * 64;

/// Bytes for [`MAX_LANES`] messages, and where the first begins: on a cache line, as in the engine.
fn messages() -> (Vec<u8>, usize) {
    let bytes = vec![0xa5; MAX_LANES * STRIDE + 64];
    let start = bytes.as_ptr().align_offset(64);
    (bytes, start)
}

fn advance(kernels: &Kernels, (bytes, start): &(Vec<u8>, usize), count: usize) {
    let mut states = [INITIAL_STATE; MAX_LANES];
    let messages = bytes[*start..].chunks(STRIDE);
    let mut lanes: Vec<_> = states[..count]
        .iter_mut()
        .zip(messages)
        .map(|(state, message)| Lane::new(state, &message.as_chunks().0[..BLOCKS]))
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
        group.throughput(Throughput::Bytes((kernel.lanes() * BLOCKS * 64) as u64));
        group.bench_function(kernel.name(), |bencher| {
            bencher.iter(|| advance(&only, &messages, kernel.lanes()))
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
            bencher.iter(|| advance(Kernels::detect(), &messages, count));
        });
    }
    group.finish();
}

criterion_group!(benches, kernels, lanes, directory);
criterion_main!(benches);
