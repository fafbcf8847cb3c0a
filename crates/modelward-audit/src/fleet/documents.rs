//! What a fleet remembers of each document beside the graph.

use std::collections::BTreeMap;

use modelward_artifact::Digest;
use modelward_bom::MlBom;
use modelward_graph::{NodeId, ParseNodeIdError};
use serde_json::Value;

use super::error::FleetError;

/// The longest name of a document, in bytes.
const MAX_NAME: usize = 1024;

/// A document as it was added.
#[derive(Clone, Debug)]
pub(super) struct Document {
    /// What it is about.
    pub(super) model: Option<NodeId>,
    /// Its BOM-Link without a part, where it has a serial number.
    pub(super) link: Option<String>,
    /// SHA-256 of its JSON, where it is an ML-BOM.
    pub(super) digest: Option<Digest>,
}

/// All documents by name.
pub(super) type Documents = BTreeMap<String, Document>;

/// Refuses names that would be taken for something else: `#` parts a document from what is in it.
pub(super) fn check_name(name: &str, known: &Documents) -> Result<(), FleetError> {
    let is_link = name.starts_with("pkg:") || name.starts_with("urn:");
    let is_id = !name.contains('#') && name.parse::<NodeId>().is_ok();
    if is_link || !is_id || name.len() > MAX_NAME || name.parse::<Digest>().is_ok() {
        let name = name.chars().take(100).collect();
        return Err(FleetError::Name { name });
    }
    if known.contains_key(name) {
        let name = name.to_owned();
        return Err(FleetError::DocumentTwice { name });
    }
    Ok(())
}

/// Returns the id of what only one document names.
pub(super) fn local(document: &str, name: &str) -> Result<NodeId, ParseNodeIdError> {
    NodeId::in_document(document, name)
}

/// Takes the serial number out of a document, so that what it alone names goes by the name under
/// which it was given: two documents may claim one serial number.
pub(super) fn without_serial(bom: &MlBom) -> (Value, Option<String>) {
    let mut value = bom.to_value();
    let Some(members) = value.as_object_mut() else {
        return (value, None);
    };
    let serial = members.remove("serialNumber");
    let version = members.get("version").and_then(Value::as_u64);
    let serial = serial.as_ref().and_then(Value::as_str);
    let uuid = serial.and_then(|serial| serial.strip_prefix("urn:uuid:"));
    let link = uuid.map(|uuid| {
        let version = version.unwrap_or(1);
        format!("urn:cdx:{}/{version}", uuid.to_ascii_lowercase())
    });
    (value, link)
}

/// Returns the documents of each BOM-Link, which is one unless documents claim one serial number.
pub(super) fn by_link(documents: &Documents) -> BTreeMap<&str, Vec<&str>> {
    let mut links: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, document) in documents {
        if let Some(link) = &document.link {
            links.entry(link).or_default().push(name);
        }
    }
    links
}
