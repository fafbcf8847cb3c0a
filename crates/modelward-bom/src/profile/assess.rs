//! Judges the elements of a standard one after the other.

use serde_json::Value;

use crate::profile::find::{Found, find};
use crate::profile::requirement::{Requirement, Scope};
use crate::profile::{Completeness, Element, Profile, State};

pub(super) fn assess(profile: Profile, document: &Value) -> Completeness {
    let parts = Parts::of(document);
    let element = |requirement: &Requirement| judge(profile, requirement, document, &parts);
    let elements = profile.requirements().iter().map(element).collect();
    Completeness::new(profile, elements)
}

/// The components of a document, by pointer.
struct Parts<'a> {
    all: Vec<(String, &'a Value)>,
    document: &'a Value,
}

impl<'a> Parts<'a> {
    fn of(document: &'a Value) -> Self {
        let mut all = Vec::new();
        if let Some(subject) = document.pointer("/metadata/component") {
            collect("/metadata/component", subject, &mut all);
        }
        list("", document, &mut all);
        Self { all, document }
    }

    fn within(&self, scope: Scope) -> Vec<(&str, &'a Value)> {
        let kind = match scope {
            Scope::Document => return vec![("", self.document)],
            Scope::Subject => {
                let subject = self.document.pointer("/metadata/component");
                return subject
                    .map(|subject| ("/metadata/component", subject))
                    .into_iter()
                    .collect();
            }
            Scope::Components => None,
            Scope::Datasets => Some("data"),
            Scope::Models => Some("machine-learning-model"),
        };
        let parts = self.all.iter();
        parts
            .filter(|(_, part)| kind.is_none_or(|kind| part["type"] == kind))
            .map(|(pointer, part)| (pointer.as_str(), *part))
            .collect()
    }

    /// Tells whether a part that is not there should be: a document about a model that names no
    /// dataset lacks it, one without a model does not. What a document is about is always asked for.
    fn should_have(&self, scope: Scope) -> bool {
        match scope {
            Scope::Datasets => !self.within(Scope::Models).is_empty(),
            Scope::Models => false,
            Scope::Components | Scope::Document | Scope::Subject => true,
        }
    }
}

fn list<'a>(at: &str, value: &'a Value, all: &mut Vec<(String, &'a Value)>) {
    let components = value.get("components").and_then(Value::as_array);
    for (index, component) in components.into_iter().flatten().enumerate() {
        collect(&format!("{at}/components/{index}"), component, all);
    }
}

fn collect<'a>(at: &str, component: &'a Value, all: &mut Vec<(String, &'a Value)>) {
    all.push((at.to_owned(), component));
    list(at, component, all);
}

fn judge(
    profile: Profile,
    requirement: &Requirement,
    document: &Value,
    parts: &Parts<'_>,
) -> Element {
    let mut element = Element {
        id: requirement.id,
        title: requirement.title,
        level: requirement.level,
        state: State::NotApplicable,
        evidence: Vec::new(),
        lacking: Vec::new(),
    };
    let subjects = parts.within(requirement.scope);
    if subjects.is_empty() {
        if parts.should_have(requirement.scope) {
            element.state = State::Missing;
            element.lacking.push(String::new());
        }
        return element;
    }
    let mut unknown = false;
    for (at, subject) in subjects {
        match meets(requirement, document, (at, subject)) {
            Some(found) => {
                unknown |= found.iter().any(|found| found.is_placeholder);
                element
                    .evidence
                    .extend(found.into_iter().map(|found| found.pointer));
            }
            None => element.lacking.push(at.to_owned()),
        }
    }
    element.state = if !element.lacking.is_empty() || (unknown && !profile.takes_unknown()) {
        State::Missing
    } else if unknown {
        State::ExplicitlyUnknown
    } else if requirement.review {
        State::NeedsReview
    } else {
        State::Met
    };
    element
}

/// Returns what meets every group, by the first of its places that says something; a placeholder
/// only where no place says more.
fn meets(
    requirement: &Requirement,
    document: &Value,
    (at, subject): (&str, &Value),
) -> Option<Vec<Found>> {
    let mut evidence = Vec::new();
    for group in requirement.groups {
        let all: Vec<Found> = group
            .iter()
            .flat_map(|path| find(document, subject, at, path))
            .collect();
        let said: Vec<Found> = all
            .iter()
            .filter(|found| !found.is_placeholder)
            .cloned()
            .collect();
        let chosen = if said.is_empty() { all } else { said };
        if chosen.is_empty() {
            return None;
        }
        evidence.extend(chosen);
    }
    Some(evidence)
}
