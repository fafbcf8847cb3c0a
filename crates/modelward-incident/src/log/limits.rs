/// Bounds what is appended to a log and read from it.
///
/// ```
/// use modelward_incident::log::LogLimits;
///
/// let limits = LogLimits::default().with_max_line_bytes(4096);
/// assert_eq!(limits.max_line_bytes(), 4096);
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct LogLimits {
    max_bytes: u64,
    max_line_bytes: usize,
}

impl LogLimits {
    /// Sets the size of the whole log in bytes.
    #[must_use]
    pub const fn with_max_bytes(mut self, max_bytes: u64) -> Self {
        self.max_bytes = max_bytes;
        self
    }

    /// Sets the length of a line in bytes, without its line break.
    #[must_use]
    pub const fn with_max_line_bytes(mut self, max_line_bytes: usize) -> Self {
        self.max_line_bytes = max_line_bytes;
        self
    }

    /// Returns the size of the largest log in bytes.
    #[must_use]
    pub const fn max_bytes(&self) -> u64 {
        self.max_bytes
    }

    /// Returns the length of the longest line in bytes, without its line break.
    #[must_use]
    pub const fn max_line_bytes(&self) -> usize {
        self.max_line_bytes
    }
}

/// 16 GiB, 1 MiB a line.
impl Default for LogLimits {
    fn default() -> Self {
        Self {
            max_bytes: 16 << 30,
            max_line_bytes: 1 << 20,
        }
    }
}
