mod assessment;
mod findings;
mod requirements;
mod risks;

use modelward_artifact::Timestamp;

use crate::{
    Assessment, GateAnswer, GateInputs, GateOutcome, GatePolicy, GateReason, GateRule,
    PhaseGateReport,
};

/// Applies every rule, whatever the ones before it came to.
pub(super) fn evaluate(
    policy: &GatePolicy,
    inputs: &GateInputs<'_>,
    now: Timestamp,
) -> PhaseGateReport {
    let case = Case {
        policy,
        inputs,
        now,
    };
    let judged = GateRule::ALL.map(|rule| {
        let reasons = match rule {
            GateRule::Assessment => case.with_assessment(assessment::reasons),
            GateRule::Requirements => case.with_assessment(requirements::reasons),
            GateRule::Evidence => case.with_assessment(requirements::evidence),
            GateRule::Risks => risks::reasons(&case),
            GateRule::Findings => findings::reasons(&case),
        };
        GateOutcome::new(rule, reasons)
    });
    PhaseGateReport::new(policy, inputs, now, judged.into())
}

/// Holds what is judged, by what, and when.
struct Case<'a> {
    policy: &'a GatePolicy,
    inputs: &'a GateInputs<'a>,
    now: Timestamp,
}

impl Case<'_> {
    fn with_assessment(
        &self,
        judge: impl Fn(&Self, &Assessment) -> Vec<GateReason>,
    ) -> Vec<GateReason> {
        match self.inputs.assessment {
            None => vec![unknown(
                "rmf.gate.assessment_missing",
                "no assessment was given",
            )],
            Some(assessment) => judge(self, assessment),
        }
    }
}

fn pass(code: &'static str, message: impl Into<String>) -> GateReason {
    GateReason::new(GateAnswer::Pass, code, message)
}

fn unknown(code: &'static str, message: impl Into<String>) -> GateReason {
    GateReason::new(GateAnswer::Unknown, code, message)
}

fn fail(code: &'static str, message: impl Into<String>) -> GateReason {
    GateReason::new(GateAnswer::Fail, code, message)
}
