use std::cell::Cell;
use std::fmt;
use std::fs::File;
use std::io;
use std::num::NonZeroU64;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use crate::error::Operation;
use crate::map::Region;
use crate::open::read_at;
use crate::{EntryPath, Folder, HashError, Hasher, TreeFile};

/// How many bytes are asked for at a time.
const READ: usize = 8 << 20;

/// How many bytes are read before they are hashed, while they are in the processor's cache.
const STEP: usize = 1 << 20;

/// Chooses where the bytes of a file that is held stand, and so who can change them.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Holding {
    /// In memory of this process, as a copy, on every system.
    ///
    /// Whatever becomes of the file, the copy stays. Only this process can write to its memory, and
    /// whoever may debug it.
    #[default]
    Copied,
    /// In the file itself, mapped to be read. Nothing is copied.
    ///
    /// This is a risk, and the caller takes it by this choice. Whoever may write to the file changes
    /// what this process sees, **after it was checked**. Whoever truncates it ends this process with a
    /// signal (`SIGBUS`), which no error can stand for. Choose it for files that nobody else can write,
    /// such as those of an image that is mounted to be read.
    Mapped,
    /// In a memory file with seals, as a copy: it cannot be written to, shrink or grow, by whomever.
    /// Linux 5.1 and later; elsewhere an error of the kind [`Unsupported`](io::ErrorKind::Unsupported).
    ///
    /// Its pages count as shared memory (`shmem`) of the system's books. It is for handing bytes on:
    /// against a process of the same user that may look into this one, [`Copied`](Self::Copied) is no
    /// weaker, for that process could open the memory file by way of `/proc` in the moment between its
    /// making and its seals, and keep a writable map.
    Sealed,
}

impl Holding {
    /// Returns the name, such as `copied`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Copied => "copied",
            Self::Mapped => "mapped",
            Self::Sealed => "sealed",
        }
    }
}

impl fmt::Display for Holding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Holds one file of a model open, and those of its bytes that somebody found good.
///
/// - It was opened once, beneath the model's directory; what takes the place of its name later does
///   not matter.
/// - Its bytes come in pieces of one size. A piece can be seen once a check of the caller's let it
///   pass, and with [`Holding::Copied`] and [`Holding::Sealed`] what can be seen is what was checked.
///
/// ```
/// use modelward_artifact::{Folder, HashError, Holding, NoControl, Source as _, WalkOptions};
///
/// let model = tempfile::tempdir()?;
/// std::fs::write(model.path().join("weights.bin"), b"abcdef")?;
/// let folder = Folder::open(model.path(), WalkOptions::default())?;
/// let tree = folder.tree(&NoControl)?;
///
/// let held = folder.hold(&tree.files()[0], 4.try_into().ok(), Holding::Copied)?;
/// assert_eq!(held.bytes(0..4), None);
/// held.admit(0, |bytes| Ok::<_, HashError>(assert_eq!(bytes, b"abcd")))?;
/// std::fs::write(model.path().join("weights.bin"), b"tamper")?;
/// assert_eq!(held.bytes(0..4), Some(&b"abcd"[..]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct HeldFile {
    path: EntryPath,
    location: PathBuf,
    size: u64,
    /// `None` once it is closed.
    file: Mutex<Option<Arc<File>>>,
    region: Region,
}

impl Folder {
    /// Opens a file of the tree beneath the folder and holds it, in pieces of `piece` bytes; `None`
    /// for a single piece. The bytes are not read yet, and no memory is touched.
    ///
    /// # Errors
    ///
    /// [`HashError`] where it cannot be opened, is not the file that the tree listed, or cannot be
    /// held in this way.
    pub fn hold(
        &self,
        file: &TreeFile,
        piece: Option<NonZeroU64>,
        holding: Holding,
    ) -> Result<HeldFile, HashError> {
        let (opened, location) = self.open_listed(file)?;
        let size = file.size();
        let piece = piece.map_or(size, NonZeroU64::get);
        let region = match holding {
            Holding::Copied => Region::private(size, piece),
            Holding::Mapped => Region::shared(&opened, size, piece),
            Holding::Sealed => Region::sealed(size, piece),
        };
        let region = region.map_err(|source| HashError::Io {
            operation: Operation::Map,
            path: location.clone(),
            source,
        })?;
        Ok(HeldFile {
            path: file.path().clone(),
            location,
            size,
            file: Mutex::new(Some(Arc::new(opened))),
            region,
        })
    }
}

impl Folder {
    /// Opens a file of the tree and keeps it open, only to be read
    /// [unchecked](HeldFile::read_unchecked): it has no pieces, and takes no memory.
    ///
    /// # Errors
    ///
    /// [`HashError`] as [`hold`](Self::hold).
    pub fn keep_open(&self, file: &TreeFile) -> Result<HeldFile, HashError> {
        let (opened, location) = self.open_listed(file)?;
        Ok(HeldFile {
            path: file.path().clone(),
            location,
            size: file.size(),
            file: Mutex::new(Some(Arc::new(opened))),
            region: Region::none(),
        })
    }
}

impl HeldFile {
    /// Returns the path below the model's root.
    #[must_use]
    pub const fn path(&self) -> &EntryPath {
        &self.path
    }

    /// Returns the size in bytes, as the tree listed it.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Returns the number of pieces; none of a file without bytes, or one that is only
    /// [kept open](Folder::keep_open).
    #[must_use]
    pub const fn pieces(&self) -> usize {
        self.region.count()
    }

