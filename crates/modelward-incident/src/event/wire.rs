use std::collections::BTreeMap;

use modelward_artifact::json;
use modelward_artifact::{Party, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use thiserror::Error;

use super::{Event, EventKind, NewEvent};
use crate::log::{Disclosed, DisclosureError, Draft, DraftError, Entry, Field};
use crate::{IncidentId, Pointer, TimeSpec, Tlp};

/// The form of an event in a record.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct WireEvent {
    pub(crate) seq: u64,
    recorded_at: Timestamp,
    actor: Party,
    kind: String,
    #[serde(default)]
    data: Value,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    occurred: Option<TimeSpec>,
    tlp: Tlp,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    fields: BTreeMap<Pointer, Tlp>,
}

impl From<&Event> for WireEvent {
    fn from(event: &Event) -> Self {
        let (kind, data) = parts(&event.kind);
        Self {
            seq: event.seq,
            recorded_at: event.recorded_at,
            actor: event.actor.clone(),
            kind,
            data,
            occurred: event.occurred,
            tlp: event.tlp,
            fields: event.fields.clone(),
        }
    }
}

impl TryFrom<WireEvent> for Event {
    type Error = serde_json::Error;

    fn try_from(wire: WireEvent) -> Result<Self, Self::Error> {
        Ok(Self {
            seq: wire.seq,
            recorded_at: wire.recorded_at,
            actor: wire.actor,
            occurred: wire.occurred,
            tlp: wire.tlp,
            fields: wire.fields,
            kind: joined(&wire.kind, &wire.data)?,
        })
    }
}

/// The form of an event in a log, whose entry has number, time and actor.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Body {
    incident: IncidentId,
    kind: String,
    #[serde(default)]
    data: Value,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    occurred: Option<TimeSpec>,
    tlp: Tlp,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    fields: BTreeMap<Pointer, Tlp>,
}

/// Splits what happened into its name and its data.
pub(super) fn parts(kind: &EventKind) -> (String, Value) {
    let value = serde_json::to_value(kind).expect("every part of an event has a json form");
    let Value::Object(mut members) = value else {
        unreachable!("an event is an object with the members `kind` and `data`");
    };
    let data = members.remove("data").unwrap_or_default();
    (kind.name().to_owned(), data)
}

pub(crate) fn joined(kind: &str, data: &Value) -> Result<EventKind, serde_json::Error> {
    json::shaped(json!({"kind": kind, "data": data}))
}

/// Makes the entry of a log of an event, and what is kept beside the log.
pub(crate) fn draft(
    id: &IncidentId,
    event: &NewEvent,
) -> Result<(Draft, Vec<Disclosed>), ReadEventError> {
    let (kind, mut data) = parts(&event.kind);
    let mut secrets = Vec::new();
    for (pointer, salt) in &event.secrets {
        let value = pointer.take(&mut data);
        let value = value.ok_or_else(|| ReadEventError::NoField {
            field: pointer.clone(),
        })?;
        secrets.push(Disclosed::new(field(pointer), salt.clone(), value)?);
    }
    let body = Body {
        incident: id.clone(),
        kind,
        data,
        occurred: event.occurred,
        tlp: event.tlp,
        fields: event.fields.clone(),
    };
    let value = serde_json::to_value(body).map_err(|source| ReadEventError::Shape { source })?;
    let draft = secrets
        .iter()
        .try_fold(Draft::new(value)?, Draft::with_secret)?;
    Ok((draft, secrets))
}

/// Reads an entry of a log and puts back what is kept beside it. `None` stands for an event of which
/// something is kept that is not disclosed here.
pub(crate) fn from_entry(
    entry: &Entry,
    secrets: &[Disclosed],
) -> Result<(IncidentId, Option<NewEvent>), ReadEventError> {
    if !entry.event().contains_key("incident") {
        return Err(ReadEventError::NoIncident);
    }
    let shape = |source| ReadEventError::Shape { source };
    let body: Body = json::shaped(Value::Object(entry.event().clone())).map_err(shape)?;
    let (id, mut data) = (body.incident, body.data);
    let mut complete = true;
    for field in entry.commitments().keys() {
        let disclosed = secrets.iter().find(|secret| secret.field() == field);
        let Some(secret) = disclosed else {
            complete = false;
            continue;
        };
        entry.check(secret)?;
        let pointer: Pointer = field
            .as_str()
            .parse()
            .map_err(|_| ReadEventError::NoPointer {
                field: field.clone(),
            })?;
        if !pointer.put(&mut data, secret.value().clone()) {
            return Err(ReadEventError::NoField { field: pointer });
        }
    }
    if !complete {
        return Ok((id, None));
    }
    let event = NewEvent {
        kind: joined(&body.kind, &data).map_err(shape)?,
        occurred: body.occurred,
        tlp: body.tlp,
        fields: body.fields,
        secrets: BTreeMap::new(),
    };
    Ok((id, Some(event)))
}

fn field(pointer: &Pointer) -> Field {
    let field = pointer.as_str().parse();
    field.expect("a pointer has the characters of a field alone")
}

/// Says why an entry of a log is no event of an incident, or an event cannot become one.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadEventError {
    /// What is kept beside the log is not what the entry commits to.
    #[error("what is kept beside the log is not what the entry commits to")]
    Disclosure {
        /// Why.
        #[from]
        source: DisclosureError,
    },
    /// It cannot be drafted.
    #[error("the event cannot be drafted")]
    Draft {
        /// Why.
        #[from]
        source: DraftError,
    },
    /// The event has no such field, or it has it already.
    #[error("the event has no place for the field `{field}`")]
    NoField {
        /// The field.
        field: Pointer,
    },
    /// It does not say which incident it belongs to.
    #[error("the entry names no incident")]
    NoIncident,
    /// It commits to something that is no field of an event.
    #[error("the entry commits to `{field}`, which is no field of an event")]
    NoPointer {
        /// The name of the commitment.
        field: Field,
    },
    /// It has another shape than an event.
    #[error("the entry does not have the shape of an event")]
    Shape {
        /// What differs.
        source: serde_json::Error,
    },
}

impl ReadEventError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Disclosure { source } => source.code(),
            Self::Draft { source } => source.code(),
            Self::NoField { .. } => "incident.event.field",
            Self::NoIncident => "incident.event.no_incident",
            Self::NoPointer { .. } => "incident.event.commitment",
            Self::Shape { .. } => "incident.event.shape",
        }
    }
}
