//! A system that has no thread to give.

use std::ffi::OsStr;
use std::fs;
use std::num::NonZero;
use std::path::Path;

use modelward_artifact::{DigestAlgorithm, HashOptions, Manifest, NoControl, Sharding};
use modelward_graph::{Relation, SupplyGraphBuilder};
use modelward_sign::{LoadMode, LoadOptions, SigningKey, VerifiedModel, VerifyPolicy, sign};

use super::child::say;
use super::{Said, child, skipped};

const THREADS: usize = 4;

/// Does everything that takes more than one thread, where there are any.
pub(super) fn work(place: &Path) {
    say("work", "hashing");
    let root = place.join("model");
    let options = HashOptions::default().with_threads(THREADS);
    for algorithm in DigestAlgorithm::ALL {
        let options = options.clone().with_algorithm(algorithm);
        let manifest = Manifest::hash(&root, &options, &NoControl).unwrap();
        let alone = options.clone().with_threads(1);
        assert_eq!(manifest, Manifest::hash(&root, &alone, &NoControl).unwrap());
    }
    say("work", "loading");
    let key = SigningKey::generate();
    let shards = options.with_sharding(Sharding::Size(NonZero::new(500_000).unwrap()));
    let manifest = Manifest::hash(&root, &shards, &NoControl).unwrap();
    let bundle = sign(&manifest, &key).unwrap();
    let policy = VerifyPolicy::key(key.public_key().clone()).with_threads(THREADS);
    let loading = LoadOptions::new(policy).with_mode(LoadMode::ByShard);
    let held = VerifiedModel::open(&root, &bundle, &loading, &NoControl).unwrap();
    let held = held.into_result().unwrap();
    let bytes = held.file("weights.bin").unwrap().all().unwrap();
    assert_eq!(bytes, fs::read(root.join("weights.bin")).unwrap());
    say("work", "graph");
    graph();
    say("done", "");
}

fn graph() {
    let id = |number: u32| format!("pkg:pypi/p{number}");
    let edges: Vec<_> = (0..40_000).map(|it| (id(it), id(it / 2))).collect();
    let edges: Vec<(&str, Relation, &str)> = edges
        .iter()
        .map(|(from, to)| (from.as_str(), Relation::Contains, to.as_str()))
        .collect();
    let threads = NonZero::new(THREADS).unwrap();
    let mut builder = SupplyGraphBuilder::default().with_threads(threads);
    builder.relate_all(&edges).unwrap();
    let graph = builder.build().unwrap();
    let (roots, targets) = ([id(39_999)], (0..600).map(id).collect::<Vec<_>>());
    let matrix = graph.matrix(&roots, &targets).unwrap();
    let matrix = matrix.with_threads(threads).resolve();
    assert!(matrix.reaches(&roots[0], &targets[1]));
}

#[test]
fn all_work_is_done_where_the_system_gives_no_thread() {
    let place = tempfile::tempdir().unwrap();
    let root = place.path().join("model");
    fs::create_dir(&root).unwrap();
    fs::write(root.join("weights.bin"), vec![7; 5_000_000]).unwrap();
    // So many that threads share in asking about them.
    for number in 0..2100 {
        fs::write(root.join(format!("f{number}")), "x").unwrap();
    }
    let trace = place.path().join("trace");
    let inject = "inject=clone3,clone:error=EAGAIN:when=1+";
    let words = ["strace", "-f", "-e", inject, "-o"].map(OsStr::new);
    let words = [&words[..], &[trace.as_os_str()]].concat();
    let Ok(output) = child(&words, "threads", place.path()).output() else {
        return skipped("threads can be refused by strace alone, which cannot be used");
    };
    let traced = fs::read_to_string(&trace).unwrap_or_default();
    if !traced.contains("(INJECTED)") {
        return skipped("threads cannot be refused here");
    }
    let said = Said::by(&output, "threads");
    assert_eq!(said.count("done"), 1, "{output:?}");
    assert!(traced.matches("(INJECTED)").count() > 8, "{traced}");
}
