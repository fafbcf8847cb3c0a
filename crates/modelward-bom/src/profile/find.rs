//! Finds values by a short path, so that a table can say where an element may stand.
//!
//! A path is names with dots between: `supplier.name`. A list is entered by `[]`, or by a member of
//! its items: `hashes[].content`, `externalReferences[type=distribution].url`. `@name` is the value
//! of a property of the component or of its model card; a `*` at its end stands for any rest.
//! `^` begins at the document, `~` at the environmental considerations of the model card, and
//! `&kind|kind` is the address of an external reference of one of these kinds. Of the document, `@`
//! and `&` take what it is about into account too. `[member!=word|word]` takes all other items.

use serde_json::Value;

/// What stands at a place.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) pointer: String,
    /// Whether it only says that it is not known.
    pub(super) is_placeholder: bool,
}

/// Texts that say nothing, in lowercase.
const PLACEHOLDERS: [&str; 14] = [
    "",
    "*",
    "-",
    "?",
    "[more information needed]",
    "n/a",
    "na",
    "noassertion",
    "none",
    "not available",
    "not specified",
    "null",
    "tbd",
    "unknown",
];

/// The places of the document that speak of what it is about.
const SUBJECT: &str = "/metadata/component";

/// Finds everything that stands at a path. `at` is the pointer of `value`.
pub(super) fn find(document: &Value, value: &Value, at: &str, path: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let subject = document.pointer(SUBJECT).filter(|_| at.is_empty());
    let own = [(at, Some(value)), (SUBJECT, subject)];
    let own = own.into_iter().filter_map(|(at, value)| Some((at, value?)));
    if let Some(path) = path.strip_prefix('^') {
        walk(document, String::new(), path, &mut found);
    } else if let Some(path) = path.strip_prefix('~') {
        let pointer = "/modelCard/considerations/environmentalConsiderations";
        if let Some(inner) = value.pointer(pointer) {
            walk(inner, format!("{at}{pointer}"), path, &mut found);
        }
    } else if let Some(kinds) = path.strip_prefix('&') {
        let path = format!("externalReferences[type={kinds}].url");
        own.for_each(|(at, value)| walk(value, at.to_owned(), &path, &mut found));
    } else if let Some(name) = path.strip_prefix('@') {
        for (at, value) in own {
            for list in ["properties", "modelCard.properties"] {
                properties(value, at, (list, name), &mut found);
            }
        }
    } else {
        walk(value, at.to_owned(), path, &mut found);
    }
    found
}

fn properties(value: &Value, at: &str, (list, name): (&str, &str), found: &mut Vec<Found>) {
    let pointer = format!("/{}", list.replace('.', "/"));
    let properties = value.pointer(&pointer).and_then(Value::as_array);
    for (index, property) in properties.into_iter().flatten().enumerate() {
        let own = property["name"].as_str().unwrap_or_default();
        let matches = match name.strip_suffix('*') {
            Some(start) => own.starts_with(start),
            None => own == name,
        };
        if matches {
            walk(property, format!("{at}{pointer}/{index}"), "value", found);
        }
    }
}

fn walk(value: &Value, at: String, path: &str, found: &mut Vec<Found>) {
    if path.is_empty() {
        found.extend(says(value).map(|is_placeholder| Found {
            pointer: at,
            is_placeholder,
        }));
        return;
    }
    let (step, rest) = split(path);
    let (name, filter) = step.split_once('[').map_or((step, None), |(name, filter)| {
        (name, Some(filter.trim_end_matches(']')))
    });
    let Some(inner) = value.get(name) else {
        return;
    };
    let at = format!("{at}/{name}");
    let Some(filter) = filter else {
        return walk(inner, at, rest, found);
    };
    for (index, item) in inner.as_array().into_iter().flatten().enumerate() {
        let fits = match filter.split_once('=') {
            None => true,
            Some((member, wanted)) => {
                let (member, is_one) = match member.strip_suffix('!') {
                    Some(member) => (member, false),
                    None => (member, true),
                };
                let own = item.get(member).and_then(Value::as_str).unwrap_or_default();
                wanted.split('|').any(|word| word == own) == is_one
            }
        };
        if fits {
            walk(item, format!("{at}/{index}"), rest, found);
        }
    }
}

/// Splits the first step off a path; a dot inside brackets is part of a step.
fn split(path: &str) -> (&str, &str) {
    let mut depth = 0_u32;
    for (index, c) in path.char_indices() {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            '.' if depth == 0 => {
                return (
                    path.get(..index).unwrap_or_default(),
                    path.get(index + 1..).unwrap_or_default(),
                );
            }
            _ => {}
        }
    }
    (path, "")
}

/// Tells whether a value says something: `None` for nothing at all, `Some(true)` for a placeholder.
fn says(value: &Value) -> Option<bool> {
    match value {
        Value::Null => None,
        Value::Bool(_) | Value::Number(_) => Some(false),
        Value::String(text) => {
            let text = text.trim().to_lowercase();
            let is_placeholder = PLACEHOLDERS.contains(&text.as_str());
            (!text.is_empty()).then_some(is_placeholder)
        }
        Value::Array(items) => {
            let said: Vec<bool> = items.iter().filter_map(says).collect();
            (!said.is_empty()).then(|| said.iter().all(|is_placeholder| *is_placeholder))
        }
        Value::Object(members) => {
            let said: Vec<bool> = members.values().filter_map(says).collect();
            (!said.is_empty()).then(|| said.iter().all(|is_placeholder| *is_placeholder))
        }
    }
}
