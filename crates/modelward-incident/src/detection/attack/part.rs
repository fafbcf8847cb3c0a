use modelward_artifact::{Digest, Text};
use serde::{Deserialize, Serialize};

use crate::AttackError;
use crate::detection::attack::MAX_ITEMS;
use crate::detection::trials::MAX_COUNT;

/// Spans rows of a file, counted from 0, both ends included, at most 2^53 - 1.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(try_from = "WireRows")]
pub struct RowRange {
    first: u64,
    last: u64,
}

impl RowRange {
    /// Spans rows.
    ///
    /// # Errors
    ///
    /// [`AttackError::Range`] where it ends before it begins or beyond 2^53 - 1.
    pub const fn new(first: u64, last: u64) -> Result<Self, AttackError> {
        if last < first || last > MAX_COUNT {
            return Err(AttackError::Range { first, last });
        }
        Ok(Self { first, last })
    }

    /// Returns the first row.
    #[must_use]
    pub const fn first(self) -> u64 {
        self.first
    }

    /// Returns the last row.
    #[must_use]
    pub const fn last(self) -> u64 {
        self.last
    }

    /// Returns how many rows it spans, at least 1.
    #[must_use]
    #[expect(
        clippy::len_without_is_empty,
        reason = "a range of rows is never empty"
    )]
    pub const fn len(self) -> u64 {
        self.last - self.first + 1
    }
}

/// Names a shard or file that is concerned: its name, its digest, and the rows, in order and without
/// overlap. Without rows it is concerned whole.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(try_from = "WirePart")]
pub struct PoisonedPart {
    name: Text,
    digest: Digest,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rows: Vec<RowRange>,
}

impl PoisonedPart {
    /// Names a part.
    ///
    /// # Errors
    ///
    /// [`AttackError`] where the name is no [`Text`], or there are more than 10,000 ranges, or one
    /// begins before the one before it ends.
    pub fn new(name: &str, digest: Digest, rows: Vec<RowRange>) -> Result<Self, AttackError> {
        let name = name
            .parse()
            .map_err(|source| AttackError::Text { source })?;
        Self { name, digest, rows }.checked()
    }

    /// Returns the name.
    #[must_use]
    pub const fn name(&self) -> &Text {
        &self.name
    }

    /// Returns the digest of the shard or file.
    #[must_use]
    pub const fn digest(&self) -> &Digest {
        &self.digest
    }

    /// Returns the rows; none where the whole is concerned.
    #[must_use]
    pub fn rows(&self) -> &[RowRange] {
        &self.rows
    }

    fn checked(self) -> Result<Self, AttackError> {
        let found = self.rows.len();
        if found > MAX_ITEMS {
            return Err(AttackError::TooMany { found });
        }
        let mut pairs = self.rows.windows(2);
        match pairs.find(|pair| pair[1].first <= pair[0].last) {
            Some(pair) => Err(AttackError::Rows {
                first: pair[1].first,
            }),
            None => Ok(self),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireRows {
    first: u64,
    last: u64,
}

impl TryFrom<WireRows> for RowRange {
    type Error = AttackError;

    fn try_from(wire: WireRows) -> Result<Self, AttackError> {
        Self::new(wire.first, wire.last)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WirePart {
    name: Text,
    digest: Digest,
    #[serde(default)]
    rows: Vec<RowRange>,
}

impl TryFrom<WirePart> for PoisonedPart {
    type Error = AttackError;

    fn try_from(wire: WirePart) -> Result<Self, AttackError> {
        let WirePart { name, digest, rows } = wire;
        Self { name, digest, rows }.checked()
    }
}
