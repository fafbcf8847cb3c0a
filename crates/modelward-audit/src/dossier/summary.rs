use modelward_artifact::Digest;
use modelward_rmf::PhaseDecision;
use serde::Serialize;

use crate::PolicyAnswer;
use crate::dossier::assessment::Assessed;
use crate::dossier::block::Sign;
use crate::dossier::decision::{Decided, Rule, sign_of};
use crate::dossier::part::Part;
use crate::dossier::signature::Signature;
use crate::dossier::view::Body;
use crate::dossier::words::{capital, counted, short};

/// Holds what the first screen says: the decision, who signed, what blocks, what is not known.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Summary {
    pub(super) decision: Standing,
    pub(super) signature: Standing,
    pub(super) blocks: Vec<Point>,
    pub(super) conditions: Vec<Point>,
    pub(super) unknown: Vec<Point>,
    pub(super) missing: Vec<Point>,
    pub(super) contradictions: Vec<Point>,
    #[serde(skip)]
    pub(super) is_judged: bool,
}

/// Says how something stands, in a few words and in a sentence.
#[derive(Serialize)]
pub(super) struct Standing {
    /// One, or the names of a signer.
    pub(super) words: Vec<String>,
    pub(super) sentence: String,
    #[serde(skip)]
    pub(super) sign: Sign,
}

/// Leads to the part of the dossier that says more.
#[derive(Serialize)]
pub(super) struct Point {
    pub(super) what: String,
    pub(super) why: String,
    #[serde(skip)]
    pub(super) to: String,
}

impl Summary {
    pub(super) fn of(body: &Body) -> Self {
        let decided = body.decision.given().filter(|it| it.is_of_these_files);
        let points = |answer: PolicyAnswer| {
            let rules = decided.into_iter().flat_map(move |it| it.with(answer));
            rules.map(Point::of_rule).collect::<Vec<_>>()
        };
        let mut conditions = points(PolicyAnswer::Condition);
        conditions.extend(points(PolicyAnswer::Waived));
        Self {
            decision: Standing::of_decision(&body.decision, &body.identity.root),
            signature: Standing::of_signature(body),
            blocks: points(PolicyAnswer::Fail),
            conditions,
            unknown: points(PolicyAnswer::CannotTell),
            missing: missing(body),
            contradictions: contradictions(body),
            is_judged: decided.is_some(),
        }
    }
}

impl Standing {
    /// Returns the words in a line.
    pub(super) fn word(&self) -> String {
        self.words.join(", ")
    }

    fn new(sign: Sign, word: impl Into<String>, sentence: impl Into<String>) -> Self {
        Self {
            words: vec![word.into()],
            sentence: sentence.into(),
            sign,
        }
    }

    fn of_decision(decision: &Part<Decided>, root: &Digest) -> Self {
        let Some(decided) = decision.given() else {
            let sentence = "No release gate has judged this model.";
            return Self::new(Sign::Unknown, "No decision", sentence);
        };
        if !decided.is_of_these_files {
            let sentence = format!(
                "The decision that was given is about other files than those with the root digest \
                 {}. It says nothing of these.",
                short(root)
            );
            return Self::new(Sign::Unknown, "No decision", sentence);
        }
        let policy = decided.policy.name();
        let count = |answer| counted(decided.with(answer).count(), "rule");
        let (word, sentence) = match decided.decision {
            PhaseDecision::Go => (
                "Go",
                format!(
                    "All {} of the {policy}, are satisfied.",
                    counted(decided.rules.len(), "rule")
                ),
            ),
            PhaseDecision::GoWithConditions => (
                "Go with conditions",
                format!("No rule of the {policy}, blocks, but for what is named under conditions."),
            ),
            PhaseDecision::CannotTell => (
                "Cannot tell",
                format!(
                    "{} of the {policy}, cannot be judged.",
                    count(PolicyAnswer::CannotTell)
                ),
            ),
            PhaseDecision::NoGo => (
                "No go",
                format!(
                    "{} of the {policy}, {} broken.",
                    count(PolicyAnswer::Fail),
                    match decided.with(PolicyAnswer::Fail).count() {
                        1 => "is",
                        _ => "are",
                    }
                ),
            ),
        };
        let sentence = format!("{sentence} Phase: {}.", decided.phase.replace('-', " "));
        Self::new(sign_of(decided.decision), word, sentence)
    }

