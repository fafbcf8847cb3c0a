use modelward_artifact::Timestamp;

use crate::report::words::{Deadline, capital, counted};
use crate::{Acceptance, AcceptanceState, ActionItem, ActionState, Party, Treatment};

/// Says what is done about a risk.
pub(in crate::report) struct TreatmentView {
    pub(in crate::report) kind: String,
    /// What was decided, by whom and why; a line each.
    pub(in crate::report) lines: Vec<String>,
    /// Why its acceptance does not hold; empty where it does or there is none.
    pub(in crate::report) warning: String,
    pub(in crate::report) actions: Vec<ActionView>,
}

/// Says what is to be done, by whom and by when.
pub(in crate::report) struct ActionView {
    pub(in crate::report) id: String,
    pub(in crate::report) what: String,
    pub(in crate::report) who: String,
    /// Empty where no day is set or the action is no longer open.
    pub(in crate::report) due: String,
    pub(in crate::report) is_late: bool,
    pub(in crate::report) is_done: bool,
    pub(in crate::report) state: String,
}

impl TreatmentView {
    pub(in crate::report) fn of(treatment: &Treatment, now: Timestamp) -> Self {
        let decided = match treatment {
            Treatment::Avoid { decision } => Some(decision.to_string()),
            Treatment::Transfer { to, instrument, .. } => Some(format!("To {to} by {instrument}")),
            Treatment::Accept(_)
            | Treatment::Mitigate { .. }
            | Treatment::Pursue { .. }
            | Treatment::Undecided => None,
        };
        let whole = matches!(treatment, Treatment::Accept(_));
        let what = if whole {
            "Accepted"
        } else {
            "Remainder accepted"
        };
        let acceptance = treatment.acceptance();
        let accepted = acceptance
            .map(|it| accepted(what, it))
            .into_iter()
            .flatten();
        let actions = treatment.actions().iter();
        Self {
            kind: capital(treatment.kind()),
            lines: decided.into_iter().chain(accepted).collect(),
            warning: acceptance.map_or_else(String::new, |it| lapse(it, now)),
            actions: actions.map(|action| ActionView::of(action, now)).collect(),
        }
    }

    /// Counts the actions that are done, such as `1 of 3 actions done`.
    pub(in crate::report) fn progress(&self) -> String {
        let done = self.actions.iter().filter(|action| action.is_done).count();
        format!("{done} of {} done", counted(self.actions.len(), "action"))
    }
}

impl ActionView {
    fn of(action: &ActionItem, now: Timestamp) -> Self {
        let is_open = action.state().is_open();
        let due = action.due().filter(|_| is_open);
        let due = due.map(|day| Deadline::due(day, now));
        Self {
            id: action.id().to_string(),
            what: action.description().to_string(),
            who: action
                .owner()
                .map_or_else(|| "nobody named".to_owned(), Party::to_string),
            is_late: due.as_ref().is_some_and(Deadline::is_late),
            due: due.map_or_else(String::new, |due| due.text()),
            is_done: matches!(action.state(), ActionState::Completed { .. }),
            state: match action.state() {
                ActionState::Completed { on } => format!("Completed {on}"),
                ActionState::Cancelled { on, reason } => format!("Cancelled {on}: {reason}"),
                state => capital(state.name()),
            },
        }
    }
}

fn accepted(what: &str, acceptance: &Acceptance) -> [String; 2] {
    let (by, on, expires) = (acceptance.by(), acceptance.on(), acceptance.expires());
    [
        format!("{what} by {by} from {on} to {expires}"),
        acceptance.justification().to_string(),
    ]
}

fn lapse(acceptance: &Acceptance, now: Timestamp) -> String {
    match (acceptance.state(now), acceptance.revoked()) {
        (AcceptanceState::Valid, _) => String::new(),
        (AcceptanceState::NotYetValid, _) => "Acceptance not yet in force".to_owned(),
        (AcceptanceState::Revoked, Some(revoked)) => {
            let (on, by, reason) = (revoked.on(), revoked.by(), revoked.reason());
            format!("Acceptance revoked {on} by {by}: {reason}")
        }
        (AcceptanceState::Revoked, None) => "Acceptance revoked".to_owned(),
        (AcceptanceState::Expired, _) => {
            let end = Deadline::expiry(acceptance.expires(), now);
            format!("Acceptance {}", end.late)
        }
    }
}
