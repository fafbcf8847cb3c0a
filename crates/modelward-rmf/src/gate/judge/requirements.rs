use std::collections::BTreeMap;

use modelward_artifact::Date;

use crate::gate::judge::{Case, pass, unknown};
use crate::{
    Assessment, Determination, Evidence, EvidenceDemand, EvidenceId, GateAnswer, GateReason, Goal,
    OnMiss, Place, Polarity, Rated, Requirement, Subcategory,
};

/// Judges each requirement by the rating of its subcategory.
pub(super) fn reasons(case: &Case<'_>, assessment: &Assessment) -> Vec<GateReason> {
    let judged = case.policy.requirements().map(|required| {
        let subcategory = required.subcategory();
        let reason = match assessment.determination(subcategory) {
            Determination::NotAssessed => not_assessed(required),
            Determination::NotApplicable { justification } => {
                let handling = case.policy.not_applicable().into();
                let worst = GateAnswer::from(required.on_miss());
                let least = required.at_least();
                let message =
                    format!("at least {least} is required, stated not to apply: {justification}");
                let answer = worst.min(handling);
                (
                    GateReason::new(answer, "rmf.gate.not_applicable", message),
                    "agree that it does not apply",
                )
            }
            Determination::Rated(rated) => judged(assessment, required, rated),
        };
        let (reason, action) = reason;
        let reason = reason.at(Place::Subcategory(subcategory));
        reason.asking(action, goal_day(assessment, subcategory))
    });
    judged.collect()
}

/// Judges what ratings that meet a requirement rest on. Of one that misses it, or is not there, the
/// requirement itself says enough.
pub(super) fn evidence(case: &Case<'_>, assessment: &Assessment) -> Vec<GateReason> {
    let demand = case.policy.evidence();
    if demand == EvidenceDemand::NotAsked {
        let message = "the policy does not ask for any";
        return vec![pass("rmf.gate.evidence_not_asked", message)];
    }
    let mut reasons = Vec::new();
    for (subcategory, on_miss) in reached(case, assessment) {
        let rated = assessment.determination(subcategory).rated();
        let above = |rated: &&Rated| rated.level() != assessment.scale().lowest().name();
        if let Some(rated) = rated.filter(above) {
            let support = Support {
                subcategory,
                on_miss,
                cited: cited(assessment, rated),
            };
            reasons.extend(support.reasons(case));
        }
    }
    if reasons.is_empty() {
        let message = "no rating needs any to meet a requirement";
        reasons.push(pass("rmf.gate.evidence_not_needed", message));
    }
    reasons
}

fn not_assessed(required: &Requirement) -> (GateReason, &'static str) {
    // Whether it would be met or missed, a condition is the worst that could follow.
    let answer = match required.on_miss() {
        OnMiss::Condition => GateAnswer::Condition,
        OnMiss::Block => GateAnswer::Unknown,
    };
    let least = required.at_least();
    let message = format!("not assessed, at least {least} is required");
    (
        GateReason::new(answer, "rmf.gate.not_assessed", message),
        "assess it",
    )
}

fn judged(
    assessment: &Assessment,
    required: &Requirement,
    rated: &Rated,
) -> (GateReason, &'static str) {
    let (found, least) = (rated.level(), required.at_least());
    let reason = match is_reached(assessment, required) {
        None => {
            let scale = assessment.scale();
            let message =
                format!("at least {least} is required, which scale {scale} does not have");
            unknown("rmf.gate.level_unknown", message)
        }
        Some(true) => {
            let message = format!("rated `{found}`, at least {least} is required");
            pass("rmf.gate.reached", message)
        }
        Some(false) => {
            let message = format!("rated `{found}`, at least {least} is required");
            GateReason::new(required.on_miss().into(), "rmf.gate.not_reached", message)
        }
    };
    (reason, "reach what is required and have it assessed")
}

fn is_reached(assessment: &Assessment, required: &Requirement) -> Option<bool> {
    let level = assessment.current().level(required.subcategory())?;
    required.at_least().is_reached(level, assessment.scale())
}

/// Returns what meets a requirement, with the weight of the weightiest.
fn reached(case: &Case<'_>, assessment: &Assessment) -> BTreeMap<Subcategory, OnMiss> {
    let mut reached = BTreeMap::new();
    for required in case.policy.requirements() {
        if is_reached(assessment, required) == Some(true) {
            let weight = reached
                .entry(required.subcategory())
                .or_insert(required.on_miss());
            *weight = required.on_miss().max(*weight);
        }
    }
    reached
}

fn cited<'a>(assessment: &'a Assessment, rated: &'a Rated) -> Vec<(&'a EvidenceId, &'a Evidence)> {
    let ids = rated.evidence();
    ids.filter_map(|id| Some((id, assessment.evidence_of(id)?)))
        .collect()
}

/// Holds what one rating rests on.
struct Support<'a> {
    subcategory: Subcategory,
    on_miss: OnMiss,
    cited: Vec<(&'a EvidenceId, &'a Evidence)>,
}

impl Support<'_> {
    fn reasons(&self, case: &Case<'_>) -> Vec<GateReason> {
        let mut reasons = Vec::new();
        for (id, evidence) in &self.cited {
            if let Some(why) = self.discounted(case, evidence) {
                let message = format!("does not count for {}: {why}", self.subcategory);
                let place = Place::Evidence((*id).clone());
                reasons.push(pass("rmf.gate.evidence_discounted", message).at(place));
            }
        }
        let (all, counted) = (self.cited.len(), self.cited.len() - reasons.len());
        let message = format!("rests on {counted} of {all} cited pieces of evidence");
        let place = Place::Subcategory(self.subcategory);
        reasons.push(if counted > 0 {
            pass("rmf.gate.evidence_supports", message).at(place)
        } else {
            let answer = self.on_miss.into();
            let reason = GateReason::new(answer, "rmf.gate.evidence_missing", message);
            reason
                .at(place)
                .asking("cite evidence that counts at this gate", None)
        });
        reasons
    }

    /// Says why evidence does not count, if it does not.
    fn discounted(&self, case: &Case<'_>, evidence: &Evidence) -> Option<String> {
        let collected = evidence.collected();
        if evidence.polarity(self.subcategory) == Some(Polarity::Contradicts) {
            return Some("it speaks against the outcome".to_owned());
        }
        if case.policy.evidence().is_met(evidence, case.now) {
            return None;
        }
        let expired = evidence.expires().filter(|day| day.is_over(case.now));
        Some(match expired {
            Some(day) => format!("it expired on {day}"),
            None if collected > case.now => format!("it was collected {collected}, after now"),
            None => format!("it was collected {collected}, which is too long ago"),
        })
    }
}

/// Returns the day that the target profile sets, where it sets one.
fn goal_day(assessment: &Assessment, subcategory: Subcategory) -> Option<Date> {
    let target = assessment.target()?;
    target.entry(subcategory).and_then(Goal::due_on)
}
