use modelward_artifact::{Date, Finding, Party, Text, Timestamp};
use modelward_rmf::Phase;
use serde::{Deserialize, Serialize};

use crate::policy::rule::PolicyRule;

/// States that somebody accepts what fails under a rule, why, and until when.
///
/// Its document has to have `rule`, `approver`, `reason` and `expires`. `phase` and `subject` narrow
/// it: a waiver without them covers the rule in every phase and for everything.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Waiver {
    rule: PolicyRule,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    phase: Option<Phase>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    subject: Option<Text>,
    approver: Party,
    reason: Text,
    expires: Date,
}

impl Waiver {
    /// Returns the rule.
    #[must_use]
    pub const fn rule(&self) -> PolicyRule {
        self.rule
    }

    /// Returns the phase to which it is narrowed.
    #[must_use]
    pub const fn phase(&self) -> Option<Phase> {
        self.phase
    }

    /// Returns the file, component, advisory or the like to which it is narrowed.
    #[must_use]
    pub const fn subject(&self) -> Option<&Text> {
        self.subject.as_ref()
    }

    /// Returns who accepts.
    #[must_use]
    pub const fn approver(&self) -> &Party {
        &self.approver
    }

    /// Returns why.
    #[must_use]
    pub const fn reason(&self) -> &Text {
        &self.reason
    }

    /// Returns the last day on which it counts.
    #[must_use]
    pub const fn expires(&self) -> Date {
        self.expires
    }

    /// Tells whether it no longer counts.
    #[must_use]
    pub fn is_expired(&self, now: Timestamp) -> bool {
        self.expires.is_over(now)
    }

    /// Tells whether it is about this finding, expired or not.
    pub(super) fn covers(&self, rule: PolicyRule, phase: Phase, finding: &Finding) -> bool {
        let subject = self.subject.as_ref().map(Text::as_str);
        self.rule == rule
            && self.phase.is_none_or(|it| it == phase)
            && (subject.is_none() || subject == finding.subject())
    }
}
