use std::collections::BTreeSet;

use modelward_artifact::{Digest, Party};
use modelward_incident::export::LossStatus::{self, Approximate, Direct, Partial, Unmapped};
use modelward_incident::export::oecd::{OecdForm, dimension, form, label, strict};
use modelward_incident::export::{Export, ExportError};
use modelward_incident::{
    ActionKind, AffectedAsset, AiSystem, AssetKind, AssetRef, Custody, CustodyAction, EventKind,
    Evidence, Harm, Impact, ImpactKind, Incident, IncidentKind, Link, LinkRelation, NewEvent,
    OecdCriterion, OecdSeverity, Opening, ResponseAction, Severity, Stage, TimeSpec, Tlp,
};
use serde_json::Value;

use crate::{by, shared_json, text, weights};

fn criterion(number: u8) -> OecdCriterion {
    OecdCriterion::new(number).expect("a criterion")
}

fn record(incident: &mut Incident, event: EventKind) {
    let event = NewEvent::new(event).marked(Tlp::Clear);
    incident.record(event, &by(1)).expect("an event");
}

fn bare() -> Incident {
    let kind = IncidentKind::AdversarialDataPoisoning;
    let opening = Opening::new(text("Rows were forged"), kind, Severity::Critical);
    let opening = NewEvent::from(opening).marked(Tlp::Clear);
    Incident::open("INC-1".parse().unwrap(), opening, &by(0)).expect("an incident")
}

fn answered(number: u8, answer: &str) -> EventKind {
    EventKind::OecdAnswered {
        criterion: criterion(number),
        answer: text(answer),
    }
}

fn severity(to: OecdSeverity) -> EventKind {
    let reason = text("many were refused");
    EventKind::OecdSeverityStated { to, reason }
}

fn impact(id: &str, kind: ImpactKind) -> Impact {
    Impact::new(
        id.parse().unwrap(),
        kind,
        text(&format!("{id} were refused")),
    )
}

fn whole() -> Incident {
    let kind = IncidentKind::AdversarialDataPoisoning;
    let opening = Opening::new(text("Rows | were *forged*"), kind, Severity::Critical)
        .with_summary(text("Forged rows.\nThe scorer erred."));
    let opening = NewEvent::from(opening).marked(Tlp::Clear);
    let mut incident = Incident::open("INC-1".parse().unwrap(), opening, &by(0)).unwrap();
    let system = AiSystem::new(text("Scorer"))
        .with_version(text("3"))
        .with_purpose(text("credit scores"))
        .with_developer(text("Acme Models"))
        .with_deployer(text("Acme Bank"));
    let rows = AffectedAsset::new("rows".parse().unwrap(), AssetKind::Dataset, text("loans"))
        .with_ref(AssetRef::purl("pkg:huggingface/acme/loans@1").unwrap());
    let at = "2026-11-20T08:00:00Z".parse().unwrap();
    let jo = Party::new("Jo Example").unwrap();
    let shard = Evidence::new(
        "shard".parse().unwrap(),
        text("forged shard"),
        (Digest::sha256(b"shard"), 5),
        Custody::new(at, jo, CustodyAction::Collected),
    );
    let freeze = ResponseAction::new(
        "freeze".parse().unwrap(),
        Stage::Containment,
        ActionKind::FreezeTraining,
        text("no training"),
    );
    for event in [
        EventKind::SystemDescribed(system),
        EventKind::AssetRecorded(weights()),
        EventKind::AssetRecorded(rows),
        EventKind::EvidenceCollected(shard),
        EventKind::Linked(Link::new(
            LinkRelation::Source,
            text("https://example.org/a"),
        )),
        EventKind::ImpactRecorded(
            impact("loans", ImpactKind::Economic)
                .with_affected(text("applicants"))
                .with_count(120),
        ),
        EventKind::ImpactRecorded(impact("rights", ImpactKind::Rights)),
        EventKind::ImpactRecorded(impact("answers", ImpactKind::Integrity)),
        EventKind::HarmStated {
            to: Harm::Occurred,
            reason: text("seen"),
            prevented_by: vec![],
        },
        EventKind::Began {
            at: TimeSpec::exact(at),
        },
        EventKind::ActionTaken(freeze),
        severity(OecdSeverity::SeriousIncident),
        answered(6, "Atlantis"),
        answered(14, "their families"),
    ] {
        record(&mut incident, event);
    }
    incident
}

