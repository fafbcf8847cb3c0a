use std::error::Error as _;

use modelward_artifact::{Digest, JsonLimits, json};
use modelward_rmf::{Assessment, Determination, RatingScale, ReadAssessmentError};
use serde_json::{Value, json};

use crate::assessment::{builder, id, sample};

fn read(document: &Value) -> Result<Assessment, ReadAssessmentError> {
    Assessment::from_json(document.to_string().as_bytes(), &JsonLimits::default())
}

fn rated(level: &str, rationale: &str) -> Value {
    json!({"determination": "rated", "level": level, "rationale": rationale})
}

fn document() -> Value {
    serde_json::from_slice(&sample().to_json().unwrap()).unwrap()
}

#[test]
fn a_document_has_this_form() {
    let expected = json!({
        "schema": "modelward.assessment/1",
        "framework": "AI RMF 1.0",
        "subject": {
            "name": "sentiment-small",
            "digest": Digest::sha256(b"root").to_string(),
        },
        "assessor": "Ada Example",
        "independence": "internal",
        "assessedAt": "2026-11-23T10:00:00Z",
        "scale": RatingScale::outcome(),
        "current": {
            "GOVERN 1.6": {
                "determination": "rated",
                "level": "met",
                "rationale": "The release is in the inventory.",
                "evidence": ["E-1"],
            },
            "MEASURE 2.7": {
                "determination": "rated",
                "level": "partially-met",
                "rationale": "One of two attacks was tested.",
                "evidence": ["E-2"],
            },
            "MEASURE 2.10": {
                "determination": "rated",
                "level": "not-met",
                "rationale": "No privacy test was made.",
            },
            "MEASURE 2.12": {
                "determination": "not-applicable",
                "justification": "Energy use is assessed for the whole site.",
            },
        },
        "evidence": {
            "E-1": {
                "source": {
                    "kind": "bom-component",
                    "serial": "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79",
                    "version": 2,
                    "bomRef": "model",
                },
                "method": "examine",
                "collector": "Grace Example",
                "collected": "2026-11-20T10:00:00Z",
                "digest": Digest::sha256(b"bom").to_string(),
                "bearsOn": {"GOVERN 1.6": "supports"},
            },
            "E-2": {
                "source": {"kind": "document", "title": "Red team report"},
                "method": "examine",
                "collector": "Grace Example",
                "collected": "2026-11-20T10:00:00Z",
                "location": "https://example.org/report.pdf",
            },
        },
    });
    assert_eq!(document(), expected);
    assert_eq!(read(&expected).unwrap(), sample());
}

#[test]
fn the_same_assessment_has_the_same_bytes_and_digest() {
    let first = sample();
    let bytes = first.to_json().unwrap();
    let again = Assessment::from_json(&bytes, &JsonLimits::default()).unwrap();
    assert_eq!(again, first);
    assert_eq!(again.to_json().unwrap(), bytes);
    assert_eq!(again.digest(), first.digest());
    let canonical = json::canonical(&document()).unwrap();
    assert_eq!(first.digest(), Digest::sha256(&canonical));
}

#[test]
fn spelling_and_silence_do_not_change_the_digest() {
    let mut document = document();
    let entries = document["current"].as_object_mut().unwrap();
    let entry = entries.remove("GOVERN 1.6").unwrap();
    entries.insert("gv-1.6".to_owned(), entry);
    entries.insert(
        "MAP 1.1".to_owned(),
        json!({"determination": "not-assessed"}),
    );
    let read = read(&document).unwrap();
    assert_eq!(
        *read.determination(id("MAP 1.1")),
        Determination::NotAssessed
    );
    assert_eq!(read.digest(), sample().digest());
}

