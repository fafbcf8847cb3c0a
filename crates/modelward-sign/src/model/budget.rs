use std::sync::atomic::{AtomicU64, Ordering};

use modelward_artifact::{EntryPath, Holding};

use crate::{LoadError, LoadMode, LoadOptions};

/// Counts the bytes of copies, so that they stay within a limit.
#[derive(Debug)]
pub(super) struct Budget {
    /// `None` where nothing is copied.
    limit: Option<u64>,
    taken: AtomicU64,
}

impl Budget {
    pub(super) fn of(options: &LoadOptions<'_>) -> Self {
        let copies = options.mode() != LoadMode::Streaming && options.holding() != Holding::Mapped;
        Self {
            limit: copies.then_some(options.max_bytes()),
            taken: AtomicU64::new(0),
        }
    }

    /// Takes the bytes of a file, before memory is asked for.
    pub(super) fn take(&self, path: &EntryPath, size: u64) -> Result<(), LoadError> {
        let Some(limit) = self.limit else {
            return Ok(());
        };
        let more = |taken: u64| taken.checked_add(size).filter(|taken| *taken <= limit);
        let taken = self
            .taken
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
        taken.map(drop).map_err(|_| LoadError::TooLarge {
            path: path.to_string(),
            size,
            limit,
        })
    }

    /// Gives back what was taken for a file that could not be held.
    pub(super) fn give_back(&self, size: u64) {
        if self.limit.is_some() {
            self.taken.fetch_sub(size, Ordering::Relaxed);
        }
    }
}
