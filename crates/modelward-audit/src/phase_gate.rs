use modelward_artifact::Finding;
use modelward_rmf::{Assessment, GateReason, Phase, PhaseGateReport};

use crate::Answer;
use crate::gate::unknown;

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
    let finding = Finding::new(reason.code(), reason.message());
    let finding = match reason.place() {
        None => finding,
        Some(place) => finding.about(place.to_string()),
    };
    (reason.answer(), finding)
}
