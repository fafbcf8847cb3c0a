mod convert;

use std::fmt;
use std::str::FromStr;

use modelward_artifact::escape::Terminal;
use thiserror::Error;

pub(crate) use self::convert::schema_address;
pub use self::convert::{ConvertError, Converted};

/// Names a version of the CycloneDX specification.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum SpecVersion {
    /// CycloneDX 1.2, which is read and not written.
    V1_2,
    /// CycloneDX 1.3, which is read and not written.
    V1_3,
    /// CycloneDX 1.4, which is read and not written.
    V1_4,
    /// CycloneDX 1.5, the first with model cards.
    V1_5,
    /// CycloneDX 1.6, which is ECMA-424 and is written unless another is asked for.
    #[default]
    V1_6,
    /// CycloneDX 1.7, the first with citations.
    V1_7,
}

impl SpecVersion {
    /// Lists the versions that are read.
    pub const ALL: [Self; 6] = [
        Self::V1_2,
        Self::V1_3,
        Self::V1_4,
        Self::V1_5,
        Self::V1_6,
        Self::V1_7,
    ];

    /// Lists the versions that are written.
    pub const WRITTEN: [Self; 3] = [Self::V1_5, Self::V1_6, Self::V1_7];

    /// Returns the number as `specVersion` has it, such as `1.6`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::V1_2 => "1.2",
            Self::V1_3 => "1.3",
            Self::V1_4 => "1.4",
            Self::V1_5 => "1.5",
            Self::V1_6 => "1.6",
            Self::V1_7 => "1.7",
        }
    }
}

impl fmt::Display for SpecVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for SpecVersion {
    type Err = UnknownSpecVersion;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|version| version.name() == name);
        found.ok_or_else(|| UnknownSpecVersion {
            found: name.to_owned(),
        })
    }
}

/// Says that a version of CycloneDX is not known.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error(
    "`{}` is no version of CycloneDX that is read, expected 1.2 to 1.7",
    Terminal(found)
)]
pub struct UnknownSpecVersion {
    found: String,
}

impl UnknownSpecVersion {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "bom.version.unknown"
    }
}
