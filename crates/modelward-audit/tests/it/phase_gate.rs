use modelward_artifact::Digest;
use modelward_audit::{Decision, GateEvidence, ReleaseGate, Rule};
use modelward_rmf::{
    Assessment, Attainment, EvidenceDemand, GateInputs, GatePolicy, Phase, PhaseGateReport,
    Requirement, Subject,
};

use crate::road::{Road, jo, now, rated};

fn subject(road: &Road) -> Subject {
    let subject = Subject::new("model").unwrap();
    subject.with_digest(road.manifest.root())
}

/// An assessment in which the one thing that the policy below asks for is rated so.
fn assessment(subject: Subject, attainment: Attainment) -> Assessment {
    let builder = Assessment::builder(subject, jo(), now());
    let id = "MANAGE 1.4".parse().unwrap();
    builder.rate(id, rated(attainment)).build().unwrap()
}

fn judge(phase: Phase, assessment: &Assessment) -> PhaseGateReport {
    let met = Requirement::attainment("MANAGE 1.4".parse().unwrap(), Attainment::Met);
    let partly = Requirement::attainment("MANAGE 1.4".parse().unwrap(), Attainment::PartiallyMet);
    let [id, version] = ["org.release", "1"];
    let title = "Release".parse().unwrap();
    let policy = GatePolicy::builder(id.parse().unwrap(), version.parse().unwrap(), title, phase)
        .require(met.as_condition())
        .require(partly)
        .evidence(EvidenceDemand::NotAsked)
        .without_risks()
        .build()
        .unwrap();
    let inputs = GateInputs::new(assessment.subject()).with_assessment(assessment);
    policy.evaluate(&inputs, now())
}

#[track_caller]
fn comes_to(road: &Road, evidence: &GateEvidence<'_>, decision: Decision, code: &str) {
    let report = road.decide_with(evidence);
    assert_eq!(report.decision(), decision, "{report}");
    let reasons = report.rule(Rule::Assessment).unwrap().reasons();
    assert!(reasons.iter().any(|it| it.code() == code), "{report}");
}

#[test]
fn what_the_phase_gate_comes_to_counts_beside_what_is_required() {
    let road = Road::good();
    let cases = [
        (Attainment::Met, Decision::Go),
        (Attainment::PartiallyMet, Decision::GoWithConditions),
        (Attainment::NotMet, Decision::NoGo),
    ];
    for (attainment, decision) in cases {
        let report = judge(Phase::Release, &assessment(subject(&road), attainment));
        let code = report.reasons().last().unwrap().code();
        // The assessment that the road has was not the one that was judged.
        let alone = GateEvidence::default()
            .with_verification(&road.verdict)
            .with_bom(&road.bom)
            .with_supply_chain(&road.lineage, &road.affected)
            .with_incidents(&road.incidents)
            .with_phase_gate(&report);
        comes_to(&road, &alone, decision, code);
        let worse = decision.max(Decision::CannotTell);
        let other = "gate.assessment.other_assessment";
        comes_to(
            &road,
            &road.evidence().with_phase_gate(&report),
            worse,
            other,
        );
    }
}

#[test]
fn the_gate_of_another_phase_or_version_cannot_tell() {
    let mut road = Road::good();
    let good = assessment(subject(&road), Attainment::Met);
    let report = judge(Phase::Testing, &good);
    let bare = road.evidence();
    let code = "gate.assessment.other_phase";
    comes_to(
        &road,
        &bare.with_phase_gate(&report),
        Decision::CannotTell,
        code,
    );

    let other = Subject::new("model").unwrap();
    let other = other.with_digest(Digest::sha256(b"other"));
    let report = judge(Phase::Release, &assessment(other, Attainment::Met));
    road.assessment = None;
    let evidence = road.evidence().with_phase_gate(&report);
    comes_to(
        &road,
        &evidence,
        Decision::CannotTell,
        "gate.assessment.other_version",
    );
}

#[test]
fn one_assessment_can_go_through_both() {
    let mut road = Road::good();
    let good = assessment(subject(&road), Attainment::Met);
    let report = judge(Phase::Release, &good);
    road.assessment = Some(good);
    let gate = ReleaseGate::requiring(["MANAGE 1.4".parse().unwrap()]);
    let evidence = road.evidence().with_phase_gate(&report);
    let decided = gate.decide("model", &evidence, now());
    assert_eq!(decided.decision(), Decision::Go, "{decided}");
}
