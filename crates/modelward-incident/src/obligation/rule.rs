use std::collections::BTreeSet;
use std::fmt;

use modelward_artifact::{Date, Text};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::facts::Moment;
use super::quote;
use super::trigger::Trigger;
use crate::Slug;

/// How many rules the clock of one may wait for.
const MAX_REPORTS: usize = 32;

/// Says how long after its start a report is due.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Due {
    /// So many days: 1 to 3,660.
    Days(u32),
    /// Again and again, so many weeks after the last report, until the incident is resolved: 1 to 520.
    EveryWeeks(u32),
    /// So many hours: 1 to 8,784.
    Hours(u32),
    /// At once.
    Immediately,
    /// So many months: 1 to 120.
    Months(u32),
}

impl Due {
    const fn in_range(self) -> bool {
        let (number, max) = match self {
            Self::Days(days) => (days, 3660),
            Self::EveryWeeks(weeks) => (weeks, 520),
            Self::Hours(hours) => (hours, 8784),
            Self::Immediately => (1, 1),
            Self::Months(months) => (months, 120),
        };
        number >= 1 && number <= max
    }

    /// Returns the least number of hours, to tell which of several is the shortest.
    pub(super) const fn least_hours(self) -> u32 {
        match self {
            Self::Days(days) => days * 24,
            Self::EveryWeeks(weeks) => weeks * 7 * 24,
            Self::Hours(hours) => hours,
            Self::Immediately => 0,
            Self::Months(months) => months * 28 * 24,
        }
    }
}

/// Writes it in words, such as `15 days`.
impl fmt::Display for Due {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, unit) = match *self {
            Self::Days(days) => (days, "day"),
            Self::EveryWeeks(weeks) => (weeks, "week"),
            Self::Hours(hours) => (hours, "hour"),
            Self::Immediately => return f.write_str("immediately"),
            Self::Months(months) => (months, "month"),
        };
        if matches!(self, Self::EveryWeeks(_)) {
            f.write_str("every ")?;
        }
        let plural = if number == 1 { "" } else { "s" };
        write!(f, "{number} {unit}{plural}")
    }
}

/// Says what a clock starts from.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Start {
    /// A moment of the incident.
    Moment(Moment),
    /// The latest report under any of these rules: 1 to 32.
    ReportSent(BTreeSet<Slug>),
}

/// Says what happens to a deadline that ends on a day that is no working day.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum WhenClosed {
    /// It ends with the next working day, as Regulation 1182/71 has it; hours are not moved.
    #[default]
    EndOfNextWorkingDay,
    /// It ends at noon of the next working day, hours too, as DORA has it.
    NoonOfNextWorkingDay,
}

/// Says whether a report may be incomplete at first.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum InitialReport {
    /// An incomplete report may come first and be completed later.
    Allowed,
    /// The report has to be complete, or nothing is said about it.
    NotProvided,
}

/// States when a law, a code or a contract wants a report, as data.
///
/// - The number of [`ReportingRule::due`] stands in [`ReportingRule::quote`] where that has any
///   number that can be read: English number words up to twelve, or digits.
/// - It names at least one fact that makes it apply, and none that also keeps it from applying.
/// - It is our reading, a reminder and no legal advice.
///
/// ```
/// use modelward_incident::{Due, ReportingRules};
///
/// let rules = ReportingRules::built_in();
/// let rule = rules.get(&"eu-ai-act/73-2".parse()?).ok_or("is built in")?;
/// assert_eq!(rule.due(), Due::Days(15));
/// assert_eq!(rule.quote().as_str(), "not later than 15 days");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct ReportingRule {
    wire: Wire,
}

impl ReportingRule {
    /// Returns the name of the rule, such as `eu-ai-act/73-2`.
    #[must_use]
    pub const fn id(&self) -> &Slug {
        &self.wire.id
    }

    /// Returns the law, code or contract in short, such as `EU AI Act`.
    #[must_use]
    pub const fn regime(&self) -> &Text {
        &self.wire.regime
    }

    /// Returns the article.
    #[must_use]
    pub const fn basis(&self) -> &Text {
        &self.wire.basis
    }

    /// Returns our own statement of the rule.
    #[must_use]
    pub const fn statement(&self) -> &Text {
        &self.wire.statement
    }

