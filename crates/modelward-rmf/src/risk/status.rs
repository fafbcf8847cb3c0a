use modelward_artifact::Date;
use serde::{Deserialize, Serialize};

use crate::Text;

/// Says where a risk stands in its life.
///
/// In documents it is `"open"`, `"treating"`, `"monitoring"` or
/// `{"closed": {"on": "..", "reason": ".."}}`.
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub enum RiskStatus {
    /// The risk is identified and nothing is done yet.
    #[default]
    Open,
    /// What was decided is being done. The treatment is decided.
    Treating,
    /// What was decided is done, or nothing has to be done; the risk is watched.
    Monitoring,
    /// The risk is no more. Closed risks stay in the register and count in no figure but their own.
    Closed {
        /// The day on which it was closed, not before the risk was identified.
        on: Date,
        /// Why it was closed.
        reason: Text,
    },
}

impl RiskStatus {
    /// Returns the name that documents use, such as `treating`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Treating => "treating",
            Self::Monitoring => "monitoring",
            Self::Closed { .. } => "closed",
        }
    }

    /// Tells whether the risk is closed.
    #[must_use]
    pub const fn is_closed(&self) -> bool {
        matches!(self, Self::Closed { .. })
    }
}
