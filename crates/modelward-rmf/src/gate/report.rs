use std::fmt;

use modelward_artifact::escape::Terminal;
use modelward_artifact::json;
use modelward_artifact::{Digest, Timestamp};
use serde::Serialize;

use crate::{
    Assessment, GateAnswer, GateInputs, GateOutcome, GatePolicy, GateReason, GateRule, Phase,
    PolicyId, RiskRegister, Subject, Text,
};

/// Says whether a system may leave a phase.
///
/// The order is from best to worst.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "a gate opens, opens in part, stays shut or is blind"
)]
pub enum PhaseDecision {
    /// Every rule passed.
    Go,
    /// No rule failed, and some passed only with conditions that someone has to meet.
    GoWithConditions,
    /// No rule failed, and some could not be decided.
    CannotTell,
    /// A rule failed.
    NoGo,
}

impl PhaseDecision {
    /// Returns the words, such as `go with conditions`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Go => "go",
            Self::GoWithConditions => "go with conditions",
            Self::CannotTell => "cannot tell",
            Self::NoGo => "no go",
        }
    }

    /// Returns the exit code that programs of this project use: 0 go, 1 no go, 2 cannot tell,
    /// 3 go with conditions.
    #[must_use]
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Go => 0,
            Self::NoGo => 1,
            Self::CannotTell => 2,
            Self::GoWithConditions => 3,
        }
    }
}

impl From<GateAnswer> for PhaseDecision {
    fn from(worst: GateAnswer) -> Self {
        match worst {
            GateAnswer::Pass => Self::Go,
            GateAnswer::Condition => Self::GoWithConditions,
            GateAnswer::Unknown => Self::CannotTell,
            GateAnswer::Fail => Self::NoGo,
        }
    }
}

impl fmt::Display for PhaseDecision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Holds the decision of a phase gate on one subject, with every reason of every rule, and the
/// digests of what was judged, so that a reviewer can judge it again.
///
/// Its `Display` is a short account that is safe to print on a terminal.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "an unread decision stops nothing"]
pub struct PhaseGateReport {
    schema: &'static str,
    phase: Phase,
    policy: PolicyRef,
    subject: Subject,
    #[serde(skip_serializing_if = "Option::is_none")]
    assessment: Option<Digest>,
    #[serde(skip_serializing_if = "Option::is_none")]
    register: Option<Digest>,
    decided_at: Timestamp,
    decision: PhaseDecision,
    rules: Vec<GateOutcome>,
}

#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
struct PolicyRef {
    id: PolicyId,
    version: Text,
    digest: Digest,
}

impl PhaseGateReport {
    pub(super) fn new(
        policy: &GatePolicy,
        inputs: &GateInputs<'_>,
        decided_at: Timestamp,
        rules: Vec<GateOutcome>,
    ) -> Self {
        let worst = rules.iter().map(GateOutcome::answer).max();
        Self {
            schema: "modelward.phase-gate/1",
            phase: policy.phase(),
            policy: PolicyRef {
                id: policy.id().clone(),
                version: policy.version().clone(),
                digest: policy.digest(),
            },
            subject: inputs.subject.clone(),
            assessment: inputs.assessment.map(Assessment::digest),
            register: inputs.register.map(RiskRegister::digest),
            decided_at,
            decision: worst.unwrap_or(GateAnswer::Unknown).into(),
            rules,
        }
    }

    /// Returns the decision.
    #[must_use]
    pub const fn decision(&self) -> PhaseDecision {
        self.decision
    }

    /// Returns the phase at whose end the gate stands.
    #[must_use]
    pub const fn phase(&self) -> Phase {
        self.phase
    }

    /// Returns what was to go through the gate.
    #[must_use]
    pub const fn subject(&self) -> &Subject {
        &self.subject
    }

    /// Returns the time by which was judged.
    #[must_use]
    pub const fn decided_at(&self) -> Timestamp {
        self.decided_at
    }

    /// Returns the id of the policy.
    #[must_use]
    pub const fn policy(&self) -> &PolicyId {
        &self.policy.id
    }

    /// Returns the digest of the policy.
    #[must_use]
    pub const fn policy_digest(&self) -> Digest {
        self.policy.digest
    }

    /// Returns the digest of the assessment; `None` where none was given.
    #[must_use]
    pub const fn assessment_digest(&self) -> Option<Digest> {
        self.assessment
    }

    /// Returns the digest of the register; `None` where none was given.
    #[must_use]
    pub const fn register_digest(&self) -> Option<Digest> {
        self.register
    }

    /// Returns what every rule came to.
    #[must_use]
    pub fn rules(&self) -> &[GateOutcome] {
        &self.rules
    }

    /// Returns what one rule came to.
    #[must_use]
    pub fn rule(&self, rule: GateRule) -> Option<&GateOutcome> {
        self.rules.iter().find(|outcome| outcome.rule() == rule)
    }

    /// Returns every reason, rule by rule.
    pub fn reasons(&self) -> impl Iterator<Item = &GateReason> {
        self.rules.iter().flat_map(GateOutcome::reasons)
    }

    /// Returns the reasons that ask somebody to do something, rule by rule. They stand whatever the
    /// decision is.
    pub fn conditions(&self) -> impl Iterator<Item = &GateReason> {
        self.reasons()
            .filter(|reason| reason.answer() == GateAnswer::Condition)
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
}

impl fmt::Display for PhaseGateReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Terminal(self.subject.name().as_str());
        write!(f, "{name}, end of {}: {}", self.phase, self.decision)?;
        for outcome in &self.rules {
            write!(f, "\n  {:<12}  {}", outcome.rule(), outcome.answer())?;
            for reason in outcome.reasons() {
                write!(f, "\n    {reason}")?;
                if let Some(action) = reason.action() {
                    write!(f, "\n      to do: {}", Terminal(action))?;
                }
                if let Some(due) = reason.due() {
                    write!(f, " by {due}")?;
                }
            }
        }
        Ok(())
    }
}
