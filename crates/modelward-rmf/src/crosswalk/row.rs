use std::sync::Arc;

use crate::crosswalk::{Confidence, Provenance, Relation, Status};

/// Maps one source id to one target id, as part of a [`Crosswalk`](crate::Crosswalk).
///
/// Its accessors answer for the row, whether it says so itself or its crosswalk does.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Row {
    pub(super) source: String,
    pub(super) target: String,
    pub(super) relation: Relation,
    pub(super) confidence: Confidence,
    pub(super) status: Status,
    pub(super) note: Option<String>,
    pub(super) provenance: Arc<Provenance>,
}

impl Row {
    /// Returns the source id, in its one form where the framework is one that this crate knows.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Returns the target id, in its one form where the framework is one that this crate knows.
    #[must_use]
    pub fn target(&self) -> &str {
        &self.target
    }

    /// Returns how the two relate.
    #[must_use]
    pub const fn relation(&self) -> Relation {
        self.relation
    }

    /// Returns how sure the author is.
    #[must_use]
    pub const fn confidence(&self) -> Confidence {
        self.confidence
    }

    /// Returns how far the row has come.
    #[must_use]
    pub const fn status(&self) -> Status {
        self.status
    }

    /// Returns why, or under which condition.
    #[must_use]
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// Returns who made the row, and how.
    #[must_use]
    pub fn provenance(&self) -> &Provenance {
        &self.provenance
    }

    /// Tells whether the row maps at all: it still holds, and does not say that there is no relation.
    #[must_use]
    pub fn is_link(&self) -> bool {
        self.status.is_current() && self.relation != Relation::NoRelationship
    }
}

/// Describes a row that a crosswalk is to be made of.
///
/// ```
/// use modelward_rmf::crosswalk::{Confidence, NewRow, Relation};
///
/// let row = NewRow::new("GOVERN 1.6", "ID.AM-02", Relation::SupersetOf)
///     .with_confidence(Confidence::Medium)
///     .with_note("an inventory of models is a part of an inventory of software");
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
#[must_use = "a row does nothing until a crosswalk is made of it"]
pub struct NewRow {
    pub(super) source: String,
    pub(super) target: String,
    pub(super) relation: Relation,
    pub(super) confidence: Option<Confidence>,
    pub(super) status: Option<Status>,
    pub(super) note: Option<String>,
}

impl NewRow {
    /// Maps a source id to a target id, both in any spelling.
    pub fn new(source: impl Into<String>, target: impl Into<String>, relation: Relation) -> Self {
        Self {
            source: source.into(),
            target: target.into(),
            relation,
            confidence: None,
            status: None,
            note: None,
        }
    }

    /// Sets how sure the author is of this row.
    pub const fn with_confidence(mut self, confidence: Confidence) -> Self {
        self.confidence = Some(confidence);
        self
    }

    /// Sets how far this row has come.
    pub const fn with_status(mut self, status: Status) -> Self {
        self.status = Some(status);
        self
    }

    /// Sets why, or under which condition.
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }
}
