use std::fmt;

use modelward_artifact::AtlasTechnique;
use serde::{Deserialize, Serialize};

use crate::{AssetRef, Subcategory, Text};

/// Names one thing that a risk is linked to.
#[derive(Clone, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Link {
    /// What the risk is about.
    Asset(AssetRef),
    /// The id of an incident in which the risk came true or was found.
    Incident(Text),
    /// A subcategory of AI RMF 1.0 that the risk bears on.
    Subcategory(Subcategory),
    /// An entry of another taxonomy with its edition, such as `LLM04:2026`.
    Taxonomy(Text),
    /// A technique of MITRE ATLAS by which the event may be caused.
    Technique(AtlasTechnique),
}

impl Link {
    /// Returns what is linked, such as `asset`.
    #[must_use]
    pub const fn what(&self) -> &'static str {
        match self {
            Self::Asset(_) => "asset",
            Self::Incident(_) => "incident",
            Self::Subcategory(_) => "subcategory",
            Self::Taxonomy(_) => "taxonomy",
            Self::Technique(_) => "technique",
        }
    }
}

/// Writes what is linked, without saying which sort of thing it is.
impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Asset(asset) => asset.fmt(f),
            Self::Incident(text) | Self::Taxonomy(text) => text.fmt(f),
            Self::Subcategory(subcategory) => subcategory.fmt(f),
            Self::Technique(technique) => technique.fmt(f),
        }
    }
}
