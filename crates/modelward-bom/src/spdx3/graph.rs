//! The SPDX elements that an export is made of.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Map, Value, json};
use uuid::Uuid;

/// The blank node of the one `CreationInfo`.
pub(super) const CREATION_INFO: &str = "_:creationInfo";

/// What a license that nobody states is (SPDX 3.0.1, `ExpandedLicensing/NoAssertionLicense`).
pub(super) const NO_ASSERTION_LICENSE: &str =
    "https://spdx.org/rdf/3.0.1/terms/ExpandedLicensing/NoAssertionLicense";

/// What an element that needs no other depends on (SPDX 3.0.1, `Core/NoneElement`).
pub(super) const NONE_ELEMENT: &str = "https://spdx.org/rdf/3.0.1/terms/Core/NoneElement";

/// One SPDX element while it is made.
#[derive(Debug)]
pub(super) struct Element {
    id: String,
    members: Map<String, Value>,
}

impl Element {
    pub(super) fn new(class: &str, id: String) -> Self {
        let mut element = Self {
            id,
            members: Map::new(),
        };
        element.set("type", class);
        element.set("spdxId", element.id.clone());
        element.set("creationInfo", CREATION_INFO);
        element
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    pub(super) fn has(&self, property: &str) -> bool {
        self.members.contains_key(property)
    }

    pub(super) fn set(&mut self, property: &str, value: impl Into<Value>) {
        self.members.insert(property.to_owned(), value.into());
    }

    /// Adds to a property that is a list.
    pub(super) fn push(&mut self, property: &str, value: impl Into<Value>) {
        let list = self.members.entry(property).or_insert_with(|| json!([]));
        if let Some(list) = list.as_array_mut() {
            list.push(value.into());
        }
    }

    /// Adds a line to a property that is a text.
    pub(super) fn line(&mut self, property: &str, line: &str) {
        match self.members.get_mut(property) {
            Some(Value::String(text)) => {
                text.push('\n');
                text.push_str(line);
            }
            _ => self.set(property, line),
        }
    }

    pub(super) fn identifier(&mut self, kind: &str, identifier: &str) {
        let identifier = json!({
            "type": "ExternalIdentifier",
            "externalIdentifierType": kind,
            "identifier": identifier,
        });
        self.push("externalIdentifier", identifier);
    }

    pub(super) fn entry(&mut self, property: &str, key: &str, value: &str) {
        let entry = json!({"type": "DictionaryEntry", "key": key, "value": value});
        self.push(property, entry);
    }
}

/// One statement between elements.
#[derive(Debug)]
pub(super) struct Relation {
    pub(super) from: String,
    pub(super) kind: &'static str,
    pub(super) to: Vec<String>,
    pub(super) completeness: Option<&'static str>,
    pub(super) comment: Option<&'static str>,
}

impl Relation {
    pub(super) const fn new(from: String, kind: &'static str, to: Vec<String>) -> Self {
        Self {
            from,
            kind,
            to,
            completeness: None,
            comment: None,
        }
    }
}

/// All elements, in the order of their names.
#[derive(Debug)]
pub(super) struct Graph {
    namespace: String,
    elements: BTreeMap<String, Map<String, Value>>,
}

impl Graph {
    pub(super) const fn new(namespace: String) -> Self {
        Self {
            namespace,
            elements: BTreeMap::new(),
        }
    }

    /// Names an element by what the input calls it.
    pub(super) fn id(&self, kind: &str, key: &str) -> String {
        format!("{}#{kind}/{}", self.namespace, encoded(key))
    }

    /// Names an element by what it says, so that equal ones are one.
    pub(super) fn id_of(&self, kind: &str, parts: &[&str]) -> String {
        format!("{}#{kind}/{}", self.namespace, content(parts).hyphenated())
    }

    pub(super) fn add(&mut self, element: Element) {
        self.elements.insert(element.id, element.members);
    }

    pub(super) fn relate(&mut self, relation: Relation) {
        let mut parts = vec![relation.from.as_str(), relation.kind];
        parts.extend(relation.to.iter().map(String::as_str));
        let mut element = Element::new("Relationship", self.id_of("relationship", &parts));
        element.set("from", relation.from);
        element.set("relationshipType", relation.kind);
        element.set("to", relation.to);
        if let Some(completeness) = relation.completeness {
            element.set("completeness", completeness);
        }
        if let Some(comment) = relation.comment {
            element.set("comment", comment);
        }
        self.add(element);
    }

    pub(super) fn ids(&self) -> Vec<String> {
        self.elements.keys().cloned().collect()
    }

    pub(super) fn into_values(self) -> impl Iterator<Item = Value> {
        self.elements.into_values().map(Value::Object)
    }
}

/// A version 5 UUID over texts, each with its length before it so that none runs into the next.
pub(super) fn content(parts: &[&str]) -> Uuid {
    let mut text = String::new();
    for part in parts {
        // Writing to a `String` does not fail.
        let _ = write!(text, "{}:{part}", part.len());
    }
    Uuid::new_v5(&Uuid::NAMESPACE_URL, text.as_bytes())
}

/// Says whether a text is an absolute IRI by its scheme and its characters (RFC 3987).
pub(super) fn is_absolute(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    let refused = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`')
    };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(plain)
        && !rest.is_empty()
        && !rest.contains(refused)
}

/// Percent-encodes all but what an IRI may hold anywhere (RFC 3986, section 2.3).
fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            // Writing to a `String` does not fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
