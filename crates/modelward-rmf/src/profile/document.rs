use std::collections::BTreeMap;

use modelward_artifact::JsonLimits;
use modelward_artifact::json::{self, JsonError};
use serde::de::DeserializeOwned;
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Serialize, Serializer};
use thiserror::Error;

use crate::assessment::FRAMEWORK;
use crate::document::{Document, unique};
use crate::error::shown;
use crate::{Profile, ProfileError, ProfileKind, RatingScale, ReadDocumentError, Subcategory};

const SCHEMA: &str = "modelward.profile/1";

impl<K: ProfileKind> Profile<K>
where
    K::Entry: DeserializeOwned + Serialize,
{
    /// Reads a profile of its own from its JSON document, `"schema": "modelward.profile/1"`.
    ///
    /// # Errors
    ///
    /// [`ReadProfileError`] where the text is no such document, is of the other kind, has an unknown
    /// member, or its entries are no profile.
    pub fn from_json(bytes: &[u8], limits: &JsonLimits) -> Result<Self, ReadProfileError> {
        let mut document = Document::read(bytes, limits, SCHEMA)?;
        document.take_framework()?;
        let kind: String = document.take("kind")?;
        if kind != K::NAME {
            let expected = K::NAME;
            return Err(ReadProfileError::Kind {
                expected,
                found: kind,
            });
        }
        let scale: RatingScale = document.take("scale")?;
        let entries: Entries<K::Entry> = document.take("entries")?;
        document.finish()?;
        Ok(Self::new(scale, entries.0)?)
    }

    /// Returns the JSON document, the same bytes for the same profile.
    ///
    /// # Errors
    ///
    /// [`JsonError`] where the profile has no JSON form.
    pub fn to_json(&self) -> Result<Vec<u8>, JsonError> {
        json::pretty(self)
    }
}

impl<K: ProfileKind> Serialize for Profile<K>
where
    K::Entry: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut document = serializer.serialize_map(None)?;
        document.serialize_entry("schema", SCHEMA)?;
        document.serialize_entry("framework", FRAMEWORK)?;
        document.serialize_entry("kind", K::NAME)?;
        document.serialize_entry("scale", &self.scale)?;
        document.serialize_entry("entries", &self.entries)?;
        document.end()
    }
}

/// The entries of a profile by subcategory, each of which stands once however it is spelled.
#[derive(Deserialize)]
#[serde(transparent, bound = "T: Deserialize<'de>")]
pub(crate) struct Entries<T>(
    #[serde(deserialize_with = "unique")] pub(crate) BTreeMap<Subcategory, T>,
);

/// Says why a text is no document of a [`Profile`].
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadProfileError {
    /// The document cannot be read.
    #[error(transparent)]
    Document(#[from] ReadDocumentError),
    /// The profile is of the other kind.
    #[error("expected a {expected} profile, found `{}`", shown(found))]
    Kind {
        /// The kind that was asked for.
        expected: &'static str,
        /// The kind that was found.
        found: String,
    },
    /// The entries are no profile.
    #[error(transparent)]
    Profile(#[from] ProfileError),
}

impl ReadProfileError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Document(source) => source.code(),
            Self::Kind { .. } => "rmf.profile.kind",
            Self::Profile(source) => source.code(),
        }
    }
}
