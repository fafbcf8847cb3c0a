use std::fmt;

use modelward_artifact::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{AssetRef, Phase, Text};

/// Says how bad an incident is for those whom it harms, from least to worst.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "four steps are what response teams use"
)]
pub enum Severity {
    /// Nobody is harmed so far.
    Low,
    /// Some are harmed a little.
    Medium,
    /// Many are harmed, or some badly.
    High,
    /// Lives, rights or the organization are at stake.
    Critical,
}

impl Severity {
    /// Lists the severities from least to worst.
    pub const ALL: [Self; 4] = [Self::Low, Self::Medium, Self::High, Self::Critical];

    /// Returns the name that records use, such as `critical`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Says what kind of incident it is.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Category {
    /// Someone made the model err or tell by what they fed it.
    AdversarialAttack,
    /// Someone changed what the model learned from.
    DataPoisoning,
    /// The world moved away from what the model learned.
    Drift,
    /// The model failed without anyone's ill will.
    Failure,
    /// None of the others.
    Other,
    /// Something that the model was made of or came with was compromised.
    SupplyChainCompromise,
}

impl Category {
    /// Returns the name that records use, such as `data-poisoning`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AdversarialAttack => "adversarial-attack",
            Self::DataPoisoning => "data-poisoning",
            Self::Drift => "drift",
            Self::Failure => "failure",
            Self::Other => "other",
            Self::SupplyChainCompromise => "supply-chain-compromise",
        }
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Says when something was done and by whom.
///
/// The actor has to be a [`Text`]; the method that records the deed checks it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct By {
    pub(crate) at: Timestamp,
    pub(crate) actor: String,
}

impl By {
    /// Joins a time and a person or system.
    #[must_use]
    pub fn new(at: Timestamp, actor: impl Into<String>) -> Self {
        let actor = actor.into();
        Self { at, actor }
    }
}

/// Records one thing that happened. Events are only made by an [`Incident`](crate::Incident).
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Event {
    pub(crate) at: Timestamp,
    pub(crate) actor: Text,
    #[serde(flatten)]
    pub(crate) kind: EventKind,
}

impl Event {
    /// Returns when it happened.
    #[must_use]
    pub const fn at(&self) -> Timestamp {
        self.at
    }

    /// Returns who did it.
    #[must_use]
    pub fn actor(&self) -> &str {
        self.actor.as_str()
    }

    /// Returns what happened.
    #[must_use]
    pub const fn kind(&self) -> &EventKind {
        &self.kind
    }
}

/// Says what happened.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(tag = "event", rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub enum EventKind {
    /// Something turned out to be affected.
    AssetAffected {
        /// What is affected.
        asset: AssetRef,
    },
    /// Something was noted.
    Note {
        /// The note.
        text: Text,
    },
    /// The incident was opened.
    Opened {
        /// What it is about, in a few words.
        title: Text,
        /// What kind of incident it is.
        category: Category,
        /// How bad it is.
        severity: Severity,
    },
    /// The incident went over to another phase.
    PhaseChanged {
        /// The new phase.
        to: Phase,
        /// Why.
        reason: Text,
    },
    /// The incident turned out better or worse.
    SeverityChanged {
        /// The new severity.
        to: Severity,
        /// Why.
        reason: Text,
    },
}
