use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use modelward_artifact::{EntryPath, HeldFile, Shard};

use crate::model::slot::{Signed, Slot};
use crate::{HeldModel, LoadError, LoadMode, VerifiedCursor, VerifiedReader};

/// From this size of a file or a shard on, a thread gets memory ready for one that reads.
pub(super) const WORTH_PREPARING: u64 = 4 << 20;

/// Gives out the verified bytes of one signed file.
#[derive(Clone, Copy, Debug)]
pub struct VerifiedFile<'a> {
    model: &'a HeldModel,
    slot: &'a Slot,
    held: &'a HeldFile,
}

impl<'a> VerifiedFile<'a> {
    pub(super) const fn new(model: &'a HeldModel, slot: &'a Slot, held: &'a HeldFile) -> Self {
        Self { model, slot, held }
    }

    /// Returns the path below the model's root.
    #[must_use]
    pub const fn path(&self) -> &'a EntryPath {
        self.slot.path()
    }

    /// Returns the size in bytes.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.slot.size()
    }

    /// Returns all bytes, which are verified before.
    ///
    /// # Errors
    ///
    /// [`LoadError`] as [`bytes`](Self::bytes).
    pub fn all(&self) -> Result<&'a [u8], LoadError> {
        self.bytes(0..self.size())
    }

    /// Returns a range of bytes. What of it was not verified yet is read and verified first, shard by
    /// shard, in parallel where there are several.
    ///
    /// # Errors
    ///
    /// [`LoadError::Digest`] where they are not the signed ones, [`LoadError::Range`] where the range
    /// passes the end, [`LoadError::Mode`] in [`LoadMode::Streaming`], and [`LoadError::Verify`] where
    /// they cannot be read.
    pub fn bytes(&self, range: Range<u64>) -> Result<&'a [u8], LoadError> {
        if self.model.mode == LoadMode::Streaming {
            let path = self.path().to_string();
            let mode = self.model.mode;
            return Err(LoadError::Mode { mode, path });
        }
        let passes = || self.out_of_range(&range);
        let pieces = self.held.pieces_of(&range).ok_or_else(passes)?;
        if self.model.mode == LoadMode::ByShard {
            self.verify(pieces)?;
        }
        self.held.bytes(range.clone()).ok_or_else(passes)
    }

    /// Copies verified bytes from `offset` on, at most as many as `buffer` has, and returns how many
    /// there are; none at the end of the file or beyond.
    ///
    /// # Errors
    ///
    /// [`LoadError`] as [`bytes`](Self::bytes).
    pub fn read_at(&self, offset: u64, buffer: &mut [u8]) -> Result<usize, LoadError> {
        let most = u64::try_from(buffer.len()).unwrap_or(u64::MAX);
        let end = offset.saturating_add(most).min(self.size());
        if offset >= end {
            return Ok(0);
        }
        let bytes = self.bytes(offset..end)?;
        buffer[..bytes.len()].copy_from_slice(bytes);
        Ok(bytes.len())
    }

    /// Reads the file from beginning to end.
    ///
    /// In [`LoadMode::Streaming`] the bytes are verified while they are read: **they must not be used
    /// before the reader has come to the end without an error**. In the other modes what it gives out
    /// was verified before.
    #[must_use]
    pub const fn reader(&self) -> VerifiedReader<'a> {
        VerifiedReader::new(*self)
    }

    /// Reads and seeks, for what wants a file. It gives out verified bytes alone.
    #[must_use]
    pub const fn cursor(&self) -> VerifiedCursor<'a> {
        VerifiedCursor::new(*self)
    }

    /// Tells whether all bytes of a range were verified.
    #[must_use]
    pub fn is_verified(&self, range: Range<u64>) -> bool {
        self.model.mode != LoadMode::Streaming && self.held.bytes(range).is_some()
    }

    /// Returns the memory file of a file that was opened with
    /// [`Holding::Sealed`](modelward_artifact::Holding::Sealed), once all of it is verified: to hand
    /// verified bytes to another process.
    #[must_use]
    pub fn sealed(&self) -> Option<&'a std::fs::File> {
        self.held.sealed()
    }

    pub(super) const fn held(&self) -> &'a HeldFile {
        self.held
    }

    pub(super) const fn slot(&self) -> &'a Slot {
        self.slot
    }

    pub(super) const fn mode(&self) -> LoadMode {
        self.model.mode
    }

    fn out_of_range(&self, range: &Range<u64>) -> LoadError {
        LoadError::Range {
            path: self.path().to_string(),
            start: range.start,
            end: range.end,
            size: self.size(),
        }
    }

    fn verify(&self, pieces: Range<usize>) -> Result<(), LoadError> {
        let open: Vec<usize> = pieces.filter(|&it| !self.held.is_admitted(it)).collect();
        let threads = self.model.threads.min(open.len());
        if let [one] = open[..] {
            return self.verify_alone(one);
        }
        if threads < 2 {
            return open.into_iter().try_for_each(|it| self.verify_one(it));
        }
        let next = AtomicUsize::new(0);
        let failure: Mutex<Option<(usize, LoadError)>> = Mutex::new(None);
        let lock = || failure.lock().unwrap_or_else(PoisonError::into_inner);
        let work = || {
            while let Some(&piece) = open.get(next.fetch_add(1, Ordering::Relaxed)) {
                let Err(error) = self.verify_one(piece) else {
                    continue;
                };
                let mut first = lock();
                if first.as_ref().is_none_or(|(known, _)| piece < *known) {
                    *first = Some((piece, error));
                }
                return;
            }
        };
        thread::scope(|scope| {
            for _ in 1..threads {
                // Where the system gives no thread, those that there are do all the work.
                if thread::Builder::new().spawn_scoped(scope, work).is_err() {
                    break;
                }
            }
            work();
        });
        let first = failure.into_inner().unwrap_or_else(PoisonError::into_inner);
        first.map_or(Ok(()), |(_, error)| Err(error))
    }

    fn verify_one(&self, piece: usize) -> Result<(), LoadError> {
        let Some(signed) = self.slot.signed().get(piece) else {
            let path = self.path().to_string();
            return Err(LoadError::NotSigned { path });
        };
        let check = |read| signed.check(read);
        self.held.admit_hashed(piece, &signed.hasher(), check)?;
        self.held.close_if_whole();
        Ok(())
    }

    /// Verifies a single shard, for which another core gets the memory ready.
    fn verify_alone(&self, piece: usize) -> Result<(), LoadError> {
        let signed = self.slot.signed().get(piece);
        let shard = signed.and_then(Signed::shard).map_or(0, Shard::size);
        if self.model.threads < 2 || shard < WORTH_PREPARING {
            return self.verify_one(piece);
        }
        thread::scope(|scope| {
            // Where the system gives no thread, the memory comes as it did.
            let _ = thread::Builder::new().spawn_scoped(scope, || self.held.prepare(piece));
            self.verify_one(piece)
        })
    }
}
