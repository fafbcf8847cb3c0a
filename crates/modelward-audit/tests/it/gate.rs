use std::fs;

use modelward_artifact::{Digest, Finding, JsonLimits, Party, Verdict};
use modelward_audit::{
    AffectedAssets, Decision, PolicyAnswer, PolicyOutcome, PolicyRule, ReleaseReport,
};
use modelward_bom::{GenerateOptions, generate};
use modelward_incident::log::Context;
use modelward_incident::{
    AffectedAsset, AssetKind, AssetRef, CloseOutcome, EventKind, Incident, IncidentKind, Opening,
    Phase, PostIncidentReview, RootCause, Severity,
};
use modelward_rmf::{Assessment, AssessmentBuilder, Attainment, Subject};

use crate::policy::codes;
use crate::road::{REQUIRED, Road, decide, five_rules, hash, jo, now, rated, required};

/// The number of rules that are asked here.
const RULES: usize = 5;

#[track_caller]
fn comes_to(report: &ReleaseReport, decision: Decision, rule: PolicyRule, code: &str) {
    assert_eq!(report.decision(), decision, "{report}");
    assert!(codes(report, rule).contains(&code), "{code}: {report}");
    for other in report.rules().iter().filter(|other| other.rule() != rule) {
        assert_eq!(other.answer(), PolicyAnswer::Pass, "{report}");
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
    assert_eq!(*report.root(), road.manifest.root());
    assert_eq!(report.rules().len(), RULES);
}

#[test]
fn what_is_not_given_is_never_a_pass() {
    let road = Road::good();
    let blind = road.decide_with(&road.nothing());
    assert_eq!(blind.decision(), Decision::CannotTell);
    let answers = blind.rules().iter().map(PolicyOutcome::answer);
    assert_eq!(
        answers.collect::<Vec<_>>(),
        [PolicyAnswer::CannotTell; RULES]
    );

    let assessment = road.assessment.as_ref().unwrap();
    let signed = road.nothing().with_verification(&road.verdict);
    let base = signed.with_assessment(assessment);
    let chain = base
        .with_lineage(&road.lineage)
        .with_affected(&road.affected);
    let cases = [
        (
            chain.with_bom(&road.bom),
            PolicyRule::Incidents,
            "policy.incidents.none",
        ),
        (
            chain.with_incidents(&road.incidents),
            PolicyRule::Bom,
            "policy.bom.none",
        ),
        (
            base.with_bom(&road.bom)
                .with_lineage(&road.lineage)
                .with_incidents(&road.incidents),
            PolicyRule::SupplyChain,
            "policy.supply_chain.none",
        ),
    ];
    for (evidence, rule, code) in cases {
        let report = road.decide_with(&evidence);
        comes_to(&report, Decision::CannotTell, rule, code);
    }
}

#[test]
fn without_a_lineage_nobody_knows_what_the_model_is_made_of() {
    let mut road = Road::good();
    let assessment = road.assessment.clone().unwrap();
    let base = AssetRef::purl("pkg:huggingface/acme/base").unwrap();
    road.affected = AffectedAssets::new().with(base.clone(), "backdoored");
    road.incidents = vec![incident(base)];
    let without = |road: &Road| {
        let evidence = road.nothing().with_verification(&road.verdict);
        let evidence = evidence.with_bom(&road.bom).with_assessment(&assessment);
        let evidence = evidence.with_affected(&road.affected);
        road.decide_with(&evidence.with_incidents(&road.incidents))
    };
    let report = without(&road);
    assert_eq!(report.decision(), Decision::CannotTell, "{report}");
    let found = codes(&report, PolicyRule::SupplyChain);
    assert_eq!(found, ["policy.supply_chain.none"]);
    let found = codes(&report, PolicyRule::Incidents);
    assert_eq!(found[0], "policy.incidents.no_lineage");

    // What names the files themselves is found all the same.
    let model = AssetRef::Digest(road.manifest.root());
    road.affected = AffectedAssets::new().with(model.clone(), "recalled");
    road.incidents = vec![incident(model)];
    let report = without(&road);
    assert_eq!(report.decision(), Decision::NoGo, "{report}");
    let found = codes(&report, PolicyRule::SupplyChain);
    assert_eq!(found[0], "policy.supply_chain.affected");
    let found = codes(&report, PolicyRule::Incidents);
    assert_eq!(found[0], "policy.incidents.open");
}

#[test]
fn without_an_assessment_the_gate_cannot_tell() {
    let mut road = Road::good();
    road.assessment = None;
    comes_to(
        &road.decide(),
        Decision::CannotTell,
        PolicyRule::Subcategories,
        "policy.subcategories.none",
    );
}

#[test]
fn ratings_decide_from_go_to_no_go() {
    let cases = [
        (Attainment::Met, Decision::Go, "policy.subcategories.rated"),
        (
            Attainment::PartiallyMet,
            Decision::GoWithConditions,
            "policy.subcategories.in_part",
        ),
        (
            Attainment::NotMet,
            Decision::NoGo,
            "policy.subcategories.below",
        ),
    ];
    for (rating, decision, code) in cases {
        let mut road = Road::good();
        let first = required().next();
        road.assess(|subcategory| {
            if Some(subcategory) == first {
                rating
            } else {
                Attainment::Met
            }
        });
        comes_to(&road.decide(), decision, PolicyRule::Subcategories, code);
    }
}

#[test]
fn an_assessment_counts_for_the_files_that_it_names() {
    let assess = |subject: Subject| {
        let builder = Assessment::builder(subject, jo(), now());
        let all_but_one = required().skip(1);
        let rate = |builder: AssessmentBuilder, id| builder.rate(id, rated(Attainment::Met));
        all_but_one.fold(builder, rate).build().unwrap()
    };
    let mut road = Road::good();
    let root = road.manifest.root();
    road.assessment = Some(assess(Subject::new("m").unwrap().with_digest(root)));
    comes_to(
        &road.decide(),
        Decision::CannotTell,
        PolicyRule::Subcategories,
        "policy.subcategories.not_assessed",
    );

    let some = five_rules(&REQUIRED[1..]);
    let cases = [
        (Some(root), Decision::Go, "policy.subcategories.rated"),
        (None, Decision::GoWithConditions, "policy.subject.unbound"),
        (
            Some(Digest::sha256(b"x")),
            Decision::CannotTell,
            "policy.subject.other",
        ),
    ];
    for (digest, decision, code) in cases {
        let subject = Subject::new("m").unwrap();
        let subject = digest.map_or(subject.clone(), |digest| subject.with_digest(digest));
        road.assessment = Some(assess(subject));
        let report = decide(&some, &road.evidence());
        comes_to(&report, decision, PolicyRule::Subcategories, code);
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
    let reasons = report.rule(PolicyRule::Signature).unwrap().reasons();
    let found = reasons.iter().find(|reason| *reason.finding() == finding);
    assert_eq!(found.unwrap().answer(), PolicyAnswer::Fail);
    let found = codes(&report, PolicyRule::Signature);
    assert!(found.contains(&"policy.signature.rejected"), "{report}");
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
        PolicyRule::Bom,
        "policy.bom.unlisted",
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
        PolicyRule::Bom,
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
        PolicyRule::SupplyChain,
        "policy.supply_chain.affected",
    );
    let reason = &report.rule(PolicyRule::SupplyChain).unwrap().reasons()[0];
    assert_eq!(
        reason.finding().message(),
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
            PolicyRule::Incidents,
            "policy.incidents.open",
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
        PolicyRule::Incidents,
        "policy.incidents.partial",
    );
}

#[test]
fn a_report_is_short_text_and_stable_json() {
    let mut road = Road::good();
    road.assessment = None;
    let report = road.decide();
    let text = report.to_string();
    let name = report.model();
    assert!(
        text.starts_with(&format!(
            "{name}: cannot tell (release)\n  signature      pass\n"
        )),
        "{text}"
    );
    let line = "    cannot tell: MANAGE 1.1: no assessment that states it was given";
    assert!(
        text.contains(&format!("  subcategories  cannot tell\n{line}")),
        "{text}"
    );
    assert_eq!(report.to_json(), road.decide().to_json());
    let json: serde_json::Value = serde_json::from_slice(&report.to_json()).unwrap();
    assert_eq!(json["schema"], "modelward.release-report/1");
    assert_eq!(json["decision"], "cannot-tell");
    assert_eq!(json["decidedAt"], "2026-11-23T10:00:00Z");
    assert_eq!(json["rules"][3]["answer"], "cannot-tell");
}
