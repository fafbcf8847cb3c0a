//! How fast the kernels advance messages and the engine hashes directories, in bytes a second.

use std::fs;
use std::hint::black_box;
use std::num::NonZeroU64;
use std::path::Path;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use modelward::artifact::kernel::{INITIAL_STATE, Kernel, Kernels, Lane, MAX_LANES, compress};
use modelward::artifact::{DigestAlgorithm, HashOptions, Manifest, NoControl, Reading, Sharding};

/// Makes a model of so many files of so many bytes.
fn model(files: usize, size: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a scratch folder can be made");
    for index in 0..files {
        let painted: Vec<u8> = (0..=250).cycle().skip(index).take(size).collect();
        let path = folder.path().join(format!("f{index:05}.bin"));
        fs::write(path, painted).expect("the folder is writable");
    }
    folder
}

fn hash(model: &Path, options: &HashOptions) -> Manifest {
    let manifest = Manifest::hash(model, options, &NoControl);
    black_box(manifest.expect("the model can be hashed"))
}

/// Large files: by layout, by the way their bytes are had, and by algorithm.
fn modes(bench: &mut Criterion) {
    let (files, size) = (16, 4 << 20);
    let model = model(files, size);
    let mut group = bench.benchmark_group("engine");
    group.throughput(Throughput::Bytes((files * size) as u64));
    let options = HashOptions::default();
    let shards = Sharding::Size(NonZeroU64::new(1 << 20).expect("it is not zero"));
    let mut modes = vec![
        ("files, read".to_owned(), options.clone()),
        (
            "files, mapped".to_owned(),
            options.clone().with_reading(Reading::Mapped),
        ),
        (
            "shards, read".to_owned(),
            options.clone().with_sharding(shards),
        ),
    ];
    for algorithm in DigestAlgorithm::ALL {
        modes.push((
            algorithm.to_string(),
            options.clone().with_algorithm(algorithm),
        ));
    }
    for (name, options) in modes {
        group.bench_function(name, |bencher| {
            bencher.iter(|| hash(model.path(), &options));
        });
    }
    group.finish();
}

/// Many small files: what opening them costs.
fn small_files(bench: &mut Criterion) {
    let files = 1000;
    let model = model(files, 10_000);
    let mut group = bench.benchmark_group("small files");
    group.throughput(Throughput::Elements(files as u64));
    for threads in [1, 2] {
        let options = HashOptions::default().with_threads(threads);
        group.bench_function(format!("{threads} threads"), |bencher| {
            bencher.iter(|| hash(model.path(), &options));
        });
    }
    group.finish();
}

fn threads(bench: &mut Criterion) {
    let (files, size) = (16, 4 << 20);
    let model = model(files, size);
    let mut group = bench.benchmark_group("threads");
    group.throughput(Throughput::Bytes((files * size) as u64));
    for threads in [1, 2] {
        let options = HashOptions::default().with_threads(threads);
        group.bench_function(BenchmarkId::from_parameter(threads), |bencher| {
            bencher.iter(|| hash(model.path(), &options));
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
            bencher.iter(|| advance(&only, &messages, kernel.lanes()));
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

criterion_group!(benches, kernels, lanes, modes, small_files, threads);
criterion_main!(benches);
