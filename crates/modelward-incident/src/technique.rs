use modelward_artifact::{AtlasTechnique, Text};
use serde::{Deserialize, Serialize};

/// Names a technique that was used, in a version of MITRE ATLAS, and what was done with it.
///
/// The order of an incident's techniques is the order of its procedure.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct Technique {
    /// The technique.
    pub id: AtlasTechnique,
    /// The version of ATLAS that the id was taken from, such as `5.6.0`.
    pub atlas_version: Text,
    /// The tactic that it served, such as `AML.TA0004`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tactic: Option<Text>,
    /// What that version calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// What was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
}

impl Technique {
    /// Names a technique of a version of ATLAS.
    #[must_use]
    pub const fn new(id: AtlasTechnique, atlas_version: Text) -> Self {
        Self {
            id,
            atlas_version,
            tactic: None,
            name: None,
            description: None,
        }
    }

    /// Sets the tactic that it served.
    #[must_use]
    pub fn with_tactic(mut self, tactic: Text) -> Self {
        self.tactic = Some(tactic);
        self
    }

    /// Sets the name.
    #[must_use]
    pub fn with_name(mut self, name: Text) -> Self {
        self.name = Some(name);
        self
    }

    /// Sets what was done.
    #[must_use]
    pub fn with_description(mut self, description: Text) -> Self {
        self.description = Some(description);
        self
    }
}
