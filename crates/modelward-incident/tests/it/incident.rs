use modelward_artifact::Digest;
use modelward_incident::{
    AssetRef, Category, EventKind, Incident, IncidentError, Opening, Phase, Refusal, Severity,
};

use crate::{asset, by, opened};

#[test]
fn an_incident_is_what_its_timeline_says() {
    let mut incident = opened();
    assert_eq!(
        (incident.phase(), incident.severity()),
        (Phase::Detection, Severity::Medium)
    );
    incident.affect(asset(), by(1)).unwrap();
    incident.affect(asset(), by(2)).unwrap();
    incident
        .set_severity(Severity::Critical, "patients are concerned", by(3))
        .unwrap();
    incident
        .advance(Phase::Containment, "taken down", by(4))
        .unwrap();
    assert_eq!(
        (incident.phase(), incident.severity()),
        (Phase::Containment, Severity::Critical)
    );
    assert_eq!(incident.assets().len(), 1);
    assert!(incident.affects(&asset()));
    assert!(!incident.affects(&AssetRef::Digest(Digest::sha256(b"other"))));
    assert_eq!(incident.timeline().len(), 5);
    assert!(matches!(
        incident.timeline()[4].kind(),
        EventKind::PhaseChanged { .. }
    ));
    assert_eq!(incident.timeline()[4].actor(), "jo@example.org");
}

#[test]
fn every_failed_guard_is_listed_and_nothing_changes() {
    let mut incident = opened();
    let before = incident.clone();
    let cases = [
        (Phase::Containment, vec![Refusal::NoAffectedAsset]),
        (Phase::Recovery, vec![Refusal::NoSuchStep]),
        (Phase::Closed, vec![Refusal::NoSuchStep, Refusal::NoReview]),
    ];
    for (to, refusals) in cases {
        let error = incident.advance(to, "because", by(1)).unwrap_err();
        assert_eq!(
            error,
            IncidentError::Phase {
                from: Phase::Detection,
                to,
                refusals
            }
        );
        assert_eq!(incident, before);
    }
}

#[test]
fn closing_needs_a_review_of_this_time() {
    let mut incident = opened();
    incident.note("noted before the review", by(0)).unwrap();
    incident.affect(asset(), by(0)).unwrap();
    for to in [
        Phase::Containment,
        Phase::Eradication,
        Phase::Recovery,
        Phase::PostIncident,
    ] {
        incident.advance(to, "on", by(1)).unwrap();
    }
    let error = incident.advance(Phase::Closed, "done", by(2)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot go from post-incident to closed: no note was made since the review began"
    );
    incident.note("what we learned", by(3)).unwrap();
    incident.advance(Phase::Closed, "done", by(4)).unwrap();
    assert!(!incident.is_open());
    incident
        .advance(Phase::Detection, "it came back", by(5))
        .unwrap();
    assert!(incident.is_open());
}

#[test]
fn time_goes_forward_and_texts_say_something() {
    let mut incident = opened();
    incident.note("first", by(5)).unwrap();
    let before = incident.clone();
    let earlier = incident.note("second", by(4)).unwrap_err();
    assert_eq!(
        earlier.to_string(),
        "the event lies at 2026-11-23T10:04:00Z, before the last one at 2026-11-23T10:05:00Z"
    );
    assert_eq!(
        incident.note(" \n", by(6)).unwrap_err().to_string(),
        "the note is not a valid text"
    );
    let blank = incident.set_severity(Severity::Low, "", by(6)).unwrap_err();
    assert_eq!(blank.code(), "incident.event.text");
    assert_eq!(incident, before);
    let untitled = Opening::new("", Category::Other, Severity::Low);
    assert!(Incident::open("INC-2".parse().unwrap(), untitled, by(0)).is_err());
}
