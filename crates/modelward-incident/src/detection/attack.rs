pub(crate) mod error;
pub(crate) mod part;
pub(crate) mod technique;

use std::collections::BTreeSet;
use std::fmt;

use modelward_artifact::Digest;
use serde::{Deserialize, Serialize};

use crate::{
    AttackError, AttackTechnique, Comparator, DetectionTool, Finite, PoisonedPart, TimeRange,
    Trials,
};

/// The most inputs, and the most parts of data, that one piece of evidence may name.
const MAX_ITEMS: usize = 10_000;

/// Says of what kind of attack something is a sign.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum AttackIndicator {
    /// A trigger makes the model do what its maker did not want.
    Backdoor,
    /// Someone changed what the model learned from.
    DataPoisoning,
    /// Inputs make the model slow or dear.
    EnergyLatency,
    /// Inputs are changed so that the model errs.
    Evasion,
    /// The model is copied by asking it.
    Extraction,
    /// Training data are rebuilt from answers.
    Inversion,
    /// A prompt gets around the model's rules.
    Jailbreak,
    /// Answers tell whether something was in the training data.
    MembershipInference,
    /// What an assistant remembers was changed.
    MemoryPoisoning,
    /// Someone changed the weights.
    ModelPoisoning,
    /// A user's prompt takes over.
    PromptInjectionDirect,
    /// A prompt within data takes over.
    PromptInjectionIndirect,
}

impl AttackIndicator {
    /// Returns the name that records use, such as `data-poisoning`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Backdoor => "backdoor",
            Self::DataPoisoning => "data-poisoning",
            Self::EnergyLatency => "energy-latency",
            Self::Evasion => "evasion",
            Self::Extraction => "extraction",
            Self::Inversion => "inversion",
            Self::Jailbreak => "jailbreak",
            Self::MembershipInference => "membership-inference",
            Self::MemoryPoisoning => "memory-poisoning",
            Self::ModelPoisoning => "model-poisoning",
            Self::PromptInjectionDirect => "prompt-injection-direct",
            Self::PromptInjectionIndirect => "prompt-injection-indirect",
        }
    }

    /// Tells whether it can show in rows or files, and not in inputs alone.
    #[must_use]
    pub const fn changes_data(self) -> bool {
        matches!(
            self,
            Self::Backdoor | Self::DataPoisoning | Self::MemoryPoisoning | Self::ModelPoisoning
        )
    }
}

impl fmt::Display for AttackIndicator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Says what a detector gave and from where on it alarms.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct AttackDetector {
    tool: DetectionTool,
    score: Finite,
    comparator: Comparator,
    threshold: Finite,
}

impl AttackDetector {
    /// Joins a tool, its score, and the side of the threshold on which it alarms.
    #[must_use]
    pub const fn new(
        tool: DetectionTool,
        score: Finite,
        comparator: Comparator,
        threshold: Finite,
    ) -> Self {
        Self {
            tool,
            score,
            comparator,
            threshold,
        }
    }

    /// Tells whether it alarmed.
    #[must_use]
    pub fn has_fired(&self) -> bool {
        self.comparator.holds(self.score, self.threshold)
    }

    /// Returns the tool.
    #[must_use]
    pub const fn tool(&self) -> &DetectionTool {
        &self.tool
    }

    /// Returns the score.
    #[must_use]
    pub const fn score(&self) -> Finite {
        self.score
    }

    /// Returns the threshold.
    #[must_use]
    pub const fn threshold(&self) -> Finite {
        self.threshold
    }
}

/// Says what came of an attack, as far as it was counted.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[expect(
    clippy::exhaustive_enums,
    reason = "no success, some success, or nobody counted"
)]
pub enum AttackOutcome {
    /// No attempt succeeded.
    Blocked,
    /// At least one attempt succeeded.
    Succeeded,
    /// Nobody counted.
    Uncounted,
}

impl AttackOutcome {
    /// Returns a word for it, such as `blocked`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Blocked => "blocked",
            Self::Succeeded => "succeeded",
            Self::Uncounted => "uncounted",
        }
    }
}

impl fmt::Display for AttackOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Names the model that was attacked, and when.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AttackTarget {
    model: Digest,
    window: TimeRange,
}

impl AttackTarget {
    /// Joins the digest of the model and the time.
    #[must_use]
    pub const fn new(model: Digest, window: TimeRange) -> Self {
        Self { model, window }
    }
}

/// Records signs of an attack: the inputs or parts of data by digest, and what came of it.
///
/// - It names at least one input or part, at most 10,000 of each, none twice.
/// - Parts are for attacks that change data, weights or memory. Poisoned data have at least one.
/// - Inputs are never kept, since they may be what must not spread.
///
/// ```
/// use modelward_artifact::Digest;
/// use modelward_incident::{
///     AttackEvidence, AttackIndicator, AttackOutcome, AttackTarget, PoisonedPart, RowRange, TimeRange,
///     Trials,
/// };
///
/// let day = TimeRange::new("2026-11-20T00:00:00Z".parse()?, "2026-11-21T00:00:00Z".parse()?)?;
/// let target = AttackTarget::new(Digest::sha256(b"model"), day);
/// let rows = vec![RowRange::new(10_400, 10_650)?];
/// let part = PoisonedPart::new("train-00003.parquet", Digest::sha256(b"shard"), rows)?;
/// let evidence = AttackEvidence::new(AttackIndicator::DataPoisoning, target.clone(), vec![], vec![part])?
///     .with_trials(Trials::new(200, 34)?);
/// assert_eq!(evidence.outcome(), AttackOutcome::Succeeded);
/// assert!(AttackEvidence::new(AttackIndicator::Evasion, target, vec![], vec![]).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(into = "Wire", try_from = "Wire")]
pub struct AttackEvidence {
    indicator: AttackIndicator,
    target: AttackTarget,
    inputs: Vec<Digest>,
    parts: Vec<PoisonedPart>,
    trials: Option<Trials>,
    technique: Option<AttackTechnique>,
    detector: Option<AttackDetector>,
}

