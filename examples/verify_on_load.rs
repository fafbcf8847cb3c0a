//! Loads a model only if it is the one that was signed, by a key that counts, and nobody ordered it out
//! of use.
//!
//! First every file is verified against the bundle; then the record of incidents is asked whether the
//! model or one of its files is quarantined; then the weights are read and used.
//!
//! What this leaves open: files are verified first and read afterwards, by path. Whoever can write to
//! the folder in between could put other bytes there. So the weights are read once, into memory, hashed
//! there and compared with what was verified; those bytes are used and no others. That closes the gap
//! for what this program reads itself. It does not for a library that is given the path and opens the
//! files again: give such a library a folder that nobody else can write to. The log of incidents is
//! taken as it is; one that was cut off at its end shows only against a checkpoint that was remembered.
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
mod toy_model;
mod verify_on_load_story;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use modelward::artifact::{Entry, EntryPath, Finding, Findings, read_entry, read_file};
use modelward::incident::log::{Disclosures, LogFile, LogLimits};
use modelward::incident::{AssetRef, Incidents};
use modelward::sign::{PublicKey, VerifiedModel};
use modelward::{Digest, Manifest, Timestamp, Verdict, VerifyPolicy, verify_model};
use safetensors::{Dtype, SafeTensors};

use crate::arguments::parse;
use crate::failure::Failure;
use crate::progress::Progress;

/// The largest file of weights that is read into memory.
const MAX_WEIGHTS: u64 = 8 << 30;

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

/// Verifies, asks for orders, and only then reads.
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
    let verified = match verify_model(model, &bundle, &policy, &Progress::new())? {
        Verdict::Rejected(findings) => return Ok(Verdict::Rejected(findings)),
        Verdict::Verified(verified) => verified,
    };
    for warning in verified.warnings() {
        println!("warning: {warning}");
    }
    if let Some(log) = trust.incidents
        && let Some(findings) = quarantined(verified.manifest(), log, trust.now)?
    {
        return Ok(Verdict::Rejected(findings));
    }
    read(model, &verified)
}

/// Looks for orders in force against the model or one of its files, by digest.
///
/// Orders that name a package URL or an ML-BOM's reference are not looked up: a folder has neither.
fn quarantined(model: &Manifest, log: &Path, now: Timestamp) -> Result<Option<Findings>, Failure> {
    let reading =
        LogFile::read(log, LogLimits::default()).map_err(|error| Failure::at(log, error))?;
    // An order could stand in what cannot be read: there is no answer.
    let mut log = reading.into_verdict().into_result().map_err(|findings| {
        let code = findings.as_slice()[0].code();
        Failure::new(
            code,
            format!("the log of incidents is not sound: {findings}"),
        )
    })?;
    let incidents = Incidents::replay(&mut log, &Disclosures::new())?;
    let mut found = Vec::new();
    for incident in incidents.iter() {
        if incident.is_partial() {
            let text = format!("{}: parts are withheld, and orders may be", incident.id());
            return Err(Failure::new("example.incident.partial", text));
        }
        let targets = incident.quarantined(now).filter_map(|target| match target {
            AssetRef::Digest(digest) => name_of(model, digest),
            _ => None,
        });
        found.extend(targets.map(|name| {
            let text = format!("quarantined by {}", incident.id());
            Finding::new("example.quarantined", text).about(name)
        }));
    }
    Ok(Findings::new(found))
}

/// Returns what of a model has a digest.
fn name_of(model: &Manifest, digest: &Digest) -> Option<String> {
    if model.root() == *digest {
        return Some(model.name().to_owned());
    }
    let mut entries = model.entries().iter();
    let entry = entries.find(|entry| entry.digest() == digest)?;
    Some(entry.name().to_string())
}

/// Reads the first file of weights, checks that its bytes are those that were verified, and uses them.
fn read(model: &Path, verified: &VerifiedModel) -> Result<Verdict<Weights>, Failure> {
    let manifest = verified.manifest();
    let mut paths = manifest.entries().iter().map(Entry::path);
    let Some(file) = paths.find(|path| path.as_str().ends_with(".safetensors")) else {
        return Err(Failure::new(
            "example.no_weights",
            "no file of safetensors was signed",
        ));
    };
    let bytes = read_entry(model, file, MAX_WEIGHTS)?;
    if !is_verified(manifest, file, &bytes) {
        let finding = Finding::new("example.changed", "changed after it was verified");
        return Ok(Verdict::Rejected(finding.about(file.as_str()).into()));
    }
    let malformed = |error| Failure::new("example.weights", format!("{file}: {error}"));
    let tensors = SafeTensors::deserialize(&bytes).map_err(malformed)?;
    let mut squares = 0.0;
    for (_, tensor) in tensors
        .iter()
        .filter(|(_, tensor)| tensor.dtype() == Dtype::F32)
    {
        let values = tensor.data().chunks_exact(4);
        let values = values.map(|b| f64::from(f32::from_le_bytes([b[0], b[1], b[2], b[3]])));
        squares += values.map(|value| value * value).sum::<f64>();
    }
    Ok(Verdict::Verified(Weights {
        file: file.clone(),
        tensors: tensors.len(),
        norm: squares.sqrt(),
    }))
}

/// Tells whether bytes are a file as it was verified, whole or in shards without a gap.
fn is_verified(manifest: &Manifest, file: &EntryPath, bytes: &[u8]) -> bool {
    let same = |digest: &Digest, part: &[u8]| Digest::of(digest.algorithm(), part) == *digest;
    let mut end = 0;
    let entries = manifest
        .entries()
        .iter()
        .filter(|entry| entry.path() == file);
    for entry in entries {
        let Some(shard) = entry.name().shard() else {
            return same(entry.digest(), bytes);
        };
        let range = usize::try_from(shard.start())
            .ok()
            .zip(usize::try_from(shard.end()).ok());
        let Some(part) = range.and_then(|(start, to)| bytes.get(start..to)) else {
            return false;
        };
        if shard.start() != end || !same(entry.digest(), part) {
            return false;
        }
        end = shard.end();
    }
    usize::try_from(end).is_ok_and(|end| end == bytes.len())
}
