use modelward_artifact::Timestamp;
use modelward_artifact::escape::Markdown;

use super::fields::{losses, unanswered};
use super::things::lines;
use super::writer::Writer;
use super::{begin, label, record, response, things, words};
use crate::export::ledger::Told;
use crate::export::{Export, LossStatus};
use crate::{Incident, Phase, Released, ReviewState};

/// Writes the document.
pub(super) fn write(released: &Released, now: Timestamp) -> Export<String> {
    let incident = released.incident();
    let mut writer = begin(released, "Review after the incident");
    let out = &mut writer;
    parts(out, incident, Some(now));
    out.heading(2, "Times");
    times(out, incident);
    record::phases(out, incident);
    out.heading(2, "Root cause");
    let has_cause = response::root_cause(out, incident);
    out.heading(2, "What was harmed");
    things::impacts(out, incident);
    out.heading(2, "How it was noticed");
    things::detections(out, incident);
    out.heading(2, "What kept it from being worse");
    out.table(
        ["By"],
        incident
            .prevented_by()
            .iter()
            .map(|it| [Markdown::text(it.as_str())]),
    );
    out.heading(2, "What was done");
    response::actions(out, incident);
    response::recoveries(out, incident);
    label(out, released);
    let mut open = vec![unanswered(
        "cost",
        "the record has no field for what it cost",
    )];
    if incident.review().is_none() {
        open.push(unanswered("review", "no review is recorded"));
    }
    if !has_cause {
        open.push(unanswered("rootCause", "no root cause is stated"));
    }
    Export::new(writer.finish(), losses(released, &TOLD, open))
}

/// Writes what the review says; with a time, which of its actions are overdue.
pub(super) fn parts(writer: &mut Writer, incident: &Incident, now: Option<Timestamp>) {
    let Some(state) = incident.review() else {
        return writer.say("No review is recorded.");
    };
    let review = state.review();
    writer.paragraph(&Markdown::text(review.summary.as_str()));
    let held = format!("Recorded at {}{}", state.held(), delay(incident, state));
    writer.paragraph(&Markdown::text(&held));
    let participants = review.participants.iter();
    writer.table(
        ["Participant"],
        participants.map(|it| [Markdown::text(&words::party(it))]),
    );
    let judged = [
        ("Went well", &review.went_well),
        ("Went badly", &review.went_badly),
    ];
    let judged = judged.into_iter().filter(|(_, texts)| !texts.is_empty());
    writer.table(
        ["Judgement", "What"],
        judged.map(|(how, texts)| [Markdown::ours(how), lines(texts)]),
    );
    let rows = review.actions.iter().map(|it| {
        let is_overdue = now.is_some_and(|now| it.due.is_over(now));
        let standing = match state.done(&it.id) {
            Some(at) => format!("done at {at}"),
            None if is_overdue => "overdue".to_owned(),
            None => "open".to_owned(),
        };
        let (owner, due) = (words::party(&it.owner), it.due.to_string());
        [it.id.as_str(), it.text.as_str(), &owner, &due, &standing].map(Markdown::text)
    });
    writer.table(["Action", "What is done", "Owner", "Due", "Standing"], rows);
}

/// Says how many days after recovery the review was recorded.
fn delay(incident: &Incident, state: &ReviewState) -> String {
    let over = incident.spans().iter().rev();
    let over = over.filter(|it| it.phase == Phase::PostIncident && it.entered <= state.held());
    let after = over
        .map(|it| state.held().since(it.entered))
        .next()
        .flatten();
    match after.map(|after| after.as_secs() / 86_400) {
        None => ".".to_owned(),
        Some(1) => ", 1 day after recovery was over.".to_owned(),
        Some(days) => format!(", {days} days after recovery was over."),
    }
}

fn times(writer: &mut Writer, incident: &Incident) {
    let entered = |phase| incident.entered(phase).map(|at| at.to_string());
    let rows = [
        ("Began", incident.began().map(|it| it.to_string())),
        ("Opened", Some(incident.opened_at().to_string())),
        ("Contained", entered(Phase::Eradication)),
        ("Recovery began", entered(Phase::Recovery)),
        ("Recovered", entered(Phase::PostIncident)),
        ("Closed", entered(Phase::Closed)),
    ];
    let rows = rows.map(|(moment, at)| {
        let at = at.unwrap_or_else(|| "not known, or not so far".to_owned());
        [Markdown::ours(moment), Markdown::text(&at)]
    });
    writer.table(["Moment", "Time"], rows);
}

const TOLD: [Told<'_>; 14] = [
    ("id", LossStatus::Direct, "heading"),
    ("title", LossStatus::Direct, "heading"),
    ("began", LossStatus::Direct, "Times"),
    ("phase", LossStatus::Direct, "Phases"),
    ("rootCause", LossStatus::Direct, "Root cause"),
    ("impacts", LossStatus::Direct, "What was harmed"),
    ("detections", LossStatus::Partial, "one line each"),
    (
        "preventedBy",
        LossStatus::Direct,
        "What kept it from being worse",
    ),
    ("actions", LossStatus::Direct, "What was done"),
    ("recoveries", LossStatus::Direct, "What was done"),
    ("review", LossStatus::Direct, "the first part"),
    ("outcome", LossStatus::Partial, "the time of closing alone"),
    (
        "authorityInformed",
        LossStatus::Unmapped,
        "the report to the authority says it",
    ),
    ("timeline", LossStatus::Partial, "what the parts say"),
];
