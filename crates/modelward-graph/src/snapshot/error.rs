use modelward_artifact::json::JsonError;
use thiserror::Error;

/// Says why bytes are not the snapshot of a graph.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SnapshotError {
    /// They are damaged or cut short.
    #[error("snapshot is damaged: its checksum is {found:08x}, expected {expected:08x}")]
    Checksum {
        /// The checksum at the end.
        expected: u32,
        /// The checksum of the bytes before.
        found: u32,
    },
    /// They are not a snapshot, or one of a version that this build does not read.
    #[error("expected a snapshot of version {expected}")]
    Format {
        /// The version that this build reads.
        expected: u32,
    },
    /// Sources or warnings are not the expected JSON.
    #[error("`{section}` of the snapshot is not the expected json")]
    Json {
        /// The part.
        section: &'static str,
        /// What is wrong.
        source: JsonError,
    },
    /// A part is longer than there are bytes, or there are bytes after the last part.
    #[error("`{section}` of the snapshot does not end where it should")]
    Length {
        /// The part.
        section: &'static str,
    },
    /// A part is longer than the limits allow.
    #[error("`{section}` of the snapshot has more than {limit} entries")]
    TooLarge {
        /// The part.
        section: &'static str,
        /// The limit.
        limit: usize,
    },
    /// A part does not agree with itself or with the others.
    #[error("`{section}` of the snapshot does not describe a graph")]
    Untrue {
        /// The part.
        section: &'static str,
    },
}

impl SnapshotError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Checksum { .. } => "graph.snapshot.checksum",
            Self::Format { .. } => "graph.snapshot.format",
            Self::Json { .. } => "graph.snapshot.json",
            Self::Length { .. } => "graph.snapshot.length",
            Self::TooLarge { .. } => "graph.snapshot.too_large",
            Self::Untrue { .. } => "graph.snapshot.untrue",
        }
    }
}
