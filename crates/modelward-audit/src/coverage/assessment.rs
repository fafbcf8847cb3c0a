//! What the assessment and the decisions on the model show.

use modelward_artifact::Digest;
use modelward_rmf::{Assessment, Independence, PhaseDecision};

use super::bearing::{Bearing, GOVERN_1_5, MANAGE_1_1, MEASURE_1_3, direct, supporting};
use super::notes::Notes;
use super::origin::{Fact, Origin};
use crate::{ModelEvidence, ReleaseReport};

const ASSESSOR: [Bearing; 1] = [supporting(MEASURE_1_3)];
const REPEATED: [Bearing; 1] = [supporting(GOVERN_1_5)];
const DECIDED: [Bearing; 1] = [direct(MANAGE_1_1)];

pub(super) fn observe(notes: &mut Notes, evidence: &ModelEvidence<'_>) {
    if let Some(assessment) = evidence.assessment() {
        observe_assessment(notes, assessment);
    }
    let Some(report) = evidence.phase_gate() else {
        return;
    };
    // A report on other files decides nothing about these.
    if report
        .subject()
        .digest()
        .is_some_and(|it| *it != evidence.root())
    {
        return;
    }
    let title = format!("report of the phase gate {}", report.policy());
    let origin = Origin::document(&title, Digest::sha256(&report.to_json()));
    let subject = format!("the phase gate {} ({})", report.policy(), report.phase());
    notes.add(&DECIDED, &decided(&origin, &subject, report.decision()));
}

pub(super) fn observe_decision(notes: &mut Notes, report: &ReleaseReport) {
    let title = format!("report of the release gate on {}", report.model());
    let origin = Origin::document(&title, Digest::sha256(&report.to_json()));
    let subject = format!("the release gate ({})", report.phase());
    notes.add(&DECIDED, &decided(&origin, &subject, report.decision()));
}

/// The outcome is that somebody decides, so that a no-go shows it as well as a go does.
fn decided<'a>(origin: &'a Origin, subject: &str, decision: PhaseDecision) -> Fact<'a> {
    match decision {
        PhaseDecision::CannotTell => origin.contradicts(format!("{subject} could not decide")),
        _ => origin.supports(format!("{subject} decided: {decision}")),
    }
}

/// How the assessment rates an outcome is no evidence of that outcome.
fn observe_assessment(notes: &mut Notes, assessment: &Assessment) {
    let name = assessment.subject().name();
    let origin = Origin::document(&format!("assessment of {name}"), assessment.digest());
    let assessor = assessment.assessor();
    let owner = assessment.subject().owner();
    let fact = if owner.is_some_and(|owner| owner.is_same(assessor)) {
        Some(origin.contradicts("the assessor answers for the system"))
    } else {
        match assessment.independence() {
            Some(Independence::FirstLine) => {
                Some(origin.contradicts("the assessor built or runs the system"))
            }
            Some(Independence::Internal) => Some(
                origin.supports("the assessor is of the organization and not of the front line"),
            ),
            Some(Independence::External) => {
                Some(origin.supports("the assessor is of another organization"))
            }
            None => None,
        }
    };
    if let Some(fact) = fact {
        notes.add(&ASSESSOR, &fact);
    }
    if let Some(earlier) = assessment.supersedes() {
        let message = format!("the assessment takes the place of the earlier one {earlier}");
        notes.add(&REPEATED, &origin.supports(message));
    }
}
