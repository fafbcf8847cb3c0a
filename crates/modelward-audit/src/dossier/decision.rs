use modelward_artifact::{Date, Digest, Timestamp};
use modelward_rmf::PhaseDecision;
use serde::Serialize;

use crate::dossier::block::{Block, Cell, Section, Sign, Span, Table, Width};
use crate::dossier::identity::same;
use crate::dossier::part::{Part, Rows};
use crate::dossier::words::{capital, title};
use crate::{PolicyAnswer, PolicyOutcome, PolicyReason, PolicyRule, ReleaseReport, Waiver};

/// How many reasons of a rule are listed.
const REASONS: usize = 25;

/// Says what the release gate decided, and why.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Decided {
    #[serde(rename = "decision")]
    word: &'static str,
    pub(super) phase: &'static str,
    pub(super) policy: Policy,
    decided_at: Timestamp,
    root: Digest,
    pub(super) is_of_these_files: bool,
    pub(super) rules: Vec<Rule>,
    expired_waivers: Vec<Accepted>,
    #[serde(skip)]
    pub(super) decision: PhaseDecision,
    #[serde(skip)]
    own_root: Digest,
}

#[derive(Serialize)]
pub(super) struct Policy {
    id: String,
    version: String,
    pub(super) digest: Digest,
}

/// Says what one rule came to.
#[derive(Serialize)]
pub(super) struct Rule {
    pub(super) rule: &'static str,
    #[serde(skip)]
    pub(super) label: String,
    question: &'static str,
    #[serde(rename = "answer")]
    word: &'static str,
    pub(super) reasons: Rows<Reason>,
    #[serde(skip)]
    pub(super) answer: PolicyAnswer,
}

#[derive(Serialize)]
pub(super) struct Reason {
    answer: &'static str,
    #[serde(skip)]
    sign: Sign,
    pub(super) subject: Option<String>,
    pub(super) message: String,
    code: String,
    waiver: Option<Accepted>,
}

/// States what somebody accepts.
#[derive(Serialize)]
struct Accepted {
    rule: &'static str,
    subject: Option<String>,
    approver: String,
    reason: String,
    expires: Date,
}

impl Decided {
    pub(super) fn of(report: Option<&ReleaseReport>, root: Digest) -> Part<Self> {
        Part::of(
            report.map(|report| Self::of_report(report, root)),
            "not given: no decision of a release gate",
        )
    }

    fn of_report(report: &ReleaseReport, root: Digest) -> Self {
        Self {
            word: report.decision().name(),
            phase: report.phase().name(),
            policy: Policy {
                id: report.policy_id().to_string(),
                version: report.policy_version().to_string(),
                digest: *report.policy_digest(),
            },
            decided_at: report.decided_at(),
            root: *report.root(),
            is_of_these_files: *report.root() == root,
            rules: report.rules().iter().map(Rule::of).collect(),
            expired_waivers: report.expired_waivers().iter().map(Accepted::of).collect(),
            decision: report.decision(),
            own_root: root,
        }
    }

    /// Returns the rules that came to an answer.
    pub(super) fn with(&self, answer: PolicyAnswer) -> impl Iterator<Item = &Rule> {
        self.rules.iter().filter(move |rule| rule.answer == answer)
    }

    fn blocks(&self) -> Vec<Block> {
        let policy = Cell::text(format!(
            "{}, version {}",
            self.policy.id, self.policy.version
        ));
        let mut blocks = vec![Block::Facts(vec![
            ("Decision", Cell::chip(sign_of(self.decision), self.word)),
            ("Phase", Cell::text(title(self.phase))),
            (
                "Policy",
                policy.then(Span::Code(self.policy.digest.to_string())),
            ),
            ("Decided at", Cell::text(self.decided_at.to_string())),
            ("About", same(Some(&self.root), &self.own_root)),
        ])];
        if self.rules.is_empty() {
            blocks.push(Block::Missing(
                "not asked: the policy has no rules for this phase".into(),
            ));
        } else {
            blocks.push(Block::Table(self.table()));
        }
        let rest = self.rules.iter().filter_map(|rule| {
            let rest = rule.reasons.rest()?;
            Some(Block::note(format!("{}: {rest}", rule.label)))
        });
        blocks.extend(rest);
        if !self.expired_waivers.is_empty() {
            blocks.push(Block::text("Waivers of the policy that no longer count:"));
            blocks.push(Block::List(
                self.expired_waivers.iter().map(Accepted::cell).collect(),
            ));
        }
        blocks
    }

