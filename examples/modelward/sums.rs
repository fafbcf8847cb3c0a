//! Lists of digests that a model is compared with.

use std::collections::BTreeSet;
use std::path::Path;

use modelward::artifact::escape::Terminal;
use modelward::artifact::{
    Difference, DigestAlgorithm, HashOptions, JsonLimits, Manifest, ResourceName, Sharding, Sums,
    SumsLimits, read_file,
};
use serde_json::json;

use crate::Answer;
use crate::failure::Failure;

/// The largest list or cache of digests that is read.
const MAX_BYTES: u64 = 256 << 20;

/// A list that was read.
pub(crate) enum List {
    Manifest(Manifest),
    Sums(Sums),
}

impl List {
    /// Reads a manifest in JSON, or lines of a checksum tool whose digests are of `algorithm`.
    pub(crate) fn read(file: &Path, algorithm: DigestAlgorithm) -> Result<Self, Failure> {
        let (bytes, limits) = read(file)?;
        if bytes.starts_with(b"{") {
            let manifest = Manifest::read_json(&bytes, &limits);
            let manifest = manifest.map_err(|error| Failure::at(file, error))?;
            return Ok(Self::Manifest(manifest));
        }
        let limits = SumsLimits::default().with_max_bytes(bytes.len());
        let sums = Sums::read(&bytes, algorithm, &limits);
        Ok(Self::Sums(sums.map_err(|error| Failure::at(file, error))?))
    }

    /// Hashes as the list was made: a manifest states its algorithm and its shards.
    pub(crate) fn options(&self, options: HashOptions) -> HashOptions {
        let (algorithm, sharding) = match self {
            Self::Manifest(manifest) => (manifest.algorithm(), manifest.layout().into()),
            Self::Sums(sums) => (sums.algorithm(), Sharding::Whole),
        };
        options.with_algorithm(algorithm).with_sharding(sharding)
    }

    /// Says all that differs.
    pub(crate) fn compare(&self, model: &Manifest) -> Answer {
        let differences = match self {
            Self::Manifest(manifest) => {
                let mut differences = model.differences(manifest.resources());
                differences.extend(empty_files(model, manifest));
                differences
            }
            Self::Sums(sums) => model.differences(sums.resources()),
        };
        let lines: Vec<_> = differences.iter().map(describe).collect();
        Answer {
            yes: lines.is_empty(),
            text: if lines.is_empty() {
                format!("the same: {} entries", model.entries().len())
            } else {
                lines.join("\n")
            },
            json: json!({"same": lines.is_empty(), "differences": lines}),
        }
    }
}

/// Compares the files without bytes, of which a manifest of shards has no digest.
fn empty_files(model: &Manifest, list: &Manifest) -> Vec<Difference> {
    let unless_in = |one: &Manifest, other: &Manifest| {
        let known: BTreeSet<_> = other.empty_files().iter().collect();
        let mut paths = one.empty_files().to_vec();
        paths.retain(|path| !known.contains(path));
        paths.into_iter().map(ResourceName::file)
    };
    let added = unless_in(model, list).map(|name| Difference::Added { name });
    let removed = unless_in(list, model).map(|name| Difference::Removed { name });
    added.chain(removed).collect()
}

/// Reads a file of digests, and allows it as many values as its size has room for.
pub(crate) fn read(file: &Path) -> Result<(Vec<u8>, JsonLimits), Failure> {
    let bytes = read_file(file, MAX_BYTES)?;
    let limits = JsonLimits::default()
        .with_max_bytes(bytes.len())
        .with_max_values(bytes.len());
    Ok((bytes, limits))
}

fn describe(difference: &Difference) -> String {
    let what = match difference {
        Difference::Added { .. } => "is not in the list",
        Difference::Changed { .. } => "has another digest",
        Difference::Removed { .. } => "is in the list and not in the model",
    };
    format!("{} {what}", Terminal(&difference.name().to_string()))
}
