use std::fmt;

use modelward_artifact::escape::Terminal;
use modelward_artifact::json;
use modelward_artifact::{Digest, Finding, Text, Timestamp};
use modelward_rmf::{Phase, PhaseDecision, PolicyId};
use serde::Serialize;

use crate::policy::ReleasePolicy;
use crate::policy::facts::ReleaseFacts;
use crate::policy::judge::Reasons;
use crate::policy::rule::{PolicyAnswer, PolicyRule};
use crate::policy::sarif;
use crate::policy::waiver::Waiver;

mod read;

const SCHEMA: &str = "modelward.release-report/1";

/// States one reason of a rule, with the answer that it alone would give.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct PolicyReason {
    answer: PolicyAnswer,
    #[serde(flatten)]
    finding: Finding,
    #[serde(skip_serializing_if = "Option::is_none")]
    waiver: Option<Waiver>,
}

impl PolicyReason {
    /// Returns the answer.
    #[must_use]
    pub const fn answer(&self) -> PolicyAnswer {
        self.answer
    }

    /// Returns what was found.
    #[must_use]
    pub const fn finding(&self) -> &Finding {
        &self.finding
    }

    /// Returns the waiver that covers it, where it is [`PolicyAnswer::Waived`].
    #[must_use]
    pub const fn waiver(&self) -> Option<&Waiver> {
        self.waiver.as_ref()
    }
}

impl fmt::Display for PolicyReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.answer, self.finding)?;
        let Some(waiver) = &self.waiver else {
            return Ok(());
        };
        let approver = waiver.approver().to_string();
        let reason = Terminal(waiver.reason().as_str());
        let expires = waiver.expires();
        write!(
            f,
            " (waived by {} until {expires}: {reason})",
            Terminal(&approver)
        )
    }
}

/// Holds what one rule of a policy came to, with every reason.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct PolicyOutcome {
    rule: PolicyRule,
    answer: PolicyAnswer,
    reasons: Vec<PolicyReason>,
}

impl PolicyOutcome {
    fn new(rule: PolicyRule, mut reasons: Vec<PolicyReason>) -> Self {
        // The worst first, then by what the finding is about.
        reasons.sort_by(|a, b| b.answer.cmp(&a.answer).then_with(|| a.cmp(b)));
        reasons.dedup();
        // A rule without a reason was not looked at, which is never a pass.
        let answer = reasons
            .first()
            .map_or(PolicyAnswer::CannotTell, PolicyReason::answer);
        Self {
            rule,
            answer,
            reasons,
        }
    }

    /// Returns the rule.
    #[must_use]
    pub const fn rule(&self) -> PolicyRule {
        self.rule
    }

    /// Returns the answer: that of the worst reason.
    #[must_use]
    pub const fn answer(&self) -> PolicyAnswer {
        self.answer
    }

    /// Returns every reason, the weightiest first.
    #[must_use]
    pub fn reasons(&self) -> &[PolicyReason] {
        &self.reasons
    }
}

/// Holds the decision on one model by one policy, with every reason of every rule, and the digest
/// of the policy, so that a reviewer can judge again.
///
/// Its `Display` is a short account that is safe to print on a terminal.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "an unread decision stops nothing"]
pub struct ReleaseReport {
    schema: &'static str,
    model: String,
    root: Digest,
    phase: Phase,
    policy: PolicyRef,
    decided_at: Timestamp,
    decision: PhaseDecision,
    rules: Vec<PolicyOutcome>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    expired_waivers: Vec<Waiver>,
}

#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
struct PolicyRef {
    id: PolicyId,
    version: Text,
    digest: Digest,
}

impl ReleaseReport {
    pub(super) fn new(
        policy: &ReleasePolicy,
        (phase, decided_at): (Phase, Timestamp),
        facts: &ReleaseFacts,
        outcomes: Vec<(PolicyRule, Reasons)>,
    ) -> Self {
        let waive =
            |rule, (answer, finding)| waived(policy, (rule, phase, decided_at), answer, finding);
        let rules: Vec<_> = outcomes
            .into_iter()
            .map(|(rule, reasons)| {
                let reasons = reasons.into_iter().map(|reason| waive(rule, reason));
                PolicyOutcome::new(rule, reasons.collect())
            })
            .collect();
        let expired = policy.waivers().filter(|it| it.is_expired(decided_at));
        Self {
            schema: SCHEMA,
            model: facts.model.clone(),
            root: facts.root,
            phase,
            policy: PolicyRef {
                id: policy.id().clone(),
                version: policy.version().clone(),
                digest: policy.digest(),
            },
            decided_at,
            decision: decision(&rules),
            rules,
            expired_waivers: expired.cloned().collect(),
        }
    }