    fn table(&self) -> Table {
        let columns = [
            ("Rule", Width::Rest),
            ("Answer", Width::Middle),
            ("Reasons", Width::Wide),
        ];
        let caption = "Every rule that the policy asks in this phase, with every reason";
        let mut table = Table::new("rules", caption, &columns);
        for rule in &self.rules {
            let reasons = rule.reasons.shown().iter();
            let reasons = reasons.fold(Cell::default(), |cell, reason| reason.below(cell));
            table.named(
                rule.anchor(),
                [
                    Cell::strong(&rule.label).soft(rule.question),
                    Cell::chip(sign(rule.answer), rule.word),
                    reasons,
                ],
            );
        }
        table
    }
}

impl Rule {
    fn of(outcome: &PolicyOutcome) -> Self {
        Self {
            rule: outcome.rule().name(),
            label: label(outcome.rule()),
            question: outcome.rule().question(),
            word: outcome.answer().name(),
            reasons: Rows::of(outcome.reasons(), REASONS, Reason::of),
            answer: outcome.answer(),
        }
    }

    /// Returns the fragment that leads to the rule.
    pub(super) fn anchor(&self) -> String {
        format!("rule-{}", self.rule)
    }
}

impl Reason {
    fn of(reason: &PolicyReason) -> Self {
        let finding = reason.finding();
        Self {
            answer: reason.answer().name(),
            sign: sign(reason.answer()),
            subject: finding.subject().map(ToOwned::to_owned),
            message: finding.message().to_owned(),
            code: finding.code().to_owned(),
            waiver: reason.waiver().map(Accepted::of),
        }
    }

    /// Adds the reason below others.
    fn below(&self, cell: Cell) -> Cell {
        let cell = cell.then(Span::Mark(self.sign, self.answer));
        let subject = self.subject.iter();
        let cell = subject.fold(cell, |cell, it| cell.with(Span::Strong(it.clone())));
        let cell = cell
            .with(Span::Text(capital(&self.message)))
            .with(Span::Code(self.code.clone()));
        match &self.waiver {
            Some(waiver) => cell.soft(waiver.line()),
            None => cell,
        }
    }
}

impl Accepted {
    fn of(waiver: &Waiver) -> Self {
        Self {
            rule: waiver.rule().name(),
            subject: waiver.subject().map(ToString::to_string),
            approver: waiver.approver().to_string(),
            reason: waiver.reason().to_string(),
            expires: waiver.expires(),
        }
    }

    fn line(&self) -> String {
        format!(
            "Waived by {} until {}: {}",
            self.approver, self.expires, self.reason
        )
    }

    fn cell(&self) -> Cell {
        let subject = self.subject.iter();
        let rule = Cell::strong(title(self.rule));
        let rule = subject.fold(rule, |cell, it| cell.with(Span::Text(it.clone())));
        rule.with(Span::Text(format!(
            "approved by {}, expired on {}: {}",
            self.approver, self.expires, self.reason
        )))
    }
}

impl Policy {
    /// Names the policy in a sentence.
    pub(super) fn name(&self) -> String {
        format!("policy {}, version {}", self.id, self.version)
    }
}

/// Returns what people call a rule.
fn label(rule: PolicyRule) -> String {
    match rule {
        PolicyRule::Bom => "ML-BOM".to_owned(),
        PolicyRule::BomProfile => "ML-BOM profile".to_owned(),
        rule => title(rule.name()),
    }
}

/// Returns the sign of an answer.
pub(super) const fn sign(answer: PolicyAnswer) -> Sign {
    match answer {
        PolicyAnswer::Pass => Sign::Good,
        PolicyAnswer::Condition | PolicyAnswer::Waived => Sign::Warning,
        PolicyAnswer::CannotTell => Sign::Unknown,
        PolicyAnswer::Fail => Sign::Bad,
    }
}

/// Returns the sign of a decision.
pub(super) const fn sign_of(decision: PhaseDecision) -> Sign {
    match decision {
        PhaseDecision::Go => Sign::Good,
        PhaseDecision::GoWithConditions => Sign::Warning,
        PhaseDecision::CannotTell => Sign::Unknown,
        PhaseDecision::NoGo => Sign::Bad,
    }
}

/// Lays out the section on the decision.
pub(super) fn section(decided: &Part<Decided>) -> Section {
    let blocks = match decided {
        Part::Given(decided) => decided.blocks(),
        Part::Missing { text } => vec![
            Block::Missing((*text).to_owned()),
            Block::text("Nobody has judged whether this model may be released."),
        ],
    };
    Section {
        id: "decision",
        title: "Decision of the release gate",
        blocks,
    }
}
