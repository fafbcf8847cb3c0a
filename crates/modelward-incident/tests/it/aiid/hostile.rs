//! Documents with anything in any member: read whole or refused by a place that is there.

use modelward_incident::export::LossStatus::Unmapped;
use modelward_incident::format::aiid::{
    AiidClassification, AiidError, AiidIncident, AiidSubmission,
};
use modelward_incident::import::aiid::{AiidImportOptions, incident};
use modelward_incident::{Severity, Tlp};
use proptest::collection::{btree_map, vec};
use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};
use serde_json::{Value, json};

use super::{bytes, limits};
use crate::by;

const MEMBERS: [&str; 14] = [
    "incident_id",
    "title",
    "date",
    "description",
    "reports",
    "Alleged deployer of AI system",
    "AllegedDeveloperOfAISystem",
    "implicated_systems",
    "attributes",
    "namespace",
    "incidents",
    "authors",
    "url",
    "date_published",
];

fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        Just(json!("2021-09-14")),
        Just(json!("MIT")),
        Just(json!("\u{1b}[2J")),
        Just(json!("\"Intentional\"")),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        let names = prop_oneof![
            Just("link".to_owned()),
            Just("entity_id".to_owned()),
            Just("name".to_owned()),
            Just("report_number".to_owned()),
            Just("short_name".to_owned()),
            Just("value_json".to_owned()),
            "[a-z/~]{1,3}",
        ];
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            btree_map(names, inner, 0..4).prop_map(|map| map.into_iter().collect()),
        ]
    })
}

/// The place is there, or its last member is what is missing.
fn is_told(document: &Value, error: &AiidError) {
    assert!(!error.faults().is_empty());
    for fault in error.faults() {
        let parent = fault
            .pointer()
            .rsplit_once('/')
            .map_or("", |(parent, _)| parent);
        assert!(document.pointer(parent).is_some(), "{fault} in {document}");
    }
}

fn same(document: &Value, written: &[u8]) {
    assert_eq!(&serde_json::from_slice::<Value>(written).unwrap(), document);
}

proptest! {
    #[test]
    fn documents_are_read_whole_or_refused_by_their_places(
        members in btree_map(proptest::sample::select(&MEMBERS[..]), anything(), 0..8),
        is_incident in any::<bool>(),
    ) {
        let mut document: Value = members.into_iter().map(|(k, v)| (k.to_owned(), v)).collect();
        if is_incident {
            document["incident_id"] = json!(7);
            document["title"] = json!("Scorer denies loans");
            document["date"] = json!("2021-09-14");
        }
        let text = bytes(&document);
        // Read again, since a number may lose what JSON cannot say.
        let document: Value = serde_json::from_slice(&text).unwrap();
        match AiidSubmission::from_json(&text, &limits()) {
            Ok(read) => same(&document, &read.to_json().unwrap()),
            Err(error) => is_told(&document, &error),
        }
        match AiidClassification::from_json(&text, &limits()) {
            Ok(read) => same(&document, &read.to_json().unwrap()),
            Err(error) => is_told(&document, &error),
        }
        match AiidIncident::from_json(&text, &limits()) {
            Ok(read) => {
                same(&document, &read.to_json().unwrap());
                let options = AiidImportOptions::new(Severity::Low);
                let import = incident(&read, &options, &by(0)).expect("the title is sound");
                for member in read.unknown().keys().filter(|name| !document[*name].is_null()) {
                    let is_empty = ["\"\"", "[]", "{}"].contains(&&*document[member].to_string());
                    let pointer = format!("/{member}");
                    let mut losses = import.losses().iter();
                    let is_listed = losses.any(|it| it.field == pointer && it.status == Unmapped);
                    assert_eq!(is_listed, !is_empty, "{member}");
                }
                assert!(import.incident().release(Tlp::Clear).is_ok());
            }
            Err(error) => is_told(&document, &error),
        }
    }
}
