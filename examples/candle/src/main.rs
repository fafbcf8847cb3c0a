//! Loads a signed model by shard into tensors of candle, and runs the first layer of a BERT with them.
//!
//! - `VerifiedTensors::tensor` gives a view of the `safetensors` crate, and candle's `Load` takes one.
//! - Every tensor is compared with what candle itself loads from the plain file.
//! - Where the file has the embeddings of a BERT, some tokens go through them and the layer norm, both ways.
//!
//! It signs the file itself, by a key that it makes, since it is about loading. Usage: `candle FILE`, a
//! safetensors file. Exit codes: 0 the same, 1 something is not, 2 an error, 64 wrong usage.

use std::collections::HashMap;
use std::error::Error;
use std::fs;
use std::num::NonZeroU64;
use std::path::Path;
use std::process::ExitCode;

use candle_core::safetensors::{Load as _, load};
use candle_core::{D, DType, Device, Tensor};
use modelward::artifact::escape::Terminal;
use modelward::artifact::{JsonLimits, Sharding};
use modelward::sign::{HeldModel, LoadMode, LoadOptions, VerifiedModel, VerifiedTensors};
use modelward::{HashOptions, Manifest, NoControl, SigningKey, Verdict, VerifyPolicy, sign};

/// The name of the file in the folder that is signed.
const FILE: &str = "model.safetensors";

/// A shard of 1 MiB.
const SHARD: NonZeroU64 = NonZeroU64::new(1 << 20).expect("it is not zero");

/// Some tokens: a beginning, two words, an end.
const TOKENS: [u32; 4] = [101, 7592, 2088, 102];

type Tensors = HashMap<String, Tensor>;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let [file] = &arguments[..] else {
        eprintln!("usage: candle FILE");
        return ExitCode::from(64);
    };
    match run(Path::new(file)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{}", Terminal(&error.to_string()));
            ExitCode::from(2)
        }
    }
}

fn run(file: &Path) -> Result<bool, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    fs::copy(file, folder.path().join(FILE))?;
    let held = signed_and_opened(folder.path())?;
    let verified = verified(&held)?;
    let plain = load(folder.path().join(FILE), &Device::Cpu)?;
    let mut same = verified.len() == plain.len();
    for (name, tensor) in &verified {
        let is_same = plain
            .get(name)
            .map(|other| equal(tensor, other))
            .transpose()?;
        if is_same != Some(true) {
            println!("OTHER {}", Terminal(name));
            same = false;
        }
    }
    println!("tensors: {}", verified.len());
    match (embed(&verified)?, embed(&plain)?) {
        (Some(ours), Some(theirs)) => {
            let norm = ours.sqr()?.sum_all()?.sqrt()?.to_scalar::<f32>()?;
            println!("embedded: {:?}, norm {norm:.6}", ours.dims());
            same &= equal(&ours, &theirs)? && norm.is_finite();
        }
        _ => println!("embedded: the file has no embeddings of a BERT"),
    }
    Ok(same)
}

/// Signs the shards of a folder's files and opens it to be loaded by shard. In a program of yours the
/// signature comes with the model, and the key from whom you trust.
fn signed_and_opened(folder: &Path) -> Result<HeldModel, Box<dyn Error>> {
    let options = HashOptions::default().with_sharding(Sharding::Size(SHARD));
    let key = SigningKey::generate();
    let bundle = sign(&Manifest::hash(folder, &options, &NoControl)?, &key)?;
    let policy = VerifyPolicy::key(key.public_key().clone());
    let options = LoadOptions::new(policy).with_mode(LoadMode::ByShard);
    match VerifiedModel::open(folder, &bundle, &options, &NoControl)? {
        Verdict::Verified(held) => Ok(held),
        Verdict::Rejected(findings) => Err(findings.to_string().into()),
    }
}

/// Loads every tensor, each verified by its shards before candle copies it.
fn verified(held: &HeldModel) -> Result<Tensors, Box<dyn Error>> {
    let tensors = VerifiedTensors::open(held, FILE, &JsonLimits::default())?;
    let tensor = |name: &str| Ok((name.to_owned(), tensors.tensor(name)?.load(&Device::Cpu)?));
    tensors.names().map(tensor).collect()
}

fn equal(one: &Tensor, other: &Tensor) -> candle_core::Result<bool> {
    if one.dtype() != other.dtype() || one.dims() != other.dims() {
        return Ok(false);
    }
    let bits = |tensor: &Tensor| tensor.flatten_all()?.to_dtype(DType::F64)?.to_vec1::<f64>();
    let (one, other) = (bits(one)?, bits(other)?);
    Ok(one
        .iter()
        .map(|it| it.to_bits())
        .eq(other.iter().map(|it| it.to_bits())))
}

/// Takes the tokens through the embeddings and the layer norm of a BERT, if the tensors have them.
fn embed(tensors: &Tensors) -> candle_core::Result<Option<Tensor>> {
    let of = |name: &str| tensors.get(&format!("embeddings.{name}"));
    let (Some(words), Some(positions), Some(types), Some(weight), Some(bias)) = (
        of("word_embeddings.weight"),
        of("position_embeddings.weight"),
        of("token_type_embeddings.weight"),
        of("LayerNorm.weight"),
        of("LayerNorm.bias"),
    ) else {
        return Ok(None);
    };
    let words = words.index_select(&Tensor::new(&TOKENS, &Device::Cpu)?, 0)?;
    let positions = positions.narrow(0, 0, TOKENS.len())?;
    let sum = (words + positions)?.broadcast_add(&types.narrow(0, 0, 1)?)?;
    let centered = sum.broadcast_sub(&sum.mean_keepdim(D::Minus1)?)?;
    let deviation = (centered.sqr()?.mean_keepdim(D::Minus1)? + 1e-12)?.sqrt()?;
    let normed = centered.broadcast_div(&deviation)?;
    normed.broadcast_mul(weight)?.broadcast_add(bias).map(Some)
}
