mod folder;
mod root;

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::escape::TerminalPath;
use crate::{EntryPath, Symlinks};

pub(crate) use self::root::{Root, bare, link_error};

/// Reads a whole small file that the caller named, such as a key or an assessment.
///
/// A link is followed: the caller named it. Only a regular file is read.
///
/// # Errors
///
/// [`ReadError`] where the file is larger than `max_bytes`, is no regular file or cannot be read.
pub fn read_file(path: &Path, max_bytes: u64) -> Result<Vec<u8>, ReadError> {
    let opened = open(path, Links::Follow).and_then(regular);
    read_opened(path, opened.map(|(file, _)| file), max_bytes)
}

/// Reads a whole small file of a model. A link in place of the file is refused.
///
/// Where `root` is itself a file, `entry` names that file.
///
/// # Errors
///
/// [`ReadError`] where the file is larger than `max_bytes`, is no regular file or cannot be read.
pub fn read_entry(root: &Path, entry: &EntryPath, max_bytes: u64) -> Result<Vec<u8>, ReadError> {
    let path = if root.is_file() {
        root.to_path_buf()
    } else {
        entry.below(root)
    };
    read_opened(&path, open_entry(root, entry), max_bytes)
}

/// Opens a file of a model for reading. A link, pipe, socket or device in its place is refused, and
/// so is a link in place of a directory on the way to it.
///
/// # Errors
///
/// What the operating system says; `InvalidInput` for what is no regular file.
pub fn open_entry(root: &Path, entry: &EntryPath) -> io::Result<File> {
    Root::open(root, Symlinks::Refuse)?.open_file(entry, Symlinks::Refuse)
}

/// Says why a file could not be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The operating system refused, or the path is no regular file.
    #[error("cannot read `{}`", TerminalPath(path))]
    Io {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The file is too large for what it should be.
    #[error("`{}` is larger than {limit} bytes", TerminalPath(path))]
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

/// Reads at an offset, whatever others read of the same file.
#[cfg(unix)]
pub(crate) fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, offset)
}

/// Reads at an offset, whatever others read of the same file.
#[cfg(windows)]
pub(crate) fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, offset)
}

/// Reads at an offset, whatever others read of the same file.
#[cfg(not(any(unix, windows)))]
pub(crate) fn read_at(mut file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    use std::io::{Read as _, Seek as _};

    file.seek(io::SeekFrom::Start(offset))?;
    file.read(buffer)
}

/// Tells whether a link in the place of a file or directory is followed.
#[derive(Clone, Copy, Debug)]
enum Links {
    Follow,
    Refuse,
}

impl Links {
    fn metadata(self, path: &Path) -> io::Result<Metadata> {
        match self {
            Self::Follow => fs::metadata(path),
            Self::Refuse => fs::symlink_metadata(path),
        }
    }
}

impl From<Symlinks> for Links {
    fn from(symlinks: Symlinks) -> Self {
        if symlinks.follow() {
            Self::Follow
        } else {
            Self::Refuse
        }
    }
}

/// Opens without waiting for the other end of a pipe that took a file's place.
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
    if matches!(links, Links::Refuse) && fs::symlink_metadata(path)?.is_symlink() {
        return Err(io::Error::other("is a symbolic link"));
    }
    options.open(path)
}

/// Makes sure of what was opened: what the walk saw may have been replaced.
fn regular(file: File) -> io::Result<(File, Metadata)> {
    let metadata = file.metadata()?;
    if metadata.is_file() {
        return Ok((file, metadata));
    }
    Err(not_regular())
}

fn not_regular() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "is not a regular file")
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
