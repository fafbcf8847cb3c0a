use std::str::from_utf8;

use modelward_artifact::escape::Terminal;
use modelward_artifact::{Date, ParseDateError};
use thiserror::Error;

use crate::crosswalk::{FrameworkError, LineError, UnknownTerm};
use crate::error::shortened;

/// The largest text in bytes.
const MAX_BYTES: usize = 16 << 20;

/// How many lines a text may have.
const MAX_LINES: usize = 200_000;

/// Holds a tab-separated text: head lines `# key: value`, a line of column names, rows.
pub(super) struct Table<'a> {
    head: Vec<(usize, &'a str, &'a str)>,
    rows: Vec<(usize, Vec<&'a str>)>,
}

/// Says which columns a text has.
pub(super) struct Form<'a> {
    /// The names of the columns.
    pub(super) columns: &'a [&'a str],
    /// How many of them have to be there.
    pub(super) named: usize,
    /// How many cells a row has to have; editors cut off blanks at the end of a line, tabs included.
    pub(super) filled: usize,
}

impl<'a> Table<'a> {
    /// Splits a text; each row gets as many cells as the form has columns.
    pub(super) fn read(bytes: &'a [u8], form: &Form<'_>) -> Result<Self, ReadTsvError> {
        let columns = form.columns;
        let mut lines = lines(bytes)?.into_iter().peekable();
        let mut head = Vec::new();
        while let Some((number, line)) = lines.next_if(|(_, line)| line.starts_with('#')) {
            let (key, value) = line[1..].split_once(':').ok_or(ReadTsvError::Head {
                line: number,
                found: shortened(line),
            })?;
            head.push((number, key.trim(), value.trim()));
        }
        let number = head.len() + 1;
        let names: Vec<&str> = lines
            .next()
            .map(|(_, line)| line.split('\t').map(str::trim).collect())
            .unwrap_or_default();
        if names.len() < form.named || !columns.starts_with(&names) {
            return Err(ReadTsvError::Columns {
                line: number,
                expected: columns.join(", "),
            });
        }
        let rows = lines.map(|(number, line)| {
            let mut cells: Vec<&str> = line.split('\t').map(str::trim).collect();
            if cells.len() < form.filled || cells.len() > names.len() {
                return Err(ReadTsvError::Cells {
                    line: number,
                    found: cells.len(),
                    least: form.filled,
                    most: names.len(),
                });
            }
            cells.resize(columns.len(), "");
            Ok((number, cells))
        });
        let rows = rows.collect::<Result<_, _>>()?;
        Ok(Self { head, rows })
    }

    /// Takes the value of a key out of the head; blank ones count as missing.
    pub(super) fn take(&mut self, key: &str) -> Option<(usize, &'a str)> {
        let found = self.head.iter().position(|(_, it, _)| *it == key)?;
        let (line, _, value) = self.head.remove(found);
        (!value.is_empty()).then_some((line, value))
    }

    /// Takes the value of a key that has to be there.
    pub(super) fn require(&mut self, key: &'static str) -> Result<(usize, &'a str), ReadTsvError> {
        self.take(key).ok_or(ReadTsvError::Missing { key })
    }

    /// Returns the rows, once every key of the head was taken.
    pub(super) fn rows(self) -> Result<Vec<(usize, Vec<&'a str>)>, ReadTsvError> {
        match self.head.first() {
            None => Ok(self.rows),
            // A key that was taken once is unknown the second time.
            Some((line, key, _)) => Err(ReadTsvError::Key {
                line: *line,
                found: shortened(key),
            }),
        }
    }
}

