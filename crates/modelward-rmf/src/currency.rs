//! States what is in force, superseded or still open among frameworks and laws, with a date and a
//! source, so that an assessment does not rest on what was true last year.
//!
//! These facts are as good as the day they were written, and are no legal advice. Most were read in
//! reports of others and not in the original, and say so.
//!
//! ```
//! use modelward_rmf::currency;
//!
//! let order = currency::about("EO 14110").next().expect("it is listed");
//! assert!(order.statement().contains("revoked"));
//!
//! let next = currency::ai_act_after("2026-11-26".parse()?).next().expect("more is to come");
//! assert_eq!(next.applies_from().to_string(), "2026-12-02");
//! # Ok::<(), modelward_artifact::ParseDateError>(())
//! ```

use std::fmt;

use modelward_artifact::Date;
use serde::Serialize;

mod table;

/// Returns the facts, in the order of their subjects.
pub fn facts() -> impl Iterator<Item = CurrencyFact> {
    table::FACTS.iter().map(|fact| CurrencyFact {
        subject: fact.0,
        statement: fact.1,
        as_of: date(fact.2),
        source: fact.3,
        source_kind: fact.4,
    })
}

/// Returns the facts about one subject, such as `EO 14110`.
pub fn about(subject: &str) -> impl Iterator<Item = CurrencyFact> {
    facts().filter(move |fact| fact.subject == subject)
}

/// Returns the days from which parts of the EU AI Act apply, as amended by Regulation (EU)
/// 2026/1744, in their order. A day may stand there more than once.
pub fn ai_act_milestones() -> impl Iterator<Item = AiActMilestone> {
    table::AI_ACT.iter().map(|milestone| AiActMilestone {
        applies_from: date(milestone.0),
        what: milestone.1,
    })
}

/// Returns the milestones of the EU AI Act that come after a day.
pub fn ai_act_after(day: Date) -> impl Iterator<Item = AiActMilestone> {
    ai_act_milestones().filter(move |milestone| milestone.applies_from > day)
}

/// States one fact about a framework or a law, on a day and by a source.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CurrencyFact {
    subject: &'static str,
    statement: &'static str,
    as_of: Date,
    source: &'static str,
    source_kind: SourceKind,
}

impl CurrencyFact {
    /// Returns what the fact is about, such as `EO 14110`.
    #[must_use]
    pub const fn subject(&self) -> &'static str {
        self.subject
    }

    /// Returns the fact, in a sentence of ours.
    #[must_use]
    pub const fn statement(&self) -> &'static str {
        self.statement
    }

    /// Returns the day for which the fact was looked up, or on which it came to be.
    #[must_use]
    pub const fn as_of(&self) -> Date {
        self.as_of
    }

    /// Returns where it was found.
    #[must_use]
    pub const fn source(&self) -> &'static str {
        self.source
    }

    /// Returns whether the original was read.
    #[must_use]
    pub const fn source_kind(&self) -> SourceKind {
        self.source_kind
    }
}

/// Shows the fact in one line, with its day and basis.
impl fmt::Display for CurrencyFact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (subject, statement) = (self.subject, self.statement);
        let (as_of, kind) = (self.as_of, self.source_kind);
        write!(f, "{subject}: {statement} ({as_of}, {kind})")
    }
}

/// Says on which day which part of the EU AI Act begins to apply.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AiActMilestone {
    applies_from: Date,
    what: &'static str,
}

impl AiActMilestone {
    /// Returns the first day on which it applies.
    #[must_use]
    pub const fn applies_from(&self) -> Date {
        self.applies_from
    }

    /// Returns what applies, in our words.
    #[must_use]
    pub const fn what(&self) -> &'static str {
        self.what
    }
}

/// Says whether the source of a fact is the original.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "the original was read or it was not"
)]
pub enum SourceKind {
    /// The original or the publisher's own page was read.
    Primary,
    /// Others report it.
    Secondary,
}

impl fmt::Display for SourceKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Primary => "primary",
            Self::Secondary => "secondary",
        })
    }
}

fn date(text: &str) -> Date {
    text.parse().expect("a test reads each day of the tables")
}
