//! Release policies: their documents, their rules, their waivers.

pub(crate) mod attest;
mod baseline;
mod document;
mod gates;
mod order;
mod road;
mod rules;
mod severities;
mod tables;
mod waiver;

use modelward_artifact::{Digest, JsonLimits};
use modelward_audit::{PolicyRule, ReleaseFacts, ReleasePolicy, ReleaseReport};
use modelward_rmf::Phase;

use crate::road::now;

pub(crate) const HEAD: &str = r#"schema = "modelward.release-policy/1"
id = "acme.release"
version = "3"
title = "What Acme releases"
"#;

/// Makes a policy of what follows its head.
#[track_caller]
pub(crate) fn policy(rest: &str) -> ReleasePolicy {
    ReleasePolicy::from_toml(&format!("{HEAD}{rest}"), &JsonLimits::default()).unwrap()
}

/// Makes a policy with every rule and no waiver.
pub(crate) fn every_rule() -> ReleasePolicy {
    policy(EVERY_RULE)
}

pub(crate) const EVERY_RULE: &str = r#"
[phase.release.signature]
[phase.release.bom]
[phase.release.bom-profile]
profiles = ["ntia-2021"]
[phase.release.lineage]
[phase.release.supply-chain]
[phase.release.pickles]
[phase.release.advisories]
max-severity = "medium"
[phase.release.licenses]
deny = ["AGPL-3.0-only"]
[phase.release.subcategories]
require = [{ subcategory = "MAP 1.1" }]
max-evidence-age-days = 90
[phase.release.residual-risk]
[phase.release.incidents]
[phase.release.quarantine]
[phase.release.phase-gate]
"#;

pub(crate) fn root() -> Digest {
    Digest::sha256(b"files")
}

pub(crate) fn none() -> ReleaseFacts {
    ReleaseFacts::new("model", root())
}

pub(crate) fn judge(policy: &ReleasePolicy, facts: &ReleaseFacts) -> ReleaseReport {
    policy.evaluate(Phase::Release, facts, now())
}

pub(crate) fn codes(report: &ReleaseReport, rule: PolicyRule) -> Vec<&str> {
    let outcome = report.rule(rule).expect("the rule is asked");
    let reasons = outcome.reasons().iter();
    reasons.map(|reason| reason.finding().code()).collect()
}
