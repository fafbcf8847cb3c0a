use modelward_incident::export::atlas::{AtlasOptions, case_study};
use modelward_incident::export::{ExportError, LossStatus};
use modelward_incident::format::atlas::{DateGranularity, StudyKind};
use modelward_incident::{
    AiSystem, Classification, Determination, EventKind, Fidelity, Harm, Incident, IncidentKind,
    Link, LinkRelation, NewEvent, OecdSeverity, Opening, Severity, Technique, TimeSpec, Tlp,
};

use super::{data, embedded};
use crate::{by, note, text, weights};

fn technique(id: &str) -> Technique {
    Technique::new(id.parse().unwrap(), text("5.6.0"))
}

fn opened() -> Incident {
    let kind = IncidentKind::SupplyChainModel;
    let opening = Opening::new(text("planted model"), kind, Severity::High)
        .with_summary(text("A model was planted."));
    let opening = NewEvent::from(opening).marked(Tlp::Clear);
    Incident::open("INC-9".parse().unwrap(), opening, &by(0)).unwrap()
}

fn record(incident: &mut Incident, kind: EventKind) {
    incident
        .record(NewEvent::new(kind).marked(Tlp::Clear), &by(1))
        .unwrap();
}

fn classify(incident: &mut Incident, techniques: Vec<Technique>) {
    let mut classification = Classification::new(IncidentKind::SupplyChainModel);
    classification.techniques = techniques;
    record(incident, EventKind::Classified(classification));
}

/// An incident with a technique that has all its parts.
fn told() -> Incident {
    let mut incident = opened();
    let technique = technique("AML.T0010.003")
        .with_tactic(text("AML.TA0004"))
        .with_name(text("Model"))
        .with_description(text("They planted it."));
    classify(&mut incident, vec![technique]);
    incident
}

fn link(relation: LinkRelation, target: &str) -> Link {
    Link::new(relation, text(target))
}

#[test]
fn an_incident_without_what_every_case_study_has_is_refused() {
    let opening = Opening::new(text("t"), IncidentKind::Other, Severity::Low);
    let opening = NewEvent::from(opening).marked(Tlp::Clear);
    let mut incident = Incident::open("INC-9".parse().unwrap(), opening, &by(0)).unwrap();
    let export = |incident: &Incident| {
        let released = incident.release(Tlp::Clear).unwrap();
        case_study(&released, &AtlasOptions::new()).unwrap_err()
    };
    let error = export(&incident);
    assert_eq!(error.code(), "incident.export.missing");
    assert_eq!(
        error.to_string(),
        "the document demands what the record does not have: a technique of MITRE ATLAS; a summary"
    );
    let odd = technique("AML.T0015").with_tactic(text("Defense Evasion"));
    classify(&mut incident, vec![technique("AML.T0010"), odd]);
    let ExportError::Missing { missing } = export(&incident) else {
        panic!("another error");
    };
    assert_eq!(
        missing,
        [
            "the tactic of AML.T0010 at techniques/0",
            "the tactic of AML.T0015 at techniques/1",
            "a summary",
        ]
    );
}

#[test]
fn what_did_not_happen_is_no_case_study() {
    let mut incident = told();
    let to = Determination::FalsePositive;
    record(
        &mut incident,
        EventKind::Determined {
            to,
            reason: text("a test"),
        },
    );
    let released = incident.release(Tlp::Clear).unwrap();
    let error = case_study(&released, &AtlasOptions::new()).unwrap_err();
    assert_eq!(error.code(), "incident.export.form");
}

#[test]
fn a_tactic_that_nobody_named_is_looked_up() {
    let mut incident = opened();
    classify(
        &mut incident,
        vec![technique("AML.T0010.003"), technique("AML.T0010")],
    );
    let atlas = data(&embedded()).unwrap();
    let options = AtlasOptions::new().with_data(&atlas);
    let export = case_study(&incident.release(Tlp::Clear).unwrap(), &options).unwrap();
    for step in export.document().procedure() {
        assert_eq!(step.tactic().unwrap().as_str(), "AML.TA0004");
        assert_eq!(step.description(), "");
    }
    let row = export
        .losses()
        .iter()
        .find(|it| it.field == "techniques/0/id");
    assert_eq!(row.unwrap().status, LossStatus::Approximate);
}

