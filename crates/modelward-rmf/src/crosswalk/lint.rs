use std::collections::BTreeMap;
use std::fmt;

use modelward_artifact::escape::Terminal;
use serde::Serialize;
use thiserror::Error;

use crate::Crosswalk;
use crate::crosswalk::{Confidence, FrameworkRef, KnownIds, Relation, Row, Status};

impl Crosswalk {
    /// Lists what is wrong with the rows, in their order; `known` has the ids of both frameworks.
    ///
    /// The list is empty where nothing is. What a check of ids cannot find is a row that means
    /// something else than its ids do; only a reader can.
    ///
    /// ```
    /// use modelward_rmf::Crosswalk;
    /// use modelward_rmf::crosswalk::KnownIds;
    ///
    /// let text = [
    ///     "# source: ai-rmf-1.0",
    ///     "# target: owasp-llm",
    ///     "# author: Ada Example",
    ///     "# date: 2026-11-26",
    ///     "source\ttarget\trelation\tconfidence\tnote",
    ///     "MEASURE 2.14\tLLM04\tintersects-with",
    /// ];
    /// let crosswalk = Crosswalk::from_tsv(text.join("\n").as_bytes())?;
    /// let issues = crosswalk.lint(&KnownIds::shipped());
    /// let codes: Vec<_> = issues.iter().map(|issue| issue.code()).collect();
    /// assert_eq!(
    ///     codes,
    ///     [
    ///         "rmf.lint.unchecked",
    ///         "rmf.lint.unknown_id",
    ///         "rmf.lint.edition_missing"
    ///     ]
    /// );
    /// # Ok::<(), modelward_rmf::crosswalk::ReadTsvError>(())
    /// ```
    #[must_use]
    pub fn lint(&self, known: &[KnownIds]) -> Vec<CrosswalkIssue> {
        let list = |framework: &FrameworkRef| {
            let mut known = known.iter();
            known.find(|it| it.framework().id() == framework.id())
        };
        let sides = [
            (Side::Source, &self.source, list(&self.source)),
            (Side::Target, &self.target, list(&self.target)),
        ];
        let unchecked = sides.iter().filter(|(.., known)| known.is_none());
        let mut issues: Vec<_> = unchecked
            .map(|(side, framework, _)| CrosswalkIssue::Unchecked {
                side: *side,
                framework: framework.id().to_owned(),
            })
            .collect();
        let mut pairs: BTreeMap<(&str, &str), (usize, Relation)> = BTreeMap::new();
        for (number, row) in (1..).zip(&self.rows) {
            for (side, _, known) in &sides {
                issues.extend(id_issues(number, row, *side, *known));
            }
            if row.relation.is_equality()
                && row.status == Status::Draft
                && row.confidence == Confidence::Low
            {
                issues.push(CrosswalkIssue::UnsureEquality { row: number });
            }
            let pair = (row.source(), row.target());
            if let Some((first, relation)) = pairs.get(&pair) {
                issues.push(repeated(number, *first, [*relation, row.relation]));
            }
            pairs.entry(pair).or_insert((number, row.relation));
        }
        issues
    }
}

/// Says what is wrong with a crosswalk. Rows count from 1.
///
/// Its `Display` is one line that is safe to print on a terminal.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum CrosswalkIssue {
    /// Two rows say of one pair that it relates, and that it does not.
    #[error("row {row} and row {first} say of one pair that it relates and that it does not")]
    Contradiction {
        /// The later row.
        row: usize,
        /// The earlier row.
        first: usize,
    },
    /// Two rows map the same pair, by two relations.
    #[error("row {row} maps the pair of row {first} again")]
    DuplicateRow {
        /// The later row.
        row: usize,
        /// The earlier row.
        first: usize,
    },
    /// The id means one thing in one edition and another in the next, and names none.
    #[error(
        "{side} id `{}` of row {row} has no edition, as in `LLM04:2026`",
        Terminal(id)
    )]
    EditionMissing {
        /// The row.
        row: usize,
        /// The side.
        side: Side,
        /// The id.
        id: String,
    },
    /// A name or prose stands where the id should.
    #[error("{side} id `{}` of row {row} is a name and no id", Terminal(id))]
    NameAsId {
        /// The row.
        row: usize,
        /// The side.
        side: Side,
        /// What stands there.
        id: String,
    },
    /// The ids of one side were not checked, since no list of them was given.
    #[error(
        "{side} ids are unchecked, there is no list of those of `{}`",
        Terminal(framework)
    )]
    Unchecked {
        /// The side.
        side: Side,
        /// The id of the framework.
        framework: String,
    },
    /// The framework has no such id.
    #[error("{side} id `{}` of row {row} does not exist", Terminal(id))]
    UnknownId {
        /// The row.
        row: usize,
        /// The side.
        side: Side,
        /// The id.
        id: String,
    },
    /// A draft claims equality and has low confidence in it.
    #[error("row {row} claims equality as a draft of low confidence")]
    UnsureEquality {
        /// The row.
        row: usize,
    },
}

