//! Loads tensors of a signed model by shard, computes with them, and shows what a flipped byte comes to.
//!
//! - Each tensor is verified by its shards when it is asked for, so that the first can be used while most
//!   of the file was not read yet.
//! - Every tensor is compared with what the `safetensors` crate alone reads from the plain file: type,
//!   shape, bytes and sum. The first matrix is multiplied with a vector both ways.
//! - In a copy of the file one byte is flipped. The tensor that holds it is refused; the tensors whose
//!   shards are whole are given out still.
//!
//! It signs the file itself, by a key that it makes, since it is about loading. Without a file it takes a
//! small classifier that it trains. Exit codes: 0 all as it should be, 1 something is not, 2 an error, 64
//! wrong usage.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example prints"
)]

mod arguments;
mod failure;
#[expect(dead_code, reason = "another example uses the training data")]
mod toy_model;

use std::fs;
use std::num::NonZeroU64;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use modelward::artifact::escape::Terminal;
use modelward::artifact::{JsonLimits, Sharding, read_file};
use modelward::sign::{HeldModel, LoadMode, LoadOptions, VerifiedModel, VerifiedTensors};
use modelward::{
    Bundle, HashOptions, Manifest, NoControl, SigningKey, Verdict, VerifyPolicy, sign,
};
use safetensors::tensor::TensorView;
use safetensors::{Dtype, SafeTensors};

use crate::arguments::parse;
use crate::failure::Failure;
use crate::toy_model::Classifier;

/// The name of the file in the folder that is signed.
const FILE: &str = "model.safetensors";

/// The largest file that is read.
const MAX_FILE: u64 = 8 << 30;

/// Loads tensors of a safetensors file, each verified by its shards.
#[derive(Parser)]
struct Args {
    /// A safetensors file; without it a small classifier is trained.
    file: Option<PathBuf>,
    /// How many bytes a shard has.
    #[arg(long, value_name = "BYTES", default_value = "65536")]
    shard: NonZeroU64,
}

/// A model with its signature.
struct Signed {
    folder: tempfile::TempDir,
    bundle: Bundle,
    key: SigningKey,
}

fn main() -> ExitCode {
    let args = match parse::<Args>() {
        Ok(args) => args,
        Err(code) => return code,
    };
    run(&args).unwrap_or_else(|failure| {
        eprintln!("{failure}");
        ExitCode::from(2)
    })
}

fn run(args: &Args) -> Result<ExitCode, Failure> {
    let signed = Signed::of(args)?;
    let plain = fs::read(signed.folder.path().join(FILE)).map_err(failed)?;
    let plain = SafeTensors::deserialize(&plain).map_err(malformed)?;
    let held = signed.open()?;
    let tensors = VerifiedTensors::open(&held, FILE, &JsonLimits::default())?;
    let mut right = compare(&tensors, &plain)?;
    right &= multiply(&tensors, &plain)?;
    right &= flip(&signed, &plain)?;
    Ok(ExitCode::from(u8::from(!right)))
}

impl Signed {
    /// Copies the file into a folder of its own, and signs its shards.
    fn of(args: &Args) -> Result<Self, Failure> {
        let folder = tempfile::tempdir().map_err(failed)?;
        match &args.file {
            Some(file) => {
                let bytes = read_file(file, MAX_FILE).map_err(|error| Failure::at(file, error))?;
                fs::write(folder.path().join(FILE), bytes).map_err(failed)?;
            }
            None => {
                let (classifier, accuracy) = Classifier::train();
                classifier.write(folder.path(), accuracy).map_err(failed)?;
            }
        }
        let shard = match &args.file {
            Some(_) => args.shard,
            // So that there are several.
            None => NonZeroU64::MIN.saturating_add(63),
        };
        let options = HashOptions::default().with_sharding(Sharding::Size(shard));
        let manifest = Manifest::hash(folder.path(), &options, &NoControl)?;
        let key = SigningKey::generate();
        let bundle = sign(&manifest, &key)?;
        Ok(Self {
            folder,
            bundle,
            key,
        })
    }

    fn open(&self) -> Result<HeldModel, Failure> {
        let policy = VerifyPolicy::key(self.key.public_key().clone());
        let options = LoadOptions::new(policy).with_mode(LoadMode::ByShard);
        match VerifiedModel::open(self.folder.path(), &self.bundle, &options, &NoControl)? {
            Verdict::Verified(held) => Ok(held),
            Verdict::Rejected(findings) => Err(Failure::new("example.refused", findings)),
        }
    }
}

