use modelward_incident::format::aiid::{
    AiidAttribute, AiidClassification, AiidField, AiidTaxonomy,
};
use serde_json::{Value, json};

use super::{bytes, faults, limits, shared};

pub(super) fn classification() -> Value {
    json!({
        "_id": "5f",
        "namespace": "CSETv1",
        "incidents": {"link": [7]},
        "notes": "",
        "publish": true,
        "attributes": [
            {"short_name": "Tangible Harm", "value_json": "\"unclear\""},
            {"short_name": "Infrastructure Sectors", "value_json": "[\"dams\", \"nuclear\"]"},
            {"short_name": "AI System", "value_json": "\"yes\""},
            {"short_name": "AI System", "value_json": "\"maybe\"", "extra": [1]},
            {"short_name": "Autonomy Level", "value_json": null},
            {"short_name": "Location Region", "value_json": "null"},
        ],
    })
}

#[test]
fn a_classification_is_written_as_it_was_read() {
    let value = classification();
    let read = AiidClassification::from_json(&bytes(&value), &limits()).unwrap();
    let written = read.to_json().unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&written).unwrap(), value);
    assert_eq!(
        (read.namespace(), read.publish(), read.notes()),
        ("CSETv1", Some(true), Some(""))
    );
    assert_eq!(read.incidents(), [7]);
    let sectors = read.answer(AiidField::InfrastructureSectors).unwrap();
    assert_eq!(sectors.value(), json!(["dams", "nuclear"]));
    assert_eq!(
        read.answer(AiidField::AutonomyLevel).unwrap().value(),
        Value::Null
    );
    assert_eq!(read.answer(AiidField::RiskDomain), None);
}

#[test]
fn values_outside_the_lists_are_refused_by_their_place() {
    let with = |namespace: &str, name: &str, value: Value| {
        let attributes = json!([
            {"short_name": "Notes", "value_json": "1"},
            {"short_name": name, "value_json": value},
        ]);
        json!({"namespace": namespace, "attributes": attributes})
    };
    let place = "/attributes/1/value_json incident.aiid.";
    let cases = [
        ("CSETv1", "AI Harm Level", json!("\"none\""), None),
        ("CSETv1", "AI Harm Level", json!("\"None\""), Some("choice")),
        (
            "CSETv1",
            "AI Harm Level",
            json!("[\"none\"]"),
            Some("choice"),
        ),
        ("CSETv1", "AI Harm Level", json!("none"), Some("json")),
        (
            "CSETv1",
            "AI Harm Level",
            json!("{\"a\":1,\"a\":2}"),
            Some("json"),
        ),
        ("CSETv1", "AI Harm Level", json!(["none"]), Some("shape")),
        ("CSETv1", "AI Harm Level", json!("7"), Some("choice")),
        (
            "CSETv1_Annotator-3",
            "AI Harm Level",
            json!("\"bad\""),
            Some("choice"),
        ),
        ("CSETv0", "AI Harm Level", json!("\"bad\""), None),
        (
            "CSETv1",
            "Sector of Deployment",
            json!("[\"construction\", \"other\"]"),
            None,
        ),
        (
            "CSETv1",
            "Sector of Deployment",
            json!("\"construction\""),
            None,
        ),
        ("CSETv1", "Sector of Deployment", json!("[]"), None),
        (
            "CSETv1",
            "Sector of Deployment",
            json!("[\"construction\", \"x\"]"),
            Some("choice"),
        ),
        (
            "CSETv1",
            "Sector of Deployment",
            json!("[7]"),
            Some("choice"),
        ),
        ("MIT", "Intent", json!("\"Intentional\""), None),
        ("MIT", "Intent", json!("\"intended\""), Some("choice")),
        ("GMF", "Known AI Goal", json!("[\"anything\"]"), None),
    ];
    for (namespace, name, value, code) in cases {
        let document = with(namespace, name, value.clone());
        let outcome = AiidClassification::from_json(&bytes(&document), &limits());
        let found = outcome.map_or_else(|error| faults(&error), |_| vec![]);
        let expected: Vec<String> = code
            .map(|code| format!("{place}{code}"))
            .into_iter()
            .collect();
        assert_eq!(found, expected, "{namespace} {name} {value}");
    }
}

