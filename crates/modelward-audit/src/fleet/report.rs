use std::fmt;
use std::io::{self, Write};

use modelward_artifact::escape::Terminal;
use modelward_artifact::json;
use modelward_artifact::{Digest, Finding, Text, Timestamp};
use modelward_graph::TableFormat;
use modelward_rmf::{Phase, PhaseDecision, PolicyId};
use serde::Serialize;

use crate::inventory::{EntryId, InventoryEntry, Standing, write_table};
use crate::policy::rule::{PolicyAnswer, PolicyRule};
use crate::{ReleasePolicy, ReleaseReport};

/// How many reasons are kept of a model: the report of one model has all.
const KEPT: usize = 5;

const COLUMNS: [&str; 10] = [
    "entry", "name", "version", "standing", "decision", "rule", "answer", "code", "subject",
    "message",
];

/// States why a model did not simply pass.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct FleetReason {
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<PolicyRule>,
    answer: PolicyAnswer,
    #[serde(flatten)]
    finding: Finding,
}

impl FleetReason {
    /// Returns the rule; `None` where the model could not be judged at all.
    #[must_use]
    pub const fn rule(&self) -> Option<PolicyRule> {
        self.rule
    }

    /// Returns the answer that the reason alone would give.
    #[must_use]
    pub const fn answer(&self) -> PolicyAnswer {
        self.answer
    }

    /// Returns what was found.
    #[must_use]
    pub const fn finding(&self) -> &Finding {
        &self.finding
    }
}

impl fmt::Display for FleetReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(rule) = self.rule {
            write!(f, "{rule} ")?;
        }
        write!(f, "{}: {}", self.answer, self.finding)
    }
}

/// Holds the decision on one model of a fleet, with the weightiest reasons.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FleetRow {
    entry: EntryId,
    name: Text,
    version: Text,
    standing: Standing,
    decision: PhaseDecision,
    reasons: Vec<FleetReason>,
    #[serde(skip_serializing_if = "is_zero")]
    left_out: usize,
}

impl FleetRow {
    pub(super) fn of(entry: &InventoryEntry, report: &ReleaseReport) -> Self {
        let rules = report.rules().iter();
        let reasons = rules.flat_map(|outcome| {
            let reasons = outcome.reasons().iter();
            let not_passed = reasons.filter(|it| it.answer() != PolicyAnswer::Pass);
            not_passed.map(|reason| (outcome.rule(), reason))
        });
        let mut reasons: Vec<_> = reasons.collect();
        // The worst first; of those as bad, in the order of the rules.
        reasons.sort_by_key(|(rule, reason)| (std::cmp::Reverse(reason.answer()), *rule));
        let left_out = reasons.len().saturating_sub(KEPT);
        let kept = reasons.into_iter().take(KEPT);
        let kept = kept.map(|(rule, reason)| FleetReason {
            rule: Some(rule),
            answer: reason.answer(),
            finding: reason.finding().clone(),
        });
        Self {
            reasons: kept.collect(),
            left_out,
            ..Self::new(entry, report.decision())
        }
    }

    /// A model of whose files nothing is known is not judged, and that is no pass.
    pub(super) fn without_root(entry: &InventoryEntry) -> Self {
        let message = "nobody says which files the entry is about";
        Self {
            reasons: vec![FleetReason {
                rule: None,
                answer: PolicyAnswer::CannotTell,
                finding: Finding::new("audit.fleet.no_root", message),
            }],
            ..Self::new(entry, PhaseDecision::CannotTell)
        }
    }

    fn new(entry: &InventoryEntry, decision: PhaseDecision) -> Self {
        Self {
            entry: entry.id().clone(),
            name: entry.name().clone(),
            version: entry.version().clone(),
            standing: entry.standing(),
            decision,
            reasons: Vec::new(),
            left_out: 0,
        }
    }

    /// Returns the entry.
    #[must_use]
    pub const fn entry(&self) -> &EntryId {
        &self.entry
    }

    /// Returns the decision.
    #[must_use]
    pub const fn decision(&self) -> PhaseDecision {
        self.decision
    }

    /// Returns the weightiest reasons, at most five; none where every rule passed.
    #[must_use]
    pub fn reasons(&self) -> &[FleetReason] {
        &self.reasons
    }

    /// Returns how many reasons more there were.
    #[must_use]
    pub const fn left_out(&self) -> usize {
        self.left_out
    }
}

/// Counts the decisions on a fleet.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DecisionCounts {
    /// Models of which every rule passed.
    pub go: usize,
    /// Models that pass with conditions.
    pub go_with_conditions: usize,
    /// Models of which too little is known.
    pub cannot_tell: usize,
    /// Models of which a rule failed.
    pub no_go: usize,
}

