//! Exports ML-BOMs as SPDX 3.0.1, with the AI and Dataset profiles.
//!
//! Both formats describe models, datasets, files and how they belong together; neither can say all
//! that the other says. What CycloneDX says and the output does not is listed with its place, and
//! so is what SPDX requires and the input does not state. Nothing is made up to fill a gap.
//!
//! ```
//! use modelward_artifact::{JsonLimits, Timestamp};
//! use modelward_bom::MlBom;
//! use modelward_bom::spdx3::{Spdx3Options, export};
//! use serde_json::json;
//!
//! let text = br#"{
//!     "bomFormat": "CycloneDX",
//!     "specVersion": "1.6",
//!     "metadata": {"component": {
//!         "type": "machine-learning-model", "bom-ref": "model", "name": "sorter", "version": "1.0.0",
//!         "modelCard": {"considerations": {"ethicalConsiderations": [{"name": "bias"}]}}
//!     }}
//! }"#;
//! let bom = MlBom::read(text, &JsonLimits::default())?;
//! let options = Spdx3Options::new("2026-11-23T10:00:00Z".parse::<Timestamp>()?);
//! let spdx = bom.to_spdx3(&options)?;
//!
//! assert_eq!(
//!     spdx.losses()[0].pointer(),
//!     "/metadata/component/modelCard",
//!     "the ethical considerations are all that the card says",
//! );
//! assert!(spdx.unmet().iter().any(|unmet| unmet.property() == "releaseTime"));
//!
//! let refused = export(&json!({"spdxVersion": "SPDX-2.3"}), &options).unwrap_err();
//! assert_eq!(refused.code(), "bom.spdx3.format");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod agent;
mod component;
mod dataset;
mod document;
mod error;
mod graph;
mod license;
mod loss;
mod model;
mod place;
mod reference;
mod relation;
mod source;

use std::collections::BTreeSet;

use modelward_artifact::Timestamp;
use modelward_artifact::json::{self, JsonError};
use serde_json::{Value, json};

use crate::MlBom;
use crate::pointer::SUBJECT;
use crate::spdx3::graph::{Element, Graph, content, is_absolute};
use crate::spdx3::place::{Place, Places};
use crate::spdx3::source::{Ledger, Node};

pub use self::error::ExportSpdx3Error;
pub use self::loss::{Loss, LossReason, Unmet};

/// How deep a document may nest, as deep as documents are read.
const MAX_DEPTH: usize = 128;

/// The context that gives the members of the output their meaning.
const CONTEXT: &str = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld";

/// States what an export needs and a document may not say.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Spdx3Options {
    created: Timestamp,
    namespace: Option<String>,
}

impl Spdx3Options {
    /// States the time of the export, which stands in for a `metadata.timestamp` that is missing
    /// or malformed; SPDX requires one, in whole seconds.
    #[must_use]
    pub const fn new(created: Timestamp) -> Self {
        Self {
            created,
            namespace: None,
        }
    }

    /// States the IRI that all `spdxId`s begin with, followed by `#`.
    ///
    /// Otherwise it is a version 5 UUID over the serial number and version of the document, or over
    /// all of the document where it has no serial number.
    ///
    /// # Errors
    ///
    /// [`ExportSpdx3Error::Namespace`] where it is not an absolute IRI without a fragment.
    pub fn with_namespace(
        mut self,
        namespace: impl Into<String>,
    ) -> Result<Self, ExportSpdx3Error> {
        let namespace = namespace.into();
        if !is_absolute(&namespace) || namespace.contains('#') {
            return Err(ExportSpdx3Error::Namespace { found: namespace });
        }
        self.namespace = Some(namespace);
        Ok(self)
    }
}

/// Holds an SPDX 3.0.1 document and the account of what it was made of.
///
/// Each leaf of the input (a text, a number, a truth value, a null) is either among what was
/// [carried](Self::carried) or at or below one of the [losses](Self::losses).
#[derive(Clone, Debug, PartialEq)]
pub struct Spdx3Export {
    document: Value,
    carried: BTreeSet<String>,
    losses: Vec<Loss>,
    unmet: Vec<Unmet>,
}

impl Spdx3Export {
    /// Returns the document: JSON-LD in the form that the official JSON schema describes.
    #[must_use]
    pub const fn document(&self) -> &Value {
        &self.document
    }

    /// Returns the JSON pointers of all leaves of the input that went into the output, sorted.
    pub fn carried(&self) -> impl Iterator<Item = &str> {
        self.carried.iter().map(String::as_str)
    }

    /// Returns what of the input is not in the output, sorted by its JSON pointer.
    #[must_use]
    pub fn losses(&self) -> &[Loss] {
        &self.losses
    }

    /// Returns what the AI and Dataset profiles require and the input does not state, sorted.
    #[must_use]
    pub fn unmet(&self) -> &[Unmet] {
        &self.unmet
    }

    /// Returns the document as text: the same input gives the same bytes.
    ///
    /// # Errors
    ///
    /// [`JsonError::Shape`] where the document has no JSON form.
    pub fn to_json(&self) -> Result<Vec<u8>, JsonError> {
        json::pretty(&self.document)
    }
}

