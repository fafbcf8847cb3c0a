use crate::csv::Delimiter;

/// Limits what is read of a table, and says what stands between its cells if the table shall not.
///
/// By default a table has at most 16 MiB, 20,000 rows and 256 KiB in a cell.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct CsvOptions {
    delimiter: Option<Delimiter>,
    max_bytes: usize,
    max_rows: usize,
    max_cell_bytes: usize,
}

impl CsvOptions {
    /// Sets what stands between cells, instead of finding it in the header row.
    #[must_use]
    pub const fn delimited_by(mut self, delimiter: Delimiter) -> Self {
        self.delimiter = Some(delimiter);
        self
    }

    /// Sets the size of the table in bytes.
    #[must_use]
    pub const fn with_max_bytes(mut self, max_bytes: usize) -> Self {
        self.max_bytes = max_bytes;
        self
    }

    /// Sets how many rows there may be below the header row, blank ones counted.
    #[must_use]
    pub const fn with_max_rows(mut self, max_rows: usize) -> Self {
        self.max_rows = max_rows;
        self
    }

    /// Sets how many bytes of text a cell may have.
    #[must_use]
    pub const fn with_max_cell_bytes(mut self, max_cell_bytes: usize) -> Self {
        self.max_cell_bytes = max_cell_bytes;
        self
    }

    /// Returns what stands between cells; `None` where the header row shall tell.
    #[must_use]
    pub const fn delimiter(&self) -> Option<Delimiter> {
        self.delimiter
    }

    /// Returns the largest size in bytes.
    #[must_use]
    pub const fn max_bytes(&self) -> usize {
        self.max_bytes
    }

    /// Returns the largest number of rows below the header row.
    #[must_use]
    pub const fn max_rows(&self) -> usize {
        self.max_rows
    }

    /// Returns the largest size of a cell's text in bytes.
    #[must_use]
    pub const fn max_cell_bytes(&self) -> usize {
        self.max_cell_bytes
    }
}

impl Default for CsvOptions {
    fn default() -> Self {
        Self {
            delimiter: None,
            max_bytes: 16 << 20,
            max_rows: 20_000,
            max_cell_bytes: 256 << 10,
        }
    }
}