fn made(incident: &Incident) -> Export<OecdForm> {
    form(&incident.release(Tlp::Clear).unwrap(), None)
}

fn fate(export: &Export<OecdForm>, field: &str) -> Option<LossStatus> {
    let mut losses = export.losses().iter();
    losses
        .find(|loss| loss.field == field)
        .map(|loss| loss.status)
}

#[test]
fn a_form_has_a_row_for_each_criterion() {
    let export = made(&whole());
    let expected: [(u8, LossStatus, &[&str]); 29] = [
        (1, Direct, &["Rows | were *forged*"]),
        (2, Direct, &["Forged rows.\nThe scorer erred."]),
        (3, Approximate, &["adversarial/data-poisoning"]),
        (4, Approximate, &["Jo Example"]),
        (5, Direct, &["2026-11-20T08:00:00Z"]),
        (6, Direct, &["Atlantis"]),
        (7, Partial, &["source: https://example.org/a", "*"]),
        (8, Direct, &["Scorer 3"]),
        (
            9,
            Direct,
            &["developer: Acme Models", "deployer: Acme Bank"],
        ),
        (10, Direct, &["serious incident"]),
        (
            11,
            Partial,
            &[
                "integrity",
                "economic or property",
                "human or fundamental rights",
                "harm: occurred",
            ],
        ),
        (12, Direct, &["120: loans were refused"]),
        (13, Approximate, &["adversarial/data-poisoning"]),
        (14, Direct, &["their families", "applicants"]),
        (15, Direct, &["rights were refused"]),
        (16, Unmapped, &[]),
        (17, Unmapped, &[]),
        (18, Unmapped, &[]),
        (19, Unmapped, &[]),
        (20, Unmapped, &[]),
        (21, Direct, &["loans: pkg:huggingface/acme/loans@1"]),
        (22, Direct, &["acme/base: pkg:huggingface/acme/base@4f2c"]),
        (23, Unmapped, &[]),
        (24, Unmapped, &[]),
        (25, Approximate, &["credit scores"]),
        (26, Unmapped, &[]),
        (27, Direct, &["containment: no training (ordered)"]),
        (28, Unmapped, &[]),
        (
            29,
            Direct,
            &[
                "adversarial/data-poisoning: NISTAML.013, AML.T0020",
                "determination: suspected",
                "severity on a scale of the submitter: critical",
                "integrity: answers were refused",
            ],
        ),
    ];
    let form = export.document();
    assert_eq!(form.rows().len(), 29);
    for (number, status, answers) in expected {
        let row = form.row(criterion(number));
        assert_eq!(row.criterion().number(), number);
        assert_eq!(row.status(), status, "{number}");
        assert_eq!(
            row.answers().len(),
            answers.len(),
            "{number}: {:?}",
            row.answers()
        );
        for (answer, expected) in row.answers().iter().zip(answers) {
            assert!(answer == expected || *expected == "*", "{number}: {answer}");
        }
    }
    assert_eq!(form.missing().count(), 0);
}

#[test]
fn severity_is_stated_by_a_person_or_missing() {
    let mut incident = bare();
    record(&mut incident, answered(10, "serious incident"));
    let export = made(&incident);
    let row = export.document().row(criterion(10));
    assert!(row.answers().is_empty());
    assert_eq!(fate(&export, "oecdAnswers/10"), Some(Unmapped));
    for value in OecdSeverity::ALL {
        record(&mut incident, severity(value));
        let export = made(&incident);
        let row = export.document().row(criterion(10));
        assert_eq!(
            (row.answers(), row.status()),
            (&[value.name().to_owned()][..], Direct)
        );
        assert_eq!(fate(&export, "oecdSeverity"), Some(Direct));
    }
}

