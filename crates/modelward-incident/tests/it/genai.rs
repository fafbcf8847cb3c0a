use modelward_artifact::JsonLimits;
use modelward_incident::export::LossStatus::{Approximate, Direct, Unmapped};
use modelward_incident::format::genai::{GenaiDate, GenaiIncident, GenaiSeverity, GenaiStatus};
use modelward_incident::import::genai::incident;
use modelward_incident::{Fidelity, IncidentKind, LinkRelation, Severity, Text};
use serde_json::{Value, json};

use crate::{by, text};

fn limits() -> JsonLimits {
    JsonLimits::default()
}

fn bytes(value: &Value) -> Vec<u8> {
    serde_json::to_vec(value).unwrap()
}

fn row() -> Value {
    json!({
        "id": "INC-04853", "title": "Notes leak", "date": "2026-04", "year": 2026,
        "severity": "High", "attack_vector": "data-exfiltration", "owasp_llm": ["LLM02"],
        "owasp_asi": [], "mitre_atlas": ["AML.T0024", "AML.T0057"],
        "cve_ids": ["CVE-2026-46059"], "primary_reference": "https://example.org/notes",
        "description": "Notes were sent.", "affected": "Acme", "tags": ["leak"],
        "status": "disputed",
    })
}

#[test]
fn a_row_is_written_as_it_was_read() {
    let read = GenaiIncident::from_json(&bytes(&row()), &limits()).unwrap();
    let written = read.to_json().unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&written).unwrap(), row());
    crate::seed::keep("incident-genai", &written);
    assert_eq!(read.severity(), GenaiSeverity::High);
    assert_eq!(read.status(), Some(GenaiStatus::Disputed));
    for list in [
        json!([row()]),
        json!({"version": "2", "incidents": [row()]}),
    ] {
        let rows = GenaiIncident::list_from_json(&bytes(&list), &limits()).unwrap();
        assert_eq!(rows, std::slice::from_ref(&read));
        crate::seed::keep("incident-genai", &bytes(&list));
    }
}

#[test]
fn what_is_no_row_is_refused_by_its_place() {
    let long = "x".repeat(50_001);
    let cases = [
        (
            "id",
            json!("INC-1"),
            "expected an id of `INC-` and five digits",
        ),
        (
            "id",
            json!("inc-00001"),
            "expected an id of `INC-` and five digits",
        ),
        (
            "title",
            json!(long),
            "expected texts of at most 50000 bytes",
        ),
        (
            "title",
            json!(null),
            "invalid type: null, expected a string",
        ),
        ("date", json!("April"), "expected a year, a month or a day"),
        (
            "date",
            json!("2026-13"),
            "expected a year, a month or a day",
        ),
        ("severity", json!("high"), "unknown variant `high`"),
        ("mitre_atlas", json!(["AML.TA0002"]), "technique"),
        (
            "mitre_atlas",
            json!(vec!["AML.T0001"; 1001]),
            "at most 1000 items",
        ),
        ("cve_ids", json!(["CVE-26-1"]), "such as CVE-2026-0001"),
        ("cve_ids", json!("CVE-2026-0001"), "invalid type: string"),
        ("status", json!("gone"), "unknown variant `gone`"),
    ];
    for (member, value, why) in cases {
        let mut wrong = row();
        wrong[member] = value;
        let list = json!({"incidents": [row(), wrong]});
        let error = GenaiIncident::list_from_json(&bytes(&list), &limits()).unwrap_err();
        assert_eq!(error.code(), "incident.genai.row");
        assert!(error.to_string().contains("`/incidents/1`"), "{error}");
        let cause = std::error::Error::source(&error).unwrap().to_string();
        assert!(cause.contains(why), "{member}: {cause}");
    }
    for (text, code) in [
        ("{", "artifact.json.syntax"),
        ("{\"a\": 1, \"a\": 1}", "artifact.json.duplicate"),
        ("{\"rows\": []}", "incident.genai.list"),
        ("7", "incident.genai.list"),
    ] {
        let error = GenaiIncident::list_from_json(text.as_bytes(), &limits()).unwrap_err();
        assert_eq!(error.code(), code);
    }
}

#[test]
fn dates_are_as_exact_as_they_are_written() {
    for (text, first, fidelity) in [
        ("2026", "2026-01-01T00:00:00Z", Fidelity::Year),
        ("2026-04", "2026-04-01T00:00:00Z", Fidelity::Month),
        ("2026-04-09", "2026-04-09T00:00:00Z", Fidelity::Day),
    ] {
        let date: GenaiDate = text.parse().unwrap();
        assert_eq!((date.as_str(), date.fidelity()), (text, fidelity));
        assert_eq!(date.time().at(), first.parse().unwrap());
    }
    for text in [
        "",
        "26",
        "2026-4",
        "2026-04-31",
        "1969",
        "2026-04-",
        "2026é",
    ] {
        assert!(text.parse::<GenaiDate>().is_err(), "{text}");
    }
}

