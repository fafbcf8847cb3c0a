//! Facts that are made of what the crates return.

mod chain;
mod files;
mod missing;
mod models;

use modelward_audit::{PolicyRule, ReleaseFacts, ReleaseReport};

use crate::policy::{codes, judge, policy};

/// Judges by one rule with its usual terms.
pub(crate) fn by(member: &str, facts: &ReleaseFacts) -> ReleaseReport {
    judge(&policy(&format!("[phase.release.{member}]\n")), facts)
}

#[track_caller]
pub(crate) fn finds(
    member: &str,
    rule: PolicyRule,
    facts: &ReleaseFacts,
    expected: &[(&str, &str)],
) {
    let report = by(member, facts);
    let reasons = report.rule(rule).unwrap().reasons().iter();
    let found: Vec<(&str, &str)> = reasons
        .map(|reason| {
            let finding = reason.finding();
            (finding.code(), finding.subject().unwrap_or_default())
        })
        .collect();
    for pair in expected {
        assert!(found.contains(pair), "{pair:?}: {report}");
    }
}

#[track_caller]
pub(crate) fn never(member: &str, rule: PolicyRule, facts: &ReleaseFacts, code: &str) {
    let report = by(member, facts);
    assert!(!codes(&report, rule).contains(&code), "{code}: {report}");
}
