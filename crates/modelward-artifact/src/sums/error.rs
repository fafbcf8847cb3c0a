use thiserror::Error;

use crate::error::shown_entry;
use crate::escape::Terminal;
use crate::{EntryPath, ParseDigestError, ParseEntryPathError};

/// Says why a list of checksums could not be read or written. Lines are counted from 1.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum SumsError {
    /// A line is of another algorithm than the list.
    #[error(
        "line {line} has the algorithm `{}`, expected `{expected}`",
        Terminal(found)
    )]
    Algorithm {
        /// The line.
        line: usize,
        /// The algorithm's name in lists, such as `SHA256`.
        expected: &'static str,
        /// The algorithm found.
        found: String,
    },
    /// A line has a digest that is not one of the algorithm.
    #[error("line {line} has a malformed digest")]
    Digest {
        /// The line.
        line: usize,
        /// What is wrong with it.
        source: ParseDigestError,
    },
    /// A path stands twice.
    #[error(
        "line {line} has the path `{}` again, as line {first}",
        shown_entry(path)
    )]
    Duplicate {
        /// The line.
        line: usize,
        /// The line that has the path first.
        first: usize,
        /// The path.
        path: EntryPath,
    },
    /// No line names a file.
    #[error("list of checksums has no files")]
    Empty,
    /// A line is not UTF-8.
    #[error("line {line} is not UTF-8")]
    Encoding {
        /// The line.
        line: usize,
    },
    /// An escaped path has a backslash before another letter than `n`, `r` or a backslash.
    #[error("line {line} has an unknown escape, expected `\\n`, `\\r` or `\\\\`")]
    Escape {
        /// The line.
        line: usize,
    },
    /// A line is too long.
    #[error("line {line} is longer than {limit} bytes")]
    LineTooLong {
        /// The line.
        line: usize,
        /// The limit.
        limit: usize,
    },
    /// A line is of neither format.
    #[error("line {line} is neither `<digest>  <path>` nor `<algorithm> (<path>) = <digest>`")]
    Malformed {
        /// The line.
        line: usize,
    },
    /// A line's path could point outside of the model.
    #[error("line {line} has a name that is no path inside of a model")]
    Path {
        /// The line.
        line: usize,
        /// What is wrong with it.
        source: ParseEntryPathError,
    },
    /// The manifest has shards, which lists of checksums do not know.
    #[error("manifest of shards has no list of checksums")]
    Sharded,
    /// A line is of standard input, which is no file.
    #[error("line {line} is of standard input, not of a file")]
    StandardInput {
        /// The line.
        line: usize,
    },
    /// The list is too large.
    #[error("list of checksums is larger than {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: usize,
    },
    /// There are too many lines.
    #[error("list of checksums has more than {limit} lines")]
    TooMany {
        /// The limit.
        limit: usize,
    },
}

impl SumsError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Algorithm { .. } => "artifact.sums.algorithm",
            Self::Digest { .. } => "artifact.sums.digest",
            Self::Duplicate { .. } => "artifact.sums.duplicate",
            Self::Empty => "artifact.sums.empty",
            Self::Encoding { .. } => "artifact.sums.encoding",
            Self::Escape { .. } => "artifact.sums.escape",
            Self::LineTooLong { .. } => "artifact.sums.line_too_long",
            Self::Malformed { .. } => "artifact.sums.malformed",
            Self::Path { .. } => "artifact.sums.path",
            Self::Sharded => "artifact.sums.sharded",
            Self::StandardInput { .. } => "artifact.sums.standard_input",
            Self::TooLarge { .. } => "artifact.sums.too_large",
            Self::TooMany { .. } => "artifact.sums.too_many",
        }
    }

    /// Returns the number of the line at fault, if it is one line.
    #[must_use]
    pub const fn line(&self) -> Option<usize> {
        match self {
            Self::Algorithm { line, .. }
            | Self::Digest { line, .. }
            | Self::Duplicate { line, .. }
            | Self::Encoding { line }
            | Self::Escape { line }
            | Self::LineTooLong { line, .. }
            | Self::Malformed { line }
            | Self::Path { line, .. }
            | Self::StandardInput { line } => Some(*line),
            Self::Empty | Self::Sharded | Self::TooLarge { .. } | Self::TooMany { .. } => None,
        }
    }
}
