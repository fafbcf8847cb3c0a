use modelward_artifact::escape::Markdown;

use super::fields::losses;
use super::writer::Writer;
use super::{Duties, begin, duties, label, response, review, things, words};
use crate::export::ledger::Told;
use crate::export::{Export, LossStatus};
use crate::{Event, Incident, Released};

/// Writes the document.
pub(super) fn write(released: &Released, duties: Option<Duties<'_>>) -> Export<String> {
    let incident = released.incident();
    let mut writer = begin(released, "Incident");
    let out = &mut writer;
    judgement(out, incident);
    phases(out, incident);
    affected(out, incident);
    shown(out, incident);
    done(out, incident);
    out.heading(2, "Review");
    review::parts(out, incident, None);
    duties::write(out, incident, duties);
    others(out, incident);
    out.heading(2, "Timeline");
    timeline(out, incident);
    withheld(out, released);
    label(out, released);
    Export::new(writer.finish(), losses(released, &told(), []))
}

fn judgement(writer: &mut Writer, incident: &Incident) {
    if let Some(summary) = incident.summary() {
        writer.paragraph(&Markdown::text(summary.as_str()));
    }
    writer.heading(2, "Standing");
    let kinds: Vec<_> = incident.kinds().iter().map(|kind| kind.name()).collect();
    let cwes: Vec<_> = incident
        .cwes()
        .iter()
        .map(|it| format!("CWE-{it}"))
        .collect();
    let prevented = incident.prevented_by().iter().map(ToString::to_string);
    let optional = |text: Option<String>| text.unwrap_or_default();
    let rows = [
        ("Phase", incident.phase().name().to_owned()),
        (
            "Outcome",
            optional(incident.outcome().map(|it| it.to_string())),
        ),
        ("Kinds", kinds.join("\n")),
        ("Severity", incident.severity().to_string()),
        ("Determination", incident.determination().to_string()),
        ("Harm", incident.harm().to_string()),
        ("Prevented by", prevented.collect::<Vec<_>>().join("\n")),
        (
            "Severity in the words of the OECD",
            optional(incident.oecd_severity().map(|it| it.to_string())),
        ),
        ("Weaknesses", cwes.join(", ")),
        ("Began", optional(incident.began().map(|it| it.to_string()))),
        ("Opened", incident.opened_at().to_string()),
        ("Last change", incident.last_change().to_string()),
    ];
    let rows = rows.into_iter().filter(|(_, value)| !value.is_empty());
    writer.table(
        ["Field", "Value"],
        rows.map(|(field, value)| [Markdown::ours(field), Markdown::text(&value)]),
    );
}

/// Writes when the incident went over to which phase, and why.
pub(super) fn phases(writer: &mut Writer, incident: &Incident) {
    writer.heading(2, "Phases");
    let rows = incident.spans().iter().map(|span| {
        let entered = span.entered.to_string();
        let why = things::optional(span.reason.as_ref());
        [
            Markdown::text(span.phase.name()),
            Markdown::text(&entered),
            why,
        ]
    });
    writer.table(["Phase", "Entered", "Why"], rows);
}

fn affected(writer: &mut Writer, incident: &Incident) {
    writer.heading(2, "Systems");
    things::systems(writer, incident);
    writer.heading(2, "Affected assets");
    things::unknown_assets(writer, incident);
    things::assets(writer, incident.assets().values());
    writer.heading(2, "Impacts");
    things::impacts(writer, incident);
}

fn shown(writer: &mut Writer, incident: &Incident) {
    writer.heading(2, "Detections");
    things::detections(writer, incident);
    writer.heading(2, "Techniques");
    things::techniques(writer, incident);
    writer.heading(2, "Evidence and custody");
    things::evidence(writer, incident);
}

fn done(writer: &mut Writer, incident: &Incident) {
    writer.heading(2, "Actions");
    response::actions(writer, incident);
    writer.heading(2, "Orders of quarantine");
    response::orders(writer, incident);
    response::hold(writer, incident);
    writer.heading(2, "Root cause");
    response::root_cause(writer, incident);
    writer.heading(2, "Recovery");
    response::recoveries(writer, incident);
}

