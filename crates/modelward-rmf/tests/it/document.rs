use std::error::Error as _;

use modelward_artifact::{Digest, JsonLimits, json};
use modelward_rmf::{Assessment, Determination, Rating, ReadAssessmentError};
use serde_json::{Value, json};

use crate::assessment::{builder, id, sample};

fn read(document: &Value) -> Result<Assessment, ReadAssessmentError> {
    Assessment::from_json(document.to_string().as_bytes(), &JsonLimits::default())
}

fn rated(rating: Rating, rationale: &str) -> Value {
    json!({"determination": "rated", "rating": rating, "rationale": rationale})
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
        "assessedAt": "2026-11-23T10:00:00Z",
        "subcategories": {
            "GOVERN 1.6": {
                "determination": "rated",
                "rating": "met",
                "rationale": "The release is in the inventory.",
                "evidence": [{
                    "description": "ML-BOM",
                    "digest": Digest::sha256(b"bom").to_string(),
                }],
            },
            "MEASURE 2.7": {
                "determination": "rated",
                "rating": "partially-met",
                "rationale": "One of two attacks was tested.",
                "evidence": [{
                    "description": "Red team report",
                    "location": "https://example.org/report.pdf",
                }],
            },
            "MEASURE 2.10": {
                "determination": "rated",
                "rating": "not-met",
                "rationale": "No privacy test was made.",
            },
            "MEASURE 2.12": {
                "determination": "not-applicable",
                "justification": "Energy use is assessed for the whole site.",
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
    let entries = document["subcategories"].as_object_mut().unwrap();
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
        ("/subcategories/GOVERN 1.6/rating", json!("not-met")),
        ("/subcategories/GOVERN 1.6/rationale", json!("other")),
        (
            "/subcategories/GOVERN 1.6/evidence/0/description",
            json!("other"),
        ),
        (
            "/subcategories/MEASURE 2.7/evidence/0/location",
            json!("other"),
        ),
        ("/subcategories/MEASURE 2.12/justification", json!("other")),
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
    assert_eq!(read.assessor().as_str(), "Ada Example");
    assert_eq!(read.assessed_at().to_string(), "2026-11-23T10:00:00Z");
}

#[test]
fn wrong_documents_are_refused_and_the_place_is_named() {
    let met = rated(Rating::Met, "a");
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
            "member `schema` does not have the expected shape",
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
            "rmf.read.text",
            "name of subject is not a valid text",
        ),
        (
            "subject",
            json!({"name": "a", "x": 1}),
            "rmf.read.shape",
            "member `subject` does not have the expected shape",
        ),
        (
            "assessor",
            json!(""),
            "rmf.read.text",
            "assessor is not a valid text",
        ),
        (
            "assessedAt",
            json!("2026-11-23"),
            "rmf.read.shape",
            "member `assessedAt` does not have the expected shape",
        ),
        (
            "subcategories",
            json!({"MEASURE 2.14": met}),
            "rmf.read.id",
            "assessment has a key that is no subcategory",
        ),
        (
            "subcategories",
            json!({"GOVERN 1.1": met, "GV-1.1": met}),
            "rmf.read.duplicate",
            "GOVERN 1.1 is determined twice, again as `GV-1.1`",
        ),
        (
            "subcategories",
            json!({"GOVERN 1.1": {"determination": "not-assessed"}, "GV-1.1": met}),
            "rmf.read.duplicate",
            "GOVERN 1.1 is determined twice, again as `GV-1.1`",
        ),
        (
            "subcategories",
            json!({"gv-1.1": rated(Rating::Met, " ")}),
            "rmf.read.text",
            "rationale of GOVERN 1.1 is not a valid text",
        ),
        (
            "subcategories",
            json!({"gv-1.1": {"determination": "rated", "rating": "met"}}),
            "rmf.read.shape",
            "GOVERN 1.1 does not have the expected shape",
        ),
        (
            "subcategories",
            json!({"gv-1.1": {"determination": "rated", "rating": "best", "rationale": "a"}}),
            "rmf.read.shape",
            "GOVERN 1.1 does not have the expected shape",
        ),
        (
            "subcategories",
            json!({"gv-1.1": {"determination": "not-assessed", "rating": "met"}}),
            "rmf.read.shape",
            "GOVERN 1.1 does not have the expected shape",
        ),
        (
            "subcategories",
            json!({"gv-1.1": {"determination": "not-applicable", "justification": "-"}}),
            "rmf.read.text",
            "justification of GOVERN 1.1 is not a valid text",
        ),
        (
            "subcategories",
            json!({"gv-1.1": {"determination": "rated", "rating": "met", "rationale": "a",
                "evidence": [{"description": "a"}, {"description": ""}]}}),
            "rmf.read.text",
            "description of evidence 2 of GOVERN 1.1 is not a valid text",
        ),
        (
            "subcategories",
            json!({"gv-1.1": {"determination": "rated", "rating": "met", "rationale": "a",
                "evidence": [{"description": "a", "location": ""}]}}),
            "rmf.read.text",
            "location of evidence 1 of GOVERN 1.1 is not a valid text",
        ),
        (
            "x-number",
            json!(u64::MAX),
            "rmf.read.json",
            "assessment is not valid json",
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
        "subcategories",
    ];
    for member in members {
        let mut document = document();
        document.as_object_mut().unwrap().remove(member).unwrap();
        let error = read(&document).unwrap_err();
        assert_eq!(error.code(), "rmf.read.missing");
        assert_eq!(
            error.to_string(),
            format!("assessment has no member `{member}`")
        );
    }
}

#[test]
fn the_cause_is_in_the_source() {
    let mut document = document();
    document["subcategories"] = json!({"MEASURE 2.14": {"determination": "not-assessed"}});
    let error = read(&document).unwrap_err();
    let cause = error.source().unwrap().to_string();
    assert_eq!(
        cause,
        "MEASURE 2.14 does not exist, MEASURE 2 has 2.1 to 2.13"
    );
}

#[test]
fn json_that_is_not_strict_or_too_large_is_refused() {
    let limits = JsonLimits::default();
    let bytes = sample().to_json().unwrap();
    let twice = String::from_utf8(bytes.clone()).unwrap().replace(
        "\"rating\": \"met\"",
        "\"rating\": \"met\", \"rating\": \"not-met\"",
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
    assert_eq!(
        error.to_string(),
        "assessment does not have the expected shape"
    );
}
