use std::fmt;

use modelward_artifact::json::JsonError;
use modelward_artifact::{Finding, Timestamp};
use thiserror::Error;

/// Names the first bad entry of a log, and what is wrong with it.
#[derive(Debug)]
pub struct Fault {
    pub(super) seq: u64,
    pub(super) offset: u64,
    pub(super) defect: Defect,
}

impl Fault {
    /// Returns the number of the entry that should stand there, from 0. As many are readable.
    #[must_use]
    pub const fn seq(&self) -> u64 {
        self.seq
    }

    /// Returns where its line begins, in bytes from the beginning of the log.
    #[must_use]
    pub const fn offset(&self) -> u64 {
        self.offset
    }

    /// Returns what is wrong.
    #[must_use]
    pub const fn defect(&self) -> &Defect {
        &self.defect
    }

    /// Returns the stable code of the defect.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.defect.code()
    }

    /// Says it as a finding about the entry.
    #[must_use]
    pub fn to_finding(&self) -> Finding {
        Finding::new(self.code(), self.defect.to_string()).about(format!("entry {}", self.seq))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "entry {} at byte {}: {}",
            self.seq, self.offset, self.defect
        )
    }
}

impl std::error::Error for Fault {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        std::error::Error::source(&self.defect)
    }
}

/// Says what is wrong with a line of a log.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Defect {
    /// The line is written otherwise than a log writes its entry.
    #[error("the line is not the canonical form of its entry")]
    Canonical,
    /// The entry was changed: the next one is sound and follows another.
    #[error("the entry was changed after the next one was appended")]
    Changed,
    /// The line is not an entry.
    #[error("the line is not an entry")]
    Entry {
        /// What differs.
        source: serde_json::Error,
    },
    /// A value has no canonical form.
    #[error("the entry has a value without a canonical form")]
    Form {
        /// Why.
        source: JsonError,
    },
    /// Entries are missing before this one, or moved.
    #[error("entry {found} stands here: entries were dropped or moved")]
    Gap {
        /// The number that stands there.
        found: u64,
    },
    /// The line is too long.
    #[error("the line is longer than {limit} bytes")]
    LineTooLong {
        /// The limit.
        limit: usize,
    },
    /// The entry follows another than the one before it, and no next one tells which is right.
    #[error("the entry does not follow the one before it, one of the two was changed")]
    Prev,
    /// An entry stands there that was before.
    #[error("entry {found} stands here again")]
    Repeated {
        /// The number that stands there.
        found: u64,
    },
    /// The entry was recorded before the one before it.
    #[error("the entry was recorded at {at}, before the one before it at {last}")]
    Time {
        /// When it was recorded.
        at: Timestamp,
        /// When the one before it was.
        last: Timestamp,
    },
    /// The log is too large.
    #[error("the log is larger than {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: u64,
    },
    /// The last line was not written whole, as when a machine stops.
    #[error("the last line was not written whole")]
    Torn,
}

impl Defect {
    /// Returns the stable code of this defect.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Canonical => "incident.log.canonical",
            Self::Changed => "incident.log.changed",
            Self::Entry { .. } => "incident.log.entry",
            Self::Form { .. } => "incident.log.form",
            Self::Gap { .. } => "incident.log.gap",
            Self::LineTooLong { .. } => "incident.log.line_too_long",
            Self::Prev => "incident.log.prev",
            Self::Repeated { .. } => "incident.log.repeated",
            Self::Time { .. } => "incident.log.time",
            Self::TooLarge { .. } => "incident.log.too_large",
            Self::Torn => "incident.log.torn",
        }
    }
}
