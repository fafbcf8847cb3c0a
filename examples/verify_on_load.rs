//! Loads a model only if it is the one that was signed, by a key that counts, and nobody ordered it out
//! of use.
//!
//! The record of incidents is read first: the digests that its orders forbid are refused when the model
//! is opened. Opening verifies every byte, in a copy that nobody else can write to; the tensors are read
//! from that copy, and from nowhere else.
//!
//! What this leaves open: a library that is given the folder's path and opens the files again sees what
//! stands there then. Give it the verified bytes. Orders that name a model otherwise than by digest are
//! not looked up here: there is no answer where one is in force. The log of incidents is taken as it is;
//! one that was cut off at its end shows only against a checkpoint that was remembered.
//!
//! Without a model it tells a story with one of its own. Exit codes: 0 loaded, 1 refused, 2 cannot tell
//! or an error, 64 wrong usage.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example prints"
)]

mod arguments;
mod bundle;
mod clock;
mod failure;
mod inside;
mod progress;
#[expect(dead_code, reason = "another example uses the training data")]
mod toy_model;
mod verify_on_load_story;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use modelward::artifact::{EntryPath, JsonLimits, read_file};
use modelward::audit::Quarantine;
use modelward::incident::log::{Disclosures, LogFile, LogLimits};
use modelward::incident::{Incident, Incidents};
use modelward::sign::{HeldModel, LoadOptions, PublicKey, VerifiedModel, VerifiedTensors};
use modelward::{Digest, Timestamp, Verdict, VerifyPolicy};
use safetensors::Dtype;

use crate::arguments::parse;
use crate::failure::Failure;
use crate::progress::Progress;

/// How many bytes the copy of a model may have.
const MAX_MODEL: u64 = 8 << 30;

/// The largest file of a key that is read.
const MAX_KEY: u64 = 1 << 20;

/// Verifies a model and loads its weights.
#[derive(Parser)]
struct Args {
    /// The model's directory; without it a small classifier is trained, and a story told.
    #[arg(requires = "signature", requires = "public_key")]
    model: Option<PathBuf>,
    /// The signature.
    #[arg(long, value_name = "FILE", requires = "model")]
    signature: Option<PathBuf>,
    /// The public key that must have signed, in PEM.
    #[arg(long, value_name = "FILE", requires = "model")]
    public_key: Option<PathBuf>,
    /// The log of incidents, with orders of quarantine.
    #[arg(long, value_name = "FILE", requires = "model")]
    incidents: Option<PathBuf>,
}

/// What a load trusts.
struct Trust<'a> {
    signature: &'a Path,
    key: &'a PublicKey,
    incidents: Option<&'a Path>,
    now: Timestamp,
}

/// What was computed of the weights.
struct Weights {
    file: EntryPath,
    tensors: usize,
    norm: f64,
}

fn main() -> ExitCode {
    let args = match parse::<Args>() {
        Ok(args) => args,
        Err(code) => return code,
    };
    let outcome = match &args.model {
        None => verify_on_load_story::tell(),
        Some(model) => run(model, &args),
    };
    outcome.unwrap_or_else(|failure| {
        eprintln!("{failure}");
        ExitCode::from(2)
    })
}

fn run(model: &Path, args: &Args) -> Result<ExitCode, Failure> {
    let (Some(signature), Some(key)) = (&args.signature, &args.public_key) else {
        return Ok(ExitCode::from(64));
    };
    let key = public_key(key)?;
    let trust = Trust {
        signature,
        key: &key,
        incidents: args.incidents.as_deref(),
        now: clock::now(),
    };
    Ok(say(&load(model, &trust)?))
}

fn public_key(path: &Path) -> Result<PublicKey, Failure> {
    let bytes = read_file(path, MAX_KEY)?;
    // What is no text is no PEM either, and is refused as such.
    let pem = String::from_utf8_lossy(&bytes);
    PublicKey::from_pem(&pem).map_err(|error| Failure::at(path, error))
}

/// Prints the answer, and returns its exit code.
fn say(answer: &Verdict<Weights>) -> ExitCode {
    match answer {
        Verdict::Rejected(findings) => {
            println!("refused:\n{findings}");
            ExitCode::from(1)
        }
        Verdict::Verified(weights) => {
            let (file, tensors, norm) = (&weights.file, weights.tensors, weights.norm);
            println!("loaded: {file}, {tensors} tensors, norm {norm:.4}");
            ExitCode::SUCCESS
        }
    }
}

/// Asks for orders, opens, and reads from what was opened.
fn load(model: &Path, trust: &Trust<'_>) -> Result<Verdict<Weights>, Failure> {
    let (bundle, limits) = bundle::read(trust.signature)?;
    let mut policy = VerifyPolicy::key(trust.key.clone()).with_limits(limits);
    let own = [Some(trust.signature), trust.incidents];
    for file in own.into_iter().flatten() {
        policy = match inside::inside(model, file) {
            Some(path) => policy.with_ignored(path),
            None => policy,
        };
    }
    let quarantine = match trust.incidents {
        None => Quarantine::default(),
        Some(log) => quarantine(log, trust.now)?,
    };
    let refusal = |digest: &Digest| quarantine.refuses(digest);
    let options = LoadOptions::new(policy)
        .with_max_bytes(MAX_MODEL)
        .with_refusal(&refusal);
    let held = match VerifiedModel::open(model, &bundle, &options, &Progress::new())? {
        Verdict::Rejected(findings) => return Ok(Verdict::Rejected(findings)),
        Verdict::Verified(held) => held,
    };
    for warning in held.warnings() {
        println!("warning: {warning}");
    }
    read(&held).map(Verdict::Verified)
}

/// Reads the orders of quarantine. Where one cannot be compared with digests, there is no answer.
fn quarantine(log: &Path, now: Timestamp) -> Result<Quarantine, Failure> {
    let reading =
        LogFile::read(log, LogLimits::default()).map_err(|error| Failure::at(log, error))?;
    // An order could stand in what cannot be read.
    let mut log = reading.into_verdict().into_result().map_err(|findings| {
        let code = findings.as_slice()[0].code();
        Failure::new(
            code,
            format!("the log of incidents is not sound: {findings}"),
        )
    })?;
    let incidents = Incidents::replay(&mut log, &Disclosures::new())?;
    let incidents: Vec<Incident> = incidents.iter().cloned().collect();
    let quarantine = Quarantine::of(&incidents, now);
    match quarantine.undecided().first() {
        None => Ok(quarantine),
        Some(finding) => Err(Failure::new(finding.code(), finding)),
    }
}

/// Reads the first file of weights out of the verified copy, and uses it.
fn read(model: &HeldModel) -> Result<Weights, Failure> {
    let mut paths = model.paths();
    let Some(file) = paths.find(|path| path.as_str().ends_with(".safetensors")) else {
        return Err(Failure::new(
            "example.no_weights",
            "no file of safetensors was signed",
        ));
    };
    let tensors = VerifiedTensors::open(model, file.as_str(), &JsonLimits::default())?;
    let mut squares = 0.0;
    for name in tensors.names() {
        let tensor = tensors.tensor(name)?;
        if tensor.dtype() == Dtype::F32 {
            let values = tensor.data().chunks_exact(4);
            let values = values.map(|b| f64::from(f32::from_le_bytes([b[0], b[1], b[2], b[3]])));
            squares += values.map(|value| value * value).sum::<f64>();
        }
    }
    Ok(Weights {
        file: file.clone(),
        tensors: tensors.len(),
        norm: squares.sqrt(),
    })
}
