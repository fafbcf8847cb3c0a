use std::io;
use std::path::{Path, PathBuf};

use modelward_artifact::WriteError;
use modelward_artifact::escape::TerminalPath;
use modelward_artifact::json::JsonError;
use thiserror::Error;

use super::document::ReadInventoryError;
use super::error::InventoryError;

/// Says why the inventory of a folder cannot be read or written.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StoreError {
    /// An earlier write failed, and what is in the folder is not what is in memory.
    #[error(
        "a write to `{}` failed before, it has to be opened anew",
        TerminalPath(folder)
    )]
    Broken {
        /// The folder.
        folder: PathBuf,
    },
    /// The change is refused. Nothing was written.
    #[error("the inventory does not take the change")]
    Change {
        /// Why.
        source: InventoryError,
    },
    /// The file of one entry cannot be read as one.
    #[error("`{}` is not an entry of the inventory", TerminalPath(path))]
    Entry {
        /// The file.
        path: PathBuf,
        /// Why.
        source: ReadInventoryError,
    },
    /// The operating system refuses.
    #[error("cannot use `{}`", TerminalPath(path))]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// An entry or the index has no JSON form.
    #[error("the inventory has no json form")]
    Json {
        /// Why.
        #[from]
        source: JsonError,
    },
    /// Another writer has the folder.
    #[error(
        "the inventory in `{}` is locked by another writer",
        TerminalPath(folder)
    )]
    Locked {
        /// The folder.
        folder: PathBuf,
    },
    /// A file is of another entry than its name says.
    #[error("`{}` is of another entry than its name says", TerminalPath(path))]
    Misplaced {
        /// The file.
        path: PathBuf,
    },
    /// It is a folder, a link, a device or the like.
    #[error("`{}` is not a regular file", TerminalPath(path))]
    NotFile {
        /// What it is not.
        path: PathBuf,
    },
    /// The entries do not make an inventory.
    #[error("the entries of `{}` do not make an inventory", TerminalPath(folder))]
    Sound {
        /// The folder.
        folder: PathBuf,
        /// Why.
        source: InventoryError,
    },
    /// A file is too large.
    #[error("`{}` is larger than {limit} bytes", TerminalPath(path))]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The limit.
        limit: usize,
    },
    /// There are too many entries.
    #[error(
        "the inventory in `{}` has more than {limit} entries",
        TerminalPath(folder)
    )]
    TooMany {
        /// The folder.
        folder: PathBuf,
        /// The limit.
        limit: usize,
    },
    /// A file was not written.
    #[error("the inventory was not written")]
    Write {
        /// Why.
        #[from]
        source: WriteError,
    },
}

impl StoreError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Broken { .. } => "audit.inventory.store.broken",
            Self::Change { source } => source.code(),
            Self::Entry { source, .. } => source.code(),
            Self::Io { .. } => "audit.inventory.store.io",
            Self::Json { source } => source.code(),
            Self::Locked { .. } => "audit.inventory.store.locked",
            Self::Misplaced { .. } => "audit.inventory.store.misplaced",
            Self::NotFile { .. } => "audit.inventory.store.kind",
            Self::Sound { source, .. } => source.code(),
            Self::TooLarge { .. } => "audit.inventory.store.too_large",
            Self::TooMany { .. } => "audit.inventory.store.too_many",
            Self::Write { .. } => "audit.inventory.store.write",
        }
    }

    pub(super) fn io(path: &Path, source: io::Error) -> Self {
        let path = path.into();
        Self::Io { path, source }
    }
}