impl CrosswalkIssue {
    /// Returns the stable code of this issue.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Contradiction { .. } => "rmf.lint.contradiction",
            Self::DuplicateRow { .. } => "rmf.lint.duplicate_row",
            Self::EditionMissing { .. } => "rmf.lint.edition_missing",
            Self::NameAsId { .. } => "rmf.lint.name_as_id",
            Self::Unchecked { .. } => "rmf.lint.unchecked",
            Self::UnknownId { .. } => "rmf.lint.unknown_id",
            Self::UnsureEquality { .. } => "rmf.lint.unsure_equality",
        }
    }

    /// Returns the row that it concerns, counted from 1, where it concerns one.
    #[must_use]
    pub const fn row(&self) -> Option<usize> {
        match self {
            Self::Contradiction { row, .. }
            | Self::DuplicateRow { row, .. }
            | Self::EditionMissing { row, .. }
            | Self::NameAsId { row, .. }
            | Self::UnknownId { row, .. }
            | Self::UnsureEquality { row } => Some(*row),
            Self::Unchecked { .. } => None,
        }
    }
}

/// Names one of the two sides of a crosswalk.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::exhaustive_enums, reason = "a crosswalk has two sides")]
pub enum Side {
    /// The framework whose ids are mapped.
    Source,
    /// The framework that they are mapped to.
    Target,
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Source => "source",
            Self::Target => "target",
        })
    }
}

fn id_issues(
    row: usize,
    of: &Row,
    side: Side,
    known: Option<&KnownIds>,
) -> impl Iterator<Item = CrosswalkIssue> {
    let id = match side {
        Side::Source => of.source(),
        Side::Target => of.target(),
    };
    let exists = known.map(|known| known.contains(id));
    let id = id.to_owned();
    let wrong = match exists {
        Some(true) => None,
        _ if is_name(&id) => Some(CrosswalkIssue::NameAsId {
            row,
            side,
            id: id.clone(),
        }),
        Some(false) => Some(CrosswalkIssue::UnknownId {
            row,
            side,
            id: id.clone(),
        }),
        None => None,
    };
    let no_edition = (exists != Some(true) && lacks_edition(&id))
        .then_some(CrosswalkIssue::EditionMissing { row, side, id });
    wrong.into_iter().chain(no_edition)
}

/// Tells whether a text reads like prose: three words or more, or two without a digit.
fn is_name(id: &str) -> bool {
    match id.split_whitespace().count() {
        0 | 1 => false,
        2 => !id.contains(|c: char| c.is_ascii_digit()),
        _ => true,
    }
}

/// Tells whether a text is an id of OWASP's lists for language models or agents without its year.
///
/// LLM03 is one risk in the edition of 2025 and another in that of 2026.
fn lacks_edition(id: &str) -> bool {
    let Some((list, rest)) = id.split_at_checked(3) else {
        return false;
    };
    let numbered = rest.len() >= 2 && rest.bytes().take(2).all(|byte| byte.is_ascii_digit());
    let year = rest.get(2..).and_then(|rest| rest.strip_prefix(':'));
    let dated =
        year.is_some_and(|year| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()));
    matches!(list.to_ascii_uppercase().as_str(), "ASI" | "LLM") && numbered && !dated
}

/// Judges two rows of one pair.
fn repeated(row: usize, first: usize, relations: [Relation; 2]) -> CrosswalkIssue {
    if relations.contains(&Relation::NoRelationship) {
        CrosswalkIssue::Contradiction { row, first }
    } else {
        CrosswalkIssue::DuplicateRow { row, first }
    }
}
