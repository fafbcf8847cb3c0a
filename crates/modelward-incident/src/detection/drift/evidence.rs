use std::fmt;

use modelward_artifact::escape::Terminal;
use modelward_artifact::{Digest, Text};
use serde::{Deserialize, Serialize};

use crate::detection::drift::wire::Wire;
use crate::detection::trials::MAX_COUNT;
use crate::{
    Correction, DetectionTool, DriftError, DriftMeasure, DriftPreset, DriftVerdict, DriftWindow,
    Finite, PresetOrigin, Threshold,
};

/// The relative difference up to which two values are the same.
const TOLERANCE: f64 = 1e-9;

/// The difference up to which two values are the same in any case: rounding of what should be zero.
const ROUNDING: f64 = 1e-15;

/// Says what has drifted.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum DriftKind {
    /// What the right answer to an input is.
    Concept,
    /// Inputs.
    Data,
    /// True answers.
    Label,
    /// The model's answers.
    Prediction,
    /// How complete and well-formed the data are.
    Quality,
}

impl DriftKind {
    /// Returns the name that records use, such as `concept`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Concept => "concept",
            Self::Data => "data",
            Self::Label => "label",
            Self::Prediction => "prediction",
            Self::Quality => "quality",
        }
    }
}

impl fmt::Display for DriftKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Says where drift was looked for: the column, what it is to the model, and the model.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DriftSubject {
    pub(super) column: Text,
    pub(super) kind: DriftKind,
    pub(super) model: Digest,
}

impl DriftSubject {
    /// Names a feature, output or target of a model.
    ///
    /// # Errors
    ///
    /// [`DriftError::Text`] where the column is no [`Text`].
    pub fn new(column: &str, kind: DriftKind, model: Digest) -> Result<Self, DriftError> {
        let column = column
            .parse()
            .map_err(|source| DriftError::Text { source })?;
        Ok(Self {
            column,
            kind,
            model,
        })
    }
}

/// Says how drift is judged: the measure, the threshold, where both are from, and how several tests
/// at once are made up for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DriftTerms {
    pub(super) measure: DriftMeasure,
    pub(super) threshold: Threshold,
    pub(super) preset: Option<PresetOrigin>,
    pub(super) correction: Correction,
    pub(super) tests: u64,
}

impl DriftTerms {
    /// Takes a measure and a threshold of one's own, for one test.
    #[must_use]
    pub const fn new(measure: DriftMeasure, threshold: Threshold) -> Self {
        Self {
            measure,
            threshold,
            preset: None,
            correction: Correction::None,
            tests: 1,
        }
    }

    /// Takes the terms of a preset, for one test.
    #[must_use]
    pub fn of_preset(preset: &DriftPreset) -> Self {
        Self {
            preset: Some(preset.origin_of()),
            ..Self::new(preset.measure(), preset.threshold())
        }
    }

    /// Names where the terms are from.
    ///
    /// # Errors
    ///
    /// [`DriftError::Preset`] where it is a preset of this crate with other terms.
    pub fn with_preset(mut self, preset: PresetOrigin) -> Result<Self, DriftError> {
        self.preset = Some(preset);
        self.checked()
    }

    /// States how many tests were made at once, and what makes up for that.
    ///
    /// # Errors
    ///
    /// [`DriftError`] where there are no tests or too many, or a value that is no p-value is to be
    /// corrected.
    pub fn among(self, tests: u64, correction: Correction) -> Result<Self, DriftError> {
        Self {
            correction,
            tests,
            ..self
        }
        .checked()
    }

    pub(super) fn checked(self) -> Result<Self, DriftError> {
        if !(1..=MAX_COUNT).contains(&self.tests) {
            return Err(DriftError::Tests { found: self.tests });
        }
        self.correction.check(self.measure.metric())?;
        if let Some(preset) = &self.preset {
            preset.check(self.measure, self.threshold)?;
        }
        Ok(self)
    }

    fn verdict(&self, value: Finite) -> DriftVerdict {
        let threshold = self.correction.corrected(self.threshold, self.tests);
        threshold.verdict(value)
    }
}

