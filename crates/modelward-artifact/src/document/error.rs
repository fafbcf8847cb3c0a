use thiserror::Error;

use crate::document::SCHEMA;
use crate::error::shown_member;
use crate::escape::Terminal;
use crate::json::JsonError;
use crate::{
    Digest, DigestAlgorithm, ManifestError, ParseDigestError, ParseEntryPathError,
    ResourceNameError,
};

/// Says why a text is not the document of a manifest.
///
/// A `place` is a JSON pointer (RFC 6901) such as `/entries/3/digest`.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadManifestError {
    /// The manifest is of an algorithm that this build does not know.
    #[error("manifest has the algorithm `{}`, which is not known", Terminal(found))]
    Algorithm {
        /// The algorithm.
        found: String,
    },
    /// A text is not the digest that was expected.
    #[error("{place} is not a digest as `{expected}:..`")]
    Digest {
        /// Where it stands.
        place: String,
        /// The algorithm of the manifest, or SHA-256 for the root.
        expected: DigestAlgorithm,
        /// What is wrong with the digits, where the algorithm is the expected one.
        source: Option<ParseDigestError>,
    },
    /// A file is said to have no shard, in a manifest of files or beside its shards.
    #[error("{place} is not a file without shards in a manifest of shards")]
    EmptyFile {
        /// Where it stands.
        place: String,
    },
    /// The text is not strict JSON.
    #[error("manifest is not strict json")]
    Json {
        /// What is wrong.
        source: JsonError,
    },
    /// The entries do not make a manifest.
    #[error("the entries do not make a manifest")]
    Manifest {
        /// What is wrong.
        source: ManifestError,
    },
    /// A path is not one inside of a model.
    #[error("{place} is no path inside of a model")]
    Name {
        /// Where it stands.
        place: String,
        /// What is wrong with it.
        source: ParseEntryPathError,
    },
    /// A list is not sorted or has something twice.
    #[error("{place} does not stand behind the one before it in code point order")]
    Order {
        /// Where the first that is out of order stands.
        place: String,
    },
    /// The root digest is not that of the entries.
    #[error("manifest states the root digest {stated}, its entries have {found}")]
    Root {
        /// The digest in the document.
        stated: Box<Digest>,
        /// The digest of the entries.
        found: Box<Digest>,
    },
    /// The document is of another kind or version.
    #[error("document {}, expected `{SCHEMA}`", shown_member("schema", found.as_deref()))]
    Schema {
        /// The schema, if there is one.
        found: Option<String>,
    },
    /// A member is missing, not known or of another type.
    #[error("{} does not have the members of a manifest", shown_place(place))]
    Shape {
        /// Where it stands, empty for the whole document.
        place: String,
        /// What differs.
        source: JsonError,
    },
    /// An entry has only one bound of a shard, or bounds without bytes between them.
    #[error("{place} does not have the bounds of a shard")]
    Shard {
        /// Where it stands.
        place: String,
        /// What is wrong, where there are two bounds.
        source: Option<ResourceNameError>,
    },
    /// The size of a shard is not the distance of its bounds.
    #[error("{place} states {stated} bytes, its bounds have {found}")]
    Size {
        /// Where it stands.
        place: String,
        /// The size in the document.
        stated: u64,
        /// The distance of the bounds.
        found: u64,
    },
}

impl ReadManifestError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Algorithm { .. } => "artifact.manifest.algorithm",
            Self::Digest { .. } => "artifact.manifest.digest",
            Self::EmptyFile { .. } => "artifact.manifest.empty_file",
            Self::Json { source } => source.code(),
            Self::Manifest { source } => source.code(),
            Self::Name { .. } => "artifact.manifest.name",
            Self::Order { .. } => "artifact.manifest.order",
            Self::Root { .. } => "artifact.manifest.root",
            Self::Schema { .. } => "artifact.manifest.schema",
            Self::Shape { .. } => "artifact.manifest.shape",
            Self::Shard { .. } => "artifact.manifest.bounds",
            Self::Size { .. } => "artifact.manifest.size",
        }
    }
}

fn shown_place(place: &str) -> &str {
    if place.is_empty() { "document" } else { place }
}
