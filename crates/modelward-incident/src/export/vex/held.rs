//! Which fields of the record hold something.

use crate::export::ledger::Ledger;
use crate::{Incident, Moment};

/// Names every field that holds something, sorted: those that all exporters go through, and those
/// that the formats here have a place for beyond or that an advisory leaves out on purpose.
pub(super) fn held(incident: &Incident) -> Vec<String> {
    let state = &incident.state;
    let discovered = incident.facts().time(Moment::Discovered);
    let more = [
        ("tlp", true),
        ("facts/discovered", discovered.is_some()),
        ("obligations/review", state.obligations_reviewed.is_some()),
        ("obligations/ruledOut", !state.ruled_out.is_empty()),
        ("obligations/tolls", !state.tolls.is_empty()),
        ("waived/containment", !state.containment_waived.is_empty()),
        ("waived/eradication", state.eradication_waived.is_some()),
        ("waived/recovery", state.recovery_waived.is_some()),
    ];
    let more = more.into_iter().filter(|(_, is_held)| *is_held);
    let rows = Ledger::of(incident).into_losses().into_iter();
    let fields = rows.map(|row| row.field);
    let mut fields: Vec<_> = fields
        .chain(more.map(|(field, _)| field.to_owned()))
        .collect();
    fields.sort();
    fields
}
