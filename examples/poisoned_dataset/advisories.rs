//! What those who use the model are told: which version is affected, and what to do.

use modelward::incident::Released;
use modelward::incident::export::csaf::{
    self, CsafPublisher, CsafPublisherCategory, CsafRequest, CsafRevision, CsafStatus,
    CsafTracking, CsafVersion, CsafWeakness,
};
use modelward::incident::export::cyclonedx::{self, CycloneDxRequest};
use modelward::incident::export::openvex::{self, OpenVexRequest};
use modelward::incident::export::vex::{BomId, VexJustification};

use crate::Failure;
use crate::documents::{Shelf, TOLD};

/// Who they are for.
const CLINICS: &str = "clinics that use LesionSort";

/// The ML-BOM of version 2.4.0, in which the model is a component.
const BOM: &str = "urn:uuid:3f1a6c52-9f0e-4d0b-8a55-7c1d9b1f2e44";

pub(crate) fn tell(shelf: &mut Shelf, released: &Released) -> Result<(), Failure> {
    for (version, name) in [
        (CsafVersion::V2_0, "csaf-2.0.json"),
        (CsafVersion::V2_1, "csaf-2.1.json"),
    ] {
        let export = csaf::advisory(released, &advisory(version)?)?;
        let bytes = export.document().to_json()?;
        shelf.put(released, name, CLINICS, (bytes, export.losses()))?;
    }
    let bom = BomId::new(BOM, 1)?;
    let request = OpenVexRequest::new("Dermalyse", TOLD.parse()?, 1)?
        .with_base("https://dermalyse.example/vex")?
        .with_bom(bom)
        .with_justification(
            "model-before".parse()?,
            VexJustification::ComponentNotPresent,
        );
    let export = openvex::document(released, &request)?;
    let bytes = export.document().to_json()?;
    shelf.put(released, "openvex.json", CLINICS, (bytes, export.losses()))?;
    let request = CycloneDxRequest::new("Dermalyse", TOLD.parse()?, 1)?.with_bom(bom);
    let export = cyclonedx::vex(released, &request)?;
    let bytes = export.document().to_json()?;
    shelf.put(
        released,
        "cyclonedx-vex.json",
        CLINICS,
        (bytes, export.losses()),
    )
}

fn advisory(version: CsafVersion) -> Result<CsafRequest, Failure> {
    let vendor = CsafPublisherCategory::Vendor;
    let publisher = CsafPublisher::new(vendor, "Dermalyse", "https://dermalyse.example")?;
    let first = CsafRevision::new("1".parse()?, TOLD.parse()?, "First release.")?;
    let tracking = CsafTracking::new("DERM-2026-0031", CsafStatus::Final, vec![first])?;
    let weakness = CsafWeakness::new(
        345,
        "Insufficient Verification of Data Authenticity",
        "4.17",
    )?;
    Ok(CsafRequest::new(version, publisher, tracking)
        .with_language("en")?
        .with_site("https://dermalyse.example/csaf")?
        .with_weakness(weakness)
        .with_bom(BomId::new(BOM, 1)?)
        .with_justification(
            "model-before".parse()?,
            VexJustification::ComponentNotPresent,
        ))
}
