//! Who has to be told of an incident, and by when. It reminds; it does not advise.

mod clock;
mod error;
mod facts;
mod quote;
mod reminders;
mod rule;
mod rules;
mod select;
mod trigger;

use std::collections::BTreeSet;
use std::time::Duration;

use modelward_artifact::{Party, Text, Timestamp};

pub use self::clock::{OffsetError, WorkingCalendar};
pub use self::error::ObligationError;
pub use self::facts::{Answer, Fact, Facts, Moment, ReportSent};
pub use self::reminders::Reminders;
pub use self::rule::{Due, InitialReport, ReportingRule, ReportingRuleError, Start, WhenClosed};
pub use self::rules::ReportingRules;
pub use self::select::{Excluded, Exclusion, Selection, applicable, select};
pub use self::trigger::Trigger;

/// Says what reminders are and are not; every output carries it.
pub const REMINDER_NOTICE: &str = "This is a reminder by our reading of the rules, not legal \
    advice. Check each rule and time with someone who answers for it.";

/// Stops the clock of an obligation from one instant to another, by someone's decision.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Toll {
    why: Text,
    by: Party,
    since: Timestamp,
    until: Timestamp,
}

impl Toll {
    /// States why and by whom the clock is stopped, from `since` to `until`.
    #[must_use]
    pub const fn new(why: Text, by: Party, since: Timestamp, until: Timestamp) -> Self {
        Self {
            why,
            by,
            since,
            until,
        }
    }

    /// Returns why.
    #[must_use]
    pub const fn why(&self) -> &Text {
        &self.why
    }

    /// Returns who decided it.
    #[must_use]
    pub const fn by(&self) -> &Party {
        &self.by
    }

    /// Returns when the clock stops.
    #[must_use]
    pub const fn since(&self) -> Timestamp {
        self.since
    }

    /// Returns when the clock goes on.
    #[must_use]
    pub const fn until(&self) -> Timestamp {
        self.until
    }
}

/// Says how an obligation stands at an instant.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum ObligationStatus<'a> {
    /// The report was sent.
    Met(&'a ReportSent),
    /// A person decided that the rule does not apply.
    NotApplicable {
        /// Why.
        why: &'a Text,
        /// Who decided it.
        by: &'a Party,
    },
    /// The report is still to be sent.
    Open,
    /// The earlier of the two due times has passed.
    Overdue,
    /// The clock is stopped.
    Tolled {
        /// Why.
        why: &'a Text,
        /// When it goes on.
        until: Timestamp,
    },
}

/// Gives the two readings of one time limit.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct DueTimes {
    /// So many times 24 hours after the start.
    pub strict: Timestamp,
    /// By Regulation 1182/71 and the working days of a place.
    pub calendar: Timestamp,
}

impl DueTimes {
    /// Returns the earlier one, by which alarms go.
    #[must_use]
    pub fn first(self) -> Timestamp {
        self.strict.min(self.calendar)
    }
}

#[derive(Clone, Debug, Eq, PartialEq)]
enum Settled {
    Met(ReportSent),
    Not,
    RuledOut { why: Text, by: Party },
}

/// Holds one report that has to be sent, or that may have to be: see [`Obligation::find_out`].
///
/// ```
/// use modelward_artifact::Party;
/// use modelward_incident::{
///     Answer, Fact, Facts, Moment, ObligationStatus, ReportingRules, WorkingCalendar, applicable,
/// };
///
/// let ada = Party::new("Ada Example")?;
/// let facts = Facts::new()
///     .with_answer(Fact::PersonalDataBreach, Answer::Yes, &ada)
///     .with_time(Moment::Aware, "2026-11-23T10:20:00Z".parse()?);
/// let obligations = applicable(&facts, ReportingRules::built_in().as_slice());
/// let gdpr = obligations.iter().find(|it| it.rule().id().as_str() == "gdpr/33");
/// let gdpr = gdpr.ok_or("personal data was breached")?;
///
/// let utc = WorkingCalendar::utc();
/// let due = gdpr.due(&utc).ok_or("awareness is known")?;
/// assert_eq!(due.strict, "2026-11-26T10:20:00Z".parse()?);
/// assert_eq!(due.calendar, "2026-11-26T11:00:00Z".parse()?);
/// let late = "2026-11-26T10:30:00Z".parse()?;
/// assert_eq!(gdpr.status(late, &utc), ObligationStatus::Overdue);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Obligation {
    rule: ReportingRule,
    find_out: BTreeSet<Fact>,
    start: Option<Timestamp>,
    tolls: Vec<Toll>,
    settled: Settled,
}

impl Obligation {
    fn new(rule: &ReportingRule, facts: &Facts, start: Option<Timestamp>) -> Self {
        // What repeats is never done by one report; the next clock starts from it.
        let report = match rule.due() {
            Due::EveryWeeks(_) => None,
            _ => facts.report(rule.id()).cloned(),
        };
        Self {
            rule: rule.clone(),
            find_out: rule.trigger().find_out(facts),
            start,
            tolls: Vec::new(),
            settled: report.map_or(Settled::Not, Settled::Met),
        }
    }

    /// Returns the rule.
    #[must_use]
    pub const fn rule(&self) -> &ReportingRule {
        &self.rule
    }

    /// Returns what has to be found out before it can be told whether the rule applies.
    ///
    /// It is empty where the rule applies for sure. Until then the times count as if it did.
    #[must_use]
    pub const fn find_out(&self) -> &BTreeSet<Fact> {
        &self.find_out
    }

