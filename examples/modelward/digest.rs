use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use clap::ValueEnum;
use modelward::Error;
use modelward::artifact::escape::Terminal;
use modelward::artifact::{
    Difference, Digest, DigestAlgorithm, DigestCache, Folder, HashOptions, JsonLimits, Manifest,
    ResourceName, Sums, SumsFormat, SumsLimits, Timestamp, collisions, read_file, write_atomically,
};
use serde_json::json;

use crate::Answer;
use crate::failure::Failure;
use crate::hashing::Hashing;
use crate::progress::Progress;

/// The largest list of digests that is read.
const MAX_LIST_BYTES: u64 = 256 << 20;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The model's directory or file.
    model: PathBuf,
    #[command(flatten)]
    hashing: Hashing,
    /// Another hash function, computed in the same pass.
    #[arg(long, value_name = "ALGORITHM")]
    also: Vec<DigestAlgorithm>,
    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Root)]
    format: Format,
    /// Compare with a list: a manifest in JSON, or what a checksum tool wrote.
    #[arg(long, value_name = "FILE")]
    check: Option<PathBuf>,
    /// Keep digests in this file between runs; it trusts the times that the file system states.
    #[arg(long, value_name = "FILE", conflicts_with = "also")]
    cache: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Format {
    /// The one digest that stands for the whole model.
    Root,
    /// The manifest.
    Json,
    /// Lines as `sha256sum` writes them.
    Gnu,
    /// Lines as `sha256sum --tag` writes them.
    Bsd,
}

pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let manifests = hash(args)?;
    let manifest = &manifests[0];
    warn_of_collisions(manifest);
    if let Some(list) = &args.check {
        return compare(manifest, list);
    }
    let texts: Result<Vec<_>, Error> = manifests
        .iter()
        .map(|each| args.format.write(each))
        .collect();
    Ok(Answer {
        yes: true,
        text: texts?.join("\n"),
        json: json!({
            "root": manifest.root(),
            "manifest": manifest,
            "also": manifests[1..],
        }),
    })
}

/// Returns at least one manifest.
fn hash(args: &Args) -> Result<Vec<Manifest>, Failure> {
    let own = [&args.check, &args.cache];
    let options = args.hashing.options(&args.model, own.into_iter().flatten());
    if let Some(file) = &args.cache {
        return Ok(vec![hash_cached(args, &options, file)?]);
    }
    let folder = Folder::open(&args.model, options.walk().clone())?;
    let folder = folder.with_reading(options.reading());
    let mut algorithms = vec![options.algorithm()];
    algorithms.extend(&args.also);
    Ok(Manifest::hash_each(
        &folder,
        &algorithms,
        &options,
        &Progress::new(),
    )?)
}

fn hash_cached(args: &Args, options: &HashOptions, file: &Path) -> Result<Manifest, Failure> {
    // The clock is the tool's to read, not the library's.
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let seconds = i64::try_from(since.as_secs()).unwrap_or(i64::MAX);
    let now = Timestamp::from_unix_seconds(seconds)?;
    let mut cache = if file.exists() {
        let bytes = read_file(file, MAX_LIST_BYTES)?;
        let limits = JsonLimits::default().with_max_bytes(bytes.len());
        let cache = DigestCache::read_json(&bytes, &limits, now);
        cache.map_err(|error| Failure::at(file, error))?
    } else {
        DigestCache::new(now)
    };
    let manifest = Manifest::hash_cached(&args.model, options, &mut cache, &Progress::new())?;
    write_atomically(file, &cache.to_json())?;
    eprintln!(
        "{} of {} files did not change",
        cache.hits(),
        manifest.entries().len()
    );
    Ok(manifest)
}

impl Format {
    fn write(self, manifest: &Manifest) -> Result<String, Error> {
        let text = match self {
            Self::Root => manifest.root().to_string(),
            Self::Json => String::from_utf8_lossy(&manifest.to_json()).into_owned(),
            Self::Gnu => manifest.to_sums(SumsFormat::Gnu)?,
            Self::Bsd => manifest.to_sums(SumsFormat::Bsd)?,
        };
        Ok(text.trim_end().to_owned())
    }
}

/// Says which names would be one on a disk without case or with another Unicode form.
fn warn_of_collisions(manifest: &Manifest) {
    for collision in collisions(manifest.entries().iter().map(|entry| entry.path())) {
        let names = collision
            .paths()
            .iter()
            .map(|path| Terminal(path.as_str()).to_string());
        let names: Vec<_> = names.collect();
        eprintln!(
            "warning: some disks take these for one: {}",
            names.join(", ")
        );
    }
}

fn compare(manifest: &Manifest, list: &Path) -> Result<Answer, Failure> {
    let expected = read_list(manifest.algorithm(), list)?;
    let differences = manifest.differences(expected.iter().map(|(name, digest)| (name, digest)));
    let lines: Vec<_> = differences.iter().map(describe).collect();
    Ok(Answer {
        yes: differences.is_empty(),
        text: if lines.is_empty() {
            format!("the same: {} entries", manifest.entries().len())
        } else {
            lines.join("\n")
        },
        json: json!({"same": lines.is_empty(), "differences": lines}),
    })
}

fn read_list(
    algorithm: DigestAlgorithm,
    list: &Path,
) -> Result<Vec<(ResourceName, Digest)>, Failure> {
    let bytes = read_file(list, MAX_LIST_BYTES)?;
    let own = |(name, digest): (&ResourceName, &Digest)| (name.clone(), *digest);
    if bytes.starts_with(b"{") {
        let limits = JsonLimits::default().with_max_bytes(bytes.len());
        let manifest = Manifest::read_json(&bytes, &limits);
        let manifest = manifest.map_err(|error| Failure::at(list, error))?;
        return Ok(manifest.resources().map(own).collect());
    }
    let sums = Sums::read(&bytes, algorithm, &SumsLimits::default());
    let sums = sums.map_err(|error| Failure::at(list, error))?;
    Ok(sums.resources().map(own).collect())
}

fn describe(difference: &Difference) -> String {
    let what = match difference {
        Difference::Added { .. } => "is not in the list",
        Difference::Changed { .. } => "has another digest",
        Difference::Removed { .. } => "is in the list and not in the model",
    };
    format!("{} {what}", Terminal(&difference.name().to_string()))
}
