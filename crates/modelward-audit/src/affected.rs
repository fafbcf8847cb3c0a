use modelward_artifact::{JsonLimits, json};
use modelward_incident::AssetRef;
use serde::{Deserialize, Serialize};

use crate::ReadAffectedError;

/// The kind and version of the document.
const SCHEMA: &str = "modelward.affected/1";

/// Lists assets that are known to be affected: compromised, poisoned, vulnerable or recalled.
///
/// An empty list says that nothing is known, which is not the same as having no list.
///
/// ```
/// use modelward_artifact::JsonLimits;
/// use modelward_audit::AffectedAssets;
///
/// let text = br#"{
///     "schema": "modelward.affected/1",
///     "assets": [{"asset": {"purl": "pkg:pypi/torch@2.4.0"}, "reason": "CVE-2025-32434"}]
/// }"#;
/// let affected = AffectedAssets::from_json(text, &JsonLimits::default())?;
/// assert_eq!(affected.len(), 1);
/// # Ok::<(), modelward_audit::ReadAffectedError>(())
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct AffectedAssets {
    assets: Vec<AffectedAsset>,
}

#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
struct AffectedAsset {
    asset: AssetRef,
    reason: String,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Document {
    schema: String,
    assets: Vec<AffectedAsset>,
}

impl AffectedAssets {
    /// Starts an empty list.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an asset and why it is affected, such as the number of an advisory.
    #[must_use]
    pub fn with(mut self, asset: AssetRef, reason: impl Into<String>) -> Self {
        let reason = reason.into();
        self.assets.push(AffectedAsset { asset, reason });
        self
    }

    /// Reads a list. A member that is not known is refused: it could widen what is affected.
    ///
    /// # Errors
    ///
    /// [`ReadAffectedError`] where the text is not strict JSON of this schema.
    pub fn from_json(bytes: &[u8], limits: &JsonLimits) -> Result<Self, ReadAffectedError> {
        let document: Document = json::read_as(bytes, limits)?;
        if document.schema != SCHEMA {
            return Err(ReadAffectedError::Schema {
                found: document.schema,
            });
        }
        Ok(Self {
            assets: document.assets,
        })
    }

    /// Returns the assets with the reasons, in the order in which they were listed.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&AssetRef, &str)> {
        self.assets
            .iter()
            .map(|entry| (&entry.asset, entry.reason.as_str()))
    }

    /// Returns the number of assets.
    #[must_use]
    pub fn len(&self) -> usize {
        self.assets.len()
    }

    /// Tells whether the list has no asset.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.assets.is_empty()
    }
}
