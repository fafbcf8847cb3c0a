//! What the fuzz targets do with their bytes: read them in every way, and hold what always holds.

use std::io::Cursor;

use modelward_artifact::JsonLimits;
use modelward_bom::inspect::{DatasetCard, Input, InspectLimits, Inspection};
use modelward_bom::{MlBom, SpecVersion};

/// Makes the target of the reader that a file of this name gets.
#[macro_export]
macro_rules! inspect {
    ($name:literal) => {
        libfuzzer_sys::fuzz_target!(|bytes: &[u8]| $crate::inspect($name, bytes));
    };
}

/// Inspects a file twice: what is said depends on the bytes alone.
pub fn inspect(name: &str, bytes: &[u8]) {
    let limits = InspectLimits::default();
    let once = || Inspection::of(name, &mut Cursor::new(bytes), &limits);
    match (once(), once()) {
        (Ok(one), Ok(other)) => {
            let one = one.expect("the name announces a format");
            let other = other.expect("the name announces a format");
            assert_eq!(one.facts(), other.facts());
            assert_eq!(one.findings(), other.findings());
            for fact in one.facts() {
                let _ = (fact.value(), fact.location().to_string());
            }
        }
        (Err(one), Err(other)) => assert_eq!(one.to_string(), other.to_string()),
        (one, other) => panic!("{one:?} and then {other:?}"),
    }
}

/// Reads the card of a dataset.
pub fn dataset_card(bytes: &[u8]) {
    let limits = InspectLimits::default();
    let mut cursor = Cursor::new(bytes);
    let Ok(mut input) = Input::new(&mut cursor, &limits) else {
        return;
    };
    if let Ok(card) = DatasetCard::read(&mut input) {
        let _ = (card.facts(), card.findings());
    }
}

/// Reads a document, which then survives being written, and goes all the ways that documents go.
pub fn bom_json(bytes: &[u8]) {
    if let Ok(bom) = MlBom::read(bytes, &JsonLimits::default()) {
        let written = bom.to_json();
        let again = MlBom::read(&written, &JsonLimits::default()).expect("what we wrote is read");
        assert_eq!(again.to_value(), bom.to_value());
        document(&bom);
    }
}

/// Reads a document in XML.
pub fn bom_xml(bytes: &[u8]) {
    if let Ok(read) = MlBom::read_xml(bytes, &JsonLimits::default()) {
        document(read.bom());
    }
}

fn document(bom: &MlBom) {
    let _ = (bom.lints(), bom.unknowns());
    for version in SpecVersion::WRITTEN {
        if let Ok(converted) = bom.convert(version) {
            let converted = converted.bom();
            assert!(
                converted
                    .convert(version)
                    .is_ok_and(|again| again.losses().is_empty()),
                "what was converted can be converted again without a loss"
            );
        }
    }
    for profile in modelward_bom::profile::Profile::ALL {
        let _ = profile.assess(bom);
    }
}
