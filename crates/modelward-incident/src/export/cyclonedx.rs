//! VEX in CycloneDX 1.6: the incident as a vulnerability of components.

mod component;
mod request;
mod rows;
mod vulnerability;
mod wire;

use modelward_artifact::json::{self, JsonError};
use serde::{Serialize, Serializer};

use self::component::Components;
use self::wire::{Annotation, Annotator, Component, Metadata, Named, Property, Root, Tools};
use super::vex::facts::VexFacts;
use super::vex::stable::uuid;
use super::vex::{VexExportError, VexProblem};
use crate::Released;
use crate::export::Export;
use crate::export::ledger::Ledger;

pub use self::request::CycloneDxRequest;

const SCHEMA: &str = "http://cyclonedx.org/schema/bom-1.6.schema.json";

/// Holds a document.
#[derive(Clone, Debug)]
pub struct CycloneDxVex {
    root: Root,
}

impl CycloneDxVex {
    /// Returns the serial number, `urn:uuid:` and a UUID. All versions of one author's document
    /// about one incident have the same.
    #[must_use]
    pub fn serial_number(&self) -> &str {
        &self.root.serial_number
    }

    /// Writes the document: members sorted, the same bytes for the same record and request.
    ///
    /// # Errors
    ///
    /// [`JsonError`] where a part has no JSON form, which none has.
    pub fn to_json(&self) -> Result<Vec<u8>, JsonError> {
        json::pretty(&self.root)
    }
}

impl Serialize for CycloneDxVex {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.root.serialize(serializer)
    }
}

/// Writes a record as a vulnerability of the components that are its assets.
///
/// - An asset that is in a bill of materials is a link into it (BOM-Link); another one is a
///   component of this document, with its package URL and digests.
/// - Confirmed assets are `exploitable`, suspected and unknown ones `in_triage`, cleared ones
///   `not_affected` or, where the incident is a false positive, `false_positive`. What was restored
///   is `resolved`. There is one vulnerability for each state, all with the incident's id.
/// - Notes and the review are annotations.
///
/// ```
/// use modelward_artifact::Party;
/// use modelward_incident::export::cyclonedx::{CycloneDxRequest, vex};
/// use modelward_incident::log::Context;
/// use modelward_incident::{
///     AffectedAsset, AssetKind, AssetRef, Compromise, EventKind, Incident, IncidentKind, NewEvent,
///     Opening, Severity, Tlp,
/// };
///
/// let now = Context::new("2026-11-23T10:00:00Z".parse()?, Party::new("Jo Example")?);
/// let kind = IncidentKind::AdversarialDataPoisoning;
/// let opening = NewEvent::from(Opening::new("Poisoned scorer".parse()?, kind, Severity::High));
/// let mut incident = Incident::open("INC-7".parse()?, opening.marked(Tlp::Green), &now)?;
/// let weights = AffectedAsset::new("weights".parse()?, AssetKind::Model, "scorer".parse()?)
///     .with_ref(AssetRef::purl("pkg:huggingface/acme/scorer@4f2c")?)
///     .with_compromise(Compromise::Confirmed);
/// let weights = NewEvent::from(EventKind::AssetRecorded(weights));
/// incident.record(weights.marked(Tlp::Green), &now)?;
///
/// let request = CycloneDxRequest::new("Acme AI", "2026-11-24T09:00:00Z".parse()?, 1)?;
/// let export = vex(&incident.release(Tlp::Green)?, &request)?;
/// let json = String::from_utf8(export.document().to_json()?)?;
/// assert!(json.contains("\"state\": \"exploitable\""));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`VexExportError`] with every reason: no asset, a malformed package URL, an asset that has
/// neither a `bom-ref` nor a package URL.
pub fn vex(
    released: &Released,
    request: &CycloneDxRequest,
) -> Result<Export<CycloneDxVex>, VexExportError> {
    let facts = &VexFacts::of(released);
    let mut problems = facts.problems();
    for product in &facts.products {
        if product.bom_refs.is_empty() && product.purls.is_empty() && !product.has_bad_purl {
            let asset = product.asset.clone();
            problems.push(VexProblem::NoBomRef { asset });
        }
    }
    VexExportError::check("CycloneDX", problems)?;
    let mut components = Components::default();
    let vulnerabilities = vulnerability::vulnerabilities(facts, request, &mut components);
    let subjects: Vec<_> = vulnerabilities
        .iter()
        .map(|it| it.bom_ref.clone())
        .collect();
    let annotations = annotations(facts, request, &subjects);
    // The serial number names the document through all its versions.
    let serial = uuid(&["cyclonedx", &request.author, &facts.id]);
    let root = Root {
        schema: SCHEMA,
        bom_format: "CycloneDX",
        spec_version: "1.6",
        serial_number: format!("urn:uuid:{serial}"),
        version: request.version,
        metadata: metadata(facts, request),
        components: components.list,
        vulnerabilities,
        annotations,
    };
    let document = CycloneDxVex { root };
    let losses = rows::rows(Ledger::of(released), facts, request);
    Ok(Export::new(document, losses))
}

fn metadata(facts: &VexFacts, request: &CycloneDxRequest) -> Metadata {
    let tool = Component {
        kind: "application",
        name: env!("CARGO_PKG_NAME").to_owned(),
        version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        ..Component::default()
    };
    Metadata {
        timestamp: request.issued,
        tools: Tools { components: [tool] },
        manufacturer: Named {
            name: request.author.clone(),
        },
        properties: vec![Property {
            name: "modelward:incident:tlp",
            value: facts.level.name().to_owned(),
        }],
    }
}

fn annotations(
    facts: &VexFacts,
    request: &CycloneDxRequest,
    subjects: &[String],
) -> Vec<Annotation> {
    let notes = facts.notes.iter().map(|note| {
        let name = note.actor.clone();
        (
            Annotator::Individual(Named { name }),
            note.at,
            note.text.clone(),
        )
    });
    let review = facts.review.iter().map(|text| {
        let name = request.author.clone();
        (
            Annotator::Organization(Named { name }),
            request.issued,
            text.clone(),
        )
    });
    let all = notes.chain(review).enumerate();
    all.map(|(index, (annotator, timestamp, text))| Annotation {
        bom_ref: format!("annotation:{index}"),
        subjects: subjects.to_vec(),
        annotator,
        timestamp,
        text,
    })
    .collect()
}
