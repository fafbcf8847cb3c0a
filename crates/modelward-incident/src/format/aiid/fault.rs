use std::fmt;

use modelward_artifact::Date;
use modelward_artifact::escape::Terminal;
use modelward_artifact::json::JsonError;
use thiserror::Error;

use super::field::{AiidField, AiidTaxonomy};

/// How many faults the text of an error shows.
const SHOWN: usize = 4;

/// Names one rule of the database that a document breaks, and where.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AiidFault {
    pointer: Box<str>,
    kind: AiidFaultKind,
}

impl AiidFault {
    pub(super) fn new(pointer: &str, kind: AiidFaultKind) -> Self {
        let pointer = pointer.into();
        Self { pointer, kind }
    }

    /// Returns where it stands in the document, as a JSON pointer (RFC 6901).
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// Returns which rule it breaks.
    #[must_use]
    pub const fn kind(&self) -> &AiidFaultKind {
        &self.kind
    }
}

/// Writes it on one line, such as `/title: has 3 characters, expected 6 to 500`.
impl fmt::Display for AiidFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.pointer {
            "" => write!(f, "the whole {}", self.kind),
            pointer => write!(f, "{}: {}", Terminal(pointer), self.kind),
        }
    }
}

/// Names a rule of the database.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum AiidFaultKind {
    /// An address is not `http` or `https` with a host, or is longer than 4,096 bytes.
    Address,
    /// A value is not in the closed list of its field.
    Choice {
        /// The field.
        field: AiidField,
    },
    /// A date has another form than it should, or no calendar has it.
    Date,
    /// A date lies in the future.
    Future {
        /// The day of the submission.
        today: Date,
    },
    /// The text of a value is not strict JSON.
    Json,
    /// A text is too short or too long, in UTF-16 units.
    Length {
        /// How long it is.
        found: usize,
        /// The least.
        min: usize,
        /// The most.
        max: usize,
    },
    /// What has to be there is not.
    Missing,
    /// A value has another shape.
    Shape {
        /// What it should be, such as "a text".
        expected: &'static str,
    },
    /// A field belongs to another taxonomy.
    Taxonomy {
        /// The taxonomy of the classification.
        expected: AiidTaxonomy,
    },
    /// A list is too long.
    TooMany {
        /// How many items it has.
        found: usize,
        /// The most.
        limit: usize,
    },
    /// A field is answered twice.
    Twice,
}

impl AiidFaultKind {
    /// Returns the stable code of this fault.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Address => "incident.aiid.address",
            Self::Choice { .. } => "incident.aiid.choice",
            Self::Date => "incident.aiid.date",
            Self::Future { .. } => "incident.aiid.future",
            Self::Json => "incident.aiid.json",
            Self::Length { .. } => "incident.aiid.length",
            Self::Missing => "incident.aiid.missing",
            Self::Shape { .. } => "incident.aiid.shape",
            Self::Taxonomy { .. } => "incident.aiid.taxonomy",
            Self::TooMany { .. } => "incident.aiid.too_many",
            Self::Twice => "incident.aiid.twice",
        }
    }
}

impl fmt::Display for AiidFaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address => f.write_str("is no address that begins with http:// or https://"),
            Self::Choice { field } => write!(f, "is no value of `{}`", field.short_name()),
            Self::Date => f.write_str("is no date such as 2026-11-26"),
            Self::Future { today } => write!(f, "lies after {today}"),
            Self::Json => f.write_str("is not strict json"),
            Self::Length { found, min, max } => {
                write!(f, "has {found} characters, expected {min} to {max}")
            }
            Self::Missing => f.write_str("is missing"),
            Self::Shape { expected } => write!(f, "is not {expected}"),
            Self::Taxonomy { expected } => write!(f, "is no field of {expected}"),
            Self::TooMany { found, limit } => {
                write!(f, "has {found} items, expected at most {limit}")
            }
            Self::Twice => f.write_str("is answered twice"),
        }
    }
}

/// Says why a text is no document of the database.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum AiidError {
    /// It breaks rules of the database.
    #[error("document breaks {} of the database: {}", rules(faults), first(faults))]
    Faults {
        /// Every one, in no order that means anything.
        faults: Vec<AiidFault>,
    },
    /// It is not strict JSON or passes a limit.
    #[error("document is not valid json")]
    Json {
        /// What is wrong with it.
        source: JsonError,
    },
}

impl AiidError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Faults { .. } => "incident.aiid.faults",
            Self::Json { source } => source.code(),
        }
    }

    /// Returns the rules that the document breaks; none where it is no JSON.
    #[must_use]
    pub fn faults(&self) -> &[AiidFault] {
        match self {
            Self::Faults { faults } => faults,
            Self::Json { .. } => &[],
        }
    }
}

fn rules(faults: &[AiidFault]) -> String {
    match faults.len() {
        1 => "a rule".to_owned(),
        number => format!("{number} rules"),
    }
}

fn first(faults: &[AiidFault]) -> String {
    let shown = faults.iter().take(SHOWN).map(ToString::to_string);
    let mut texts: Vec<String> = shown.collect();
    if let Some(more) = faults.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        texts.push(format!("and {more} more"));
    }
    texts.join("; ")
}