#[test]
fn what_is_missing_is_listed_and_refused_where_asked() {
    let mut incident = bare();
    let released = incident.release(Tlp::Clear).unwrap();
    let jo = Party::new("Jo Example").unwrap();
    let lenient = form(&released, Some(&jo));
    let missing: Vec<u8> = lenient
        .document()
        .missing()
        .map(OecdCriterion::number)
        .collect();
    assert_eq!(missing, [2, 7, 10, 11]);
    let error = strict(&released, Some(&jo)).unwrap_err();
    assert_eq!(error.code(), "incident.export.missing");
    let ExportError::Missing { missing } = error else {
        panic!("what is missing");
    };
    assert_eq!(
        missing,
        [
            "criterion 2, What happened",
            "criterion 7, Supporting material",
            "criterion 10, Severity",
            "criterion 11, Kind of harm",
        ]
    );
    for event in [
        answered(2, "Rows were forged."),
        answered(7, "https://example.org"),
        answered(11, "economic"),
        severity(OecdSeverity::Hazard),
    ] {
        record(&mut incident, event);
    }
    let released = incident.release(Tlp::Clear).unwrap();
    let whole = strict(&released, Some(&jo)).expect("nothing is missing");
    assert_eq!(whole.document().row(criterion(4)).answers(), ["Jo Example"]);
}

#[test]
fn an_answer_of_a_person_keeps_what_is_only_near_to_it_away() {
    let mut incident = bare();
    let before = made(&incident);
    assert_eq!(fate(&before, "kinds"), Some(Direct));
    record(&mut incident, answered(3, "It learned from forged rows."));
    record(&mut incident, answered(1, "Forged rows"));
    let export = made(&incident);
    let row = export.document().row(criterion(3));
    assert_eq!(row.answers(), ["It learned from forged rows."]);
    assert_eq!((row.status(), row.note()), (Direct, "answered by a person"));
    let title = export.document().row(criterion(1));
    assert_eq!(title.answers(), ["Forged rows", "Rows were forged"]);
}

#[test]
fn harm_that_did_not_come_is_an_answer() {
    let cases = [
        (Harm::Unclear, None, vec![]),
        (Harm::Occurred, None, vec![]),
        (Harm::NearMiss, None, vec!["harm: near-miss"]),
        (Harm::Issue, None, vec!["harm: issue"]),
        (Harm::None, None, vec!["harm: none"]),
        (Harm::Unclear, Some(ImpactKind::Physical), vec!["physical"]),
        (
            Harm::NearMiss,
            Some(ImpactKind::Physical),
            vec!["physical", "harm: near-miss"],
        ),
        (
            Harm::Occurred,
            Some(ImpactKind::Integrity),
            vec!["integrity", "harm: occurred"],
        ),
    ];
    for (to, kind, expected) in cases {
        let mut incident = bare();
        let (reason, prevented_by) = (text("seen"), vec![text("a canary")]);
        record(
            &mut incident,
            EventKind::HarmStated {
                to,
                reason,
                prevented_by,
            },
        );
        if let Some(kind) = kind {
            record(&mut incident, EventKind::ImpactRecorded(impact("it", kind)));
        }
        let export = made(&incident);
        assert_eq!(
            export.document().row(criterion(11)).answers(),
            expected,
            "{to}"
        );
    }
}

#[test]
fn every_field_that_holds_something_has_a_fate() {
    let export = made(&whole());
    let fates = [
        ("title", Direct),
        ("began", Direct),
        ("evidence/shard/digests", Direct),
        ("evidence/shard/custody", Unmapped),
        ("links/0", Direct),
        ("systems/0/version", Direct),
        ("systems/0/purpose", Approximate),
        ("impacts/loans/affected", Direct),
        ("impacts/answers/kind", Approximate),
        ("impacts/answers/description", Direct),
        ("assets/rows/refs", Direct),
        ("assets/weights/compromise", Unmapped),
        ("actions/freeze", Partial),
        ("oecdAnswers/6", Direct),
        ("id", Unmapped),
        ("phase", Unmapped),
    ];
    for (field, expected) in fates {
        assert_eq!(fate(&export, field), Some(expected), "{field}");
    }
    assert_eq!(fate(&export, "review"), None);
}

