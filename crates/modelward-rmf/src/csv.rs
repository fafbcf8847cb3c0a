//! Writes assessments and registers as tables of comma-separated values (RFC 4180) and reads them,
//! so that an assessor can move over from a spreadsheet and back.
//!
//! There are four tables: determinations ([`write_determinations`]), evidence ([`write_evidence`]),
//! risks ([`write_risks`]) and the actions of risks ([`write_actions`]). [`read_assessment`] takes
//! the first two, [`read_risks`] the others.
//!
//! # What is read
//!
//! - UTF-8 with or without a byte order mark; lines end with CR LF, LF or CR. A first line such as
//!   `sep=;` names the delimiter; otherwise it is the first comma, semicolon or tab outside quotes
//!   in the header row.
//! - The first row names the columns, in any order. Case does not count, and blanks, underscores
//!   and hyphens are the same. A column that the table does not have is refused, unless its name
//!   begins with `x-`: such columns are the assessor's own and are not read.
//! - Rows without any text are passed over. Every other row has as many cells as the header row.
//! - Quotes are strict: RFC 4180 lets no quote stand inside a cell that does not begin with one.
//! - A cell that says what its row cannot have, such as a rationale for what is not assessed, is
//!   refused, not dropped.
//! - Every fault is listed, at most 100 of them, each with line, row, column and the spreadsheet's
//!   name of the cell; see [`CsvErrors`].
//!
//! # Cells
//!
//! - **Formulas.** A spreadsheet runs a cell that begins with `=`. So a text whose first character,
//!   blanks aside, is one of `= + - @`, their full-width forms, a tab or a line break, and a text
//!   that begins with an apostrophe, is written with one apostrophe in front. Reading takes away
//!   one leading apostrophe where what follows it is such a text. So every text survives; see
//!   [`guarded`]. A spreadsheet that is told the wrong delimiter cuts texts at other places, and no
//!   guard helps there: open the file with the delimiter that it was written with.
//! - **Keys and ids** in one cell (evidence, subcategories, techniques) are separated by `;`, `,`
//!   or line breaks.
//! - **Texts** in one cell (outcomes, incidents, taxonomy, assets) stand on a line each. One that
//!   has a line break or blanks around it, or looks like a JSON string, is written as a JSON string.
//! - **Parties** are three columns: the name, and `-organization` and `-role` after its column.
//! - Days are `2026-11-26`, times `2026-11-26T10:00:00Z`. Names of levels are those of the scale or
//!   the matrix; what people read there (`Partially met`) is taken too where it is one level's
//!   alone.
//!
//! # What a table does not hold
//!
//! Subject, assessor, scale, matrix and title are arguments. The history of risks fits no table, so
//! each risk that is read begins with its identification. A target profile without a goal reads as
//! none. Everything else survives a round trip.

pub(crate) mod action;
pub(crate) mod assessment;
pub(crate) mod determination;
pub(crate) mod dialect;
pub(crate) mod error;
pub(crate) mod evidence;
pub(crate) mod fault;
mod fields;
pub(crate) mod guard;
mod list;
pub(crate) mod options;
mod party;
mod pick;
pub(crate) mod risk;
mod schema;
mod sheet;
mod table;
mod token;
mod treatment;

pub use crate::csv::action::write_actions;
pub use crate::csv::assessment::{AssessmentTables, read_assessment};
pub use crate::csv::determination::write_determinations;
pub use crate::csv::dialect::{Delimiter, Dialect};
pub use crate::csv::error::{CsvError, CsvErrors, CsvTable};
pub use crate::csv::evidence::write_evidence;
pub use crate::csv::fault::CsvFault;
pub use crate::csv::guard::{guarded, unguarded};
pub use crate::csv::options::CsvOptions;
pub use crate::csv::risk::{read_risks, write_risks};
