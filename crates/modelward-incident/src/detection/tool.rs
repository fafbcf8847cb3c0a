use std::fmt;

use modelward_artifact::escape::Terminal;
use modelward_artifact::{Digest, ParseTextError, Text};
use serde::{Deserialize, Serialize};

/// Names the tool that measured or raised something: name, version, digest of its configuration.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct DetectionTool {
    name: Text,
    version: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    config: Option<Digest>,
}

impl DetectionTool {
    /// Names a tool and its version.
    ///
    /// # Errors
    ///
    /// [`ParseTextError`] where one of them is no [`Text`].
    pub fn new(name: &str, version: &str) -> Result<Self, ParseTextError> {
        Ok(Self {
            name: name.parse()?,
            version: version.parse()?,
            config: None,
        })
    }

    /// Sets the digest of the configuration that it ran with.
    #[must_use]
    pub const fn with_config(mut self, config: Digest) -> Self {
        self.config = Some(config);
        self
    }

    /// Returns the name.
    #[must_use]
    pub const fn name(&self) -> &Text {
        &self.name
    }

    /// Returns the version.
    #[must_use]
    pub const fn version(&self) -> &Text {
        &self.version
    }

    /// Returns the digest of the configuration.
    #[must_use]
    pub const fn config(&self) -> Option<&Digest> {
        self.config.as_ref()
    }
}

/// Shows name and version.
impl fmt::Display for DetectionTool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, version) = (self.name.as_str(), self.version.as_str());
        write!(f, "{} {}", Terminal(name), Terminal(version))
    }
}
