use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{RiskError, Text};

/// States a risk in three parts: because of a cause an event may happen, which has a consequence.
///
/// ```
/// use modelward_rmf::RiskStatement;
///
/// let statement = RiskStatement::new(
///     "Training data is taken from public sites without a check.",
///     "Poisoned samples enter the training set.",
///     "The model misjudges the inputs that an attacker chose.",
/// )?;
/// assert!(statement.event().as_str().starts_with("Poisoned"));
/// assert!(RiskStatement::new("", "An event.", "A consequence.").is_err());
/// # Ok::<(), modelward_rmf::RiskError>(())
/// ```
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RiskStatement {
    cause: Text,
    event: Text,
    consequence: Text,
}

impl RiskStatement {
    /// States a risk.
    ///
    /// # Errors
    ///
    /// [`RiskError::Text`] where a part is no [`Text`].
    pub fn new(cause: &str, event: &str, consequence: &str) -> Result<Self, RiskError> {
        Ok(Self::of(
            RiskError::text("cause", cause)?,
            RiskError::text("event", event)?,
            RiskError::text("consequence", consequence)?,
        ))
    }

    pub(crate) const fn of(cause: Text, event: Text, consequence: Text) -> Self {
        Self {
            cause,
            event,
            consequence,
        }
    }

    /// Returns what gives rise to the event.
    #[must_use]
    pub const fn cause(&self) -> &Text {
        &self.cause
    }

    /// Returns what may happen.
    #[must_use]
    pub const fn event(&self) -> &Text {
        &self.event
    }

    /// Returns what follows from the event.
    #[must_use]
    pub const fn consequence(&self) -> &Text {
        &self.consequence
    }
}

/// Says whether the effect of a risk is unwanted or wanted: AI 100-1 and ISO 31000 know both.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "an effect is unwanted or wanted; figures keep the two apart"
)]
pub enum RiskKind {
    /// The effect is wanted.
    Opportunity,
    /// The effect is unwanted.
    Threat,
}

impl RiskKind {
    /// Returns the name that documents use, such as `threat`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Opportunity => "opportunity",
            Self::Threat => "threat",
        }
    }
}

impl fmt::Display for RiskKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
