//! Maps the ids of one framework to those of another, and says who says so.
//!
//! A crosswalk is an opinion with an author. Independent ones disagree often, so each row has a
//! relation (the six of OSCAL's mapping model), a status and a confidence, and names who made it
//! by which method. Two are NIST's own and final: [`Crosswalk::ssdf_218a`] and
//! [`Crosswalk::genai_600_1`]. The others are drafts of this project, and their titles say so.
//!
//! ```
//! use modelward_rmf::Crosswalk;
//! use modelward_rmf::crosswalk::Confidence;
//!
//! let tasks = Crosswalk::ssdf_218a();
//! assert!(!tasks.is_draft());
//! let subcategories: Vec<_> = tasks.targets("PW.3.2").map(|row| row.target()).collect();
//! assert_eq!(subcategories, ["MEASURE 2.1"]);
//!
//! // What two crosswalks say together is derived, and marked so.
//! let derived = tasks.compose(&Crosswalk::draft_eu_ai_act())?;
//! assert!(derived.provenance().is_derived() && derived.is_draft());
//! assert!(derived.rows().iter().all(|row| row.confidence() != Confidence::High));
//! assert!(tasks.compose(&tasks).is_err());
//! # Ok::<(), modelward_rmf::crosswalk::ComposeError>(())
//! ```

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use modelward_artifact::escape::Terminal;
use thiserror::Error;

pub use crate::crosswalk::compose::ComposeError;
pub use crate::crosswalk::coverage::{Coverage, Extent, TargetCoverage};
pub use crate::crosswalk::framework::{FrameworkError, FrameworkRef};
pub use crate::crosswalk::known::KnownIds;
pub use crate::crosswalk::line::LineError;
pub use crate::crosswalk::lint::{CrosswalkIssue, Side};
pub use crate::crosswalk::provenance::Provenance;
pub use crate::crosswalk::read::ReadCrosswalkError;
pub use crate::crosswalk::relation::Relation;
pub use crate::crosswalk::row::{NewRow, Row};
pub use crate::crosswalk::table::ReadTsvError;
pub use crate::crosswalk::term::{Confidence, Method, Rationale, Status, UnknownTerm};

use crate::crosswalk::line::line;

mod compose;
mod coverage;
mod framework;
mod known;
mod line;
mod lint;
mod provenance;
mod read;
mod relation;
mod row;
mod shipped;
mod table;
mod term;
mod tsv;

/// How many rows a crosswalk may have.
const MAX_ROWS: usize = 1_000_000;

/// Maps ids of a source framework to ids of a target framework.
///
/// - Ids of the frameworks that this crate has types for (AI RMF, AI 600-1, SP 800-218A) are kept in
///   their one form, however they were spelled. Whether an id exists is a question for
///   [`Crosswalk::lint`]: a crosswalk of somebody else has to be readable before it can be judged.
/// - No row stands in it twice, and it has at most 1,000,000 rows. Rows keep their order.
/// - Its document is JSON with `"schema": "modelward.crosswalk/1"`, or tab-separated text.
///
/// ```
/// use modelward_rmf::Crosswalk;
/// use modelward_rmf::crosswalk::{FrameworkRef, NewRow, Provenance, Relation};
///
/// let provenance = Provenance::new("Ada Example", "2026-11-26".parse()?)?;
/// let rows = [NewRow::new("gv-1.6", "ID.AM-02", Relation::SupersetOf)];
/// let crosswalk = Crosswalk::new(
///     FrameworkRef::ai_rmf_1_0(),
///     FrameworkRef::nist_csf_2_0(),
///     provenance,
///     rows,
/// )?;
/// assert_eq!(crosswalk.title(), "DRAFT: NIST AI RMF 1.0 to NIST CSF 2.0");
/// assert_eq!(crosswalk.rows()[0].source(), "GOVERN 1.6");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Crosswalk {
    source: FrameworkRef,
    target: FrameworkRef,
    provenance: Arc<Provenance>,
    rows: Vec<Row>,
}

impl Crosswalk {
    /// Makes a crosswalk of its rows; what a row does not say, it inherits from `provenance`.
    ///
    /// # Errors
    ///
    /// [`BuildCrosswalkError`], which counts rows from 1.
    pub fn new(
        source: FrameworkRef,
        target: FrameworkRef,
        provenance: Provenance,
        rows: impl IntoIterator<Item = NewRow>,
    ) -> Result<Self, BuildCrosswalkError> {
        let mut crosswalk = Self {
            source,
            target,
            provenance: Arc::new(provenance),
            rows: Vec::new(),
        };
        let mut seen = BTreeMap::new();
        for (index, new) in rows.into_iter().enumerate() {
            if index == MAX_ROWS {
                return Err(BuildCrosswalkError::TooMany { limit: MAX_ROWS });
            }
            let row = crosswalk.row(index + 1, &new)?;
            let key = (row.source.clone(), row.target.clone(), row.relation);
            if let Some(first) = seen.insert(key, index + 1) {
                return Err(BuildCrosswalkError::Duplicate {
                    row: index + 1,
                    first,
                });
            }
            crosswalk.rows.push(row);
        }
        Ok(crosswalk)
    }