#[test]
fn everything_wrong_with_a_classification_is_listed() {
    let attribute = json!({"short_name": "Intent", "value_json": "\"Other\""});
    let cases = [
        (json!(7), vec![" incident.aiid.shape"]),
        (
            json!({"publish": "yes", "incidents": [0]}),
            vec![
                "/namespace incident.aiid.missing",
                "/attributes incident.aiid.missing",
                "/publish incident.aiid.shape",
                "/incidents/0 incident.aiid.shape",
            ],
        ),
        (
            json!({"namespace": "MIT", "attributes": [attribute, {"value_json": "1"}, attribute]}),
            vec!["/attributes/1/short_name incident.aiid.missing"],
        ),
        (
            json!({"namespace": "MIT", "attributes": [attribute, attribute]}),
            vec!["/attributes/1 incident.aiid.twice"],
        ),
        (
            json!({"namespace": "MIT", "attributes": vec![json!({}); 1001]}),
            vec!["/attributes incident.aiid.too_many"],
        ),
    ];
    for (value, expected) in cases {
        let error = AiidClassification::from_json(&bytes(&value), &limits()).unwrap_err();
        assert_eq!(faults(&error), expected);
    }
}

#[test]
fn attributes_have_values_of_their_list() {
    let refusals = |field, values: &[&str]| match AiidAttribute::new(field, values) {
        Ok(_) => vec![],
        Err(error) => faults(&error),
    };
    for field in AiidField::ALL {
        for value in field.values() {
            let attribute = AiidAttribute::new(field, &[value]).unwrap();
            assert_eq!(attribute.short_name(), field.short_name());
            let expected = if field.is_multiple() {
                json!([value])
            } else {
                json!(value)
            };
            assert_eq!(attribute.value(), expected);
            AiidClassification::new(field.taxonomy(), vec![attribute]).unwrap();
        }
        assert_eq!(refusals(field, &[]), [" incident.aiid.missing"]);
        assert_eq!(refusals(field, &["?"]), ["/0 incident.aiid.choice"]);
        let several = refusals(field, &field.values()[..2]);
        let expected: &[&str] = &[" incident.aiid.too_many"];
        assert_eq!(several, if field.is_multiple() { &[] } else { expected });
    }
}

#[test]
fn a_classification_has_fields_of_its_taxonomy_once() {
    let attribute = |field: AiidField| AiidAttribute::new(field, &field.values()[..1]).unwrap();
    let attributes = vec![
        attribute(AiidField::Entity),
        attribute(AiidField::TangibleHarm),
        attribute(AiidField::Entity),
    ];
    let error = AiidClassification::new(AiidTaxonomy::Mit, attributes).unwrap_err();
    assert_eq!(
        faults(&error),
        [
            "/attributes/1 incident.aiid.taxonomy",
            "/attributes/2 incident.aiid.twice"
        ]
    );
}

#[test]
fn the_lists_are_those_of_the_database() {
    let Some(taxa) = shared("aiid/taxa.json") else {
        return;
    };
    let taxa: Vec<Value> = serde_json::from_slice(&taxa).unwrap();
    for field in AiidField::ALL {
        let namespace = field.taxonomy().namespace();
        let taxonomy = taxa.iter().find(|it| it["namespace"] == namespace).unwrap();
        let fields = taxonomy["field_list"].as_array().unwrap();
        let mut found = fields
            .iter()
            .filter(|it| it["short_name"] == field.short_name());
        let listed = found.next().unwrap();
        assert!(found.next().is_none(), "{field:?}");
        assert_eq!(
            listed["permitted_values"],
            json!(field.values()),
            "{field:?}"
        );
        assert_eq!(listed["field_number"].as_str(), field.number(), "{field:?}");
        assert_eq!(
            listed["display_type"] == "multi",
            field.is_multiple(),
            "{field:?}"
        );
    }
}
