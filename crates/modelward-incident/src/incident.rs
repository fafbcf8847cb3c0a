use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::event::{By, Category, Event, EventKind, Severity};
use crate::{AssetRef, IncidentError, IncidentId, Phase, Refusal, Text};

/// States what an incident is when it is opened.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Opening {
    title: String,
    category: Category,
    severity: Severity,
}

impl Opening {
    /// Joins a title, a category and a first severity.
    #[must_use]
    pub fn new(title: impl Into<String>, category: Category, severity: Severity) -> Self {
        Self {
            title: title.into(),
            category,
            severity,
        }
    }
}

/// Holds an incident: what its timeline says, and nothing else.
///
/// - The timeline only grows, and its times never go backward.
/// - The phase changes by the steps of [`Phase::may_become`] only.
/// - Containment needs an affected asset, closing needs a note of the review.
///
/// A method that fails changes nothing.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Incident {
    pub(crate) id: IncidentId,
    pub(crate) timeline: Vec<Event>,
    pub(crate) unknown: Map<String, Value>,
    title: Text,
    category: Category,
    severity: Severity,
    phase: Phase,
    assets: BTreeSet<AssetRef>,
    reviewed: bool,
}

impl Incident {
    /// Opens an incident in the phase detection.
    ///
    /// # Errors
    ///
    /// [`IncidentError::Text`] where the title or the actor is not a [`Text`].
    pub fn open(id: IncidentId, opening: Opening, by: By) -> Result<Self, IncidentError> {
        let kind = EventKind::Opened {
            title: text("title", opening.title)?,
            category: opening.category,
            severity: opening.severity,
        };
        Self::from_first(id, event(kind, by)?)
    }

    /// Goes over to another phase.
    ///
    /// # Errors
    ///
    /// [`IncidentError::Phase`] with every reason, and what any event can be refused for.
    pub fn advance(
        &mut self,
        to: Phase,
        reason: impl Into<String>,
        by: By,
    ) -> Result<(), IncidentError> {
        let reason = text("reason", reason.into())?;
        self.append(event(EventKind::PhaseChanged { to, reason }, by)?)
    }

    /// Names something that is affected. Naming it twice is no fault.
    ///
    /// # Errors
    ///
    /// [`IncidentError`] where the time goes backward or the actor is not a [`Text`].
    pub fn affect(&mut self, asset: AssetRef, by: By) -> Result<(), IncidentError> {
        self.append(event(EventKind::AssetAffected { asset }, by)?)
    }

    /// Notes something.
    ///
    /// # Errors
    ///
    /// [`IncidentError`] where the note or the actor is not a [`Text`] or the time goes backward.
    pub fn note(&mut self, note: impl Into<String>, by: By) -> Result<(), IncidentError> {
        let text = text("note", note.into())?;
        self.append(event(EventKind::Note { text }, by)?)
    }

    /// Changes the severity.
    ///
    /// # Errors
    ///
    /// [`IncidentError`] where the reason or the actor is not a [`Text`] or the time goes backward.
    pub fn set_severity(
        &mut self,
        to: Severity,
        reason: impl Into<String>,
        by: By,
    ) -> Result<(), IncidentError> {
        let reason = text("reason", reason.into())?;
        self.append(event(EventKind::SeverityChanged { to, reason }, by)?)
    }

    /// Returns the name.
    #[must_use]
    pub const fn id(&self) -> &IncidentId {
        &self.id
    }

    /// Returns what it is about.
    #[must_use]
    pub fn title(&self) -> &str {
        self.title.as_str()
    }

    /// Returns what kind of incident it is.
    #[must_use]
    pub const fn category(&self) -> Category {
        self.category
    }

    /// Returns how bad it is now.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.severity
    }

    /// Returns the present phase.
    #[must_use]
    pub const fn phase(&self) -> Phase {
        self.phase
    }

    /// Tells whether something is left to do.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.phase != Phase::Closed
    }

    /// Returns what is affected, sorted.
    #[must_use]
    pub fn assets(&self) -> impl ExactSizeIterator<Item = &AssetRef> {
        self.assets.iter()
    }

    /// Tells whether an asset is named as affected.
    #[must_use]
    pub fn affects(&self, asset: &AssetRef) -> bool {
        self.assets.contains(asset)
    }

    /// Returns every event, the oldest first.
    #[must_use]
    pub fn timeline(&self) -> &[Event] {
        &self.timeline
    }

    /// Makes the incident that a first event opens.
    pub(crate) fn from_first(id: IncidentId, event: Event) -> Result<Self, IncidentError> {
        let EventKind::Opened {
            title,
            category,
            severity,
        } = &event.kind
        else {
            return Err(IncidentError::NotOpened);
        };
        Ok(Self {
            id,
            title: title.clone(),
            category: *category,
            severity: *severity,
            phase: Phase::Detection,
            assets: BTreeSet::new(),
            reviewed: false,
            timeline: vec![event],
            unknown: Map::new(),
        })
    }

    /// Appends an event, the only way in which an incident changes.
    pub(crate) fn append(&mut self, event: Event) -> Result<(), IncidentError> {
        let at = event.at();
        if let Some(last) = self.timeline.last().map(Event::at)
            && at < last
        {
            return Err(IncidentError::Time { at, last });
        }
        match &event.kind {
            EventKind::Opened { .. } => return Err(IncidentError::Opened),
            EventKind::AssetAffected { asset } => {
                self.assets.insert(asset.clone());
            }
            EventKind::Note { .. } => self.reviewed |= self.phase == Phase::PostIncident,
            EventKind::PhaseChanged { to, .. } => {
                self.check_step(*to)?;
                self.phase = *to;
                self.reviewed = false;
            }
            EventKind::SeverityChanged { to, .. } => self.severity = *to,
        }
        self.timeline.push(event);
        Ok(())
    }

    fn check_step(&self, to: Phase) -> Result<(), IncidentError> {
        let mut refusals = Vec::new();
        if !self.phase.may_become(to) {
            refusals.push(Refusal::NoSuchStep);
        }
        if to == Phase::Containment && self.assets.is_empty() {
            refusals.push(Refusal::NoAffectedAsset);
        }
        if to == Phase::Closed && !self.reviewed {
            refusals.push(Refusal::NoReview);
        }
        if refusals.is_empty() {
            return Ok(());
        }
        Err(IncidentError::Phase {
            from: self.phase,
            to,
            refusals,
        })
    }
}

fn event(kind: EventKind, by: By) -> Result<Event, IncidentError> {
    Ok(Event {
        at: by.at,
        actor: text("actor", by.actor)?,
        kind,
    })
}

fn text(member: &'static str, text: String) -> Result<Text, IncidentError> {
    text.try_into()
        .map_err(|source| IncidentError::Text { member, source })
}
