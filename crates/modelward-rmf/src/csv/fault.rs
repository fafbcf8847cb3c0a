use modelward_artifact::{
    ParseAtlasTechniqueError, ParseDateError, ParseDigestError, ParseTimestampError,
};
use thiserror::Error;

use crate::error::shown;
use crate::{
    EvidenceError, EvidenceId, ParseIdError, ParseKeyError, ParseTextError, RiskError, RiskId,
};

/// Says what is wrong with a cell, a row or a table; [`CsvError`](crate::csv::CsvError) says where.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum CsvFault {
    /// A cell has more text than the options allow.
    #[error("cell has more than {limit} bytes")]
    CellTooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// A row has fewer or more cells than the header row.
    #[error("row has {found} cells, expected {expected} as in the header row")]
    Cells {
        /// How many the header row has.
        expected: usize,
        /// How many the row has.
        found: usize,
    },
    /// Two columns have one name.
    #[error("column `{name}` stands twice")]
    ColumnTwice {
        /// The name.
        name: &'static str,
    },
    /// A rating cites evidence that the table of evidence does not have.
    #[error("evidence `{id}` is not in the table of evidence")]
    Dangling {
        /// The evidence.
        id: EvidenceId,
    },
    /// A cell is no day.
    #[error("not a valid day")]
    Date {
        /// What is wrong with it.
        source: ParseDateError,
    },
    /// A cell is no digest.
    #[error("not a valid digest")]
    Digest {
        /// What is wrong with it.
        source: ParseDigestError,
    },
    /// The bytes are not UTF-8.
    #[error("not UTF-8 at byte {at}")]
    Encoding {
        /// The position of the first byte that is wrong, counted from 0 in the whole file.
        at: usize,
    },
    /// The parts of a row are no evidence.
    #[error("not valid evidence")]
    Evidence {
        /// What is wrong.
        source: EvidenceError,
    },
    /// A cell is no id of a subcategory.
    #[error("not the id of a subcategory")]
    Id {
        /// What is wrong with it.
        source: ParseIdError,
    },
    /// A list has an item twice.
    #[error("`{}` stands twice", shown(found))]
    ItemTwice {
        /// The item.
        found: String,
    },
    /// A cell is no key such as `R-3`.
    #[error("not a valid key")]
    Key {
        /// What is wrong with it.
        source: ParseKeyError,
    },
    /// The scale or the matrix has no such level.
    #[error("unknown level `{}`, expected one of {expected}", shown(found))]
    Level {
        /// The text.
        found: String,
        /// The names of the levels.
        expected: String,
    },
    /// A cell that this row needs is empty, or its column is not there.
    #[error("`{column}` is empty, which this row needs")]
    MissingCell {
        /// The column.
        column: &'static str,
    },
    /// A column is not there.
    #[error("column `{column}` is missing")]
    MissingColumn {
        /// The column.
        column: &'static str,
    },
    /// There is no header row.
    #[error("table has no header row")]
    MissingHeader,
    /// A cell has none of the names that its column knows.
    #[error("unknown name `{}`, expected one of {expected}", shown(found))]
    Name {
        /// The text.
        found: String,
        /// The names.
        expected: String,
    },
    /// A risk is treated by actions and has none in the table of actions.
    #[error("risk `{risk}` has no action in the table of actions")]
    NoAction {
        /// The risk.
        risk: RiskId,
    },
    /// A cell is no number.
    #[error(
        "expected a whole number from 0 to {}, found `{}`",
        u32::MAX,
        shown(found)
    )]
    Number {
        /// The text.
        found: String,
    },
    /// Evidence does not say what it bears on, and how.
    #[error(
        "expected items such as `GOVERN 1.6: supports` or `MAP 4.1: contradicts`, found `{}`",
        shown(found)
    )]
    Polarity {
        /// The item.
        found: String,
    },
    /// A cell has text after its closing quote.
    #[error("text follows the closing quote, expected a delimiter or the end of the line")]
    QuoteAfter,
    /// A cell that does not begin with a quote has one.
    #[error("quote inside a cell that does not begin with one")]
    QuoteInside,
    /// A quote is not closed before the table ends.
    #[error("quote is not closed")]
    QuoteOpen,
    /// The parts of a row are no risk.
    #[error("not a valid risk")]
    Risk {
        /// What is wrong.
        source: RiskError,
    },
    /// Two rows are about the same.
    #[error("`{}` stands in line {first} already", shown(found))]
    RowTwice {
        /// What both rows are about.
        found: String,
        /// The line of the first row.
        first: usize,
    },
    /// A cell is no id of a technique.
    #[error("not the id of a technique")]
    Technique {
        /// What is wrong with it.
        source: ParseAtlasTechniqueError,
    },
    /// A cell is no text.
    #[error("not a valid text")]
    Text {
        /// What is wrong with it.
        source: ParseTextError,
    },
    /// A cell is no time.
    #[error("not a valid time")]
    Timestamp {
        /// What is wrong with it.
        source: ParseTimestampError,
    },
    /// The table has more bytes than the options allow.
    #[error("table has {found} bytes, expected at most {limit}")]
    TooLarge {
        /// The limit in bytes.
        limit: usize,
        /// The size in bytes.
        found: usize,
    },
    /// A row has more cells than any table.
    #[error("row has more than {limit} cells")]
    TooManyColumns {
        /// The limit.
        limit: usize,
    },
    /// The table has more rows than the options allow.
    #[error("table has more than {limit} rows")]
    TooManyRows {
        /// The limit.
        limit: usize,
    },
    /// The table has no column of this name.
    #[error(
        "unknown column `{}`, expected one of the table's or one that begins with `x-`",
        shown(found)
    )]
    UnknownColumn {
        /// The name.
        found: String,
    },
    /// An action belongs to a risk that has no actions or is not there.
    #[error("risk `{risk}` is not in the table of risks as one that actions treat")]
    UnknownRisk {
        /// The risk.
        risk: RiskId,
    },
    /// A cell says what its row cannot have.
    #[error("`{column}` is not empty, but {row} has none")]
    Unused {
        /// The column.
        column: &'static str,
        /// What the row is, such as `a subcategory that is not assessed`.
        row: &'static str,
    },
}