    /// Returns the decision; its exit code is [`PhaseDecision::exit_code`].
    #[must_use]
    pub const fn decision(&self) -> PhaseDecision {
        self.decision
    }

    /// Returns the model's name.
    #[must_use]
    pub fn model(&self) -> &str {
        &self.model
    }

    /// Returns the root digest of the model's files.
    #[must_use]
    pub const fn root(&self) -> &Digest {
        &self.root
    }

    /// Returns the phase whose rules were applied.
    #[must_use]
    pub const fn phase(&self) -> Phase {
        self.phase
    }

    /// Returns the id of the policy.
    #[must_use]
    pub const fn policy_id(&self) -> &PolicyId {
        &self.policy.id
    }

    /// Returns the version of the policy.
    #[must_use]
    pub const fn policy_version(&self) -> &Text {
        &self.policy.version
    }

    /// Returns the digest of the policy.
    #[must_use]
    pub const fn policy_digest(&self) -> &Digest {
        &self.policy.digest
    }

    /// Returns the time by which was judged.
    #[must_use]
    pub const fn decided_at(&self) -> Timestamp {
        self.decided_at
    }

    /// Returns what every rule came to that the policy asks in this phase.
    #[must_use]
    pub fn rules(&self) -> &[PolicyOutcome] {
        &self.rules
    }

    /// Returns what one rule came to; `None` where the policy does not ask it in this phase.
    #[must_use]
    pub fn rule(&self, rule: PolicyRule) -> Option<&PolicyOutcome> {
        self.rules.iter().find(|outcome| outcome.rule == rule)
    }

    /// Returns the waivers of the policy that no longer count.
    #[must_use]
    pub fn expired_waivers(&self) -> &[Waiver] {
        &self.expired_waivers
    }

    /// Writes the report as JSON, the same bytes for the same report.
    ///
    /// # Panics
    ///
    /// Never: a report's members are text.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        json::pretty(self).expect("text members have a JSON form")
    }

    /// Writes the report as a log of SARIF 2.1.0 with one run, the same bytes for the same report.
    ///
    /// - A reason is a result: `fail` for what fails, `review` for a condition and for what cannot
    ///   be told, `pass` for a pass (clause 3.27.9).
    /// - What is waived is an accepted `external` suppression (clause 3.35).
    ///
    /// # Panics
    ///
    /// Never: a report's members are text.
    #[must_use]
    pub fn to_sarif(&self) -> Vec<u8> {
        json::pretty(&sarif::log(self)).expect("text members have a JSON form")
    }
}

impl fmt::Display for ReleaseReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let model = Terminal(&self.model);
        write!(f, "{model}: {} ({})", self.decision, self.phase)?;
        if self.rules.is_empty() {
            f.write_str("\n  the policy has no rules for this phase")?;
        }
        for outcome in &self.rules {
            write!(f, "\n  {:<13}  {}", outcome.rule, outcome.answer)?;
            for reason in &outcome.reasons {
                write!(f, "\n    {reason}")?;
            }
        }
        for waiver in &self.expired_waivers {
            write!(
                f,
                "\n  a waiver on {} expired on {}",
                waiver.rule(),
                waiver.expires()
            )?;
        }
        Ok(())
    }
}

/// Returns what the rules come to: the worst answer. Without a rule nothing was asked.
fn decision(rules: &[PolicyOutcome]) -> PhaseDecision {
    let worst = rules.iter().map(PolicyOutcome::answer).max();
    worst.unwrap_or(PolicyAnswer::CannotTell).into()
}

/// Looks for a waiver: for what fails only, since nobody can accept what nobody has seen.
fn waived(
    policy: &ReleasePolicy,
    (rule, phase, now): (PolicyRule, Phase, Timestamp),
    answer: PolicyAnswer,
    finding: Finding,
) -> PolicyReason {
    let counts = |it: &&Waiver| !it.is_expired(now) && it.covers(rule, phase, &finding);
    let waiver = match answer {
        PolicyAnswer::Fail => policy
            .waivers()
            .filter(counts)
            .max_by_key(|it| it.expires()),
        _ => None,
    };
    PolicyReason {
        answer: waiver.map_or(answer, |_| PolicyAnswer::Waived),
        waiver: waiver.cloned(),
        finding,
    }
}
