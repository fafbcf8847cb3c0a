mod check;
mod fold;
mod guard;
mod refusal;
mod state;
mod view;

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::event::{Event, EventKind, NewEvent, Opening};
use crate::log::Context;
use crate::{IncidentError, IncidentId};

use self::check::check_fields;
pub use self::refusal::Refusal;
pub(crate) use self::state::State;
pub use self::state::{Hold, PhaseSpan};

/// Holds an incident: what its events come to, and nothing else.
///
/// - The timeline only grows, and its times never go backward.
/// - The phase changes by the steps of [`Phase::may_become`](crate::Phase::may_become) only, and each
///   step has guards; a refusal lists every one that fails.
/// - Whoever destroys keeps evidence first, whoever signs off an order is not who proposed it, and
///   whoever says that it is less severe shows why.
/// - After closing, an incident takes notes, links and what was still owed, until it is reopened.
///
/// A method that fails changes nothing. [`Incidents`](crate::Incidents) keeps incidents in a log.
///
/// ```
/// use modelward_artifact::Party;
/// use modelward_incident::log::Context;
/// use modelward_incident::{EventKind, Incident, IncidentKind, Opening, Phase, Severity};
///
/// let now = Context::new("2026-11-23T10:00:00Z".parse()?, Party::new("Jo Example")?);
/// let opening = Opening::new("inputs moved".parse()?, IncidentKind::DriftData, Severity::Low);
/// let mut incident = Incident::open("INC-2026-0042".parse()?, opening, &now)?;
///
/// let step = EventKind::PhaseChanged { to: Phase::Containment, reason: "act".parse()? };
/// let refused = incident.record(step, &now).unwrap_err();
/// assert_eq!(
///     refused.to_string(),
///     "the event `phase-changed` is refused: no affected asset is named",
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Incident {
    pub(crate) id: IncidentId,
    pub(crate) events: Vec<Event>,
    /// The numbers of the events that are not here as a whole.
    pub(crate) withheld: BTreeSet<u64>,
    pub(crate) unknown: Map<String, Value>,
    pub(crate) state: State,
}

impl Incident {
    /// Opens an incident in the phase detection.
    ///
    /// # Errors
    ///
    /// [`IncidentError::Refused`] where the opening names no kind, or marks a field that it has not.
    pub fn open(
        id: IncidentId,
        opening: impl Into<NewEvent>,
        context: &Context,
    ) -> Result<Self, IncidentError> {
        Self::from_first(id, opening.into().at(0, context))
    }

    /// Records what happened, was found out or was decided.
    ///
    /// # Errors
    ///
    /// [`IncidentError::Refused`] with every reason; [`IncidentError::Time`] where the time goes
    /// backward.
    pub fn record(
        &mut self,
        event: impl Into<NewEvent>,
        context: &Context,
    ) -> Result<&Event, IncidentError> {
        let event = event.into().at(self.next_seq(), context);
        self.append(event)?;
        Ok(&self.events[self.events.len() - 1])
    }

    /// Says whether an event could be recorded now, without recording it.
    ///
    /// # Errors
    ///
    /// As of [`Incident::record`].
    pub fn check(&self, event: &NewEvent, context: &Context) -> Result<(), IncidentError> {
        self.refuse(&event.clone().at(self.next_seq(), context))
    }

    /// Makes the incident that a first event opens.
    pub(crate) fn from_first(id: IncidentId, event: Event) -> Result<Self, IncidentError> {
        let EventKind::Opened(opening) = &event.kind else {
            return Err(IncidentError::NotOpened);
        };
        let mut refusals = check_fields(&event);
        if opening.kinds.is_empty() {
            refusals.push(Refusal::NoKind);
        }
        if !refusals.is_empty() {
            let event = event.kind.name();
            return Err(IncidentError::Refused { event, refusals });
        }
        let state = State::opened(opening, event.recorded_at);
        Ok(Self {
            id,
            state,
            events: vec![event],
            withheld: BTreeSet::new(),
            unknown: Map::new(),
        })
    }

    /// Appends an event, the only way in which an incident changes.
    pub(crate) fn append(&mut self, event: Event) -> Result<(), IncidentError> {
        self.refuse(&event)?;
        self.admit(event);
        Ok(())
    }

    /// Takes in an event that was not refused.
    pub(crate) fn admit(&mut self, event: Event) {
        self.state.apply(&event);
        self.events.push(event);
    }

    /// Passes over an event of which something is withheld.
    pub(crate) fn withhold(&mut self, seq: u64) {
        self.withheld.insert(seq);
    }

    pub(crate) fn next_seq(&self) -> u64 {
        let seen = self.events.last().map(|last| last.seq);
        let withheld = self.withheld.last().copied();
        seen.max(withheld).map_or(0, |last| last + 1)
    }

    /// What a record of which a part is withheld refers to may be withheld too, so that it is not
    /// judged by guards any more. Its marks have to be sound all the same.
    fn refuse(&self, event: &Event) -> Result<(), IncidentError> {
        let at = event.recorded_at;
        if let Some(last) = self.events.last().map(|last| last.recorded_at)
            && at < last
        {
            return Err(IncidentError::Time { at, last });
        }
        let refusals = if self.is_partial() {
            check_fields(event)
        } else {
            self.state.check(event)
        };
        if refusals.is_empty() {
            return Ok(());
        }
        let event = event.kind.name();
        Err(IncidentError::Refused { event, refusals })
    }
}

impl From<Opening> for NewEvent {
    fn from(opening: Opening) -> Self {
        Self::new(EventKind::Opened(opening))
    }
}