#[test]
fn every_field_that_holds_something_has_a_row() {
    let mut incident = told();
    let system = AiSystem::new(text("scorer")).with_version(text("3"));
    let at = TimeSpec::new("2026-11-01T00:00:00Z".parse().unwrap(), Fidelity::Month);
    let to = OecdSeverity::Hazard;
    for kind in [
        EventKind::Began { at },
        EventKind::SystemDescribed(system),
        EventKind::AssetRecorded(weights()),
        EventKind::OecdSeverityStated {
            to,
            reason: text("so it is"),
        },
        EventKind::Linked(link(LinkRelation::SameAs, "AML.CS9000").with_system(text("ATLAS"))),
        EventKind::Linked(link(LinkRelation::CausedBy, "INC-8")),
        note("something"),
    ] {
        record(&mut incident, kind);
    }
    let released = incident.release(Tlp::Clear).unwrap();
    let export = case_study(&released, &AtlasOptions::new()).unwrap();
    let rows: Vec<_> = export
        .losses()
        .iter()
        .map(|it| (it.field.as_str(), it.status))
        .collect();
    assert_eq!(
        rows,
        [
            ("assets/weights/compromise", LossStatus::Unmapped),
            ("assets/weights/kind", LossStatus::Unmapped),
            ("assets/weights/name", LossStatus::Unmapped),
            ("assets/weights/refs", LossStatus::Unmapped),
            ("began", LossStatus::Direct),
            ("determination", LossStatus::Unmapped),
            ("harm", LossStatus::Approximate),
            ("id", LossStatus::Unmapped),
            ("kinds", LossStatus::Unmapped),
            ("links/0", LossStatus::Direct),
            ("links/1", LossStatus::Unmapped),
            ("notes/0", LossStatus::Unmapped),
            ("oecdSeverity", LossStatus::Unmapped),
            ("phase", LossStatus::Unmapped),
            ("severity", LossStatus::Unmapped),
            ("summary", LossStatus::Direct),
            ("systems/0/name", LossStatus::Direct),
            ("systems/0/version", LossStatus::Unmapped),
            ("techniques/0/atlasVersion", LossStatus::Unmapped),
            ("techniques/0/description", LossStatus::Direct),
            ("techniques/0/id", LossStatus::Direct),
            ("techniques/0/name", LossStatus::Unmapped),
            ("techniques/0/tactic", LossStatus::Direct),
            ("timeline", LossStatus::Unmapped),
            ("title", LossStatus::Direct),
            ("tlp", LossStatus::Unmapped),
        ]
    );
    let study = export.document();
    assert_eq!(study.id().unwrap().as_str(), "AML.CS9000");
    assert_eq!(
        (study.date().text(), study.target()),
        ("2026-11-01", Some("scorer"))
    );
}

#[test]
fn nothing_above_the_label_leaves() {
    let mut incident = told();
    let secret = |kind: EventKind| NewEvent::new(kind).marked(Tlp::Red);
    let hidden = technique("AML.T0020").with_tactic(text("AML.TA0006"));
    let hidden = hidden.with_description(text("canary"));
    let mut classification = Classification::new(IncidentKind::Other);
    classification.techniques = vec![hidden];
    let system = EventKind::SystemDescribed(AiSystem::new(text("canary")));
    let link = EventKind::Linked(link(LinkRelation::Source, "https://canary.example"));
    for kind in [EventKind::Classified(classification), system, link] {
        incident.record(secret(kind), &by(2)).unwrap();
    }
    for level in [Tlp::Clear, Tlp::AmberStrict] {
        let released = incident.release(level).unwrap();
        let export = case_study(&released, &AtlasOptions::new()).unwrap();
        let written = export.document().to_yaml() + &format!("{:?}", export.losses());
        assert!(!written.contains("canary"), "{written}");
        assert_eq!(export.document().procedure().len(), 1);
    }
    let released = incident.release(Tlp::Red).unwrap();
    let export = case_study(&released, &AtlasOptions::new()).unwrap();
    assert!(export.document().to_yaml().contains("canary"));
}

