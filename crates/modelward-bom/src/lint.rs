//! What the schema lets pass and a reader trips over.

use std::collections::{BTreeMap, BTreeSet};

use modelward_artifact::Finding;
use serde_json::{Map, Value};

use crate::MlBom;
use crate::license;
use crate::pointer::Place;

/// The members under which components stand.
const COMPONENTS: [&str; 5] = [
    "ancestors",
    "component",
    "components",
    "descendants",
    "variants",
];

/// The list of a document that says something of the document.
const PROPERTIES: &str = "properties";

/// The members whose texts name other parts of the document.
const REFERENCES: [&str; 11] = [
    "assemblies",
    "assessor",
    "attributedTo",
    "claims",
    "counterClaims",
    "dependsOn",
    "process",
    "provides",
    "ref",
    "requirement",
    "target",
];

/// Digests by the length of their hexadecimal digits.
const LENGTHS: [(&str, usize); 14] = [
    ("BLAKE2b-256", 64),
    ("BLAKE2b-384", 96),
    ("BLAKE2b-512", 128),
    ("BLAKE3", 64),
    ("MD5", 32),
    ("SHA-1", 40),
    ("SHA-256", 64),
    ("SHA-384", 96),
    ("SHA-512", 128),
    ("SHA3-256", 64),
    ("SHA3-384", 96),
    ("SHA3-512", 128),
    ("Streebog-256", 64),
    ("Streebog-512", 128),
];

impl MlBom {
    /// Lists what the schema lets pass and a reader trips over, each with its JSON pointer.
    ///
    /// | code | what |
    /// |---|---|
    /// | `bom.lint.card` | a model card on what is no model |
    /// | `bom.lint.dangling` | a reference to nothing in the document |
    /// | `bom.lint.data` | `data` on what is no data |
    /// | `bom.lint.dataset` | a model's dataset that is a component of another kind |
    /// | `bom.lint.duplicate` | a `bom-ref` that stands twice |
    /// | `bom.lint.hash` | a digest that is too long or short for its algorithm |
    /// | `bom.lint.license` | an SPDX identifier, or a lowercase form of it, as a license's name |
    /// | `bom.lint.purl` | a package URL that is none |
    /// | `bom.lint.taxonomy` | `cdx:ai-ml` properties where no reader looks for them |
    /// | `bom.lint.untyped` | a model, by its package URL or model card, of another kind |
    #[must_use]
    pub fn lints(&self) -> Vec<Finding> {
        let mut frame = self.frame().to_value();
        // The document's own properties are judged with it; other items stand for themselves.
        if self.length(PROPERTIES) > 0 {
            frame[PROPERTIES] = self.items(PROPERTIES).collect();
        }
        let lists = || {
            Self::lists()
                .map(|list| list.name)
                .filter(|name| *name != PROPERTIES)
        };
        let mut linter = Linter::default();
        linter.collect(&frame);
        for item in lists().flat_map(|list| self.items(list)) {
            linter.collect(&item);
        }
        linter.value(&frame, "", &Place::ROOT);
        for list in lists() {
            let at = Place::ROOT.member(list);
            for (index, item) in self.items(list).enumerate() {
                linter.value(&item, list, &at.index(index));
            }
        }
        linter.findings.sort();
        linter.findings
    }
}

#[derive(Default)]
struct Linter {
    /// The type of what goes by each `bom-ref`.
    known: BTreeMap<String, String>,
    twice: BTreeSet<String>,
    findings: Vec<Finding>,
}

impl Linter {
    fn collect(&mut self, document: &Value) {
        let mut pending = vec![document];
        while let Some(value) = pending.pop() {
            match value {
                Value::Array(items) => pending.extend(items),
                Value::Object(members) => {
                    if let Some(Value::String(bom_ref)) = members.get("bom-ref") {
                        let kind = text(members, "type").unwrap_or_default().to_owned();
                        if self.known.insert(bom_ref.clone(), kind).is_some() {
                            self.twice.insert(bom_ref.clone());
                        }
                    }
                    pending.extend(members.values());
                }
                _ => {}
            }
        }
    }

