//! Tensors by name.

use std::collections::HashMap;
use std::fs;
use std::num::NonZeroU64;
use std::path::Path;

use modelward_artifact::{HashOptions, Holding, JsonLimits, Sharding};
use modelward_sign::{Bundle, LoadMode, VerifiedTensors, sign};
use safetensors::Dtype;
use safetensors::tensor::{TensorView, serialize};

use super::{open, options};
use crate::fixture::{hashed, key};

fn bytes(count: u8) -> Vec<u8> {
    (0..count)
        .flat_map(|at| f32::from(at).to_le_bytes())
        .collect()
}

/// Writes a file of tensors of so many numbers.
fn write(path: &Path, tensors: &[(&str, u8)]) {
    let data: Vec<_> = tensors
        .iter()
        .map(|(name, count)| (*name, bytes(*count)))
        .collect();
    let views = data.iter().map(|(name, bytes)| {
        let view = TensorView::new(Dtype::F32, vec![bytes.len() / 4], bytes);
        (*name, view.expect("type and shape fit"))
    });
    let metadata: Option<HashMap<String, String>> = None;
    let file = serialize(views, metadata).expect("tensors have a file");
    fs::write(path, file).expect("writable");
}

fn signed(folder: &Path) -> Bundle {
    let size = NonZeroU64::new(64).expect("not zero");
    let options = HashOptions::default().with_sharding(Sharding::Size(size));
    sign(&hashed(folder, &options), &key()).expect("it signs")
}

/// The codes of what opening the tensors of a file of these bytes comes to.
fn outcome(files: &[(&str, &[u8])], path: &str) -> String {
    let folder = tempfile::tempdir().expect("a scratch folder can be made");
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).expect("writable");
    }
    let bundle = signed(folder.path());
    let held = open(
        folder.path(),
        &bundle,
        &options(LoadMode::Eager, Holding::Copied),
    );
    match VerifiedTensors::open(&held, path, &JsonLimits::default()) {
        Ok(_) => "ok".to_owned(),
        Err(error) => error.code().to_owned(),
    }
}

#[test]
fn a_tensor_is_verified_by_its_own_shards() {
    let folder = tempfile::tempdir().expect("a scratch folder can be made");
    let path = folder.path().join("model.safetensors");
    write(&path, &[("a", 100), ("b", 200)]);
    let bundle = signed(folder.path());
    let held = open(
        folder.path(),
        &bundle,
        &options(LoadMode::ByShard, Holding::Copied),
    );
    let tensors = VerifiedTensors::open(&held, "model.safetensors", &JsonLimits::default());
    let tensors = tensors.expect("it is laid out right");
    assert_eq!(tensors.names().collect::<Vec<_>>(), ["a", "b"]);
    let view = tensors.tensor("a").expect("it is signed");
    assert_eq!((view.shape(), view.data()), (&[100][..], &bytes(100)[..]));
    let file = held.file("model.safetensors").expect("it is signed");
    let size = file.size();
    assert!(!file.is_verified(size - 1..size));
    // The other tensor is spoilt before its shards are asked for.
    let mut spoilt = fs::read(&path).expect("it is there");
    *spoilt.last_mut().expect("it has bytes") ^= 1;
    fs::write(&path, spoilt).expect("writable");
    let error = tensors.tensor("b").expect_err("it is spoilt");
    assert_eq!(error.code(), "sign.load.digest");
    assert_eq!(
        tensors.tensor("a").expect("it was verified").data(),
        bytes(100)
    );
    assert_eq!(
        tensors.tensor("c").expect_err("there is none").code(),
        "sign.tensor.none"
    );
}

