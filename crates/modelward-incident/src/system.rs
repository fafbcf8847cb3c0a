use modelward_artifact::Text;
use serde::{Deserialize, Serialize};

/// Describes an AI system that the incident happened in or through.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct AiSystem {
    /// What it is called. A later event of the same name takes its place.
    pub name: Text,
    /// Its version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<Text>,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<Text>,
    /// Who made it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub developers: Vec<Text>,
    /// Who uses it in their work.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deployers: Vec<Text>,
}

impl AiSystem {
    /// Names a system.
    #[must_use]
    pub const fn new(name: Text) -> Self {
        Self {
            name,
            version: None,
            purpose: None,
            developers: Vec::new(),
            deployers: Vec::new(),
        }
    }

    /// Sets the version.
    #[must_use]
    pub fn with_version(mut self, version: Text) -> Self {
        self.version = Some(version);
        self
    }

    /// Sets what it is for.
    #[must_use]
    pub fn with_purpose(mut self, purpose: Text) -> Self {
        self.purpose = Some(purpose);
        self
    }

    /// Adds who made it.
    #[must_use]
    pub fn with_developer(mut self, developer: Text) -> Self {
        self.developers.push(developer);
        self
    }

    /// Adds who uses it in their work.
    #[must_use]
    pub fn with_deployer(mut self, deployer: Text) -> Self {
        self.deployers.push(deployer);
        self
    }
}
