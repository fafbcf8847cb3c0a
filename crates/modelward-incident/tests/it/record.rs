use modelward_artifact::JsonLimits;
use modelward_incident::{Incident, Phase, ReadIncidentError};
use serde_json::{Value, json};

use crate::{asset, by, opened};

fn read(record: &Value) -> Result<Incident, ReadIncidentError> {
    Incident::from_json(record.to_string().as_bytes(), &JsonLimits::default())
}

fn record() -> Value {
    let mut incident = opened();
    incident.affect(asset(), by(1)).unwrap();
    incident
        .advance(Phase::Containment, "taken down", by(2))
        .unwrap();
    incident.note("quarantined", by(3)).unwrap();
    serde_json::from_slice(&incident.to_json().unwrap()).unwrap()
}

#[test]
fn a_record_has_this_form() {
    assert_eq!(
        record(),
        json!({
            "schema": "modelward.incident/1",
            "id": "INC-1",
            "timeline": [
                {
                    "at": "2026-11-23T10:00:00Z",
                    "actor": "jo@example.org",
                    "event": "opened",
                    "title": "drift of the scorer",
                    "category": "drift",
                    "severity": "medium",
                },
                {
                    "at": "2026-11-23T10:01:00Z",
                    "actor": "jo@example.org",
                    "event": "asset-affected",
                    "asset": {"purl": "pkg:huggingface/acme/base@4f2c"},
                },
                {
                    "at": "2026-11-23T10:02:00Z",
                    "actor": "jo@example.org",
                    "event": "phase-changed",
                    "to": "containment",
                    "reason": "taken down",
                },
                {
                    "at": "2026-11-23T10:03:00Z",
                    "actor": "jo@example.org",
                    "event": "note",
                    "text": "quarantined",
                },
            ],
        })
    );
}

#[test]
fn a_record_reads_back_with_members_that_are_not_known() {
    let mut written = record();
    written["x-ticket"] = json!({"number": 7});
    let incident = read(&written).unwrap();
    let again: Value = serde_json::from_slice(&incident.to_json().unwrap()).unwrap();
    assert_eq!(again, written);
    assert_eq!(incident.phase(), Phase::Containment);
}

#[test]
fn a_record_that_cannot_have_happened_is_refused() {
    type Forgery = fn(&mut Value);
    let cases: [(&str, &str, Forgery); 8] = [
        ("incident.read.schema", "record has the schema `x`", |r| {
            r["schema"] = "x".into();
        }),
        ("incident.event.not_opened", "event 0", |r| {
            r["timeline"] = json!([]);
        }),
        ("incident.event.not_opened", "event 0", |r| {
            r["timeline"].as_array_mut().unwrap().remove(0);
        }),
        ("incident.event.opened", "event 1", |r| {
            r["timeline"][1] = r["timeline"][0].clone();
        }),
        ("incident.phase.refused", "event 1", |r| {
            r["timeline"].as_array_mut().unwrap().remove(1);
        }),
        ("incident.phase.refused", "event 2", |r| {
            r["timeline"][2]["to"] = "closed".into();
        }),
        ("incident.event.time", "event 3", |r| {
            r["timeline"][3]["at"] = "2026-11-23T09:00:00Z".into();
        }),
        ("incident.event.blank", "event 3", |r| {
            r["timeline"][3]["actor"] = " ".into();
        }),
    ];
    for (code, text, forge) in cases {
        let mut record = record();
        forge(&mut record);
        let error = read(&record).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
        assert!(error.to_string().starts_with(text), "{error}");
    }
}

#[test]
fn a_record_of_another_shape_is_refused() {
    type Forgery = fn(&mut Value);
    let cases: [Forgery; 6] = [
        |r| r["id"] = "two words".into(),
        |r| r["timeline"][3]["event"] = "erased".into(),
        |r| r["timeline"][2]["to"] = "done".into(),
        |r| r["timeline"][1]["asset"] = json!({"purl": "torch"}),
        |r| r["timeline"][3]["unheard-of"] = 1.into(),
        |r| r["timeline"] = Value::Null,
    ];
    for forge in cases {
        let mut record = record();
        forge(&mut record);
        assert_eq!(read(&record).unwrap_err().code(), "artifact.json.shape");
    }
    let twice = record().to_string().replacen('{', r#"{"id": "INC-1","#, 1);
    let error = Incident::from_json(twice.as_bytes(), &JsonLimits::default()).unwrap_err();
    assert_eq!(error.code(), "artifact.json.duplicate");
}
