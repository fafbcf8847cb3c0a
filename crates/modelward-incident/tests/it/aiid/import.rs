use modelward_artifact::Date;
use modelward_incident::export::LossStatus::{self, Approximate, Direct, Partial, Unmapped};
use modelward_incident::export::aiid::{AiidOptions, submission};
use modelward_incident::format::aiid::{AiidClassification, AiidIncident, PublishedAccount};
use modelward_incident::import::aiid::{AiidImportOptions, incident};
use modelward_incident::import::{Import, ImportError};
use modelward_incident::{
    Fidelity, Harm, ImpactKind, Incident, IncidentKind, LinkRelation, Severity, Text, Tlp,
};
use serde_json::{Value, json};

use super::{bytes, limits, shared};
use crate::by;

fn options() -> AiidImportOptions {
    AiidImportOptions::new(Severity::Medium)
}

fn row() -> Value {
    json!({
        "incident_id": 7,
        "title": "Scorer denies loans",
        "description": "It denied loans.",
        "date": "2021-09-14",
        "AllegedDeployerOfAISystem": [{"entity_id": "acme-bank", "name": "Acme Bank"}],
        "AllegedDeveloperOfAISystem": [{"entity_id": "acme"}],
        "AllegedHarmedOrNearlyHarmedParties": [{"entity_id": "applicants"}, {"entity_id": "--"}],
        "implicated_systems": [{"entity_id": "scorer", "name": "Scorer"}],
        "reports": [{"report_number": 12, "title": "Loans", "url": "https://example.org/loans"}],
        "editor_similar_incidents": [3],
        "editor_notes": "Seen twice.",
        "tsne": {"x": 0.5},
        "a/b": 1,
        "embedding": null,
        "editors": [],
    })
}

fn imported(value: &Value, options: &AiidImportOptions) -> Result<Import, ImportError> {
    let source = AiidIncident::from_json(&bytes(value), &limits()).expect("an incident");
    incident(&source, options, &by(0))
}

fn fates(import: &Import) -> Vec<(&str, LossStatus)> {
    let losses = import.losses().iter();
    losses
        .map(|loss| (loss.field.as_str(), loss.status))
        .collect()
}

#[test]
fn a_record_is_made_of_an_incident_of_the_database() {
    let import = imported(&row(), &options()).unwrap();
    let incident = import.incident();
    assert_eq!(incident.id().as_str(), "AIID-7");
    assert_eq!(incident.title().as_str(), "Scorer denies loans");
    assert_eq!(incident.summary().unwrap().as_str(), "It denied loans.");
    assert_eq!(incident.severity(), Severity::Medium);
    assert_eq!(incident.harm(), Harm::Unclear);
    assert!(incident.kinds().contains(&IncidentKind::Other));
    let began = incident.began().unwrap();
    assert_eq!(
        (began.to_string().as_str(), began.fidelity()),
        ("2021-09-14", Fidelity::Day)
    );
    let system = &incident.systems()[0];
    assert_eq!(system.name.as_str(), "Scorer");
    assert_eq!(system.deployers[0].as_str(), "Acme Bank");
    assert_eq!(system.developers[0].as_str(), "acme");
    let links: Vec<_> = incident
        .links()
        .iter()
        .map(|link| (link.relation, link.target.as_str()))
        .collect();
    assert_eq!(
        links,
        [
            (LinkRelation::SameAs, "7"),
            (LinkRelation::Source, "https://example.org/loans"),
            (LinkRelation::Related, "3"),
        ]
    );
    let notes: Vec<_> = incident.notes().iter().map(Text::as_str).collect();
    assert_eq!(
        notes,
        ["Harmed or nearly harmed: applicants, --", "Seen twice."]
    );
    assert!(
        incident
            .timeline()
            .iter()
            .all(|event| event.tlp() == Tlp::Clear)
    );
    let written = incident.to_json().unwrap();
    assert_eq!(&Incident::from_json(&written, &limits()).unwrap(), incident);
}

#[test]
fn every_member_that_says_something_has_a_fate() {
    assert_eq!(
        fates(&imported(&row(), &options()).unwrap()),
        [
            ("/AllegedDeployerOfAISystem", Direct),
            ("/AllegedDeveloperOfAISystem", Direct),
            ("/AllegedHarmedOrNearlyHarmedParties", Approximate),
            ("/a~1b", Unmapped),
            ("/date", Direct),
            ("/description", Direct),
            ("/editor_notes", Direct),
            ("/editor_similar_incidents", Direct),
            ("/implicated_systems", Direct),
            ("/incident_id", Direct),
            ("/reports", Partial),
            ("/title", Direct),
            ("/tsne", Unmapped),
        ]
    );
}

