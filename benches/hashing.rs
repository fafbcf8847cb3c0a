//! How fast a model directory is hashed: bytes a second, by the number of threads.

use std::fs;
use std::hint::black_box;
use std::num::NonZeroUsize;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
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
        let threads = NonZeroUsize::new(threads).expect("not zero");
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

criterion_group!(benches, directory);
criterion_main!(benches);
