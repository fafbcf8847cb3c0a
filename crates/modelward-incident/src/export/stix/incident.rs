use modelward_artifact::Text;
use serde_json::{Map, Value, json};

use crate::export::LossStatus::{Approximate, Direct, Partial};
use crate::export::stix::definition;
use crate::export::stix::vocabulary;
use crate::export::stix::writer::Writer;
use crate::{Determination, Incident, Phase};

/// What the other parts made that the incident object refers to.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) events: Vec<String>,
    pub(super) event_entries: Vec<Value>,
    pub(super) impacts: Vec<String>,
    pub(super) tasks: Vec<String>,
    pub(super) task_entries: Vec<Value>,
    pub(super) detection_methods: Vec<String>,
    pub(super) scores: Vec<Value>,
    pub(super) references: Vec<Value>,
}

/// Adds the incident itself.
pub(super) fn add(writer: &mut Writer<'_>, parts: Parts) {
    let incident = writer.incident;
    let mut properties = judged(writer);
    list(
        &mut properties,
        "detection_methods",
        parts.detection_methods,
    );
    list(&mut properties, "incident_types", types(writer));
    let mut scores = parts.scores;
    scores.extend(oecd(writer));
    list(&mut properties, "scores", scores);
    list(&mut properties, "impact_refs", parts.impacts);
    let labels = labels(writer);
    let mut object = writer
        .builder
        .object("incident", "")
        .with("name", incident.title().as_str())
        .maybe("description", incident.summary().map(Text::as_str))
        .with("labels", labels)
        .with("external_references", references(writer, parts.references));
    if writer.dialect().extends() {
        list(&mut properties, "events", parts.event_entries);
        list(&mut properties, "tasks", parts.task_entries);
        properties.insert("extension_type".to_owned(), "property-extension".into());
        object = object.extended(definition::INCIDENT.id, properties);
    } else {
        list(&mut properties, "event_refs", parts.events);
        list(&mut properties, "task_refs", parts.tasks);
        for (name, value) in properties {
            object = object.with(&name, value);
        }
    }
    writer.builder.push(object);
    writer.direct("title", "incident/name");
    writer.direct("id", "an external reference");
    let note = "times and authors of notes, and times of tasks; every object has the level of the \
                release, not its own; nothing of the reports that rules demand";
    writer.lost("timeline", Partial, note);
    writer.direct("summary", "incident/description");
    writer.direct("tlp", "object_marking_refs of every object");
}

/// The judgements: determination, status, criticality, recoverability.
fn judged(writer: &mut Writer<'_>) -> Map<String, Value> {
    let incident = writer.incident;
    let word = vocabulary::determination(writer.dialect(), incident.determination());
    let note = match word.status {
        Direct => "determination".to_owned(),
        _ => format!("determination {} and a label", word.text),
    };
    writer.lost("determination", word.status, &note);
    let status = investigation(incident);
    let note =
        "investigation_status, a label, and a task for each stay in a phase but the closed one";
    writer.lost("phase", Partial, note);
    writer.lost(
        "severity",
        Approximate,
        "criticality, the middle of the range of appendix B, and a label",
    );
    let mut properties = Map::new();
    let mut set = |name: &str, value: Value| properties.insert(name.to_owned(), value);
    set("determination", word.text.into());
    set("investigation_status", status.into());
    set(
        "criticality",
        vocabulary::criticality(incident.severity()).into(),
    );
    if !incident.recoveries().is_empty() {
        set("recoverability", "regular".into());
    }
    properties
}

/// `incident-investigation-ov`: `new` until something is done.
fn investigation(incident: &Incident) -> &'static str {
    match incident.phase() {
        Phase::Closed => "closed",
        _ if incident.timeline().len() == 1 => "new",
        _ => "open",
    }
}

/// The types of all kinds, each once.
fn types(writer: &mut Writer<'_>) -> Vec<&'static str> {
    let mut types = Vec::new();
    for kind in writer.incident.kinds() {
        for name in kind.mapping().stix {
            if !types.contains(name) {
                types.push(*name);
            }
        }
    }
    let note = "incident_types by the table of kinds, and labels";
    writer.lost("kinds", Approximate, note);
    types
}

/// The severity of the OECD's framework as a score.
fn oecd(writer: &mut Writer<'_>) -> Option<Value> {
    let severity = writer.incident.oecd_severity()?;
    writer.lost(
        "oecdSeverity",
        Approximate,
        "a score from 1 to 5, and a label",
    );
    Some(json!({
        "name": "OECD severity",
        "value": vocabulary::oecd_rank(severity),
        "description": severity.name(),
    }))
}

/// What STIX has no word for, in ours.
fn labels(writer: &mut Writer<'_>) -> Vec<String> {
    let incident = writer.incident;
    let mut labels: Vec<_> = incident
        .kinds()
        .iter()
        .map(|kind| format!("kind:{}", kind.name()))
        .collect();
    labels.push(format!("phase:{}", incident.phase().name()));
    labels.push(format!("severity:{}", incident.severity().name()));
    labels.push(format!("harm:{}", incident.harm().name()));
    writer.lost("harm", Partial, "a label");
    if incident.determination() == Determination::LowValue {
        labels.push("determination:low-value".to_owned());
    }
    if let Some(outcome) = incident.outcome() {
        labels.push(format!("outcome:{}", outcome.name()));
        writer.lost("outcome", Partial, "a label");
    }
    if let Some(severity) = incident.oecd_severity() {
        labels.push(format!("oecd-severity:{}", severity.name()));
    }
    labels
}

fn references(writer: &Writer<'_>, mut references: Vec<Value>) -> Vec<Value> {
    let own = json!({
        "source_name": "modelward-incident",
        "external_id": writer.incident.id().as_str(),
    });
    references.insert(0, own);
    references
}

fn list<T: Into<Value>>(properties: &mut Map<String, Value>, name: &str, items: Vec<T>) {
    if !items.is_empty() {
        let items: Vec<Value> = items.into_iter().map(Into::into).collect();
        properties.insert(name.to_owned(), items.into());
    }
}
