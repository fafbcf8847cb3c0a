use std::fmt;

use serde::{Serialize, Serializer};

/// Says where in a file something stands.
///
/// Its `Display` is for people and is not escaped: a member's name is as the archive has it.
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

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole => f.write_str("whole file"),
            Self::Byte(offset) => write!(f, "byte {offset}"),
            Self::Line(line) => write!(f, "line {line}"),
            Self::Pointer(pointer) => write!(f, "#{pointer}"),
            Self::Member { name, inner } => write!(f, "{name}, {inner}"),
        }
    }
}

impl Serialize for Location {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
