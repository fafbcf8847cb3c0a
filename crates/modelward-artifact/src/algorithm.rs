use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// Names a hash function.
///
/// The names are those of the OpenSSF Model Signing registry (OMS v1.0, section 6.2).
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum DigestAlgorithm {
    /// SHA-256 (FIPS 180-4), 32 bytes.
    Sha256,
}

impl DigestAlgorithm {
    /// Lists every algorithm that this build knows.
    pub const ALL: [Self; 1] = [Self::Sha256];

    /// Returns the registered name, such as `sha256`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sha256 => "sha256",
        }
    }

    /// Returns the length of a digest in bytes.
    #[must_use]
    pub const fn digest_len(self) -> usize {
        match self {
            Self::Sha256 => 32,
        }
    }
}

impl fmt::Display for DigestAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for DigestAlgorithm {
    type Err = UnknownAlgorithm;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|algorithm| algorithm.name() == name)
            .ok_or(UnknownAlgorithm)
    }
}

/// Says that a hash function's name is not one that this build knows.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[error("unknown digest algorithm, expected sha256")]
#[non_exhaustive]
pub struct UnknownAlgorithm;

impl UnknownAlgorithm {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "artifact.digest.algorithm"
    }
}