impl MlBom {
    /// Exports the document as SPDX 3.0.1: see [`export`].
    ///
    /// # Errors
    ///
    /// [`ExportSpdx3Error`] where two components have one `bom-ref`.
    pub fn to_spdx3(&self, options: &Spdx3Options) -> Result<Spdx3Export, ExportSpdx3Error> {
        export(&self.to_value(), options)
    }
}

/// Exports a CycloneDX document of any tool, of version 1.2 to 1.7.
///
/// Machine-learning models become `ai_AIPackage`, data `dataset_DatasetPackage`, files
/// `software_File` and all else `software_Package`. The input should be valid; what is malformed
/// in it is lost and listed so.
///
/// # Errors
///
/// [`ExportSpdx3Error`] where the document is of another format or version, nests deeper than 128
/// levels, or has two components of one `bom-ref`.
pub fn export(bom: &Value, options: &Spdx3Options) -> Result<Spdx3Export, ExportSpdx3Error> {
    if is_deeper(bom, MAX_DEPTH) {
        return Err(ExportSpdx3Error::Depth { limit: MAX_DEPTH });
    }
    let ledger = Ledger::default();
    let root = ledger.root(bom);
    let version = version(&root)?;
    let mut graph = Graph::new(namespace(&root, options)?);
    let places = Places::collect(&root, &graph)?;
    let mut unmet = Vec::new();
    for place in places.list() {
        let mut element = component::element(&mut graph, place);
        if place.node.pointer() == SUBJECT {
            describe_main(&mut graph, &mut element, &root);
        }
        unmet.extend(component::unmet(&element, place));
        graph.add(element);
        license::relate(&mut graph, place);
    }
    unmet.sort();
    relation::relate(&mut graph, &root, &places);
    let creation = document::creation_info(&mut graph, (&root, version), options);
    document::collections(&mut graph, &root, (&places, &unmet));
    not_mapped(&root, places.list());
    let elements: Vec<Value> = std::iter::once(creation)
        .chain(graph.into_values())
        .collect();
    drop((root, places));
    let (carried, losses) = ledger.settle(bom);
    Ok(Spdx3Export {
        document: json!({"@context": CONTEXT, "@graph": elements}),
        carried,
        losses,
        unmet,
    })
}

/// What the metadata say of the component that the document is about.
fn describe_main(graph: &mut Graph, element: &mut Element, root: &Node<'_>) {
    let Some(metadata) = root.get("metadata") else {
        return;
    };
    if let Some(supplier) = metadata.get("supplier") {
        if element.has("suppliedBy") {
            supplier.lose(LossReason::OneOnly);
        } else if let Some(id) = agent::organization(graph, &supplier) {
            element.set("suppliedBy", id);
        }
    }
    // Of version 1.5, and deprecated since: who made the component, not who made the document.
    if let Some(manufacture) = metadata.get("manufacture")
        && let Some(id) = agent::organization(graph, &manufacture)
    {
        element.push("originatedBy", id);
    }
}

/// Marks what SPDX has other profiles or classes for.
fn not_mapped(root: &Node<'_>, places: &[Place<'_>]) {
    for member in ["annotations", "formulation", "services", "vulnerabilities"] {
        if let Some(node) = root.get(member) {
            node.lose(LossReason::NotMapped);
        }
    }
    for place in places {
        for members in [&["evidence"][..], &["pedigree", "patches"]] {
            if let Some(node) = place.node.at(members) {
                node.lose(LossReason::NotMapped);
            }
        }
    }
}

fn version<'a>(root: &Node<'a>) -> Result<&'a str, ExportSpdx3Error> {
    let found = || {
        let texts = ["bomFormat", "specVersion"].map(|name| root.peek(name).unwrap_or("nothing"));
        ExportSpdx3Error::Format {
            found: texts.join(" "),
        }
    };
    if root.take("bomFormat") != Some("CycloneDX") {
        return Err(found());
    }
    // Which schema describes the input follows from its version.
    root.take("$schema");
    match root.take("specVersion") {
        Some(version @ ("1.2" | "1.3" | "1.4" | "1.5" | "1.6" | "1.7")) => Ok(version),
        _ => Err(found()),
    }
}

fn namespace(root: &Node<'_>, options: &Spdx3Options) -> Result<String, ExportSpdx3Error> {
    if let Some(namespace) = &options.namespace {
        return Ok(namespace.clone());
    }
    let uuid = match root.peek("serialNumber") {
        Some(serial) => {
            let version = root
                .get("version")
                .map(|version| version.value().to_string());
            content(&["serial", serial, version.as_deref().unwrap_or("1")])
        }
        None => {
            let text =
                json::pretty(root.value()).map_err(|source| ExportSpdx3Error::Json { source })?;
            content(&["content", &String::from_utf8_lossy(&text)])
        }
    };
    Ok(uuid.urn().to_string())
}

fn is_deeper(value: &Value, limit: usize) -> bool {
    let Some(inner) = limit.checked_sub(1) else {
        return matches!(value, Value::Array(_) | Value::Object(_));
    };
    match value {
        Value::Array(items) => items.iter().any(|item| is_deeper(item, inner)),
        Value::Object(members) => members.values().any(|member| is_deeper(member, inner)),
        _ => false,
    }
}