    /// Returns the phrase with the number, as the basis has it.
    #[must_use]
    pub const fn quote(&self) -> &Text {
        &self.wire.quote
    }

    /// Returns where the basis was read.
    #[must_use]
    pub const fn source(&self) -> &Text {
        &self.wire.source
    }

    /// Returns when the basis was read.
    #[must_use]
    pub const fn retrieved(&self) -> Date {
        self.wire.retrieved
    }

    /// Returns the first day on which the rule applies, where there is one.
    #[must_use]
    pub const fn applies_from(&self) -> Option<Date> {
        self.wire.applies_from
    }

    /// Returns which facts make it apply.
    #[must_use]
    pub const fn trigger(&self) -> &Trigger {
        &self.wire.trigger
    }

    /// Returns what its clock starts from.
    #[must_use]
    pub const fn start(&self) -> &Start {
        &self.wire.start
    }

    /// Returns how long after the start the report is due.
    #[must_use]
    pub const fn due(&self) -> Due {
        self.wire.due
    }

    /// Returns what happens where it ends on a closed day.
    #[must_use]
    pub const fn when_closed(&self) -> WhenClosed {
        self.wire.when_closed
    }

    /// Returns whether an incomplete report may come first.
    #[must_use]
    pub const fn initial_report(&self) -> InitialReport {
        self.wire.initial_report
    }

    /// Returns who is to be told.
    #[must_use]
    pub const fn recipient(&self) -> &Text {
        &self.wire.recipient
    }

    /// Returns the group of which only the shortest rule that applies counts.
    #[must_use]
    pub const fn shortest_of(&self) -> Option<&Slug> {
        self.wire.shortest_of.as_ref()
    }

    fn checked(self) -> Result<Self, ReportingRuleError> {
        let wire = &self.wire;
        if !wire.due.in_range() {
            return Err(ReportingRuleError::Due);
        }
        if !wire.trigger.is_sound() {
            return Err(ReportingRuleError::Trigger);
        }
        if let Start::ReportSent(rules) = &wire.start
            && !(1..=MAX_REPORTS).contains(&rules.len())
        {
            let found = rules.len();
            return Err(ReportingRuleError::Start { found });
        }
        if !quote::agrees(wire.quote.as_str(), wire.due) {
            let due = wire.due;
            return Err(ReportingRuleError::Quote { due });
        }
        Ok(self)
    }
}

#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Wire {
    id: Slug,
    regime: Text,
    basis: Text,
    statement: Text,
    quote: Text,
    source: Text,
    retrieved: Date,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    applies_from: Option<Date>,
    trigger: Trigger,
    start: Start,
    due: Due,
    #[serde(default)]
    when_closed: WhenClosed,
    initial_report: InitialReport,
    recipient: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    shortest_of: Option<Slug>,
}

impl TryFrom<Wire> for ReportingRule {
    type Error = ReportingRuleError;

    fn try_from(wire: Wire) -> Result<Self, ReportingRuleError> {
        Self { wire }.checked()
    }
}

impl From<ReportingRule> for Wire {
    fn from(rule: ReportingRule) -> Self {
        rule.wire
    }
}

/// Says why something is no [`ReportingRule`].
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ReportingRuleError {
    /// The number is 0 or too large.
    #[error(
        "time limit out of range, expected 1 to 8784 hours, 3660 days, 520 weeks or 120 months"
    )]
    Due,
    /// The quote has numbers, and none is that of the rule.
    #[error("the quote does not say {due}")]
    Quote {
        /// The limit of the rule.
        due: Due,
    },
    /// The clock waits for no report, or for too many.
    #[error("the clock waits for {found} reports, expected 1 to {MAX_REPORTS}")]
    Start {
        /// How many there are.
        found: usize,
    },
    /// No fact makes the rule apply, or one of them also keeps it from applying.
    #[error("the trigger names no fact, or one that also excludes it")]
    Trigger,
}

impl ReportingRuleError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Due => "incident.rule.due",
            Self::Quote { .. } => "incident.rule.quote",
            Self::Start { .. } => "incident.rule.start",
            Self::Trigger => "incident.rule.trigger",
        }
    }
}
