use modelward_artifact::Timestamp;
use modelward_artifact::escape::Terminal;
use modelward_artifact::json::JsonError;
use thiserror::Error;

use crate::Refusal;

/// How many characters of a text from outside an error keeps.
const SHOWN: usize = 32;

/// Says why an event cannot be appended to an incident. The incident stays as it was.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum IncidentError {
    /// The first event does not open the incident.
    #[error("the first event does not open the incident")]
    NotOpened,
    /// The event cannot be recorded, for every reason in the list.
    #[error("the event `{event}` is refused: {}", list(refusals))]
    Refused {
        /// The name of the event.
        event: &'static str,
        /// Every reason.
        refusals: Vec<Refusal>,
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
    /// Returns the stable code of this error; each [`Refusal`] has one of its own.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotOpened => "incident.event.not_opened",
            Self::Refused { .. } => "incident.event.refused",
            Self::Time { .. } => "incident.event.time",
        }
    }
}

/// Says why a text is not an incident record.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadIncidentError {
    /// An event cannot have happened after those before it.
    #[error("event {index} cannot have happened")]
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
    /// The numbers of the events and of what is withheld are not those from 0 on.
    #[error("the number {found} at event {index} is not the next")]
    Number {
        /// The event's place, counted from 0; the last one for what is withheld after it.
        index: usize,
        /// The number.
        found: u64,
    },
    /// The record is of another kind or version.
    #[error(
        "record has the schema `{}`, expected `modelward.incident/2`",
        Terminal(found)
    )]
    Schema {
        /// The schema, cut off after 32 characters.
        found: String,
    },
    /// A part has another shape than it should.
    #[error("{place} does not have the expected shape")]
    Shape {
        /// Which part, such as `event 3`, counted from 0.
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
            Self::Number { .. } => "incident.read.number",
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
