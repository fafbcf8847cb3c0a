use modelward_artifact::json::{self, JsonError};
use modelward_artifact::{Digest, Finding, JsonLimits, Text, Timestamp};
use modelward_rmf::{Phase, PolicyId};
use serde::Deserialize;
use serde_json::Value;

use super::{PolicyOutcome, PolicyReason, PolicyRef, ReleaseReport, SCHEMA};
use crate::policy::error::ReadReleaseReportError;
use crate::policy::rule::{PolicyAnswer, PolicyRule};
use crate::policy::waiver::Waiver;

impl ReleaseReport {
    /// Reads a report. Nothing is verified by reading; see [`verify_report`](crate::verify_report).
    ///
    /// What a report derives from its reasons is derived again, and a document that says otherwise is
    /// refused: a decision or an answer that its reasons do not give, a waiver that had expired or is
    /// of another rule, reasons in another order.
    ///
    /// # Errors
    ///
    /// [`ReadReleaseReportError`] where the text passes a limit, is not strict JSON of this schema,
    /// or contradicts itself.
    pub fn from_json(bytes: &[u8], limits: &JsonLimits) -> Result<Self, ReadReleaseReportError> {
        Self::from_value(&json::read(bytes, limits)?)
    }

    /// Reads a report from a value of strict JSON.
    pub(crate) fn from_value(value: &Value) -> Result<Self, ReadReleaseReportError> {
        let wire: Wire =
            json::shaped(value.clone()).map_err(|source| JsonError::Shape { source })?;
        if wire.schema != SCHEMA {
            return Err(ReadReleaseReportError::Schema { found: wire.schema });
        }
        let report = wire.into_report()?;
        let again = serde_json::to_value(&report).map_err(JsonError::shape)?;
        if again != *value {
            let what = "it is not what its reasons come to";
            return Err(ReadReleaseReportError::Contradiction { what });
        }
        Ok(report)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Wire {
    schema: String,
    model: String,
    root: Digest,
    phase: Phase,
    policy: WirePolicy,
    decided_at: Timestamp,
    /// Derived again from the rules.
    #[serde(rename = "decision")]
    _decision: String,
    rules: Vec<WireOutcome>,
    #[serde(default)]
    expired_waivers: Vec<Waiver>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WirePolicy {
    id: PolicyId,
    version: Text,
    digest: Digest,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireOutcome {
    rule: PolicyRule,
    /// Derived again from the reasons.
    #[serde(rename = "answer")]
    _answer: PolicyAnswer,
    reasons: Vec<WireReason>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireReason {
    answer: PolicyAnswer,
    #[serde(default)]
    subject: Option<String>,
    code: String,
    message: String,
    #[serde(default)]
    waiver: Option<Waiver>,
}

impl Wire {
    fn into_report(self) -> Result<ReleaseReport, ReadReleaseReportError> {
        let at = (self.phase, self.decided_at);
        let rules = self.rules.into_iter().map(|rule| rule.into_outcome(at));
        let rules = rules.collect::<Result<Vec<_>, _>>()?;
        if !rules.windows(2).all(|pair| pair[0].rule < pair[1].rule) {
            let what = "its rules stand twice or in another order";
            return Err(ReadReleaseReportError::Contradiction { what });
        }
        if self
            .expired_waivers
            .iter()
            .any(|it| !it.is_expired(self.decided_at))
        {
            let what = "a waiver that had not expired is called expired";
            return Err(ReadReleaseReportError::Contradiction { what });
        }
        Ok(ReleaseReport {
            schema: SCHEMA,
            model: self.model,
            root: self.root,
            phase: self.phase,
            policy: PolicyRef {
                id: self.policy.id,
                version: self.policy.version,
                digest: self.policy.digest,
            },
            decided_at: self.decided_at,
            decision: super::decision(&rules),
            rules,
            expired_waivers: self.expired_waivers,
        })
    }
}

impl WireOutcome {
    fn into_outcome(self, at: (Phase, Timestamp)) -> Result<PolicyOutcome, ReadReleaseReportError> {
        let (rule, reasons) = (self.rule, self.reasons.into_iter());
        let reasons = reasons.map(|reason| reason.into_reason(rule, at));
        Ok(PolicyOutcome::new(rule, reasons.collect::<Result<_, _>>()?))
    }
}

impl WireReason {
    fn into_reason(
        self,
        rule: PolicyRule,
        (phase, at): (Phase, Timestamp),
    ) -> Result<PolicyReason, ReadReleaseReportError> {
        let finding = Finding::new(self.code, self.message);
        let finding = match self.subject {
            Some(subject) => finding.about(subject),
            None => finding,
        };
        let covers = |it: &Waiver| !it.is_expired(at) && it.covers(rule, phase, &finding);
        let is_covered = match (self.answer, &self.waiver) {
            (PolicyAnswer::Waived, waiver) => waiver.as_ref().is_some_and(covers),
            (_, waiver) => waiver.is_none(),
        };
        if !is_covered {
            let what = "a waiver is missing, had expired, or covers something else";
            return Err(ReadReleaseReportError::Contradiction { what });
        }
        Ok(PolicyReason {
            answer: self.answer,
            finding,
            waiver: self.waiver,
        })
    }
}
