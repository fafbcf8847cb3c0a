mod kind;
mod payload;
mod wire;

use std::collections::BTreeMap;

use modelward_artifact::{Party, Timestamp};
use serde_json::Value;

use crate::log::{Context, Salt};
use crate::{ParsePointerError, Pointer, TimeSpec, Tlp};

pub use self::kind::EventKind;
pub use self::payload::{Classification, CloseOutcome, Opening};
pub use self::wire::ReadEventError;
pub(crate) use self::wire::{WireEvent, draft, from_entry, joined};

/// States something that is to be recorded, how far it may be passed on, and when it happened.
///
/// What is not marked is [`Tlp::Amber`]. A field may be marked more strictly than its event; a label
/// that is less strict changes nothing.
///
/// ```
/// use modelward_incident::{EventKind, NewEvent, Tlp};
///
/// let note = EventKind::Noted { text: "the reporter's name is Jo".parse()? };
/// let note = NewEvent::new(note).marked(Tlp::Green).field("/text", Tlp::Red)?;
/// assert_eq!(note.tlp(), Tlp::Green);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct NewEvent {
    pub(crate) kind: EventKind,
    pub(crate) occurred: Option<TimeSpec>,
    pub(crate) tlp: Tlp,
    pub(crate) fields: BTreeMap<Pointer, Tlp>,
    pub(crate) secrets: BTreeMap<Pointer, Salt>,
}

impl NewEvent {
    /// Takes what happened.
    #[must_use]
    pub const fn new(kind: EventKind) -> Self {
        Self {
            kind,
            occurred: None,
            tlp: Tlp::Amber,
            fields: BTreeMap::new(),
            secrets: BTreeMap::new(),
        }
    }

    /// Sets when it happened, which may be long before it is recorded.
    #[must_use]
    pub const fn occurred(mut self, at: TimeSpec) -> Self {
        self.occurred = Some(at);
        self
    }

    /// Sets how far it may be passed on.
    #[must_use]
    pub const fn marked(mut self, tlp: Tlp) -> Self {
        self.tlp = tlp;
        self
    }

    /// Sets how far one field may be passed on.
    ///
    /// # Errors
    ///
    /// [`ParsePointerError`] where the text names no field. Whether the event has it is seen when it
    /// is recorded.
    pub fn field(mut self, pointer: &str, tlp: Tlp) -> Result<Self, ParsePointerError> {
        self.fields.insert(pointer.parse()?, tlp);
        Ok(self)
    }

    /// Keeps one field beside the log, which then holds a salted commitment to it. An item of a list
    /// is kept with its list alone.
    ///
    /// # Errors
    ///
    /// As of [`NewEvent::field`].
    pub fn secret(mut self, pointer: &str, salt: Salt) -> Result<Self, ParsePointerError> {
        self.secrets.insert(pointer.parse()?, salt);
        Ok(self)
    }

    /// Returns what happened.
    #[must_use]
    pub const fn kind(&self) -> &EventKind {
        &self.kind
    }

    /// Returns how far it may be passed on.
    #[must_use]
    pub const fn tlp(&self) -> Tlp {
        self.tlp
    }

    pub(crate) fn at(self, seq: u64, context: &Context) -> Event {
        Event {
            seq,
            recorded_at: context.now(),
            actor: context.actor().clone(),
            occurred: self.occurred,
            tlp: self.tlp,
            fields: self.fields,
            kind: self.kind,
        }
    }
}

impl From<EventKind> for NewEvent {
    fn from(kind: EventKind) -> Self {
        Self::new(kind)
    }
}

/// Records one thing that happened. Events are only made by an [`Incident`](crate::Incident).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Event {
    pub(crate) seq: u64,
    pub(crate) recorded_at: Timestamp,
    pub(crate) actor: Party,
    pub(crate) occurred: Option<TimeSpec>,
    pub(crate) tlp: Tlp,
    pub(crate) fields: BTreeMap<Pointer, Tlp>,
    pub(crate) kind: EventKind,
}

impl Event {
    /// Returns the number of the event within its incident, from 0.
    #[must_use]
    pub const fn seq(&self) -> u64 {
        self.seq
    }

    /// Returns when it was recorded.
    #[must_use]
    pub const fn recorded_at(&self) -> Timestamp {
        self.recorded_at
    }

    /// Returns when it happened, where that was stated.
    #[must_use]
    pub const fn occurred(&self) -> Option<TimeSpec> {
        self.occurred
    }

    /// Returns when it happened, or when it was recorded where nobody said.
    #[must_use]
    pub fn time(&self) -> TimeSpec {
        self.occurred.unwrap_or(TimeSpec::exact(self.recorded_at))
    }

    /// Returns who stated it.
    #[must_use]
    pub const fn actor(&self) -> &Party {
        &self.actor
    }

    /// Returns how far it may be passed on.
    #[must_use]
    pub const fn tlp(&self) -> Tlp {
        self.tlp
    }

    /// Returns the fields that are marked more strictly.
    #[must_use]
    pub const fn fields(&self) -> &BTreeMap<Pointer, Tlp> {
        &self.fields
    }

    /// Returns what happened.
    #[must_use]
    pub const fn kind(&self) -> &EventKind {
        &self.kind
    }

    /// Returns the data of the event as JSON.
    pub(crate) fn data(&self) -> Value {
        event_data(&self.kind)
    }
}

/// Returns the data of what happened as JSON.
pub(crate) fn event_data(kind: &EventKind) -> Value {
    wire::parts(kind).1
}