#[test]
fn what_a_record_does_not_take_is_listed_and_not_dropped() {
    let value = json!({
        "incident_id": 7, "title": "Old", "date": "1966-01-17",
        "description": "x\u{7}", "editor_notes": "--",
        "Alleged deployer of AI system": ["acme", "\u{1b}[2J"],
        "Alleged developer of AI system": ["--"],
        "implicated_systems": ["one", "two"],
        "reports": [1],
    });
    let import = imported(&value, &options()).unwrap();
    assert_eq!(
        fates(&import),
        [
            ("/Alleged deployer of AI system", Approximate),
            ("/Alleged developer of AI system", Unmapped),
            ("/date", Unmapped),
            ("/description", Unmapped),
            ("/editor_notes", Unmapped),
            ("/implicated_systems", Direct),
            ("/incident_id", Direct),
            ("/reports", Direct),
            ("/title", Direct),
        ]
    );
    assert_eq!(import.incident().began(), None);
    assert_eq!(import.incident().systems().len(), 2);

    let error = imported(
        &json!({"incident_id": 7, "title": "--", "date": "2021-09-14"}),
        &options(),
    );
    let error = error.unwrap_err();
    assert_eq!(error.code(), "artifact.text.blank");
    assert_eq!(
        error.to_string(),
        "the text at `/title` is none that a record takes"
    );
}

#[test]
fn a_system_stands_for_those_that_are_not_named() {
    let value = json!({
        "incident_id": 7, "title": "Old", "date": "2021-09-14",
        "Alleged deployer of AI system": ["acme"],
    });
    let import = imported(&value, &options()).unwrap();
    assert_eq!(
        import.incident().systems()[0].name.as_str(),
        "system that is not named"
    );
    assert!(fates(&import).contains(&("/Alleged deployer of AI system", Approximate)));
}

#[test]
fn what_the_caller_knows_stands_in_the_record() {
    let classification = |value: &str, incident: u64| {
        let value = json!({
            "namespace": "CSETv1", "incidents": [incident],
            "attributes": [{"short_name": "Tangible Harm", "value_json": json!(value).to_string()}],
        });
        AiidClassification::from_json(&bytes(&value), &limits()).unwrap()
    };
    let near = "imminent risk of tangible harm (near miss) did occur";
    let options = options()
        .of_kind(IncidentKind::FairnessDiscrimination)
        .harming(ImpactKind::Rights)
        .marked(Tlp::Green)
        .with_classification(classification("tangible harm definitively occurred", 8))
        .with_classification(classification(near, 7));
    let import = imported(&row(), &options).unwrap();
    let incident = import.incident();
    assert_eq!(incident.harm(), Harm::NearMiss);
    assert!(
        incident
            .kinds()
            .contains(&IncidentKind::FairnessDiscrimination)
    );
    let impact = incident.impacts().values().next().unwrap();
    assert_eq!(
        (impact.kind, impact.affected.len()),
        (ImpactKind::Rights, 1)
    );
    assert!(incident.release(Tlp::Clear).is_err());
    assert!(fates(&import).contains(&("/AllegedHarmedOrNearlyHarmedParties", Partial)));
}

#[test]
fn the_seeds_of_the_database_become_records_that_can_be_submitted() {
    let Some(seeds) = shared("aiid/incidents.json") else {
        return;
    };
    let incidents = AiidIncident::list_from_json(&seeds, &limits()).expect("seeds");
    let today: Date = "2026-11-26".parse().unwrap();
    let account = PublishedAccount::new("https://example.org", "A title", &"x".repeat(80), today)
        .and_then(|account| account.by("Jo Example"))
        .unwrap();
    for source in &incidents {
        let import = incident(source, &options(), &by(0)).expect("a record");
        let member = |pointer: &str| pointer.trim_start_matches('/').to_owned();
        let told: Vec<_> = import
            .losses()
            .iter()
            .map(|loss| member(&loss.field))
            .collect();
        let written: Value = serde_json::from_slice(&source.to_json().unwrap()).unwrap();
        for (name, value) in written.as_object().unwrap() {
            let is_empty = value.as_array().is_some_and(Vec::is_empty) || value == "";
            assert_eq!(told.contains(name), !is_empty, "{name}");
        }
        let released = import.incident().release(Tlp::Clear).unwrap();
        let options = AiidOptions::new(today);
        let export = submission(&released, &account, &options).expect("a further report");
        assert_eq!(
            export.document().submission().incident_ids(),
            [source.number()]
        );
    }
}
