use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

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

/// Tells a [`Control`] how far the work is, not more often than it can take.
pub(crate) struct Meter {
    told: Instant,
}

impl Meter {
    /// The shortest time between two events.
    const EVERY: Duration = Duration::from_millis(50);

    pub(crate) fn new() -> Self {
        Self {
            told: Instant::now(),
        }
    }

    pub(crate) fn tell(&mut self, control: &dyn Control, done: u64, total: u64) {
        if self.told.elapsed() >= Self::EVERY {
            self.told = Instant::now();
            control.on_event(&Event::Progress { done, total });
        }
    }
}

/// Tells what long work just did.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// All files were hashed.
    Finished,
    /// A file or a shard of it was hashed.
    Hashed {
        /// The file.
        path: &'a EntryPath,
        /// The bytes of the file that were hashed, all of them unless it is a shard.
        range: Range<u64>,
        /// Their digest, by the first algorithm where there are several.
        digest: &'a Digest,
    },
    /// Bytes were read. `done` only grows.
    Progress {
        /// The number of bytes read so far in all files.
        done: u64,
        /// The number of bytes in all files.
        total: u64,
    },
    /// The work is known: so many files with so many bytes in all.
    Started {
        /// The number of files.
        files: u64,
        /// The number of bytes in all files.
        bytes: u64,
    },
}
