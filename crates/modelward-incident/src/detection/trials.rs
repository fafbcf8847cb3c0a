use std::fmt;

use serde::{Deserialize, Serialize};

use crate::detection::number::{Finite, Interval, NumberError};

/// The largest count: 2^53 - 1, up to which a double holds every integer and RFC 8785 writes it.
pub(crate) const MAX_COUNT: u64 = (1 << 53) - 1;

/// The 0.975 quantile of the normal distribution, for two-sided intervals of level 0.95.
const Z_95: f64 = 1.959_963_984_540_054;

/// Counts attempts and how many of them succeeded: at least one attempt, at most 2^53 - 1.
///
/// ```
/// use modelward_incident::Trials;
///
/// let trials = Trials::new(100, 10)?;
/// assert_eq!(trials.rate().get(), 0.1);
/// let interval = trials.wilson();
/// assert!(interval.low().get() > 0.055 && interval.high().get() < 0.175);
/// assert!(Trials::new(1, 2).is_err());
/// # Ok::<(), modelward_incident::NumberError>(())
/// ```
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(try_from = "Wire")]
pub struct Trials {
    attempts: u64,
    successes: u64,
}

impl Trials {
    /// Counts attempts and successes.
    ///
    /// # Errors
    ///
    /// [`NumberError::Trials`] where there are no attempts, too many, or fewer than successes.
    pub const fn new(attempts: u64, successes: u64) -> Result<Self, NumberError> {
        if attempts == 0 || attempts > MAX_COUNT || successes > attempts {
            return Err(NumberError::Trials {
                attempts,
                successes,
            });
        }
        Ok(Self {
            attempts,
            successes,
        })
    }

    /// Returns how many attempts there were.
    #[must_use]
    pub const fn attempts(self) -> u64 {
        self.attempts
    }

    /// Returns how many of them succeeded.
    #[must_use]
    pub const fn successes(self) -> u64 {
        self.successes
    }

    /// Returns the share of successes, 0 to 1.
    #[must_use]
    pub fn rate(self) -> Finite {
        Finite::known(float(self.successes) / float(self.attempts))
    }

    /// Returns the score interval of Wilson (1927) for the share, of level 0.95, without the
    /// correction for continuity.
    ///
    /// It stays within 0 and 1, and says something of no success too.
    #[must_use]
    pub fn wilson(self) -> Interval {
        let (n, p, z2) = (float(self.attempts), self.rate().get(), Z_95 * Z_95);
        let center = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
        let half = Z_95 / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
        // At the ends of the scale the formula is exact, but its rounding is not.
        let low = if self.successes == 0 {
            0.0
        } else {
            (center - half).max(0.0)
        };
        let all = self.successes == self.attempts;
        let high = if all { 1.0 } else { (center + half).min(1.0) };
        let [low, high, level] = [low, high, 0.95].map(Finite::known);
        Interval::known(low, high, level)
    }
}

/// Shows the counts, such as `10 of 100`.
impl fmt::Display for Trials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.successes, self.attempts)
    }
}

/// Turns a count of at most [`MAX_COUNT`] into the double that equals it.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts are checked to be below 2^53, so nothing is lost"
)]
pub(crate) const fn float(count: u64) -> f64 {
    count as f64
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    attempts: u64,
    successes: u64,
}

impl TryFrom<Wire> for Trials {
    type Error = NumberError;

    fn try_from(wire: Wire) -> Result<Self, NumberError> {
        Self::new(wire.attempts, wire.successes)
    }
}
