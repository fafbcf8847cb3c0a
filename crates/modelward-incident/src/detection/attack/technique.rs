use std::fmt;
use std::str::FromStr;

use modelward_artifact::{AtlasTechnique, Text};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use crate::AttackError;
use crate::error::shortened;

/// Identifies an attack of NIST AI 100-2: `NISTAML.` and two to four digits, such as `NISTAML.013`.
///
/// Every id of that form is taken: which ones there are changes from edition to edition.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct NistAttackId(Box<str>);

impl NistAttackId {
    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for NistAttackId {
    type Err = AttackError;

    fn from_str(text: &str) -> Result<Self, AttackError> {
        let digits = text.strip_prefix("NISTAML.").unwrap_or_default();
        let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
        if plain && (2..=4).contains(&digits.len()) {
            return Ok(Self(text.into()));
        }
        let found = shortened(text);
        Err(AttackError::Nist { found })
    }
}

impl<'de> Deserialize<'de> for NistAttackId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// Names a technique by MITRE ATLAS, in a version of it, and by NIST AI 100-2.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AttackTechnique {
    atlas: AtlasTechnique,
    atlas_version: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nist: Option<NistAttackId>,
}

impl AttackTechnique {
    /// Names a technique of a version of ATLAS.
    ///
    /// # Errors
    ///
    /// [`AttackError::Text`] where the version is no [`Text`].
    pub fn new(atlas: AtlasTechnique, atlas_version: &str) -> Result<Self, AttackError> {
        let version = atlas_version.parse();
        Ok(Self {
            atlas,
            atlas_version: version.map_err(|source| AttackError::Text { source })?,
            nist: None,
        })
    }

    /// Sets the id of NIST AI 100-2.
    #[must_use]
    pub fn with_nist(mut self, nist: NistAttackId) -> Self {
        self.nist = Some(nist);
        self
    }

    /// Returns the technique of ATLAS.
    #[must_use]
    pub const fn atlas(&self) -> AtlasTechnique {
        self.atlas
    }

    /// Returns the version of ATLAS.
    #[must_use]
    pub const fn atlas_version(&self) -> &Text {
        &self.atlas_version
    }

    /// Returns the id of NIST AI 100-2.
    #[must_use]
    pub const fn nist(&self) -> Option<&NistAttackId> {
        self.nist.as_ref()
    }
}

/// Shows the technique of ATLAS.
impl fmt::Display for AttackTechnique {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.atlas.fmt(f)
    }
}
