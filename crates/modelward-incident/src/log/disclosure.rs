use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use modelward_artifact::json::JsonError;
use modelward_artifact::{Digest, DigestAlgorithm, Hasher};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use thiserror::Error;

use super::canonical;
use super::entry::Entry;

/// Names what a commitment stands for: 1 to 128 ASCII letters, digits, `-`, `.`, `/` and `_`.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct Field(Box<str>);

impl Field {
    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Field {
    type Err = DisclosureError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '/' | '_');
        if (1..=128).contains(&text.len()) && text.chars().all(plain) {
            Ok(Self(text.into()))
        } else {
            Err(DisclosureError::Field)
        }
    }
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'_, str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// Holds 16 to 64 random bytes, which keep a value from being guessed from its commitment.
///
/// The caller makes them, anew for every value. Its text is lowercase hexadecimal; `Debug` tells
/// the length alone.
#[derive(Clone, Eq, PartialEq)]
pub struct Salt(Box<[u8]>);

impl Salt {
    /// Takes the bytes.
    ///
    /// # Errors
    ///
    /// [`DisclosureError::SaltLength`] where there are fewer than 16 or more than 64.
    pub fn new(bytes: &[u8]) -> Result<Self, DisclosureError> {
        if !(16..=64).contains(&bytes.len()) {
            let found = bytes.len();
            return Err(DisclosureError::SaltLength { found });
        }
        Ok(Self(bytes.into()))
    }

    /// Returns the bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Salt({} bytes)", self.0.len())
    }
}

impl Serialize for Salt {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let hex: String = self.0.iter().map(|byte| format!("{byte:02x}")).collect();
        serializer.serialize_str(&hex)
    }
}

impl<'de> Deserialize<'de> for Salt {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'_, str>::deserialize(deserializer)?;
        let nibble = |digit: &u8| match digit {
            b'0'..=b'9' => Some(digit - b'0'),
            b'a'..=b'f' => Some(digit - b'a' + 10),
            _ => None,
        };
        let (pairs, []) = text.as_bytes().as_chunks::<2>() else {
            return Err(D::Error::custom("expected pairs of hexadecimal digits"));
        };
        let byte = |[high, low]: &[u8; 2]| Some(nibble(high)? << 4 | nibble(low)?);
        let bytes: Option<Vec<u8>> = pairs.iter().map(byte).collect();
        let bytes = bytes.ok_or_else(|| D::Error::custom("expected lowercase hexadecimal"))?;
        Self::new(&bytes).map_err(D::Error::custom)
    }
}

/// Holds a value that is kept beside the log, with the salt that opens its commitment.
///
/// The commitment is SHA-256 of the salt's length in one byte, the salt, and the value as canonical
/// JSON. The length is there so that no other split into salt and value has the same commitment.
/// `Debug` tells neither value nor salt.
#[derive(Clone, Deserialize, PartialEq, Serialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct Disclosed {
    field: Field,
    salt: Salt,
    value: Value,
    commitment: Digest,
}

impl Disclosed {
    /// Takes a value and computes its commitment.
    ///
    /// # Errors
    ///
    /// [`DisclosureError::Value`] where the value has no canonical form.
    pub fn new(field: Field, salt: Salt, value: Value) -> Result<Self, DisclosureError> {
        let mut text = Vec::new();
        canonical::write_value(&mut text, &value)
            .map_err(|source| DisclosureError::Value { source })?;
        let commitment = commitment(&salt, &text);
        Ok(Self {
            field,
            salt,
            value,
            commitment,
        })
    }

    /// Returns what the value is.
    #[must_use]
    pub const fn field(&self) -> &Field {
        &self.field
    }

    /// Returns the salt.
    #[must_use]
    pub const fn salt(&self) -> &Salt {
        &self.salt
    }

    /// Returns the value.
    #[must_use]
    pub const fn value(&self) -> &Value {
        &self.value
    }

    /// Returns the commitment, which stands in the log.
    #[must_use]
    pub const fn commitment(&self) -> Digest {
        self.commitment
    }
}

impl fmt::Debug for Disclosed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Disclosed")
            .field("field", &self.field)
            .finish_non_exhaustive()
    }
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    field: Field,
    salt: Salt,
    value: Value,
}

impl TryFrom<Wire> for Disclosed {
    type Error = DisclosureError;

