use std::fmt;
use std::io;
use std::num::NonZeroU64;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::escape::{Terminal, TerminalPath};
use crate::{EntryPath, ManifestError, ParseEntryPathError};

/// Says why a model could not be walked or hashed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum HashError {
    /// The caller's [`Control`](crate::Control) asked to stop.
    #[error("hashing was cancelled")]
    Cancelled,
    /// A file grew, shrank or was written to while it was hashed.
    #[error("file `{}` changed while it was hashed", TerminalPath(path))]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// A symbolic link leads to nothing or to itself.
    #[error("`{}` is a symbolic link that leads to nothing", TerminalPath(path))]
    Dangling {
        /// The link.
        path: PathBuf,
    },
    /// A path stands twice in what is to be a tree.
    #[error("model has `{}` twice", shown_entry(path))]
    Duplicate {
        /// The path.
        path: EntryPath,
    },
    /// The model has no file that counts.
    #[error("model `{}` has no files", TerminalPath(path))]
    Empty {
        /// The model.
        path: PathBuf,
    },
    /// The operating system refused.
    #[error("cannot {operation} `{}`", TerminalPath(path))]
    Io {
        /// What it was asked for.
        operation: Operation,
        /// The file or directory.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// A symbolic link leads to a directory, which is never entered.
    #[error("`{}` is a symbolic link to a directory", TerminalPath(path))]
    LinkedDirectory {
        /// The link.
        path: PathBuf,
    },
    /// A symbolic link leads out of the model, and only links within it are followed.
    #[error("`{}` is a symbolic link that leaves the model", TerminalPath(path))]
    LinkOutside {
        /// The link.
        path: PathBuf,
    },
    /// The files do not make a manifest.
    #[error("the files do not make a manifest")]
    Manifest {
        /// What is wrong.
        #[from]
        source: ManifestError,
    },
    /// A name cannot stand in a manifest.
    #[error("name `{}` cannot stand in a manifest", TerminalPath(path))]
    Name {
        /// The file or directory.
        path: PathBuf,
        /// What is wrong with its name.
        source: ParseEntryPathError,
    },
    /// Something is neither a file nor a directory, such as a pipe, a socket or a device.
    #[error("`{}` is neither a file nor a directory", TerminalPath(path))]
    NotRegular {
        /// The path.
        path: PathBuf,
    },
    /// A path below the model's root is too long.
    #[error(
        "path `{}` is longer than {limit} bytes below the model",
        TerminalPath(path)
    )]
    PathTooLong {
        /// The file or directory.
        path: PathBuf,
        /// The limit.
        limit: usize,
    },
    /// A symbolic link stands in the model or is its root.
    #[error(
        "`{}` is a symbolic link, which can point outside of the model",
        TerminalPath(path)
    )]
    Symlink {
        /// The link.
        path: PathBuf,
    },
    /// Directories nest too deep.
    #[error("`{}` nests deeper than {limit} directories", TerminalPath(path))]
    TooDeep {
        /// The first path beyond the limit.
        path: PathBuf,
        /// The limit.
        limit: usize,
    },
    /// All files together are too large, as one with an endless hole can be.
    #[error("model `{}` has more than {limit} bytes", TerminalPath(path))]
    TooLarge {
        /// The model.
        path: PathBuf,
        /// The limit.
        limit: u64,
    },
    /// Shards of so few bytes would be too many.
    #[error("shards of {size} bytes are more than {limit}")]
    TooManyShards {
        /// The size of a shard in bytes.
        size: NonZeroU64,
        /// The limit.
        limit: u64,
    },
    /// There are too many files and directories.
    #[error(
        "model `{}` has more than {limit} files and directories",
        TerminalPath(path)
    )]
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
            Self::Dangling { .. } => "artifact.walk.dangling",
            Self::Duplicate { .. } => "artifact.walk.duplicate",
            Self::Empty { .. } => "artifact.walk.empty",
            Self::Io { .. } => "artifact.hash.io",
            Self::LinkedDirectory { .. } => "artifact.walk.linked_directory",
            Self::LinkOutside { .. } => "artifact.walk.link_outside",
            Self::Manifest { source } => source.code(),
            Self::Name { source, .. } => source.code(),
            Self::NotRegular { .. } => "artifact.walk.not_regular",
            Self::PathTooLong { .. } => "artifact.walk.path_too_long",
            Self::Symlink { .. } => "artifact.walk.symlink",
            Self::TooDeep { .. } => "artifact.walk.too_deep",
            Self::TooLarge { .. } => "artifact.walk.too_large",
            Self::TooManyShards { .. } => "artifact.hash.too_many_shards",
            Self::TooMany { .. } => "artifact.walk.too_many",
        }
    }

    /// Returns what the caller can do about it, where that is not plain.
    #[must_use]
    pub const fn help(&self) -> Option<&'static str> {
        match self {
            Self::Changed { .. } => Some("let the writer finish, then hash again"),
            Self::Dangling { .. } => Some("restore the file that it points to, or remove the link"),
            Self::Empty { .. } => Some("name the directory that holds the model's files"),
            Self::LinkedDirectory { .. } => {
                Some("replace the link by the directory that it points to, or ignore it")
            }
            Self::LinkOutside { .. } => {
                Some("replace the link by the file that it points to, or follow links anywhere")
            }
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
            | Self::Dangling { path }
            | Self::Empty { path }
            | Self::Io { path, .. }
            | Self::LinkedDirectory { path }
            | Self::LinkOutside { path }
            | Self::Name { path, .. }
            | Self::NotRegular { path }
            | Self::PathTooLong { path, .. }
            | Self::Symlink { path }
            | Self::TooDeep { path, .. }
            | Self::TooLarge { path, .. }
            | Self::TooMany { path, .. } => Some(path),
            Self::Duplicate { path } => Some(Path::new(path.as_str())),
            Self::Cancelled | Self::Manifest { .. } | Self::TooManyShards { .. } => None,
        }
    }
}

/// Names what the operating system was asked for.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Operation {
    /// To list a directory.
    List,
    /// To map a file into memory.
    Map,
    /// To open a file or directory.
    Open,
    /// To read from a file.
    Read,
    /// To say what a path is: its kind, size and times.
    Stat,
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::List => "list",
            Self::Map => "map",
            Self::Open => "open",
            Self::Read => "read",
            Self::Stat => "stat",
        })
    }
}

/// Shows an entry's path so that its name cannot act on a terminal.
pub(crate) fn shown_entry(path: &EntryPath) -> String {
    Terminal(path.as_str()).to_string()
}

/// Shows what a document states about itself, or that it does not.
pub(crate) fn shown_member(name: &str, found: Option<&str>) -> String {
    match found {
        Some(found) => format!("has the {name} `{}`", Terminal(found)),
        None => format!("has no {name}"),
    }
}
