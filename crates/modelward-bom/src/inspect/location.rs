use std::fmt;

use modelward_artifact::escape::Terminal;
use serde::{Serialize, Serializer};

/// Says where in a file something stands.
///
/// Its `Display` is safe to print on a terminal. Written as JSON, a member's name is as the archive has
/// it.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Location {
    /// The file as a whole, such as a number that was counted over all of it.
    Whole,
    /// An offset in bytes, counted from 0.
    Byte(u64),
    /// A line, counted from 1.
    Line(u64),
    /// A JSON pointer (RFC 6901).
    Pointer(String),
    /// A place inside a file of an archive.
    Member {
        /// The name of that file.
        name: String,
        /// The place inside.
        inner: Box<Self>,
    },
}

impl Location {
    /// Places this location inside a file of an archive.
    #[must_use]
    pub fn inside(self, member: impl Into<String>) -> Self {
        Self::Member {
            name: member.into(),
            inner: Box::new(self),
        }
    }
}

/// Shows the place so that names in it cannot act on a terminal.
impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Terminal(&self.plain()).fmt(f)
    }
}

impl Serialize for Location {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.plain())
    }
}

impl Location {
    /// Returns the place with names as they are.
    pub(crate) fn plain(&self) -> String {
        match self {
            Self::Whole => "whole file".to_owned(),
            Self::Byte(offset) => format!("byte {offset}"),
            Self::Line(line) => format!("line {line}"),
            Self::Pointer(pointer) => format!("#{pointer}"),
            Self::Member { name, inner } => format!("{name}, {}", inner.plain()),
        }
    }
}
