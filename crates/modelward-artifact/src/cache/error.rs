use thiserror::Error;

use crate::EntryPath;
use crate::cache::document::{PLATFORM, SCHEMA};
use crate::error::{shown_entry, shown_member};
use crate::json::JsonError;

/// Says why a text is not a cache of digests.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadCacheError {
    /// A file stands twice with digests of one algorithm.
    #[error("cache has `{}` twice", shown_entry(path))]
    Duplicate {
        /// The file.
        path: EntryPath,
    },
    /// The text is not strict JSON of the expected form.
    #[error("cache is not the expected json")]
    Json {
        /// What is wrong.
        source: JsonError,
    },
    /// The cache comes from another operating system, whose metadata of files means other things.
    #[error("cache {}, expected `{PLATFORM}`", shown_member("platform", found.as_deref()))]
    Platform {
        /// The platform, if one is stated.
        found: Option<String>,
    },
    /// The document is of another kind or version.
    #[error("cache {}, expected `{SCHEMA}`", shown_member("schema", found.as_deref()))]
    Schema {
        /// The schema, if there is one.
        found: Option<String>,
    },
}

impl ReadCacheError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Duplicate { .. } => "artifact.cache.duplicate",
            Self::Json { source } => source.code(),
            Self::Platform { .. } => "artifact.cache.platform",
            Self::Schema { .. } => "artifact.cache.schema",
        }
    }
}
