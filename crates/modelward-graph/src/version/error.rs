use modelward_artifact::escape::Terminal;
use thiserror::Error;

use crate::version::{Version, VersionRange, VersionScheme};

/// Says why a text is not a [`Version`].
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ParseVersionError {
    /// The scheme has no such version.
    #[error("`{}` is no version of {scheme}", Terminal(text))]
    NotOfScheme {
        /// The scheme.
        scheme: VersionScheme,
        /// The text.
        text: Box<str>,
    },
    /// It is longer than 512 bytes.
    #[error("version has {found} bytes, expected at most {}", Version::MAX_LEN)]
    TooLong {
        /// Its length in bytes.
        found: usize,
    },
}

impl ParseVersionError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotOfScheme { scheme, .. } => match scheme {
                VersionScheme::Debian => "graph.version.debian",
                VersionScheme::Pep440 => "graph.version.pep440",
                VersionScheme::Semver => "graph.version.semver",
            },
            Self::TooLong { .. } => "graph.version.too_long",
        }
    }
}

/// Says why a text is not a [`VersionRange`].
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ParseVersionRangeError {
    /// Two constraints with different comparators have one version.
    #[error("version range names `{}` twice", Terminal(version))]
    Contradiction {
        /// The version.
        version: Box<str>,
    },
    /// A constraint is empty: the list is, or a `|` has nothing beside it.
    #[error("version range has an empty constraint")]
    Empty,
    /// A percent sign is not followed by two hexadecimal digits, or the bytes are not UTF-8.
    #[error("version range has a malformed escape")]
    Escape,
    /// It is not `vers:`, a type, a `/` and constraints.
    #[error("version range is not of the form vers:TYPE/CONSTRAINTS")]
    Form,
    /// It is longer than 65536 bytes.
    #[error(
        "version range has {found} bytes, expected at most {}",
        VersionRange::MAX_LEN
    )]
    TooLong {
        /// Its length in bytes.
        found: usize,
    },
    /// The order of this type's versions is not known here.
    #[error("the order of versions of `{}` is not known", Terminal(name))]
    UnknownType {
        /// The type.
        name: Box<str>,
    },
    /// A version is none of the type's scheme.
    #[error(transparent)]
    Version(#[from] ParseVersionError),
}

impl ParseVersionRangeError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Contradiction { .. } => "graph.version_range.contradiction",
            Self::Empty => "graph.version_range.empty",
            Self::Escape => "graph.version_range.escape",
            Self::Form => "graph.version_range.form",
            Self::TooLong { .. } => "graph.version_range.too_long",
            Self::UnknownType { .. } => "graph.version_range.unknown_type",
            Self::Version(error) => error.code(),
        }
    }
}
