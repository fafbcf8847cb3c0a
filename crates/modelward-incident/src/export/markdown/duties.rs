use modelward_artifact::Timestamp;
use modelward_artifact::escape::Markdown;

use super::Duties;
use super::words;
use super::writer::Writer;
use crate::{
    Answer, DueTimes, Fact, Incident, Moment, Obligation, ObligationStatus, REMINDER_NOTICE,
};

const MOMENTS: [Moment; 4] = [
    Moment::Aware,
    Moment::Discovered,
    Moment::Classified,
    Moment::Resolved,
];

/// Writes what is known that decides who has to be told, and by when.
pub(super) fn write(writer: &mut Writer, incident: &Incident, duties: Option<Duties<'_>>) {
    writer.heading(2, "Reports that have to be sent");
    facts(writer, incident);
    let Some(duties) = duties else {
        return writer.say("No reporting rules were given, so nothing is said about reports.");
    };
    writer.say(REMINDER_NOTICE);
    if incident.is_partial() {
        writer.say(
            "Something is withheld at this label. What follows is what the rules come to by what \
             is told here alone.",
        );
    }
    let (mut obligations, left) = incident.obligations(duties.rules);
    obligations.sort_by_cached_key(|it| {
        let first = it
            .due(duties.calendar)
            .map_or(Timestamp::MAX, DueTimes::first);
        (first, it.rule().id().clone())
    });
    let rows = obligations.iter().map(|it| obligation(it, &duties));
    let header = ["Rule", "Basis", "To", "Standing", "Due", "To find out"];
    writer.table(header, rows);
    writer.list(left.iter().map(|(rule, error)| {
        Markdown::text(&format!("Not taken into account of {rule}: {error}"))
    }));
}

/// Writes the answers that persons gave, and the moments from which clocks start.
pub(super) fn facts(writer: &mut Writer, incident: &Incident) {
    let known = incident.facts();
    let answered = Fact::ALL.into_iter().filter_map(|fact| {
        let by = known.set_by(fact)?;
        let answer = answer(known.answer(fact));
        Some([fact.name(), answer, &words::party(by)].map(Markdown::text))
    });
    writer.table(["Question", "Answer", "By"], answered);
    let stated = MOMENTS.into_iter().filter_map(|moment| {
        let at = known.time(moment)?.to_string();
        Some([moment.name(), &at].map(Markdown::text))
    });
    writer.table(["Moment", "Time"], stated);
}

pub(super) const fn answer(answer: Answer) -> &'static str {
    match answer {
        Answer::No => "no",
        Answer::Unknown => "has to be found out",
        Answer::Yes => "yes",
    }
}

fn obligation(it: &Obligation, duties: &Duties<'_>) -> [Markdown; 6] {
    let rule = it.rule();
    let basis = format!("{}, {}", rule.regime(), rule.basis());
    let due = it.due(duties.calendar).map_or_else(
        || "the clock has not started".to_owned(),
        |due| format!("{}\nby working days: {}", due.strict, due.calendar),
    );
    let find_out: Vec<_> = it.find_out().iter().map(|fact| fact.name()).collect();
    [
        Markdown::text(rule.id().as_str()),
        Markdown::text(&basis),
        Markdown::text(rule.recipient().as_str()),
        Markdown::text(&standing(it.status(duties.now, duties.calendar))),
        Markdown::text(&due),
        Markdown::text(&find_out.join(", ")),
    ]
}

fn standing(status: ObligationStatus<'_>) -> String {
    match status {
        ObligationStatus::Met(report) => {
            let receipt = report.receipt();
            let receipt = receipt.map(|it| format!("\n{it}")).unwrap_or_default();
            format!(
                "sent at {} by {}{receipt}",
                report.at(),
                words::party(report.by())
            )
        }
        ObligationStatus::NotApplicable { why, by } => {
            format!("ruled out by {}: {why}", words::party(by))
        }
        ObligationStatus::Open => "open".to_owned(),
        ObligationStatus::Overdue => "overdue".to_owned(),
        ObligationStatus::Tolled { why, until } => format!("stopped until {until}: {why}"),
    }
}
