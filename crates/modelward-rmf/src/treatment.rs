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
#[derive(Clone, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
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
        /// Who carries for a time what remains after it, by informed decision.
        remainder: Option<Acceptance>,
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
        /// Who carries for a time what remains nevertheless, by informed decision.
        remainder: Option<Acceptance>,
    },
    /// Nothing is decided yet.
    #[default]
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

    /// Returns the acceptance, valid or not, of the risk or of what remains of it.
    #[must_use]
    pub const fn acceptance(&self) -> Option<&Acceptance> {
        match self {
            Self::Accept(acceptance) => Some(acceptance),
            Self::Mitigate { remainder, .. } | Self::Transfer { remainder, .. } => {
                remainder.as_ref()
            }
            Self::Avoid { .. } | Self::Pursue { .. } | Self::Undecided => None,
        }
    }

    /// Returns the actions, of which there are none but where the risk is mitigated or pursued.
    #[must_use]
    pub fn actions(&self) -> &[ActionItem] {
        match self {
            Self::Mitigate { actions, .. } | Self::Pursue { actions } => actions.as_slice(),
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
    Avoid {
        decision: Text,
    },
    Mitigate {
        actions: ActionPlan,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        remainder: Option<Acceptance>,
    },
    Pursue {
        actions: ActionPlan,
    },
    Transfer {
        to: Party,
        instrument: Text,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        remainder: Option<Acceptance>,
    },
    // Braces, since serde lets a unit variant have unknown members.
    Undecided {},
}

impl From<Wire> for Treatment {
    fn from(wire: Wire) -> Self {
        match wire {
            Wire::Accept(acceptance) => Self::Accept(acceptance),
            Wire::Avoid { decision } => Self::Avoid { decision },
            Wire::Mitigate { actions, remainder } => Self::Mitigate { actions, remainder },
            Wire::Pursue { actions } => Self::Pursue { actions },
            Wire::Transfer {
                to,
                instrument,
                remainder,
            } => Self::Transfer {
                to,
                instrument,
                remainder,
            },
            Wire::Undecided {} => Self::Undecided,
        }
    }
}

impl From<Treatment> for Wire {
    fn from(treatment: Treatment) -> Self {
        match treatment {
            Treatment::Accept(acceptance) => Self::Accept(acceptance),
            Treatment::Avoid { decision } => Self::Avoid { decision },
            Treatment::Mitigate { actions, remainder } => Self::Mitigate { actions, remainder },
            Treatment::Pursue { actions } => Self::Pursue { actions },
            Treatment::Transfer {
                to,
                instrument,
                remainder,
            } => Self::Transfer {
                to,
                instrument,
                remainder,
            },
            Treatment::Undecided => Self::Undecided {},
        }
    }
}
