//! What goes through `cyclonedx-bom`.

use std::fs;

use modelward_artifact::JsonLimits;
use modelward_bom::{Loss, MlBom, SpecVersion};
use serde_json::json;

use crate::documents::documents;

const XML: &str = r#"<?xml version="1.0"?>
<bom xmlns="http://cyclonedx.org/schema/bom/1.5" version="1">
  <components>
    <component type="machine-learning-model" bom-ref="m">
      <name>sentiment</name><version>2</version>
      <modelCard>
        <modelParameters><task>text-classification</task></modelParameters>
        <considerations><useCases><useCase>reviews</useCase></useCases></considerations>
      </modelCard>
    </component>
  </components>
</bom>"#;

#[test]
fn a_document_in_xml_is_read_and_what_is_dropped_is_listed() {
    let read = MlBom::read_xml(XML.as_bytes(), &JsonLimits::default()).unwrap();
    let model = read.bom().model().unwrap();
    assert_eq!((model.name(), model.version()), ("sentiment", Some("2")));
    assert_eq!(read.bom().spec_version(), SpecVersion::V1_5);
    let lost: Vec<&str> = read.losses().iter().map(Loss::pointer).collect();
    let path = "/bom/components/component/modelCard/considerations/useCases/useCase";
    assert_eq!(lost, [path]);
}

#[test]
fn xml_that_is_no_document_is_refused() {
    let bomb = r#"<!DOCTYPE b [<!ENTITY a "0123456789"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
        <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">
        <!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;">
        <!ENTITY g "&f;&f;&f;&f;&f;&f;&f;&f;">]><bom><x>&g;</x></bom>"#;
    let limits = JsonLimits::default()
        .with_max_depth(64)
        .with_max_values(100);
    let cases = [
        ("bom.read.xml", "<bom".to_owned()),
        ("bom.read.xml", String::new()),
        ("bom.read.xml", bomb.to_owned()),
        ("bom.read.format", XML.replace("bom/1.5", "bom/1.6")),
        ("bom.read.format", "<html/>".to_owned()),
        ("bom.read.xml_depth", "<a>".repeat(1000)),
        (
            "bom.read.xml_too_many",
            format!("<a>{}</a>", "<b>c</b>".repeat(1000)),
        ),
        (
            "bom.read.xml_too_many",
            format!("<a>{}</a>", "<b/>".repeat(200)),
        ),
    ];
    for (code, text) in cases {
        let error = MlBom::read_xml(text.as_bytes(), &limits).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
    }
    let small = JsonLimits::default().with_max_bytes(10);
    let error = MlBom::read_xml(XML.as_bytes(), &small).unwrap_err();
    assert_eq!(error.code(), "bom.read.xml_too_large");
}

#[test]
fn every_valid_document_in_xml_is_read_or_refused_with_a_reason() {
    let Some(paths) = documents("valid-", ".xml") else {
        return;
    };
    let mut read = 0;
    for path in paths {
        let bytes = fs::read(&path).unwrap();
        match MlBom::read_xml(&bytes, &JsonLimits::default()) {
            Ok(_) => read += 1,
            // 1.6 and later have no XML reader.
            Err(error) => assert_eq!(
                error.code(),
                "bom.read.format",
                "{}: {error}",
                path.display()
            ),
        }
    }
    assert!(read >= 36, "{read} documents were read");
}

#[test]
fn every_valid_document_has_a_form_in_the_other_crate_and_its_losses_are_listed() {
    let Some(paths) = documents("valid-", ".json") else {
        return;
    };
    for path in paths {
        let bom = MlBom::read(&fs::read(&path).unwrap(), &JsonLimits::default()).unwrap();
        let converted = bom
            .to_cyclonedx_bom()
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let name = path.to_string_lossy();
        if name.contains("machine-learning") {
            let lost = converted.losses().iter();
            let considerations = lost.filter(|loss| loss.pointer().contains("considerations"));
            assert!(considerations.count() > 0, "{name}");
        }
    }
}

#[test]
fn the_other_crates_own_validation_is_reported() {
    let document = json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "components": [{"type": "library", "name": "with\nbreak", "version": "1"}],
    });
    let bom = MlBom::from_value(document).unwrap();
    let findings = bom.to_cyclonedx_bom().unwrap().findings();
    assert!(
        findings.iter().any(|finding| {
            finding
                .subject()
                .is_some_and(|at| at.contains("components"))
        }),
        "{findings:?}"
    );
}
