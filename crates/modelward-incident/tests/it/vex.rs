//! What the formats for advisories and VEX make of a record.

pub(crate) mod case;
pub(crate) mod cyclonedx;
pub(crate) mod official;
pub(crate) mod openvex;

use modelward_incident::export::csaf::{CsafVersion, advisory};
use modelward_incident::export::cyclonedx::vex;
use modelward_incident::export::openvex::document;
use modelward_incident::export::vex::{BomId, VexInputError, VexJustification};
use modelward_incident::export::{ExportError, LossStatus};
use modelward_incident::{IncidentKind, Tlp};

use self::case::{Case, WORDS, labelled};

/// Writes an incident in every format and version.
fn all(case: &Case, level: Tlp) -> Vec<(String, LossesOf)> {
    let released = case.released(level);
    let mut all = Vec::new();
    for version in CsafVersion::ALL {
        let request = crate::csaf::request(version);
        let export = advisory(&released, &request).unwrap();
        let bytes = export.document().to_json().unwrap();
        all.push((bytes, export.losses().to_vec()));
    }
    let export = document(&released, &openvex::request()).unwrap();
    all.push((
        export.document().to_json().unwrap(),
        export.losses().to_vec(),
    ));
    let export = vex(&released, &cyclonedx::request()).unwrap();
    all.push((
        export.document().to_json().unwrap(),
        export.losses().to_vec(),
    ));
    let all = all.into_iter();
    all.map(|(bytes, losses)| (String::from_utf8(bytes).unwrap(), losses))
        .collect()
}

type LossesOf = Vec<modelward_incident::export::FieldLoss>;

#[test]
fn nothing_that_is_marked_above_the_level_is_in_any_document() {
    let case = labelled();
    for level in Tlp::ALL {
        for (text, losses) in all(&case, level) {
            let losses = format!("{losses:?}");
            for (label, word) in WORDS {
                let is_there = text.contains(word);
                assert_eq!(is_there, label <= level, "{word} at {level}: {text}");
                assert!(
                    label <= level || !losses.contains(word),
                    "{word} at {level}"
                );
            }
        }
    }
}

#[test]
fn what_has_no_place_is_listed_once() {
    for (_, losses) in all(&labelled(), Tlp::Red) {
        let fields: Vec<_> = losses.iter().map(|row| &row.field).collect();
        assert!(fields.is_sorted_by(|one, other| one < other), "{fields:?}");
        let timeline = losses.iter().find(|row| row.field == "timeline").unwrap();
        assert_eq!(timeline.status, LossStatus::Unmapped);
    }
}

#[test]
fn a_refusal_says_as_an_error_of_all_exports_what_is_missing() {
    let nothing = Case::new(IncidentKind::DriftData).released(Tlp::Clear);
    let error = document(&nothing, &openvex::request()).unwrap_err();
    assert_eq!(error.code(), "incident.export.vex");
    let error = ExportError::from(error);
    assert_eq!(error.code(), "incident.export.missing");
    assert!(
        error.to_string().ends_with("no affected asset is recorded"),
        "{error}"
    );
}

#[test]
fn a_bill_is_named_by_a_uuid_and_a_version() {
    let serial = "3e671687-395b-41f5-a30f-a58921a69b79";
    let bom = BomId::new(serial, 1).unwrap();
    assert_eq!(BomId::new(&format!("urn:uuid:{serial}"), 1).unwrap(), bom);
    assert_eq!(
        bom.link("a b#c%/ü"),
        format!("urn:cdx:{serial}/1#a%20b%23c%25/%C3%BC")
    );
    assert_eq!(BomId::new(serial, 0).unwrap_err(), VexInputError::Version);
    for text in [
        "",
        "3e671687395b41f5a30fa58921a69b79",
        "urn:uuid:",
        "{3e671687-395b-41f5-a30f-a58921a69b79}",
    ] {
        assert_eq!(
            BomId::new(text, 1).unwrap_err(),
            VexInputError::Serial,
            "{text}"
        );
    }
}

#[test]
fn justifications_have_the_names_of_the_formats() {
    let names = VexJustification::ALL.map(VexJustification::name);
    assert!(names.is_sorted());
    assert_eq!(
        VexJustification::ComponentNotPresent.to_string(),
        "component_not_present"
    );
}
