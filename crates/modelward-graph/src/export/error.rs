use std::io;

use thiserror::Error;

/// Says why a table was not written to its end.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The writer failed.
    #[error("cannot write the table")]
    Write(#[from] io::Error),
}

impl ExportError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Write(_) => "graph.export.write",
        }
    }
}
