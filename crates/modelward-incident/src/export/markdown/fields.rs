//! Which fields of a record hold something, and how well a document tells them.

use crate::export::{FieldLoss, LossStatus};
use crate::{Facts, Incident, Released};

/// Says how well a document tells a field: its name, how, and where or why not.
pub(super) type Row = (&'static str, LossStatus, &'static str);

/// Lists how well a document tells each field that holds something. A field of which `told` says
/// nothing is not there.
pub(super) fn losses(released: &Released, told: &[Row]) -> Vec<FieldLoss> {
    let held = held(released.incident()).into_iter();
    let mut losses: Vec<_> = held
        .map(|field| {
            let row = told.iter().find(|(name, _, _)| *name == field);
            let absent = (field, LossStatus::Unmapped, "the document does not ask it");
            let (_, status, note) = row.copied().unwrap_or(absent);
            FieldLoss::new(field, status, note)
        })
        .collect();
    let withheld = released.incident().withheld().len();
    if withheld > 0 {
        let level = released.level();
        let note = format!("something of {withheld} events may not be told at {level}");
        losses.push(FieldLoss::new("withheld", LossStatus::Unmapped, note));
    }
    losses
}

/// States that a document asks something to which the record has no answer.
pub(super) fn unanswered(question: &'static str, why: &'static str) -> FieldLoss {
    FieldLoss::new(question, LossStatus::Unmapped, why)
}

fn held(incident: &Incident) -> Vec<&'static str> {
    let state = &incident.state;
    let fields = [
        ("title", true),
        ("summary", state.summary.is_some()),
        ("kinds", true),
        ("techniques", !state.techniques.is_empty()),
        ("cwes", !state.cwes.is_empty()),
        ("severity", true),
        ("determination", true),
        ("harm", true),
        ("prevented_by", !state.prevented_by.is_empty()),
        ("oecd_severity", state.oecd_severity.is_some()),
        ("oecd_answers", !state.oecd_answers.is_empty()),
        ("began", state.began.is_some()),
        ("spans", true),
        ("outcome", state.outcome.is_some()),
        ("facts", state.facts != Facts::new()),
        ("tolls", !state.tolls.is_empty()),
        ("ruled_out", !state.ruled_out.is_empty()),
        ("systems", !state.systems.is_empty()),
        ("assets", !state.assets.is_empty()),
        ("assets_unknown", state.assets_unknown.is_some()),
        ("evidence", !state.evidence.is_empty()),
        ("detections", !state.detections.is_empty()),
        ("impacts", !state.impacts.is_empty()),
        ("actions", !state.actions.is_empty()),
        ("orders", !state.orders.is_empty()),
        ("hold", state.hold.is_some()),
        ("authority_informed", state.authority_informed.is_some()),
        ("root_cause", state.root_cause.is_some()),
        ("recoveries", !state.recoveries.is_empty()),
        ("review", state.review.is_some()),
        ("links", !state.links.is_empty()),
        ("disclosures", !state.disclosures.is_empty()),
        ("notes", !state.notes.is_empty()),
        ("timeline", true),
    ];
    let held = fields.into_iter();
    held.filter_map(|(field, is_held)| is_held.then_some(field))
        .collect()
}
