use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::escape::Terminal;
use crate::{EntryPath, ManifestError, ParseEntryPathError};

/// Says why a model could not be walked or hashed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum HashError {
    /// The caller's [`Control`](crate::Control) asked to stop.
    #[error("hashing was cancelled")]
    Cancelled,
    /// A file grew, shrank or was written to while it was hashed.
    #[error("file `{}` changed while it was hashed", shown(path))]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// The model has no file that counts.
    #[error("model `{}` has no files", shown(path))]
    Empty {
        /// The model.
        path: PathBuf,
    },
    /// The operating system refused.
    #[error("cannot read `{}`", shown(path))]
    Io {
        /// The file or directory.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The files do not make a manifest.
    #[error("the files do not make a manifest")]
    Manifest {
        /// What is wrong.
        #[from]
        source: ManifestError,
    },
    /// A name cannot stand in a manifest.
    #[error("name `{}` cannot stand in a manifest", shown(path))]
    Name {
        /// The file or directory.
        path: PathBuf,
        /// What is wrong with its name.
        source: ParseEntryPathError,
    },
    /// Something is neither a file nor a directory, such as a pipe, a socket or a device.
    #[error("`{}` is neither a file nor a directory", shown(path))]
    NotRegular {
        /// The path.
        path: PathBuf,
    },
    /// A symbolic link stands in the model or is its root.
    #[error(
        "`{}` is a symbolic link, which can point outside of the model",
        shown(path)
    )]
    Symlink {
        /// The link.
        path: PathBuf,
    },
    /// Directories nest too deep.
    #[error("`{}` nests deeper than {limit} directories", shown(path))]
    TooDeep {
        /// The first path beyond the limit.
        path: PathBuf,
        /// The limit.
        limit: usize,
    },
    /// There are too many files and directories.
    #[error("model `{}` has more than {limit} files and directories", shown(path))]
    TooMany {
        /// The model.
        path: PathBuf,
        /// The limit.
        limit: usize,
    },
}

impl HashError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Cancelled => "artifact.hash.cancelled",
            Self::Changed { .. } => "artifact.hash.changed",
            Self::Empty { .. } => "artifact.walk.empty",
            Self::Io { .. } => "artifact.hash.io",
            Self::Manifest { source } => source.code(),
            Self::Name { source, .. } => source.code(),
            Self::NotRegular { .. } => "artifact.walk.not_regular",
            Self::Symlink { .. } => "artifact.walk.symlink",
            Self::TooDeep { .. } => "artifact.walk.too_deep",
            Self::TooMany { .. } => "artifact.walk.too_many",
        }
    }

    /// Returns what the caller can do about it, where that is not plain.
    #[must_use]
    pub const fn help(&self) -> Option<&'static str> {
        match self {
            Self::Changed { .. } => Some("let the writer finish, then hash again"),
            Self::Empty { .. } => Some("name the directory that holds the model's files"),
            Self::Name { .. } => Some("rename the file or ignore it"),
            Self::NotRegular { .. } => Some("remove it or ignore it"),
            Self::Symlink { .. } => Some("replace the link by the file that it points to"),
            _ => None,
        }
    }

    /// Returns the path concerned, if there is one.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Changed { path }
            | Self::Empty { path }
            | Self::Io { path, .. }
            | Self::Name { path, .. }
            | Self::NotRegular { path }
            | Self::Symlink { path }
            | Self::TooDeep { path, .. }
            | Self::TooMany { path, .. } => Some(path),
            Self::Cancelled | Self::Manifest { .. } => None,
        }
    }
}

/// Shows a path so that its name cannot act on a terminal.
pub(crate) fn shown(path: &Path) -> String {
    Terminal(&path.to_string_lossy()).to_string()
}

/// Shows an entry's path so that its name cannot act on a terminal.
pub(crate) fn shown_entry(path: &EntryPath) -> String {
    Terminal(path.as_str()).to_string()
}
