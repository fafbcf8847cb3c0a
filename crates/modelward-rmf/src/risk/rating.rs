use std::fmt;

use serde::{Deserialize, Serialize};

use crate::LevelName;

/// Rates a risk by a likelihood and an impact of the register's matrix.
///
/// The names are checked against the matrix where a register is built, read or revised.
#[derive(Clone, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RiskRating {
    likelihood: LevelName,
    impact: LevelName,
}

impl RiskRating {
    /// Makes a rating.
    #[must_use]
    pub const fn new(likelihood: LevelName, impact: LevelName) -> Self {
        Self { likelihood, impact }
    }

    /// Returns the name of the likelihood.
    #[must_use]
    pub const fn likelihood(&self) -> &LevelName {
        &self.likelihood
    }

    /// Returns the name of the impact.
    #[must_use]
    pub const fn impact(&self) -> &LevelName {
        &self.impact
    }
}

/// Writes likelihood and impact, such as `likely x major`.
impl fmt::Display for RiskRating {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} x {}", self.likelihood, self.impact)
    }
}

/// Says which of the three ratings of a risk is meant.
///
/// Residual is meant in the sense of ISO 31000: what is expected to remain of this risk after its
/// treatment. NIST AI 100-1 speaks in MANAGE 1.4 of the sum of all unmitigated risks; that sum is
/// the [`Aggregate`](crate::Aggregate) of the residual ratings.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "a report shows all three side by side, so another one is a breaking change"
)]
pub enum Basis {
    /// Before anything is done about the risk.
    Inherent,
    /// As the risk is now, with what is in place.
    Current,
    /// As the risk is expected to be after its treatment.
    Residual,
}

impl Basis {
    /// Lists the three in the order of time.
    pub const ALL: [Self; 3] = [Self::Inherent, Self::Current, Self::Residual];

    /// Returns the name that documents use, such as `inherent`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Inherent => "inherent",
            Self::Current => "current",
            Self::Residual => "residual",
        }
    }
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