/// Holds the window that is compared with, and the window in question. Their bins are the same.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DriftWindows {
    pub(super) reference: DriftWindow,
    pub(super) current: DriftWindow,
}

impl DriftWindows {
    /// Joins two windows.
    ///
    /// # Errors
    ///
    /// [`DriftError::Bins`] where their bins differ.
    pub fn new(reference: DriftWindow, current: DriftWindow) -> Result<Self, DriftError> {
        if reference.histogram().bins() != current.histogram().bins() {
            return Err(DriftError::Bins);
        }
        Ok(Self { reference, current })
    }
}

/// Holds a value that a tool reported.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ReportedValue {
    pub(super) tool: DetectionTool,
    pub(super) value: Finite,
}

impl ReportedValue {
    /// Joins a tool and its value.
    #[must_use]
    pub const fn new(tool: DetectionTool, value: Finite) -> Self {
        Self { tool, value }
    }
}

/// Answers whether a stored value follows from the stored counts.
#[derive(Clone, Debug, Eq, PartialEq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "yes, no and cannot tell are all answers"
)]
#[must_use = "an unread answer protects nothing"]
pub enum Recheck {
    /// It cannot be recomputed.
    CannotTell {
        /// Why not.
        why: DriftError,
    },
    /// Another value follows.
    Differs {
        /// The value that is stored.
        stored: Finite,
        /// The value that follows.
        recomputed: Finite,
    },
    /// It does.
    Same,
}

/// Records that a column was compared with what it was, so that anyone can compute the value again.
///
/// - Bins and counts of both windows are in it, with the exact definition of the measure.
/// - The verdict is derived from value, threshold and correction. A document that states another
///   one is refused.
/// - The terms of a known preset, in the known version, are those of the preset.
///
/// ```
/// use modelward_artifact::Digest;
/// use modelward_incident::{
///     DetectionTool, DriftEvidence, DriftKind, DriftPreset, DriftSubject, DriftTerms,
///     DriftVerdict, DriftWindow, DriftWindows, Histogram, Recheck, TimeRange,
/// };
///
/// let window = |month, counts| -> Result<_, Box<dyn std::error::Error>> {
///     let from = format!("2026-{month}-01T00:00:00Z").parse()?;
///     let to = format!("2026-{month}-28T00:00:00Z").parse()?;
///     let histogram = Histogram::numeric(&[0.0, 30.0, 60.0, 90.0], counts)?;
///     Ok(DriftWindow::new(TimeRange::new(from, to)?, Digest::sha256(b"sample"), histogram))
/// };
/// let windows = DriftWindows::new(window("05", vec![200, 500, 300])?, window("11", vec![400, 400, 200])?)?;
/// let terms = DriftTerms::of_preset(DriftPreset::find("evidently.psi").expect("a preset"));
/// let subject = DriftSubject::new("age", DriftKind::Data, Digest::sha256(b"model"))?;
/// let evidence = DriftEvidence::measured(subject, terms, windows, DetectionTool::new("modelward", "0.1.0")?)?;
/// assert_eq!(evidence.verdict(), DriftVerdict::Drifted);
/// assert_eq!(evidence.recheck(), Recheck::Same);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(into = "Wire", try_from = "Wire")]
pub struct DriftEvidence {
    pub(super) subject: DriftSubject,
    pub(super) terms: DriftTerms,
    pub(super) windows: DriftWindows,
    pub(super) reported: ReportedValue,
}

impl DriftEvidence {
    /// Computes the value here and records it, with the tool that made the histograms.
    ///
    /// # Errors
    ///
    /// [`DriftError`] where the measure has no value for these windows.
    pub fn measured(
        subject: DriftSubject,
        terms: DriftTerms,
        windows: DriftWindows,
        tool: DetectionTool,
    ) -> Result<Self, DriftError> {
        let value = windows.value(terms.measure)?;
        Self::reported(subject, terms, windows, ReportedValue::new(tool, value))
    }

