use modelward_artifact::Text;
use serde_json::Value;

use crate::export::{FieldLoss, LossStatus};
use crate::log::Context;
use crate::{EventKind, Incident, Link, LinkRelation, NewEvent, Tlp};

use super::ImportError;

/// Writes an incident and what became of the document that it is made of.
pub(super) struct Writer<'a> {
    incident: &'a mut Incident,
    tlp: Tlp,
    context: &'a Context,
    losses: Vec<FieldLoss>,
}

impl<'a> Writer<'a> {
    pub(super) const fn new(
        incident: &'a mut Incident,
        tlp: Tlp,
        context: &'a Context,
        losses: Vec<FieldLoss>,
    ) -> Self {
        Self {
            incident,
            tlp,
            context,
            losses,
        }
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
        let text = |text: &str| {
            text.parse().map_err(|source| ImportError::Text {
                pointer: String::new(),
                source,
            })
        };
        let mut link = Link::new(relation, text(target)?);
        link.system = system.map(text).transpose()?;
        self.record(EventKind::Linked(link))
    }

    pub(super) fn row(&mut self, pointer: &str, status: LossStatus, note: &str) {
        self.losses.push(FieldLoss::new(pointer, status, note));
    }

    /// Takes a text, or says why a record does not.
    pub(super) fn text(
        &mut self,
        pointer: &str,
        text: &str,
        (status, note): (LossStatus, &str),
    ) -> Option<Text> {
        match text.parse() {
            Ok(text) => {
                self.row(pointer, status, note);
                Some(text)
            }
            Err(error) => {
                self.row(pointer, LossStatus::Unmapped, &error.to_string());
                None
            }
        }
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
        let pointer = format!("/{}", escaped(member));
        match (found - names.len(), names.len()) {
            (0, 0) => {}
            (0, _) => self.row(&pointer, status, note),
            (_, 0) => self.row(
                &pointer,
                LossStatus::Unmapped,
                "no text is one that a record takes",
            ),
            (lost, _) => {
                let note = format!("{note}; {lost} texts are none that a record takes");
                self.row(&pointer, status.max(LossStatus::Partial), &note);
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
            let pointer = format!("/{}", escaped(member));
            self.row(
                &pointer,
                LossStatus::Unmapped,
                "a record has no place for it",
            );
        }
    }

    pub(super) fn into_losses(mut self) -> Vec<FieldLoss> {
        self.losses
            .sort_by(|one, other| one.field.cmp(&other.field));
        self.losses
    }
}

/// Writes the name of a member as a part of a JSON pointer.
fn escaped(member: &str) -> String {
    member.replace('~', "~0").replace('/', "~1")
}
