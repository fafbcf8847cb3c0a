use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{DriftError, Finite};

/// Names a measure of how far two histograms differ.
///
/// `p` and `q` are the shares of the reference and of the current window, `n` and `m` their sizes.
/// A chi-square metric leaves out bins that are empty in both windows; what is left is `k`.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum DriftMetric {
    /// Chi-square of the current counts against `m * p`; no value where a share of the reference is
    /// zero and the current one is not.
    ChiSquareFit,
    /// The p-value of [`ChiSquareFit`](Self::ChiSquareFit) with `k - 1` degrees of freedom.
    ChiSquareFitP,
    /// Chi-square of the table of both windows' counts, without correction for continuity.
    ChiSquareTable,
    /// The p-value of [`ChiSquareTable`](Self::ChiSquareTable) with `k - 1` degrees of freedom.
    ChiSquareTableP,
    /// Half of the root-mean difference of roots: `sqrt(sum((sqrt(p) - sqrt(q))^2) / 2)`, 0 to 1.
    Hellinger,
    /// The square root of the Jensen-Shannon divergence.
    JensenShannonDistance,
    /// The mean of the divergences of `p` and `q` from their mean, once zeros were handled and the
    /// shares made to add up to 1 again.
    JensenShannonDivergence,
    /// The greatest difference of the cumulative shares at the edges, 0 to 1. It is at most the
    /// statistic of the unbinned samples.
    KolmogorovSmirnov,
    /// The asymptotic two-sided p-value of that statistic `d`: `2 * sum((-1)^(i - 1) *
    /// exp(-2 * i^2 * x^2))` over `i` from 1, where `x = d * sqrt(n * m / (n + m))`. Binning makes
    /// it larger, so it errs on the side of no drift.
    KolmogorovSmirnovP,
    /// The greatest difference of two shares, 0 to 1.
    LInfinity,
    /// The population stability index, `sum((p - q) * ln(p / q))`, once zeros were handled.
    Psi,
    /// Half of the sum of the differences of shares, 0 to 1.
    TotalVariation,
    /// The first Wasserstein distance, with each value at the middle of its bin.
    Wasserstein,
    /// The same over the standard deviation of the reference (divided by `n`, values at the middle
    /// of their bins); no value where that is zero.
    WassersteinNormed,
}

impl DriftMetric {
    /// Lists the metrics in the order of their names.
    pub const ALL: [Self; 14] = [
        Self::ChiSquareFit,
        Self::ChiSquareFitP,
        Self::ChiSquareTable,
        Self::ChiSquareTableP,
        Self::Hellinger,
        Self::JensenShannonDistance,
        Self::JensenShannonDivergence,
        Self::KolmogorovSmirnov,
        Self::KolmogorovSmirnovP,
        Self::LInfinity,
        Self::Psi,
        Self::TotalVariation,
        Self::Wasserstein,
        Self::WassersteinNormed,
    ];