    /// Records a value that a tool computed. It is not compared with the counts; see
    /// [`recheck`](Self::recheck).
    ///
    /// # Errors
    ///
    /// [`DriftError::Value`] where the metric cannot have that value.
    pub fn reported(
        subject: DriftSubject,
        terms: DriftTerms,
        windows: DriftWindows,
        reported: ReportedValue,
    ) -> Result<Self, DriftError> {
        terms.measure.metric().check(reported.value)?;
        Ok(Self {
            subject,
            terms,
            windows,
            reported,
        })
    }

    /// Computes the value again from the stored bins and counts.
    ///
    /// Two values are the same where they differ by at most a billionth of the larger one, or by at
    /// most 10^-15: logarithms and roots differ in the last digits from machine to machine.
    pub fn recheck(&self) -> Recheck {
        let stored = self.reported.value;
        match self.windows.value(self.terms.measure) {
            Ok(recomputed) if is_close(stored.get(), recomputed.get()) => Recheck::Same,
            Ok(recomputed) => Recheck::Differs { stored, recomputed },
            Err(why) => Recheck::CannotTell { why },
        }
    }

    /// Returns what follows from value, threshold and correction.
    #[must_use]
    pub fn verdict(&self) -> DriftVerdict {
        self.terms.verdict(self.reported.value)
    }

    /// Returns the column.
    #[must_use]
    pub const fn column(&self) -> &Text {
        &self.subject.column
    }

    /// Returns what the column is to the model.
    #[must_use]
    pub const fn kind(&self) -> DriftKind {
        self.subject.kind
    }

    /// Returns the digest of the model.
    #[must_use]
    pub const fn model(&self) -> &Digest {
        &self.subject.model
    }

    /// Returns the measure.
    #[must_use]
    pub const fn measure(&self) -> DriftMeasure {
        self.terms.measure
    }

    /// Returns the value.
    #[must_use]
    pub const fn value(&self) -> Finite {
        self.reported.value
    }

    /// Returns the threshold before any correction.
    #[must_use]
    pub const fn threshold(&self) -> Threshold {
        self.terms.threshold
    }

    /// Returns where the terms are from.
    #[must_use]
    pub const fn preset(&self) -> Option<&PresetOrigin> {
        self.terms.preset.as_ref()
    }

    /// Returns what makes up for several tests.
    #[must_use]
    pub const fn correction(&self) -> Correction {
        self.terms.correction
    }

    /// Returns how many tests were made at once.
    #[must_use]
    pub const fn tests(&self) -> u64 {
        self.terms.tests
    }

    /// Returns the window that was compared with.
    #[must_use]
    pub const fn reference(&self) -> &DriftWindow {
        &self.windows.reference
    }

    /// Returns the window in question.
    #[must_use]
    pub const fn current(&self) -> &DriftWindow {
        &self.windows.current
    }

    /// Returns the tool that computed the value, or made the histograms.
    #[must_use]
    pub const fn tool(&self) -> &DetectionTool {
        &self.reported.tool
    }
}

/// Shows the value beside the threshold, such as `age (data): psi is 0.31, alarm at >= 0.1: drifted`.
impl fmt::Display for DriftEvidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let DriftTerms {
            threshold,
            correction,
            tests,
            measure,
            ..
        } = &self.terms;
        let threshold = correction.corrected(*threshold, *tests);
        let (column, value) = (Terminal(self.column().as_str()), self.value());
        let (kind, verdict, metric) = (self.kind(), self.verdict(), measure.metric());
        let (sign, act) = (threshold.comparator().sign(), threshold.act());
        write!(
            f,
            "{column} ({kind}): {metric} is {value}, alarm at {sign} {act}: {verdict}"
        )
    }
}

impl DriftWindows {
    fn value(&self, measure: DriftMeasure) -> Result<Finite, DriftError> {
        measure.value(self.reference.histogram(), self.current.histogram())
    }
}

fn is_close(a: f64, b: f64) -> bool {
    let difference = (a - b).abs();
    difference <= TOLERANCE * a.abs().max(b.abs()) || difference <= ROUNDING
}
