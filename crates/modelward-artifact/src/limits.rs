use std::path::PathBuf;

use crate::HashError;

/// Bounds what is read from a JSON text.
///
/// ```
/// use modelward_artifact::JsonLimits;
///
/// let limits = JsonLimits::default().with_max_bytes(1 << 20);
/// assert_eq!(limits.max_bytes(), 1 << 20);
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct JsonLimits {
    max_bytes: usize,
    max_depth: usize,
    max_members: usize,
    max_values: usize,
}

impl JsonLimits {
    /// Sets the size of the text in bytes.
    #[must_use]
    pub const fn with_max_bytes(mut self, max_bytes: usize) -> Self {
        self.max_bytes = max_bytes;
        self
    }

    /// Sets how deep arrays and objects may nest. More than 120 is treated as 120.
    #[must_use]
    pub const fn with_max_depth(mut self, max_depth: usize) -> Self {
        self.max_depth = if max_depth > 120 { 120 } else { max_depth };
        self
    }

    /// Sets how many members all objects together may have. An object counts as one more, for it
    /// takes as much memory and time as several members do, however few it has.
    #[must_use]
    pub const fn with_max_members(mut self, max_members: usize) -> Self {
        self.max_members = max_members;
        self
    }

    /// Sets how many values there may be: scalars, arrays and objects, each counted once. Members do
    /// not bound them, unless [`with_max_members`](Self::with_max_members) sets so afterwards.
    #[must_use]
    pub const fn with_max_values(mut self, max_values: usize) -> Self {
        self.max_values = max_values;
        self.max_members = max_values.saturating_mul(2);
        self
    }

    /// Returns the largest text in bytes.
    #[must_use]
    pub const fn max_bytes(&self) -> usize {
        self.max_bytes
    }

    /// Returns the deepest nesting.
    #[must_use]
    pub const fn max_depth(&self) -> usize {
        self.max_depth
    }

    /// Returns the largest number of members and objects.
    #[must_use]
    pub const fn max_members(&self) -> usize {
        self.max_members
    }

    /// Returns the largest number of values.
    #[must_use]
    pub const fn max_values(&self) -> usize {
        self.max_values
    }
}

/// 64 MiB, 64 levels, 800,000 values, 320,000 members and objects.
///
/// A member takes much more memory and time than the few bytes of its text.
impl Default for JsonLimits {
    fn default() -> Self {
        Self {
            max_bytes: 64 << 20,
            max_depth: 64,
            max_members: 320_000,
            max_values: 800_000,
        }
    }
}

/// Bounds what is walked in a model directory.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct WalkLimits {
    max_depth: usize,
    max_entries: usize,
    max_path_bytes: usize,
    max_total_bytes: u64,
}

impl WalkLimits {
    /// Sets how deep directories may nest.
    #[must_use]
    pub const fn with_max_depth(mut self, max_depth: usize) -> Self {
        self.max_depth = max_depth;
        self
    }

    /// Sets how many files and directories there may be.
    #[must_use]
    pub const fn with_max_entries(mut self, max_entries: usize) -> Self {
        self.max_entries = max_entries;
        self
    }

    /// Sets how many bytes a path below the model's root may have. More than 4096 cannot stand in an
    /// [`EntryPath`](crate::EntryPath) in any case.
    #[must_use]
    pub const fn with_max_path_bytes(mut self, max_path_bytes: usize) -> Self {
        self.max_path_bytes = max_path_bytes;
        self
    }

    /// Sets how many bytes all files together may have.
    ///
    /// A file of nothing but a hole takes no room on a disk and yet claims any size.
    #[must_use]
    pub const fn with_max_total_bytes(mut self, max_total_bytes: u64) -> Self {
        self.max_total_bytes = max_total_bytes;
        self
    }

    /// Returns the deepest nesting of directories.
    #[must_use]
    pub const fn max_depth(&self) -> usize {
        self.max_depth
    }

    /// Returns the largest number of files and directories.
    #[must_use]
    pub const fn max_entries(&self) -> usize {
        self.max_entries
    }

    /// Returns the longest path below the model's root in bytes.
    #[must_use]
    pub const fn max_path_bytes(&self) -> usize {
        self.max_path_bytes
    }

    /// Returns the largest size of all files together in bytes.
    #[must_use]
    pub const fn max_total_bytes(&self) -> u64 {
        self.max_total_bytes
    }

    /// Refuses the model at `path` where it has more files and directories.
    pub(crate) fn check_entries(
        &self,
        count: usize,
        path: impl FnOnce() -> PathBuf,
    ) -> Result<(), HashError> {
        let limit = self.max_entries;
        if count > limit {
            let path = path();
            return Err(HashError::TooMany { path, limit });
        }
        Ok(())
    }

    /// Refuses the file or directory at `path` where it has more segments or bytes below the root.
    pub(crate) fn check_path(
        &self,
        segments: usize,
        bytes: usize,
        path: impl FnOnce() -> PathBuf,
    ) -> Result<(), HashError> {
        if segments > self.max_depth {
            let (path, limit) = (path(), self.max_depth);
            return Err(HashError::TooDeep { path, limit });
        }
        if bytes > self.max_path_bytes {
            let (path, limit) = (path(), self.max_path_bytes);
            return Err(HashError::PathTooLong { path, limit });
        }
        Ok(())
    }

    /// Refuses the model at `path` where its files have more bytes together.
    pub(crate) fn check_total(
        &self,
        total: u64,
        path: impl FnOnce() -> PathBuf,
    ) -> Result<(), HashError> {
        let limit = self.max_total_bytes;
        if total > limit {
            let path = path();
            return Err(HashError::TooLarge { path, limit });
        }
        Ok(())
    }
}

/// 64 levels, 2,000,000 files and directories, 4096 bytes a path, 16 TiB in all files.
impl Default for WalkLimits {
    fn default() -> Self {
        Self {
            max_depth: 64,
            max_entries: 2_000_000,
            max_path_bytes: 4096,
            max_total_bytes: 16 << 40,
        }
    }
}