    /// Returns the name that records use, such as `jensen-shannon-distance`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ChiSquareFit => "chi-square-fit",
            Self::ChiSquareFitP => "chi-square-fit-p",
            Self::ChiSquareTable => "chi-square-table",
            Self::ChiSquareTableP => "chi-square-table-p",
            Self::Hellinger => "hellinger",
            Self::JensenShannonDistance => "jensen-shannon-distance",
            Self::JensenShannonDivergence => "jensen-shannon-divergence",
            Self::KolmogorovSmirnov => "kolmogorov-smirnov",
            Self::KolmogorovSmirnovP => "kolmogorov-smirnov-p",
            Self::LInfinity => "l-infinity",
            Self::Psi => "psi",
            Self::TotalVariation => "total-variation",
            Self::Wasserstein => "wasserstein",
            Self::WassersteinNormed => "wasserstein-normed",
        }
    }

    /// Tells whether its values are probabilities, which are small where there is drift.
    #[must_use]
    pub const fn is_p_value(self) -> bool {
        matches!(
            self,
            Self::ChiSquareFitP | Self::ChiSquareTableP | Self::KolmogorovSmirnovP
        )
    }

    /// Tells whether it needs bins with edges.
    #[must_use]
    pub const fn needs_edges(self) -> bool {
        matches!(
            self,
            Self::KolmogorovSmirnov
                | Self::KolmogorovSmirnovP
                | Self::Wasserstein
                | Self::WassersteinNormed
        )
    }

    const fn has_base(self) -> bool {
        self.is_jensen_shannon() || matches!(self, Self::Psi)
    }

    const fn is_jensen_shannon(self) -> bool {
        matches!(
            self,
            Self::JensenShannonDistance | Self::JensenShannonDivergence
        )
    }

    /// Tells whether no value is above 1.
    const fn is_bounded(self) -> bool {
        self.is_p_value()
            || self.is_jensen_shannon()
            || matches!(
                self,
                Self::Hellinger | Self::KolmogorovSmirnov | Self::LInfinity | Self::TotalVariation
            )
    }

    /// Refuses values that the metric cannot have, with room for rounding at the top.
    pub(crate) fn check(self, value: Finite) -> Result<(), DriftError> {
        let top = if self.is_bounded() {
            1.0 + 1e-9
        } else {
            f64::MAX
        };
        if (0.0..=top).contains(&value.get()) {
            return Ok(());
        }
        Err(DriftError::Value {
            metric: self,
            found: value,
        })
    }
}

impl fmt::Display for DriftMetric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Names the base of a logarithm.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum LogBase {
    /// Euler's number; the result is in nats.
    E,
    /// Ten.
    Ten,
    /// Two; the result is in bits.
    Two,
}

impl LogBase {
    /// Returns the natural logarithm of the base.
    pub(crate) const fn ln(self) -> f64 {
        match self {
            Self::E => 1.0,
            Self::Ten => std::f64::consts::LN_10,
            Self::Two => std::f64::consts::LN_2,
        }
    }
}

/// Says what takes the place of shares that are zero. The other shares stay as they are.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(
    rename_all = "kebab-case",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
#[non_exhaustive]
pub enum ZeroHandling {
    /// Zeros stay.
    None,
    /// A fixed share.
    Replace {
        /// The share, above 0 and below 1.
        share: Finite,
    },
    /// A fixed share; where the smallest share of the window that is not zero is at most as large,
    /// that one over a divisor.
    ReplaceScaled {
        /// The share, above 0 and below 1.
        share: Finite,
        /// The divisor, above 1.
        divisor: Finite,
    },
}

impl ZeroHandling {
    /// Returns what evidently does: 0.0001, or a millionth of the smallest share.
    #[must_use]
    pub const fn evidently() -> Self {
        Self::ReplaceScaled {
            share: Finite::known(0.0001),
            divisor: Finite::known(1_000_000.0),
        }
    }

    /// Puts shares in the place of zeros.
    pub(crate) fn apply(self, shares: &mut [f64]) {
        let share = match self {
            Self::None => return,
            Self::Replace { share } => share.get(),
            Self::ReplaceScaled { share, divisor } => {
                let positive = shares.iter().copied().filter(|&share| share > 0.0);
                let smallest = positive.fold(f64::INFINITY, f64::min);
                if smallest <= share.get() {
                    smallest / divisor.get()
                } else {
                    share.get()
                }
            }
        };
        let zeros = shares.iter_mut().filter(|share| **share == 0.0);
        zeros.for_each(|zero| *zero = share);
    }

    fn check(self) -> Result<(), DriftError> {
        let (share, divisor) = match self {
            Self::None => return Ok(()),
            Self::Replace { share } => (share, None),
            Self::ReplaceScaled { share, divisor } => (share, Some(divisor)),
        };
        if share <= Finite::ZERO || share.get() >= 1.0 {
            return Err(DriftError::Share { found: share });
        }
        match divisor {
            Some(found) if found.get() <= 1.0 => Err(DriftError::Share { found }),
            _ => Ok(()),
        }
    }
}

