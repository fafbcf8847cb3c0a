use std::fmt::Write as _;

use modelward_artifact::Text;

use crate::export::LossStatus::Partial;
use crate::export::stix::tasks::{Task, Tasks};
use crate::export::stix::texts::bullets;
use crate::export::stix::writer::{Note, Writer, author};
use crate::{ReviewAction, ReviewState};

/// Adds what the review found as a note, and what follows from it as tasks.
pub(super) fn add(writer: &mut Writer<'_>, tasks: &mut Tasks) {
    let Some(state) = writer.incident.review() else {
        return;
    };
    let review = state.review();
    let mut content = review.summary.to_string();
    for (title, items) in [
        ("Went well", &review.went_well),
        ("Went badly", &review.went_badly),
    ] {
        if !items.is_empty() {
            write!(
                content,
                "\n{title}:\n{}",
                bullets(items.iter().map(Text::as_str))
            )
            .ok();
        }
    }
    writer.note(Note {
        key: "review",
        title: "Review after the incident",
        content,
        authors: review.participants.iter().map(author).collect(),
        at: Some(state.held()),
        ..Note::default()
    });
    writer.lost("review", Partial, "a note, and a task for each action");
    for action in &review.actions {
        follow(writer, tasks, action, state);
    }
}

fn follow(writer: &mut Writer<'_>, tasks: &mut Tasks, action: &ReviewAction, state: &ReviewState) {
    let done = state.done(&action.id);
    let description = format!("Owner: {}. Due: {}.", author(&action.owner), action.due);
    let task = Task {
        key: format!("review/{}", action.id),
        name: action.text.to_string(),
        description: Some(description),
        types: vec!["administrative"],
        outcome: if done.is_some() {
            "successful"
        } else {
            "pending"
        },
        end: done,
        due: Some(action.due.end()),
        ..Task::default()
    };
    tasks.add(writer, &task);
}
