//! Incidents out of documents of others, each with the list of what the record cannot say.

pub mod aiid;
pub mod atlas;
pub mod avid;
pub mod genai;

mod rows;
mod writer;

use thiserror::Error;

use crate::export::FieldLoss;
use crate::{Incident, IncidentError, ParseTextError};

/// Holds an incident that was read from a document of others, and what of it the record cannot say.
#[derive(Clone, Debug, Eq, PartialEq)]
#[must_use = "what the record cannot say is in the losses"]
pub struct Import {
    incident: Incident,
    losses: Vec<FieldLoss>,
}

impl Import {
    /// Joins an incident and how well it tells each field of the document.
    pub const fn new(incident: Incident, losses: Vec<FieldLoss>) -> Self {
        Self { incident, losses }
    }

    /// Returns the incident.
    #[must_use]
    pub const fn incident(&self) -> &Incident {
        &self.incident
    }

    /// Returns how well each field of the document is told; the fields are JSON pointers into it.
    #[must_use]
    pub fn losses(&self) -> &[FieldLoss] {
        &self.losses
    }

    /// Returns the incident alone.
    #[must_use]
    pub fn into_incident(self) -> Incident {
        self.incident
    }
}

/// Says why a document of others does not make an incident.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ImportError {
    /// What it says cannot have happened.
    #[error("what the document says cannot have happened")]
    Incident {
        /// Why.
        #[from]
        source: IncidentError,
    },
    /// It lacks what every incident has.
    #[error("the document has nothing at `{pointer}`")]
    Missing {
        /// The place.
        pointer: String,
    },
    /// A text is none that a record takes.
    #[error("the text at `{pointer}` is none that a record takes")]
    Text {
        /// The place.
        pointer: String,
        /// Why.
        source: ParseTextError,
    },
    /// A value is not one that the record can say.
    #[error("the value at `{pointer}` is not usable: {why}")]
    Value {
        /// The place.
        pointer: String,
        /// What is wrong with it.
        why: String,
    },
}

impl ImportError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Incident { source } => source.code(),
            Self::Missing { .. } => "incident.import.missing",
            Self::Text { source, .. } => source.code(),
            Self::Value { .. } => "incident.import.value",
        }
    }
}