    /// Returns when the clock started, or `None` where that is not known or has not happened yet.
    #[must_use]
    pub const fn start(&self) -> Option<Timestamp> {
        self.start
    }

    /// Returns how long the clock was or will be stopped.
    #[must_use]
    pub fn tolls(&self) -> &[Toll] {
        &self.tolls
    }

    /// Returns both due times; `None` without a start, after year 9999, and where no working day
    /// comes within 400 days.
    ///
    /// Time for which the clock is stopped is added before the period is counted.
    #[must_use]
    pub fn due(&self, calendar: &WorkingCalendar) -> Option<DueTimes> {
        let stopped = self
            .tolls
            .iter()
            .filter_map(|toll| toll.until.since(toll.since));
        let start = self.start?.checked_add(stopped.sum::<Duration>())?;
        let due = self.rule.due();
        Some(DueTimes {
            strict: due.strict(start)?,
            calendar: calendar.due_closing(start, due, self.rule.when_closed())?,
        })
    }

    /// Returns how it stands at `now`; overdue means that [`DueTimes::first`] lies before `now`.
    ///
    /// One that may turn out not to apply is overdue all the same.
    #[must_use]
    pub fn status(&self, now: Timestamp, calendar: &WorkingCalendar) -> ObligationStatus<'_> {
        match &self.settled {
            Settled::Met(report) => return ObligationStatus::Met(report),
            Settled::RuledOut { why, by } => return ObligationStatus::NotApplicable { why, by },
            Settled::Not => {}
        }
        let stops = |toll: &&Toll| toll.since <= now && now < toll.until;
        if let Some(Toll { why, until, .. }) = self.tolls.iter().find(stops) {
            let until = *until;
            return ObligationStatus::Tolled { why, until };
        }
        match self.due(calendar) {
            Some(due) if due.first() < now => ObligationStatus::Overdue,
            _ => ObligationStatus::Open,
        }
    }

    /// Tells whether the report was sent after the earlier due time.
    #[must_use]
    pub fn was_late(&self, calendar: &WorkingCalendar) -> bool {
        let Settled::Met(report) = &self.settled else {
            return false;
        };
        self.due(calendar)
            .is_some_and(|due| due.first() < report.at())
    }

    /// Records that the report was sent.
    ///
    /// # Errors
    ///
    /// [`ObligationError::Settled`] where it was sent or ruled out before, and
    /// [`ObligationError::BeforeStart`] where the report is older than the clock.
    pub fn meet(&mut self, report: ReportSent) -> Result<(), ObligationError> {
        self.check_open()?;
        if let Some(start) = self.start
            && report.at() < start
        {
            let at = report.at();
            return Err(ObligationError::BeforeStart { at, start });
        }
        self.settled = Settled::Met(report);
        Ok(())
    }

    /// Records that a person decided that the rule does not apply.
    ///
    /// # Errors
    ///
    /// [`ObligationError::Settled`] where the report was sent or the rule was ruled out before.
    pub fn rule_out(&mut self, why: Text, by: Party) -> Result<(), ObligationError> {
        self.check_open()?;
        self.settled = Settled::RuledOut { why, by };
        Ok(())
    }

    /// Stops the clock for a time.
    ///
    /// # Errors
    ///
    /// [`ObligationError`] where it is settled, has no clock yet, or the stop does not begin after
    /// the start and every earlier stop, before the strict due time, and end later than it begins.
    pub fn toll(&mut self, toll: Toll) -> Result<(), ObligationError> {
        self.check_open()?;
        self.stop(toll)
    }

    /// Stops the clock of an obligation that may be settled by now.
    pub(crate) fn stop(&mut self, toll: Toll) -> Result<(), ObligationError> {
        let due = self.due(&WorkingCalendar::utc());
        let (Some(start), Some(due)) = (self.start, due) else {
            return Err(ObligationError::NoClock);
        };
        let free = self.tolls.last().map_or(start, |last| last.until);
        let (since, until) = (toll.since, toll.until);
        if since < free || since > due.strict || until <= since {
            return Err(ObligationError::Toll { since, until });
        }
        self.tolls.push(toll);
        Ok(())
    }

    fn check_open(&self) -> Result<(), ObligationError> {
        match self.settled {
            Settled::Not => Ok(()),
            Settled::Met(_) | Settled::RuledOut { .. } => Err(ObligationError::Settled),
        }
    }
}

/// Returns the obligations that are overdue at `now` or become so `within` a time, the most urgent
/// first.
///
/// Those without a due time are not among them; [`Reminders`] lists every one.
#[must_use]
pub fn due<'a>(
    obligations: &'a [Obligation],
    now: Timestamp,
    within: Duration,
    calendar: &WorkingCalendar,
) -> Vec<&'a Obligation> {
    let end = now.checked_add(within).unwrap_or(Timestamp::MAX);
    let open = obligations.iter().filter(|it| it.settled == Settled::Not);
    let mut timed: Vec<_> = open
        .filter_map(|it| Some((it.due(calendar)?.first(), it)))
        .filter(|(first, _)| *first <= end)
        .collect();
    timed.sort_by(|(a, left), (b, right)| {
        a.cmp(b).then_with(|| left.rule.id().cmp(right.rule.id()))
    });
    timed.into_iter().map(|(_, it)| it).collect()
}
