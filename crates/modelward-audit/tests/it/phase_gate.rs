use modelward_artifact::Digest;
use modelward_audit::{Decision, ModelEvidence, PolicyRule};
use modelward_rmf::{
    Assessment, Attainment, EvidenceDemand, GateInputs, GatePolicy, Phase, PhaseGateReport,
    Requirement, Subject,
};

use crate::policy::{codes, policy};
use crate::road::{Road, decide, jo, now, rated};

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
fn comes_to(evidence: &ModelEvidence<'_>, decision: Decision, code: &str) {
    let report = decide(&policy("[phase.release.phase-gate]\n"), evidence);
    assert_eq!(report.decision(), decision, "{report}");
    let found = codes(&report, PolicyRule::PhaseGate);
    assert!(found.contains(&code), "{code}: {report}");
}

#[test]
fn what_the_phase_gate_comes_to_counts_with_each_of_its_reasons() {
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
        comes_to(&road.nothing().with_phase_gate(&report), decision, code);
        let worse = decision.max(Decision::CannotTell);
        let other = "policy.phase_gate.other_assessment";
        comes_to(&road.evidence().with_phase_gate(&report), worse, other);
    }
}

#[test]
fn the_gate_of_another_phase_or_version_cannot_tell() {
    let road = Road::good();
    let good = assessment(subject(&road), Attainment::Met);
    let report = judge(Phase::Testing, &good);
    let code = "policy.phase_gate.other_phase";
    let evidence = road.nothing().with_phase_gate(&report);
    comes_to(&evidence, Decision::CannotTell, code);

    let other = Subject::new("model").unwrap();
    let other = other.with_digest(Digest::sha256(b"other"));
    let report = judge(Phase::Release, &assessment(other, Attainment::Met));
    let evidence = road.nothing().with_phase_gate(&report);
    comes_to(&evidence, Decision::CannotTell, "policy.subject.other");
}

#[test]
fn one_assessment_can_go_through_both() {
    let mut road = Road::good();
    let good = assessment(subject(&road), Attainment::Met);
    let report = judge(Phase::Release, &good);
    road.assessment = Some(good);
    let both = policy(
        "[phase.release.phase-gate]
        [phase.release.subcategories]
        require = [{ subcategory = 'MANAGE 1.4' }]
        ",
    );
    let decided = decide(&both, &road.evidence().with_phase_gate(&report));
    assert_eq!(decided.decision(), Decision::Go, "{decided}");
}
