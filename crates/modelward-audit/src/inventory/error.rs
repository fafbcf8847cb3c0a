use modelward_artifact::escape::Terminal;
use modelward_artifact::json::JsonError;
use thiserror::Error;

use super::id::EntryId;
use super::record::Standing;

/// Says why a document is not an entry.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum EntryError {
    /// It is superseded by itself.
    #[error("entry `{id}` is superseded by itself")]
    BySelf {
        /// The entry.
        id: EntryId,
    },
    /// Its times are not in order.
    #[error("the times of entry `{id}` are not in order")]
    Order {
        /// The entry.
        id: EntryId,
    },
    /// It is of another kind or version.
    #[error(
        "the entry has the schema `{}`, expected `modelward.inventory-entry/1`",
        Terminal(found)
    )]
    Schema {
        /// The schema found.
        found: String,
    },
}

impl EntryError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::BySelf { .. } => "audit.inventory.entry.by_self",
            Self::Order { .. } => "audit.inventory.entry.order",
            Self::Schema { .. } => "audit.inventory.entry.schema",
        }
    }
}

/// Says why an inventory does not take a change, or why entries do not make one.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum InventoryError {
    /// There is an entry of this id.
    #[error("there is an entry `{id}` already")]
    AlreadyThere {
        /// The entry.
        id: EntryId,
    },
    /// Entries supersede each other in a ring.
    #[error("entry `{id}` is superseded by itself, through others")]
    Cycle {
        /// One of the ring.
        id: EntryId,
    },
    /// An entry names another one that is not there.
    #[error("entry `{id}` is superseded by `{by}`, which is not there")]
    Dangling {
        /// The entry.
        id: EntryId,
        /// The one that is not there.
        by: EntryId,
    },
    /// Something would happen before what happened already.
    #[error("the change of entry `{id}` lies before what happened to it already")]
    Early {
        /// The entry.
        id: EntryId,
    },
    /// A revision would make another model of the entry.
    #[error("a revision cannot change the {member} of entry `{id}`")]
    Identity {
        /// The entry.
        id: EntryId,
        /// What it would change.
        member: &'static str,
    },
    /// An entry has no JSON form to take a digest of.
    #[error("entry `{id}` has no canonical form")]
    Json {
        /// The entry.
        id: EntryId,
        /// Why.
        source: JsonError,
    },
    /// The entry is superseded or retired.
    #[error("entry `{id}` is {standing}")]
    NotActive {
        /// The entry.
        id: EntryId,
        /// What it is.
        standing: Standing,
    },
    /// There is no entry of this id.
    #[error("there is no entry `{id}`")]
    NotFound {
        /// The id.
        id: EntryId,
    },
    /// A new version is one of another model.
    #[error("entry `{id}` is not a version of the same model")]
    OtherModel {
        /// The entry.
        id: EntryId,
    },
    /// Two entries are about one version of one model.
    #[error("entries `{first}` and `{second}` have the same name and version")]
    SameVersion {
        /// The one that is there.
        first: EntryId,
        /// The other one.
        second: EntryId,
    },
}

impl InventoryError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::AlreadyThere { .. } => "audit.inventory.already_there",
            Self::Cycle { .. } => "audit.inventory.cycle",
            Self::Dangling { .. } => "audit.inventory.dangling",
            Self::Early { .. } => "audit.inventory.early",
            Self::Identity { .. } => "audit.inventory.identity",
            Self::Json { source, .. } => source.code(),
            Self::NotActive { .. } => "audit.inventory.not_active",
            Self::NotFound { .. } => "audit.inventory.not_found",
            Self::OtherModel { .. } => "audit.inventory.other_model",
            Self::SameVersion { .. } => "audit.inventory.same_version",
        }
    }
}
