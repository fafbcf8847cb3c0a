use std::io;
use std::path::PathBuf;

use thiserror::Error;

use crate::HashError;
use crate::error::Operation;

/// Says what is wrong with a tar archive, or with what it holds.
///
/// It is the cause of a [`HashError::Io`], which names the entry: [`TarError::of`] finds it there.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum TarError {
    /// The size of shards was to depend on the size of the model, which a stream tells at its end.
    #[error("shards of a size that depends on the whole model cannot be cut from a stream")]
    AutoSharding,
    /// A header's checksum is wrong, as where the archive is compressed or no archive.
    #[error("tar header at byte {offset} has a wrong checksum")]
    Checksum {
        /// The position of the header.
        offset: u64,
    },
    /// A header is malformed, or changes what must not be changed for all entries.
    #[error("tar header at byte {offset} is malformed")]
    Header {
        /// The position of the header.
        offset: u64,
    },
    /// An entry is a hard link, whose bytes lie in another entry.
    #[error("tar entry is a hard link")]
    HardLink,
    /// What extends a header is too large.
    #[error("tar header at byte {offset} is extended by {found} bytes, expected at most {limit}")]
    LongExtension {
        /// The position of the header.
        offset: u64,
        /// The size of the extension in bytes.
        found: u64,
        /// The largest one.
        limit: u64,
    },
    /// An entry's name or size is stated twice in what extends its header.
    #[error("tar header at byte {offset} says again what stands before it")]
    Repeated {
        /// The position of the header, or of the extension.
        offset: u64,
    },
    /// An entry's size differs between its header and the extension, so readers disagree about it.
    #[error("tar entry has {header} bytes in its header and {extension} bytes in its extension")]
    Size {
        /// The size in the header.
        header: u64,
        /// The size in the extension.
        extension: u64,
    },
    /// An entry leaves out holes, so that its bytes are not those of a file.
    #[error("tar entry is a sparse file")]
    Sparse,
    /// Something follows the two blocks that end an archive, or too many empty ones do.
    #[error("tar archive goes on after its end")]
    Trailing,
    /// The archive ends before its two last blocks.
    #[error("tar archive is cut off")]
    Truncated,
    /// An entry is of a type that has no one meaning.
    #[error("tar entry has the type {found}, expected a file or a directory")]
    Type {
        /// The byte that tells the type.
        found: u8,
    },
    /// An entry that is no file has bytes, which some readers pass over and others do not.
    #[error("tar entry is no file and has {found} bytes")]
    Unexpected {
        /// The size that it states.
        found: u64,
    },
}

impl TarError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::AutoSharding => "artifact.tar.auto_sharding",
            Self::Checksum { .. } => "artifact.tar.checksum",
            Self::Header { .. } => "artifact.tar.header",
            Self::HardLink => "artifact.tar.hard_link",
            Self::LongExtension { .. } => "artifact.tar.long_extension",
            Self::Repeated { .. } => "artifact.tar.repeated",
            Self::Size { .. } => "artifact.tar.size",
            Self::Sparse => "artifact.tar.sparse",
            Self::Trailing => "artifact.tar.trailing",
            Self::Truncated => "artifact.tar.truncated",
            Self::Type { .. } => "artifact.tar.type",
            Self::Unexpected { .. } => "artifact.tar.unexpected",
        }
    }

    /// Returns what is wrong with the archive, where that is why a model could not be hashed.
    #[must_use]
    pub fn of(error: &HashError) -> Option<&Self> {
        match error {
            HashError::Io { source, .. } => source.get_ref()?.downcast_ref(),
            _ => None,
        }
    }

    /// Makes it the cause of an error about an archive or an entry.
    pub(super) fn at(self, path: PathBuf) -> HashError {
        HashError::Io {
            operation: Operation::Read,
            path,
            source: io::Error::new(io::ErrorKind::InvalidData, self),
        }
    }
}
