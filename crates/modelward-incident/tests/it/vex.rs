//! What the formats for advisories and VEX make of a record.

pub(crate) mod official;

use modelward_incident::export::vex::{BomId, VexInputError, VexJustification};

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
