use std::fs::{File, OpenOptions};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::EntryPath;
use crate::error::shown;

/// Reads a whole small file that the caller named, such as a key or an assessment.
///
/// A link is followed: the caller named it. Only a regular file is read.
///
/// # Errors
///
/// [`ReadError`] where the file is larger than `max_bytes`, is no regular file or cannot be read.
pub fn read_file(path: &Path, max_bytes: u64) -> Result<Vec<u8>, ReadError> {
    let opened = open(path, Links::Follow);
    read_opened(path, opened, max_bytes)
}

/// Reads a whole small file of a model. A link in place of the file is refused.
///
/// Where `root` is itself a file, `entry` names that file.
///
/// # Errors
///
/// [`ReadError`] where the file is larger than `max_bytes`, is no regular file or cannot be read.
pub fn read_entry(root: &Path, entry: &EntryPath, max_bytes: u64) -> Result<Vec<u8>, ReadError> {
    let path = entry_location(root, entry);
    read_opened(&path, open_entry(root, entry), max_bytes)
}

/// Opens a file of a model for reading. A link, pipe, socket or device in its place is refused, and
/// so is a link in place of a directory on the way to it.
///
/// # Errors
///
/// What the operating system says; `InvalidInput` for what is no regular file.
pub fn open_entry(root: &Path, entry: &EntryPath) -> io::Result<File> {
    if root.is_file() {
        return open(root, Links::Refuse);
    }
    open_beneath(root, entry)
}

/// Says why a file could not be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The operating system refused, or the path is no regular file.
    #[error("cannot read `{}`", shown(path))]
    Io {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The file is too large for what it should be.
    #[error("`{}` is larger than {limit} bytes", shown(path))]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The limit.
        limit: u64,
    },
}

impl ReadError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Io { .. } => "artifact.read.io",
            Self::TooLarge { .. } => "artifact.read.too_large",
        }
    }
}

/// Returns where an entry lies: `root` itself where the model is a single file.
pub(crate) fn entry_location(root: &Path, entry: &EntryPath) -> PathBuf {
    if root.is_file() {
        root.to_path_buf()
    } else {
        entry.below(root)
    }
}

#[derive(Clone, Copy)]
enum Links {
    Follow,
    Refuse,
}

/// Opens without blocking on a pipe that took a file's place, and looks at what was opened.
fn open(path: &Path, links: Links) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;

        use rustix::fs::OFlags;

        let mut flags = OFlags::NONBLOCK | OFlags::NOCTTY;
        if matches!(links, Links::Refuse) {
            flags |= OFlags::NOFOLLOW;
        }
        options.custom_flags(flags.bits().cast_signed());
    }
    #[cfg(not(unix))]
    if matches!(links, Links::Refuse) && std::fs::symlink_metadata(path)?.is_symlink() {
        return Err(io::Error::other("is a symbolic link"));
    }
    regular(options.open(path)?)
}

/// Goes down from the root one directory at a time, so that none can be a link.
#[cfg(unix)]
fn open_beneath(root: &Path, entry: &EntryPath) -> io::Result<File> {
    use rustix::fs::{CWD, Mode, OFlags, openat};

    let no_link = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NOFOLLOW;
    let folder = no_link | OFlags::DIRECTORY;
    let mut parent = openat(CWD, root, folder, Mode::empty())?;
    let mut segments = entry.segments().peekable();
    while let Some(segment) = segments.next() {
        if segments.peek().is_none() {
            let flags = no_link | OFlags::NONBLOCK | OFlags::NOCTTY;
            return regular(File::from(openat(&parent, segment, flags, Mode::empty())?));
        }
        parent = openat(&parent, segment, folder, Mode::empty())?;
    }
    Err(io::Error::from(io::ErrorKind::InvalidInput))
}

#[cfg(not(unix))]
fn open_beneath(root: &Path, entry: &EntryPath) -> io::Result<File> {
    open(&entry.below(root), Links::Refuse)
}

/// Makes sure of what was opened: what the walk saw may have been replaced.
fn regular(file: File) -> io::Result<File> {
    if file.metadata()?.is_file() {
        return Ok(file);
    }
    let reason = "is not a regular file";
    Err(io::Error::new(io::ErrorKind::InvalidInput, reason))
}

fn read_opened(path: &Path, opened: io::Result<File>, limit: u64) -> Result<Vec<u8>, ReadError> {
    let io = |source| ReadError::Io {
        path: path.to_path_buf(),
        source,
    };
    let too_large = || ReadError::TooLarge {
        path: path.to_path_buf(),
        limit,
    };
    let file = opened.map_err(io)?;
    let size = file.metadata().map_err(io)?.len();
    if size > limit {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    // The file may grow after its size was asked for, so the limit holds for the reading too.
    file.take(limit.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(io)?;
    if u64::try_from(bytes.len()).is_ok_and(|read| read > limit) {
        return Err(too_large());
    }
    Ok(bytes)
}
