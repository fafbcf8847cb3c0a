//! One component, as an element of its class.

use modelward_artifact::Timestamp;

use crate::spdx3::graph::{Element, Graph};
use crate::spdx3::place::{Class, Place};
use crate::spdx3::source::Node;
use crate::spdx3::{LossReason, Unmet, agent, dataset, model, reference};

/// What SPDX 3.0.1 requires of a package of the AI profile (`AI/Classes/AIPackage`).
const AI_REQUIRED: [&str; 5] = [
    "releaseTime",
    "software_downloadLocation",
    "software_packageVersion",
    "software_primaryPurpose",
    "suppliedBy",
];

/// What SPDX 3.0.1 requires of a package of the Dataset profile
/// (`Dataset/Classes/DatasetPackage`); `datasetType` is always written.
const DATASET_REQUIRED: [&str; 5] = [
    "builtTime",
    "originatedBy",
    "releaseTime",
    "software_downloadLocation",
    "software_primaryPurpose",
];

/// Makes the element; agents that it names are added to the graph.
pub(super) fn element(graph: &mut Graph, place: &Place<'_>) -> Element {
    let (node, class) = (&place.node, place.class);
    let mut element = Element::new(class.name(), place.id.clone());
    if let Some(purpose) = place.purpose {
        element.set("software_primaryPurpose", purpose);
    }
    for member in ["name", "description"] {
        if let Some(text) = node.take(member) {
            element.set(member, text);
        }
    }
    if class == Class::Dataset {
        // CycloneDX does not say what kind of data a dataset holds, and SPDX wants to know.
        element.push("dataset_datasetType", "noAssertion");
    }
    if place.is_inline() {
        dataset::describe(&mut element, node);
        return element;
    }
    artifact(&mut element, node, class);
    agents(graph, &mut element, node);
    reference::hashes(&mut element, node);
    reference::identifiers(&mut element, node, class);
    reference::references(&mut element, node, class);
    match class {
        Class::AiPackage => model::describe(&mut element, node),
        Class::Dataset => dataset::describe_all(&mut element, node),
        Class::File | Class::Package => {}
    }
    // A model card or data of a component that must not have them are not looked at.
    for (member, owner) in [("data", Class::Dataset), ("modelCard", Class::AiPackage)] {
        if let Some(misplaced) = node.get(member).filter(|_| class != owner) {
            misplaced.lose(LossReason::NotMapped);
        }
    }
    element
}

/// Lists what the profile of the element requires and the input does not state.
pub(super) fn unmet(element: &Element, place: &Place<'_>) -> Vec<Unmet> {
    let required = match place.class {
        Class::AiPackage => AI_REQUIRED,
        Class::Dataset => DATASET_REQUIRED,
        Class::File | Class::Package => return Vec::new(),
    };
    let missing = required.into_iter().filter(|name| !element.has(name));
    let unmet = |name| Unmet::new(place.node.pointer(), &place.id, place.class.name(), name);
    missing.map(unmet).collect()
}

/// Reads a time and cuts its fraction off, which SPDX does not allow (`Core/DateTime`).
pub(super) fn time(node: &Node<'_>) -> Option<String> {
    let Some(time) = node.text().and_then(|text| text.parse::<Timestamp>().ok()) else {
        node.lose(LossReason::Malformed);
        return None;
    };
    let whole = whole_seconds(time);
    if whole != time {
        node.lose(LossReason::Rounded);
    }
    node.carry();
    Some(whole.to_string())
}

/// Cuts the fraction of a second off.
pub(super) fn whole_seconds(time: Timestamp) -> Timestamp {
    // What was a time with a fraction is one without it, so that nothing is out of range.
    Timestamp::from_unix_seconds(time.unix_seconds()).unwrap_or(time)
}

fn artifact(element: &mut Element, node: &Node<'_>, class: Class) {
    if let Some(text) = node.take("copyright") {
        element.set("software_copyrightText", text);
    }
    if class == Class::File {
        element.set("software_fileKind", "file");
        if let Some(kind) = node.get("mime-type") {
            media_type(element, &kind);
        }
    } else if let Some(version) = node.take("version") {
        element.set("software_packageVersion", version);
    }
    if let Some(text) = node
        .at(&["releaseNotes", "timestamp"])
        .and_then(|released| time(&released))
    {
        element.set("releaseTime", text);
    }
}

/// A media type has one slash with something on both sides (SPDX 3.0.1, `Core/MediaType`).
fn media_type(element: &mut Element, node: &Node<'_>) {
    let whole = |text: &&str| {
        text.split_once('/').is_some_and(|(kind, subtype)| {
            !kind.is_empty() && !subtype.is_empty() && !subtype.contains('/')
        })
    };
    match node.text().filter(whole) {
        Some(text) => {
            node.carry();
            element.set("contentType", text);
        }
        None => node.lose(LossReason::Malformed),
    }
}

fn agents(graph: &mut Graph, element: &mut Element, node: &Node<'_>) {
    if let Some(supplier) = node.get("supplier")
        && let Some(id) = agent::organization(graph, &supplier)
    {
        element.set("suppliedBy", id);
    }
    let manufacturer = node
        .get("manufacturer")
        .and_then(|manufacturer| agent::organization(graph, &manufacturer));
    let authors = node.list("authors");
    let mut origins: Vec<String> = authors
        .iter()
        .filter_map(|author| agent::person(graph, author))
        .collect();
    origins.extend(manufacturer);
    // The older `author` may be a person or an organization, and SPDX has a class for both.
    if let Some(author) = node.take("author") {
        origins.extend(agent::named(graph, "Agent", author));
    }
    for origin in origins {
        element.push("originatedBy", origin);
    }
}
