use modelward_artifact::Text;
use serde_json::Value;

use super::rows::Rows;
use super::{Import, ImportError};
use crate::export::LossStatus;
use crate::log::Context;
use crate::pointer::child;
use crate::{
    EventKind, Incident, IncidentId, IncidentKind, Link, LinkRelation, NewEvent, Opening, Severity,
    Tlp,
};

/// Writes an incident, and what became of the document that it is made of.
#[derive(Debug)]
pub(super) struct Writer<'a> {
    pub(super) rows: Rows,
    incident: Incident,
    tlp: Tlp,
    context: &'a Context,
}

impl<'a> Writer<'a> {
    /// Opens the incident. Its opening is marked like all that is recorded.
    pub(super) fn open(
        id: IncidentId,
        opening: impl Into<NewEvent>,
        (tlp, context): (Tlp, &'a Context),
        rows: Rows,
    ) -> Result<Self, ImportError> {
        let opening = opening.into().marked(tlp);
        Ok(Self {
            rows,
            incident: Incident::open(id, opening, context)?,
            tlp,
            context,
        })
    }

    /// Returns the incident as far as it is written.
    pub(super) const fn incident(&self) -> &Incident {
        &self.incident
    }

    pub(super) fn record(&mut self, event: EventKind) -> Result<(), ImportError> {
        let event = NewEvent::new(event).marked(self.tlp);
        self.incident.record(event, self.context)?;
        Ok(())
    }

    pub(super) fn link(
        &mut self,
        relation: LinkRelation,
        target: &str,
        system: Option<&str>,
    ) -> Result<(), ImportError> {
        let mut link = Link::new(relation, text("", target)?);
        link.system = system.map(|system| text("", system)).transpose()?;
        self.record(EventKind::Linked(link))
    }

    /// Takes names, and says how many a record does not take.
    pub(super) fn names<'n>(
        &mut self,
        member: &str,
        names: impl ExactSizeIterator<Item = &'n str>,
        (status, note): (LossStatus, &str),
    ) -> Vec<Text> {
        let found = names.len();
        let names: Vec<Text> = names.filter_map(|name| name.parse().ok()).collect();
        let pointer = child("", member);
        match (found - names.len(), names.len()) {
            (0, 0) => {}
            (0, _) => self.rows.say(pointer, status, note),
            (_, 0) => {
                let why = "no text is one that a record takes";
                self.rows.unmapped(pointer, why);
            }
            (lost, _) => {
                let note = format!("{note}; {lost} texts are none that a record takes");
                self.rows
                    .say(pointer, status.max(LossStatus::Partial), note);
            }
        }
        names
    }

    /// States that a member has no place in a record, where it says something.
    pub(super) fn lose_unless_empty(&mut self, member: &str, value: &Value) {
        let is_empty = match value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(items) => items.is_empty(),
            Value::Object(members) => members.is_empty(),
            Value::Bool(_) | Value::Number(_) => false,
        };
        if !is_empty {
            self.rows.unmapped(child("", member), NO_PLACE);
        }
    }

    pub(super) fn into_import(self) -> Import {
        Import::new(self.incident, self.rows.into_losses())
    }
}

/// Why a part is not told of which nothing else is to be said.
pub(super) const NO_PLACE: &str = "the record has no place for it";

/// Reads a text that has to be one that a record takes.
pub(super) fn text(pointer: &str, text: &str) -> Result<Text, ImportError> {
    text.parse().map_err(|source| ImportError::Text {
        pointer: pointer.to_owned(),
        source,
    })
}

/// Makes the opening of a row that has a title at `/title` and may have a description.
pub(super) fn opening(
    (title, description): (&str, Option<&str>),
    kind: IncidentKind,
    severity: Severity,
    rows: &mut Rows,
) -> Result<Opening, ImportError> {
    let mut opening = Opening::new(text("/title", title)?, kind, severity);
    rows.direct("/title", "title");
    if let Some(description) = description.filter(|text| !text.is_empty()) {
        let told = (LossStatus::Direct, "summary");
        opening.summary = rows.text("/description", description, told);
    }
    Ok(opening)
}
