use std::fmt;

use modelward_artifact::Finding;
use modelward_artifact::escape::Terminal;
use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use crate::{CheckCode, EvidenceId, RiskId, Severity, Subcategory};

/// Says one thing that [`Checks`](crate::Checks) found, and where.
///
/// Issues are ordered by place and then by code.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Issue {
    place: Place,
    code: CheckCode,
    message: String,
}

impl Issue {
    pub(crate) fn new(code: CheckCode, place: Place, message: impl Into<String>) -> Self {
        Self {
            place,
            code,
            message: message.into(),
        }
    }

    /// Returns what was found.
    #[must_use]
    pub const fn code(&self) -> CheckCode {
        self.code
    }

    /// Returns how much it weighs.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// Returns where it was found.
    #[must_use]
    pub const fn place(&self) -> &Place {
        &self.place
    }

    /// Returns what is wrong, in a sentence without a full stop.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Returns the issue as the finding that every crate of the workspace has.
    #[must_use]
    pub fn to_finding(&self) -> Finding {
        Finding::new(self.code.code(), self.message.clone()).about(self.place.to_string())
    }
}

/// Writes `warning rmf.check.risk_owner_missing (risk R-3): ..`, safe to print on a terminal.
impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            place,
            code,
            message,
        } = self;
        let place = place.to_string();
        let [place, message] = [&place, message].map(|text| Terminal(text));
        write!(f, "{} {code} ({place}): {message}", self.severity())
    }
}

impl Serialize for Issue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut issue = serializer.serialize_struct("Issue", 4)?;
        issue.serialize_field("code", &self.code)?;
        issue.serialize_field("severity", &self.severity())?;
        issue.serialize_field("place", &self.place.to_string())?;
        issue.serialize_field("message", &self.message)?;
        issue.end()
    }
}

/// Names what an [`Issue`] is about.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Place {
    /// The assessment as a whole.
    Assessment,
    /// A subcategory.
    Subcategory(Subcategory),
    /// A piece of evidence.
    Evidence(EvidenceId),
    /// A risk.
    Risk(RiskId),
    /// A component of the inventory, by the name that the caller gave it.
    Component(String),
    /// An incident, by its id.
    Incident(String),
}

/// Writes the kind and the id, such as `risk R-3`; a subcategory by its id alone.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Assessment => f.write_str("assessment"),
            Self::Subcategory(subcategory) => subcategory.fmt(f),
            Self::Evidence(id) => write!(f, "evidence {id}"),
            Self::Risk(id) => write!(f, "risk {id}"),
            Self::Component(name) => write!(f, "component {name}"),
            Self::Incident(id) => write!(f, "incident {id}"),
        }
    }
}
