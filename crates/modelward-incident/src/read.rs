use modelward_artifact::json::{self, JsonError};
use modelward_artifact::{JsonLimits, Timestamp};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::error::shortened;
use crate::{Event, EventKind, Incident, IncidentError, IncidentId, ReadIncidentError, Text};

/// The kind and version of the document.
const SCHEMA: &str = "modelward.incident/1";

impl Incident {
    /// Reads a record and lives through its timeline again: what could not have happened is refused.
    ///
    /// Top-level members that this version does not know are kept; inside an event they are refused.
    ///
    /// # Errors
    ///
    /// [`ReadIncidentError`] where the text is not strict JSON of this schema, or an event breaks a
    /// rule; the error names the event.
    pub fn from_json(bytes: &[u8], limits: &JsonLimits) -> Result<Self, ReadIncidentError> {
        let value =
            json::read(bytes, limits).map_err(|source| ReadIncidentError::Json { source })?;
        let mut members: Map<String, Value> = shaped(value, || "record".to_owned())?;
        let schema: String = take(&mut members, "schema")?;
        if schema != SCHEMA {
            let found = shortened(&schema);
            return Err(ReadIncidentError::Schema { found });
        }
        let id: IncidentId = take(&mut members, "id")?;
        let timeline: Vec<Value> = take(&mut members, "timeline")?;
        let mut incident = replay(id, timeline)?;
        incident.unknown = members;
        Ok(incident)
    }

    /// Writes the record: members sorted, the same bytes for the same record.
    ///
    /// # Errors
    ///
    /// [`JsonError`] where a member that was kept has no JSON form, which none has that was read.
    pub fn to_json(&self) -> Result<Vec<u8>, JsonError> {
        json::pretty(&Written {
            schema: SCHEMA,
            id: &self.id,
            timeline: &self.timeline,
            unknown: &self.unknown,
        })
    }
}

#[derive(Serialize)]
struct Written<'a> {
    schema: &'static str,
    id: &'a IncidentId,
    timeline: &'a [Event],
    #[serde(flatten)]
    unknown: &'a Map<String, Value>,
}

// What is neither `at` nor `actor` goes to the kind, which refuses what it does not know.
#[derive(Deserialize)]
struct WireEvent {
    at: Timestamp,
    actor: Text,
    #[serde(flatten)]
    kind: EventKind,
}

fn replay(id: IncidentId, timeline: Vec<Value>) -> Result<Incident, ReadIncidentError> {
    let failed = |index| move |source| ReadIncidentError::Event { index, source };
    let mut events = timeline.into_iter().enumerate();
    let Some((_, first)) = events.next() else {
        return Err(failed(0)(IncidentError::NotOpened));
    };
    let mut incident = Incident::from_first(id, event(0, first)?).map_err(failed(0))?;
    for (index, value) in events {
        let event = event(index, value)?;
        incident.append(event).map_err(failed(index))?;
    }
    Ok(incident)
}

fn event(index: usize, value: Value) -> Result<Event, ReadIncidentError> {
    let wire: WireEvent = shaped(value, || format!("event {index} of the timeline"))?;
    Ok(Event {
        at: wire.at,
        actor: wire.actor,
        kind: wire.kind,
    })
}

fn take<T: DeserializeOwned>(
    members: &mut Map<String, Value>,
    member: &'static str,
) -> Result<T, ReadIncidentError> {
    let value = members.remove(member);
    let value = value.ok_or(ReadIncidentError::Missing { member })?;
    shaped(value, || format!("member `{member}`"))
}

fn shaped<T: DeserializeOwned>(
    value: Value,
    place: impl FnOnce() -> String,
) -> Result<T, ReadIncidentError> {
    serde_json::from_value(value).map_err(|source| ReadIncidentError::Shape {
        place: place(),
        source,
    })
}