    /// `under` is the member that the value, or the list with it, stands under.
    fn value(&mut self, value: &Value, under: &str, at: &Place<'_>) {
        match value {
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.value(item, under, &at.index(index));
                }
            }
            Value::Object(members) => {
                self.object(members, under, at);
                for (name, value) in members {
                    self.value(value, name, &at.member(name));
                }
            }
            Value::String(name) if REFERENCES.contains(&under) => self.reference(name, at),
            _ => {}
        }
    }

    fn object(&mut self, members: &Map<String, Value>, under: &str, at: &Place<'_>) {
        if let Some(bom_ref) = text(members, "bom-ref")
            && self.twice.contains(bom_ref)
        {
            let message = format!("`{bom_ref}` names more than one part of the document");
            self.note("bom.lint.duplicate", &at.member("bom-ref"), message);
        }
        match under {
            _ if COMPONENTS.contains(&under) => self.component(members, at),
            "datasets" => self.dataset(members, at),
            "hashes" => self.hash(members, at),
            "license" => self.license(members, at),
            _ => {}
        }
        self.properties(members, under, at);
    }

    fn component(&mut self, members: &Map<String, Value>, at: &Place<'_>) {
        let kind = text(members, "type").unwrap_or_default();
        let is_model = kind == "machine-learning-model";
        if members.contains_key("modelCard") && !is_model {
            let message = format!("a component of type {kind} has a model card");
            self.note("bom.lint.card", &at.member("modelCard"), message);
        }
        if members.contains_key("data") && kind != "data" {
            let message = format!("a component of type {kind} has data");
            self.note("bom.lint.data", &at.member("data"), message);
        }
        let purl = text(members, "purl");
        if let Some(purl) = purl.filter(|purl| !is_purl(purl)) {
            let message = format!("`{purl}` is no package url");
            self.note("bom.lint.purl", &at.member("purl"), message);
        }
        let registry = ["pkg:huggingface/", "pkg:mlflow/"];
        let from_registry =
            purl.is_some_and(|purl| registry.iter().any(|start| purl.starts_with(start)));
        let references = members.get("externalReferences").and_then(Value::as_array);
        let has_card = references
            .into_iter()
            .flatten()
            .any(|reference| reference["type"] == "model-card");
        if (from_registry || has_card) && !is_model && kind != "data" {
            let message = format!("what looks like a model is of type {kind}");
            self.note("bom.lint.untyped", at, message);
        }
    }

    fn dataset(&mut self, members: &Map<String, Value>, at: &Place<'_>) {
        let Some(reference) = text(members, "ref") else {
            return;
        };
        let kind = self.known.get(reference).map(String::as_str);
        if let Some(kind) = kind.filter(|kind| !matches!(*kind, "data" | "dataset")) {
            let message = format!("`{reference}` is of type {kind}, expected data");
            self.note("bom.lint.dataset", &at.member("ref"), message);
        }
    }

    fn hash(&mut self, members: &Map<String, Value>, at: &Place<'_>) {
        let algorithm = text(members, "alg").unwrap_or_default();
        let length = text(members, "content").map_or(0, str::len);
        let expected = LENGTHS.iter().find(|(name, _)| *name == algorithm);
        if let Some((_, expected)) = expected.filter(|(_, expected)| *expected != length) {
            let message = format!("{algorithm} has {expected} digits, found {length}");
            self.note("bom.lint.hash", at, message);
        }
    }

    fn license(&mut self, members: &Map<String, Value>, at: &Place<'_>) {
        let Some(name) = text(members, "name") else {
            return;
        };
        if let Some(id) = license::identifier(name) {
            let message = format!("`{name}` is `{id}` of the spdx license list");
            self.note("bom.lint.license", &at.member("name"), message);
        }
    }

    /// The taxonomy's properties belong to a model's card or to the model.
    fn properties(&mut self, members: &Map<String, Value>, under: &str, at: &Place<'_>) {
        let is_model = text(members, "type") == Some("machine-learning-model");
        if under == "modelCard" || (COMPONENTS.contains(&under) && is_model) || under == "file" {
            return;
        }
        // What is said of a file of weights stands with the file.
        if text(members, "type") == Some("file") {
            return;
        }
        let properties = members.get("properties").and_then(Value::as_array);
        for (index, property) in properties.into_iter().flatten().enumerate() {
            let name = property["name"].as_str().unwrap_or_default();
            if name.starts_with("cdx:ai-ml:") {
                let list = at.member("properties");
                let message = format!("`{name}` stands on no model");
                self.note("bom.lint.taxonomy", &list.index(index), message);
            }
        }
    }

    fn reference(&mut self, name: &str, at: &Place<'_>) {
        // A BOM-Link names something in another document.
        if name.starts_with("urn:cdx:") || self.known.contains_key(name) {
            return;
        }
        let message = format!("`{name}` is not in the document");
        self.note("bom.lint.dangling", at, message);
    }

    fn note(&mut self, code: &'static str, at: &Place<'_>, message: String) {
        let finding = Finding::new(code, message).about(format!("#{at}"));
        self.findings.push(finding);
    }
}

fn text<'a>(members: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    members.get(name).and_then(Value::as_str)
}

/// Tells whether a text has the parts that every package URL has: scheme, type and name.
fn is_purl(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("pkg:") else {
        return false;
    };
    let rest = rest.trim_start_matches('/');
    let Some((kind, name)) = rest.split_once('/') else {
        return false;
    };
    let allowed = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'.' | b'-' | b'+');
    let blank = |c: char| c.is_whitespace() || c.is_control();
    kind.bytes().all(allowed)
        && kind.bytes().next().is_some_and(|c| c.is_ascii_alphabetic())
        && !name.is_empty()
        && !text.contains(blank)
}
