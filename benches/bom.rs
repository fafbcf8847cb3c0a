//! What ML-BOMs cost: large documents, and inspection beside hashing.

use std::fs;
use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use modelward::artifact::{HashOptions, JsonLimits, Manifest, NoControl};
use modelward::bom::model::{BomRef, Component, ComponentKind, Dependency, Property, Version};
use modelward::bom::{
    Difference, GenerateOptions, Merge, MlBom, SpecVersion, generate, hash_and_generate,
};

/// A document of so many libraries that need each other.
fn document(components: u32) -> MlBom {
    let name = |index: u32| format!("library-{index}");
    let reference = |index: u32| BomRef::new(name(index)).expect("not empty");
    let component = |index: u32| {
        Component::new(ComponentKind::Library, name(index))
            .with_bom_ref(reference(index))
            .with_version(Version::new(format!("1.{index}")).expect("short"))
            .with_purl(format!("pkg:pypi/{}@1.{index}", name(index)))
            .with_properties([Property::new("modelward:example").with_value("value")])
    };
    let dependency =
        |index: u32| Dependency::new(reference(index)).with_dependencies([reference(index / 2)]);
    MlBom::new(SpecVersion::V1_6)
        .with_components((0..components).map(component))
        .with_dependencies((0..components).map(dependency))
}

fn documents(criterion: &mut Criterion) {
    let bom = document(10_000);
    let text = bom.to_json();
    let limits = JsonLimits::default();
    let mut group = criterion.benchmark_group("bom");
    group.sample_size(10);
    group.bench_function("read/10k", |b| {
        b.iter(|| MlBom::read(black_box(&text), &limits).expect("a document"));
    });
    group.bench_function("write/10k", |b| b.iter(|| black_box(&bom).to_json()));
    group.bench_function("convert/10k", |b| {
        b.iter(|| {
            black_box(&bom)
                .convert(SpecVersion::V1_5)
                .expect("it has a form")
        });
    });
    group.bench_function("diff/10k", |b| {
        b.iter(|| Difference::between(black_box(&bom), black_box(&bom)));
    });
    group.bench_function("merge/2x10k", |b| {
        b.iter(|| {
            let system = Component::new(ComponentKind::Application, "system");
            let merge = Merge::new(system)
                .with("a", bom.clone())
                .expect("a namespace");
            merge
                .with("b", bom.clone())
                .expect("a namespace")
                .build()
                .expect("a document")
        });
    });
    group.finish();
}

/// A folder of 8 MiB with a header of a thousand tensors, a card and a configuration.
fn generation(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let tensors: Vec<String> = (0..1024)
        .map(|index| {
            let (begin, end) = (index * 8192, (index + 1) * 8192);
            format!(r#""layers.{index}.w": {{"dtype": "F32", "shape": [2048], "data_offsets": [{begin}, {end}]}}"#)
        })
        .collect();
    let header = format!("{{{}}}", tensors.join(","));
    let length = u64::try_from(header.len())
        .expect("a short header")
        .to_le_bytes();
    let file = [&length[..], header.as_bytes(), &vec![0; 8 << 20]].concat();
    fs::write(folder.path().join("model.safetensors"), file).expect("writable");
    fs::write(folder.path().join("README.md"), "---\nlicense: mit\n---\n").expect("writable");
    let hashing = HashOptions::default();
    let options = GenerateOptions::default();
    let hash = || Manifest::hash(folder.path(), &hashing, &NoControl).expect("it can be hashed");
    let manifest = hash();
    let mut group = criterion.benchmark_group("generate");
    group.sample_size(10);
    group.bench_function("hash", |b| b.iter(hash));
    group.bench_function("inspect", |b| {
        b.iter(|| generate(folder.path(), &manifest, &options).expect("a model"));
    });
    group.bench_function("both", |b| {
        b.iter(|| {
            hash_and_generate(folder.path(), &hashing, &options, &NoControl).expect("a model")
        });
    });
    group.finish();
}

criterion_group!(benches, documents, generation);
criterion_main!(benches);
