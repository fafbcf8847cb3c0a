use modelward_incident::export::Export;
use modelward_incident::export::LossStatus::{self, Approximate, Direct, Partial, Unmapped};
use modelward_incident::export::aiid::{AiidDocuments, AiidOptions, submission};
use modelward_incident::format::aiid::{
    AiidAttribute, AiidClassification, AiidEntity, AiidError, AiidField, PublishedAccount,
};
use modelward_incident::{
    AiSystem, EventKind, Fidelity, Harm, Impact, ImpactKind, Incident, IncidentKind, Link,
    LinkRelation, NewEvent, Opening, Severity, TimeSpec, Tlp,
};
use proptest::prelude::proptest;
use serde_json::{Value, json};

use super::faults;
use crate::{by, text, weights};

fn account() -> PublishedAccount {
    let published = "2026-11-20".parse().unwrap();
    PublishedAccount::new(
        "https://example.org/a",
        "A title",
        &"x".repeat(80),
        published,
    )
    .and_then(|account| account.by("Jo Example"))
    .expect("an account")
}

fn options() -> AiidOptions {
    AiidOptions::new("2026-11-26".parse().unwrap()).with_submitter("Jo Example")
}

fn record(incident: &mut Incident, event: EventKind) {
    let event = NewEvent::new(event).marked(Tlp::Clear);
    incident.record(event, &by(1)).expect("an event");
}

fn opened(title: &str, summary: &str, kind: IncidentKind) -> Incident {
    let opening = Opening::new(text(title), kind, Severity::High).with_summary(text(summary));
    let opening = NewEvent::from(opening).marked(Tlp::Clear);
    Incident::open("INC-1".parse().unwrap(), opening, &by(0)).expect("an incident")
}

fn poisoned() -> Incident {
    let kind = IncidentKind::AdversarialDataPoisoning;
    let mut incident = opened("Rows were forged", "Forged rows made the scorer err.", kind);
    let system = AiSystem::new(text("Scorer"))
        .with_version(text("3"))
        .with_developer(text("Acme Models"))
        .with_deployer(text("Acme Bank"));
    let impact = Impact::new(
        "loans".parse().unwrap(),
        ImpactKind::Economic,
        text("Loans refused"),
    )
    .with_affected(text("applicants"))
    .with_count(120);
    let harm = EventKind::HarmStated {
        to: Harm::Occurred,
        reason: text("loans were refused"),
        prevented_by: vec![],
    };
    let at = TimeSpec::new("2026-11-16T00:00:00Z".parse().unwrap(), Fidelity::Day);
    for event in [
        EventKind::SystemDescribed(system),
        EventKind::ImpactRecorded(impact),
        EventKind::Began { at },
        EventKind::AssetRecorded(weights().in_production()),
        harm,
    ] {
        record(&mut incident, event);
    }
    incident
}

fn exported(
    incident: &Incident,
    options: &AiidOptions,
) -> Result<Export<AiidDocuments>, AiidError> {
    submission(&incident.release(Tlp::Clear).unwrap(), &account(), options)
}

fn status(export: &Export<AiidDocuments>, field: &str) -> Option<LossStatus> {
    let mut losses = export.losses().iter();
    losses
        .find(|loss| loss.field == field)
        .map(|loss| loss.status)
}

fn answer(classification: &AiidClassification, field: AiidField) -> Value {
    let attribute = classification.answer(field);
    attribute.map_or(Value::Null, AiidAttribute::value)
}

#[test]
fn an_incident_is_submitted_with_what_was_published_of_it() {
    let export = exported(&poisoned(), &options()).unwrap();
    let submission = export.document().submission();
    assert_eq!(submission.incident_title(), Some("Rows were forged"));
    assert_eq!(
        submission.description(),
        Some("Forged rows made the scorer err.")
    );
    assert_eq!(submission.incident_date().unwrap().as_str(), "2026-11-16");
    let names =
        |mut it: Box<dyn Iterator<Item = &AiidEntity> + '_>| it.next().unwrap().name().to_owned();
    assert_eq!(names(Box::new(submission.developers())), "Acme Models");
    assert_eq!(names(Box::new(submission.deployers())), "Acme Bank");
    assert_eq!(names(Box::new(submission.harmed_parties())), "applicants");
    assert_eq!(names(Box::new(submission.implicated_systems())), "Scorer");

    let [cset, mit] = export.document().classifications() else {
        panic!("two taxonomies");
    };
    assert_eq!(
        answer(cset, AiidField::TangibleHarm),
        "tangible harm definitively occurred"
    );
    assert_eq!(
        answer(cset, AiidField::AiHarmLevel),
        "AI tangible harm event"
    );
    assert_eq!(answer(cset, AiidField::AutonomyLevel), Value::Null);
    let risk = "2.2. AI system security vulnerabilities and attacks";
    assert_eq!(answer(mit, AiidField::RiskSubdomain), risk);
    assert_eq!(answer(mit, AiidField::RiskDomain), "2. Privacy & Security");
    assert_eq!(answer(mit, AiidField::Entity), "Human");
    assert_eq!(answer(mit, AiidField::Intent), "Intentional");
    assert_eq!(answer(mit, AiidField::Timing), "Post-deployment");
}