    fn of_signature(body: &Body) -> Self {
        match &body.identity.signature {
            Part::Missing { .. } => Self::new(
                Sign::Unknown,
                "Not known",
                "No signature was verified. Anybody may have made or changed these files.",
            ),
            Part::Given(Signature::Rejected { findings }) => Self::new(
                Sign::Bad,
                "Rejected",
                findings
                    .first()
                    .map_or_else(String::new, |it| capital(it.message())),
            ),
            Part::Given(Signature::Verified(signed)) if signed.root != body.identity.root => {
                let sentence = "The signature that was verified is of other files than these.";
                Self::new(Sign::Bad, "Other files", sentence)
            }
            Part::Given(Signature::Verified(signed)) => {
                let mut standing = Self::new(Sign::Good, "", capital(&signed.how()));
                standing.words = signed.names();
                standing
            }
        }
    }
}

impl Point {
    fn new(what: impl Into<String>, why: impl Into<String>, to: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            why: why.into(),
            to: to.into(),
        }
    }

    fn of_rule(rule: &Rule) -> Self {
        let first = rule.reasons.shown().first();
        let why = first.map_or_else(String::new, |reason| {
            let subject = reason.subject.iter().map(|subject| format!("{subject}: "));
            subject.chain([capital(&reason.message)]).collect()
        });
        let more = match rule.reasons.total() {
            0 | 1 => String::new(),
            2 => " (and 1 more reason)".to_owned(),
            total => format!(" (and {} more reasons)", total - 1),
        };
        Self::new(&rule.label, format!("{why}{more}"), rule.anchor())
    }
}

/// Lists what nobody gave.
fn missing(body: &Body) -> Vec<Point> {
    let identity = &body.identity;
    let parts = [
        ("ML-BOM", identity.described.missing(), "identity"),
        ("Files", identity.files.missing(), "materials"),
        ("Signature", identity.signature.missing(), "signature"),
        ("Supply chain", body.lineage.missing(), "lineage"),
        ("Assessment", body.assessment.missing(), "assessment"),
        ("Phase gate", body.phase_gate.missing(), "assessment"),
        ("Risks", body.risks.missing(), "risks"),
        ("Incidents", body.incidents.missing(), "incidents"),
        ("Decision", body.decision.missing(), "decision"),
        ("Coverage", body.coverage.missing(), "coverage"),
    ];
    let parts = parts
        .into_iter()
        .filter_map(|(what, missing, to)| Some((what, missing?, to)));
    let parts = parts.chain(body.findings.missing());
    parts
        .map(|(what, why, to)| Point::new(what, why, to))
        .collect()
}

/// Lists where two documents cannot both be about this model.
fn contradictions(body: &Body) -> Vec<Point> {
    let root = &body.identity.root;
    let mut points = Vec::new();
    let signed = body.identity.signature.given().and_then(Signature::signed);
    if signed.is_some_and(|signed| signed.root != *root) {
        points.push(Point::new("Signature", "it is of other files", "signature"));
    }
    if body.stated_root.is_some_and(|stated| stated != *root) {
        let why = "it states another root digest, so it describes other files";
        points.push(Point::new("ML-BOM", why, "identity"));
    }
    if body
        .decision
        .given()
        .is_some_and(|it| !it.is_of_these_files)
    {
        points.push(Point::new(
            "Decision",
            "it is about other files",
            "decision",
        ));
    }
    if body.assessment.given().is_some_and(Assessed::is_of_others) {
        points.push(Point::new(
            "Assessment",
            "it is of other files",
            "assessment",
        ));
    }
    if body
        .coverage
        .given()
        .is_some_and(|it| !it.is_of_these_files)
    {
        points.push(Point::new("Coverage", "it is of other files", "coverage"));
    }
    points
}
