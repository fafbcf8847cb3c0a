use std::collections::BTreeMap;
use std::fmt::Write as _;

use modelward_artifact::{Party, Timestamp};

use crate::export::LossStatus::Partial;
use crate::export::stix::assets;
use crate::export::stix::object::stamp;
use crate::export::stix::tasks::{Task, Tasks};
use crate::export::stix::vocabulary;
use crate::export::stix::writer::{Writer, author};
use crate::{ActionState, AssetRef, Event, EventKind, OrderState, Phase, PhaseSpan, Slug};

/// Adds what was done in response.
pub(super) fn add(writer: &mut Writer<'_>, tasks: &mut Tasks, assets: &BTreeMap<Slug, String>) {
    phases(writer, tasks);
    for state in writer.incident.actions().values() {
        act(writer, tasks, state, assets);
    }
    for state in writer.incident.orders().values() {
        quarantine(writer, tasks, state);
    }
    told(writer, tasks);
}

/// Each stay in a phase is a task; together they are a chain.
fn phases(writer: &mut Writer<'_>, tasks: &mut Tasks) {
    let spans = writer.incident.spans();
    let stays: Vec<_> = spans
        .iter()
        .enumerate()
        .filter_map(|(index, span)| stay(index, span, spans.get(index + 1)))
        .collect();
    tasks.chain(writer, &stays);
}

fn stay(index: usize, span: &PhaseSpan, next: Option<&PhaseSpan>) -> Option<Task> {
    let word = match span.phase {
        Phase::Detection => "investigation",
        Phase::Containment => "containment",
        Phase::Eradication => "eradication",
        Phase::Recovery => "recovery",
        Phase::PostIncident | Phase::Preparation => "administrative",
        Phase::Closed => return None,
    };
    Some(Task {
        key: format!("phase/{index}"),
        name: format!("Phase: {}", span.phase),
        description: span.reason.as_ref().map(ToString::to_string),
        types: vec![word],
        outcome: if next.is_some() {
            "successful"
        } else {
            "ongoing"
        },
        start: Some(span.entered),
        end: next.map(|next| next.entered),
        ..Task::default()
    })
}

/// An action is a task that uses a course of action and changes assets.
fn act(
    writer: &mut Writer<'_>,
    tasks: &mut Tasks,
    state: &ActionState,
    assets: &BTreeMap<Slug, String>,
) {
    let action = state.action();
    let confirmed = state.confirmed();
    let task = Task {
        key: format!("action/{}", action.id),
        name: action.kind.name().to_owned(),
        description: Some(action.description.to_string()),
        types: vec![vocabulary::stage(action.stage), "implemented-control"],
        outcome: if confirmed.is_some() {
            "successful"
        } else {
            "unknown"
        },
        start: Some(state.ordered().0),
        end: confirmed.map(|confirmed| confirmed.0),
        ..Task::default()
    };
    let id = tasks.add(writer, &task);
    let course = course(writer, action.kind.name());
    writer.builder.relate(&id, "uses", &course);
    for asset in &action.assets {
        if let Some(asset) = assets.get(asset) {
            writer.builder.relate(&id, "impacts", asset);
        }
    }
    let note = "a task, its course-of-action and relationships to the assets, without who did it \
                and whether it altered or destroyed";
    writer.lost(&format!("actions/{}", action.id), Partial, note);
}

/// A course of action by its name.
fn course(writer: &mut Writer<'_>, name: &str) -> String {
    let object = writer
        .builder
        .object("course-of-action", name)
        .with("name", name);
    writer.builder.push(object)
}

/// A quarantine is a task that lasts until it is lifted.
fn quarantine(writer: &mut Writer<'_>, tasks: &mut Tasks, state: &OrderState) {
    let order = state.order();
    let targets: Vec<_> = order.targets.iter().map(ToString::to_string).collect();
    let mut description = order.reason.to_string();
    if !targets.is_empty() {
        write!(description, "\nTargets: {}.", targets.join(", ")).ok();
    }
    if let Some(expires) = order.expires {
        write!(description, "\nExpires: {}.", stamp(expires)).ok();
    }
    let when = |step: Option<&(Timestamp, Party)>| step.map(|step| step.0);
    let task = Task {
        key: format!("order/{}", order.id),
        name: "Quarantine".to_owned(),
        description: Some(description),
        types: vec!["containment"],
        outcome: match (state.signed_off(), state.lifted()) {
            (_, Some(_)) => "successful",
            (Some(_), None) => "ongoing",
            (None, None) => "pending",
        },
        start: when(state.signed_off()),
        end: when(state.lifted()),
        ..Task::default()
    };
    let id = tasks.add(writer, &task);
    for target in &order.targets {
        if let AssetRef::Digest(digest) = target {
            let file = assets::file(writer, digest);
            writer.builder.relate(&id, "impacts", &file);
        }
    }
    let note = "a task of the type containment, targets that are no digests and the end in words, \
                without who signed it off";
    writer.lost(&format!("orders/{}", order.id), Partial, note);
}

/// Each time that something was noticed, reported or disclosed is a task.
fn told(writer: &mut Writer<'_>, tasks: &mut Tasks) {
    for event in writer.incident.timeline() {
        let Some((word, mut task)) = telling(event) else {
            continue;
        };
        task.key = format!("event/{}", event.seq());
        task.types = vec![word];
        task.outcome = "successful";
        task.end = task.start;
        tasks.add(writer, &task);
    }
    let note = "a task of the type external-outreach, in words";
    writer.lost("disclosures", Partial, note);
    let note = "a task of the type reported, in words";
    writer.lost("obligations/reports/*", Partial, note);
}

/// What such an event says, and its word of `task-type-ov`.
fn telling(event: &Event) -> Option<(&'static str, Task)> {
    let (word, name, description, at) = match event.kind() {
        EventKind::Detected(detection) => {
            let name = "Detected".to_owned();
            let what = Some(detection.to_string());
            ("detected", name, what, event.time().at())
        }
        EventKind::ReportRecorded { rule, at, receipt } => {
            let name = format!("Reported by rule {rule}");
            let receipt = receipt.as_ref().map(|text| format!("Receipt: {text}"));
            ("reported", name, receipt, *at)
        }
        EventKind::Disclosed(disclosure) => {
            let name = format!("Disclosed to {}", disclosure.audience);
            let (format, document) = (&disclosure.format, disclosure.document);
            let by = author(&disclosure.approved_by);
            let level = disclosure.level;
            let what = format!("{format} {document} at {level}, approved by {by}.");
            ("external-outreach", name, Some(what), event.time().at())
        }
        _ => return None,
    };
    let task = Task {
        name,
        description,
        start: Some(at),
        ..Task::default()
    };
    Some((word, task))
}
