use modelward_artifact::escape::Terminal;
use thiserror::Error;

use crate::{AttackIndicator, ParseTextError};

/// Says why something is no [`AttackEvidence`](crate::AttackEvidence), or no part of one.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum AttackError {
    /// The id of NIST AI 100-2 is malformed.
    #[error("expected an id such as `NISTAML.013`, found `{}`", Terminal(found))]
    Nist {
        /// The text, cut off after 32 characters.
        found: String,
    },
    /// Neither input nor part is named, or no part of poisoned data.
    #[error("evidence of {indicator} names nothing that shows it")]
    Nothing {
        /// Of what it is a sign.
        indicator: AttackIndicator,
    },
    /// Parts are named for an attack that leaves data as they are.
    #[error("evidence of {indicator} names parts of data, which it does not change")]
    Parts {
        /// Of what it is a sign.
        indicator: AttackIndicator,
    },
    /// A range of rows ends before it begins, or beyond 2^53 - 1.
    #[error("rows {first} to {last} are no range")]
    Range {
        /// The first row.
        first: u64,
        /// The last row.
        last: u64,
    },
    /// Ranges of rows overlap or are out of order.
    #[error("rows from {first} do not come after the rows before them")]
    Rows {
        /// The first row of the range that is out of order.
        first: u64,
    },
    /// A text is invalid.
    #[error("evidence of an attack has an invalid text")]
    Text {
        /// What is wrong with it.
        source: ParseTextError,
    },
    /// There are too many inputs, parts or ranges.
    #[error("evidence of an attack lists {found} items, expected at most 10000")]
    TooMany {
        /// How many there are.
        found: usize,
    },
    /// An input or a part stands twice.
    #[error("evidence of an attack lists an input or a part twice")]
    Twice,
}

impl AttackError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Nist { .. } => "incident.attack.nist",
            Self::Nothing { .. } => "incident.attack.nothing",
            Self::Parts { .. } => "incident.attack.parts",
            Self::Range { .. } => "incident.attack.range",
            Self::Rows { .. } => "incident.attack.rows",
            Self::Text { .. } => "incident.attack.text",
            Self::TooMany { .. } => "incident.attack.too_many",
            Self::Twice => "incident.attack.twice",
        }
    }
}
