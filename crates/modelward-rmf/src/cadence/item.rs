use std::fmt;

use modelward_artifact::escape::Terminal;
use modelward_artifact::{Date, Timestamp};
use serde::Serialize;

use crate::{ChangeEvent, EvidenceId, Subcategory};

/// Says why something has to be assessed anew.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum AuditReason {
    /// The assessment is too old.
    Age {
        /// The last day on which it was not.
        last: Date,
    },
    /// Something happened since the assessment.
    Event {
        /// What.
        event: ChangeEvent,
    },
    /// Evidence that the rating cites has expired.
    EvidenceExpired {
        /// Which evidence.
        evidence: EvidenceId,
        /// The last day on which it counted.
        last: Date,
    },
    /// Evidence that the rating cites was collected too long ago.
    EvidenceOld {
        /// Which evidence.
        evidence: EvidenceId,
        /// The last day on which it was not.
        last: Date,
    },
    /// The assessment is dated later than now, so nobody can tell what the assessor could know.
    InFuture,
    /// The assessment says nothing of it.
    NeverAssessed,
}

impl AuditReason {
    /// Returns the stable code, such as `rmf.audit.age`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Age { .. } => "rmf.audit.age",
            Self::Event { .. } => "rmf.audit.event",
            Self::EvidenceExpired { .. } => "rmf.audit.evidence_expired",
            Self::EvidenceOld { .. } => "rmf.audit.evidence_old",
            Self::InFuture => "rmf.audit.in_future",
            Self::NeverAssessed => "rmf.audit.never_assessed",
        }
    }
}

/// Writes the reason in a line that is safe to print on a terminal.
impl fmt::Display for AuditReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Age { last } => write!(f, "the assessment was recent until {last}"),
            Self::Event { event } => {
                let subject = Terminal(event.subject().as_str());
                write!(f, "{} at {}: {subject}", event.kind(), event.at())
            }
            Self::EvidenceExpired { evidence, last } => {
                write!(f, "evidence {evidence} expired on {last}")
            }
            Self::EvidenceOld { evidence, last } => {
                write!(f, "evidence {evidence} was recent until {last}")
            }
            Self::InFuture => f.write_str("the assessment is dated later than now"),
            Self::NeverAssessed => f.write_str("it was never assessed"),
        }
    }
}

/// Names a subcategory that has to be assessed anew, since when, and why. Items are ordered by time.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
pub struct AuditItem {
    since: Timestamp,
    subcategory: Subcategory,
    reason: AuditReason,
}

impl AuditItem {
    pub(super) const fn new(
        since: Timestamp,
        subcategory: Subcategory,
        reason: AuditReason,
    ) -> Self {
        Self {
            since,
            subcategory,
            reason,
        }
    }

    /// Returns when it became due or will: the first instant after the last day, the time of the
    /// event, or the time of the assessment that does not say anything of it.
    #[must_use]
    pub const fn since(&self) -> Timestamp {
        self.since
    }

    /// Returns what has to be assessed.
    #[must_use]
    pub const fn subcategory(&self) -> Subcategory {
        self.subcategory
    }

    /// Returns why.
    #[must_use]
    pub const fn reason(&self) -> &AuditReason {
        &self.reason
    }
}

/// Writes `MEASURE 2.7: .. [rmf.audit.age], due from 2026-11-26T00:00:00Z`.
impl fmt::Display for AuditItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            since,
            subcategory,
            reason,
        } = self;
        let code = reason.code();
        write!(f, "{subcategory}: {reason} [{code}], due from {since}")
    }
}