    fn try_from(wire: Wire) -> Result<Self, Self::Error> {
        Self::new(wire.field, wire.salt, wire.value)
    }
}

impl From<Disclosed> for Wire {
    fn from(disclosed: Disclosed) -> Self {
        Self {
            field: disclosed.field,
            salt: disclosed.salt,
            value: disclosed.value,
        }
    }
}

/// Keeps, beside a log, the values that its entries commit to.
///
/// To redact is to drop values and salts here. The log is not touched and verifies as before.
/// What is read from JSON is checked against an entry by [`Entry::check`] alone.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Disclosures(BTreeMap<u64, Vec<Disclosed>>);

impl Disclosures {
    /// Holds nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Checks a value against the entry's commitment and keeps it.
    ///
    /// # Errors
    ///
    /// As of [`Entry::check`].
    pub fn disclose(&mut self, entry: &Entry, value: Disclosed) -> Result<(), DisclosureError> {
        entry.check(&value)?;
        let values = self.0.entry(entry.seq()).or_default();
        values.retain(|kept| kept.field != value.field);
        values.push(value);
        values.sort_by(|a, b| a.field.cmp(&b.field));
        Ok(())
    }

    /// Returns the values of an entry.
    #[must_use]
    pub fn of(&self, seq: u64) -> &[Disclosed] {
        self.0.get(&seq).map_or(&[], Vec::as_slice)
    }

    /// Drops one value with its salt; tells whether there was one.
    pub fn redact(&mut self, seq: u64, field: &Field) -> bool {
        let Some(values) = self.0.get_mut(&seq) else {
            return false;
        };
        let before = values.len();
        values.retain(|value| value.field != *field);
        let dropped = values.len() < before;
        if values.is_empty() {
            self.0.remove(&seq);
        }
        dropped
    }

    /// Drops every value of an entry with its salt; returns how many.
    pub fn redact_entry(&mut self, seq: u64) -> usize {
        self.0.remove(&seq).map_or(0, |values| values.len())
    }
}

impl Entry {
    /// Checks a value against the commitment of this entry.
    ///
    /// # Errors
    ///
    /// [`DisclosureError::NoCommitment`] where the entry has none for the field;
    /// [`DisclosureError::Differs`] where it commits to another value or salt.
    pub fn check(&self, value: &Disclosed) -> Result<(), DisclosureError> {
        let (seq, field) = (self.seq, &value.field);
        match self.commitments.get(field) {
            None => Err(DisclosureError::NoCommitment {
                seq,
                field: field.clone(),
            }),
            Some(commitment) if *commitment == value.commitment => Ok(()),
            Some(_) => Err(DisclosureError::Differs {
                seq,
                field: field.clone(),
            }),
        }
    }
}

/// Says why a value cannot be committed to or is not the one that was.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum DisclosureError {
    /// The entry commits to another value or salt.
    #[error("entry {seq} commits to another `{field}`")]
    Differs {
        /// The entry.
        seq: u64,
        /// The field.
        field: Field,
    },
    /// The text does not name a field.
    #[error("expected 1 to 128 ASCII letters, digits, `-`, `.`, `/` and `_` in field")]
    Field,
    /// The entry does not commit to the field.
    #[error("entry {seq} does not commit to `{field}`")]
    NoCommitment {
        /// The entry.
        seq: u64,
        /// The field.
        field: Field,
    },
    /// The salt is too short or too long.
    #[error("salt has {found} bytes, expected 16 to 64")]
    SaltLength {
        /// Its length.
        found: usize,
    },
    /// The value has no canonical form.
    #[error("the value has no canonical form")]
    Value {
        /// Why.
        source: JsonError,
    },
}

impl DisclosureError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Differs { .. } => "incident.log.disclosure.differs",
            Self::Field => "incident.log.disclosure.field",
            Self::NoCommitment { .. } => "incident.log.disclosure.no_commitment",
            Self::SaltLength { .. } => "incident.log.disclosure.salt",
            Self::Value { .. } => "incident.log.disclosure.value",
        }
    }
}

fn commitment(salt: &Salt, value: &[u8]) -> Digest {
    let mut hasher = Hasher::new(DigestAlgorithm::Sha256);
    hasher.update(&[u8::try_from(salt.0.len()).expect("a salt has at most 64 bytes")]);
    hasher.update(&salt.0);
    hasher.update(value);
    hasher.finish()
}
