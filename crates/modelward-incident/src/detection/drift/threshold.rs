use std::fmt;

use serde::{Deserialize, Serialize};

use crate::detection::trials::float;
use crate::{Comparator, DriftError, DriftMetric, Finite};

/// Says what a value means: nothing, something to watch, or drift.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "a threshold and a level of watching make three bands"
)]
pub enum DriftVerdict {
    /// The value is on the quiet side of all levels.
    Steady,
    /// The value has passed the level of watching, but not the threshold.
    Watch,
    /// The value has passed the threshold.
    Drifted,
}

impl DriftVerdict {
    /// Returns the name that records use, such as `drifted`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Steady => "steady",
            Self::Watch => "watch",
            Self::Drifted => "drifted",
        }
    }
}

impl fmt::Display for DriftVerdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Says from which value on there is drift, and from which to watch.
///
/// ```
/// use modelward_incident::{Comparator, DriftVerdict, Finite, Threshold};
///
/// let threshold = Threshold::new(Comparator::AtLeast, Finite::new(0.25)?)
///     .watching(Finite::new(0.1)?)?;
/// assert_eq!(threshold.verdict(Finite::new(0.2)?), DriftVerdict::Watch);
/// assert!(threshold.watching(Finite::new(0.3)?).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(try_from = "Wire")]
pub struct Threshold {
    comparator: Comparator,
    act: Finite,
    #[serde(skip_serializing_if = "Option::is_none")]
    watch: Option<Finite>,
}

impl Threshold {
    /// Sets a threshold.
    #[must_use]
    pub const fn new(comparator: Comparator, act: Finite) -> Self {
        Self {
            comparator,
            act,
            watch: None,
        }
    }

    /// Sets the level from which to watch, which is passed before the threshold.
    ///
    /// # Errors
    ///
    /// [`DriftError::Watch`] where it is not.
    pub fn watching(self, watch: Finite) -> Result<Self, DriftError> {
        let beyond = if self.comparator.is_upward() {
            watch >= self.act
        } else {
            watch <= self.act
        };
        if beyond {
            let act = self.act;
            return Err(DriftError::Watch { watch, act });
        }
        Ok(Self {
            watch: Some(watch),
            ..self
        })
    }

    /// Returns on which side values alarm.
    #[must_use]
    pub const fn comparator(self) -> Comparator {
        self.comparator
    }

    /// Returns the threshold.
    #[must_use]
    pub const fn act(self) -> Finite {
        self.act
    }

    /// Returns the level from which to watch.
    #[must_use]
    pub const fn watch(self) -> Option<Finite> {
        self.watch
    }

    /// Returns what a value means.
    #[must_use]
    pub fn verdict(self, value: Finite) -> DriftVerdict {
        let passed = |level| self.comparator.holds(value, level);
        if passed(self.act) {
            DriftVerdict::Drifted
        } else if self.watch.is_some_and(passed) {
            DriftVerdict::Watch
        } else {
            DriftVerdict::Steady
        }
    }

    pub(crate) const fn known(comparator: Comparator, act: f64, watch: Option<f64>) -> Self {
        Self {
            comparator,
            act: Finite::known(act),
            watch: match watch {
                Some(watch) => Some(Finite::known(watch)),
                None => None,
            },
        }
    }

    fn over(self, tests: u64) -> Self {
        let divided = |level: Finite| Finite::known(level.get() / float(tests));
        Self {
            comparator: self.comparator,
            act: divided(self.act),
            watch: self.watch.map(divided),
        }
    }
}

/// Says how a threshold makes up for several tests at once.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Correction {
    /// The threshold of a p-value is divided by the number of tests.
    Bonferroni,
    /// It stays as it is.
    None,
}

impl Correction {
    /// Returns the threshold that one of so many tests has.
    pub(crate) fn corrected(self, threshold: Threshold, tests: u64) -> Threshold {
        match self {
            Self::Bonferroni => threshold.over(tests),
            Self::None => threshold,
        }
    }

    pub(crate) fn check(self, metric: DriftMetric) -> Result<(), DriftError> {
        if self != Self::None && !metric.is_p_value() {
            return Err(DriftError::Correction { metric });
        }
        Ok(())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    comparator: Comparator,
    act: Finite,
    watch: Option<Finite>,
}

impl TryFrom<Wire> for Threshold {
    type Error = DriftError;

    fn try_from(wire: Wire) -> Result<Self, DriftError> {
        let threshold = Self::new(wire.comparator, wire.act);
        wire.watch
            .map_or(Ok(threshold), |watch| threshold.watching(watch))
    }
}
