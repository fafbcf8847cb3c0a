use modelward_artifact::escape::Terminal;
use thiserror::Error;

use crate::detection::drift::histogram::MAX_BINS;
use crate::{DriftMetric, Finite, ParseTextError};

/// Says why something is no evidence of drift, or why a metric has no value.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum DriftError {
    /// The reference and the current window do not have the same bins.
    #[error("reference and current window do not have the same bins")]
    Bins,
    /// There are too few or too many bins.
    #[error("histogram has {found} bins, expected 1 to {MAX_BINS}")]
    Count {
        /// How many there are.
        found: usize,
    },
    /// A correction was given for a value that is no p-value.
    #[error("a correction is for p-values, and {metric} is none")]
    Correction {
        /// The metric.
        metric: DriftMetric,
    },
    /// A metric was given a zero handling or a base that it does not have, or lacks its own.
    #[error("{metric} {expected}")]
    Definition {
        /// The metric.
        metric: DriftMetric,
        /// What it needs.
        expected: &'static str,
    },
    /// The edges are not one more than the counts, or do not rise.
    #[error("{found} edges of {counts} bins do not rise one by one, expected one more than bins")]
    Edges {
        /// How many edges there are.
        found: usize,
        /// How many counts there are.
        counts: usize,
    },
    /// No value is in the histogram.
    #[error("histogram is empty")]
    Empty,
    /// A category stands twice, or there are not as many as counts.
    #[error("categories are not one for each of {counts} counts, or one stands twice")]
    Categories {
        /// How many counts there are.
        counts: usize,
    },
    /// A p-value was asked for, and this build has no feature `drift-stats`.
    #[error("p-values of {metric} need the feature `drift-stats`")]
    Feature {
        /// The metric.
        metric: DriftMetric,
    },
    /// A metric needs the order of numbers, and the bins are categories.
    #[error("{metric} needs edges of bins, found categories")]
    Order {
        /// The metric.
        metric: DriftMetric,
    },
    /// A known preset was named and other terms were given than it has.
    #[error("evidence does not have the terms of preset `{}`", Terminal(name))]
    Preset {
        /// The preset.
        name: String,
    },
    /// The size of the sample is not the sum of the counts.
    #[error("window has a sample of {found}, and counts that add up to {sum}")]
    Sample {
        /// The size that was given.
        found: u64,
        /// The sum of the counts.
        sum: u64,
    },
    /// Zero handling with a share that is not between 0 and 1, or a divisor that is not above 1.
    #[error("zero handling needs a share above 0 and below 1 and a divisor above 1, found {found}")]
    Share {
        /// The share or divisor.
        found: Finite,
    },
    /// The counts add up to more than 2^53 - 1.
    #[error("counts add up to more than 2^53 - 1")]
    Sum,
    /// The number of tests is 0 or above 2^53 - 1.
    #[error("number of tests is {found}, expected 1 to 2^53 - 1")]
    Tests {
        /// The number.
        found: u64,
    },
    /// A text is invalid.
    #[error("evidence of drift has an invalid text")]
    Text {
        /// What is wrong with it.
        source: ParseTextError,
    },
    /// The level of watching is beyond the level of acting.
    #[error("watch level {watch} lies beyond the threshold {act}")]
    Watch {
        /// The level from which to watch.
        watch: Finite,
        /// The level from which to act.
        act: Finite,
    },
    /// The metric has no value for these windows.
    #[error("{metric} has no value: {why}")]
    Undefined {
        /// The metric.
        metric: DriftMetric,
        /// Why not.
        why: &'static str,
    },
    /// A value lies outside what the metric can have.
    #[error("{metric} cannot be {found}")]
    Value {
        /// The metric.
        metric: DriftMetric,
        /// The value.
        found: Finite,
    },
    /// The stated verdict does not follow from value and threshold.
    #[error("stated verdict does not follow from value and threshold")]
    Verdict,
    /// The definition of the metric has a version that is not known.
    #[error("version {found} of the definition of {metric} is not known")]
    Version {
        /// The metric.
        metric: DriftMetric,
        /// The version.
        found: u32,
    },
}

impl DriftError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Bins => "incident.drift.bins",
            Self::Categories { .. } => "incident.drift.categories",
            Self::Correction { .. } => "incident.drift.correction",
            Self::Count { .. } => "incident.drift.count",
            Self::Definition { .. } => "incident.drift.definition",
            Self::Edges { .. } => "incident.drift.edges",
            Self::Empty => "incident.drift.empty",
            Self::Feature { .. } => "incident.drift.feature",
            Self::Order { .. } => "incident.drift.order",
            Self::Preset { .. } => "incident.drift.preset",
            Self::Sample { .. } => "incident.drift.sample",
            Self::Share { .. } => "incident.drift.share",
            Self::Sum => "incident.drift.sum",
            Self::Tests { .. } => "incident.drift.tests",
            Self::Text { .. } => "incident.drift.text",
            Self::Undefined { .. } => "incident.drift.undefined",
            Self::Value { .. } => "incident.drift.value",
            Self::Verdict => "incident.drift.verdict",
            Self::Version { .. } => "incident.drift.version",
            Self::Watch { .. } => "incident.drift.watch",
        }
    }
}
