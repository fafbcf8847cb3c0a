use std::fs;

use modelward_artifact::{Digest, Finding, JsonLimits, Party, Verdict};
use modelward_audit::{
    AffectedAssets, Answer, Decision, GateEvidence, GateReport, ReleaseGate, Rule,
};
use modelward_bom::{GenerateOptions, generate};
use modelward_incident::log::Context;
use modelward_incident::{
    AffectedAsset, AssetKind, AssetRef, CloseOutcome, EventKind, Incident, IncidentKind, Opening,
    Phase, PostIncidentReview, RootCause, Severity,
};
use modelward_rmf::{Assessment, Attainment, Subject};

use crate::road::{Road, hash, jo, now, rated};

#[track_caller]
fn comes_to(report: &GateReport, decision: Decision, rule: Rule, code: &str) {
    assert_eq!(report.decision(), decision, "{report}");
    let outcome = report.rule(rule).expect("every rule is applied");
    let codes: Vec<&str> = outcome.reasons().iter().map(Finding::code).collect();
    assert!(codes.contains(&code), "{codes:?}");
    for other in report.rules().iter().filter(|other| other.rule() != rule) {
        assert_eq!(other.answer(), Answer::Pass, "{report}");
    }
}

fn by() -> Context {
    Context::new(now(), Party::new("Jo Example").unwrap())
}

fn incident(asset: AssetRef) -> Incident {
    let kind = IncidentKind::ModelFailurePerformance;
    let opening = Opening::new("trouble".parse().unwrap(), kind, Severity::High);
    let mut incident = Incident::open("INC-1".parse().unwrap(), opening, &by()).unwrap();
    let affected = AffectedAsset::new(
        "it".parse().unwrap(),
        AssetKind::Model,
        "it".parse().unwrap(),
    );
    let affected = EventKind::AssetRecorded(affected.with_ref(asset));
    incident.record(affected, &by()).unwrap();
    incident
}

#[test]
fn a_model_of_which_all_is_known_and_good_goes() {
    let road = Road::good();
    let report = road.decide();
    assert_eq!(report.decision(), Decision::Go, "{report}");
    assert_eq!(report.decision().exit_code(), 0);
    assert_eq!(report.root(), Some(&road.manifest.root()));
    assert_eq!(report.rules().len(), Rule::ALL.len());
}

#[test]
fn what_is_not_given_is_never_a_pass() {
    let road = Road::good();
    let blind = road.decide_with(&GateEvidence::default());
    assert_eq!(blind.decision(), Decision::CannotTell);
    assert!(
        blind
            .rules()
            .iter()
            .all(|outcome| outcome.answer() == Answer::Unknown)
    );

    let assessment = road.assessment.as_ref().unwrap();
    let all_but_incidents = GateEvidence::default()
        .with_verification(&road.verdict)
        .with_bom(&road.bom)
        .with_supply_chain(&road.lineage, &road.affected)
        .with_assessment(assessment);
    let report = road.decide_with(&all_but_incidents);
    comes_to(
        &report,
        Decision::CannotTell,
        Rule::Incidents,
        "gate.incidents.none",
    );

    let all_but_bom = GateEvidence::default()
        .with_verification(&road.verdict)
        .with_supply_chain(&road.lineage, &road.affected)
        .with_assessment(assessment)
        .with_incidents(&road.incidents);
    let report = road.decide_with(&all_but_bom);
    comes_to(
        &report,
        Decision::CannotTell,
        Rule::Inventory,
        "gate.inventory.none",
    );

    let all_but_chain = GateEvidence::default()
        .with_verification(&road.verdict)
        .with_bom(&road.bom)
        .with_assessment(assessment)
        .with_incidents(&road.incidents);
    let report = road.decide_with(&all_but_chain);
    comes_to(
        &report,
        Decision::CannotTell,
        Rule::SupplyChain,
        "gate.supply_chain.none",
    );
}

