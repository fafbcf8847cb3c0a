use modelward_artifact::{Date, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{Basis, Link, Party, RiskRating, RiskStatement, RiskStatus, Text, Treatment};

/// Records one change of a risk: when, by whom, what was before and what is after.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct HistoryEntry {
    at: Timestamp,
    by: Party,
    change: Change,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<Text>,
}

impl HistoryEntry {
    /// Records a change.
    #[must_use]
    pub const fn new(at: Timestamp, by: Party, change: Change) -> Self {
        Self {
            at,
            by,
            change,
            note: None,
        }
    }

    /// Sets why the change was made.
    #[must_use]
    pub fn with_note(mut self, note: Text) -> Self {
        self.note = Some(note);
        self
    }

    /// Returns when the change was made.
    #[must_use]
    pub const fn at(&self) -> Timestamp {
        self.at
    }

    /// Returns who made the change.
    #[must_use]
    pub const fn by(&self) -> &Party {
        &self.by
    }

    /// Returns what changed.
    #[must_use]
    pub const fn change(&self) -> &Change {
        &self.change
    }

    /// Returns why the change was made.
    #[must_use]
    pub const fn note(&self) -> Option<&Text> {
        self.note.as_ref()
    }
}

/// Says what changed, with the value before and after.
///
/// In documents it is an object with `kind`, such as
/// `{"kind": "review", "from": "2026-11-26", "to": "2027-05-26"}`.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Change {
    /// A link was added.
    Linked {
        /// The link.
        link: Link,
    },
    /// Nothing changed; something was noted, such as a review without a result.
    Noted {
        /// What was noted.
        text: Text,
    },
    /// Another party answers for the risk.
    Owner {
        /// Who did before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Party>,
        /// Who does after.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Party>,
    },
    /// A rating changed.
    Rating {
        /// Which one.
        basis: Basis,
        /// The rating before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<RiskRating>,
        /// The rating after.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<RiskRating>,
    },
    /// The risk is to be reviewed on another day.
    Review {
        /// The day before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Date>,
        /// The day after.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Date>,
    },
    /// The risk is stated in other words.
    Statement {
        /// The statement before.
        from: RiskStatement,
        /// The statement after.
        to: RiskStatement,
    },
    /// The risk stands elsewhere in its life.
    Status {
        /// The status before.
        from: RiskStatus,
        /// The status after.
        to: RiskStatus,
    },
    /// Something else is done about the risk, or an action of it is elsewhere.
    Treatment {
        /// The treatment before.
        from: Box<Treatment>,
        /// The treatment after.
        to: Box<Treatment>,
    },
    /// A link was removed.
    Unlinked {
        /// The link.
        link: Link,
    },
}

impl Change {
    /// Returns what changed, such as `owner`.
    #[must_use]
    pub const fn what(&self) -> &'static str {
        match self {
            Self::Linked { link } | Self::Unlinked { link } => link.what(),
            Self::Noted { .. } => "note",
            Self::Owner { .. } => "owner",
            Self::Rating { basis, .. } => match basis {
                Basis::Inherent => "inherent rating",
                Basis::Current => "current rating",
                Basis::Residual => "residual rating",
            },
            Self::Review { .. } => "review",
            Self::Statement { .. } => "statement",
            Self::Status { .. } => "status",
            Self::Treatment { .. } => "treatment",
        }
    }
}
