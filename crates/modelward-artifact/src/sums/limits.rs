/// Bounds what is read from a list of checksums.
///
/// ```
/// use modelward_artifact::SumsLimits;
///
/// let limits = SumsLimits::default().with_max_lines(1000);
/// assert_eq!(limits.max_lines(), 1000);
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct SumsLimits {
    max_bytes: usize,
    max_lines: usize,
    max_line_bytes: usize,
}

impl SumsLimits {
    /// Sets the size of the list in bytes.
    #[must_use]
    pub const fn with_max_bytes(mut self, max_bytes: usize) -> Self {
        self.max_bytes = max_bytes;
        self
    }

    /// Sets how many lines there may be, comments and empty lines among them.
    #[must_use]
    pub const fn with_max_lines(mut self, max_lines: usize) -> Self {
        self.max_lines = max_lines;
        self
    }

    /// Sets the length of a line in bytes without its line feed.
    #[must_use]
    pub const fn with_max_line_bytes(mut self, max_line_bytes: usize) -> Self {
        self.max_line_bytes = max_line_bytes;
        self
    }

    /// Returns the largest list in bytes.
    #[must_use]
    pub const fn max_bytes(&self) -> usize {
        self.max_bytes
    }

    /// Returns the largest number of lines.
    #[must_use]
    pub const fn max_lines(&self) -> usize {
        self.max_lines
    }

    /// Returns the longest line in bytes without its line feed.
    #[must_use]
    pub const fn max_line_bytes(&self) -> usize {
        self.max_line_bytes
    }
}

/// 64 MiB, 1,000,000 lines, 16 KiB a line: the longest path takes 8 KiB if every byte is escaped.
impl Default for SumsLimits {
    fn default() -> Self {
        Self {
            max_bytes: 64 << 20,
            max_lines: 1_000_000,
            max_line_bytes: 16 << 10,
        }
    }
}