fn others(writer: &mut Writer, incident: &Incident) {
    writer.heading(2, "Links");
    things::links(writer, incident);
    writer.heading(2, "Disclosures");
    let rows = incident.disclosures().iter().map(|it| {
        let (level, document, by) = (
            it.level.name(),
            it.document.to_string(),
            words::party(&it.approved_by),
        );
        [
            it.audience.as_str(),
            it.format.as_str(),
            level,
            &document,
            &by,
        ]
        .map(Markdown::text)
    });
    writer.table(["To", "Format", "Label", "Document", "Approved by"], rows);
    if !incident.oecd_answers().is_empty() {
        writer.heading(2, "Answers to criteria of the OECD");
        let rows = incident.oecd_answers().iter().map(|(criterion, answer)| {
            [&criterion.number().to_string(), answer.as_str()].map(Markdown::text)
        });
        writer.table(["Criterion", "Answer"], rows);
    }
    writer.heading(2, "Notes");
    writer.table(
        ["Note"],
        incident
            .notes()
            .iter()
            .map(|note| [Markdown::text(note.as_str())]),
    );
}

/// Writes every event with both of its times, who stated it, and its labels.
fn timeline(writer: &mut Writer, incident: &Incident) {
    let header = ["No.", "Recorded", "Happened", "By", "Label", "What"];
    writer.table(header, incident.timeline().iter().map(event));
}

fn event(event: &Event) -> [Markdown; 6] {
    let happened = event.occurred().map(|it| it.to_string());
    let fields = event
        .fields()
        .iter()
        .map(|(field, tlp)| format!("\n{field} {tlp}"));
    let labels = format!("{}{}", event.tlp(), fields.collect::<String>());
    [
        Markdown::text(&event.seq().to_string()),
        Markdown::text(&event.recorded_at().to_string()),
        Markdown::text(&happened.unwrap_or_default()),
        Markdown::text(&words::party(event.actor())),
        Markdown::text(&labels),
        Markdown::text(&words::of(event.kind())),
    ]
}

fn withheld(writer: &mut Writer, released: &Released) {
    writer.heading(2, "Withheld at this label");
    let withheld = released.withheld();
    let rows = withheld.iter().map(|it| {
        let what = it
            .field
            .as_ref()
            .map_or("the event", |field| field.as_str());
        [&it.seq.to_string(), what].map(Markdown::text)
    });
    writer.table(["Event", "What"], rows);
    let here = |seq: &&u64| withheld.iter().any(|it| it.seq == **seq);
    let before = released
        .incident()
        .withheld()
        .iter()
        .filter(|seq| !here(seq));
    let before: Vec<_> = before.map(ToString::to_string).collect();
    if !before.is_empty() {
        let words = format!(
            "The record that this was made of had not all of: {}.",
            before.join(", ")
        );
        writer.paragraph(&Markdown::text(&words));
    }
}

fn told() -> Vec<Told<'static>> {
    let direct = DIRECT.map(|(field, place)| (field, LossStatus::Direct, place));
    let partial = [
        (
            "detections",
            LossStatus::Partial,
            "one line each, without the numbers that show it",
        ),
        (
            "timeline",
            LossStatus::Partial,
            "one sentence each; what was replaced is not there whole",
        ),
    ];
    direct.into_iter().chain(partial).collect()
}

/// The fields that are there whole, and the parts that they are in.
const DIRECT: [(&str, &str); 35] = [
    ("id", "Incident"),
    ("title", "Incident"),
    ("summary", "Incident"),
    ("kinds", "Standing"),
    ("techniques", "Techniques"),
    ("cwes", "Standing"),
    ("severity", "Standing"),
    ("determination", "Standing"),
    ("harm", "Standing"),
    ("preventedBy", "Standing"),
    ("oecdSeverity", "Standing"),
    ("oecdAnswers", "Answers to criteria of the OECD"),
    ("began", "Standing"),
    ("phase", "Phases"),
    ("outcome", "Standing"),
    ("facts", "Reports that have to be sent"),
    ("obligations", "Timeline"),
    ("containmentWaived", "Timeline"),
    ("eradicationWaived", "Timeline"),
    ("recoveryWaived", "Timeline"),
    ("systems", "Systems"),
    ("assets", "Affected assets"),
    ("assetsUnknown", "Affected assets"),
    ("evidence", "Evidence and custody"),
    ("impacts", "Impacts"),
    ("actions", "Actions"),
    ("orders", "Orders of quarantine"),
    ("hold", "Orders of quarantine"),
    ("authorityInformed", "Orders of quarantine"),
    ("rootCause", "Root cause"),
    ("recoveries", "Recovery"),
    ("review", "Review"),
    ("links", "Links"),
    ("disclosures", "Disclosures"),
    ("notes", "Notes"),
];
