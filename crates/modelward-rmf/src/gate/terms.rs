use std::fmt;

use modelward_artifact::{Date, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{Evidence, LevelName, Standing};

/// Says what follows from something that is not as it should be, from mild to severe.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "a gate opens, opens with conditions or stays shut"
)]
pub enum Handling {
    /// Nothing follows.
    Accept,
    /// Somebody has to do something, and the gate opens.
    Condition,
    /// The gate stays shut.
    Block,
}

/// Says how an assessment has to be bound to what goes through a gate.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "there are bytes to compare, or there are none yet"
)]
pub enum SubjectBinding {
    /// Both name the digest of the bytes, and it is the same.
    Bytes,
    /// Both have the same name, and neither names another version or digest.
    Name,
}

/// Says what a rating that meets a requirement has to rest on. The lowest level of a scale needs no
/// evidence.
///
/// In documents it is `"not-asked"`, `"current"` or `{"no-older-than": {"days": 365}}`.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub enum EvidenceDemand {
    /// On a piece of evidence that it cites, that is there and has not expired, and that does not
    /// speak against it.
    Current,
    /// On such a piece that was collected no more than so many days ago.
    NoOlderThan {
        /// The days, counted from the day of the collection.
        days: u32,
    },
    /// On nothing.
    NotAsked,
}

impl EvidenceDemand {
    /// Tells whether evidence is recent enough at `now`; what it speaks for is another question.
    #[must_use]
    pub fn is_met(self, evidence: &Evidence, now: Timestamp) -> bool {
        match self {
            Self::Current => evidence.is_current(now),
            Self::NoOlderThan { days } => {
                evidence.is_current(now) && !last_day(evidence.collected(), days).is_over(now)
            }
            Self::NotAsked => true,
        }
    }
}

/// Returns the last day on which something is no more than so many days old.
pub(crate) fn last_day(since: Timestamp, days: u32) -> Date {
    since.date().checked_add_days(days).unwrap_or(Date::MAX)
}

/// Names the highest risk that passes a gate.
///
/// In documents it is `{"level": "medium"}` or `{"standing": "within-tolerance"}`.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "a level is named in its matrix's words or in those that all matrices share"
)]
pub enum RiskLimit {
    /// A level of the register's matrix. Of a matrix that does not have it nothing can be told.
    Level(LevelName),
    /// How the risk stands to appetite and tolerance, which every matrix can tell.
    Standing(Standing),
}

/// Writes the limit, such as `the tolerance` or `` level `medium` ``.
impl fmt::Display for RiskLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Level(level) => write!(f, "level `{level}`"),
            Self::Standing(Standing::WithinAppetite) => f.write_str("the appetite"),
            Self::Standing(Standing::WithinTolerance) => f.write_str("the tolerance"),
            Self::Standing(Standing::AboveTolerance) => f.write_str("any level"),
        }
    }
}

/// Says how a gate judges the threats of a register that are not closed.
///
/// What remains of a threat is its residual rating, as long as something is decided and every action
/// that the rating counts on is done or in time; otherwise it is the current one. An action that is
/// still to be done is a condition where the current rating is above the limit.
///
/// ```
/// use modelward_rmf::{Handling, RiskTerms, Standing};
///
/// let terms = RiskTerms::within(Standing::WithinTolerance).accepted(Handling::Condition);
/// assert_eq!(terms.undecided_handling(), Handling::Block);
/// ```
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RiskTerms {
    highest: RiskLimit,
    accepted: Handling,
    undecided: Handling,
}

impl RiskTerms {
    /// Lets pass what stands so or better. Accepted risks above it and undecided treatments keep the
    /// gate shut unless it is said otherwise.
    #[must_use]
    pub const fn within(standing: Standing) -> Self {
        Self::new(RiskLimit::Standing(standing))
    }

    /// Lets pass what is not above a level of the register's matrix, as [`RiskTerms::within`] does.
    #[must_use]
    pub const fn up_to(level: LevelName) -> Self {
        Self::new(RiskLimit::Level(level))
    }

    /// Sets what follows for a risk above the limit that somebody validly accepts.
    #[must_use]
    pub const fn accepted(mut self, handling: Handling) -> Self {
        self.accepted = handling;
        self
    }

    /// Sets what follows for a risk about which nothing is decided, or whose acceptance does not
    /// hold.
    #[must_use]
    pub const fn undecided(mut self, handling: Handling) -> Self {
        self.undecided = handling;
        self
    }

    /// Returns the highest risk that passes.
    #[must_use]
    pub const fn highest(&self) -> &RiskLimit {
        &self.highest
    }

    /// Returns what follows for a risk above it that somebody validly accepts.
    #[must_use]
    pub const fn accepted_handling(&self) -> Handling {
        self.accepted
    }

    /// Returns what follows for a risk about which nothing is decided.
    #[must_use]
    pub const fn undecided_handling(&self) -> Handling {
        self.undecided
    }

    const fn new(highest: RiskLimit) -> Self {
        Self {
            highest,
            accepted: Handling::Block,
            undecided: Handling::Block,
        }
    }
}
