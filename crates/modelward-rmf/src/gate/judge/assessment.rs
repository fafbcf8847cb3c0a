use crate::gate::judge::{Case, fail, pass, unknown};
use crate::gate::terms::last_day;
use crate::{Assessment, GateAnswer, GateReason, Place, SubjectBinding};

/// Judges the assessment as a whole.
pub(super) fn reasons(case: &Case<'_>, assessment: &Assessment) -> Vec<GateReason> {
    let mut reasons = subject(case, assessment);
    reasons.extend(date(case, assessment));
    reasons.extend(independence(case, assessment));
    let whole = reasons.into_iter();
    whole.map(|reason| reason.at(Place::Assessment)).collect()
}

/// An assessment of something else says nothing about this.
fn subject(case: &Case<'_>, assessment: &Assessment) -> Vec<GateReason> {
    let (ours, theirs) = (case.inputs.subject, assessment.subject());
    let mut reasons = Vec::new();
    if ours.name() != theirs.name() {
        let message = format!("it is of `{}`", theirs.name());
        reasons.push(unknown("rmf.gate.subject_other", message));
    }
    if let (Some(our), Some(their)) = (ours.version(), theirs.version())
        && our != their
    {
        let message = format!("it is of version `{their}`, and version `{our}` is at the gate");
        reasons.push(unknown("rmf.gate.subject_version", message));
    }
    let binding = case.policy.subject();
    match (ours.digest(), theirs.digest()) {
        (Some(our), Some(their)) if our != their => {
            let message = format!("it is of the bytes {their}, and {our} are at the gate");
            reasons.push(unknown("rmf.gate.subject_digest", message));
        }
        (Some(our), None) if binding == SubjectBinding::Bytes => {
            let message = "it does not say of which bytes it is";
            let reason =
                GateReason::new(GateAnswer::Condition, "rmf.gate.subject_unbound", message);
            let action = format!("state that the assessment is of the bytes {our}");
            reasons.push(reason.asking(action, None));
        }
        (None, _) if binding == SubjectBinding::Bytes => {
            let message = "nobody says which bytes are at the gate";
            reasons.push(unknown("rmf.gate.subject_unknown", message));
        }
        _ => {}
    }
    if reasons.is_empty() {
        let message = "it is of what is at the gate";
        reasons.push(pass("rmf.gate.subject_same", message));
    }
    reasons
}

fn date(case: &Case<'_>, assessment: &Assessment) -> Vec<GateReason> {
    let at = assessment.assessed_at();
    let mut reasons = Vec::new();
    if at > case.now {
        let message = format!("it is dated {at}, which is after {}", case.now);
        reasons.push(unknown("rmf.gate.assessment_future", message));
    }
    if let Some(days) = case.policy.max_assessment_age_days() {
        let last = last_day(at, days);
        if last.is_over(case.now) {
            let message = format!("it is of {at}, and may be {days} days old, which was on {last}");
            reasons.push(fail("rmf.gate.assessment_old", message));
        }
    }
    if reasons.is_empty() {
        reasons.push(pass("rmf.gate.assessment_recent", format!("it is of {at}")));
    }
    reasons
}

fn independence(case: &Case<'_>, assessment: &Assessment) -> Option<GateReason> {
    let least = case.policy.min_independence()?;
    Some(match assessment.independence() {
        None => {
            let message = format!("nobody says whether the assessor is `{least}` or farther");
            unknown("rmf.gate.independence_unknown", message)
        }
        Some(found) if found < least => {
            let message = format!("the assessor is `{found}`, at least `{least}` is required");
            fail("rmf.gate.independence", message)
        }
        Some(found) => {
            let message = format!("the assessor is `{found}`");
            pass("rmf.gate.independent", message)
        }
    })
}
