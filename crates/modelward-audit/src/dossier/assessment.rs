use modelward_artifact::{Digest, Timestamp};
use modelward_rmf::{
    Assessment, Attainment, Determination, GateAnswer, Independence, OutcomeBar, PhaseGateReport,
    Subcategory,
};
use serde::Serialize;

use crate::ModelEvidence;
use crate::dossier::block::{Block, Cell, Figure, Form, Section, Sign, Span, Table, Width};
use crate::dossier::decision::sign_of;
use crate::dossier::identity::same;
use crate::dossier::part::{Part, Rows};
use crate::dossier::words::{capital, counted};

/// How many outcomes that are not met are listed.
const OUTCOMES: usize = 72;

/// How many reasons of the phase gate are listed.
const REASONS: usize = 40;

/// Says how the model was assessed.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Assessed {
    assessor: String,
    independence: Option<&'static str>,
    assessed_at: Timestamp,
    scale: String,
    subject: String,
    subject_root: Option<Digest>,
    /// The seal of the document.
    pub(super) digest: Digest,
    bars: Vec<OutcomeBar>,
    open: Rows<Outcome>,
    evidence: usize,
    evidence_expired: usize,
    /// The root digest of the model's files.
    #[serde(skip)]
    root: Digest,
}

/// Names an outcome that is not met, or only in part.
#[derive(Serialize)]
struct Outcome {
    id: String,
    summary: &'static str,
    state: &'static str,
    #[serde(skip)]
    sign: Sign,
    why: String,
}

/// Says what the phase gate of the assessment came to.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Gate {
    phase: &'static str,
    decision: &'static str,
    policy: String,
    pub(super) policy_digest: Digest,
    decided_at: Timestamp,
    reasons: Rows<Reason>,
    #[serde(skip)]
    sign: Sign,
}

#[derive(Clone, Serialize)]
struct Reason {
    answer: &'static str,
    #[serde(skip)]
    sign: Sign,
    message: String,
    code: &'static str,
}

impl Assessed {
    pub(super) fn of(evidence: &ModelEvidence<'_>, now: Timestamp) -> Part<Self> {
        let root = evidence.root();
        let assessment = evidence.assessment();
        let of = |assessment| Self::of_assessment(assessment, root, now);
        Part::of(assessment.map(of), "not given: no assessment")
    }

    fn of_assessment(assessment: &Assessment, root: Digest, now: Timestamp) -> Self {
        let open: Vec<_> = Subcategory::ALL
            .into_iter()
            .filter_map(|id| Outcome::of(assessment, id))
            .collect();
        let expired = assessment.evidence().filter(|(_, it)| !it.is_current(now));
        Self {
            assessor: assessment.assessor().to_string(),
            independence: assessment.independence().map(Independence::name),
            assessed_at: assessment.assessed_at(),
            scale: assessment.scale().to_string(),
            subject: assessment.subject().name().to_string(),
            subject_root: assessment.subject().digest().copied(),
            digest: assessment.digest(),
            bars: OutcomeBar::all(assessment),
            open: Rows::of(&open, OUTCOMES, Outcome::copy),
            evidence: assessment.evidence().len(),
            evidence_expired: expired.count(),
            root,
        }
    }

    /// Returns whether it is of other files than the model's.
    pub(super) fn is_of_others(&self) -> bool {
        self.subject_root.is_some_and(|it| it != self.root)
    }

    fn facts(&self) -> Block {
        let expired = format!(
            "{}, of which {} not current",
            counted(self.evidence, "piece"),
            match self.evidence_expired {
                1 => "1 is".to_owned(),
                count => format!("{count} are"),
            }
        );
        Block::Facts(vec![
            ("Assessed by", Cell::text(&self.assessor)),
            ("Independence", Cell::stated(self.independence)),
            ("Assessed at", Cell::text(self.assessed_at.to_string())),
            ("Scale", Cell::text(&self.scale)),
            ("Subject", Cell::text(&self.subject)),
            ("Is of", same(self.subject_root.as_ref(), &self.root)),
            ("Evidence", Cell::text(expired)),
        ])
    }

    fn blocks(&self) -> Vec<Block> {
        let mut blocks = vec![self.facts()];
        blocks.extend(self.bars.iter().map(bar));
        if self.open.total() == 0 {
            blocks.push(Block::text("Every outcome that was rated is met."));
            return blocks;
        }
        let columns = [
            ("Outcome", Width::Middle),
            ("In our words", Width::Rest),
            ("State", Width::Middle),
            ("Why", Width::Rest),
        ];
        let caption = format!(
            "Outcomes that are not met, or in part: {}",
            self.open.total()
        );
        let mut table = Table::new("open-outcomes", caption, &columns);
        for outcome in self.open.shown() {
            table.row([
                Cell::strong(&outcome.id),
                Cell::text(outcome.summary),
                Cell::chip(outcome.sign, outcome.state),
                Cell::text(&outcome.why),
            ]);
        }
        blocks.push(Block::Table(table));
        blocks
    }
}

