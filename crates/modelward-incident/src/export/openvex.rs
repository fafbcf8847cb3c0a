//! Statements in `OpenVEX` 0.2.0.

mod request;
mod rows;
mod statement;
mod wire;

use modelward_artifact::json::{self, JsonError};
use serde::{Serialize, Serializer};

use self::statement::Writer;
use self::wire::Root;
use super::vex::VexExportError;
use super::vex::facts::VexFacts;
use super::vex::stable::uuid;
use crate::Released;
use crate::export::Export;
use crate::export::ledger::Ledger;

pub use self::request::OpenVexRequest;

const CONTEXT: &str = "https://openvex.dev/ns/v0.2.0";

/// Holds a document.
#[derive(Clone, Debug)]
pub struct OpenVexDocument {
    root: Root,
}

impl OpenVexDocument {
    /// Returns the document's id, an IRI. All versions of one author's document about one incident
    /// have the same.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.root.id
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

impl Serialize for OpenVexDocument {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.root.serialize(serializer)
    }
}

/// Writes what a record says of each asset as a statement about the incident.
///
/// - A confirmed asset is `affected`, with what was done or is to be done as its action.
/// - A suspected asset, and one whose state is unknown, is `under_investigation`.
/// - A cleared asset is `not_affected`, with the clearance as impact and the justification, if the
///   request has one.
/// - What was restored by a plan and seen in place is `fixed`.
///
/// ```
/// use modelward_artifact::Party;
/// use modelward_incident::export::openvex::{OpenVexRequest, document};
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
/// let issued = "2026-11-24T09:00:00Z".parse()?;
/// let request = OpenVexRequest::new("security@acme.example", issued, 1)?;
/// let export = document(&incident.release(Tlp::Green)?, &request)?;
/// let json = String::from_utf8(export.document().to_json()?)?;
/// assert!(json.contains("\"status\": \"affected\""));
/// assert!(export.lost().any(|loss| loss.field == "kinds"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`VexExportError`] with every reason: no asset, a malformed package URL.
pub fn document(
    released: &Released,
    request: &OpenVexRequest,
) -> Result<Export<OpenVexDocument>, VexExportError> {
    let facts = &VexFacts::of(released);
    VexExportError::check("OpenVEX", facts.problems())?;
    // The id names the document through all its versions, so it is not made of the content.
    let uuid = uuid(&["openvex", &request.author, &facts.id]);
    let base = request.base.as_ref();
    let id = base.map_or_else(
        || format!("urn:uuid:{uuid}"),
        |base| format!("{base}/{uuid}"),
    );
    let writer = Writer {
        facts,
        request,
        id: &id,
    };
    let statements = writer.statements();
    let root = Root {
        context: CONTEXT,
        id,
        author: request.author.clone(),
        role: request.role.clone(),
        timestamp: request.issued,
        last_updated: request.changed,
        version: request.version,
        tooling: concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION")),
        statements,
    };
    let document = OpenVexDocument { root };
    let losses = rows::rows(Ledger::of(released), facts, request);
    Ok(Export::new(document, losses))
}
