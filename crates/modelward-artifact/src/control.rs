use std::sync::atomic::{AtomicBool, Ordering};

use crate::{Digest, EntryPath};

/// Watches and stops long work.
///
/// Both methods have empty bodies, so an implementation states only what it needs.
/// An [`AtomicBool`] is a control that cancels once it is `true`.
///
/// ```
/// use std::sync::atomic::AtomicBool;
/// use modelward_artifact::Control;
///
/// let stop = AtomicBool::new(true);
/// assert!(stop.cancelled());
/// ```
pub trait Control: Send + Sync {
    /// Takes note of what happened, at most about 20 times a second a worker for progress.
    ///
    /// Workers call this from their own threads, so it should return quickly.
    fn on_event(&self, event: &Event<'_>) {
        let _ = event;
    }

    /// Tells whether to stop. It is asked at least once every few milliseconds of work.
    fn cancelled(&self) -> bool {
        false
    }
}

/// Watches nothing and never stops.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "it never holds anything")]
pub struct NoControl;

impl Control for NoControl {}

impl Control for AtomicBool {
    fn cancelled(&self) -> bool {
        self.load(Ordering::Relaxed)
    }
}

/// Tells what long work just did.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// The work is known: so many files with so many bytes in all.
    Started {
        /// The number of files.
        files: u64,
        /// The number of bytes in all files.
        bytes: u64,
    },
    /// Bytes were read. `done` only grows.
    Progress {
        /// The number of bytes read so far in all files.
        done: u64,
        /// The number of bytes in all files.
        total: u64,
    },
    /// A file was hashed.
    FileDone {
        /// The file.
        path: &'a EntryPath,
        /// Its digest.
        digest: &'a Digest,
    },
    /// All files were hashed.
    Finished,
}
