use modelward_artifact::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Assessment, RiskRegister, Text, Trigger};

/// Says that something happened, when, and to what.
#[derive(Clone, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeEvent {
    at: Timestamp,
    kind: Trigger,
    subject: Text,
}

impl ChangeEvent {
    /// Says what happened, when, and to what, such as an incident's id or a version.
    #[must_use]
    pub const fn new(kind: Trigger, at: Timestamp, subject: Text) -> Self {
        Self { at, kind, subject }
    }

    /// Returns what happened.
    #[must_use]
    pub const fn kind(&self) -> Trigger {
        self.kind
    }

    /// Returns when.
    #[must_use]
    pub const fn at(&self) -> Timestamp {
        self.at
    }

    /// Returns to what.
    #[must_use]
    pub const fn subject(&self) -> &Text {
        &self.subject
    }
}

/// Gives a cadence what it looks at.
#[derive(Clone, Copy, Debug)]
#[must_use = "inputs are looked at by a cadence"]
pub struct AuditInputs<'a> {
    pub(super) assessment: &'a Assessment,
    pub(super) register: Option<&'a RiskRegister>,
    pub(super) events: &'a [ChangeEvent],
}

impl<'a> AuditInputs<'a> {
    /// Gives the last assessment.
    pub const fn new(assessment: &'a Assessment) -> Self {
        Self {
            assessment,
            register: None,
            events: &[],
        }
    }

    /// Gives the register, whose risks say themselves when they changed.
    pub const fn with_register(mut self, register: &'a RiskRegister) -> Self {
        self.register = Some(register);
        self
    }

    /// Gives what happened, in any order. What happened before the assessment is passed over, since
    /// the assessor could know of it; at the same instant they could not.
    pub const fn with_events(mut self, events: &'a [ChangeEvent]) -> Self {
        self.events = events;
        self
    }
}
