use modelward_artifact::{Digest, Text};
use serde::{Deserialize, Serialize};

use crate::detection::trials::MAX_COUNT;
use crate::{FailureError, Finite, Interval, TimeRange};

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