#[test]
fn without_an_assessment_the_gate_cannot_tell() {
    let mut road = Road::good();
    road.assessment = None;
    comes_to(
        &road.decide(),
        Decision::CannotTell,
        Rule::Assessment,
        "gate.assessment.none",
    );
}

#[test]
fn ratings_decide_from_go_to_no_go() {
    let cases = [
        (Attainment::Met, Decision::Go, "gate.assessment.met"),
        (
            Attainment::PartiallyMet,
            Decision::GoWithConditions,
            "gate.assessment.partially_met",
        ),
        (
            Attainment::NotMet,
            Decision::NoGo,
            "gate.assessment.not_met",
        ),
    ];
    for (rating, decision, code) in cases {
        let mut road = Road::good();
        let first = ReleaseGate::default().required().next();
        road.assess(|subcategory| {
            if Some(subcategory) == first {
                rating
            } else {
                Attainment::Met
            }
        });
        comes_to(&road.decide(), decision, Rule::Assessment, code);
    }
}

#[test]
fn an_assessment_counts_for_the_files_that_it_names() {
    let assess = |subject: Subject, all: &ReleaseGate| {
        all.required()
            .skip(1)
            .fold(Assessment::builder(subject, jo(), now()), |builder, id| {
                builder.rate(id, rated(Attainment::Met))
            })
            .build()
            .unwrap()
    };
    let gate = ReleaseGate::default();
    let mut road = Road::good();
    let root = road.manifest.root();
    road.assessment = Some(assess(Subject::new("m").unwrap().with_digest(root), &gate));
    let code = "gate.assessment.not_assessed";
    comes_to(&road.decide(), Decision::CannotTell, Rule::Assessment, code);

    let some = ReleaseGate::requiring(gate.required().skip(1));
    let cases = [
        (Some(root), Decision::Go, "gate.assessment.same"),
        (None, Decision::GoWithConditions, "gate.assessment.unbound"),
        (
            Some(Digest::sha256(b"x")),
            Decision::CannotTell,
            "gate.assessment.other_version",
        ),
    ];
    for (digest, decision, code) in cases {
        let subject = Subject::new("m").unwrap();
        let subject = digest.map_or(subject.clone(), |digest| subject.with_digest(digest));
        road.assessment = Some(assess(subject, &gate));
        let report = some.decide("model", &road.evidence(), now());
        comes_to(&report, decision, Rule::Assessment, code);
    }
}

#[test]
fn a_refused_signature_is_no_go_with_every_finding() {
    let mut road = Road::good();
    let finding = Finding::new("sign.file.changed", "another digest").about("weights.bin");
    road.verdict = Verdict::Rejected(finding.clone().into());
    let report = road.decide();
    assert_eq!(report.decision(), Decision::NoGo);
    assert_eq!(report.decision().exit_code(), 1);
    assert_eq!(report.rule(Rule::Signature).unwrap().reasons(), [finding]);
    assert_eq!(report.root(), None);
}

#[test]
fn an_ml_bom_of_other_files_is_no_go() {
    let mut road = Road::good();
    fs::write(road.folder.path().join("weights.bin"), "other").unwrap();
    let other = hash(road.folder.path());
    let options = GenerateOptions::default()
        .with_version("1.0.0")
        .with_supplier("Acme");
    road.bom = generate(road.folder.path(), &other, &options)
        .unwrap()
        .into_bom();
    comes_to(
        &road.decide(),
        Decision::NoGo,
        Rule::Inventory,
        "gate.inventory.missing",
    );
}

#[test]
fn unknown_elements_are_conditions() {
    let mut road = Road::good();
    let options = GenerateOptions::default().with_supplier("Acme");
    road.bom = generate(road.folder.path(), &road.manifest, &options)
        .unwrap()
        .into_bom();
    let report = road.decide();
    comes_to(
        &report,
        Decision::GoWithConditions,
        Rule::Inventory,
        "bom.unknown.version",
    );
    assert_eq!(report.decision().exit_code(), 3);
}

