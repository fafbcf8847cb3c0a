//! Advisories in the Common Security Advisory Framework of OASIS, versions 2.0 and 2.1, by the
//! profile for incident response.

mod cpe;
mod error;
mod head;
mod publisher;
mod request;
mod rows;
mod tracking;
mod tree;
mod vulnerability;
mod wire;

use std::fmt;

use modelward_artifact::Text;
use modelward_artifact::json::{self, JsonError};
use serde::{Serialize, Serializer};

use self::wire::{Note, Root};
use super::vex::facts::VexFacts;
use super::vex::{VexExportError, VexProblem};
use crate::Released;
use crate::export::Export;
use crate::export::ledger::Ledger;

pub use self::error::CsafInputError;
pub use self::publisher::{CsafPublisher, CsafPublisherCategory};
pub use self::request::{CsafRequest, CsafWeakness};
pub use self::tracking::{CsafNumber, CsafRevision, CsafStatus, CsafTracking};

/// The schema that documents of 2.1 name themselves.
const SCHEMA: &str = "https://docs.oasis-open.org/csaf/csaf/v2.1/schema/csaf.json";

/// Names a version of CSAF.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum CsafVersion {
    /// Version 2.0, an OASIS standard of 2022 and ISO/IEC 20153:2025.
    V2_0,
    /// Version 2.1.
    V2_1,
}

impl CsafVersion {
    /// Lists every version.
    pub const ALL: [Self; 2] = [Self::V2_0, Self::V2_1];

    /// Returns the text, such as `2.0`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::V2_0 => "2.0",
            Self::V2_1 => "2.1",
        }
    }
}

impl fmt::Display for CsafVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Holds a document. It is serialized with the members of every object sorted.
#[derive(Clone, Debug)]
pub struct CsafDocument {
    root: Root,
    file_name: String,
}

impl CsafDocument {
    /// Returns the name that the file has by section 5.1 of CSAF.
    #[must_use]
    pub fn file_name(&self) -> &str {
        &self.file_name
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

impl Serialize for CsafDocument {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.root.serialize(serializer)
    }
}

/// Writes a record as an advisory of the profile `csaf_security_incident_response`.
///
/// - Each asset is a product, with its package URLs, digests and links into bills of materials.
/// - Confirmed assets are known to be affected, suspected ones under investigation, cleared ones
///   known not to be affected. What a recovery plan goes back to is recommended, and fixed once a
///   receipt shows that it is in place.
/// - The incident is the one vulnerability. It has a CVE where a link says that it is the same.
/// - The label is that of the release.
///
/// ```
/// use modelward_artifact::Party;
/// use modelward_incident::export::csaf::{
///     CsafPublisher, CsafPublisherCategory, CsafRequest, CsafRevision, CsafStatus, CsafTracking,
///     CsafVersion, advisory,
/// };
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
/// let vendor = CsafPublisherCategory::Vendor;
/// let publisher = CsafPublisher::new(vendor, "Acme AI", "https://acme.example")?;
/// let first = CsafRevision::new("1".parse()?, "2026-11-24T09:00:00Z".parse()?, "First.")?;
/// let tracking = CsafTracking::new("ACME-2026-7", CsafStatus::Interim, vec![first])?;
/// let request = CsafRequest::new(CsafVersion::V2_0, publisher, tracking);
/// let released = incident.release(Tlp::Green)?;
///
/// let refused = advisory(&released, &request).unwrap_err();
/// assert_eq!(refused.problems[0].code(), "incident.export.vex.no_reference");
///
/// let request = request.with_reference("Notice", "https://acme.example/notice")?;
/// let export = advisory(&released, &request)?;
/// assert_eq!(export.document().file_name(), "acme-2026-7.json");
/// let json = String::from_utf8(export.document().to_json()?)?;
/// assert!(json.contains("\"known_affected\""));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`VexExportError`] with every reason: no asset, a malformed package URL, no external reference.
pub fn advisory(
    released: &Released,
    request: &CsafRequest,
) -> Result<Export<CsafDocument>, VexExportError> {
    let facts = &VexFacts::of(released);
    let mut problems = facts.problems();
    let references = head::references(facts, request);
    if references.iter().all(|it| it.category != "external") {
        problems.push(VexProblem::NoReference);
    }
    VexExportError::check("CSAF", problems)?;
    let root = Root {
        schema: (request.version == CsafVersion::V2_1).then_some(SCHEMA),
        document: head::head(facts, request),
        product_tree: tree::tree(facts, request),
        vulnerabilities: vec![vulnerability::vulnerability(facts, request)],
    };
    let file_name = request.tracking.file_name();
    let document = CsafDocument { root, file_name };
    let losses = rows::rows(Ledger::of(released), facts, request);
    Ok(Export::new(document, losses))
}

fn note(category: &'static str, title: &'static str, text: String) -> Note {
    Note {
        category,
        text,
        title,
    }
}

fn text(member: &'static str, text: &str) -> Result<String, CsafInputError> {
    let text = text.parse::<Text>();
    let text = text.map_err(|source| CsafInputError::Text { member, source })?;
    Ok(text.as_str().to_owned())
}
