use modelward_artifact::{Party, Timestamp};

use crate::export::ledger::{Ledger, NO_PLACE};
use crate::export::stix::StixDialect;
use crate::export::stix::builder::Builder;
use crate::export::stix::object::{Object, stamp};
use crate::export::{FieldLoss, LossStatus};
use crate::{Fidelity, Incident, Released, TimeSpec};

/// Carries what every part of the export works on.
pub(super) struct Writer<'a> {
    pub(super) incident: &'a Incident,
    pub(super) builder: Builder,
    /// The id of the incident object.
    pub(super) id: String,
    ledger: Ledger,
}

impl<'a> Writer<'a> {
    pub(super) fn new(released: &'a Released, builder: Builder) -> Self {
        let id = builder.ids().local("incident", "");
        Self {
            incident: released.incident(),
            builder,
            id,
            ledger: Ledger::of(released),
        }
    }

    pub(super) const fn dialect(&self) -> StixDialect {
        self.builder.dialect()
    }

    /// Notes what became of a field.
    pub(super) fn lost(&mut self, field: &str, status: LossStatus, note: &str) {
        self.ledger.say(field, status, note);
    }

    /// Notes that a field is said as it is.
    pub(super) fn direct(&mut self, field: &str, place: &str) {
        self.lost(field, LossStatus::Direct, place);
    }

    /// Adds a note on objects, said by someone at a time.
    pub(super) fn note(&mut self, note: Note<'_>) -> String {
        let object = self.builder.object("note", note.key);
        let object = match note.at {
            Some(at) => object.at("created", at).at("modified", at),
            None => object,
        };
        let mut about = note.about;
        if about.is_empty() {
            about.push(self.id.clone());
        }
        let object = object
            .with("abstract", note.title)
            .with("content", note.content)
            .with("authors", note.authors)
            .with("object_refs", about);
        self.builder.push(object)
    }

    /// Returns what was noted of the fields, and the builder.
    pub(super) fn into_parts(self) -> (Builder, Vec<FieldLoss>) {
        (self.builder, self.ledger.into_losses(NO_PLACE))
    }
}

/// Says something in words that no property has a place for.
#[derive(Debug, Default)]
pub(super) struct Note<'a> {
    pub(super) key: &'a str,
    pub(super) title: &'a str,
    pub(super) content: String,
    pub(super) authors: Vec<String>,
    pub(super) at: Option<Timestamp>,
    /// What it is about: the incident, unless something else is named.
    pub(super) about: Vec<String>,
}

/// Names a person as authors are named.
pub(super) fn author(party: &Party) -> String {
    match party.organization() {
        Some(organization) => format!("{} ({organization})", party.name()),
        None => party.name().to_string(),
    }
}

/// Sets a time and how exactly it is known. STIX gives the beginning of the period.
pub(super) fn timed(object: Object, name: &str, time: Option<TimeSpec>) -> Object {
    let Some(time) = time else { return object };
    let (known, rest) = match time.fidelity() {
        Fidelity::Year => (4, "-01-01T00:00:00.000Z"),
        Fidelity::Month => (7, "-01T00:00:00.000Z"),
        Fidelity::Day => (10, "T00:00:00.000Z"),
        Fidelity::Hour => (13, ":00:00.000Z"),
        Fidelity::Minute => (16, ":00.000Z"),
        Fidelity::Second => (19, ".000Z"),
    };
    let stamp = stamp(time.at());
    object
        .with(name, format!("{}{rest}", &stamp[..known]))
        .with(&format!("{name}_fidelity"), time.fidelity().name())
}
