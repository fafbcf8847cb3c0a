use modelward_artifact::Timestamp;
use serde_json::{Value, json};

use crate::export::stix::definition;
use crate::export::stix::sequence::TASKS;
use crate::export::stix::writer::Writer;

/// What one task says.
#[derive(Debug, Default)]
pub(super) struct Task {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) description: Option<String>,
    pub(super) types: Vec<&'static str>,
    pub(super) outcome: &'static str,
    pub(super) start: Option<Timestamp>,
    pub(super) end: Option<Timestamp>,
    /// When it has to be done, for which the extension has no place.
    pub(super) due: Option<Timestamp>,
}

/// Collects the tasks: those that follow one another, and the others.
#[derive(Debug, Default)]
pub(super) struct Tasks {
    chain: Vec<String>,
    others: Vec<String>,
}

impl Tasks {
    /// Adds tasks of which each follows the one before.
    pub(super) fn chain(&mut self, writer: &mut Writer<'_>, tasks: &[Task]) {
        let id = |task: &Task| writer.builder.ids().local("task", &task.key);
        let ids: Vec<_> = tasks.iter().map(id).collect();
        for (index, task) in tasks.iter().enumerate() {
            put(writer, task, ids.get(index + 1).map(String::as_str));
        }
        self.chain.extend(ids);
    }

    /// Adds a task that follows no other.
    pub(super) fn add(&mut self, writer: &mut Writer<'_>, task: &Task) -> String {
        let id = put(writer, task, None);
        self.others.push(id.clone());
        id
    }

    /// Returns the ids of all tasks and the entries of the incident.
    pub(super) fn finish(self) -> (Vec<String>, Vec<Value>) {
        let mut entries = TASKS.chain(&self.chain);
        entries.extend(self.others.iter().map(|id| TASKS.alone(id)));
        let mut all = self.chain;
        all.extend(self.others);
        (all, entries)
    }
}

fn put(writer: &mut Writer<'_>, task: &Task, next: Option<&str>) -> String {
    let mut object = writer
        .builder
        .object("task", &task.key)
        .with("name", task.name.as_str())
        .maybe("description", task.description.as_deref())
        .with("task_types", json!(task.types))
        .with("outcome", task.outcome);
    // What was recorded afterwards may end before it began, which STIX forbids.
    let end = task
        .end
        .filter(|end| task.start.is_none_or(|start| start <= *end));
    for (name, time) in [("start_time", task.start), ("end_time", end)] {
        if let Some(time) = time {
            object = object.at(name, time);
        }
    }
    object = TASKS.before(writer.dialect(), object, next);
    if writer.dialect().extends() {
        object = definition::TASK.applied_to(object);
    } else if let Some(due) = task.due {
        object = object.at("due_date", due);
    }
    writer.builder.push(object)
}
