use std::fmt;

use modelward_artifact::escape::Terminal;
use modelward_artifact::{Digest, ParseTextError, Text};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::detection::trials::MAX_COUNT;
use crate::{Finite, Interval, TimeRange};

/// Says which values of a metric are the better ones.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::exhaustive_enums, reason = "there are two directions")]
pub enum Better {
    /// Such as of accuracy.
    Higher,
    /// Such as of a loss.
    Lower,
}

/// Says whether a metric was computed from true answers.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(
    rename_all = "kebab-case",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
#[expect(
    clippy::exhaustive_enums,
    reason = "without labels a metric can only be estimated"
)]
pub enum Labels {
    /// The true answers are known.
    Available,
    /// They are not, and the metric was estimated.
    Estimated {
        /// How, such as confidence-based performance estimation.
        method: Text,
    },
}

/// Names what a model is measured by.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PerformanceMetric {
    name: Text,
    better: Better,
    labels: Labels,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    slice: Option<Text>,
}

impl PerformanceMetric {
    /// Names a metric over all inputs.
    ///
    /// # Errors
    ///
    /// [`FailureError::Text`] where the name is no [`Text`].
    pub fn new(name: &str, better: Better, labels: Labels) -> Result<Self, FailureError> {
        Ok(Self {
            name: text(name)?,
            better,
            labels,
            slice: None,
        })
    }

    /// Names the part of the inputs that it is over, such as `age below 25`.
    ///
    /// # Errors
    ///
    /// [`FailureError::Text`] where it is no [`Text`].
    pub fn over(mut self, slice: &str) -> Result<Self, FailureError> {
        self.slice = Some(text(slice)?);
        Ok(self)
    }

    /// Returns the name.
    #[must_use]
    pub const fn name(&self) -> &Text {
        &self.name
    }

    /// Returns which values are better.
    #[must_use]
    pub const fn better(&self) -> Better {
        self.better
    }

    /// Returns whether true answers were there.
    #[must_use]
    pub const fn labels(&self) -> &Labels {
        &self.labels
    }

    /// Returns the part of the inputs.
    #[must_use]
    pub const fn slice(&self) -> Option<&Text> {
        self.slice.as_ref()
    }
}

/// Holds what a model reached before, how much worse is allowed, and the digest of the report.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(try_from = "WireBaseline")]
pub struct Baseline {
    value: Finite,
    allowance: Finite,
    report: Digest,
}

impl Baseline {
    /// Joins them.
    ///
    /// # Errors
    ///
    /// [`FailureError::Allowance`] where the allowance is negative, or so large that no number
    /// holds the limit.
    pub fn new(value: Finite, allowance: Finite, report: Digest) -> Result<Self, FailureError> {
        let (base, allowed) = (value.get(), allowance.get());
        if allowed < 0.0 || !(base - allowed).is_finite() || !(base + allowed).is_finite() {
            return Err(FailureError::Allowance { found: allowance });
        }
        Ok(Self {
            value,
            allowance,
            report,
        })
    }

    /// Returns the value.
    #[must_use]
    pub const fn value(&self) -> Finite {
        self.value
    }

    /// Returns how much worse is allowed.
    #[must_use]
    pub const fn allowance(&self) -> Finite {
        self.allowance
    }

    /// Returns the digest of the report.
    #[must_use]
    pub const fn report(&self) -> &Digest {
        &self.report
    }

    /// Returns the worst value that is allowed.
    #[must_use]
    pub fn limit(&self, better: Better) -> Finite {
        let (base, allowed) = (self.value.get(), self.allowance.get());
        Finite::known(match better {
            Better::Higher => base - allowed,
            Better::Lower => base + allowed,
        })
    }
}

/// Holds what was measured: the value with its interval, on how many inputs, when, and the digests
/// of the model and the data.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(try_from = "WireObserved")]
pub struct Observed {
    value: Finite,
    interval: Interval,
    sample: EvaluatedSample,
}

impl Observed {
    /// Joins a value, its interval and its sample.
    ///
    /// # Errors
    ///
    /// [`FailureError::Outside`] where the value lies outside of the interval.
    pub fn new(
        value: Finite,
        interval: Interval,
        sample: EvaluatedSample,
    ) -> Result<Self, FailureError> {
        if !interval.contains(value) {
            return Err(FailureError::Outside { value });
        }
        Ok(Self {
            value,
            interval,
            sample,
        })
    }

    /// Returns the value.
    #[must_use]
    pub const fn value(&self) -> Finite {
        self.value
    }

    /// Returns the interval.
    #[must_use]
    pub const fn interval(&self) -> Interval {
        self.interval
    }

    /// Returns the sample.
    #[must_use]
    pub const fn sample(&self) -> &EvaluatedSample {
        &self.sample
    }
}

