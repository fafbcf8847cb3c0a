//! Documents of others that an incident is told in, each with the list of what it cannot say.
//!
//! Every exporter takes a [`Released`](crate::Released), so nothing above its label leaves.

pub mod aiid;
pub mod atlas;
pub mod avid;
pub mod csaf;
pub mod cyclonedx;
pub mod markdown;
pub mod oecd;
pub mod openvex;
pub mod stix;
pub mod vex;

mod ledger;

use modelward_artifact::Text;
use modelward_artifact::json::JsonError;
use serde::Serialize;
use thiserror::Error;

/// Says how well a field of the record is told by a document, from best to worst.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::exhaustive_enums, reason = "the four steps are all there are")]
pub enum LossStatus {
    /// It is there whole.
    Direct,
    /// A part of it is there.
    Partial,
    /// Something near to it is there.
    Approximate,
    /// It is not there.
    Unmapped,
}

impl LossStatus {
    /// Returns the name that lists use, such as `partial`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Partial => "partial",
            Self::Approximate => "approximate",
            Self::Unmapped => "unmapped",
        }
    }
}

/// Says how well one field of the record is told by a document.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct FieldLoss {
    /// The field of the record, such as `severity` or `assets/weights/window`; of an import, a JSON
    /// pointer into the document.
    pub field: String,
    /// How well it is told.
    pub status: LossStatus,
    /// Where it is told, or why not.
    pub note: String,
}

impl FieldLoss {
    /// States how well a field is told, and where, or why not.
    #[must_use]
    pub fn new(field: impl Into<String>, status: LossStatus, note: impl Into<String>) -> Self {
        let (field, note) = (field.into(), note.into());
        Self {
            field,
            status,
            note,
        }
    }
}

/// Holds a document and how well it tells each field of the record that holds something.
#[derive(Clone, Debug, Eq, PartialEq)]
#[must_use = "what a document cannot say is in the losses"]
pub struct Export<T> {
    document: T,
    losses: Vec<FieldLoss>,
}

impl<T> Export<T> {
    /// Joins a document and how well it tells each field.
    pub const fn new(document: T, losses: Vec<FieldLoss>) -> Self {
        Self { document, losses }
    }

    /// Returns the document.
    #[must_use]
    pub const fn document(&self) -> &T {
        &self.document
    }

    /// Returns how well each field is told, also those that are told whole.
    #[must_use]
    pub fn losses(&self) -> &[FieldLoss] {
        &self.losses
    }

    /// Returns the fields that are not told whole.
    pub fn lost(&self) -> impl Iterator<Item = &FieldLoss> {
        let losses = self.losses.iter();
        losses.filter(|loss| loss.status != LossStatus::Direct)
    }

    /// Returns the document alone.
    #[must_use]
    pub fn into_document(self) -> T {
        self.document
    }
}

/// Says why an incident cannot be told in a format.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ExportError {
    /// A value has no form in the format.
    #[error("`{field}` has no form in the document: {why}")]
    Form {
        /// The field of the record or the argument.
        field: String,
        /// What is wrong with it.
        why: String,
    },
    /// The document cannot be written.
    #[error("the document cannot be written")]
    Json {
        /// Why.
        #[from]
        source: JsonError,
    },
    /// The format demands what the record does not have; every such thing is listed.
    #[error("the document demands what the record does not have: {}", missing.join("; "))]
    Missing {
        /// Each thing.
        missing: Vec<String>,
    },
}

impl ExportError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Form { .. } => "incident.export.form",
            Self::Json { source } => source.code(),
            Self::Missing { .. } => "incident.export.missing",
        }
    }
}

/// Writes a name with its version.
fn versioned(name: &Text, version: Option<&Text>) -> String {
    match version {
        Some(version) => format!("{name} {version}"),
        None => name.to_string(),
    }
}
