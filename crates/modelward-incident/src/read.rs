use std::collections::BTreeSet;

use modelward_artifact::JsonLimits;
use modelward_artifact::json::{self, JsonError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::error::shortened;
use crate::event::{Event, WireEvent};
use crate::{Incident, IncidentError, IncidentId, ReadIncidentError};

/// The kind and version of the document.
const SCHEMA: &str = "modelward.incident/2";

impl Incident {
    /// Reads a record and lives through its events again: what could not have happened is refused.
    ///
    /// Top-level members that this version does not know are kept; inside an event they are refused.
    /// Where the record says that events are withheld, the guards are not checked; see
    /// [`Incident::is_partial`].
    ///
    /// # Errors
    ///
    /// [`ReadIncidentError`] where the text is not strict JSON of this schema, or an event breaks a
    /// rule; the error names the event.
    pub fn from_json(bytes: &[u8], limits: &JsonLimits) -> Result<Self, ReadIncidentError> {
        let value =
            json::read(bytes, limits).map_err(|source| ReadIncidentError::Json { source })?;
        let mut members = match value {
            Value::Object(members) => members,
            other => shaped(other, || "record".to_owned())?,
        };
        let schema: String = take(&mut members, "schema")?;
        if schema != SCHEMA {
            let found = shortened(&schema);
            return Err(ReadIncidentError::Schema { found });
        }
        let id: IncidentId = take(&mut members, "id")?;
        let events: Vec<Value> = take(&mut members, "events")?;
        let withheld: BTreeSet<u64> = match members.remove("withheld") {
            None => BTreeSet::new(),
            Some(value) => shaped(value, || "member `withheld`".to_owned())?,
        };
        let mut incident = replay(id, events, withheld)?;
        incident.unknown = members;
        Ok(incident)
    }

    /// Writes the record: members sorted, the same bytes for the same record.
    ///
    /// It has every event whole, those included that a log keeps a commitment to alone; use
    /// [`Incident::release`] for what others may read.
    ///
    /// # Errors
    ///
    /// [`JsonError`] where a member that was kept has no JSON form, which none has that was read.
    pub fn to_json(&self) -> Result<Vec<u8>, JsonError> {
        json::pretty(&Written {
            schema: SCHEMA,
            id: &self.id,
            events: self.events.iter().map(WireEvent::from).collect(),
            withheld: &self.withheld,
            unknown: &self.unknown,
        })
    }
}

#[derive(Serialize)]
struct Written<'a> {
    schema: &'static str,
    id: &'a IncidentId,
    events: Vec<WireEvent>,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    withheld: &'a BTreeSet<u64>,
    #[serde(flatten)]
    unknown: &'a Map<String, Value>,
}

fn replay(
    id: IncidentId,
    events: Vec<Value>,
    withheld: BTreeSet<u64>,
) -> Result<Incident, ReadIncidentError> {
    let failed = |index| move |source| ReadIncidentError::Event { index, source };
    let mut events = events.into_iter().enumerate();
    let Some((_, first)) = events.next() else {
        return Err(failed(0)(IncidentError::NotOpened));
    };
    let first = event(0, first)?;
    let mut next = next_number(0, first.seq, 0, &withheld)?;
    let mut last = 0;
    let mut incident = Incident::from_first(id, first).map_err(failed(0))?;
    incident.withheld = withheld;
    for (index, value) in events {
        let event = event(index, value)?;
        next = next_number(index, event.seq, next, &incident.withheld)?;
        incident.append(event).map_err(failed(index))?;
        last = index;
    }
    let after = (next..).zip(incident.withheld.range(next..));
    if let Some((_, found)) = after.into_iter().find(|(next, found)| next != *found) {
        let (index, found) = (last, *found);
        return Err(ReadIncidentError::Number { index, found });
    }
    Ok(incident)
}

/// Checks that every number between two events is one that is withheld.
fn next_number(
    index: usize,
    found: u64,
    next: u64,
    withheld: &BTreeSet<u64>,
) -> Result<u64, ReadIncidentError> {
    let skipped = withheld.range(next..).take_while(|seq| **seq < found);
    let skipped = u64::try_from(skipped.count()).unwrap_or(u64::MAX);
    let follows = found.checked_sub(next) == Some(skipped);
    match found.checked_add(1) {
        Some(after) if follows => Ok(after),
        _ => Err(ReadIncidentError::Number { index, found }),
    }
}

fn event(index: usize, value: Value) -> Result<Event, ReadIncidentError> {
    let place = || format!("event {index}");
    let wire: WireEvent = shaped(value, place)?;
    Event::try_from(wire).map_err(|source| ReadIncidentError::Shape {
        place: place(),
        source: json::harmless(source),
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
    json::shaped(value).map_err(|source| ReadIncidentError::Shape {
        place: place(),
        source,
    })
}