/// Says on what a model was measured.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(try_from = "WireSample")]
pub struct EvaluatedSample {
    model: Digest,
    data: Digest,
    n: u64,
    window: TimeRange,
}

impl EvaluatedSample {
    /// Joins the digests of the model and of the data, the number of inputs, and their time.
    ///
    /// # Errors
    ///
    /// [`FailureError::Size`] where there are no inputs, or more than 2^53 - 1.
    pub fn new(
        model: Digest,
        data: Digest,
        n: u64,
        window: TimeRange,
    ) -> Result<Self, FailureError> {
        if !(1..=MAX_COUNT).contains(&n) {
            return Err(FailureError::Size { found: n });
        }
        Ok(Self {
            model,
            data,
            n,
            window,
        })
    }

    /// Returns the digest of the model.
    #[must_use]
    pub const fn model(&self) -> &Digest {
        &self.model
    }

    /// Returns the digest of the data.
    #[must_use]
    pub const fn data(&self) -> &Digest {
        &self.data
    }

    /// Returns the number of inputs.
    #[must_use]
    pub const fn n(&self) -> u64 {
        self.n
    }

    /// Returns when they came.
    #[must_use]
    pub const fn window(&self) -> TimeRange {
        self.window
    }
}

/// Says what kind of check noticed a failure.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum CheckKind {
    /// Known inputs in production, or a release to a few.
    Canary,
    /// A test on data that was set aside.
    Evaluation,
    /// Watching what the model does in production.
    Monitor,
}

/// Names the check that noticed a failure, with the digest of its report.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct FailedCheck {
    kind: CheckKind,
    name: Text,
    report: Digest,
}

impl FailedCheck {
    /// Names a check.
    ///
    /// # Errors
    ///
    /// [`FailureError::Text`] where the name is no [`Text`].
    pub fn new(kind: CheckKind, name: &str, report: Digest) -> Result<Self, FailureError> {
        let name = text(name)?;
        Ok(Self { kind, name, report })
    }

    /// Returns the kind.
    #[must_use]
    pub const fn kind(&self) -> CheckKind {
        self.kind
    }

    /// Returns the name.
    #[must_use]
    pub const fn name(&self) -> &Text {
        &self.name
    }

    /// Returns the digest of the report.
    #[must_use]
    pub const fn report(&self) -> &Digest {
        &self.report
    }
}

/// Says whether a model does worse than is allowed.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "an interval lies on one side of a limit, on the other, or on both"
)]
pub enum FailureVerdict {
    /// The whole interval is worse than the limit.
    Failed,
    /// No part of it is.
    Holds,
    /// A part of it is: the sample does not decide it.
    Unclear,
}

impl FailureVerdict {
    /// Returns the name that records use, such as `failed`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Holds => "holds",
            Self::Unclear => "unclear",
        }
    }
}

impl fmt::Display for FailureVerdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Records that a model was measured against its baseline.
///
/// The verdict is derived from interval and limit. A document that states another one is refused.
///
/// ```
/// use modelward_artifact::Digest;
/// use modelward_incident::{
///     Baseline, Better, CheckKind, EvaluatedSample, FailedCheck, FailureEvidence, FailureVerdict,
///     Finite, Interval, Labels, Observed, PerformanceMetric, TimeRange,
/// };
///
/// let number = |number| Finite::new(number).expect("finite");
/// let digest = || Digest::sha256(b"report");
/// let recall = PerformanceMetric::new("recall", Better::Higher, Labels::Available)?.over("age below 25")?;
/// let baseline = Baseline::new(number(0.92), number(0.02), digest())?;
/// let week = TimeRange::new("2026-11-01T00:00:00Z".parse()?, "2026-11-08T00:00:00Z".parse()?)?;
/// let sample = EvaluatedSample::new(Digest::sha256(b"model"), Digest::sha256(b"data"), 1_400, week)?;
/// let interval = Interval::new(number(0.78), number(0.84), number(0.95))?;
/// let observed = Observed::new(number(0.81), interval, sample)?;
/// let check = FailedCheck::new(CheckKind::Canary, "canary eu-1", digest())?;
/// let evidence = FailureEvidence::new(recall, baseline, observed, check);
/// assert_eq!(evidence.verdict(), FailureVerdict::Failed);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(into = "Wire", try_from = "Wire")]
pub struct FailureEvidence {
    metric: PerformanceMetric,
    baseline: Baseline,
    observed: Observed,
    check: FailedCheck,
}

impl FailureEvidence {
    /// Joins the metric, its baseline, what was observed and what noticed it.
    #[must_use]
    pub const fn new(
        metric: PerformanceMetric,
        baseline: Baseline,
        observed: Observed,
        check: FailedCheck,
    ) -> Self {
        Self {
            metric,
            baseline,
            observed,
            check,
        }
    }