impl AttackEvidence {
    /// Records the sign, what was attacked, the digests of queries or inputs, and the parts of the
    /// data that are concerned.
    ///
    /// # Errors
    ///
    /// [`AttackError`] where inputs and parts are not as stated above.
    pub fn new(
        indicator: AttackIndicator,
        target: AttackTarget,
        inputs: Vec<Digest>,
        parts: Vec<PoisonedPart>,
    ) -> Result<Self, AttackError> {
        for found in [inputs.len(), parts.len()] {
            if found > MAX_ITEMS {
                return Err(AttackError::TooMany { found });
            }
        }
        if !parts.is_empty() && !indicator.changes_data() {
            return Err(AttackError::Parts { indicator });
        }
        if parts.is_empty() && (inputs.is_empty() || indicator == AttackIndicator::DataPoisoning) {
            return Err(AttackError::Nothing { indicator });
        }
        let names: BTreeSet<&str> = parts.iter().map(|part| part.name().as_str()).collect();
        let bytes: BTreeSet<_> = inputs.iter().map(ToString::to_string).collect();
        if names.len() != parts.len() || bytes.len() != inputs.len() {
            return Err(AttackError::Twice);
        }
        Ok(Self {
            indicator,
            target,
            inputs,
            parts,
            trials: None,
            technique: None,
            detector: None,
        })
    }

    /// Sets how many attempts were counted, and how many succeeded.
    #[must_use]
    pub const fn with_trials(mut self, trials: Trials) -> Self {
        self.trials = Some(trials);
        self
    }

    /// Sets the technique.
    #[must_use]
    pub fn with_technique(mut self, technique: AttackTechnique) -> Self {
        self.technique = Some(technique);
        self
    }

    /// Sets the detector.
    #[must_use]
    pub fn with_detector(mut self, detector: AttackDetector) -> Self {
        self.detector = Some(detector);
        self
    }

    /// Returns what came of it, as counted.
    #[must_use]
    pub const fn outcome(&self) -> AttackOutcome {
        match self.trials {
            None => AttackOutcome::Uncounted,
            Some(trials) if trials.successes() == 0 => AttackOutcome::Blocked,
            Some(_) => AttackOutcome::Succeeded,
        }
    }

    /// Returns of what it is a sign.
    #[must_use]
    pub const fn indicator(&self) -> AttackIndicator {
        self.indicator
    }

    /// Returns the digest of the model.
    #[must_use]
    pub const fn model(&self) -> &Digest {
        &self.target.model
    }

    /// Returns when it was.
    #[must_use]
    pub const fn window(&self) -> TimeRange {
        self.target.window
    }

    /// Returns the digests of queries or inputs.
    #[must_use]
    pub fn inputs(&self) -> &[Digest] {
        &self.inputs
    }

    /// Returns the parts of the data that are concerned.
    #[must_use]
    pub fn parts(&self) -> &[PoisonedPart] {
        &self.parts
    }

    /// Returns the counted attempts.
    #[must_use]
    pub const fn trials(&self) -> Option<Trials> {
        self.trials
    }

    /// Returns the technique.
    #[must_use]
    pub const fn technique(&self) -> Option<&AttackTechnique> {
        self.technique.as_ref()
    }

    /// Returns the detector.
    #[must_use]
    pub const fn detector(&self) -> Option<&AttackDetector> {
        self.detector.as_ref()
    }
}

/// Shows the sign and what came of it, such as `evasion, 34 of 200 attempts: succeeded`.
impl fmt::Display for AttackEvidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.indicator.fmt(f)?;
        if let Some(technique) = &self.technique {
            write!(f, " ({technique})")?;
        }
        if let Some(trials) = self.trials {
            write!(f, ", {trials} attempts")?;
        }
        write!(f, ": {}", self.outcome())
    }
}

/// One JSON object, without the steps by which evidence is built.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    indicator: AttackIndicator,
    model: Digest,
    window: TimeRange,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    inputs: Vec<Digest>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    parts: Vec<PoisonedPart>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trials: Option<Trials>,
    #[serde(skip_serializing_if = "Option::is_none")]
    technique: Option<AttackTechnique>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detector: Option<AttackDetector>,
}

impl From<AttackEvidence> for Wire {
    fn from(evidence: AttackEvidence) -> Self {
        Self {
            indicator: evidence.indicator,
            model: evidence.target.model,
            window: evidence.target.window,
            inputs: evidence.inputs,
            parts: evidence.parts,
            trials: evidence.trials,
            technique: evidence.technique,
            detector: evidence.detector,
        }
    }
}

impl TryFrom<Wire> for AttackEvidence {
    type Error = AttackError;

    fn try_from(wire: Wire) -> Result<Self, AttackError> {
        let target = AttackTarget::new(wire.model, wire.window);
        let evidence = Self::new(wire.indicator, target, wire.inputs, wire.parts)?;
        Ok(Self {
            trials: wire.trials,
            technique: wire.technique,
            detector: wire.detector,
            ..evidence
        })
    }
}
