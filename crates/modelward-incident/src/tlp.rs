use std::fmt;

use serde::{Deserialize, Serialize};

/// Says how far something may be passed on, from farthest to least (Traffic Light Protocol 2.0).
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::exhaustive_enums, reason = "TLP 2.0 fixes the labels")]
pub enum Tlp {
    /// To everybody.
    Clear,
    /// Within the community.
    Green,
    /// Within the organization and to its clients, to those who need it.
    Amber,
    /// Within the organization, to those who need it.
    AmberStrict,
    /// To those who were told, and to nobody else.
    Red,
}

impl Tlp {
    /// Lists the labels from the one that is passed on farthest.
    pub const ALL: [Self; 5] = [
        Self::Clear,
        Self::Green,
        Self::Amber,
        Self::AmberStrict,
        Self::Red,
    ];

    /// Returns the label as the standard writes it, such as `TLP:AMBER+STRICT`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Clear => "TLP:CLEAR",
            Self::Green => "TLP:GREEN",
            Self::Amber => "TLP:AMBER",
            Self::AmberStrict => "TLP:AMBER+STRICT",
            Self::Red => "TLP:RED",
        }
    }
}

impl fmt::Display for Tlp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
