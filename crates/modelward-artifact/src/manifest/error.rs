use thiserror::Error;

use crate::error::shown_entry;
use crate::escape::Terminal;
use crate::{EntryPath, ResourceName};

/// Says why entries do not make a manifest.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ManifestError {
    /// A file or shard stands twice.
    #[error("manifest has `{}` twice", shown_name(name))]
    Duplicate {
        /// The file or shard.
        name: ResourceName,
    },
    /// There is no entry.
    #[error("manifest has no entries")]
    Empty,
    /// The digests are of more than one algorithm.
    #[error("manifest has digests of more than one algorithm")]
    MixedAlgorithms,
    /// A model that is one file has an entry of another name than its own.
    #[error("a model that is one file has the entry `{}`", shown_entry(path))]
    NotOneFile {
        /// The path of the entry.
        path: EntryPath,
    },
    /// A shard stands in a manifest of whole files.
    #[error("manifest of files has the shard `{}`", shown_name(name))]
    Shard {
        /// The shard.
        name: ResourceName,
    },
    /// A shard does not begin where the one before it ends, or the first not at 0.
    #[error(
        "shard `{}` leaves a gap or overlaps, expected it to start at {expected}",
        shown_name(name)
    )]
    ShardPlace {
        /// The shard.
        name: ResourceName,
        /// Where it had to start.
        expected: u64,
    },
    /// A shard is too long, or is too short and not the last of its file.
    #[error(
        "shard `{}` does not have the {expected} bytes of every shard but a file's last, \
         which may be shorter",
        shown_name(name)
    )]
    ShardSize {
        /// The shard.
        name: ResourceName,
        /// The size of shards in bytes.
        expected: u64,
    },
    /// The sizes add up to more than 2^64 - 1.
    #[error("manifest has more than 2^64 - 1 bytes in all")]
    TooLarge,
    /// A whole file stands in a manifest of shards.
    #[error("manifest of shards has the whole file `{}`", shown_entry(path))]
    WholeFile {
        /// The file.
        path: EntryPath,
    },
}

impl ManifestError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Duplicate { .. } => "artifact.manifest.duplicate",
            Self::Empty => "artifact.manifest.empty",
            Self::MixedAlgorithms => "artifact.manifest.mixed_algorithms",
            Self::NotOneFile { .. } => "artifact.manifest.not_one_file",
            Self::Shard { .. } => "artifact.manifest.shard",
            Self::ShardPlace { .. } => "artifact.manifest.shard_place",
            Self::ShardSize { .. } => "artifact.manifest.shard_size",
            Self::TooLarge => "artifact.manifest.too_large",
            Self::WholeFile { .. } => "artifact.manifest.whole_file",
        }
    }
}

/// Shows a resource's name so that it cannot act on a terminal.
fn shown_name(name: &ResourceName) -> String {
    Terminal(&name.to_string()).to_string()
}
