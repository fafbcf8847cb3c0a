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
    let cases: [(&str, &str, Forgery); 7] = [
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
fn a_record_of_another_shape_is_refused_and_the_place_named() {
    type Forgery = fn(&mut Value);
    let cases: [(&str, Forgery); 10] = [
        ("member `id`", |r| r["id"] = "two words".into()),
        ("member `schema`", |r| r["schema"] = 1.into()),
        ("member `timeline`", |r| r["timeline"] = Value::Null),
        ("record", |r| *r = json!([])),
        ("event 1 of the timeline", |r| {
            r["timeline"][1]["asset"] = json!({"purl": "torch"});
        }),
        ("event 2 of the timeline", |r| {
            r["timeline"][2]["to"] = "done".into();
        }),
        ("event 3 of the timeline", |r| {
            r["timeline"][3]["event"] = "erased".into();
        }),
        ("event 3 of the timeline", |r| {
            r["timeline"][3]["unheard-of"] = 1.into();
        }),
        ("event 3 of the timeline", |r| {
            r["timeline"][3]["actor"] = " ".into();
        }),
        ("event 3 of the timeline", |r| {
            r["timeline"][3]["text"] = "a\u{1b}[2J".into();
        }),
    ];
    for (place, forge) in cases {
        let mut record = record();
        forge(&mut record);
        let error = read(&record).unwrap_err();
        assert_eq!(error.code(), "incident.read.shape");
        let text = format!("{place} does not have the expected shape");
        assert_eq!(error.to_string(), text);
    }
}

#[test]
fn a_record_without_a_member_is_refused() {
    for member in ["schema", "id", "timeline"] {
        let mut record = record();
        record.as_object_mut().unwrap().remove(member);
        let error = read(&record).unwrap_err();
        assert_eq!(error.code(), "incident.read.missing");
        assert_eq!(
            error.to_string(),
            format!("record has no member `{member}`")
        );
    }
}

#[test]
fn a_record_that_is_not_strict_json_is_refused() {
    let text = record().to_string();
    let cases = [
        (
            text.replacen('{', r#"{"id": "INC-1","#, 1),
            "artifact.json.duplicate",
        ),
        (format!("{text} 1"), "artifact.json.syntax"),
        (text[..text.len() - 1].to_owned(), "artifact.json.syntax"),
    ];
    for (text, code) in cases {
        let error = Incident::from_json(text.as_bytes(), &JsonLimits::default()).unwrap_err();
        assert_eq!(error.code(), code, "{text}");
        assert_eq!(error.to_string(), "record is not valid json");
    }
}

#[test]
fn a_long_foreign_schema_is_shown_in_part() {
    let mut record = record();
    record["schema"] = "\u{1b}".repeat(1000).into();
    let text = read(&record).unwrap_err().to_string();
    assert_eq!(text.matches(r"\u{1b}").count(), 32);
}
