//! Every official document through the model.

use std::fs;
use std::path::PathBuf;

use modelward_artifact::{JsonLimits, Verdict};
use modelward_bom::{MlBom, SpecVersion};
use serde_json::Value;

use crate::schema::{errors, json, schemas, shared};

/// The documents whose name begins and ends so, of every version that is at hand.
pub(crate) fn documents(start: &str, end: &str) -> Option<Vec<PathBuf>> {
    let folder = shared()?.join("documents");
    let versions = fs::read_dir(&folder).expect("the folder is readable");
    let mut found = Vec::new();
    for version in versions {
        let version = version.expect("the folder is readable").path();
        for file in fs::read_dir(version).expect("the folder is readable") {
            let path = file.expect("the folder is readable").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if name.starts_with(start) && name.ends_with(end) {
                found.push(path);
            }
        }
    }
    found.sort();
    assert!(found.len() > 40, "documents are missing");
    Some(found)
}

fn read(path: &PathBuf) -> Result<MlBom, modelward_bom::ReadBomError> {
    MlBom::read(&fs::read(path).expect("readable"), &JsonLimits::default())
}

#[test]
fn every_valid_document_is_read_written_and_judged_without_loss() {
    let Some(paths) = documents("valid-", ".json") else {
        return;
    };
    for path in paths {
        let bom = read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_eq!(bom.to_value(), json(&path), "{}", path.display());
        let written: Value = serde_json::from_slice(&bom.to_json()).unwrap();
        assert_eq!(written, json(&path), "{}", path.display());
        if let Verdict::Rejected(findings) = bom.validate() {
            panic!("{}: {findings}", path.display());
        }
    }
}

#[test]
fn every_invalid_document_is_refused() {
    let Some(paths) = documents("invalid-", ".json") else {
        return;
    };
    for path in paths {
        let accepted = read(&path).is_ok_and(|bom| bom.validate().verified().is_some());
        assert!(!accepted, "{}", path.display());
    }
}

#[test]
fn what_is_converted_keeps_to_the_schema_of_its_version() {
    let (Some(paths), Some(schemas)) = (documents("valid-", ".json"), schemas()) else {
        return;
    };
    for path in paths {
        let bom = read(&path).unwrap();
        for version in SpecVersion::WRITTEN {
            let converted = bom.convert(version).unwrap();
            let document = converted.bom().to_value();
            let wrong = errors(&schemas[version.name()], &document);
            let name = path.display();
            assert!(
                wrong.is_empty(),
                "{name} to {version}: {}",
                wrong.join("\n")
            );
            if version == bom.spec_version() {
                assert!(converted.losses().is_empty(), "{name}");
                assert_eq!(document, json(&path), "{name}");
            }
            for loss in converted.losses() {
                let lost = json(&path).pointer(loss.pointer()).is_some();
                assert!(lost, "{name} to {version}: no value at {}", loss.pointer());
            }
        }
    }
}
