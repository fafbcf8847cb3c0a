use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::escape::TerminalPath;

/// How many temporary names are tried before the directory is taken to be hostile.
///
/// A process that is killed leaves its name, and in a container every process can have the same id.
const ATTEMPTS: u32 = 1 << 16;

/// How many files are flushed together: fewer than a process may have open.
const GROUP: usize = 128;

/// Writes a whole file or nothing: under a temporary name beside it, flushed, then renamed. When it
/// returns, the file and its name are on the disk.
///
/// What stood at `path` is replaced; a link there is replaced and not followed. A process that is
/// killed while it writes leaves the temporary file: its name begins with a dot and the file's name,
/// and ends with `.tmp`.
///
/// # Errors
///
/// [`WriteError`] where the operating system refuses. No partial file is left. Where only the last
/// wait for the disk failed, the new file is there and may go with the machine.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let error = |source| WriteError {
        path: path.to_path_buf(),
        source,
    };
    let (temporary, mut file) = create_beside(path).map_err(error)?;
    let outcome = file
        .write_all(bytes)
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::rename(&temporary, path))
        .and_then(|()| sync_parent(path));
    outcome.map_err(|source| {
        // The first failure is the one to tell; a leftover that cannot be removed adds nothing.
        let _ = fs::remove_file(&temporary);
        error(source)
    })
}

/// Writes many files, each whole or not at all, in the order in which they stand.
///
/// A file takes its name after all before it have theirs, so that a writer that is killed leaves the
/// first ones. They are flushed in groups, which takes less time than one by one.
///
/// # Errors
///
/// [`WriteError`] where the operating system refuses. The first files may be written then; no partial
/// file is left.
pub fn write_each_atomically<P: AsRef<Path>, B: AsRef<[u8]>>(
    files: &[(P, B)],
) -> Result<(), WriteError> {
    for group in files.chunks(GROUP) {
        let mut written = Leftovers(Vec::with_capacity(group.len()));
        let mut open = Vec::with_capacity(group.len());
        for (path, bytes) in group {
            let path = path.as_ref();
            let (temporary, mut file) = create_beside(path).map_err(|it| refused(path, it))?;
            written.0.push(temporary);
            let outcome = file.write_all(bytes.as_ref());
            outcome.map_err(|it| refused(path, it))?;
            open.push(file);
        }
        for ((path, _), file) in group.iter().zip(open) {
            let outcome = file.sync_all();
            outcome.map_err(|it| refused(path.as_ref(), it))?;
        }
        for ((path, _), temporary) in group.iter().zip(&written.0) {
            let path = path.as_ref();
            fs::rename(temporary, path).map_err(|it| refused(path, it))?;
        }
        written.0.clear();
        let folders: BTreeMap<_, _> = group
            .iter()
            .map(|(path, _)| (path.as_ref().parent(), path.as_ref()))
            .collect();
        for path in folders.into_values() {
            sync_parent(path).map_err(|it| refused(path, it))?;
        }
    }
    Ok(())
}

/// Waits until the names in the folder that holds `path` are on the disk, so that a new file, or a
/// new name, outlives the machine. Elsewhere than on Unix there is nothing to wait for.
///
/// # Errors
///
/// What the operating system says. A folder that may not be read, and a file system that has nothing
/// to wait for, are no errors.
#[cfg(unix)]
pub fn sync_parent(path: &Path) -> io::Result<()> {
    use io::ErrorKind::{InvalidInput, PermissionDenied, Unsupported};

    let folder = path.parent().filter(|path| !path.as_os_str().is_empty());
    let folder = fs::File::open(folder.unwrap_or(Path::new(".")));
    match folder.and_then(|folder| folder.sync_all()) {
        Err(error) if matches!(error.kind(), InvalidInput | PermissionDenied | Unsupported) => {
            Ok(())
        }
        synced => synced,
    }
}

/// Waits for nothing.
///
/// # Errors
///
/// None.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the same on every system")]
pub fn sync_parent(_: &Path) -> io::Result<()> {
    Ok(())
}

fn refused(path: &Path, source: io::Error) -> WriteError {
    let path = path.to_path_buf();
    WriteError { path, source }
}

/// Temporary files, which are removed where they did not all get their names.
struct Leftovers(Vec<PathBuf>);

impl Drop for Leftovers {
    fn drop(&mut self) {
        for path in &self.0 {
            // Those that got their names are not there any more.
            let _ = fs::remove_file(path);
        }
    }
}

/// Says that a file could not be written.
#[derive(Debug, Error)]
#[error("cannot write `{}`", TerminalPath(path))]
pub struct WriteError {
    path: PathBuf,
    source: io::Error,
}

impl WriteError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "artifact.write.io"
    }

    /// Returns the file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// Creates a file that did not exist, so that no one else's file or link is written through.
fn create_beside(path: &Path) -> io::Result<(PathBuf, fs::File)> {
    let Some(name) = path.file_name() else {
        let reason = "the path names no file";
        return Err(io::Error::new(io::ErrorKind::InvalidInput, reason));
    };
    for attempt in 0..ATTEMPTS {
        let mut temporary_name = OsString::from(".");
        temporary_name.push(name);
        temporary_name.push(format!(".{}-{attempt}.tmp", std::process::id()));
        let temporary = path.with_file_name(temporary_name);
        match OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&temporary)
        {
            Ok(file) => return Ok((temporary, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::from(io::ErrorKind::AlreadyExists))
}
