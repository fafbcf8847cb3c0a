mod harm;
mod metadata;
mod others;

use modelward_artifact::Party;

use super::super::LossStatus::{self, Direct, Partial, Unmapped};
use super::super::ledger::Ledger;
use super::form::OecdRow;
use crate::{Incident, OecdCriterion};

/// What the record says to a criterion, and which of its fields say it.
struct Derived {
    status: LossStatus,
    answers: Vec<String>,
    note: &'static str,
    sources: Vec<(String, LossStatus)>,
}

impl Derived {
    /// Says how well the record answers a criterion, if it does, and how.
    const fn new(status: LossStatus, note: &'static str) -> Self {
        Self {
            status,
            answers: Vec::new(),
            note,
            sources: Vec::new(),
        }
    }

    /// Says that no field of the record answers a criterion.
    const fn nothing(note: &'static str) -> Self {
        Self::new(Unmapped, note)
    }

    /// Adds an answer and the field that it is taken from.
    fn say(&mut self, answer: impl Into<String>, field: impl Into<String>, status: LossStatus) {
        self.answers.push(answer.into());
        self.sources.push((field.into(), status));
    }

    fn says_nothing(&self) -> bool {
        self.answers.is_empty()
    }
}

/// Answers every criterion.
pub(super) fn rows(
    incident: &Incident,
    submitter: Option<&Party>,
    ledger: &mut Ledger,
) -> Vec<OecdRow> {
    OecdCriterion::all()
        .map(|criterion| {
            let mut derived = derived(criterion.number(), incident, submitter);
            if derived.says_nothing() && derived.status != Unmapped {
                derived = Derived::nothing("the record holds nothing of it");
            }
            row(criterion, derived, incident, ledger)
        })
        .collect()
}

fn derived(number: u8, incident: &Incident, submitter: Option<&Party>) -> Derived {
    match number {
        1 => metadata::title(incident),
        2 => metadata::description(incident),
        3 => metadata::relation(incident),
        4 => metadata::submitter(incident, submitter),
        5 => metadata::first_occurrence(incident),
        7 => metadata::material(incident),
        8 => metadata::systems(incident),
        9 => metadata::organizations(incident),
        10 => harm::severity(incident),
        11 => harm::kinds(incident),
        12 => harm::amounts(incident),
        13 => harm::wrongful_use(incident),
        14 => harm::affected(incident),
        15 => harm::rights(incident),
        21 => others::training_data(incident),
        22 => others::models(incident),
        25 => others::tasks(incident),
        27 => others::actions(incident),
        28 => others::steps(incident),
        29 => others::anything_else(incident),
        _ => Derived::nothing("only a person can answer it, and nobody has"),
    }
}

/// Puts what a person answered first; what is only near to an answer then stays away.
fn row(
    criterion: OecdCriterion,
    derived: Derived,
    incident: &Incident,
    ledger: &mut Ledger,
) -> OecdRow {
    let number = criterion.number();
    let note = format!("criterion {number}");
    let field = format!("oecdAnswers/{number}");
    let stated = incident.oecd_answers().get(&criterion);
    let stated = stated.filter(|_| number != 10);
    let is_used = stated.is_none() || matches!(derived.status, Direct | Partial);
    for (field, status) in derived.sources.iter().filter(|_| is_used) {
        ledger.say(field, *status, note.as_str());
    }
    let Some(stated) = stated else {
        let why = "the five values of criterion 10 are stated as such, and not as a text";
        ledger.unmapped(&field, why);
        return OecdRow {
            criterion,
            status: derived.status,
            answers: derived.answers,
            note: derived.note,
        };
    };
    ledger.direct(&field, note);
    let mut answers = vec![stated.as_str().to_owned()];
    answers.extend(derived.answers.into_iter().filter(|_| is_used));
    OecdRow {
        criterion,
        status: Direct,
        answers,
        note: "answered by a person",
    }
}