/// Tells whether every tensor is what the plain file has.
fn compare(verified: &VerifiedTensors<'_>, plain: &SafeTensors<'_>) -> Result<bool, Failure> {
    let mut right = verified.len() == plain.len();
    for name in verified.names() {
        let ours = verified.tensor(name)?;
        let theirs = plain.tensor(name).map_err(malformed)?;
        let same = ours.dtype() == theirs.dtype()
            && ours.shape() == theirs.shape()
            && ours.data() == theirs.data();
        let (sum, wanted) = (total(&ours), total(&theirs));
        right &= same && sum.map(f64::to_bits) == wanted.map(f64::to_bits);
        let shown = sum.map_or_else(|| "-".to_owned(), |sum| format!("{sum:.6}"));
        let word = if same { "same" } else { "OTHER" };
        println!("{word} {:?} sum {shown} {}", ours.shape(), Terminal(name));
    }
    println!("tensors: {}", verified.len());
    Ok(right)
}

/// Multiplies the first matrix with a vector, from both sources.
fn multiply(verified: &VerifiedTensors<'_>, plain: &SafeTensors<'_>) -> Result<bool, Failure> {
    for name in verified.names() {
        let ours = verified.tensor(name)?;
        if ours.dtype() != Dtype::F32 || ours.shape().len() != 2 {
            continue;
        }
        let product = matrix_by_vector(&ours);
        let wanted = matrix_by_vector(&plain.tensor(name).map_err(malformed)?);
        let norm = product
            .iter()
            .map(|value| value * value)
            .sum::<f64>()
            .sqrt();
        println!("product: {} has the norm {norm:.6}", Terminal(name));
        return Ok(product == wanted && norm.is_finite());
    }
    println!("product: there is no matrix of 32-bit numbers");
    Ok(true)
}

/// Multiplies a matrix with the vector 1, 1/2, 1/3 and so on.
fn matrix_by_vector(matrix: &TensorView<'_>) -> Vec<f64> {
    let columns = matrix.shape()[1].max(1);
    let values: Vec<f64> = values(matrix).collect();
    let row = |row: &[f64]| {
        let products = (1..).zip(row).map(|(at, value)| value / f64::from(at));
        products.sum()
    };
    values.chunks(columns).map(row).collect()
}

fn total(tensor: &TensorView<'_>) -> Option<f64> {
    (tensor.dtype() == Dtype::F32).then(|| values(tensor).sum())
}

fn values(tensor: &TensorView<'_>) -> impl Iterator<Item = f64> {
    let values = tensor.data().chunks_exact(4);
    values.map(|b| f64::from(f32::from_le_bytes([b[0], b[1], b[2], b[3]])))
}

/// Flips the last byte of the file, and tells whether its tensor is refused and others are not.
fn flip(signed: &Signed, plain: &SafeTensors<'_>) -> Result<bool, Failure> {
    let path = signed.folder.path().join(FILE);
    let held = signed.open()?;
    let tensors = VerifiedTensors::open(&held, FILE, &JsonLimits::default())?;
    flip_last(&path).map_err(failed)?;
    let (mut refused, mut given, mut right) = (0, 0, true);
    for name in tensors.names() {
        match tensors.tensor(name) {
            // Whatever is given out is what was signed.
            Ok(tensor) => {
                right &= tensor.data() == plain.tensor(name).map_err(malformed)?.data();
                given += 1;
            }
            Err(error) => {
                println!("refused: {}: {error} [{}]", Terminal(name), error.code());
                right &= error.code() == "sign.load.digest";
                refused += 1;
            }
        }
    }
    println!("after a flipped byte: {given} given out, {refused} refused");
    Ok(right && refused > 0)
}

fn flip_last(path: &Path) -> std::io::Result<()> {
    let mut bytes = fs::read(path)?;
    if let Some(last) = bytes.last_mut() {
        *last ^= 1;
    }
    fs::write(path, bytes)
}

fn malformed(error: safetensors::SafeTensorError) -> Failure {
    Failure::new("example.weights", error)
}

fn failed(error: std::io::Error) -> Failure {
    Failure::new("example.io", error)
}
