use std::fmt;

use modelward_artifact::{Date, Timestamp};

use crate::{ActionId, Risk, RiskId, RiskRegister};

/// Says what is to be done by a day.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum DueItem {
    /// An acceptance ends, and the risk is to be decided on anew.
    Acceptance,
    /// An action is to be completed.
    Action(ActionId),
    /// The risk is to be reviewed.
    Review,
}

impl fmt::Display for DueItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Acceptance => f.write_str("acceptance"),
            Self::Action(id) => write!(f, "action {id}"),
            Self::Review => f.write_str("review"),
        }
    }
}

/// Says how far away the day is on which something is due.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a day is still to come or has passed"
)]
pub enum Timing {
    /// So many days are left; 0 on the day itself.
    Left(u32),
    /// The day has passed, so many days ago; 1 on the day after it.
    Overdue(u32),
}

/// Names something that is due, for which risk, and on which day.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Due {
    on: Date,
    risk: RiskId,
    item: DueItem,
    timing: Timing,
}

impl Due {
    /// Returns the last day on which it is in time.
    #[must_use]
    pub const fn on(&self) -> Date {
        self.on
    }

    /// Returns the risk.
    #[must_use]
    pub const fn risk(&self) -> &RiskId {
        &self.risk
    }

    /// Returns what is due.
    #[must_use]
    pub const fn item(&self) -> &DueItem {
        &self.item
    }

    /// Returns how many days are left or have passed.
    #[must_use]
    pub const fn timing(&self) -> Timing {
        self.timing
    }

    /// Tells whether the day has passed.
    #[must_use]
    pub const fn is_overdue(&self) -> bool {
        matches!(self.timing, Timing::Overdue(_))
    }
}

impl RiskRegister {
    /// Returns what is overdue at `now` or becomes due within so many days, sorted by day, risk and
    /// item.
    ///
    /// That is reviews, actions that are open, and acceptances that are not revoked. Of closed
    /// risks nothing is due.
    #[must_use]
    pub fn due(&self, now: Timestamp, within_days: u32) -> Vec<Due> {
        let today = now.date();
        let last = today.checked_add_days(within_days).unwrap_or(Date::MAX);
        let risks = self.risks().filter(|risk| !risk.status().is_closed());
        let mut due: Vec<_> = risks
            .flat_map(|risk| dates(risk).into_iter().map(move |date| (risk, date)))
            .filter(|(_, (on, _))| *on <= last)
            .map(|(risk, (on, item))| Due {
                on,
                risk: risk.id().clone(),
                item,
                timing: timing(on, today),
            })
            .collect();
        due.sort_by(|left, right| key(left).cmp(&key(right)));
        due
    }
}

fn dates(risk: &Risk) -> Vec<(Date, DueItem)> {
    let treatment = risk.treatment();
    let acceptance = treatment.acceptance();
    let acceptance = acceptance.filter(|acceptance| acceptance.revoked().is_none());
    let acceptance = acceptance.map(|acceptance| (acceptance.expires(), DueItem::Acceptance));
    let review = risk.review_by().map(|on| (on, DueItem::Review));
    let actions = treatment.actions().iter();
    let actions = actions
        .filter(|action| action.state().is_open())
        .filter_map(|action| Some((action.due()?, DueItem::Action(action.id().clone()))));
    acceptance
        .into_iter()
        .chain(review)
        .chain(actions)
        .collect()
}

fn timing(on: Date, today: Date) -> Timing {
    match (on.days_since(today), today.days_since(on)) {
        (None, Some(passed)) => Timing::Overdue(passed),
        (left, _) => Timing::Left(left.unwrap_or(0)),
    }
}

fn key(due: &Due) -> (Date, &RiskId, &DueItem) {
    (due.on, &due.risk, &due.item)
}