#[test]
fn every_field_that_holds_something_has_a_fate() {
    let export = exported(&poisoned(), &options()).unwrap();
    let fates = [
        ("title", Direct),
        ("summary", Direct),
        ("began", Direct),
        ("kinds", Approximate),
        ("harm", Approximate),
        ("systems/0/name", Direct),
        ("systems/0/version", Unmapped),
        ("systems/0/developers", Partial),
        ("impacts/loans/affected", Partial),
        ("impacts/loans/count", Unmapped),
        ("impacts/loans/description", Unmapped),
        ("assets/weights/inProduction", Approximate),
        ("assets/weights/refs", Unmapped),
        ("severity", Unmapped),
        ("id", Unmapped),
        ("timeline", Unmapped),
    ];
    for (field, fate) in fates {
        assert_eq!(status(&export, field), Some(fate), "{field}");
    }
    assert_eq!(status(&export, "rootCause"), None);
    let fields: Vec<_> = export.losses().iter().map(|loss| &loss.field).collect();
    assert!(fields.is_sorted());
    let mut once = fields.clone();
    once.dedup();
    assert_eq!(once, fields);
}

#[test]
fn the_same_incident_gives_the_same_bytes() {
    let first = exported(&poisoned(), &options()).unwrap();
    let second = exported(&poisoned(), &options()).unwrap();
    assert_eq!(first, second);
    let bytes = first.document().to_json().unwrap();
    assert_eq!(bytes, second.document().to_json().unwrap());
    let value: Value = serde_json::from_slice(&bytes).unwrap();
    let attributes = &value["classifications"][0]["attributes"];
    assert_eq!(
        attributes[1],
        json!({"short_name": "AI Harm Level", "value_json": "\"AI tangible harm event\""})
    );
    assert_eq!(value["submission"]["developers"], json!(["Acme Models"]));
}

#[test]
fn harm_is_told_in_the_words_of_cset() {
    let tangible = AiidField::TangibleHarm.values();
    let level = AiidField::AiHarmLevel.values();
    let cases = [
        (Harm::Occurred, None, 0),
        (Harm::Occurred, Some(ImpactKind::Physical), 0),
        (Harm::Occurred, Some(ImpactKind::Rights), 4),
        (Harm::NearMiss, Some(ImpactKind::Rights), 1),
        (Harm::Issue, None, 2),
        (Harm::None, None, 3),
        (Harm::Unclear, None, 4),
    ];
    for (harm, impact, expected) in cases {
        let mut incident = opened("Rows were forged", "Forged rows.", IncidentKind::Other);
        let prevented_by = vec![text("a canary")];
        let (to, reason) = (harm, text("seen"));
        record(
            &mut incident,
            EventKind::HarmStated {
                to,
                reason,
                prevented_by,
            },
        );
        record(
            &mut incident,
            EventKind::Linked(known("12", LinkRelation::SameAs)),
        );
        if let Some(kind) = impact {
            let impact = Impact::new("it".parse().unwrap(), kind, text("something"));
            record(&mut incident, EventKind::ImpactRecorded(impact));
        }
        let export = exported(&incident, &options()).unwrap();
        let [cset] = export.document().classifications() else {
            panic!("other kinds are no risk of MIT");
        };
        assert_eq!(
            answer(cset, AiidField::TangibleHarm),
            tangible[expected],
            "{harm}"
        );
        assert_eq!(
            answer(cset, AiidField::AiHarmLevel),
            level[expected],
            "{harm}"
        );
    }
}

fn known(number: &str, relation: LinkRelation) -> Link {
    Link::new(relation, text(number)).with_system(text("AIID"))
}

#[test]
fn an_incident_that_the_database_has_becomes_a_further_report() {
    let mut incident = opened("Rows", "Rows.", IncidentKind::Other);
    let links = [
        known("12", LinkRelation::SameAs),
        known("7", LinkRelation::DuplicateOf),
        known("9", LinkRelation::Related),
        known("zero", LinkRelation::SameAs),
        Link::new(LinkRelation::SameAs, text("3")).with_system(text("AVID")),
    ];
    for link in links {
        record(&mut incident, EventKind::Linked(link));
    }
    let export = exported(&incident, &options()).unwrap();
    assert_eq!(export.document().submission().incident_ids(), [7, 12]);
    assert_eq!(export.document().submission().incident_title(), None);
    let fates: Vec<_> = (0..5)
        .map(|at| status(&export, &format!("links/{at}")).unwrap())
        .collect();
    assert_eq!(fates, [Direct, Direct, Unmapped, Unmapped, Unmapped]);
    assert_eq!(status(&export, "title"), Some(Unmapped));
}

