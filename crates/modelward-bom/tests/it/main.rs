//! Tests of `modelward-bom` against its public API.

mod compare;
mod documents;
mod generate;
mod hdf5;
mod hostile;
mod inspect;
mod lies;
mod onnx;
mod pickle;
mod profile;
mod protobuf;
mod read;
mod saved_model;
mod sbom;
mod schema;
mod seed;
mod snapshot;
mod spdx3;
mod texts;
mod tflite;

use std::fs;
use std::path::Path;

use modelward_artifact::{HashOptions, Manifest, NoControl};
use modelward_bom::{GenerateBomError, GenerateOptions, Generated, generate};

/// A model directory with every file that is read.
fn full() -> tempfile::TempDir {
    let folder = empty();
    write(folder.path(), "README.md", CARD);
    write(folder.path(), "config.json", CONFIG);
    write(folder.path(), "model.safetensors", safetensors(HEADER, 12));
    write(folder.path(), "onnx/labels.txt", "onnx");
    folder
}

const CARD: &str = "---
license: apache-2.0
language: [en, de]
library_name: transformers
pipeline_tag: text-classification
base_model: acme/base-model
datasets:
- acme/reviews
- acme/reviews
- imdb
tags: [sentiment]
model-index:
- name: m
  results:
  - task: {type: text-classification}
    dataset: {type: imdb, name: IMDb, split: test}
    metrics:
    - {type: accuracy, value: 0.93}
    - {type: f1, value: '0.91'}
---
# A model
";

const CONFIG: &str = r#"{"architectures": ["BertForSequenceClassification"], "model_type": "bert",
    "hidden_size": 384, "vocab_size": 30522, "hidden_act": "gelu"}"#;

const HEADER: &str = r#"{"__metadata__": {"format": "pt"},
    "b": {"dtype": "F16", "shape": [2], "data_offsets": [8, 12]},
    "a": {"dtype": "F32", "shape": [1, 2], "data_offsets": [0, 8]}}"#;

fn empty() -> tempfile::TempDir {
    tempfile::tempdir().expect("a scratch folder can be made")
}

fn write(root: &Path, path: &str, bytes: impl AsRef<[u8]>) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a parent")).expect("the folder is writable");
    fs::write(path, bytes).expect("the folder is writable");
}

/// Joins a header with its true length and so many bytes of data.
fn safetensors(header: &str, data: usize) -> Vec<u8> {
    let length = u64::try_from(header.len()).expect("a short header");
    [&length.to_le_bytes()[..], header.as_bytes(), &vec![0; data]].concat()
}

fn manifest(root: &Path) -> Manifest {
    Manifest::hash(root, &HashOptions::default(), &NoControl).expect("the model can be hashed")
}

fn generated(root: &Path) -> Result<Generated, GenerateBomError> {
    generate(root, &manifest(root), &GenerateOptions::default())
}
