use modelward_artifact::Finding;
use modelward_rmf::{Assessment, GateAnswer, GateReason, Phase, PhaseGateReport};

use crate::gate::unknown;
use crate::report::Answer;

/// Takes over what a phase gate came to, if it is that of the release and of this assessment.
pub(crate) fn reasons(
    report: &PhaseGateReport,
    assessment: Option<&Assessment>,
) -> Vec<(Answer, Finding)> {
    let mut reasons: Vec<_> = report.reasons().map(reason).collect();
    if report.phase() != Phase::Release {
        let message = format!(
            "the phase gate stands at the end of {}, not of the release",
            report.phase()
        );
        reasons.push(unknown("gate.assessment.other_phase", &message));
    }
    let judged = report.assessment_digest();
    if let Some(assessment) = assessment.filter(|it| judged != Some(it.digest())) {
        let message = format!(
            "the phase gate judged another assessment than {}",
            assessment.digest()
        );
        reasons.push(unknown("gate.assessment.other_assessment", &message));
    }
    reasons
}

fn reason(reason: &GateReason) -> (Answer, Finding) {
    let answer = match reason.answer() {
        GateAnswer::Pass => Answer::Pass,
        GateAnswer::Condition => Answer::Condition,
        GateAnswer::Unknown => Answer::Unknown,
        GateAnswer::Fail => Answer::Fail,
    };
    let finding = Finding::new(reason.code(), reason.message());
    let finding = match reason.place() {
        None => finding,
        Some(place) => finding.about(place.to_string()),
    };
    (answer, finding)
}
