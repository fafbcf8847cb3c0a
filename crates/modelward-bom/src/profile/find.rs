//! Finds values by a short path, so that a table can say where an element may stand.
//!
//! A path is names with dots between: `supplier.name`. A list is entered by `[]`, or by a member of
//! its items: `hashes[].content`, `externalReferences[type=distribution].url`. `@name` is the value
//! of a property of the component or of its model card; a `*` at its end stands for any rest, and
//! `@name=word|word` takes these values alone.
//! `^` begins at the document, `~` at the environmental considerations of the model card, and
//! `&kind|kind` is the address of an external reference of one of these kinds. Of the document, `@`
//! and `&` take what it is about into account too. `[member!=word|word]` takes all other items; the
//! member may be a path of names.
//!
//! `#list.member` is what a list of the document says of the component by its reference, see
//! [`super::link`], and `#inside` the component itself where it stands inside another.

use serde_json::Value;

use crate::pointer::SUBJECT;
use crate::profile::part::Part;

/// What stands at a place.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) pointer: String,
    pub(super) said: Said,
}

/// How much a value says; the more, the greater.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Said {
    /// That it is not known.
    Unknown,
    /// Something.
    Value,
}

/// Texts that say that something is not known, in lowercase.
const UNKNOWN: [&str; 2] = ["noassertion", "unknown"];

/// Texts that say nothing, not even that: the gaps of a template. In lowercase.
const PLACEHOLDERS: [&str; 13] = [
    "",
    "*",
    "-",
    "?",
    "[more information needed]",
    "n/a",
    "na",
    "none",
    "not available",
    "not specified",
    "not_specified",
    "null",
    "tbd",
];

/// Finds what says most at a path that begins at the document.
pub(super) fn find_shared(document: &Value, path: &str) -> Option<Found> {
    let mut found = Vec::new();
    walk(
        document,
        String::new(),
        path.trim_start_matches('^'),
        &mut found,
    );
    // Of several that say as much `max_by_key` takes the last.
    found.into_iter().rev().max_by_key(|found| found.said)
}

/// Finds everything that stands at a path of a part.
pub(super) fn find(document: &Value, part: &Part<'_>, path: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let (at, value) = (part.pointer.as_str(), part.value);
    let path = match path.strip_prefix("data[].") {
        Some(inner) if part.is_inline => inner,
        _ => path,
    };
    let subject = document.pointer(SUBJECT).filter(|_| at.is_empty());
    let own = [(at, Some(value)), (SUBJECT, subject)];
    let own = own.into_iter().filter_map(|(at, value)| Some((at, value?)));
    if let Some(path) = path.strip_prefix('~') {
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

fn properties(value: &Value, at: &str, (list, wanted): (&str, &str), found: &mut Vec<Found>) {
    let (name, words) = wanted
        .split_once('=')
        .map_or((wanted, None), |(name, words)| (name, Some(words)));
    let pointer = format!("/{}", list.replace('.', "/"));
    let properties = value.pointer(&pointer).and_then(Value::as_array);
    for (index, property) in properties.into_iter().flatten().enumerate() {
        let own = property["name"].as_str().unwrap_or_default();
        let matches = match name.strip_suffix('*') {
            Some(start) => own.starts_with(start),
            None => own == name,
        };
        let value = property["value"].as_str().unwrap_or_default();
        if matches && words.is_none_or(|words| words.split('|').any(|word| word == value)) {
            walk(property, format!("{at}{pointer}/{index}"), "value", found);
        }
    }
}

fn walk(value: &Value, at: String, path: &str, found: &mut Vec<Found>) {
    if path.is_empty() {
        found.extend(says(value).map(|said| Found { pointer: at, said }));
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
                let own = member
                    .split('.')
                    .try_fold(item, |item, name| item.get(name));
                let own = own.and_then(Value::as_str).unwrap_or_default();
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

/// Tells how much a value says; `None` where it says nothing.
pub(super) fn says(value: &Value) -> Option<Said> {
    match value {
        Value::Null => None,
        Value::Bool(_) | Value::Number(_) => Some(Said::Value),
        Value::String(text) => {
            let text = text.trim().to_lowercase();
            if PLACEHOLDERS.contains(&text.as_str()) {
                return None;
            }
            let is_unknown = UNKNOWN.contains(&text.as_str());
            Some(if is_unknown {
                Said::Unknown
            } else {
                Said::Value
            })
        }
        Value::Array(items) => items.iter().filter_map(says).max(),
        Value::Object(members) => members.values().filter_map(says).max(),
    }
}
