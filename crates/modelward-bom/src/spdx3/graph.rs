//! The elements of the export, and their names.

use std::collections::BTreeMap;

use modelward_artifact::json;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::Loss;
use crate::spdx3::source::Source;

/// The node that all elements name as their creation.
pub(super) const CREATION: &str = "_:creation";

pub(super) struct Graph {
    /// What the names of all elements begin with.
    base: String,
    elements: Vec<Value>,
    /// The name of the element of each `bom-ref`.
    names: BTreeMap<String, String>,
    relationships: usize,
    unmet: Vec<Loss>,
}

impl Graph {
    pub(super) fn new(source: &Source) -> Self {
        let serial = source.peek("/serialNumber").map(str::to_owned);
        let base = serial.unwrap_or_else(|| {
            let document = source.document();
            let content =
                json::canonical(document).unwrap_or_else(|_| document.to_string().into_bytes());
            Uuid::new_v5(&Uuid::NAMESPACE_URL, &content)
                .urn()
                .to_string()
        });
        Self {
            base,
            elements: Vec::new(),
            names: BTreeMap::new(),
            relationships: 0,
            unmet: Vec::new(),
        }
    }

    /// Returns the name of an element: the document's own, and what is left after it.
    pub(super) fn id(&self, rest: &str) -> String {
        let mut id = format!("{}#", self.base);
        for byte in rest.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                    id.push(char::from(byte));
                }
                other => id.push_str(&format!("%{other:02X}")),
            }
        }
        id
    }

    /// Adds an element, with the members that every one has.
    pub(super) fn add(&mut self, kind: &str, id: &str, mut members: Map<String, Value>) {
        members.insert("type".to_owned(), kind.into());
        members.insert("spdxId".to_owned(), id.into());
        members.insert("creationInfo".to_owned(), CREATION.into());
        self.elements.push(Value::Object(members));
    }

    /// Adds a node that is no element.
    pub(super) fn node(&mut self, node: Value) {
        self.elements.push(node);
    }

    pub(super) fn relate(&mut self, from: &str, kind: &str, to: &[String]) {
        if to.is_empty() {
            return;
        }
        self.relationships += 1;
        let id = self.id(&format!("relationship/{}", self.relationships));
        let mut members = Map::new();
        members.insert("from".to_owned(), from.into());
        members.insert("relationshipType".to_owned(), kind.into());
        members.insert("to".to_owned(), json!(to));
        self.add("Relationship", &id, members);
    }

    /// Notes the element of a `bom-ref`.
    pub(super) fn name(&mut self, bom_ref: Option<&str>, id: &str) {
        if let Some(bom_ref) = bom_ref {
            self.names.insert(bom_ref.to_owned(), id.to_owned());
        }
    }

    pub(super) fn named(&self, bom_ref: &str) -> Option<String> {
        self.names.get(bom_ref).cloned()
    }

    /// Adds an agent, once for each kind and name.
    pub(super) fn agent(&mut self, kind: &str, name: &str) -> String {
        let id = self.id(&format!("agent/{kind}/{name}"));
        if !self.elements.iter().any(|element| element["spdxId"] == *id) {
            let mut members = Map::new();
            members.insert("name".to_owned(), name.into());
            self.add(kind, &id, members);
        }
        id
    }

    pub(super) fn lacks(&mut self, pointer: &str, property: &str) {
        let reason = format!("the profile asks for {property}, which the document does not say");
        self.unmet.push(Loss::new(pointer, reason));
    }

    pub(super) fn finish(self) -> (Vec<Value>, Vec<Loss>) {
        (self.elements, self.unmet)
    }
}