/// Says why a tab-separated text is neither a crosswalk nor a list of ids. Lines count from 1.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ReadTsvError {
    /// A row has too few or too many cells.
    #[error("line {line} has {found} cells, expected {least} to {most}")]
    Cells {
        /// The line.
        line: usize,
        /// How many cells it has.
        found: usize,
        /// How many it has to have.
        least: usize,
        /// How many columns there are.
        most: usize,
    },
    /// The line after the head does not name the columns.
    #[error("line {line} does not name the columns {expected}")]
    Columns {
        /// The line.
        line: usize,
        /// The columns.
        expected: String,
    },
    /// The head has a date that is none.
    #[error("line {line} has no date")]
    Date {
        /// The line.
        line: usize,
        /// What is wrong with it.
        source: ParseDateError,
    },
    /// A row of a crosswalk or an id of a list stands there twice.
    #[error("line {line} repeats line {first}")]
    Duplicate {
        /// The later line.
        line: usize,
        /// The earlier line.
        first: usize,
    },
    /// The head does not name a framework.
    #[error("line {line} names no framework")]
    Framework {
        /// The line.
        line: usize,
        /// What is wrong with it.
        source: FrameworkError,
    },
    /// A line of the head has another form.
    #[error("line {line} has the form `# key: value`, found `{}`", Terminal(found))]
    Head {
        /// The line.
        line: usize,
        /// The line's text, cut off after 32 characters.
        found: String,
    },
    /// The head has a key that is unknown, or has it twice.
    #[error(
        "line {line} has the key `{}`, which is unknown or stands twice",
        Terminal(found)
    )]
    Key {
        /// The line.
        line: usize,
        /// The key, cut off after 32 characters.
        found: String,
    },
    /// The head lacks a key, or has no value for it.
    #[error("head has no value for the key `{key}`")]
    Missing {
        /// The key.
        key: &'static str,
    },
    /// A word is none of the terms that may stand in its place.
    #[error("line {line} has a word that is not allowed there")]
    Term {
        /// The line.
        line: usize,
        /// Which word it is.
        source: UnknownTerm,
    },
    /// A text is not one line.
    #[error("line {line} has a value that cannot stand there")]
    Text {
        /// The line.
        line: usize,
        /// What is wrong with it.
        source: LineError,
    },
    /// The text is too large.
    #[error("text is larger than {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: usize,
    },
    /// The text has too many lines.
    #[error("text has more than {limit} lines")]
    TooMany {
        /// The limit.
        limit: usize,
    },
    /// The text is not UTF-8.
    #[error("line {line} is not utf-8")]
    Utf8 {
        /// The line.
        line: usize,
    },
}

impl ReadTsvError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Cells { .. } => "rmf.tsv.cells",
            Self::Columns { .. } => "rmf.tsv.columns",
            Self::Date { .. } => "rmf.tsv.date",
            Self::Duplicate { .. } => "rmf.tsv.duplicate",
            Self::Framework { .. } => "rmf.tsv.framework",
            Self::Head { .. } => "rmf.tsv.head",
            Self::Key { .. } => "rmf.tsv.key",
            Self::Missing { .. } => "rmf.tsv.missing",
            Self::Term { .. } => "rmf.tsv.term",
            Self::Text { .. } => "rmf.tsv.text",
            Self::TooLarge { .. } => "rmf.tsv.too_large",
            Self::TooMany { .. } => "rmf.tsv.too_many",
            Self::Utf8 { .. } => "rmf.tsv.utf8",
        }
    }
}

/// Reads the date of a head line.
pub(super) fn date((line, value): (usize, &str)) -> Result<Date, ReadTsvError> {
    value
        .parse()
        .map_err(|source| ReadTsvError::Date { line, source })
}

/// Returns the lines, counted from 1, each without its line break.
fn lines(bytes: &[u8]) -> Result<Vec<(usize, &str)>, ReadTsvError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadTsvError::TooLarge { limit: MAX_BYTES });
    }
    let text = from_utf8(bytes).map_err(|error| ReadTsvError::Utf8 {
        line: newlines(&bytes[..error.valid_up_to()]) + 1,
    })?;
    if newlines(bytes) >= MAX_LINES {
        return Err(ReadTsvError::TooMany { limit: MAX_LINES });
    }
    Ok((1..).zip(text.lines()).collect())
}

fn newlines(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte == b'\n').count()
}
