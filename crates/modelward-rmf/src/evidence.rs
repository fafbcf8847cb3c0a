use modelward_artifact::Digest;
use serde::Serialize;

use crate::{ParseTextError, Text};

/// Points to what a rating rests on: a document, a test report, a bill of materials.
///
/// A digest lets a reviewer tell whether what is found at the location is what the assessor saw.
/// Nothing here fetches or checks it.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize)]
pub struct Evidence {
    description: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    digest: Option<Digest>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<Text>,
}

impl Evidence {
    /// Describes a piece of evidence.
    ///
    /// # Errors
    ///
    /// [`ParseTextError`] where the description is not a [`Text`].
    pub fn new(description: &str) -> Result<Self, ParseTextError> {
        Ok(Self {
            description: description.parse()?,
            digest: None,
            location: None,
        })
    }

    /// Sets the digest of the evidence's bytes.
    #[must_use]
    pub const fn with_digest(mut self, digest: Digest) -> Self {
        self.digest = Some(digest);
        self
    }

    /// Sets where the evidence is kept, such as a URL or a path. It is never opened here.
    ///
    /// # Errors
    ///
    /// [`ParseTextError`] where the location is not a [`Text`].
    pub fn with_location(mut self, location: &str) -> Result<Self, ParseTextError> {
        self.location = Some(location.parse()?);
        Ok(self)
    }

    /// Returns the description.
    #[must_use]
    pub const fn description(&self) -> &Text {
        &self.description
    }

    /// Returns the digest of the evidence's bytes.
    #[must_use]
    pub const fn digest(&self) -> Option<&Digest> {
        self.digest.as_ref()
    }

    /// Returns where the evidence is kept.
    #[must_use]
    pub const fn location(&self) -> Option<&Text> {
        self.location.as_ref()
    }
}