/// Says exactly how a value was computed: the metric, the version of its definition, what is done
/// with zeros, and the base of the logarithm.
///
/// - Only PSI and Jensen-Shannon have a base, and handle zeros.
/// - Version 1 is what [`DriftMetric`] states. A record may have another one: then its value cannot
///   be recomputed here, and nothing else is wrong with it.
///
/// ```
/// use modelward_incident::{DriftMeasure, DriftMetric, LogBase, ZeroHandling};
///
/// let psi = DriftMeasure::logarithmic(DriftMetric::Psi, LogBase::E, ZeroHandling::evidently())?;
/// assert_eq!(psi.version(), 1);
/// assert!(DriftMeasure::plain(DriftMetric::Psi).is_err());
/// # Ok::<(), modelward_incident::DriftError>(())
/// ```
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", try_from = "Wire")]
pub struct DriftMeasure {
    metric: DriftMetric,
    version: u32,
    zeros: ZeroHandling,
    #[serde(skip_serializing_if = "Option::is_none")]
    log_base: Option<LogBase>,
}

impl DriftMeasure {
    /// The version of the definitions that [`DriftMetric`] states.
    pub const VERSION: u32 = 1;

    /// Takes a metric without a logarithm.
    ///
    /// # Errors
    ///
    /// [`DriftError::Definition`] where the metric is PSI or Jensen-Shannon.
    pub fn plain(metric: DriftMetric) -> Result<Self, DriftError> {
        Self::known(metric, None, ZeroHandling::None).checked()
    }

    /// Takes PSI or Jensen-Shannon.
    ///
    /// # Errors
    ///
    /// [`DriftError`] where it is another metric, or the zero handling is out of range.
    pub fn logarithmic(
        metric: DriftMetric,
        base: LogBase,
        zeros: ZeroHandling,
    ) -> Result<Self, DriftError> {
        Self::known(metric, Some(base), zeros).checked()
    }

    /// Returns the metric.
    #[must_use]
    pub const fn metric(self) -> DriftMetric {
        self.metric
    }

    /// Returns the version of its definition.
    #[must_use]
    pub const fn version(self) -> u32 {
        self.version
    }

    /// Returns what is done with zeros.
    #[must_use]
    pub const fn zeros(self) -> ZeroHandling {
        self.zeros
    }

    /// Returns the base of the logarithm, if there is one.
    #[must_use]
    pub const fn log_base(self) -> Option<LogBase> {
        self.log_base
    }

    pub(crate) const fn known(
        metric: DriftMetric,
        log_base: Option<LogBase>,
        zeros: ZeroHandling,
    ) -> Self {
        Self {
            metric,
            version: Self::VERSION,
            zeros,
            log_base,
        }
    }

    fn checked(self) -> Result<Self, DriftError> {
        let metric = self.metric;
        let expected = match (metric.has_base(), self.log_base) {
            (true, None) => Some("needs the base of its logarithm"),
            (false, Some(_)) => Some("has no logarithm"),
            (false, None) if self.zeros != ZeroHandling::None => Some("handles no zeros"),
            _ => None,
        };
        if let Some(expected) = expected {
            return Err(DriftError::Definition { metric, expected });
        }
        self.zeros.check()?;
        Ok(self)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Wire {
    metric: DriftMetric,
    version: u32,
    zeros: ZeroHandling,
    log_base: Option<LogBase>,
}

impl TryFrom<Wire> for DriftMeasure {
    type Error = DriftError;

    fn try_from(wire: Wire) -> Result<Self, DriftError> {
        Self {
            metric: wire.metric,
            version: wire.version,
            zeros: wire.zeros,
            log_base: wire.log_base,
        }
        .checked()
    }
}