impl CsvFault {
    /// Returns the stable code of this fault.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::CellTooLarge { .. } => "rmf.csv.cell_too_large",
            Self::Cells { .. } => "rmf.csv.cells",
            Self::ColumnTwice { .. } => "rmf.csv.column_twice",
            Self::Dangling { .. } => "rmf.csv.dangling",
            Self::Date { .. } => "rmf.csv.date",
            Self::Digest { .. } => "rmf.csv.digest",
            Self::Encoding { .. } => "rmf.csv.encoding",
            Self::Evidence { .. } => "rmf.csv.evidence",
            Self::Id { .. } => "rmf.csv.id",
            Self::ItemTwice { .. } => "rmf.csv.item_twice",
            Self::Key { .. } => "rmf.csv.key",
            Self::Level { .. } => "rmf.csv.level",
            Self::MissingCell { .. } => "rmf.csv.missing_cell",
            Self::MissingColumn { .. } => "rmf.csv.missing_column",
            Self::MissingHeader => "rmf.csv.missing_header",
            Self::Name { .. } => "rmf.csv.name",
            Self::NoAction { .. } => "rmf.csv.no_action",
            Self::Number { .. } => "rmf.csv.number",
            Self::Polarity { .. } => "rmf.csv.polarity",
            Self::QuoteAfter => "rmf.csv.quote_after",
            Self::QuoteInside => "rmf.csv.quote_inside",
            Self::QuoteOpen => "rmf.csv.quote_open",
            Self::Risk { .. } => "rmf.csv.risk",
            Self::RowTwice { .. } => "rmf.csv.row_twice",
            Self::Technique { .. } => "rmf.csv.technique",
            Self::Text { .. } => "rmf.csv.text",
            Self::Timestamp { .. } => "rmf.csv.timestamp",
            Self::TooLarge { .. } => "rmf.csv.too_large",
            Self::TooManyColumns { .. } => "rmf.csv.too_many_columns",
            Self::TooManyRows { .. } => "rmf.csv.too_many_rows",
            Self::UnknownColumn { .. } => "rmf.csv.unknown_column",
            Self::UnknownRisk { .. } => "rmf.csv.unknown_risk",
            Self::Unused { .. } => "rmf.csv.unused",
        }
    }
}

/// Lets cells be read by the constructor of whatever they hold.
macro_rules! faults {
    ($($source:ident => $fault:ident,)*) => {$(
        impl From<$source> for CsvFault {
            fn from(source: $source) -> Self {
                Self::$fault { source }
            }
        }
    )*};
}

faults! {
    EvidenceError => Evidence,
    ParseDateError => Date,
    ParseDigestError => Digest,
    ParseIdError => Id,
    ParseKeyError => Key,
    ParseAtlasTechniqueError => Technique,
    ParseTextError => Text,
    ParseTimestampError => Timestamp,
    RiskError => Risk,
}
