use modelward_artifact::{Digest, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{ParseTextError, Party, Text};

/// Names what is assessed: a model or a system, which version of it, and by which bytes.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    name: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    version: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    digest: Option<Digest>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    owner: Option<Party>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    scope: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    bom: Option<BomRef>,
}

impl Subject {
    /// Names a subject.
    ///
    /// # Errors
    ///
    /// [`ParseTextError`] where the name is not a [`Text`].
    pub fn new(name: &str) -> Result<Self, ParseTextError> {
        Ok(Self {
            name: name.parse()?,
            version: None,
            digest: None,
            owner: None,
            scope: None,
            bom: None,
        })
    }

    /// Sets the version.
    ///
    /// # Errors
    ///
    /// [`ParseTextError`] where the version is not a [`Text`].
    pub fn with_version(mut self, version: &str) -> Result<Self, ParseTextError> {
        self.version = Some(version.parse()?);
        Ok(self)
    }

    /// Sets the root digest of the model's manifest, which binds the assessment to those bytes.
    #[must_use]
    pub const fn with_digest(mut self, digest: Digest) -> Self {
        self.digest = Some(digest);
        self
    }

    /// Sets who answers for the system.
    #[must_use]
    pub fn with_owner(mut self, owner: Party) -> Self {
        self.owner = Some(owner);
        self
    }

    /// Sets which part, use and environment of the system is assessed.
    ///
    /// # Errors
    ///
    /// [`ParseTextError`] where the scope is not a [`Text`].
    pub fn with_scope(mut self, scope: &str) -> Result<Self, ParseTextError> {
        self.scope = Some(scope.parse()?);
        Ok(self)
    }

    /// Sets the ML-BOM that the assessor had before them.
    #[must_use]
    pub fn with_bom(mut self, bom: BomRef) -> Self {
        self.bom = Some(bom);
        self
    }

    /// Returns the name.
    #[must_use]
    pub const fn name(&self) -> &Text {
        &self.name
    }

    /// Returns the version.
    #[must_use]
    pub const fn version(&self) -> Option<&Text> {
        self.version.as_ref()
    }

    /// Returns the root digest of the model's manifest.
    #[must_use]
    pub const fn digest(&self) -> Option<&Digest> {
        self.digest.as_ref()
    }

    /// Returns who answers for the system.
    #[must_use]
    pub const fn owner(&self) -> Option<&Party> {
        self.owner.as_ref()
    }

    /// Returns which part, use and environment of the system is assessed.
    #[must_use]
    pub const fn scope(&self) -> Option<&Text> {
        self.scope.as_ref()
    }

    /// Returns the ML-BOM that the assessor had before them.
    #[must_use]
    pub const fn bom(&self) -> Option<&BomRef> {
        self.bom.as_ref()
    }
}

/// Names one version of an ML-BOM.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct BomRef {
    serial: Text,
    version: u32,
    digest: Digest,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    timestamp: Option<Timestamp>,
}

impl BomRef {
    /// Names a version of the ML-BOM with a serial number, by the digest of its bytes.
    ///
    /// # Errors
    ///
    /// [`ParseTextError`] where the serial number is not a [`Text`].
    pub fn new(serial: &str, version: u32, digest: Digest) -> Result<Self, ParseTextError> {
        Ok(Self {
            serial: serial.parse()?,
            version,
            digest,
            timestamp: None,
        })
    }

    /// Sets when the document says that it was made.
    #[must_use]
    pub const fn made(mut self, timestamp: Timestamp) -> Self {
        self.timestamp = Some(timestamp);
        self
    }

    /// Returns the serial number, such as `urn:uuid:3e67..`.
    #[must_use]
    pub const fn serial(&self) -> &Text {
        &self.serial
    }

    /// Returns the version of the document.
    #[must_use]
    pub const fn version(&self) -> u32 {
        self.version
    }

    /// Returns the digest of the document's bytes.
    #[must_use]
    pub const fn digest(&self) -> &Digest {
        &self.digest
    }

    /// Returns when the document says that it was made.
    #[must_use]
    pub const fn timestamp(&self) -> Option<Timestamp> {
        self.timestamp
    }
}
