use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::Operation;
use crate::map::Window;
use crate::open::{Root, read_at};
use crate::{Content, Control, HashError, HashOptions, Source, Tree, TreeFile, WalkOptions, walk};

/// From this size on, a file is mapped where mapping is chosen: below, reading is quicker.
const MIN_MAPPED: u64 = 128 << 10;

/// How much of a file is mapped at a time, so that a process does not seem to hold the whole model.
const WINDOW: u64 = 16 << 20;

/// From this size on, the operating system is asked to read far ahead.
const MIN_AHEAD: u64 = 4 << 20;

/// Tells how the bytes of a local file are had.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Reading {
    /// Maps files into memory, which saves copying each byte.
    ///
    /// This is a risk, and the caller takes it by this choice. Another process that **truncates** a
    /// file while it is hashed ends this process with a signal (`SIGBUS`), which no error can stand
    /// for; one that writes to the file makes a digest of neither its old nor its new bytes, which
    /// is noticed by size and time as far as the file system tells. Choose it for files that nobody
    /// else can write.
    Mapped,
    /// Reads into buffers of this process. A file that shrinks or grows is an error.
    #[default]
    Read,
}

/// Holds a model on a local disk: a directory, or one file.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    root: Root,
    walk: WalkOptions,
    reading: Reading,
}

impl Folder {
    /// Opens a model. Every file is opened from this directory down, whatever takes its place later.
    ///
    /// # Errors
    ///
    /// [`HashError`] where the path cannot be opened, or is a link that `walk` does not follow.
    pub fn open(path: &Path, walk: WalkOptions) -> Result<Self, HashError> {
        let root = Root::open(path, walk.symlinks()).map_err(|source| open_error(path, source))?;
        Ok(Self {
            path: path.to_path_buf(),
            root,
            walk,
            reading: Reading::Read,
        })
    }

    /// Opens a model to be walked and read as the options say.
    ///
    /// # Errors
    ///
    /// [`HashError`] as [`open`](Self::open).
    pub fn for_hashing(path: &Path, options: &HashOptions) -> Result<Self, HashError> {
        let walk = options.walk().clone().with_threads(options.threads().get());
        Ok(Self::open(path, walk)?.with_reading(options.reading()))
    }

    /// Sets how the bytes are had.
    #[must_use]
    pub const fn with_reading(mut self, reading: Reading) -> Self {
        self.reading = reading;
        self
    }

    /// Opens a file of the tree, and says where it lies.
    pub(crate) fn open_listed(&self, file: &TreeFile) -> Result<(File, PathBuf), HashError> {
        Ok((self.root.open_met(file)?, self.root.location(file.path())))
    }
}

impl Source for Folder {
    fn tree(&self, control: &dyn Control) -> Result<Tree, HashError> {
        walk(&self.path, &self.walk, control)
    }

    fn open(&self, file: &TreeFile) -> Result<Box<dyn Content + '_>, HashError> {
        let opened = self.root.open_met(file)?;
        read_far_ahead(&opened, file.size());
        Ok(Box::new(Disk {
            folder: self,
            listed: file.clone(),
            file: opened,
            window: None,
        }))
    }
}

/// One open file.
struct Disk<'a> {
    folder: &'a Folder,
    listed: TreeFile,
    file: File,
    window: Option<Window>,
}

impl Content for Disk<'_> {
    fn read<'a>(&'a mut self, offset: u64, buffer: &'a mut [u8]) -> Result<&'a [u8], HashError> {
        if self.folder.reading == Reading::Mapped && self.listed.size() >= MIN_MAPPED {
            return self.mapped(offset, buffer.len());
        }
        loop {
            match read_at(&self.file, buffer, offset) {
                Ok(count) => return Ok(&buffer[..count]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(source) => return Err(self.error(Operation::Read, source)),
            }
        }
    }

    fn finish(&mut self) -> Result<(), HashError> {
        self.folder.root.check_met(&self.listed, &self.file)
    }
}

impl Disk<'_> {
    fn mapped(&mut self, offset: u64, most: usize) -> Result<&[u8], HashError> {
        if !self
            .window
            .as_ref()
            .is_some_and(|window| window.holds(offset))
        {
            // The old window goes before the new one comes.
            self.window = None;
            let length = WINDOW.min(self.listed.size().saturating_sub(offset));
            let window = Window::open(&self.file, offset, length);
            self.window = Some(window.map_err(|source| self.error(Operation::Map, source))?);
        }
        let window = self.window.as_ref();
        Ok(window.map_or(&[], |window| window.bytes(offset, most)))
    }

    fn error(&self, operation: Operation, source: io::Error) -> HashError {
        HashError::Io {
            operation,
            path: self.folder.root.location(self.listed.path()),
            source,
        }
    }
}

/// Asks the operating system to read further ahead than it would, for files that are not in its
/// cache. It may refuse; nothing depends on it.
#[cfg(unix)]
fn read_far_ahead(file: &File, size: u64) {
    if size >= MIN_AHEAD {
        let _ = rustix::fs::fadvise(file, 0, None, rustix::fs::Advice::Sequential);
    }
}

#[cfg(not(unix))]
const fn read_far_ahead(_: &File, _: u64) {}

fn open_error(path: &Path, source: io::Error) -> HashError {
    let is_link = std::fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink());
    let path = path.to_path_buf();
    if is_link {
        return HashError::Symlink { path };
    }
    HashError::Io {
        operation: Operation::Open,
        path,
        source,
    }
}
