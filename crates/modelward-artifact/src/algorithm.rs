use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// Names a hash function.
///
/// `blake2b`, `blake3` and `sha256` are the names of the OpenSSF Model Signing registry (OMS v1.0,
/// section 6.2), the others follow them.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum DigestAlgorithm {
    /// `BLAKE2b` with 64 bytes of output (RFC 7693).
    Blake2b,
    /// BLAKE3 with 32 bytes of output.
    Blake3,
    /// SHA-256 (FIPS 180-4), 32 bytes.
    Sha256,
    /// SHA-384 (FIPS 180-4), 48 bytes.
    Sha384,
    /// SHA-512 (FIPS 180-4), 64 bytes.
    Sha512,
}

impl DigestAlgorithm {
    /// Lists every algorithm.
    pub const ALL: [Self; 5] = [
        Self::Blake2b,
        Self::Blake3,
        Self::Sha256,
        Self::Sha384,
        Self::Sha512,
    ];

    /// Returns the registered name, such as `sha256`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Blake2b => "blake2b",
            Self::Blake3 => "blake3",
            Self::Sha256 => "sha256",
            Self::Sha384 => "sha384",
            Self::Sha512 => "sha512",
        }
    }

    /// Returns the length of a digest in bytes.
    #[must_use]
    pub const fn digest_len(self) -> usize {
        match self {
            Self::Blake3 | Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Blake2b | Self::Sha512 => 64,
        }
    }
}

/// SHA-256, which every tool that reads manifests knows.
impl Default for DigestAlgorithm {
    fn default() -> Self {
        Self::Sha256
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
#[error("unknown digest algorithm, expected blake2b, blake3, sha256, sha384 or sha512")]
#[non_exhaustive]
pub struct UnknownAlgorithm;

impl UnknownAlgorithm {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "artifact.algorithm.unknown"
    }
}