#[test]
fn a_record_is_made_of_a_row() {
    let read = GenaiIncident::from_json(&bytes(&row()), &limits()).unwrap();
    let import = incident(&read, &text("2026.09"), &by(0)).unwrap();
    let record = import.incident();
    assert_eq!(record.id().as_str(), "GENAI-INC-04853");
    assert_eq!(record.severity(), Severity::High);
    assert!(
        record
            .kinds()
            .contains(&IncidentKind::PrivacyUserDataExposure)
    );
    assert_eq!(record.began().unwrap().to_string(), "2026-04");
    let techniques: Vec<_> = record
        .techniques()
        .iter()
        .map(|it| it.id.to_string())
        .collect();
    assert_eq!(techniques, ["AML.T0024", "AML.T0057"]);
    let links: Vec<_> = record
        .links()
        .iter()
        .map(|it| (it.relation, it.target.as_str()))
        .collect();
    assert_eq!(
        links,
        [
            (LinkRelation::SameAs, "INC-04853"),
            (LinkRelation::Related, "CVE-2026-46059"),
            (LinkRelation::Source, "https://example.org/notes"),
        ]
    );
    let notes: Vec<_> = record.notes().iter().map(Text::as_str).collect();
    assert_eq!(
        notes,
        ["Affected: Acme", "Status in the data set: disputed"]
    );
    let fates: Vec<_> = import
        .losses()
        .iter()
        .map(|it| (it.field.as_str(), it.status))
        .collect();
    assert_eq!(
        fates,
        [
            ("/affected", Approximate),
            ("/attack_vector", Approximate),
            ("/cve_ids", Direct),
            ("/date", Direct),
            ("/description", Direct),
            ("/id", Direct),
            ("/mitre_atlas", Direct),
            ("/owasp_llm", Unmapped),
            ("/primary_reference", Direct),
            ("/severity", Direct),
            ("/status", Approximate),
            ("/tags", Unmapped),
            ("/title", Direct),
            ("/year", Unmapped),
        ]
    );
}

#[test]
fn kinds_follow_from_the_attack_vector() {
    for (vector, kind) in [
        (
            "indirect-prompt-injection",
            IncidentKind::AdversarialPromptInjectionIndirect,
        ),
        ("model-theft", IncidentKind::AdversarialExtraction),
        ("deepfake", IncidentKind::MisuseMalicious),
        ("rce", IncidentKind::Other),
        ("no such vector", IncidentKind::Other),
    ] {
        let mut value = row();
        value["attack_vector"] = json!(vector);
        value["severity"] = json!("Info");
        let read = GenaiIncident::from_json(&bytes(&value), &limits()).unwrap();
        let import = incident(&read, &text("2026.09"), &by(0)).unwrap();
        assert!(import.incident().kinds().contains(&kind), "{vector}");
        let fate = |field: &str| {
            let mut losses = import.losses().iter();
            losses.find(|it| it.field == field).map(|it| it.status)
        };
        let expected = if kind == IncidentKind::Other {
            Unmapped
        } else {
            Approximate
        };
        assert_eq!(fate("/attack_vector"), Some(expected), "{vector}");
        assert_eq!(fate("/severity"), Some(Approximate));
    }
}

#[test]
#[ignore = "reads the data set, which PyPI has (`genai-incidents`): set MODELWARD_GENAI_INCIDENTS"]
fn every_row_of_the_data_set_becomes_a_record() {
    let path = std::env::var_os("MODELWARD_GENAI_INCIDENTS").expect("where the rows are");
    let rows = std::fs::read(path).expect("the file that the variable names");
    let whole: Value = serde_json::from_slice(&rows).unwrap();
    let written = whole["incidents"].as_array().unwrap();
    let rows = GenaiIncident::list_from_json(&rows, &limits()).expect("rows");
    assert_eq!(rows.len(), written.len());
    assert!(rows.len() > 15_000);
    for (row, written) in rows.iter().zip(written) {
        assert_eq!(&serde_json::to_value(row).unwrap(), written);
        let import = incident(row, &text("2026.09"), &by(0)).unwrap();
        let told: Vec<_> = import.losses().iter().map(|it| &it.field[1..]).collect();
        for (member, value) in written.as_object().unwrap() {
            let is_empty = value == "" || value.as_array().is_some_and(Vec::is_empty);
            assert_eq!(
                told.contains(&member.as_str()),
                !is_empty,
                "{member} of {}",
                row.id()
            );
        }
    }
}
