use std::cmp::Ordering;
use std::fmt;
use std::io::Write as _;

use thiserror::Error;

use crate::escape::Terminal;
use crate::{EntryPath, ParseEntryPathError};

/// The longest text of a shard after a path: two colons and two numbers of 20 digits.
const MAX_SUFFIX: usize = 42;

/// Bounds a piece of a file: the bytes from `start` up to and without `end`.
///
/// It has at least one byte. Its text is `start:end`.
///
/// ```
/// use modelward_artifact::Shard;
///
/// let shard = Shard::new(16, 32)?;
/// assert_eq!((shard.size(), shard.to_string()), (16, "16:32".to_owned()));
/// assert_eq!(Shard::new(16, 16).unwrap_err().code(), "artifact.resource.empty_shard");
/// # Ok::<(), modelward_artifact::ResourceNameError>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Shard {
    start: u64,
    end: u64,
}

impl Shard {
    /// Bounds a piece of a file.
    ///
    /// # Errors
    ///
    /// [`ResourceNameError::EmptyShard`] where `end` is not beyond `start`.
    pub const fn new(start: u64, end: u64) -> Result<Self, ResourceNameError> {
        if start < end {
            Ok(Self { start, end })
        } else {
            Err(ResourceNameError::EmptyShard { start, end })
        }
    }

    /// Returns the position of the first byte.
    #[must_use]
    pub const fn start(self) -> u64 {
        self.start
    }

    /// Returns the position after the last byte.
    #[must_use]
    pub const fn end(self) -> u64 {
        self.end
    }

    /// Returns the number of bytes, at least 1.
    #[must_use]
    pub const fn size(self) -> u64 {
        self.end - self.start
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.start, self.end)
    }
}

/// Names what one digest is of: a whole file, or a shard of one.
///
/// - Its text is `path` or `path:start:end` (OMS v1.0, section 5.2).
/// - Order is that of the text by Unicode code points (OMS v1.0, section 5.2.1), so that
///   `f:112:128` stands before `f:16:32`.
/// - Two shards never have the same text, nor two files. A file whose own name ends as a shard's
///   text does has the text of that shard; it stands after the shard and is not equal to it.
///
/// ```
/// use modelward_artifact::{ResourceName, Shard};
///
/// let file = ResourceName::file("weights.bin".parse()?);
/// let shard = ResourceName::shard_of("weights.bin".parse()?, Shard::new(0, 64)?);
/// assert_eq!(shard.to_string(), "weights.bin:0:64");
/// assert_eq!(ResourceName::parse_shard("weights.bin:0:64")?, shard);
/// assert!(file < shard);
///
/// let refused = ResourceName::parse_shard("weights.bin:0:064").unwrap_err();
/// assert_eq!(refused.to_string(), "shard has the bound `064`, expected a plain decimal number");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct ResourceName {
    path: EntryPath,
    shard: Option<Shard>,
}

impl ResourceName {
    /// Names a whole file.
    #[must_use]
    pub const fn file(path: EntryPath) -> Self {
        Self { path, shard: None }
    }

    /// Names a piece of a file.
    #[must_use]
    pub const fn shard_of(path: EntryPath, shard: Shard) -> Self {
        Self {
            path,
            shard: Some(shard),
        }
    }

    /// Reads the text of a shard: the last two parts between colons are its bounds.
    ///
    /// The path may have colons itself.
    ///
    /// # Errors
    ///
    /// [`ResourceNameError`] where there are no bounds, a bound is not decimal without sign or
    /// leading zeros, the shard has no bytes, or the path is no [`EntryPath`].
    pub fn parse_shard(text: &str) -> Result<Self, ResourceNameError> {
        let mut parts = text.rsplitn(3, ':');
        let (Some(end), Some(start), Some(path)) = (parts.next(), parts.next(), parts.next())
        else {
            return Err(ResourceNameError::MissingShard);
        };
        let shard = Shard::new(bound(start)?, bound(end)?)?;
        let path = path
            .parse()
            .map_err(|source| ResourceNameError::Path { source })?;
        Ok(Self::shard_of(path, shard))
    }

    /// Returns the path of the file.
    #[must_use]
    pub const fn path(&self) -> &EntryPath {
        &self.path
    }

    /// Returns the piece of the file, or `None` where it is the whole file.
    #[must_use]
    pub const fn shard(&self) -> Option<Shard> {
        self.shard
    }

    /// Orders this name's text beside a path with one more character after it.
    pub(crate) fn cmp_text(&self, path: &str, after: u8) -> Ordering {
        let suffix = Suffix::of(self.shard);
        let own = self.path.as_str().bytes().chain(suffix.bytes());
        own.cmp(path.bytes().chain([after]))
    }
}

impl PartialOrd for ResourceName {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ResourceName {
    fn cmp(&self, other: &Self) -> Ordering {
        let (a, b) = (self.path.as_str(), other.path.as_str());
        // The suffixes count only where one path is the beginning of the other.
        if (self.shard, other.shard) == (None, None) || !(a.starts_with(b) || b.starts_with(a)) {
            return a.cmp(b);
        }
        let suffixes = [Suffix::of(self.shard), Suffix::of(other.shard)];
        let texts = a.bytes().chain(suffixes[0].bytes());
        texts
            .cmp(b.bytes().chain(suffixes[1].bytes()))
            .then_with(|| a.cmp(b))
    }
}

impl fmt::Display for ResourceName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.shard {
            Some(shard) => write!(f, "{}:{shard}", self.path),
            None => write!(f, "{}", self.path),
        }
    }
}

/// Says why something does not name a shard.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ResourceNameError {
    /// A bound is not decimal, has a sign or leading zeros, or is beyond 2^64 - 1.
    #[error(
        "shard has the bound `{}`, expected a plain decimal number",
        Terminal(found)
    )]
    Bound {
        /// The bound.
        found: String,
    },
    /// The shard has no bytes.
    #[error("shard {start}:{end} has no bytes, expected an end beyond its start")]
    EmptyShard {
        /// The position of its first byte.
        start: u64,
        /// The position after its last byte.
        end: u64,
    },
    /// There are not two bounds after the path.
    #[error("resource name has no shard, expected `path:start:end`")]
    MissingShard,
    /// The path is not one inside of a model.
    #[error("resource name has no path inside of a model")]
    Path {
        /// What is wrong with it.
        source: ParseEntryPathError,
    },
}

impl ResourceNameError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Bound { .. } => "artifact.resource.bound",
            Self::EmptyShard { .. } => "artifact.resource.empty_shard",
            Self::MissingShard => "artifact.resource.missing_shard",
            Self::Path { source } => source.code(),
        }
    }
}

/// Holds what stands after the path in a resource's text, so that comparing need not allocate.
struct Suffix {
    text: [u8; MAX_SUFFIX],
    len: usize,
}

impl Suffix {
    fn of(shard: Option<Shard>) -> Self {
        let mut text = [0; MAX_SUFFIX];
        let mut rest = &mut text[..];
        if let Some(shard) = shard {
            write!(rest, ":{shard}").expect("MAX_SUFFIX has room for the longest shard");
        }
        let len = MAX_SUFFIX - rest.len();
        Self { text, len }
    }

    fn bytes(&self) -> impl Iterator<Item = u8> {
        self.text[..self.len].iter().copied()
    }
}

fn bound(text: &str) -> Result<u64, ResourceNameError> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    let padded = text.len() > 1 && text.starts_with('0');
    let number = if plain && !padded {
        text.parse().ok()
    } else {
        None
    };
    number.ok_or_else(|| ResourceNameError::Bound {
        found: text.to_owned(),
    })
}
