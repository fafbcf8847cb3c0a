use modelward_artifact::escape::Terminal;
use thiserror::Error;

use crate::license::LicenseExpression;

/// Says why a text is not a [`LicenseExpression`] or not one license.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ParseLicenseError {
    /// There is nothing but white space.
    #[error("license expression is empty")]
    Empty,
    /// It is not made as the SPDX specification (annex D) says.
    #[error("license expression is malformed at byte {at}")]
    Form {
        /// The place, in bytes from the beginning.
        at: usize,
    },
    /// The SPDX license list gave up the identifier, such as `GPL-3.0`.
    #[error("spdx gave up the license identifier `{}`", Terminal(id))]
    Retired {
        /// The identifier.
        id: Box<str>,
    },
    /// One license was asked for, and this is an expression of several.
    #[error("license expression names several licenses, expected one")]
    Several,
    /// It is longer than 4096 bytes.
    #[error(
        "license expression has {found} bytes, expected at most {}",
        LicenseExpression::MAX_LEN
    )]
    TooLong {
        /// Its length in bytes.
        found: usize,
    },
    /// It names more than 256 licenses.
    #[error(
        "license expression names {found} licenses, expected at most {}",
        LicenseExpression::MAX_LICENSES
    )]
    TooMany {
        /// Their number.
        found: usize,
    },
    /// A name is neither on the SPDX license list nor a reference.
    #[error("spdx has no license or exception `{}`", Terminal(name))]
    UnknownName {
        /// The name.
        name: Box<str>,
    },
}

impl ParseLicenseError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "graph.license.empty",
            Self::Form { .. } => "graph.license.form",
            Self::Retired { .. } => "graph.license.retired",
            Self::Several => "graph.license.several",
            Self::TooLong { .. } => "graph.license.too_long",
            Self::TooMany { .. } => "graph.license.too_many",
            Self::UnknownName { .. } => "graph.license.unknown_name",
        }
    }
}