#[test]
fn an_affected_base_model_is_no_go_and_explained() {
    let mut road = Road::good();
    let asset = AssetRef::purl("pkg:huggingface/acme/base").unwrap();
    road.affected = AffectedAssets::new().with(asset, "backdoored");
    let report = road.decide();
    comes_to(
        &report,
        Decision::NoGo,
        Rule::SupplyChain,
        "gate.supply_chain.affected",
    );
    let reason = &report.rule(Rule::SupplyChain).unwrap().reasons()[0];
    assert_eq!(
        reason.message(),
        "affected (backdoored): model -derived from-> pkg:huggingface/acme/base"
    );
}

#[test]
fn open_incidents_on_the_model_or_its_parts_are_no_go() {
    let mut road = Road::good();
    let assets = [
        AssetRef::Digest(road.manifest.root()),
        AssetRef::Digest(Digest::sha256(b"weights")),
        AssetRef::bom_ref("dataset:acme/reviews").unwrap(),
        AssetRef::purl("pkg:huggingface/acme/base").unwrap(),
    ];
    for asset in assets {
        road.incidents = vec![incident(asset)];
        comes_to(
            &road.decide(),
            Decision::NoGo,
            Rule::Incidents,
            "gate.incidents.open",
        );
    }
    road.incidents = vec![incident(AssetRef::purl("pkg:pypi/elsewhere").unwrap())];
    assert_eq!(road.decide().decision(), Decision::Go);
}

#[test]
fn a_closed_incident_does_not_stop_a_release() {
    let mut road = Road::good();
    let mut closed = incident(AssetRef::Digest(road.manifest.root()));
    let on = || "on".parse().unwrap();
    let step = |to| EventKind::PhaseChanged { to, reason: on() };
    let cause = RootCause::Known { cause: on() };
    for event in [
        step(Phase::Containment),
        step(Phase::Eradication),
        EventKind::RootCauseStated(cause),
        step(Phase::Recovery),
        EventKind::RecoveryWaived { why: on() },
        step(Phase::PostIncident),
        EventKind::ReviewHeld(PostIncidentReview::new(on())),
        EventKind::Closed {
            outcome: CloseOutcome::Resolved,
            reason: on(),
        },
    ] {
        closed.record(event, &by()).unwrap();
    }
    road.incidents = vec![closed.clone()];
    assert_eq!(road.decide().decision(), Decision::Go);

    // What is withheld of a record may be that it was reopened.
    let mut record: serde_json::Value = serde_json::from_slice(&closed.to_json().unwrap()).unwrap();
    record["withheld"] = serde_json::json!([closed.timeline().len()]);
    let limits = JsonLimits::default();
    let partial = Incident::from_json(record.to_string().as_bytes(), &limits).unwrap();
    assert!(partial.is_partial() && !partial.is_open());
    road.incidents = vec![partial];
    comes_to(
        &road.decide(),
        Decision::CannotTell,
        Rule::Incidents,
        "gate.incidents.partial",
    );
}

#[test]
fn a_report_is_short_text_and_stable_json() {
    let mut road = Road::good();
    road.assessment = None;
    let report = road.decide();
    let text = report.to_string();
    assert!(
        text.starts_with("model: cannot tell\n  signature     pass\n"),
        "{text}"
    );
    assert!(
        text.contains("  assessment    unknown\n    no assessment was given"),
        "{text}"
    );
    assert_eq!(report.to_json(), road.decide().to_json());
    let json: serde_json::Value = serde_json::from_slice(&report.to_json()).unwrap();
    assert_eq!(json["schema"], "modelward.release-gate/1");
    assert_eq!(json["decision"], "cannot-tell");
    assert_eq!(json["decidedAt"], "2026-11-23T10:00:00Z");
    assert_eq!(json["rules"][3]["answer"], "unknown");
}