    /// Returns the framework whose ids are mapped.
    #[must_use]
    pub const fn source(&self) -> &FrameworkRef {
        &self.source
    }

    /// Returns the framework that they are mapped to.
    #[must_use]
    pub const fn target(&self) -> &FrameworkRef {
        &self.target
    }

    /// Returns who made the crosswalk, and how.
    #[must_use]
    pub fn provenance(&self) -> &Provenance {
        &self.provenance
    }

    /// Returns the rows in their order.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Returns a title, which begins with `DRAFT` where the crosswalk is one.
    #[must_use]
    pub fn title(&self) -> String {
        let mark = if self.is_draft() { "DRAFT: " } else { "" };
        format!("{mark}{} to {}", self.source.name(), self.target.name())
    }

    /// Tells whether the crosswalk as a whole has the status draft.
    #[must_use]
    pub fn is_draft(&self) -> bool {
        self.provenance.status() == Status::Draft
    }

    /// Returns the rows of a source id, in any spelling; [`Row::is_link`] tells which of them map.
    pub fn targets(&self, source_id: &str) -> impl Iterator<Item = &Row> {
        let id = self.source.canonical_id(source_id);
        self.rows.iter().filter(move |row| row.source == id)
    }

    /// Returns the rows of a target id, in any spelling; [`Row::is_link`] tells which of them map.
    pub fn sources(&self, target_id: &str) -> impl Iterator<Item = &Row> {
        let id = self.target.canonical_id(target_id);
        self.rows.iter().filter(move |row| row.target == id)
    }

    /// Returns the same statements read from the other side: a subset becomes a superset.
    ///
    /// Rows keep their order, and nothing is derived: whoever says that A is a part of B says that B
    /// holds A.
    #[must_use]
    pub fn invert(&self) -> Self {
        let rows = self.rows.iter().map(|row| Row {
            source: row.target.clone(),
            target: row.source.clone(),
            relation: row.relation.inverse(),
            ..row.clone()
        });
        Self {
            source: self.target.clone(),
            target: self.source.clone(),
            provenance: Arc::clone(&self.provenance),
            rows: rows.collect(),
        }
    }

    /// Checks one row, and gives it what it inherits.
    fn row(&self, number: usize, new: &NewRow) -> Result<Row, BuildCrosswalkError> {
        let checked = |text: &str, part| {
            line(text).map_err(|source| BuildCrosswalkError::Text {
                row: number,
                part,
                source,
            })
        };
        let note = new.note.as_deref().map(|note| checked(note, "note"));
        Ok(Row {
            source: self
                .source
                .canonical_id(&checked(&new.source, "source id")?),
            target: self
                .target
                .canonical_id(&checked(&new.target, "target id")?),
            relation: new.relation,
            confidence: new.confidence.unwrap_or(self.provenance.confidence()),
            status: new.status.unwrap_or(self.provenance.status()),
            note: note.transpose()?,
            provenance: Arc::clone(&self.provenance),
        })
    }
}

/// Shows the title, the number of rows and who made them, safe to print on a terminal.
impl fmt::Display for Crosswalk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} ({} rows by {}, {})",
            Terminal(&self.title()),
            self.rows.len(),
            Terminal(self.provenance.author()),
            self.provenance.date()
        )
    }
}

/// Says why rows do not make a crosswalk.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum BuildCrosswalkError {
    /// A row says what an earlier row says.
    #[error("row {row} repeats row {first}")]
    Duplicate {
        /// The later row, counted from 1.
        row: usize,
        /// The earlier row, counted from 1.
        first: usize,
    },
    /// An id or a note is not one line of text.
    #[error("{part} of row {row} is not one line of text")]
    Text {
        /// The row, counted from 1.
        row: usize,
        /// Which part of the row.
        part: &'static str,
        /// What is wrong with it.
        source: LineError,
    },
    /// There are too many rows.
    #[error("crosswalk has more than {limit} rows")]
    TooMany {
        /// The limit.
        limit: usize,
    },
}

impl BuildCrosswalkError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Duplicate { .. } => "rmf.crosswalk.duplicate",
            Self::Text { .. } => "rmf.crosswalk.text",
            Self::TooMany { .. } => "rmf.crosswalk.too_many",
        }
    }

    /// Returns the row that is refused, counted from 1.
    #[must_use]
    pub const fn row(&self) -> usize {
        match self {
            Self::Duplicate { row, .. } | Self::Text { row, .. } => *row,
            Self::TooMany { limit } => *limit + 1,
        }
    }
}
