use std::borrow::Borrow;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use thiserror::Error;

/// The longest path, in bytes: what Linux allows (`PATH_MAX`).
const MAX_LEN: usize = 4096;

/// Names a file inside a model, relative to the model's root.
///
/// - UTF-8, segments separated by `/`.
/// - No empty segment, so neither a leading, a trailing nor a double `/`.
/// - No `.` and no `..` segment, no drive such as `C:`.
/// - No backslash and no NUL: a backslash separates on one platform and not on another.
/// - At most 4096 bytes.
///
/// What is outside of these is refused and never normalised: two texts are the same file only if
/// they are equal. Order is that of Unicode code points, which OMS v1.0, section 5.2.1, asks for.
///
/// ```
/// use modelward_artifact::EntryPath;
///
/// let path: EntryPath = "onnx/model.onnx".parse()?;
/// assert_eq!(path.file_name(), "model.onnx");
///
/// let refused = "../secrets".parse::<EntryPath>().unwrap_err();
/// assert_eq!(refused.to_string(), "path has a `..` segment");
/// # Ok::<(), modelward_artifact::ParseEntryPathError>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct EntryPath(Box<str>);

impl EntryPath {
    /// Takes a relative file-system path.
    ///
    /// # Errors
    ///
    /// [`ParseEntryPathError::Encoding`] where the path is not UTF-8, and all that parsing refuses.
    pub fn from_relative(path: &Path) -> Result<Self, ParseEntryPathError> {
        let text = path.to_str().ok_or(ParseEntryPathError::Encoding)?;
        if std::path::MAIN_SEPARATOR == '/' {
            text.parse()
        } else {
            text.replace(std::path::MAIN_SEPARATOR, "/").parse()
        }
    }

    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the segments from the root down.
    pub fn segments(&self) -> impl Iterator<Item = &str> {
        self.0.split('/')
    }

    /// Returns the directories below the root that it lies in, from the root down.
    pub(crate) fn directories(&self) -> impl Iterator<Item = &str> {
        self.0.match_indices('/').map(|(end, _)| &self.0[..end])
    }

    /// Returns the last segment.
    #[must_use]
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// Returns the text after the last dot of the file name, unless the name starts with that dot.
    #[must_use]
    pub fn extension(&self) -> Option<&str> {
        match self.file_name().rsplit_once('.') {
            Some(("", _)) | None => None,
            Some((_, extension)) => Some(extension),
        }
    }

    /// Tells whether this path is `ancestor` or lies below it, by whole segments.
    #[must_use]
    pub fn is_within(&self, ancestor: &Self) -> bool {
        self.0
            .strip_prefix(&*ancestor.0)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// Returns the file-system path of this entry below `root`.
    #[must_use]
    pub fn below(&self, root: &Path) -> PathBuf {
        let mut path = root.to_path_buf();
        path.extend(self.segments());
        path
    }
}

impl AsRef<str> for EntryPath {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for EntryPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EntryPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for EntryPath {
    type Err = ParseEntryPathError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        check(text)?;
        Ok(Self(text.into()))
    }
}

impl TryFrom<String> for EntryPath {
    type Error = ParseEntryPathError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        check(&text)?;
        Ok(Self(text.into_boxed_str()))
    }
}

impl<'de> Deserialize<'de> for EntryPath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.try_into().map_err(D::Error::custom)
    }
}

/// Says why a text is not an [`EntryPath`].
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ParseEntryPathError {
    /// It starts with `/`.
    #[error("path is absolute, expected a relative path")]
    Absolute,
    /// It has a backslash.
    #[error("path has a backslash, expected `/` between segments")]
    Backslash,
    /// It starts with a drive such as `C:`.
    #[error("path starts with a drive")]
    Drive,
    /// It is empty or has an empty segment.
    #[error("path has an empty segment")]
    EmptySegment,
    /// It is not UTF-8.
    #[error("path is not UTF-8")]
    Encoding,
    /// It has a NUL.
    #[error("path has a NUL character")]
    Nul,
    /// A segment is `.`.
    #[error("path has a `.` segment")]
    Current,
    /// A segment is `..`.
    #[error("path has a `..` segment")]
    Parent,
    /// It is longer than 4096 bytes.
    #[error("path has {found} bytes, expected at most {MAX_LEN}")]
    TooLong {
        /// Its length in bytes.
        found: usize,
    },
}

impl ParseEntryPathError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Absolute => "artifact.path.absolute",
            Self::Backslash => "artifact.path.backslash",
            Self::Current => "artifact.path.current",
            Self::Drive => "artifact.path.drive",
            Self::EmptySegment => "artifact.path.empty_segment",
            Self::Encoding => "artifact.path.encoding",
            Self::Nul => "artifact.path.nul",
            Self::Parent => "artifact.path.parent",
            Self::TooLong { .. } => "artifact.path.too_long",
        }
    }
}

fn check(text: &str) -> Result<(), ParseEntryPathError> {
    let bytes = text.as_bytes();
    if bytes.len() > MAX_LEN {
        return Err(ParseEntryPathError::TooLong { found: bytes.len() });
    }
    if bytes.first() == Some(&b'/') {
        return Err(ParseEntryPathError::Absolute);
    }
    if bytes.contains(&0) {
        return Err(ParseEntryPathError::Nul);
    }
    if bytes.contains(&b'\\') {
        return Err(ParseEntryPathError::Backslash);
    }
    // `C:name` is relative to a drive's own directory on Windows, so the colon alone decides.
    if bytes.len() >= 2 && bytes[0].is_ascii_alphabetic() && bytes[1] == b':' {
        return Err(ParseEntryPathError::Drive);
    }
    text.split('/').try_for_each(|segment| match segment {
        "" => Err(ParseEntryPathError::EmptySegment),
        "." => Err(ParseEntryPathError::Current),
        ".." => Err(ParseEntryPathError::Parent),
        _ => Ok(()),
    })
}
