use modelward_artifact::escape::Terminal;
use modelward_artifact::{Digest, HashError, ResourceName};
use thiserror::Error;

use crate::VerifyError;
use crate::model::LoadMode;

/// Says why a model could not be opened, or why bytes of it are not given out.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum LoadError {
    /// The bytes are not the signed ones: none of them may be used.
    #[error("`{}` has the digest {found}, signed is {expected}", Terminal(&name.to_string()))]
    Digest {
        /// The file or shard.
        name: ResourceName,
        /// The digest that was signed.
        expected: Box<Digest>,
        /// The digest of the bytes that were read.
        found: Box<Digest>,
    },
    /// The mode does not give out single ranges of bytes.
    #[error(
        "in the mode {mode}, `{}` can be read from beginning to end alone",
        Terminal(path)
    )]
    Mode {
        /// The mode.
        mode: LoadMode,
        /// The file.
        path: String,
    },
    /// No such file is signed.
    #[error("no file `{}` is signed", Terminal(path))]
    NotSigned {
        /// The path that was asked for.
        path: String,
    },
    /// The range passes the end of the file.
    #[error(
        "bytes {start} to {end} pass the end of `{}`, which has {size}",
        Terminal(path)
    )]
    Range {
        /// The file.
        path: String,
        /// The first byte.
        start: u64,
        /// The byte after the last.
        end: u64,
        /// The file's size.
        size: u64,
    },
    /// With this file, copies would take more memory than [`LoadOptions`](crate::LoadOptions) allow.
    #[error(
        "with the {size} bytes of `{}`, copies would pass the limit of {limit} bytes",
        Terminal(path)
    )]
    TooLarge {
        /// The file.
        path: String,
        /// Its size in bytes.
        size: u64,
        /// The limit for all copies, in bytes.
        limit: u64,
    },
    /// The bundle has digests of whole files, which cannot be verified in parts.
    #[error(
        "the bundle has digests of whole files: to load by shard, sign a manifest of shards \
         (`HashOptions::with_sharding`)"
    )]
    WholeFiles,
    /// The signature or the files could not be looked at.
    #[error(transparent)]
    Verify(#[from] VerifyError),
}

impl LoadError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Digest { .. } => "sign.load.digest",
            Self::Mode { .. } => "sign.load.mode",
            Self::NotSigned { .. } => "sign.load.not_signed",
            Self::Range { .. } => "sign.load.range",
            Self::TooLarge { .. } => "sign.load.too_large",
            Self::WholeFiles => "sign.load.whole_files",
            Self::Verify(source) => source.code(),
        }
    }
}

impl From<HashError> for LoadError {
    fn from(error: HashError) -> Self {
        Self::Verify(error.into())
    }
}
