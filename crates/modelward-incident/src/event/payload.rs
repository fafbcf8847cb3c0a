use std::collections::BTreeSet;
use std::fmt;

use modelward_artifact::Text;
use serde::{Deserialize, Serialize};

use crate::{IncidentKind, Severity, Technique};

/// States what an incident is when it is opened.
///
/// ```
/// use modelward_incident::{IncidentKind, Opening, Severity};
///
/// let opening = Opening::new(
///     "poisoned base model".parse()?,
///     IncidentKind::AdversarialDataPoisoning,
///     Severity::High,
/// );
/// assert_eq!(opening.kinds.len(), 1);
/// # Ok::<(), modelward_artifact::ParseTextError>(())
/// ```
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Opening {
    /// What it is about, in a few words.
    pub title: Text,
    /// What is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Text>,
    /// What sort of incident it is; at least one.
    pub kinds: BTreeSet<IncidentKind>,
    /// How bad it is.
    pub severity: Severity,
}

impl Opening {
    /// Joins a title, a kind and a first severity.
    #[must_use]
    pub fn new(title: Text, kind: IncidentKind, severity: Severity) -> Self {
        Self {
            title,
            summary: None,
            kinds: [kind].into(),
            severity,
        }
    }

    /// Sets what is known.
    #[must_use]
    pub fn with_summary(mut self, summary: Text) -> Self {
        self.summary = Some(summary);
        self
    }

    /// Adds a kind.
    #[must_use]
    pub fn with_kind(mut self, kind: IncidentKind) -> Self {
        self.kinds.insert(kind);
        self
    }
}

/// Says what sort of incident it is and by what means; takes the place of what was said before.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Classification {
    /// What sort of incident it is; at least one.
    pub kinds: BTreeSet<IncidentKind>,
    /// What was done, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub techniques: Vec<Technique>,
    /// The weaknesses by the Common Weakness Enumeration, such as 502.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub cwes: BTreeSet<u32>,
}

impl Classification {
    /// Says what sort of incident it is.
    #[must_use]
    pub fn new(kind: IncidentKind) -> Self {
        Self {
            kinds: [kind].into(),
            ..Self::default()
        }
    }

    /// Adds a kind.
    #[must_use]
    pub fn with_kind(mut self, kind: IncidentKind) -> Self {
        self.kinds.insert(kind);
        self
    }

    /// Adds what was done next.
    #[must_use]
    pub fn with_technique(mut self, technique: Technique) -> Self {
        self.techniques.push(technique);
        self
    }

    /// Adds a weakness by its number.
    #[must_use]
    pub fn with_cwe(mut self, number: u32) -> Self {
        self.cwes.insert(number);
        self
    }
}

/// Says what an incident came to.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum CloseOutcome {
    /// What is left of it was accepted by those who may.
    AcceptedRisk,
    /// It is recorded elsewhere, which a link names.
    Duplicate,
    /// It did not happen.
    FalsePositive,
    /// It was nearly one; what prevented it is recorded.
    NearMissLogged,
    /// It happened and is no incident.
    NotAnIncident,
    /// It is over.
    Resolved,
}

impl CloseOutcome {
    /// Lists the outcomes in alphabetical order.
    pub const ALL: [Self; 6] = [
        Self::AcceptedRisk,
        Self::Duplicate,
        Self::FalsePositive,
        Self::NearMissLogged,
        Self::NotAnIncident,
        Self::Resolved,
    ];

    /// Returns the name that records use, such as `near-miss-logged`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AcceptedRisk => "accepted-risk",
            Self::Duplicate => "duplicate",
            Self::FalsePositive => "false-positive",
            Self::NearMissLogged => "near-miss-logged",
            Self::NotAnIncident => "not-an-incident",
            Self::Resolved => "resolved",
        }
    }
}

impl fmt::Display for CloseOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