    /// Returns the pieces that hold a part of a range of bytes, or `None` where it passes the end.
    #[must_use]
    pub fn pieces_of(&self, range: &Range<u64>) -> Option<Range<usize>> {
        self.region.pieces_of(range)
    }

    /// Tells whether a piece was found good.
    #[must_use]
    pub fn is_admitted(&self, piece: usize) -> bool {
        self.region.is_filled(piece)
    }

    /// Reads a piece and lets `check` say whether it may be seen. A piece that was found good is not
    /// read again, and of several threads one reads it and the others wait.
    ///
    /// # Errors
    ///
    /// [`HashError`] where the bytes cannot be read or the file has become shorter, and what `check`
    /// returns. The piece stays unseen then, and may be tried again.
    ///
    /// # Panics
    ///
    /// Where `check` does; the piece stays unseen. A check that admits the same piece waits for itself
    /// for ever.
    pub fn admit<E: From<HashError>>(
        &self,
        piece: usize,
        check: impl FnOnce(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        if self.is_admitted(piece) {
            return Ok(());
        }
        let from = self.region.bounds(piece).start as u64;
        let write = |bytes: &mut [u8]| self.read_exact(bytes, from).map_err(E::from);
        self.region.fill(piece, write, check)
    }

    /// Reads a piece as [`admit`](Self::admit) does, and hashes it step by step while it is in the
    /// processor's cache, with a copy of `hasher`; `check` says by that whether the piece may be seen.
    /// What was hashed is what can be seen.
    ///
    /// # Errors
    ///
    /// As [`admit`](Self::admit).
    ///
    /// # Panics
    ///
    /// As [`admit`](Self::admit).
    pub fn admit_hashed<E: From<HashError>>(
        &self,
        piece: usize,
        hasher: &Hasher,
        check: impl FnOnce(Hasher) -> Result<(), E>,
    ) -> Result<(), E> {
        if self.is_admitted(piece) {
            return Ok(());
        }
        let from = self.region.bounds(piece).start;
        let copied = Cell::new(None);
        let write = |bytes: &mut [u8]| {
            let mut hasher = hasher.clone();
            for (index, step) in bytes.chunks_mut(STEP).enumerate() {
                self.read_exact(step, (from + index * STEP) as u64)?;
                hasher.update(step);
            }
            copied.set(Some(hasher));
            Ok(())
        };
        self.region.fill(piece, write, |bytes| {
            check(copied.take().unwrap_or_else(|| {
                // Of a map, nothing was copied.
                let mut hasher = hasher.clone();
                hasher.update(bytes);
                hasher
            }))
        })
    }

    /// Asks the system for the memory of a piece ahead of its reading, such as on a thread that has
    /// nothing else to do: fresh memory comes page by page otherwise, and the reader waits for each.
    /// Nothing is read, and no byte changes. Where it cannot be asked for, or need not be, nothing
    /// happens.
    pub fn prepare(&self, piece: usize) {
        self.region.populate(piece);
    }

    /// Returns bytes that were found good, or `None` where the range passes the end or some of it was
    /// not looked at.
    #[must_use]
    pub fn bytes(&self, range: Range<u64>) -> Option<&[u8]> {
        self.region.bytes(&range)
    }

    /// Reads bytes that **nobody checked**, as they stand in the file now, at most as many as `buffer`
    /// has; none at the end.
    ///
    /// # Errors
    ///
    /// [`HashError`] where they cannot be read.
    pub fn read_unchecked(&self, offset: u64, buffer: &mut [u8]) -> Result<usize, HashError> {
        let Some(file) = self.opened() else {
            return Err(self.error(io::Error::other("the file was closed")));
        };
        loop {
            match read_at(&file, buffer, offset) {
                Ok(count) => return Ok(count),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(source) => return Err(self.error(source)),
            }
        }
    }

    /// Closes the file once every piece of a copy was found good, so that a model of many files needs
    /// no more open ones than are being read. Tells whether it did.
    pub fn close_if_whole(&self) -> bool {
        let whole = self.region.len() == self.size && self.region.is_whole();
        if whole {
            *self.file.lock().unwrap_or_else(PoisonError::into_inner) = None;
        }
        whole
    }

    /// Returns the memory file of a file that is [sealed](Holding::Sealed) and of which every piece was
    /// found good, such as to hand it to another process. It cannot be written to.
    #[must_use]
    pub fn sealed(&self) -> Option<&File> {
        let file = self.region.memory_file();
        file.filter(|_| self.region.is_whole())
    }

    fn opened(&self) -> Option<Arc<File>> {
        let file = self.file.lock();
        file.unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn read_exact(&self, bytes: &mut [u8], from: u64) -> Result<(), HashError> {
        let mut done = 0;
        while done < bytes.len() {
            let end = bytes.len().min(done + READ);
            let count = self.read_unchecked(from + done as u64, &mut bytes[done..end])?;
            if count == 0 {
                let path = self.location.clone();
                return Err(HashError::Changed { path });
            }
            done += count;
        }
        Ok(())
    }

    fn error(&self, source: io::Error) -> HashError {
        HashError::Io {
            operation: Operation::Read,
            path: self.location.clone(),
            source,
        }
    }
}

impl fmt::Debug for HeldFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HeldFile")
            .field("path", &self.path)
            .field("size", &self.size)
            .finish_non_exhaustive()
    }
}
