use std::fmt;

use modelward_artifact::Timestamp;
use modelward_artifact::escape::Terminal;
use modelward_artifact::json::JsonError;
use thiserror::Error;

use crate::{ParseTextError, Phase};

/// How many characters of a text from outside an error keeps.
const SHOWN: usize = 32;

/// Says why an event cannot be appended to an incident. The incident stays as it was.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum IncidentError {
    /// The incident was opened before.
    #[error("the incident was opened already")]
    Opened,
    /// The first event does not open the incident.
    #[error("the first event does not open the incident")]
    NotOpened,
    /// The phase cannot change, for every reason in the list.
    #[error("cannot go from {from} to {to}: {}", list(refusals))]
    Phase {
        /// The present phase.
        from: Phase,
        /// The phase asked for.
        to: Phase,
        /// Every reason.
        refusals: Vec<Refusal>,
    },
    /// A text is blank, too long or has control characters.
    #[error("the {member} is not a valid text")]
    Text {
        /// Which text: `actor`, `note`, `reason` or `title`.
        member: &'static str,
        /// What is wrong with it.
        source: ParseTextError,
    },
    /// The event lies before the one that was recorded last.
    #[error("the event lies at {at}, before the last one at {last}")]
    Time {
        /// The event's time.
        at: Timestamp,
        /// The time of the last event.
        last: Timestamp,
    },
}

impl IncidentError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotOpened => "incident.event.not_opened",
            Self::Opened => "incident.event.opened",
            Self::Phase { .. } => "incident.phase.refused",
            Self::Text { .. } => "incident.event.text",
            Self::Time { .. } => "incident.event.time",
        }
    }
}

/// Names one reason why an incident cannot go over to a phase.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Refusal {
    /// Nothing is named that could be contained.
    NoAffectedAsset,
    /// Nothing was noted since the review began.
    NoReview,
    /// There is no such step.
    NoSuchStep,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoAffectedAsset => "no affected asset is named",
            Self::NoReview => "no note was made since the review began",
            Self::NoSuchStep => "there is no such step",
        })
    }
}

/// Says why a text is not an incident record.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadIncidentError {
    /// An event of the timeline cannot have happened after those before it.
    #[error("event {index} of the timeline cannot have happened")]
    Event {
        /// The event's place, counted from 0.
        index: usize,
        /// Why.
        source: IncidentError,
    },
    /// The text is not strict JSON or passes a limit.
    #[error("record is not valid json")]
    Json {
        /// What is wrong with it.
        source: JsonError,
    },
    /// A member that every record has is missing.
    #[error("record has no member `{member}`")]
    Missing {
        /// The member.
        member: &'static str,
    },
    /// The record is of another kind or version.
    #[error(
        "record has the schema `{}`, expected `modelward.incident/1`",
        Terminal(found)
    )]
    Schema {
        /// The schema, cut off after 32 characters.
        found: String,
    },
    /// A part has another shape than it should.
    #[error("{place} does not have the expected shape")]
    Shape {
        /// Which part, such as `event 3 of the timeline`, counted from 0.
        place: String,
        /// What differs.
        source: serde_json::Error,
    },
}

impl ReadIncidentError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Event { source, .. } => source.code(),
            Self::Json { source } => source.code(),
            Self::Missing { .. } => "incident.read.missing",
            Self::Schema { .. } => "incident.read.schema",
            Self::Shape { .. } => "incident.read.shape",
        }
    }
}

pub(crate) fn shortened(text: &str) -> String {
    text.chars().take(SHOWN).collect()
}

fn list(refusals: &[Refusal]) -> String {
    let texts: Vec<String> = refusals.iter().map(ToString::to_string).collect();
    texts.join("; ")
}
