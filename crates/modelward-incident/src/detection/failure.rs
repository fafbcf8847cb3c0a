pub(crate) mod error;
pub(crate) mod parts;

use std::fmt;

use modelward_artifact::escape::Terminal;
use serde::{Deserialize, Serialize};

use crate::{Baseline, Better, FailedCheck, FailureError, Observed, PerformanceMetric};

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
        let better = self.metric.better();
        let (limit, interval) = (self.baseline.limit(better), self.observed.interval());
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
        let (value, interval) = (self.observed.value(), self.observed.interval());
        let name = Terminal(self.metric.name().as_str());
        let (low, high) = (interval.low(), interval.high());
        let (limit, verdict) = (self.baseline.limit(self.metric.better()), self.verdict());
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