#[test]
fn an_index_joins_files_that_are_signed_and_beside_it() {
    let folder = tempfile::tempdir().expect("a scratch folder can be made");
    fs::create_dir(folder.path().join("w")).expect("writable");
    write(&folder.path().join("w/1.safetensors"), &[("a", 3)]);
    write(&folder.path().join("w/2.safetensors"), &[("b", 5)]);
    let index = r#"{"metadata": {"total_size": 32},
        "weight_map": {"a": "1.safetensors", "b": "2.safetensors"}}"#;
    fs::write(folder.path().join("w/model.safetensors.index.json"), index).expect("writable");
    let bundle = signed(folder.path());
    let held = open(
        folder.path(),
        &bundle,
        &options(LoadMode::ByShard, Holding::Copied),
    );
    let path = "w/model.safetensors.index.json";
    let tensors = VerifiedTensors::open(&held, path, &JsonLimits::default()).expect("two files");
    assert_eq!(tensors.len(), 2);
    assert_eq!(tensors.tensor("b").expect("it is signed").data(), bytes(5));
}

#[test]
fn an_index_leads_nowhere_else() {
    for (name, code) in [
        ("1.safetensors", "ok"),
        ("missing.safetensors", "sign.load.not_signed"),
        ("../1.safetensors", "sign.load.not_signed"),
        ("/etc/passwd", "sign.load.not_signed"),
        ("./1.safetensors", "sign.load.not_signed"),
    ] {
        let folder = tempfile::tempdir().expect("a scratch folder can be made");
        write(&folder.path().join("1"), &[("a", 3)]);
        let file = fs::read(folder.path().join("1")).expect("it is there");
        let index = format!(r#"{{"weight_map": {{"a": "{name}"}}}}"#);
        let path = "model.safetensors.index.json";
        let found = outcome(&[("1.safetensors", &file), (path, index.as_bytes())], path);
        assert_eq!(found, code, "{name}");
    }
}

#[test]
fn headers_that_lie_are_refused() {
    let file = |header: &str, data: usize| {
        let length = (header.len() as u64).to_le_bytes();
        [&length[..], header.as_bytes(), &vec![0; data]].concat()
    };
    let tensor = |shape: &str, from: u64, to: u64| {
        format!(r#"{{"a": {{"dtype": "F32", "shape": {shape}, "data_offsets": [{from}, {to}]}}}}"#)
    };
    let cases = [
        (file(&tensor("[2]", 0, 8), 8), "ok"),
        (file(&tensor("[2]", 0, 8), 9), "sign.tensor.layout"),
        (file(&tensor("[2]", 0, 8), 7), "sign.tensor.layout"),
        (file(&tensor("[2]", 4, 12), 12), "sign.tensor.json"),
        (file(&tensor("[2]", 8, 0), 8), "sign.tensor.json"),
        (file("{", 0), "sign.tensor.json"),
        (file(r#"{"a": 1, "a": 1}"#, 0), "sign.tensor.json"),
        (vec![1, 2, 3], "sign.tensor.layout"),
        (vec![0xff; 16], "sign.tensor.too_large"),
        (100_u64.to_le_bytes().to_vec(), "sign.tensor.layout"),
    ];
    for (bytes, code) in cases {
        let found = outcome(&[("m.safetensors", &bytes)], "m.safetensors");
        assert_eq!(found, code, "{:?}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn a_shape_that_asks_for_other_bytes_is_refused_when_the_tensor_is_asked_for() {
    let folder = tempfile::tempdir().expect("a scratch folder can be made");
    let header = br#"{"a": {"dtype": "F32", "shape": [3], "data_offsets": [0, 8]}}"#;
    let length = (header.len() as u64).to_le_bytes();
    let file = [&length[..], header, &[0; 8]].concat();
    fs::write(folder.path().join("m.safetensors"), file).expect("writable");
    let bundle = signed(folder.path());
    let held = open(
        folder.path(),
        &bundle,
        &options(LoadMode::Eager, Holding::Copied),
    );
    let tensors = VerifiedTensors::open(&held, "m.safetensors", &JsonLimits::default());
    let code = match tensors {
        Ok(tensors) => tensors.tensor("a").expect_err("8 bytes are not 12").code(),
        Err(error) => error.code(),
    };
    assert!(
        ["sign.tensor.shape", "sign.tensor.json"].contains(&code),
        "{code}"
    );
}
