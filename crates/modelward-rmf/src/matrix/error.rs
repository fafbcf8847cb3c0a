use thiserror::Error;

use crate::{LevelName, ParseKeyError, ParseTextError};

/// Says why levels and cells are no [`RiskMatrix`](crate::RiskMatrix).
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum MatrixError {
    /// A row has too few or too many cells.
    #[error("matrix has {found} cells for likelihood `{likelihood}`, expected {expected}")]
    Columns {
        /// The likelihood of the row.
        likelihood: LevelName,
        /// How many levels of impact there are.
        expected: usize,
        /// How many cells there are.
        found: usize,
    },
    /// There are too few or too many levels.
    #[error("matrix has {found} levels of {axis}, expected 2 to 10")]
    Levels {
        /// `likelihood`, `impact` or `risk`.
        axis: &'static str,
        /// How many there are.
        found: usize,
    },
    /// Appetite or tolerance is not set.
    #[error("matrix has no {limit}")]
    Missing {
        /// `appetite` or `tolerance`.
        limit: &'static str,
    },
    /// A level has no valid name.
    #[error("matrix has an invalid name of a level")]
    Name {
        /// What is wrong with it.
        source: ParseKeyError,
    },
    /// A cell is lower than one with less likelihood or less impact.
    #[error(
        "the level falls at likelihood `{likelihood}` and impact `{impact}`, where it may only rise"
    )]
    NotMonotone {
        /// The likelihood of the lower cell.
        likelihood: LevelName,
        /// The impact of the lower cell.
        impact: LevelName,
    },
    /// There are too few or too many rows.
    #[error("matrix has {found} rows of cells, expected {expected}")]
    Rows {
        /// How many levels of likelihood there are.
        expected: usize,
        /// How many rows there are.
        found: usize,
    },
    /// A label or criterion is not a text.
    #[error("matrix has an invalid text")]
    Text {
        /// What is wrong with it.
        source: ParseTextError,
    },
    /// What may be carried with a reason is less than what is simply carried.
    #[error("tolerance is below the appetite")]
    ToleranceBelowAppetite,
    /// Two levels have one name.
    #[error("{axis} level `{name}` stands twice")]
    Twice {
        /// `likelihood`, `impact` or `risk`.
        axis: &'static str,
        /// The name.
        name: LevelName,
    },
    /// A cell has a level of risk that does not exist.
    #[error(
        "risk level `{found}` at likelihood `{likelihood}` and impact `{impact}` does not exist"
    )]
    UnknownLevel {
        /// The likelihood of the cell.
        likelihood: LevelName,
        /// The impact of the cell.
        impact: LevelName,
        /// The level.
        found: LevelName,
    },
    /// Appetite or tolerance is a level of risk that does not exist.
    #[error("{limit} is the risk level `{found}`, which does not exist")]
    UnknownLimit {
        /// `appetite` or `tolerance`.
        limit: &'static str,
        /// The level.
        found: LevelName,
    },
    /// A level of risk stands in no cell.
    #[error("risk level `{name}` stands in no cell")]
    Unused {
        /// The level.
        name: LevelName,
    },
}

impl MatrixError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Columns { .. } => "rmf.matrix.columns",
            Self::Levels { .. } => "rmf.matrix.levels",
            Self::Missing { .. } => "rmf.matrix.missing",
            Self::Name { .. } => "rmf.matrix.name",
            Self::NotMonotone { .. } => "rmf.matrix.monotone",
            Self::Rows { .. } => "rmf.matrix.rows",
            Self::Text { .. } => "rmf.matrix.text",
            Self::ToleranceBelowAppetite => "rmf.matrix.tolerance",
            Self::Twice { .. } => "rmf.matrix.twice",
            Self::UnknownLevel { .. } => "rmf.matrix.unknown_level",
            Self::UnknownLimit { .. } => "rmf.matrix.unknown_limit",
            Self::Unused { .. } => "rmf.matrix.unused",
        }
    }
}
