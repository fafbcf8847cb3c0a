//! Which fields of a record hold something, and how well a document tells them.

use crate::export::ledger::Ledger;
use crate::export::{FieldLoss, LossStatus};
use crate::{Incident, Released};

/// Says how well a document tells a field: its name, how, and where or why not.
pub(super) type Row = (&'static str, LossStatus, &'static str);

/// Lists how well a document tells each field that holds something. A field of which `told` says
/// nothing is not there.
pub(super) fn losses(released: &Released, told: &[Row]) -> Vec<FieldLoss> {
    let incident = released.incident();
    let mut ledger = Ledger::of(incident);
    for (field, status, note) in told {
        ledger.say(field, *status, note);
        ledger.say_each((field, ""), *status, note);
    }
    let mut losses = ledger.into_losses();
    losses.extend(exceptions(incident, told));
    let withheld = incident.withheld().len();
    if withheld > 0 {
        let level = released.level();
        let note = format!("something of {withheld} events may not be told at {level}");
        losses.push(FieldLoss::new("withheld", LossStatus::Unmapped, note));
    }
    losses
}

/// Lists what was decided of single reporting rules, which the ledger does not have.
fn exceptions(incident: &Incident, told: &[Row]) -> Vec<FieldLoss> {
    let fields = [
        ("ruledOut", !incident.state.ruled_out.is_empty()),
        ("tolls", !incident.state.tolls.is_empty()),
    ];
    let held = fields.into_iter().filter(|(_, is_held)| *is_held);
    held.map(|(field, _)| {
        let row = told.iter().find(|(name, _, _)| *name == field);
        let absent = (field, LossStatus::Unmapped, "the document does not ask it");
        let (_, status, note) = row.copied().unwrap_or(absent);
        FieldLoss::new(field, status, note)
    })
    .collect()
}

/// States that a document asks something to which the record has no answer.
pub(super) fn unanswered(question: &'static str, why: &'static str) -> FieldLoss {
    FieldLoss::new(question, LossStatus::Unmapped, why)
}
