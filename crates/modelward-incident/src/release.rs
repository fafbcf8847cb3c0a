use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use thiserror::Error;

use crate::event::{Event, EventKind, event_data, joined};
use crate::incident::Incident;
use crate::{Pointer, Tlp};

/// Holds what of an incident may be told up to a label, and nothing above it.
///
/// Only [`Incident::release`] makes it, and exporters take nothing else.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Released {
    incident: Incident,
    level: Tlp,
    withheld: Vec<Withheld>,
}

impl Released {
    /// Returns the incident, folded anew from what may be told. Its record may be told too.
    #[must_use]
    pub const fn incident(&self) -> &Incident {
        &self.incident
    }

    /// Returns the label.
    #[must_use]
    pub const fn level(&self) -> Tlp {
        self.level
    }

    /// Returns what is left out, in order. It says what kind of thing, and not what it was.
    #[must_use]
    pub fn withheld(&self) -> &[Withheld] {
        &self.withheld
    }
}

/// Names an event or a field of one that a release leaves out.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Withheld {
    /// The number of the event within its incident.
    pub seq: u64,
    /// The field; `None` where the whole event is left out.
    pub field: Option<Pointer>,
}

impl Incident {
    /// Makes what may be told up to a label.
    ///
    /// An event above it is left out; of an event at or below it, the fields that are above it are.
    /// Where it would be no event without a field, what the field is a part of is left out too, up to
    /// the whole event. Times, actors and the names of fields belong to their event.
    ///
    /// ```
    /// use modelward_artifact::Party;
    /// use modelward_incident::log::Context;
    /// use modelward_incident::{EventKind, Incident, IncidentKind, NewEvent, Opening, Severity, Tlp};
    ///
    /// let now = Context::new("2026-11-23T10:00:00Z".parse()?, Party::new("Jo Example")?);
    /// let opening = Opening::new("inputs moved".parse()?, IncidentKind::DriftData, Severity::Low);
    /// let opening = NewEvent::from(opening).marked(Tlp::Clear);
    /// let mut incident = Incident::open("INC-7".parse()?, opening, &now)?;
    /// let note = EventKind::Noted { text: "the customer is Acme".parse()? };
    /// incident.record(NewEvent::new(note).marked(Tlp::Red), &now)?;
    ///
    /// let released = incident.release(Tlp::Clear)?;
    /// assert!(released.incident().notes().is_empty());
    /// assert_eq!(released.withheld().len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ReleaseError::Opening`] where not even the opening may be told.
    pub fn release(&self, level: Tlp) -> Result<Released, ReleaseError> {
        let mut withheld = Vec::new();
        let mut events = self.events.iter();
        let first = events
            .next()
            .and_then(|first| told(first, level, &mut withheld));
        let refused = || ReleaseError::Opening { level };
        let first = first.ok_or_else(refused)?;
        let mut incident = Self::from_first(self.id.clone(), first).map_err(|_| refused())?;
        incident.withheld.clone_from(&self.withheld);
        for event in events {
            if let Some(event) = told(event, level, &mut withheld) {
                incident.admit(event);
            }
        }
        incident.withheld.extend(withheld.iter().map(|it| it.seq));
        Ok(Released {
            incident,
            level,
            withheld,
        })
    }
}

/// Returns what of an event may be told.
fn told(event: &Event, level: Tlp, withheld: &mut Vec<Withheld>) -> Option<Event> {
    let seq = event.seq();
    let whole = Withheld { seq, field: None };
    if event.tlp() > level {
        withheld.push(whole);
        return None;
    }
    if event.fields().values().all(|tlp| *tlp <= level) {
        return Some(event.clone());
    }
    let Some(cut) = Cut::of(event, level) else {
        withheld.push(whole);
        return None;
    };
    withheld.extend(cut.taken.into_iter().map(|field| Withheld {
        seq,
        field: Some(field),
    }));
    let mut told = event.clone();
    told.kind = cut.kind;
    told.fields = cut.fields;
    Some(told)
}

/// Holds what is left of an event when fields were taken out of it, and which ones were.
struct Cut {
    kind: EventKind,
    data: Value,
    fields: BTreeMap<Pointer, Tlp>,
    taken: BTreeSet<Pointer>,
}

impl Cut {
    /// Takes out each field that is above a label, or as much around it as has to go so that it is an
    /// event without it. `None` stands for the whole.
    ///
    /// Were the event withheld whole instead, more could be told up to a lower label, at which what
    /// is around the field is not told either.
    fn of(event: &Event, level: Tlp) -> Option<Self> {
        let mut cut = Self {
            kind: event.kind().clone(),
            data: event.data(),
            fields: BTreeMap::new(),
            taken: BTreeSet::new(),
        };
        let (above, below): (Vec<_>, Vec<_>) = event.fields().iter().partition(|it| *it.1 > level);
        for (field, _) in above {
            if !cut.has_taken(field) {
                cut.take(field)?;
            }
        }
        for (field, tlp) in below {
            cut.mark(field, *tlp);
        }
        Some(cut)
    }

    fn has_taken(&self, field: &Pointer) -> bool {
        let mut taken = self.taken.iter();
        taken.any(|it| it == field || field.is_within(it))
    }

    fn take(&mut self, field: &Pointer) -> Option<()> {
        let mut field = field.clone();
        loop {
            let mut data = self.data.clone();
            if field.take(&mut data).is_some()
                && let Ok(kind) = joined(self.kind.name(), &data)
            {
                (self.kind, self.data) = (kind, data);
                self.taken.insert(field);
                return Some(());
            }
            field = field.parent()?;
        }
    }

    /// Marks a field that is still there, or what it is a part of: a party of which only the name is
    /// left is written as a text, which has no field for the name.
    fn mark(&mut self, field: &Pointer, tlp: Tlp) {
        if self.has_taken(field) {
            return;
        }
        let data = event_data(&self.kind);
        let mut place = Some(field.clone());
        while let Some(field) = place.take_if(|field| !field.is_in(&data)) {
            place = field.parent();
        }
        if let Some(field) = place {
            let mark = self.fields.entry(field).or_insert(tlp);
            *mark = tlp.max(*mark);
        }
    }
}

/// Says why nothing of an incident may be told.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ReleaseError {
    /// The opening, without which there is no incident, is marked more strictly.
    #[error("the opening of the incident is marked above {level}")]
    Opening {
        /// The label asked for.
        level: Tlp,
    },
}

impl ReleaseError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Opening { .. } => "incident.release.opening",
        }
    }
}
