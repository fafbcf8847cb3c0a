use std::fmt;

use modelward_artifact::Date;
use modelward_artifact::escape::Terminal;
use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use crate::{Handling, OnMiss, Place, RiskId, Subcategory};

/// Names a rule of a phase gate, in the order in which they are judged.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum GateRule {
    /// The assessment is of the subject, recent, and made by somebody independent enough.
    Assessment,
    /// What is required is rated as it has to be.
    Requirements,
    /// Ratings that meet a requirement rest on evidence.
    Evidence,
    /// No risk is above the limit, and something is decided about each.
    Risks,
    /// Nothing was found that is forbidden.
    Findings,
}

impl GateRule {
    /// Lists every rule.
    pub const ALL: [Self; 5] = [
        Self::Assessment,
        Self::Requirements,
        Self::Evidence,
        Self::Risks,
        Self::Findings,
    ];

    /// Returns the name that documents use, such as `risks`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Assessment => "assessment",
            Self::Requirements => "requirements",
            Self::Evidence => "evidence",
            Self::Risks => "risks",
            Self::Findings => "findings",
        }
    }
}

impl fmt::Display for GateRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Says what a reason or a rule of a phase gate comes to, from best to worst.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "each answer is one of the four decisions"
)]
pub enum GateAnswer {
    /// The rule is satisfied.
    Pass,
    /// The rule is satisfied but for what someone has to do.
    Condition,
    /// There is not enough to decide.
    Unknown,
    /// The rule is broken.
    Fail,
}

impl GateAnswer {
    /// Returns the word, such as `pass`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Condition => "condition",
            Self::Unknown => "unknown",
            Self::Fail => "fail",
        }
    }
}

impl From<Handling> for GateAnswer {
    fn from(handling: Handling) -> Self {
        match handling {
            Handling::Accept => Self::Pass,
            Handling::Condition => Self::Condition,
            Handling::Block => Self::Fail,
        }
    }
}

impl From<OnMiss> for GateAnswer {
    fn from(on_miss: OnMiss) -> Self {
        match on_miss {
            OnMiss::Condition => Self::Condition,
            OnMiss::Block => Self::Fail,
        }
    }
}

impl fmt::Display for GateAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// States one reason of a rule, with the answer that it alone would give.
///
/// Its `Display` is one line that is safe to print on a terminal.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct GateReason {
    answer: GateAnswer,
    place: Option<Place>,
    code: &'static str,
    message: String,
    action: Option<String>,
    due: Option<Date>,
}

impl GateReason {
    pub(super) fn new(answer: GateAnswer, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            answer,
            place: None,
            code,
            message: message.into(),
            action: None,
            due: None,
        }
    }

    pub(super) fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Says what has to be done, which only a condition asks.
    pub(super) fn asking(mut self, action: impl Into<String>, due: Option<Date>) -> Self {
        if self.answer == GateAnswer::Condition {
            self.action = Some(action.into());
            self.due = due;
        }
        self
    }

    /// Returns the answer that this reason alone would give.
    #[must_use]
    pub const fn answer(&self) -> GateAnswer {
        self.answer
    }

    /// Returns the stable code, such as `rmf.gate.not_assessed`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// Returns what the reason is about; `None` where it is about the whole.
    #[must_use]
    pub const fn place(&self) -> Option<&Place> {
        self.place.as_ref()
    }

    /// Returns the subcategory that the reason is about.
    #[must_use]
    pub const fn subcategory(&self) -> Option<Subcategory> {
        match &self.place {
            Some(Place::Subcategory(subcategory)) => Some(*subcategory),
            _ => None,
        }
    }

    /// Returns the risk that the reason is about.
    #[must_use]
    pub const fn risk(&self) -> Option<&RiskId> {
        match &self.place {
            Some(Place::Risk(risk)) => Some(risk),
            _ => None,
        }
    }

    /// Returns what is the case, as it was written: not escaped.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Returns what somebody has to do, which every condition says and nothing else does.
    #[must_use]
    pub fn action(&self) -> Option<&str> {
        self.action.as_deref()
    }

    /// Returns the last day for that, where it is known.
    #[must_use]
    pub const fn due(&self) -> Option<Date> {
        self.due
    }
}

impl fmt::Display for GateReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{}: ", Terminal(&place.to_string()))?;
        }
        write!(f, "{} [{}]", Terminal(&self.message), self.code)
    }
}

impl Serialize for GateReason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut reason = serializer.serialize_struct("GateReason", 6)?;
        reason.serialize_field("answer", &self.answer)?;
        reason.serialize_field("code", self.code)?;
        reason.serialize_field("message", &self.message)?;
        if let Some(place) = &self.place {
            reason.serialize_field("place", &place.to_string())?;
        }
        if let Some(action) = &self.action {
            reason.serialize_field("action", action)?;
        }
        if let Some(due) = &self.due {
            reason.serialize_field("due", due)?;
        }
        reason.end()
    }
}

/// Holds what one rule came to, with every reason.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct GateOutcome {
    rule: GateRule,
    answer: GateAnswer,
    reasons: Vec<GateReason>,
}

impl GateOutcome {
    /// Joins reasons. The worst one decides.
    pub(super) fn new(rule: GateRule, mut reasons: Vec<GateReason>) -> Self {
        // The worst first, then by what the reason is about. The order of the input is not seen.
        reasons.sort_by(|a, b| b.answer.cmp(&a.answer).then_with(|| a.cmp(b)));
        reasons.dedup();
        // A rule without a reason was not looked at, which is never a pass.
        let answer = reasons.first().map(GateReason::answer);
        Self {
            rule,
            answer: answer.unwrap_or(GateAnswer::Unknown),
            reasons,
        }
    }

    /// Returns the rule.
    #[must_use]
    pub const fn rule(&self) -> GateRule {
        self.rule
    }

    /// Returns the answer.
    #[must_use]
    pub const fn answer(&self) -> GateAnswer {
        self.answer
    }

    /// Returns every reason, the weightiest first.
    #[must_use]
    pub fn reasons(&self) -> &[GateReason] {
        &self.reasons
    }
}