#[test]
fn every_member_changes_the_digest() {
    let cases = [
        ("/subject/name", json!("other")),
        (
            "/subject/digest",
            json!(Digest::sha256(b"other").to_string()),
        ),
        ("/assessor", json!("Bob Example")),
        ("/assessedAt", json!("2026-11-23T10:00:01Z")),
        ("/independence", json!("external")),
        ("/scale/version", json!("2")),
        ("/current/GOVERN 1.6/level", json!("not-met")),
        ("/current/GOVERN 1.6/rationale", json!("other")),
        ("/current/GOVERN 1.6/evidence", json!(["E-2"])),
        ("/current/MEASURE 2.12/justification", json!("other")),
        ("/evidence/E-1/source/bomRef", json!("other")),
        ("/evidence/E-1/bearsOn/GOVERN 1.6", json!("contradicts")),
        ("/evidence/E-2/location", json!("other")),
        ("/evidence/E-2/collected", json!("2026-11-20T10:00:01Z")),
    ];
    for (pointer, value) in cases {
        let mut document = document();
        *document.pointer_mut(pointer).unwrap() = value;
        assert_ne!(
            read(&document).unwrap().digest(),
            sample().digest(),
            "{pointer}"
        );
    }
}

#[test]
fn unknown_members_survive_and_are_sealed() {
    let mut document = document();
    document["x-ticket"] = json!({"id": 7, "open": [true, null, 0.5]});
    let assessment = read(&document).unwrap();
    let written: Value = serde_json::from_slice(&assessment.to_json().unwrap()).unwrap();
    assert_eq!(written, document);
    assert_ne!(assessment.digest(), sample().digest());
}

#[test]
fn an_empty_assessment_is_a_document_too() {
    let empty = builder().build().unwrap();
    let read = Assessment::from_json(&empty.to_json().unwrap(), &JsonLimits::default()).unwrap();
    assert_eq!(read, empty);
    assert_eq!(read.coverage().not_assessed(), 72);
    assert_eq!(read.subject().name().as_str(), "sentiment-small");
    assert_eq!(read.assessor().name().as_str(), "Ada Example");
    assert_eq!(read.assessed_at().to_string(), "2026-11-23T10:00:00Z");
}

#[test]
fn wrong_documents_are_refused_and_the_place_is_named() {
    let met = rated("met", "a");
    let evidence = |member: &str, value: Value| {
        let mut evidence = document()["evidence"].clone();
        evidence["E-1"][member] = value;
        evidence
    };
    let cases = [
        (
            "schema",
            json!("modelward.assessment/2"),
            "rmf.read.schema",
            "unknown schema `modelward.assessment/2`, expected `modelward.assessment/1`",
        ),
        (
            "schema",
            json!(1),
            "rmf.read.shape",
            "`schema` is not valid",
        ),
        (
            "framework",
            json!("AI RMF 2.0"),
            "rmf.read.framework",
            "unknown framework `AI RMF 2.0`, expected `AI RMF 1.0`",
        ),
        (
            "subject",
            json!({"name": "\n"}),
            "rmf.read.shape",
            "`subject.name` is not valid",
        ),
        (
            "subject",
            json!({"name": "a", "x": 1}),
            "rmf.read.shape",
            "`subject.x` is not valid",
        ),
        (
            "assessor",
            json!(""),
            "rmf.read.shape",
            "`assessor` is not valid",
        ),
        (
            "assessor",
            json!({"name": "a", "mail": "b"}),
            "rmf.read.shape",
            "`assessor.mail` is not valid",
        ),
        (
            "assessedAt",
            json!("2026-11-23"),
            "rmf.read.shape",
            "`assessedAt` is not valid",
        ),
        (
            "scale",
            json!({"id": "a", "version": "1", "levels": []}),
            "rmf.read.shape",
            "`scale` is not valid",
        ),
        (
            "current",
            json!({"MEASURE 2.14": met}),
            "rmf.read.shape",
            "`current.MEASURE 2.14` is not valid",
        ),
        (
            "current",
            json!({"GOVERN 1.1": met, "GV-1.1": met}),
            "rmf.read.shape",
            "`current` is not valid",
        ),
        (
            "current",
            json!({"GOVERN 1.1": {"determination": "not-assessed"}, "GV-1.1": met}),
            "rmf.read.shape",
            "`current` is not valid",
        ),
        (
            "current",
            json!({"gv-1.1": rated("met", " ")}),
            "rmf.read.shape",
            "`current.gv-1.1` is not valid",
        ),
        (
            "current",
            json!({"gv-1.1": {"determination": "rated", "level": "met"}}),
            "rmf.read.shape",
            "`current.gv-1.1` is not valid",
        ),
        (
            "current",
            json!({"gv-1.1": rated("best", "a")}),
            "rmf.profile.level",
            "GOVERN 1.1 has level `best`, which scale modelward.outcome 1 does not have",
        ),
        (
            "current",
            json!({"gv-1.1": {"determination": "not-assessed", "level": "met"}}),
            "rmf.read.shape",
            "`current.gv-1.1` is not valid",
        ),
        (
            "current",
            json!({"gv-1.1": {"determination": "not-applicable", "justification": "-"}}),
            "rmf.read.shape",
            "`current.gv-1.1` is not valid",
        ),
        (
            "target",
            json!({"gv-1.1": {"level": "met", "priority": "highest"}}),
            "rmf.read.shape",
            "`target.gv-1.1.priority` is not valid",
        ),
        (
            "target",
            json!({"gv-1.1": {"level": "measured", "priority": "high"}}),
            "rmf.profile.level",
            "GOVERN 1.1 has level `measured`, which scale modelward.outcome 1 does not have",
        ),
        (
            "evidence",
            evidence("collected", json!("today")),
            "rmf.read.shape",
            "`evidence.E-1.collected` is not valid",
        ),
        (
            "evidence",
            evidence("expires", json!("2026-11-19")),
            "rmf.read.shape",
            "`evidence.E-1` is not valid",
        ),
        (
            "evidence",
            evidence(
                "bearsOn",
                json!({"GOVERN 1.6": "supports", "GV 1.6": "supports"}),
            ),
            "rmf.read.shape",
            "`evidence.E-1.bearsOn` is not valid",
        ),
        (
            "evidence",
            json!({}),
            "rmf.assessment.dangling",
            "GOVERN 1.6 cites evidence `E-1`, which is not there",
        ),
        (
            "x-number",
            json!(u64::MAX),
            "rmf.assessment.canonical",
            "assessment has no canonical form",
        ),
    ];
    for (member, value, code, message) in cases {
        let mut document = document();
        document[member] = value;
        let error = read(&document).unwrap_err();
        assert_eq!(error.to_string(), message, "{document}");
        assert_eq!(error.code(), code, "{document}");
    }
}

