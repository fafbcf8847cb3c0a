//! Export to SPDX 3.0.1 with the AI and Dataset profiles, as JSON-LD.
//!
//! SPDX says less than CycloneDX about a model, so every value of the document that has no place in
//! the export is listed. Nothing is made up: what a profile asks for and the document does not say
//! is listed too.
//!
//! ```
//! use modelward_bom::model::{Component, ComponentKind, Metadata};
//! use modelward_bom::spdx3::Spdx3;
//! use modelward_bom::{MlBom, SpecVersion};
//!
//! let model = Component::new(ComponentKind::MachineLearningModel, "sentiment");
//! let bom = MlBom::new(SpecVersion::V1_6).with_metadata(Metadata::new().with_component(model));
//! let export = Spdx3::of(&bom, "2026-11-23T10:00:00Z".parse()?);
//! let types: Vec<_> = export.document()["@graph"].as_array().expect("elements").iter()
//!     .map(|element| element["type"].as_str().expect("a type"))
//!     .collect();
//! assert!(types.contains(&"ai_AIPackage"));
//! assert!(export.unmet().iter().any(|unmet| unmet.reason().contains("suppliedBy")));
//! # Ok::<(), modelward_artifact::ParseTimestampError>(())
//! ```

mod card;
mod element;
mod graph;
mod license;
mod source;

use modelward_artifact::{Timestamp, json};
use serde_json::{Value, json};

use self::graph::Graph;
use self::source::Source;
use crate::{Loss, MlBom};

/// Holds a document in SPDX 3.0.1, what it does not say, and what it lacks.
#[derive(Clone, Debug, PartialEq)]
pub struct Spdx3 {
    document: Value,
    losses: Vec<Loss>,
    unmet: Vec<Loss>,
}

impl Spdx3 {
    /// Exports a document. `created` is the time of the export, which SPDX asks for, where the
    /// document itself bears none.
    #[must_use]
    pub fn of(bom: &MlBom, created: Timestamp) -> Self {
        let mut source = Source::new(bom.to_value());
        let mut graph = Graph::new(&source);
        element::export(&mut source, &mut graph, created);
        let (elements, unmet) = graph.finish();
        Self {
            document: json!({
                "@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld",
                "@graph": elements,
            }),
            losses: source.losses(),
            unmet,
        }
    }

    /// Returns the document.
    #[must_use]
    pub const fn document(&self) -> &Value {
        &self.document
    }

    /// Returns each part of the CycloneDX document that is not in the export.
    #[must_use]
    pub fn losses(&self) -> &[Loss] {
        &self.losses
    }

    /// Returns what the AI and Dataset profiles ask for and the document does not say, by the
    /// component that lacks it.
    #[must_use]
    pub fn unmet(&self) -> &[Loss] {
        &self.unmet
    }

    /// Writes the document: members sorted, the same bytes for the same document.
    ///
    /// # Panics
    ///
    /// Never: the document is JSON.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        json::pretty(&self.document).expect("the document is JSON")
    }
}
