use serde_json::Value;
use thiserror::Error;

use crate::event::{Event, joined};
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
    /// An event above it is left out; of an event at or below it, the fields that are above it are,
    /// and where it is no event without them, it is left out whole. Times, actors and the names of
    /// fields belong to their event.
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
                incident.state.apply(&event);
                incident.events.push(event);
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
    let above = event.fields().iter().filter(|(_, tlp)| **tlp > level);
    let above: Vec<&Pointer> = above.map(|(field, _)| field).collect();
    if above.is_empty() {
        return Some(event.clone());
    }
    let mut data: Value = event.data();
    // What a field is part of comes before it in order, and may have taken it along.
    let taken = above.iter().enumerate().all(|(index, field)| {
        let gone = above[..index].iter().any(|whole| field.is_within(whole));
        field.take(&mut data).is_some() || gone
    });
    let kind = joined(event.kind().name(), &data).ok().filter(|_| taken);
    let Some(kind) = kind else {
        withheld.push(whole);
        return None;
    };
    let mut told = event.clone();
    told.kind = kind;
    // What went with the field that it was part of is not there to be marked.
    told.fields
        .retain(|field, tlp| *tlp <= level && field.take(&mut data.clone()).is_some());
    withheld.extend(above.into_iter().map(|field| Withheld {
        seq,
        field: Some(field.clone()),
    }));
    Some(told)
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
