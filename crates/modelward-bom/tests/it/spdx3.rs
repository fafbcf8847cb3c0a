use std::collections::BTreeSet;

use modelward_artifact::{JsonLimits, Timestamp};
use modelward_bom::spdx3::Spdx3;
use modelward_bom::{Loss, MlBom};
use serde_json::{Value, json};

use crate::documents::documents;
use crate::{full, generated};

fn now() -> Timestamp {
    "2026-11-23T10:00:00.5Z".parse().expect("a time")
}

fn elements<'a>(export: &'a Spdx3, kind: &str) -> Vec<&'a Value> {
    let graph = export.document()["@graph"].as_array().expect("elements");
    graph
        .iter()
        .filter(|element| element["type"] == kind)
        .collect()
}

#[test]
fn what_a_document_says_of_a_model_stands_in_the_profiles() {
    let folder = full();
    let export = Spdx3::of(generated(folder.path()).unwrap().bom(), now());
    let model = elements(&export, "ai_AIPackage");
    let model = model
        .iter()
        .find(|model| model.get("ai_metric").is_some())
        .unwrap();
    assert_eq!(model["software_primaryPurpose"], "model");
    assert_eq!(
        model["ai_metric"],
        json!([
            {"type": "DictionaryEntry", "key": "accuracy on IMDb / test", "value": "0.93"},
            {"type": "DictionaryEntry", "key": "f1 on IMDb / test", "value": "0.91"},
        ])
    );
    assert_eq!(
        model["ai_typeOfModel"],
        json!(["bert", "BertForSequenceClassification"])
    );
    assert_eq!(elements(&export, "dataset_DatasetPackage").len(), 2);
    assert_eq!(elements(&export, "software_File").len(), 4);
    let license = elements(&export, "simplelicensing_LicenseExpression")[0];
    assert_eq!(license["simplelicensing_licenseExpression"], "Apache-2.0");
    let kinds: BTreeSet<&str> = elements(&export, "Relationship")
        .iter()
        .map(|relation| relation["relationshipType"].as_str().unwrap())
        .collect();
    let expected = [
        "ancestorOf",
        "contains",
        "dependsOn",
        "hasDeclaredLicense",
        "trainedOn",
    ];
    assert_eq!(kinds, expected.into());
    assert_eq!(
        elements(&export, "CreationInfo")[0]["created"],
        "2026-11-23T10:00:00Z"
    );
}

/// Collects every text of a document with its pointer.
fn texts(value: &Value, at: String, found: &mut Vec<(String, String)>) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                texts(item, format!("{at}/{index}"), found);
            }
        }
        Value::Object(members) => {
            for (name, value) in members {
                texts(
                    value,
                    format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")),
                    found,
                );
            }
        }
        Value::String(text) => found.push((at, text.clone())),
        _ => {}
    }
}

/// Words and names that the export says in its own form.
const RESTATED: [&str; 9] = [
    "acknowledgement",
    "alg",
    "bom-ref",
    "content",
    "dependsOn",
    "ref",
    "timestamp",
    "type",
    "unit",
];

#[test]
fn every_text_is_in_the_export_or_among_the_losses() {
    let Some(paths) = documents("valid-", ".json") else {
        return;
    };
    for path in paths {
        let bytes = std::fs::read(&path).unwrap();
        let bom = MlBom::read(&bytes, &JsonLimits::default()).unwrap();
        let export = Spdx3::of(&bom, now());
        let lost: Vec<&str> = export.losses().iter().map(Loss::pointer).collect();
        let shown = export.document().to_string();
        let mut all = Vec::new();
        texts(&bom.to_value(), String::new(), &mut all);
        for (pointer, text) in all {
            let is_lost = lost.iter().any(|lost| {
                pointer
                    .strip_prefix(lost)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            });
            let member = pointer
                .rsplit('/')
                .find(|step| step.parse::<usize>().is_err())
                .unwrap();
            let form = RESTATED.contains(&member)
                || pointer.starts_with("/metadata/lifecycles")
                || ["/$schema", "/bomFormat", "/serialNumber", "/specVersion"].contains(&&*pointer);
            let json = Value::String(text.clone()).to_string();
            let quoted = json.trim_matches('"');
            // A taxonomy's name stands without its beginning, a license's name as a reference.
            let restated = text.starts_with("cdx:ai-ml:") || member == "name";
            assert!(
                is_lost || form || restated || shown.contains(quoted),
                "{}: {pointer} = {text}",
                path.display()
            );
        }
    }
}

#[test]
fn the_same_document_gives_the_same_bytes_and_no_element_has_the_name_of_another() {
    let folder = full();
    let made = generated(folder.path()).unwrap();
    let export = Spdx3::of(made.bom(), now());
    assert_eq!(export.to_json(), Spdx3::of(made.bom(), now()).to_json());
    let graph = export.document()["@graph"].as_array().expect("elements");
    let ids: Vec<&str> = graph
        .iter()
        .filter_map(|element| element["spdxId"].as_str())
        .collect();
    let unique: BTreeSet<&&str> = ids.iter().collect();
    assert_eq!(ids.len(), unique.len());
    assert!(ids.iter().all(|id| !id.contains([' ', '"', '<', '>'])));
}

#[test]
fn what_the_profiles_ask_for_and_nobody_said_is_listed_and_never_made_up() {
    let document = json!({
        "bomFormat": "CycloneDX", "specVersion": "1.6",
        "components": [{"type": "machine-learning-model", "name": "m"}],
    });
    let export = Spdx3::of(&MlBom::from_value(document).unwrap(), now());
    assert_eq!(export.unmet().len(), 4);
    let model = elements(&export, "ai_AIPackage")[0];
    let members: Vec<&String> = model.as_object().unwrap().keys().collect();
    assert_eq!(
        members,
        [
            "creationInfo",
            "name",
            "software_primaryPurpose",
            "spdxId",
            "type"
        ]
    );
}
