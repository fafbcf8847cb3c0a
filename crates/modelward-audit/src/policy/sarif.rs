//! The report as a log of SARIF 2.1.0 (OASIS, 27 March 2020).

use serde_json::{Value, json};

use crate::policy::report::{PolicyOutcome, PolicyReason, ReleaseReport};
use crate::policy::rule::PolicyAnswer;

pub(super) fn log(report: &ReleaseReport) -> Value {
    let rules: Vec<Value> = report.rules().iter().map(rule).collect();
    let results: Vec<Value> = report
        .rules()
        .iter()
        .enumerate()
        .flat_map(|(index, outcome)| {
            let reasons = outcome.reasons().iter();
            reasons.map(move |reason| result(report, (index, outcome), reason))
        })
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "modelward",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules,
            }},
            "results": results,
            "properties": {
                "decision": report.decision(),
                "phase": report.phase(),
                "policyDigest": report.policy_digest(),
                "decidedAt": report.decided_at(),
                "root": report.root(),
            },
        }],
    })
}

fn rule(outcome: &PolicyOutcome) -> Value {
    let rule = outcome.rule();
    json!({
        "id": rule.name(),
        "shortDescription": {"text": rule.question()},
        "defaultConfiguration": {"level": "error"},
    })
}

fn result(
    report: &ReleaseReport,
    (index, outcome): (usize, &PolicyOutcome),
    reason: &PolicyReason,
) -> Value {
    let finding = reason.finding();
    // Clause 3.27.10: where `kind` is not `fail`, `level` is `none`.
    let (kind, level) = match reason.answer() {
        PolicyAnswer::Pass => ("pass", "none"),
        PolicyAnswer::Condition | PolicyAnswer::CannotTell => ("review", "none"),
        PolicyAnswer::Waived | PolicyAnswer::Fail => ("fail", "error"),
    };
    let name = finding.subject().unwrap_or_else(|| report.model());
    let mut result = json!({
        "ruleId": outcome.rule().name(),
        "ruleIndex": index,
        "kind": kind,
        "level": level,
        "message": {"text": finding.message()},
        "locations": [{"logicalLocations": [{"fullyQualifiedName": name}]}],
        "properties": {"answer": reason.answer(), "code": finding.code()},
    });
    if let Some(waiver) = reason.waiver() {
        let text = format!(
            "{} (approved by {}, until {})",
            waiver.reason(),
            waiver.approver(),
            waiver.expires()
        );
        result["suppressions"] = json!([{
            "kind": "external",
            "status": "accepted",
            "justification": text,
        }]);
    }
    result
}