#[test]
fn links_become_the_id_and_references() {
    let mut incident = told();
    let links = [
        link(LinkRelation::Source, "https://example.org/a").with_title(text("A")),
        link(LinkRelation::Source, "a paper"),
        link(LinkRelation::Source, "6")
            .with_system(text("AIID"))
            .with_title(text("Tay")),
        link(LinkRelation::Related, "https://example.org/b"),
        link(LinkRelation::SameAs, "AVID-2026-V001").with_system(text("AVID")),
        link(LinkRelation::SameAs, "AML.CS9000").with_system(text("ATLAS")),
        link(LinkRelation::SameAs, "AML.CS9001").with_system(text("ATLAS")),
    ];
    for link in links {
        record(&mut incident, EventKind::Linked(link));
    }
    let released = incident.release(Tlp::Clear).unwrap();
    let export = case_study(&released, &AtlasOptions::new()).unwrap();
    let study = export.document();
    let references: Vec<_> = study
        .references()
        .iter()
        .map(|it| (it.title(), it.url()))
        .collect();
    assert_eq!(
        references,
        [
            (Some("A"), Some("https://example.org/a")),
            (Some("a paper"), None),
            (Some("AIID 6 Tay"), None),
            (None, Some("https://example.org/b")),
        ]
    );
    assert_eq!(study.id().unwrap().as_str(), "AML.CS9000");
    let rows = export
        .losses()
        .iter()
        .filter(|it| it.field.starts_with("links/"));
    let statuses: Vec<_> = rows.map(|it| it.status).collect();
    let [direct, partial, unmapped] = [
        LossStatus::Direct,
        LossStatus::Partial,
        LossStatus::Unmapped,
    ];
    assert_eq!(
        statuses,
        [direct, direct, partial, partial, unmapped, direct, unmapped]
    );
    let options = AtlasOptions::new().with_id("AML.CS9001".parse().unwrap());
    let export = case_study(&released, &options).unwrap();
    assert_eq!(export.document().id().unwrap().as_str(), "AML.CS9001");
}

#[test]
fn dates_and_kinds_come_from_what_was_stated() {
    let export = |incident: &Incident, options: &AtlasOptions<'_>| {
        case_study(&incident.release(Tlp::Clear).unwrap(), options).unwrap()
    };
    let mut incident = told();
    let plain = export(&incident, &AtlasOptions::new());
    assert_eq!(
        plain.document().date().text(),
        "2026-11-23",
        "the day of the opening"
    );
    assert_eq!(plain.document().kind(), Some(&StudyKind::Incident));
    for (fidelity, granularity) in [
        (Fidelity::Year, DateGranularity::Year),
        (Fidelity::Month, DateGranularity::Month),
        (Fidelity::Day, DateGranularity::Day),
        (Fidelity::Second, DateGranularity::Day),
    ] {
        let at = TimeSpec::new("2026-10-01T09:30:00Z".parse().unwrap(), fidelity);
        record(&mut incident, EventKind::Began { at });
        let told = export(&incident, &AtlasOptions::new());
        assert_eq!(told.document().date().granularity(), granularity);
    }
    for (to, kind) in [
        (Harm::Issue, StudyKind::Exercise),
        (Harm::NearMiss, StudyKind::Incident),
        (Harm::Occurred, StudyKind::Incident),
    ] {
        let (reason, prevented_by) = (text("so it is"), vec![]);
        record(
            &mut incident,
            EventKind::HarmStated {
                to,
                reason,
                prevented_by,
            },
        );
        let told = export(&incident, &AtlasOptions::new());
        assert_eq!(told.document().kind(), Some(&kind));
        let options = AtlasOptions::new()
            .with_kind(StudyKind::Exercise)
            .with_actor(text("us"));
        let told = export(&incident, &options.with_reporter(text("them")));
        assert_eq!(told.document().kind(), Some(&StudyKind::Exercise));
        assert_eq!(told.document().actor(), Some("us"));
        assert_eq!(told.document().reporter(), Some("them"));
    }
}

#[test]
fn what_is_affected_stands_for_the_target_where_no_system_is_described() {
    let mut incident = told();
    record(&mut incident, EventKind::AssetRecorded(weights()));
    let released = incident.release(Tlp::Clear).unwrap();
    let export = case_study(&released, &AtlasOptions::new()).unwrap();
    assert_eq!(export.document().target(), Some("acme/base"));
    for name in ["one", "two"] {
        record(
            &mut incident,
            EventKind::SystemDescribed(AiSystem::new(text(name))),
        );
    }
    let released = incident.release(Tlp::Clear).unwrap();
    let export = case_study(&released, &AtlasOptions::new()).unwrap();
    assert_eq!(export.document().target(), Some("one, two"));
}
