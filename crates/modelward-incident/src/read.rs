use modelward_artifact::JsonLimits;
use modelward_artifact::json::{self, JsonError};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{Event, Incident, IncidentError, IncidentId, ReadIncidentError};

/// The kind and version of the document.
const SCHEMA: &str = "modelward.incident/1";

#[derive(Deserialize)]
struct Document {
    schema: String,
    id: IncidentId,
    timeline: Vec<Event>,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

#[derive(Serialize)]
struct Written<'a> {
    schema: &'static str,
    id: &'a IncidentId,
    timeline: &'a [Event],
    #[serde(flatten)]
    unknown: &'a Map<String, Value>,
}

impl Incident {
    /// Reads a record and lives through its timeline again: what could not have happened is refused.
    ///
    /// Members of the document that this crate does not know are kept.
    ///
    /// # Errors
    ///
    /// [`ReadIncidentError`] where the text is not strict JSON of this schema, or an event breaks a
    /// rule.
    pub fn from_json(bytes: &[u8], limits: &JsonLimits) -> Result<Self, ReadIncidentError> {
        let document: Document = json::read_as(bytes, limits)?;
        if document.schema != SCHEMA {
            return Err(ReadIncidentError::Schema {
                found: document.schema,
            });
        }
        let mut events = document.timeline.into_iter().enumerate();
        let failed = |index| move |source| ReadIncidentError::Event { index, source };
        let Some((_, first)) = events.next() else {
            return Err(failed(0)(IncidentError::NotOpened));
        };
        let mut incident = Self::from_first(document.id, first).map_err(failed(0))?;
        for (index, event) in events {
            incident.append(event).map_err(failed(index))?;
        }
        incident.unknown = document.unknown;
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
