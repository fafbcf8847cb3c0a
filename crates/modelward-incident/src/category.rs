mod mapping;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use self::mapping::{CosaiType, IncidentKind, KindMapping, ParseIncidentKindError};

/// Says what sort of incident it is; [`IncidentKind`] is the second level.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Category {
    /// Someone made the model err or tell, or changed what it learned.
    Adversarial,
    /// An agent did what it must not.
    AgentAction,
    /// Data are wrong, lost or of unknown origin without anyone's ill will.
    DataIncident,
    /// The world moved away from what the model learned.
    Drift,
    /// The model treats people worse than others for no good reason.
    Fairness,
    /// What the model says harms.
    HarmfulOutput,
    /// What trains or serves the model failed or was taken over.
    Infrastructure,
    /// Someone used the model for what it must not be used for.
    Misuse,
    /// The model failed without anyone's ill will.
    ModelFailure,
    /// None of the others.
    Other,
    /// Someone learned what is private.
    Privacy,
    /// Something that the model was made of or came with was compromised.
    SupplyChain,
}

impl Category {
    /// Lists the categories in alphabetical order.
    pub const ALL: [Self; 12] = [
        Self::Adversarial,
        Self::AgentAction,
        Self::DataIncident,
        Self::Drift,
        Self::Fairness,
        Self::HarmfulOutput,
        Self::Infrastructure,
        Self::Misuse,
        Self::ModelFailure,
        Self::Other,
        Self::Privacy,
        Self::SupplyChain,
    ];

    /// Returns the name that records use, such as `supply-chain`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Adversarial => "adversarial",
            Self::AgentAction => "agent-action",
            Self::DataIncident => "data-incident",
            Self::Drift => "drift",
            Self::Fairness => "fairness",
            Self::HarmfulOutput => "harmful-output",
            Self::Infrastructure => "infrastructure",
            Self::Misuse => "misuse",
            Self::ModelFailure => "model-failure",
            Self::Other => "other",
            Self::Privacy => "privacy",
            Self::SupplyChain => "supply-chain",
        }
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
