use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher as StdHasher};
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use subtle::ConstantTimeEq as _;
use thiserror::Error;

use crate::{DigestAlgorithm, Hasher};

/// The longest digest of any algorithm, in bytes.
const MAX_LEN: usize = 64;

/// Holds the digest of some bytes and the algorithm that made it.
///
/// - Its text is `sha256:` and 64 lowercase hexadecimal digits.
/// - Bare hexadecimal is read as the SHA-2 of that length: 64 digits are SHA-256, 96 are SHA-384,
///   128 are SHA-512. Digests of the other algorithms need their prefix.
/// - Uppercase digits and blanks are refused: two spellings of one digest would compare unequal
///   elsewhere.
/// - Equality takes the same time wherever two digests differ.
///
/// ```
/// use modelward_artifact::Digest;
///
/// let digest = Digest::sha256(b"abc");
/// assert_eq!(
///     digest.to_string(),
///     "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
/// );
/// assert_eq!(digest.to_hex().parse::<Digest>()?, digest);
///
/// let refused = "sha256:BA78".parse::<Digest>().unwrap_err();
/// assert_eq!(refused.to_string(), "expected 64 hexadecimal digits in digest, found 4");
/// # Ok::<(), modelward_artifact::ParseDigestError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Digest {
    algorithm: DigestAlgorithm,
    bytes: [u8; MAX_LEN],
}

impl Digest {
    /// Returns the digest of `data`.
    #[must_use]
    pub fn of(algorithm: DigestAlgorithm, data: &[u8]) -> Self {
        let mut hasher = Hasher::new(algorithm);
        hasher.update(data);
        hasher.finish()
    }

    /// Returns the SHA-256 digest of `data`.
    #[must_use]
    pub fn sha256(data: &[u8]) -> Self {
        Self::of(DigestAlgorithm::Sha256, data)
    }

    /// Takes the raw bytes of a digest that was computed elsewhere.
    ///
    /// # Errors
    ///
    /// [`ParseDigestError::Length`] where `bytes` has not the length of `algorithm`.
    pub fn from_bytes(algorithm: DigestAlgorithm, bytes: &[u8]) -> Result<Self, ParseDigestError> {
        let expected = algorithm.digest_len();
        if bytes.len() != expected {
            return Err(ParseDigestError::Length {
                expected: expected * 2,
                found: bytes.len() * 2,
            });
        }
        let mut padded = [0; MAX_LEN];
        padded[..expected].copy_from_slice(bytes);
        Ok(Self {
            algorithm,
            bytes: padded,
        })
    }

    /// Reads lowercase hexadecimal without a prefix.
    ///
    /// # Errors
    ///
    /// [`ParseDigestError::Length`] or [`ParseDigestError::Digit`].
    pub fn from_hex(algorithm: DigestAlgorithm, hex: &str) -> Result<Self, ParseDigestError> {
        let expected = algorithm.digest_len() * 2;
        if hex.len() != expected {
            return Err(ParseDigestError::Length {
                expected,
                found: hex.len(),
            });
        }
        let mut bytes = [0; MAX_LEN];
        for (index, pair) in hex.as_bytes().chunks_exact(2).enumerate() {
            let high = nibble(pair[0]).ok_or(ParseDigestError::Digit { at: index * 2 })?;
            let low = nibble(pair[1]).ok_or(ParseDigestError::Digit { at: index * 2 + 1 })?;
            bytes[index] = high << 4 | low;
        }
        Ok(Self { algorithm, bytes })
    }

    /// Returns the algorithm.
    #[must_use]
    pub const fn algorithm(&self) -> DigestAlgorithm {
        self.algorithm
    }

    /// Returns the raw bytes, as many as [`DigestAlgorithm::digest_len`] says.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.algorithm.digest_len()]
    }

    /// Returns lowercase hexadecimal without a prefix.
    #[must_use]
    pub fn to_hex(&self) -> String {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut hex = String::with_capacity(2 * self.as_bytes().len());
        for byte in self.as_bytes() {
            hex.push(char::from(DIGITS[usize::from(byte >> 4)]));
            hex.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
        hex
    }
}

impl PartialEq for Digest {
    fn eq(&self, other: &Self) -> bool {
        self.algorithm == other.algorithm && bool::from(self.bytes.ct_eq(&other.bytes))
    }
}

impl Eq for Digest {}

impl PartialOrd for Digest {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Orders by algorithm, then by bytes. Ordering does not run in constant time.
impl Ord for Digest {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.algorithm, self.as_bytes()).cmp(&(other.algorithm, other.as_bytes()))
    }
}

impl Hash for Digest {
    fn hash<H: StdHasher>(&self, state: &mut H) {
        self.algorithm.hash(state);
        self.as_bytes().hash(state);
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.algorithm, self.to_hex())
    }
}

impl FromStr for Digest {
    type Err = ParseDigestError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let Some((name, hex)) = text.split_once(':') else {
            return Self::from_hex(sha2_of(text.len()), text);
        };
        let algorithm = name.parse().map_err(|_| ParseDigestError::Algorithm)?;
        Self::from_hex(algorithm, hex)
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'_, str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// Says why a text is not a digest.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ParseDigestError {
    /// The part before the colon names no known algorithm.
    #[error("unknown digest algorithm, expected blake2b, blake3, sha256, sha384 or sha512")]
    Algorithm,
    /// A character is not one of `0-9a-f`.
    #[error("expected a lowercase hexadecimal digit at position {at} of digest")]
    Digit {
        /// The position of the character, counted in bytes from 0 after the prefix.
        at: usize,
    },
    /// There are too few or too many digits.
    #[error("expected {expected} hexadecimal digits in digest, found {found}")]
    Length {
        /// How many digits the algorithm has.
        expected: usize,
        /// How many there are.
        found: usize,
    },
}

impl ParseDigestError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Algorithm => "artifact.digest.algorithm",
            Self::Digit { .. } => "artifact.digest.digit",
            Self::Length { .. } => "artifact.digest.length",
        }
    }
}

/// Returns the SHA-2 whose digest has so many hexadecimal digits; SHA-256 where none has.
const fn sha2_of(digits: usize) -> DigestAlgorithm {
    match digits {
        96 => DigestAlgorithm::Sha384,
        128 => DigestAlgorithm::Sha512,
        _ => DigestAlgorithm::Sha256,
    }
}

const fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}