impl Outcome {
    fn of(assessment: &Assessment, id: Subcategory) -> Option<Self> {
        let (state, sign) = match assessment.attainment(id)? {
            Attainment::Met => return None,
            Attainment::PartiallyMet => ("partially met", Sign::Warning),
            Attainment::NotMet => ("not met", Sign::Bad),
        };
        let Determination::Rated(rated) = assessment.determination(id) else {
            return None;
        };
        Some(Self {
            id: id.to_string(),
            summary: id.summary(),
            state,
            sign,
            why: rated.rationale().to_string(),
        })
    }

    fn copy(&self) -> Self {
        Self {
            id: self.id.clone(),
            why: self.why.clone(),
            ..*self
        }
    }
}

impl Gate {
    pub(super) fn of(evidence: &ModelEvidence<'_>) -> Part<Self> {
        let report = evidence.phase_gate();
        Part::of(
            report.map(Self::of_report),
            "not given: no phase gate was passed",
        )
    }

    fn of_report(report: &PhaseGateReport) -> Self {
        let mut reasons: Vec<_> = report.reasons().map(Reason::of).collect();
        reasons.retain(|reason| reason.sign != Sign::Good);
        Self {
            phase: report.phase().name(),
            decision: report.decision().name(),
            policy: report.policy().to_string(),
            policy_digest: report.policy_digest(),
            decided_at: report.decided_at(),
            reasons: Rows::of(&reasons, REASONS, Reason::clone),
            sign: sign_of(report.decision()),
        }
    }

    fn blocks(&self) -> Vec<Block> {
        let mut blocks = vec![Block::Facts(vec![
            ("Decision", Cell::chip(self.sign, self.decision)),
            ("Phase", Cell::text(self.phase)),
            (
                "Policy",
                Cell::text(&self.policy).then(Span::Code(self.policy_digest.to_string())),
            ),
            ("Decided at", Cell::text(self.decided_at.to_string())),
        ])];
        if self.reasons.total() > 0 {
            blocks.push(Block::text("What it did not let pass:"));
            let reasons = self.reasons.shown().iter().map(|reason| {
                Cell::chip(reason.sign, reason.answer)
                    .with(Span::Text(reason.message.clone()))
                    .with(Span::Code(reason.code.to_owned()))
            });
            blocks.push(Block::List(reasons.collect()));
            blocks.extend(self.reasons.rest().map(Block::note));
        }
        blocks
    }
}

impl Reason {
    fn of(reason: &modelward_rmf::GateReason) -> Self {
        let sign = match reason.answer() {
            GateAnswer::Pass => Sign::Good,
            GateAnswer::Condition => Sign::Warning,
            GateAnswer::Unknown => Sign::Unknown,
            GateAnswer::Fail => Sign::Bad,
        };
        Self {
            answer: reason.answer().name(),
            sign,
            message: reason.place().map_or_else(
                || reason.message().to_owned(),
                |place| format!("{place}: {}", reason.message()),
            ),
            code: reason.code(),
        }
    }
}

fn bar(bar: &OutcomeBar) -> Block {
    let counts = bar
        .counts()
        .map(|(state, count)| Cell::text(format!("{state}: {count}")));
    Block::Figure(Figure {
        id: format!("bar-{}", bar.function().to_lowercase()),
        caption: format!(
            "{}: {}. {}",
            bar.function(),
            counted(bar.total(), "outcome"),
            capital(bar.summary())
        ),
        html: bar.to_html(),
        form: Form::Half,
        instead: vec![Block::List(counts.collect())],
    })
}

/// Lays out the section on the assessment.
pub(super) fn section(assessed: &Part<Assessed>, gate: &Part<Gate>) -> Section {
    let mut blocks = vec![Block::note(
        "Assessed against the NIST AI RMF 1.0, which is voluntary; this is no statement of \
         conformity.",
    )];
    match assessed {
        Part::Given(assessed) => blocks.extend(assessed.blocks()),
        Part::Missing { text } => blocks.push(Block::Missing((*text).to_owned())),
    }
    blocks.push(Block::Heading("Phase gate of the assessment".to_owned()));
    match gate {
        Part::Given(gate) => blocks.extend(gate.blocks()),
        Part::Missing { text } => blocks.push(Block::Missing((*text).to_owned())),
    }
    Section {
        id: "assessment",
        title: "Assessment",
        blocks,
    }
}
