use serde::{Deserialize, Serialize};

use crate::{Acceptance, ActionItem, ActionPlan, Party, Text};

pub(crate) mod acceptance;
pub(crate) mod action;

/// Says what is done about a risk.
///
/// In documents it is an object with `kind`, such as
/// `{"kind": "accept", "by": "..", "on": "2026-11-26", "justification": "..", "expires": ".."}`.
///
/// ```
/// use modelward_rmf::{Acceptance, Party, Treatment};
///
/// let by = Party::new("Ada Example")?;
/// let reason = "The model is retired in March.";
/// let accepted = Acceptance::new(by, "2026-11-26".parse()?, reason, "2027-03-31".parse()?)?;
/// assert_eq!(Treatment::Accept(accepted).kind(), "accept");
///
/// let without_end = r#"{"kind": "accept", "by": "Ada Example", "on": "2026-11-26",
///     "justification": "The model is retired in March."}"#;
/// assert!(serde_json::from_str::<Treatment>(without_end).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(from = "Wire", into = "Wire")]
#[non_exhaustive]
pub enum Treatment {
    /// The risk is carried for a time by informed decision.
    Accept(Acceptance),
    /// What gives rise to the risk is not done.
    Avoid {
        /// What was decided.
        decision: Text,
    },
    /// Likelihood or impact is changed.
    Mitigate {
        /// What is done.
        actions: ActionPlan,
    },
    /// An opportunity is taken or made greater. A threat cannot be pursued.
    Pursue {
        /// What is done.
        actions: ActionPlan,
    },
    /// The risk is carried by or shared with another party.
    Transfer {
        /// Who carries it.
        to: Party,
        /// By what, such as a contract or an insurance policy.
        instrument: Text,
    },
    /// Nothing is decided yet.
    Undecided,
}

impl Treatment {
    /// Returns the name that documents use, such as `mitigate`.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Accept(_) => "accept",
            Self::Avoid { .. } => "avoid",
            Self::Mitigate { .. } => "mitigate",
            Self::Pursue { .. } => "pursue",
            Self::Transfer { .. } => "transfer",
            Self::Undecided => "undecided",
        }
    }

    /// Returns the acceptance, valid or not, where the risk is accepted.
    #[must_use]
    pub const fn acceptance(&self) -> Option<&Acceptance> {
        match self {
            Self::Accept(acceptance) => Some(acceptance),
            _ => None,
        }
    }

    /// Returns the actions, of which there are none but where the risk is mitigated or pursued.
    #[must_use]
    pub fn actions(&self) -> &[ActionItem] {
        match self {
            Self::Mitigate { actions } | Self::Pursue { actions } => actions.as_slice(),
            _ => &[],
        }
    }

    /// Tells whether something is decided.
    #[must_use]
    pub const fn is_decided(&self) -> bool {
        !matches!(self, Self::Undecided)
    }
}

#[derive(Deserialize, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
enum Wire {
    Accept(Acceptance),
    Avoid { decision: Text },
    Mitigate { actions: ActionPlan },
    Pursue { actions: ActionPlan },
    Transfer { to: Party, instrument: Text },
    // Braces, since serde lets a unit variant have unknown members.
    Undecided {},
}

impl From<Wire> for Treatment {
    fn from(wire: Wire) -> Self {
        match wire {
            Wire::Accept(acceptance) => Self::Accept(acceptance),
            Wire::Avoid { decision } => Self::Avoid { decision },
            Wire::Mitigate { actions } => Self::Mitigate { actions },
            Wire::Pursue { actions } => Self::Pursue { actions },
            Wire::Transfer { to, instrument } => Self::Transfer { to, instrument },
            Wire::Undecided {} => Self::Undecided,
        }
    }
}

impl From<Treatment> for Wire {
    fn from(treatment: Treatment) -> Self {
        match treatment {
            Treatment::Accept(acceptance) => Self::Accept(acceptance),
            Treatment::Avoid { decision } => Self::Avoid { decision },
            Treatment::Mitigate { actions } => Self::Mitigate { actions },
            Treatment::Pursue { actions } => Self::Pursue { actions },
            Treatment::Transfer { to, instrument } => Self::Transfer { to, instrument },
            Treatment::Undecided => Self::Undecided {},
        }
    }
}
