use modelward_artifact::JsonLimits;
use modelward_incident::{EventKind, Incident, Phase, ReadIncidentError};
use serde_json::{Value, json};

use crate::{by, note, opened, step, weights};

fn read(record: &Value) -> Result<Incident, ReadIncidentError> {
    Incident::from_json(record.to_string().as_bytes(), &JsonLimits::default())
}

fn record() -> Value {
    let mut incident = opened();
    incident
        .record(EventKind::AssetRecorded(weights()), &by(1))
        .unwrap();
    incident.record(step(Phase::Containment), &by(2)).unwrap();
    incident.record(note("quarantined"), &by(3)).unwrap();
    serde_json::from_slice(&incident.to_json().unwrap()).unwrap()
}

#[test]
fn a_record_has_this_form() {
    let event = |seq: u64, kind: &str, data: Value| {
        json!({
            "seq": seq,
            "recordedAt": format!("2026-11-23T10:0{seq}:00Z"),
            "actor": "Jo Example",
            "tlp": "amber",
            "kind": kind,
            "data": data,
        })
    };
    let opened =
        json!({"title": "drift of the scorer", "kinds": ["drift/data"], "severity": "medium"});
    let asset = json!({
        "id": "weights", "kind": "model", "name": "acme/base", "compromise": "unknown",
        "refs": [{"purl": "pkg:huggingface/acme/base@4f2c"}],
    });
    assert_eq!(
        record(),
        json!({
            "schema": "modelward.incident/2",
            "id": "INC-1",
            "events": [
                event(0, "opened", opened),
                event(1, "asset-recorded", asset),
                event(2, "phase-changed", json!({"to": "containment", "reason": "because"})),
                event(3, "noted", json!({"text": "quarantined"})),
            ],
        })
    );
}

#[test]
fn a_record_reads_back_with_members_that_are_not_known() {
    let mut written = record();
    written["x-site"] = json!({"a": [1]});
    let incident = read(&written).unwrap();
    assert_eq!(incident.phase(), Phase::Containment);
    let again: Value = serde_json::from_slice(&incident.to_json().unwrap()).unwrap();
    assert_eq!(again, written);
}

#[test]
fn a_record_that_cannot_have_happened_is_refused() {
    type Change = fn(&mut Value);
    let cases: [(&str, Change, &str); 11] = [
        (
            "no events",
            |it| it["events"] = json!([]),
            "incident.event.not_opened",
        ),
        (
            "no opening",
            |it| drop(it["events"].as_array_mut().unwrap().remove(0)),
            "incident.read.number",
        ),
        (
            "a step too far",
            |it| it["events"][2]["data"]["to"] = "recovery".into(),
            "incident.event.refused",
        ),
        (
            "back in time",
            |it| it["events"][3]["recordedAt"] = "2026-11-23T10:00:00Z".into(),
            "incident.event.time",
        ),
        (
            "a number twice",
            |it| it["events"][3]["seq"] = 2.into(),
            "incident.read.number",
        ),
        (
            "a number left out",
            |it| it["events"][3]["seq"] = 4.into(),
            "incident.read.number",
        ),
        (
            "a number withheld that is far off",
            |it| it["withheld"] = json!([u64::MAX]),
            "incident.read.number",
        ),
        (
            "a number withheld that is not the next",
            |it| it["withheld"] = json!([4, 6]),
            "incident.read.number",
        ),
        (
            "a number that is the last there is",
            |it| it["events"][3]["seq"] = u64::MAX.into(),
            "incident.read.number",
        ),
        (
            "another shape",
            |it| it["events"][3]["data"]["note"] = "x".into(),
            "incident.read.shape",
        ),
        (
            "another kind",
            |it| it["events"][3]["kind"] = "sung".into(),
            "incident.read.shape",
        ),
    ];
    for (what, change, code) in cases {
        let mut written = record();
        change(&mut written);
        let error = read(&written).unwrap_err();
        assert_eq!(error.code(), code, "{what}: {error}");
    }
}

#[test]
fn a_record_without_a_member_or_of_another_schema_is_refused() {
    for member in ["schema", "id", "events"] {
        let mut written = record();
        written.as_object_mut().unwrap().remove(member);
        let error = read(&written).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("record has no member `{member}`")
        );
        assert_eq!(error.code(), "incident.read.missing");
    }
    let mut written = record();
    written["schema"] = "modelward.incident/1".into();
    let error = read(&written).unwrap_err();
    assert_eq!(
        error.to_string(),
        "record has the schema `modelward.incident/1`, expected `modelward.incident/2`"
    );
    assert_eq!(error.code(), "incident.read.schema");
    let twice = br#"{"schema": "modelward.incident/2", "schema": "x"}"#;
    let error = Incident::from_json(twice, &JsonLimits::default()).unwrap_err();
    assert!(matches!(error, ReadIncidentError::Json { .. }), "{error:?}");
}
