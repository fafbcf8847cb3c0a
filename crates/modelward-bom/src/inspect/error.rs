use std::error::Error as StdError;
use std::io;

use modelward_artifact::escape::Terminal;
use modelward_artifact::json::JsonError;
use thiserror::Error;

use crate::inspect::Location;

/// Says why a file could not be read as its format, with the place.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum InspectError {
    /// Something nests deeper than is allowed.
    #[error("{what} nests deeper than {limit} levels at {at}")]
    Depth {
        /// What nests.
        what: &'static str,
        /// The place.
        at: Location,
        /// The limit.
        limit: usize,
    },
    /// The operating system refused.
    #[error("the file cannot be read")]
    Io {
        /// What the operating system said.
        source: io::Error,
    },
    /// A JSON text is not the strict JSON that it should be.
    #[error("{what} is not the expected json")]
    Json {
        /// What should be JSON.
        what: &'static str,
        /// What is wrong, with the line and column.
        source: JsonError,
    },
    /// Something is not as the format has it.
    #[error("{what} at {at} is {}, expected {expected}", Terminal(found))]
    Malformed {
        /// What is wrong.
        what: &'static str,
        /// The place.
        at: Location,
        /// What was found.
        found: String,
        /// What the format has there.
        expected: &'static str,
    },
    /// A parser that others wrote refuses the text.
    #[error("{what} is malformed")]
    Parse {
        /// What is wrong.
        what: &'static str,
        /// What the parser says.
        source: Box<dyn StdError + Send + Sync>,
    },
    /// Something is larger or there is more of it than is allowed.
    #[error("{what} at {at} is {found}, allowed are {limit}")]
    TooLarge {
        /// What is too large.
        what: &'static str,
        /// The place.
        at: Location,
        /// What was found or stated.
        found: u64,
        /// The limit.
        limit: u64,
    },
    /// The file ends before something that it announces.
    #[error("{what} at {at} needs {needed} bytes, the file has {available} there")]
    Truncated {
        /// What is cut off.
        what: &'static str,
        /// The place.
        at: Location,
        /// How many bytes it takes.
        needed: u64,
        /// How many there are.
        available: u64,
    },
    /// The file is of a version or kind of its format that is not read.
    #[error("{what} at {at} is {}, which is not read", Terminal(found))]
    Unsupported {
        /// What is not read.
        what: &'static str,
        /// The place.
        at: Location,
        /// What was found.
        found: String,
    },
}

impl InspectError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Depth { .. } => "bom.inspect.depth",
            Self::Io { .. } => "bom.inspect.io",
            Self::Json { source, .. } => source.code(),
            Self::Malformed { .. } => "bom.inspect.malformed",
            Self::Parse { .. } => "bom.inspect.parse",
            Self::TooLarge { .. } => "bom.inspect.too_large",
            Self::Truncated { .. } => "bom.inspect.truncated",
            Self::Unsupported { .. } => "bom.inspect.unsupported",
        }
    }
}
