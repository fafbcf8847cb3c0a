use std::path::{Path, PathBuf};

use clap::ValueEnum;
use modelward::Error;
use modelward::artifact::escape::Terminal;
use modelward::artifact::{
    DigestAlgorithm, DigestCache, Entry, Folder, HashOptions, Manifest, SumsFormat, collisions,
    write_atomically,
};
use serde_json::json;

use crate::Answer;
use crate::clock::now;
use crate::failure::Failure;
use crate::hashing::Hashing;
use crate::progress::Progress;
use crate::sums::{self, List};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The model's directory or file.
    model: PathBuf,
    /// The hash function: blake2b, blake3, sha256, sha384 or sha512. Several take one pass.
    #[arg(long, default_values_t = [DigestAlgorithm::Sha256])]
    algorithm: Vec<DigestAlgorithm>,
    #[command(flatten)]
    hashing: Hashing,
    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Root)]
    format: Format,
    /// Compare with a list instead: what a checksum tool wrote, or a manifest in JSON, which states
    /// its algorithm and shards itself.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["format", "shards"])]
    check: Option<PathBuf>,
    /// Keep digests in this file between runs. Unchanged files are not read, which trusts the times
    /// that the file system states and whoever can write this file.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["check", "shards"])]
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

impl Args {
    /// Says what was asked for that goes against itself.
    pub(crate) fn contradiction(&self) -> Option<&'static str> {
        let several = self.algorithm.len() > 1;
        if several && self.check.is_some() {
            return Some("'--check' takes one '--algorithm'");
        }
        if several && self.format == Format::Gnu {
            return Some(
                "lines of 'gnu' do not say which '--algorithm' made them, those of 'bsd' do",
            );
        }
        None
    }
}

pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let own = [&args.check, &args.cache];
    let options = args.hashing.options(&args.model, own.into_iter().flatten());
    if let Some(file) = &args.check {
        let list = List::read(file, args.algorithm[0])?;
        let options = list.options(options);
        let model = Manifest::hash(&args.model, &options, &Progress::new())?;
        warn_of_collisions(&model);
        return Ok(list.compare(&model));
    }
    let manifests = match &args.cache {
        Some(file) => hash_cached(args, &options, file)?,
        None => hash(args, &options)?,
    };
    warn_of_collisions(&manifests[0]);
    let texts = manifests.iter().map(|manifest| match args.format {
        Format::Root if manifests.len() > 1 => {
            Ok(format!("{}  {}", manifest.root(), manifest.algorithm()))
        }
        format => format.write(manifest),
    });
    Ok(Answer {
        yes: true,
        text: texts.collect::<Result<Vec<_>, Error>>()?.join("\n"),
        json: json!({
            "root": manifests[0].root(),
            "manifest": manifests[0],
            "also": manifests[1..],
        }),
    })
}

/// Reads every file once, whatever the number of algorithms.
fn hash(args: &Args, options: &HashOptions) -> Result<Vec<Manifest>, Failure> {
    let folder = Folder::for_hashing(&args.model, options)?;
    let control = Progress::new();
    Ok(Manifest::hash_each(
        &folder,
        &args.algorithm,
        options,
        &control,
    )?)
}

/// Reads the files that changed, for each algorithm anew.
fn hash_cached(args: &Args, options: &HashOptions, file: &Path) -> Result<Vec<Manifest>, Failure> {
    let now = now();
    let mut cache = if file.exists() {
        let (bytes, limits) = sums::read(file)?;
        let cache = DigestCache::read_json(&bytes, &limits, now);
        cache.map_err(|error| Failure::at(file, error))?
    } else {
        DigestCache::new(now)
    };
    let mut manifests = Vec::new();
    for &algorithm in &args.algorithm {
        let options = options.clone().with_algorithm(algorithm);
        let progress = Progress::new();
        let manifest = Manifest::hash_cached(&args.model, &options, &mut cache, &progress)?;
        let (hits, files) = (cache.hits(), manifest.entries().len());
        eprintln!("{algorithm}: {hits} of {files} files are unchanged and were not read");
        manifests.push(manifest);
    }
    write_atomically(file, &cache.to_json())?;
    Ok(manifests)
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
    let paths = manifest.entries().iter().map(Entry::path);
    for collision in collisions(paths.chain(manifest.empty_files())) {
        let names = collision.paths().iter();
        let names: Vec<_> = names
            .map(|path| Terminal(path.as_str()).to_string())
            .collect();
        let names = names.join(", ");
        eprintln!("warning: some disks take these for one: {names}");
    }
}
