use modelward_artifact::Finding;

use crate::gate::judge::{Case, fail, pass, unknown};
use crate::{GateAnswer, GateReason, Issue};

/// Judges what was found, by the codes that the policy forbids.
pub(super) fn reasons(case: &Case<'_>) -> Vec<GateReason> {
    if case.policy.forbidden().len() == 0 {
        let message = "the policy forbids none";
        return vec![pass("rmf.gate.findings_not_judged", message)];
    }
    let inputs = case.inputs;
    if inputs.findings.is_none() && inputs.checks.is_none() {
        let message = "nobody says what was found";
        return vec![unknown("rmf.gate.findings_missing", message)];
    }
    let findings = inputs.findings.unwrap_or_default();
    let issues = inputs.checks.map_or(&[][..], |checks| checks.issues());
    let mut reasons = vec![compared(case, findings, issues)];
    for finding in findings {
        if case.policy.forbids(finding.code()) {
            let subject = finding.subject().map(|subject| format!(" ({subject})"));
            let subject = subject.unwrap_or_default();
            let message = format!("{}{subject}: {}", finding.code(), finding.message());
            reasons.push(fail("rmf.gate.finding_forbidden", message));
        }
    }
    for issue in issues {
        let code = issue.code().code();
        if case.policy.forbids(code) {
            let message = format!("{code}: {}", issue.message());
            let reason = fail("rmf.gate.finding_forbidden", message);
            reasons.push(reason.at(issue.place().clone()));
        }
    }
    let unchecked = inputs.checks.map_or(&[][..], |checks| checks.unchecked());
    reasons.extend(unchecked.iter().map(|what| {
        let message = format!("not looked at: {what}");
        let reason = GateReason::new(GateAnswer::Condition, "rmf.gate.unchecked", message);
        reason.asking("look at it by other means, or give what is missing", None)
    }));
    reasons
}

fn compared(case: &Case<'_>, findings: &[Finding], issues: &[Issue]) -> GateReason {
    let codes = findings.iter().map(Finding::code);
    let codes = codes.chain(issues.iter().map(|issue| issue.code().code()));
    let harmless = codes.filter(|code| !case.policy.forbids(code)).count();
    let (all, forbidden) = (findings.len() + issues.len(), case.policy.forbidden().len());
    let message =
        format!("{harmless} of {all} findings have none of the {forbidden} forbidden codes");
    pass("rmf.gate.findings_compared", message)
}
