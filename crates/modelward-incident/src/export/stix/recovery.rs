use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::export::LossStatus::Partial;
use crate::export::stix::assets;
use crate::export::stix::tasks::{Task, Tasks};
use crate::export::stix::writer::Writer;
use crate::{EventKind, RecoveryPlan, RecoveryState, Slug};

/// Adds the plans of recovery and what came of them.
pub(super) fn add(writer: &mut Writer<'_>, tasks: &mut Tasks, assets: &BTreeMap<Slug, String>) {
    for state in writer.incident.recoveries().values() {
        one(writer, tasks, state, assets);
    }
}

/// A recovery is a task that uses a course of action with the steps of the plan.
fn one(
    writer: &mut Writer<'_>,
    tasks: &mut Tasks,
    state: &RecoveryState,
    assets: &BTreeMap<Slug, String>,
) {
    let plan = state.plan();
    let mut events = writer.incident.timeline().iter().rev();
    let restored = events.find(
        |event| matches!(event.kind(), EventKind::Restored(receipt) if receipt.plan == plan.id),
    );
    let receipt = state.receipt();
    let task = Task {
        key: format!("recovery/{}", plan.id),
        name: format!("Roll back {}", plan.asset),
        description: receipt.map(|receipt| match &receipt.note {
            Some(note) => format!("Observed: {}\n{note}", receipt.observed),
            None => format!("Observed: {}", receipt.observed),
        }),
        types: vec!["recovery"],
        outcome: match receipt {
            None => "pending",
            Some(_) if state.is_restored() => "successful",
            Some(_) => "failed",
        },
        end: receipt.and(restored).map(|event| event.time().at()),
        due: plan.monitoring_until,
        ..Task::default()
    };
    let id = tasks.add(writer, &task);
    let course = planned(writer, plan);
    writer.builder.relate(&id, "uses", &course);
    if let Some(asset) = assets.get(&plan.asset) {
        writer.builder.relate(&id, "impacts", asset);
    }
    let note = "a course-of-action, a task, and the recoverability regular";
    writer.lost(&format!("recoveries/{}", plan.asset), Partial, note);
}

/// The plan as a course of action, and the file to which it leads back.
fn planned(writer: &mut Writer<'_>, plan: &RecoveryPlan) -> String {
    let mut description = format!("Back from {} to {}", plan.from, plan.to);
    if let Some(version) = &plan.to_version {
        write!(description, ", version {version}").ok();
    }
    description.push('.');
    for step in &plan.steps {
        write!(description, "\n- {step}").ok();
    }
    let object = writer
        .builder
        .object("course-of-action", &format!("recovery/{}", plan.id))
        .with("name", format!("Roll back {}", plan.asset))
        .with("description", description);
    let course = writer.builder.push(object);
    let file = assets::file(writer, &plan.to);
    writer.builder.relate(&course, "related-to", &file);
    course
}