#[test]
fn what_a_new_incident_lacks_is_listed_whole() {
    let opening = Opening::new(text("Rows"), IncidentKind::DriftData, Severity::Low);
    let opening = NewEvent::from(opening).marked(Tlp::Clear);
    let incident = Incident::open("INC-1".parse().unwrap(), opening, &by(0)).unwrap();
    let options = options()
        .with_tag("")
        .with_submitter("Al")
        .with_language("e");
    let error = exported(&incident, &options).unwrap_err();
    assert_eq!(
        faults(&error),
        [
            "/incident_title incident.aiid.length",
            "/description incident.aiid.length",
            "/developers incident.aiid.missing",
            "/deployers incident.aiid.missing",
            "/harmed_parties incident.aiid.missing",
            "/submitters/1 incident.aiid.length",
            "/language incident.aiid.length",
            "/tags/0 incident.aiid.length",
        ]
    );
}

#[test]
fn what_a_person_says_comes_before_what_the_record_says() {
    let options = options()
        .with_description("What may be told.")
        .with_choice(AiidField::AiHarmLevel, &["unclear"])
        .and_then(|it| it.with_choice(AiidField::LocationRegion, &["Europe"]))
        .and_then(|it| it.with_choice(AiidField::Entity, &["Other"]))
        .unwrap();
    let export = exported(&poisoned(), &options).unwrap();
    assert_eq!(
        export.document().submission().description(),
        Some("What may be told.")
    );
    assert_eq!(status(&export, "summary"), Some(Unmapped));
    let [cset, mit] = export.document().classifications() else {
        panic!("two taxonomies");
    };
    assert_eq!(answer(cset, AiidField::AiHarmLevel), "unclear");
    assert_eq!(answer(cset, AiidField::LocationRegion), "Europe");
    assert_eq!(answer(mit, AiidField::Entity), "Other");

    assert!(
        options
            .clone()
            .with_choice(AiidField::Entity, &["it"])
            .is_err()
    );
    let twice = options.with_choice(AiidField::Entity, &["AI"]).unwrap();
    let error = exported(&poisoned(), &twice).unwrap_err();
    assert_eq!(faults(&error), ["/attributes/1 incident.aiid.twice"]);
}

#[test]
fn days_are_as_exact_as_the_record() {
    let cases = [
        (Some(Fidelity::Year), "2026-11-16", Some(Approximate)),
        (Some(Fidelity::Month), "2026-11-16", Some(Approximate)),
        (Some(Fidelity::Day), "2026-11-16", Some(Direct)),
        (Some(Fidelity::Hour), "2026-11-16", Some(Partial)),
        (None, "2026-11-23", None),
    ];
    for (fidelity, day, fate) in cases {
        let mut incident = poisoned();
        if let Some(fidelity) = fidelity {
            let at = TimeSpec::new("2026-11-16T00:00:00Z".parse().unwrap(), fidelity);
            record(&mut incident, EventKind::Began { at });
        } else {
            incident = opened("Rows were forged", "Forged rows.", IncidentKind::Other);
            let system = AiSystem::new(text("Scorer"))
                .with_developer(text("Acme"))
                .with_deployer(text("Acme"));
            let impact = Impact::new("it".parse().unwrap(), ImpactKind::Rights, text("some"))
                .with_affected(text("applicants"));
            record(&mut incident, EventKind::SystemDescribed(system));
            record(&mut incident, EventKind::ImpactRecorded(impact));
        }
        let export = exported(&incident, &options()).unwrap();
        let date = export.document().submission().incident_date().unwrap();
        assert_eq!(date.as_str(), day);
        assert_eq!(status(&export, "began"), fate);
        let timeline = if fate.is_none() {
            Approximate
        } else {
            Unmapped
        };
        assert_eq!(status(&export, "timeline"), Some(timeline));
    }
}

#[test]
fn nothing_above_the_label_is_submitted() {
    let mut incident = poisoned();
    let secret = AiSystem::new(text("Canary system")).with_developer(text("Canary developer"));
    let secret = NewEvent::new(EventKind::SystemDescribed(secret)).marked(Tlp::Red);
    incident.record(secret, &by(2)).unwrap();
    let export = exported(&incident, &options()).unwrap();
    let bytes = export.document().to_json().unwrap();
    assert!(!String::from_utf8(bytes).unwrap().contains("Canary"));
    let told = format!("{:?}", export.losses());
    assert!(
        !told.contains("Canary") && !told.contains("systems/1"),
        "{told}"
    );
}

proptest! {
    #[test]
    fn long_texts_are_cut_and_the_cut_is_listed(summary in "[a-z\u{1f512} ]{440,560}") {
        let mut incident = poisoned();
        let opening = opened("Rows were forged", &format!("x{summary}"), IncidentKind::Other);
        let events: Vec<_> = incident.timeline()[1..].iter().map(|it| it.kind().clone()).collect();
        incident = opening;
        for event in events {
            record(&mut incident, event);
        }
        let export = exported(&incident, &options()).unwrap();
        let told = export.document().submission().description().unwrap();
        let whole = format!("x{summary}");
        let fits = whole.encode_utf16().count() <= 500;
        assert!(told.encode_utf16().count() <= 500);
        assert_eq!(status(&export, "summary"), Some(if fits { Direct } else { Partial }));
        assert_eq!(told == whole, fits);
        assert!(whole.starts_with(told.trim_end_matches('\u{2026}')));
    }
}