    /// Returns what follows from interval and limit.
    #[must_use]
    pub fn verdict(&self) -> FailureVerdict {
        let better = self.metric.better;
        let (limit, interval) = (self.baseline.limit(better), self.observed.interval);
        let (best, worst) = match better {
            Better::Higher => (interval.high() < limit, interval.low() < limit),
            Better::Lower => (interval.low() > limit, interval.high() > limit),
        };
        match (best, worst) {
            (true, _) => FailureVerdict::Failed,
            (false, true) => FailureVerdict::Unclear,
            (false, false) => FailureVerdict::Holds,
        }
    }

    /// Returns the metric.
    #[must_use]
    pub const fn metric(&self) -> &PerformanceMetric {
        &self.metric
    }

    /// Returns the baseline.
    #[must_use]
    pub const fn baseline(&self) -> &Baseline {
        &self.baseline
    }

    /// Returns what was observed.
    #[must_use]
    pub const fn observed(&self) -> &Observed {
        &self.observed
    }

    /// Returns what noticed it.
    #[must_use]
    pub const fn check(&self) -> &FailedCheck {
        &self.check
    }
}

/// Shows the value beside the limit, such as `recall is 0.81 (0.78 to 0.84), limit 0.9: failed`.
impl fmt::Display for FailureEvidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Observed {
            value, interval, ..
        } = &self.observed;
        let name = Terminal(self.metric.name.as_str());
        let (low, high) = (interval.low(), interval.high());
        let (limit, verdict) = (self.baseline.limit(self.metric.better), self.verdict());
        write!(
            f,
            "{name} is {value} ({low} to {high}), limit {limit}: {verdict}"
        )
    }
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    metric: PerformanceMetric,
    baseline: Baseline,
    observed: Observed,
    check: FailedCheck,
    verdict: FailureVerdict,
}

impl From<FailureEvidence> for Wire {
    fn from(evidence: FailureEvidence) -> Self {
        Self {
            verdict: evidence.verdict(),
            metric: evidence.metric,
            baseline: evidence.baseline,
            observed: evidence.observed,
            check: evidence.check,
        }
    }
}

impl TryFrom<Wire> for FailureEvidence {
    type Error = FailureError;

    fn try_from(wire: Wire) -> Result<Self, FailureError> {
        let evidence = Self::new(wire.metric, wire.baseline, wire.observed, wire.check);
        if evidence.verdict() != wire.verdict {
            return Err(FailureError::Verdict);
        }
        Ok(evidence)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireBaseline {
    value: Finite,
    allowance: Finite,
    report: Digest,
}

impl TryFrom<WireBaseline> for Baseline {
    type Error = FailureError;

    fn try_from(wire: WireBaseline) -> Result<Self, FailureError> {
        Self::new(wire.value, wire.allowance, wire.report)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireObserved {
    value: Finite,
    interval: Interval,
    sample: EvaluatedSample,
}

impl TryFrom<WireObserved> for Observed {
    type Error = FailureError;

    fn try_from(wire: WireObserved) -> Result<Self, FailureError> {
        Self::new(wire.value, wire.interval, wire.sample)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireSample {
    model: Digest,
    data: Digest,
    n: u64,
    window: TimeRange,
}

impl TryFrom<WireSample> for EvaluatedSample {
    type Error = FailureError;

    fn try_from(wire: WireSample) -> Result<Self, FailureError> {
        Self::new(wire.model, wire.data, wire.n, wire.window)
    }
}

fn text(text: &str) -> Result<Text, FailureError> {
    text.parse().map_err(|source| FailureError::Text { source })
}

/// Says why something is no [`FailureEvidence`].
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum FailureError {
    /// The allowance is negative or too large.
    #[error("allowance is {found}, expected a number from 0 that leaves a finite limit")]
    Allowance {
        /// The allowance.
        found: Finite,
    },
    /// The value lies outside of its interval.
    #[error("value {value} lies outside of its interval")]
    Outside {
        /// The value.
        value: Finite,
    },
    /// There are no inputs or too many.
    #[error("sample has {found} inputs, expected 1 to 2^53 - 1")]
    Size {
        /// How many there are.
        found: u64,
    },
    /// A text is invalid.
    #[error("evidence of failure has an invalid text")]
    Text {
        /// What is wrong with it.
        source: ParseTextError,
    },
    /// The stated verdict does not follow from interval and limit.
    #[error("stated verdict does not follow from interval and limit")]
    Verdict,
}

impl FailureError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Allowance { .. } => "incident.failure.allowance",
            Self::Outside { .. } => "incident.failure.outside",
            Self::Size { .. } => "incident.failure.size",
            Self::Text { .. } => "incident.failure.text",
            Self::Verdict => "incident.failure.verdict",
        }
    }
}