#[test]
fn nothing_above_the_label_is_in_a_form() {
    let mut incident = whole();
    for (event, tlp) in [
        (
            EventKind::Noted {
                text: text("Canary note"),
            },
            Tlp::Red,
        ),
        (answered(16, "Canary principle"), Tlp::Green),
        (severity(OecdSeverity::Disaster), Tlp::Amber),
    ] {
        incident
            .record(NewEvent::new(event).marked(tlp), &by(2))
            .unwrap();
    }
    let export = made(&incident);
    let json = String::from_utf8(export.document().to_json().unwrap()).unwrap();
    for told in [
        json,
        export.document().to_markdown(),
        format!("{:?}", export.losses()),
    ] {
        assert!(
            !told.contains("Canary") && !told.contains("disaster"),
            "{told}"
        );
    }
}

#[test]
fn a_form_is_written_as_json() {
    let export = made(&bare());
    let bytes = export.document().to_json().unwrap();
    assert_eq!(bytes, made(&bare()).document().to_json().unwrap());
    let value: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(value["schema"], "modelward.oecd-form/1");
    assert_eq!(value["incident"], "INC-1");
    assert_eq!(value["missing"], serde_json::json!([2, 7, 10, 11]));
    let row = &value["criteria"][9];
    assert_eq!(
        (&row["number"], &row["mandatory"]),
        (&10.into(), &true.into())
    );
    assert_eq!(
        (&row["status"], &row["dimension"]),
        (&"unmapped".into(), &"Harm details".into())
    );
}

#[test]
fn a_form_is_written_as_tables_without_markup_from_outside() {
    let mut incident = whole();
    let hostile =
        "# <script>alert(1)</script> [x](https://example.org) `a` www.example.org jo@example.org";
    record(&mut incident, answered(26, hostile));
    record(&mut incident, answered(24, "a\u{202e}b"));
    let text = made(&incident).document().to_markdown();
    assert!(text.starts_with("# Incident INC-1: form of the OECD\n\nEvery mandatory"));
    assert_eq!(text.matches("\n## ").count(), 8);
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("| ")).collect();
    assert_eq!(rows.len(), 8 + 29);
    for row in rows {
        let cells = row.replace(r"\|", "").matches('|').count();
        assert_eq!(cells, 6, "{row}");
    }
    assert!(text.contains(r"Rows \| were \*forged\*"));
    assert!(text.contains("Forged rows.<br>The scorer erred."));
    assert!(text.contains(
        r"\# &lt;script&gt;alert(1)&lt;/script&gt; \[x\](https\://example.org) \`a\` www\.example.org jo\@example.org"
    ));
    assert!(text.contains(r"a\\u{202e}b"));
    assert!(text.contains(r"| 10\* | Severity | serious incident | direct |"));
    let missing = made(&bare()).document().to_markdown();
    assert!(missing.contains("without an answer: **2, 7, 10, 11**."));
}

#[test]
fn labels_are_our_own_and_dimensions_those_of_the_framework() {
    let labels: BTreeSet<_> = OecdCriterion::all().map(label).collect();
    assert_eq!(labels.len(), 29);
    let Some(published) = shared_json("incident/derived/oecd_29_criteria.json") else {
        return;
    };
    let mandatory: Vec<u8> = OecdCriterion::all()
        .filter(|it| it.is_mandatory())
        .map(OecdCriterion::number)
        .collect();
    assert_eq!(published["mandatory"], serde_json::json!(mandatory));
    assert_eq!(published["criteria"].as_object().unwrap().len(), 29);
    let severities = OecdSeverity::ALL.map(OecdSeverity::name);
    assert_eq!(published["severity_values"], serde_json::json!(severities));
    let mut ranges: Vec<(u8, u8)> = Vec::new();
    for range in published["dimension_of"].as_object().unwrap().keys() {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        ranges.push((first.parse().unwrap(), last.parse().unwrap()));
    }
    ranges.sort_unstable();
    assert_eq!(ranges.len(), 8);
    let named: BTreeSet<_> = OecdCriterion::all().map(dimension).collect();
    assert_eq!(named.len(), 8);
    for (first, last) in ranges {
        let named: BTreeSet<_> = (first..=last).map(|it| dimension(criterion(it))).collect();
        assert_eq!(named.len(), 1, "{first} to {last}");
    }
}
