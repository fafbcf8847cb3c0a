use std::fmt;

use modelward_artifact::Timestamp;
use modelward_artifact::escape::Terminal;
use modelward_artifact::json::{self, JsonError};
use serde::Serialize;

use super::{DueTimes, Fact, Obligation, ObligationStatus, REMINDER_NOTICE, WorkingCalendar};

/// Lists obligations as they stand at an instant, the most urgent first, for people and programs.
///
/// Every output begins with [`REMINDER_NOTICE`]. Nothing is left out: settled ones and those without
/// a due time come last.
///
/// ```
/// use modelward_incident::{
///     Facts, REMINDER_NOTICE, Reminders, ReportingRules, WorkingCalendar, applicable,
/// };
///
/// let obligations = applicable(&Facts::new(), ReportingRules::built_in().as_slice());
/// let now = "2026-11-23T10:00:00Z".parse()?;
/// let reminders = Reminders::new(&obligations, now, &WorkingCalendar::utc());
/// assert!(reminders.to_string().starts_with(REMINDER_NOTICE));
/// assert!(reminders.to_string().contains("find out: personal-data-breach"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Reminders<'a> {
    now: Timestamp,
    rows: Vec<(&'a Obligation, Option<DueTimes>, ObligationStatus<'a>)>,
}

impl<'a> Reminders<'a> {
    /// Takes stock of obligations at `now`.
    #[must_use]
    pub fn new(obligations: &'a [Obligation], now: Timestamp, calendar: &WorkingCalendar) -> Self {
        let row = |it: &'a Obligation| (it, it.due(calendar), it.status(now, calendar));
        let mut rows: Vec<_> = obligations.iter().map(row).collect();
        rows.sort_by_cached_key(|(it, due, status)| {
            let settled = matches!(
                status,
                ObligationStatus::Met(_) | ObligationStatus::NotApplicable { .. }
            );
            let first = due.map_or(Timestamp::MAX, DueTimes::first);
            (settled, due.is_none(), first, it.rule().id().clone())
        });
        Self { now, rows }
    }

    /// Writes the document `modelward.reminders/1`: the same bytes for the same obligations.
    ///
    /// # Errors
    ///
    /// [`JsonError`] where a part has no JSON form, which each has.
    pub fn to_json(&self) -> Result<Vec<u8>, JsonError> {
        json::pretty(&Document {
            schema: "modelward.reminders/1",
            notice: REMINDER_NOTICE,
            at: self.now,
            reminders: self.rows.iter().map(Row::of).collect(),
        })
    }
}

/// Writes the notice and one line an obligation, safe to print on a terminal.
impl fmt::Display for Reminders<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{REMINDER_NOTICE}")?;
        for (it, due, status) in &self.rows {
            write!(f, "{}: {}", it.rule().id(), name(status))?;
            match due {
                None => f.write_str(", the clock has not started")?,
                Some(due) => write!(f, ", due {} ({})", due.strict, due.calendar)?,
            }
            let recipient = it.rule().recipient().as_str();
            write!(f, ", to {}", Terminal(recipient))?;
            if !it.find_out().is_empty() {
                let facts: Vec<_> = it.find_out().iter().map(|fact| fact.name()).collect();
                write!(f, ", find out: {}", facts.join(", "))?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    notice: &'static str,
    at: Timestamp,
    reminders: Vec<Row<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row<'a> {
    rule: &'a str,
    basis: &'a str,
    statement: &'a str,
    quote: &'a str,
    recipient: &'a str,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    strict_due: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    calendar_due: Option<Timestamp>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    find_out: Vec<Fact>,
}

impl<'a> Row<'a> {
    fn of((it, due, status): &(&'a Obligation, Option<DueTimes>, ObligationStatus<'_>)) -> Self {
        let rule = it.rule();
        Self {
            rule: rule.id().as_str(),
            basis: rule.basis().as_str(),
            statement: rule.statement().as_str(),
            quote: rule.quote().as_str(),
            recipient: rule.recipient().as_str(),
            status: name(status),
            start: it.start(),
            strict_due: due.map(|due| due.strict),
            calendar_due: due.map(|due| due.calendar),
            find_out: it.find_out().iter().copied().collect(),
        }
    }
}

const fn name(status: &ObligationStatus<'_>) -> &'static str {
    match status {
        ObligationStatus::Met(_) => "met",
        ObligationStatus::NotApplicable { .. } => "not-applicable",
        ObligationStatus::Open => "open",
        ObligationStatus::Overdue => "overdue",
        ObligationStatus::Tolled { .. } => "tolled",
    }
}