/// Holds the decisions on all models of an inventory by one policy, sorted by id.
///
/// Its `Display` is an account that is safe to print on a terminal.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "an unread decision stops nothing"]
pub struct FleetReport {
    schema: &'static str,
    phase: Phase,
    policy: PolicyId,
    policy_version: Text,
    policy_digest: Digest,
    decided_at: Timestamp,
    counts: DecisionCounts,
    models: Vec<FleetRow>,
}

impl FleetReport {
    pub(super) fn new(
        policy: &ReleasePolicy,
        (phase, decided_at): (Phase, Timestamp),
        models: Vec<FleetRow>,
    ) -> Self {
        let mut counts = DecisionCounts::default();
        for model in &models {
            *match model.decision {
                PhaseDecision::Go => &mut counts.go,
                PhaseDecision::GoWithConditions => &mut counts.go_with_conditions,
                PhaseDecision::CannotTell => &mut counts.cannot_tell,
                PhaseDecision::NoGo => &mut counts.no_go,
            } += 1;
        }
        Self {
            schema: "modelward.fleet-report/1",
            phase,
            policy: policy.id().clone(),
            policy_version: policy.version().clone(),
            policy_digest: policy.digest(),
            decided_at,
            counts,
            models,
        }
    }

    /// Returns the worst decision. A fleet without models is not known to be good.
    #[must_use]
    pub fn decision(&self) -> PhaseDecision {
        let worst = self.models.iter().map(FleetRow::decision).max();
        worst.unwrap_or(PhaseDecision::CannotTell)
    }

    /// Returns how many models came to which decision.
    #[must_use]
    pub const fn counts(&self) -> DecisionCounts {
        self.counts
    }

    /// Returns the models, sorted by the ids of their entries.
    #[must_use]
    pub fn models(&self) -> &[FleetRow] {
        &self.models
    }

    /// Returns the model of an entry.
    #[must_use]
    pub fn model(&self, entry: &EntryId) -> Option<&FleetRow> {
        let place = self.models.binary_search_by(|it| it.entry.cmp(entry));
        place.ok().map(|place| &self.models[place])
    }

    /// Returns the JSON document, the same bytes for the same report.
    ///
    /// # Panics
    ///
    /// Never: its members are text and numbers.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        json::pretty(self).expect("texts and numbers have a JSON form")
    }

    /// Writes a row for each reason, and one for each model without any: `entry`, `name`, `version`,
    /// `standing`, `decision`, `rule`, `answer`, `code`, `subject` and `message`.
    ///
    /// Tables are those of [`Inventory`](crate::inventory::Inventory).
    ///
    /// # Errors
    ///
    /// [`io::Error`] where the writer fails.
    pub fn write_models(&self, mut out: impl Write, format: TableFormat) -> io::Result<()> {
        let rows = self.models.iter().flat_map(|model| {
            let bare = model.reasons.is_empty().then_some(None);
            let reasons = model.reasons.iter().map(Some).chain(bare);
            reasons.map(move |reason| record(model, reason))
        });
        write_table(&mut out, format, COLUMNS, rows)
    }
}

fn record(model: &FleetRow, reason: Option<&FleetReason>) -> [Option<String>; 10] {
    let finding = reason.map(FleetReason::finding);
    let rule = reason.and_then(FleetReason::rule);
    [
        Some(model.entry.to_string()),
        Some(model.name.to_string()),
        Some(model.version.to_string()),
        Some(model.standing.to_string()),
        Some(model.decision.to_string()),
        rule.map(|rule| rule.to_string()),
        reason.map(|reason| reason.answer.to_string()),
        finding.map(|it| it.code().to_owned()),
        finding.and_then(|it| it.subject().map(str::to_owned)),
        finding.map(|it| it.message().to_owned()),
    ]
}

/// Shows the counts, then each model that did not simply pass with its weightiest reason.
impl fmt::Display for FleetReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let DecisionCounts {
            go,
            go_with_conditions,
            cannot_tell,
            no_go,
        } = self.counts;
        let (phase, all) = (self.phase, self.models.len());
        write!(
            f,
            "{all} models ({phase}): {go} go, {go_with_conditions} go with conditions, \
             {cannot_tell} cannot tell, {no_go} no go"
        )?;
        let mut models: Vec<_> = self.models.iter().collect();
        models.sort_by_key(|it| std::cmp::Reverse(it.decision));
        for model in models.iter().filter(|it| it.decision != PhaseDecision::Go) {
            let (name, version) = (model.name.as_str(), model.version.as_str());
            write!(f, "\n{}: {} ", model.entry, model.decision)?;
            write!(f, "({} {})", Terminal(name), Terminal(version))?;
            if let Some(reason) = model.reasons.first() {
                write!(f, "\n  {reason}")?;
            }
            let more = model.reasons.len().saturating_sub(1) + model.left_out;
            if more > 0 {
                write!(f, "\n  and {more} more")?;
            }
        }
        Ok(())
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for a reference"
)]
const fn is_zero(count: &usize) -> bool {
    *count == 0
}