#[test]
fn a_missing_member_is_named() {
    let members = [
        "schema",
        "framework",
        "subject",
        "assessor",
        "assessedAt",
        "scale",
        "current",
    ];
    for member in members {
        let mut document = document();
        document.as_object_mut().unwrap().remove(member).unwrap();
        let error = read(&document).unwrap_err();
        assert_eq!(error.code(), "rmf.read.missing");
        assert_eq!(
            error.to_string(),
            format!("document has no member `{member}`")
        );
    }
}

#[test]
fn the_cause_is_in_the_source() {
    let mut document = document();
    document["current"] = json!({"MEASURE 2.14": {"determination": "not-assessed"}});
    let error = read(&document).unwrap_err();
    let cause = error.source().unwrap().to_string();
    assert_eq!(
        cause,
        "MEASURE 2.14 does not exist, MEASURE 2 has 2.1 to 2.13"
    );
    document["current"] = json!({"MAP 1.1": rated("met", "a"), "MP-1.1": rated("met", "a")});
    let cause = read(&document).unwrap_err().source().unwrap().to_string();
    assert_eq!(cause, "MAP 1.1 stands twice");
}

#[test]
fn json_that_is_not_strict_or_too_large_is_refused() {
    let limits = JsonLimits::default();
    let bytes = sample().to_json().unwrap();
    let twice = String::from_utf8(bytes.clone()).unwrap().replace(
        "\"level\": \"met\"",
        "\"level\": \"met\", \"level\": \"not-met\"",
    );
    assert!(twice.len() > bytes.len());
    let cases: [(&[u8], JsonLimits); 4] = [
        (b"{", limits),
        (twice.as_bytes(), limits),
        (&bytes, limits.with_max_bytes(bytes.len() - 1)),
        (&bytes, limits.with_max_depth(3)),
    ];
    for (text, limits) in cases {
        let error = Assessment::from_json(text, &limits).unwrap_err();
        assert_eq!(error.code(), "rmf.read.json");
        assert!(error.source().is_some());
    }
    let error = Assessment::from_json(b"[]", &limits).unwrap_err();
    assert_eq!(error.to_string(), "`document` is not valid");
}
