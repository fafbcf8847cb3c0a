use std::fmt;

use serde::{Deserialize, Serialize};

/// Says what a policy is for. An organization needs one of each.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum PolicyKind {
    /// How incidents of AI are told from others and handled otherwise.
    AiGuidelines,
    /// What of an incident is made public, when, and who decides it.
    Disclosing,
    /// What of an incident is written down, where, and for how long.
    Documenting,
    /// What is shared with peers and incident databases.
    InformationSharing,
    /// Who is told of an incident inside and outside, and by when.
    Reporting,
}

impl PolicyKind {
    /// Lists every kind.
    pub const ALL: [Self; 5] = [
        Self::AiGuidelines,
        Self::Disclosing,
        Self::Documenting,
        Self::InformationSharing,
        Self::Reporting,
    ];

    /// Returns the name that documents use, such as `information-sharing`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AiGuidelines => "ai-guidelines",
            Self::Disclosing => "disclosing",
            Self::Documenting => "documenting",
            Self::InformationSharing => "information-sharing",
            Self::Reporting => "reporting",
        }
    }
}

impl fmt::Display for PolicyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
