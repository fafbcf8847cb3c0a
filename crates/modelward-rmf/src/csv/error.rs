use std::error::Error;
use std::fmt;

use crate::csv::CsvFault;
use crate::csv::token::Spot;

/// The most faults that are kept.
const MAX_FAULTS: usize = 100;

/// Names the tables.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum CsvTable {
    /// The actions of risks.
    Actions,
    /// What was found for each subcategory, and what is aimed at.
    Determinations,
    /// The evidence.
    Evidence,
    /// The risks.
    Risks,
}

impl CsvTable {
    /// Returns the name, such as `risks`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Actions => "actions",
            Self::Determinations => "determinations",
            Self::Evidence => "evidence",
            Self::Risks => "risks",
        }
    }
}

impl fmt::Display for CsvTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Says what is wrong in a table, and where.
///
/// Its text is such as
/// ``risks, line 9, cell H7 (`current-impact`): unknown level `huge`, expected one of ..``.
#[derive(Debug)]
pub struct CsvError {
    table: CsvTable,
    line: usize,
    row: usize,
    column: Option<usize>,
    name: Option<&'static str>,
    fault: CsvFault,
}

impl CsvError {
    pub(crate) fn new(table: CsvTable, spot: Spot, name: Option<&'static str>) -> Self {
        let Spot {
            line,
            row,
            column,
            fault,
        } = spot;
        Self {
            table,
            line,
            row,
            column,
            name,
            fault,
        }
    }

    /// Returns what errors are sorted by: the table that others refer to comes first, and a row's
    /// own faults come after those of its cells.
    fn position(&self) -> (bool, usize, usize) {
        let refers = matches!(self.table, CsvTable::Determinations | CsvTable::Risks);
        (refers, self.row, self.column.unwrap_or(usize::MAX))
    }

    /// Returns the stable code of the fault.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.fault.code()
    }

    /// Returns the table.
    #[must_use]
    pub const fn table(&self) -> CsvTable {
        self.table
    }

    /// Returns the line as editors count, from 1; for a cell with line breaks the line on which it
    /// begins.
    #[must_use]
    pub const fn line(&self) -> usize {
        self.line
    }

    /// Returns the row as spreadsheets count: from 1, which is the header row.
    #[must_use]
    pub const fn row(&self) -> usize {
        self.row
    }

    /// Returns the column, counted from 1; `None` where the fault is that of a row or a table.
    #[must_use]
    pub const fn column(&self) -> Option<usize> {
        self.column
    }

    /// Returns the column's name; `None` as for [`column`](Self::column), and where the header row
    /// does not give the column a name of this table.
    #[must_use]
    pub const fn column_name(&self) -> Option<&'static str> {
        self.name
    }

    /// Returns the cell as spreadsheets name it, such as `C7`.
    #[must_use]
    pub fn cell(&self) -> Option<String> {
        let column = self.column?;
        Some(format!("{}{}", letters(column), self.row))
    }

    /// Returns what is wrong.
    #[must_use]
    pub const fn fault(&self) -> &CsvFault {
        &self.fault
    }
}

impl fmt::Display for CsvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}", self.table, self.line)?;
        if let Some(cell) = self.cell() {
            write!(f, ", cell {cell}")?;
        }
        if let Some(name) = self.name {
            write!(f, " (`{name}`)")?;
        }
        write!(f, ": {}", self.fault)
    }
}

impl Error for CsvError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.fault.source()
    }
}

/// Lists what is wrong in one or two tables, so that it can be mended in one go.
///
/// There is at least one fault. The first 100 that are found are kept, sorted by row and column, those
/// of evidence before those of determinations and those of actions before those of risks;
/// [`CsvErrors::total`] counts the others too. Where quotes are wrong nothing after them can be
/// told apart, so that the table's list ends there.
#[derive(Debug)]
pub struct CsvErrors {
    kept: Vec<CsvError>,
    total: usize,
}

impl CsvErrors {
    /// Returns the stable code of the first fault.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.first().code()
    }

    /// Returns the first fault.
    #[must_use]
    pub const fn first(&self) -> &CsvError {
        &self.kept.as_slice()[0]
    }

    /// Returns the faults, of which there are at most 100.
    #[must_use]
    pub fn as_slice(&self) -> &[CsvError] {
        &self.kept
    }

    /// Returns how many faults were found, those that were not kept counted.
    #[must_use]
    pub const fn total(&self) -> usize {
        self.total
    }
}

/// Writes how many faults there are; the first of them is the source.
impl fmt::Display for CsvErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.total {
            1 => f.write_str("table has a fault"),
            total => write!(f, "tables have {total} faults"),
        }
    }
}

impl Error for CsvErrors {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(self.first())
    }
}

/// Collects faults.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    kept: Vec<CsvError>,
    total: usize,
}

impl Faults {
    pub(crate) fn push(&mut self, error: CsvError) {
        self.total += 1;
        if self.kept.len() < MAX_FAULTS {
            self.kept.push(error);
        }
    }

    /// Returns what was read, if nothing is wrong.
    pub(crate) fn or<T>(mut self, read: T) -> Result<T, CsvErrors> {
        if self.kept.is_empty() {
            return Ok(read);
        }
        self.kept.sort_by_key(CsvError::position);
        Err(CsvErrors {
            kept: self.kept,
            total: self.total,
        })
    }
}

/// Names a column as spreadsheets do: A to Z, AA and so on.
fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).expect("a remainder by 26 is small");
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}
