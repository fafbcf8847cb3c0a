use modelward_incident::export::{FieldLoss, LossStatus};
use modelward_incident::format::atlas::CaseStudy;
use modelward_incident::import::atlas::{AtlasImportOptions, case_study};
use modelward_incident::import::{Import, ImportError};
use modelward_incident::{Determination, Harm, IncidentKind, LinkRelation, Severity, Text, Tlp};
use serde_json::{Value, json};

use super::{data, embedded, study};
use crate::{by, text};

fn options<'a>() -> AtlasImportOptions<'a> {
    AtlasImportOptions::new("INC-9".parse().unwrap(), Severity::High)
}

fn import(document: &Value) -> Result<Import, ImportError> {
    case_study(&study(document).unwrap(), &options(), &by(0))
}

fn row<'a>(import: &'a Import, field: &str) -> Option<&'a FieldLoss> {
    let mut rows = import.losses().iter();
    rows.find(|row| row.field == field)
}

#[test]
fn a_case_study_becomes_an_incident() {
    let atlas = data(&embedded()).unwrap();
    let options = options().with_data(&atlas).marked(Tlp::Green);
    let import = case_study(&atlas.case_studies()[0], &options, &by(0)).unwrap();
    let incident = import.incident();
    assert_eq!(
        (incident.id().as_str(), incident.severity()),
        ("INC-9", Severity::High)
    );
    assert_eq!(incident.title(), &text("Planted model"));
    assert_eq!(
        incident.summary(),
        Some(&text("A model was planted.\n\nIt was found."))
    );
    assert_eq!(incident.began().unwrap().to_string(), "2026-11");
    assert_eq!(incident.kinds(), &[IncidentKind::SupplyChainModel].into());
    assert_eq!(incident.determination(), Determination::Confirmed);
    assert_eq!(incident.harm(), Harm::Unclear);
    let [first, second] = incident.techniques() else {
        panic!("two steps");
    };
    assert_eq!(first.id.to_string(), "AML.T0010.003");
    assert_eq!(first.name, Some(text("Supplier: Model")));
    assert_eq!(first.tactic, Some(text("AML.TA0004")));
    assert_eq!(first.description, Some(text("They planted it.")));
    assert_eq!(
        (second.id.to_string(), &second.atlas_version),
        ("AML.T0010".to_owned(), &text("5.6.0"))
    );
    assert_eq!(incident.systems()[0].name, text("a scorer"));
    let notes: Vec<_> = incident.notes().iter().map(Text::as_str).collect();
    assert_eq!(notes, ["Who attacked: unknown", "Who reported it: Example"]);
    let links: Vec<_> = incident
        .links()
        .iter()
        .map(|it| (it.relation, it.target.as_str()))
        .collect();
    assert_eq!(
        links,
        [
            (LinkRelation::SameAs, "AML.CS9000"),
            (LinkRelation::Source, "https://example.org/report"),
        ]
    );
    assert!(
        incident
            .timeline()
            .iter()
            .all(|event| event.tlp() == Tlp::Green)
    );
}

#[test]
fn every_row_says_what_became_of_its_member() {
    let import = import(&super::case_study()).unwrap();
    let found: Vec<_> = import
        .losses()
        .iter()
        .map(|it| (it.field.as_str(), it.status))
        .collect();
    assert_eq!(
        found,
        [
            ("/actor", LossStatus::Approximate),
            ("/case-study-type", LossStatus::Approximate),
            ("/id", LossStatus::Direct),
            ("/incident-date", LossStatus::Partial),
            ("/incident-date-granularity", LossStatus::Direct),
            ("/name", LossStatus::Direct),
            ("/procedure", LossStatus::Direct),
            ("/references/0", LossStatus::Direct),
            ("/reporter", LossStatus::Approximate),
            ("/summary", LossStatus::Direct),
            ("/target", LossStatus::Direct),
        ]
    );
}

#[test]
fn no_version_is_made_up() {
    let plain = import(&super::case_study()).unwrap();
    assert_eq!(
        plain.incident().techniques()[0].atlas_version,
        text("not stated")
    );
    assert_eq!(plain.incident().techniques()[0].name, None);
    let atlas = data(&embedded()).unwrap();
    let options = options().with_data(&atlas).with_version(text("2026.08"));
    let stated = case_study(&atlas.case_studies()[0], &options, &by(0)).unwrap();
    assert_eq!(
        stated.incident().techniques()[0].atlas_version,
        text("2026.08")
    );
}

