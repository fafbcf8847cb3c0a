use std::fmt;

use modelward_artifact::escape::Terminal;
use modelward_artifact::json;
use modelward_artifact::{Digest, Finding, Timestamp};
use modelward_rmf::{GateAnswer as Answer, PhaseDecision as Decision};
use serde::Serialize;

/// Names a rule of the release gate.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Rule {
    /// A trusted key signed exactly these files.
    Signature,
    /// The ML-BOM describes exactly these files and knows what it has to know.
    Inventory,
    /// Nothing in the model's supply chain is known to be affected.
    SupplyChain,
    /// The required subcategories of the AI RMF were assessed for this model and met.
    Assessment,
    /// No incident on the model or its parts is open.
    Incidents,
}

impl Rule {
    /// Lists every rule in the order in which data flows.
    pub const ALL: [Self; 5] = [
        Self::Signature,
        Self::Inventory,
        Self::SupplyChain,
        Self::Assessment,
        Self::Incidents,
    ];

    /// Returns the words, such as `supply chain`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Signature => "signature",
            Self::Inventory => "inventory",
            Self::SupplyChain => "supply chain",
            Self::Assessment => "assessment",
            Self::Incidents => "incidents",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Holds what one rule came to, with every reason.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct RuleOutcome {
    rule: Rule,
    answer: Answer,
    reasons: Vec<Finding>,
}

impl RuleOutcome {
    /// Joins reasons, each with the answer that it alone would give. The worst one decides.
    pub(crate) fn new(rule: Rule, mut reasons: Vec<(Answer, Finding)>) -> Self {
        // The worst first, then by what the finding is about.
        reasons.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        // A rule without a reason was not looked at, which is never a pass.
        let answer = reasons
            .first()
            .map_or(Answer::Unknown, |(answer, _)| *answer);
        Self {
            rule,
            answer,
            reasons: reasons.into_iter().map(|(_, reason)| reason).collect(),
        }
    }

    /// Returns the rule.
    #[must_use]
    pub const fn rule(&self) -> Rule {
        self.rule
    }

    /// Returns the answer.
    #[must_use]
    pub const fn answer(&self) -> Answer {
        self.answer
    }

    /// Returns every reason, the weightiest first.
    #[must_use]
    pub fn reasons(&self) -> &[Finding] {
        &self.reasons
    }
}

/// Holds the decision of a release gate on one model, with every reason of every rule.
///
/// Its `Display` is a short account that is safe to print on a terminal.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "an unread decision stops nothing"]
pub struct GateReport {
    schema: &'static str,
    model: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    root: Option<Digest>,
    decided_at: Timestamp,
    decision: Decision,
    rules: Vec<RuleOutcome>,
}

impl GateReport {
    pub(crate) fn new(
        model: &str,
        root: Option<Digest>,
        decided_at: Timestamp,
        rules: Vec<RuleOutcome>,
    ) -> Self {
        let worst = rules.iter().map(RuleOutcome::answer).max();
        let decision = worst.unwrap_or(Answer::Unknown).into();
        Self {
            schema: "modelward.release-gate/1",
            model: model.to_owned(),
            root,
            decided_at,
            decision,
            rules,
        }
    }

    /// Returns the decision.
    #[must_use]
    pub const fn decision(&self) -> Decision {
        self.decision
    }

    /// Returns the model's name.
    #[must_use]
    pub fn model(&self) -> &str {
        &self.model
    }

    /// Returns the root digest of the files that were judged, if they were verified.
    #[must_use]
    pub const fn root(&self) -> Option<&Digest> {
        self.root.as_ref()
    }

    /// Returns what every rule came to.
    #[must_use]
    pub fn rules(&self) -> &[RuleOutcome] {
        &self.rules
    }

    /// Returns what one rule came to.
    #[must_use]
    pub fn rule(&self, rule: Rule) -> Option<&RuleOutcome> {
        self.rules.iter().find(|outcome| outcome.rule == rule)
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

impl fmt::Display for GateReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", Terminal(&self.model), self.decision)?;
        for outcome in &self.rules {
            write!(f, "\n  {:<12}  {}", outcome.rule, outcome.answer)?;
            for reason in &outcome.reasons {
                write!(f, "\n    {reason}")?;
            }
        }
        Ok(())
    }
}