#[test]
fn what_the_record_cannot_say_is_listed() {
    let mut document = super::case_study();
    document["a/b"] = 1.into();
    document["reported-by"] = "Other".into();
    document["procedure"][0]["step-id"] = "S00".into();
    document["references"] = json!([
        {"title": "T", "url": "https://example.org", "id": "ref-1"},
        {"title": "A paper", "url": null},
        {"title": null, "url": null},
        {"title": "-", "url": "https://example.org/2"},
    ]);
    document["procedure"][1]["technique"] = json!({"name": "Waiting", "description": "Waits."});
    document["procedure"][1]["tactic"] = json!({"name": "Patience", "description": "Endures."});
    document["actor"] = "?".into();
    let submission = json!({"study": document, "meta": {}});
    let import = import(&submission).unwrap();
    for (field, status) in [
        ("/a~1b", LossStatus::Unmapped),
        ("/reported-by", LossStatus::Unmapped),
        ("/procedure/0/step-id", LossStatus::Unmapped),
        ("/procedure/1", LossStatus::Approximate),
        ("/references/0", LossStatus::Direct),
        ("/references/0/id", LossStatus::Unmapped),
        ("/references/1", LossStatus::Direct),
        ("/references/2", LossStatus::Unmapped),
        ("/references/3", LossStatus::Direct),
        ("/references/3/title", LossStatus::Unmapped),
        ("/actor", LossStatus::Unmapped),
        ("/meta", LossStatus::Unmapped),
    ] {
        assert_eq!(
            row(&import, field).map(|row| row.status),
            Some(status),
            "{field}"
        );
    }
    let incident = import.incident();
    assert_eq!(incident.techniques().len(), 1);
    assert_eq!(
        incident.notes()[0],
        text("ATLAS has no technique `Waiting`: They waited.")
    );
    assert_eq!(incident.links()[2].target, text("A paper"));
}

#[test]
fn a_technique_that_is_described_where_it_is_named_keeps_its_id() {
    let mut document = super::case_study();
    document["procedure"][0]["technique"] =
        json!({"id": "AML.T0010.003", "name": "Model", "description": "By a model."});
    document["procedure"][0]["tactic"] = json!({"name": "New", "description": "Is new."});
    let import = import(&document).unwrap();
    let technique = &import.incident().techniques()[0];
    assert_eq!(
        (technique.id.to_string(), &technique.tactic),
        ("AML.T0010.003".to_owned(), &None)
    );
    let status = |field| row(&import, field).map(|row| row.status);
    assert_eq!(status("/procedure/0/technique"), Some(LossStatus::Partial));
    assert_eq!(status("/procedure/0/tactic"), Some(LossStatus::Unmapped));
}

#[test]
fn the_type_is_read_and_not_guessed() {
    for (kind, determination, harm, status) in [
        (
            json!("exercise"),
            Determination::Confirmed,
            Harm::Issue,
            Some(LossStatus::Approximate),
        ),
        (
            json!("incident"),
            Determination::Confirmed,
            Harm::Unclear,
            Some(LossStatus::Approximate),
        ),
        (
            json!("rumor"),
            Determination::Suspected,
            Harm::Unclear,
            Some(LossStatus::Unmapped),
        ),
        (Value::Null, Determination::Suspected, Harm::Unclear, None),
    ] {
        let mut document = super::case_study();
        document["case-study-type"] = kind.clone();
        let import = import(&document).unwrap();
        let incident = import.incident();
        assert_eq!(
            (incident.determination(), incident.harm()),
            (determination, harm),
            "{kind}"
        );
        let row = row(&import, "/case-study-type").map(|row| row.status);
        assert_eq!(row, status, "{kind}");
    }
}

#[test]
fn kinds_come_from_the_nearest_technique_or_its_parts() {
    for (technique, kinds) in [
        ("AML.T0020", vec![IncidentKind::AdversarialDataPoisoning]),
        ("AML.T0015.001", vec![IncidentKind::AdversarialEvasion]),
        (
            "AML.T0024.002",
            vec![
                IncidentKind::AdversarialExtraction,
                IncidentKind::AdversarialPropertyInference,
            ],
        ),
        ("AML.T0099", vec![IncidentKind::Other]),
    ] {
        let mut document = super::case_study();
        let step = json!({"tactic": "AML.TA0001", "technique": technique, "description": ""});
        document["procedure"] = json!([step]);
        let import = import(&document).unwrap();
        assert_eq!(
            import.incident().kinds(),
            &kinds.into_iter().collect(),
            "{technique}"
        );
        assert_eq!(import.incident().techniques()[0].description, None);
    }
}

#[test]
fn a_text_that_no_record_takes_is_refused_with_its_place() {
    let long = "a".repeat(70_000);
    for (at, value, code) in [
        ("/name", " ", "artifact.text.blank"),
        ("/name", "a\u{1b}", "artifact.text.control"),
        ("/summary", "a\u{0}", "artifact.text.control"),
        ("/target", long.as_str(), "artifact.text.too_long"),
        ("/actor", "a\u{7f}", "artifact.text.control"),
        (
            "/procedure/1/description",
            "a\u{8}",
            "artifact.text.control",
        ),
        (
            "/references/0/url",
            "https://\u{9b}",
            "artifact.text.control",
        ),
    ] {
        let mut document = super::case_study();
        *document.pointer_mut(at).unwrap() = value.into();
        let error = import(&document).unwrap_err();
        assert_eq!(error.code(), code, "{at}");
        assert!(
            matches!(&error, ImportError::Text { pointer, .. } if pointer == at),
            "{error}"
        );
    }
}

#[test]
fn the_same_case_study_gives_the_same_record() {
    let read = |document: &Value| -> CaseStudy { study(document).unwrap() };
    let document = super::case_study();
    let write = || {
        let import = case_study(&read(&document), &options(), &by(0)).unwrap();
        import.into_incident().to_json().unwrap()
    };
    assert_eq!(write(), write());
}
