use std::collections::BTreeMap;

use thiserror::Error;

use crate::event::{NewEvent, ReadEventError, draft, from_entry};
use crate::log::{
    Context, Disclosed, Disclosures, Draft, Entry, IncidentLog, LogFile, LogFileError,
};
use crate::{Incident, IncidentError, IncidentId};

/// Keeps entries in order: a log in memory or in a file.
pub trait Journal {
    /// Appends an entry, and returns it when it counts.
    ///
    /// # Errors
    ///
    /// [`LogFileError`] where it does not count.
    fn append_entry(&mut self, draft: Draft, context: &Context) -> Result<Entry, LogFileError>;

    /// Returns an entry, or `None` where there is no such.
    ///
    /// # Errors
    ///
    /// [`LogFileError`] where it cannot be read.
    fn read_entry(&mut self, seq: u64) -> Result<Option<Entry>, LogFileError>;
}

impl Journal for IncidentLog {
    fn append_entry(&mut self, draft: Draft, context: &Context) -> Result<Entry, LogFileError> {
        let appended = self.append(draft, context);
        appended
            .cloned()
            .map_err(|source| LogFileError::Append { source })
    }

    fn read_entry(&mut self, seq: u64) -> Result<Option<Entry>, LogFileError> {
        let entry = usize::try_from(seq)
            .ok()
            .and_then(|seq| self.entries().get(seq));
        Ok(entry.cloned())
    }
}

impl Journal for LogFile {
    fn append_entry(&mut self, draft: Draft, context: &Context) -> Result<Entry, LogFileError> {
        self.append(draft, context)
    }

    fn read_entry(&mut self, seq: u64) -> Result<Option<Entry>, LogFileError> {
        self.entry(seq)
    }
}

/// Holds the incidents of a log, each the fold of its entries. The log is the truth.
///
/// ```
/// use modelward_artifact::Party;
/// use modelward_incident::log::{Context, Disclosures, IncidentLog};
/// use modelward_incident::{EventKind, IncidentKind, Incidents, Opening, Severity};
///
/// let mut log = IncidentLog::new();
/// let mut incidents = Incidents::new();
/// let now = Context::new("2026-11-23T10:00:00Z".parse()?, Party::new("Jo Example")?);
/// let id = "INC-2026-0042".parse()?;
/// let opening = Opening::new("inputs moved".parse()?, IncidentKind::DriftData, Severity::Low);
/// incidents.record(&mut log, &id, opening, &now)?;
/// incidents.record(&mut log, &id, EventKind::Noted { text: "seen".parse()? }, &now)?;
///
/// let again = Incidents::replay(&mut log, &Disclosures::new())?;
/// assert_eq!(again.get(&id), incidents.get(&id));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Incidents(BTreeMap<IncidentId, Incident>);

impl Incidents {
    /// Holds none.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Lives through a log again, with what is kept beside it.
    ///
    /// An event of which something is kept that is not among `secrets` is passed over, and its
    /// incident [is partial](Incident::is_partial) from there on.
    ///
    /// # Errors
    ///
    /// [`ReplayError`] that names the first entry that cannot have happened.
    pub fn replay(journal: &mut impl Journal, secrets: &Disclosures) -> Result<Self, ReplayError> {
        let mut incidents = Self::new();
        for seq in 0.. {
            let entry = journal
                .read_entry(seq)
                .map_err(|source| ReplayError::Log { seq, source })?;
            let Some(entry) = entry else {
                break;
            };
            incidents.take_in(&entry, secrets.of(seq))?;
        }
        Ok(incidents)
    }

    /// Records what happened: checks it, appends it to the log, and takes it in.
    ///
    /// An [`Opening`](crate::Opening) opens an incident of an id that is new. What is kept beside
    /// the log is returned; whoever loses it cannot read it any more.
    ///
    /// # Errors
    ///
    /// [`RecordError`]; nothing was recorded, but for a log that may have been written and failed.
    pub fn record(
        &mut self,
        journal: &mut impl Journal,
        id: &IncidentId,
        event: impl Into<NewEvent>,
        context: &Context,
    ) -> Result<Recorded, RecordError> {
        let event = event.into();
        let refused = |source| RecordError::Refused { source };
        let opened = match self.0.get(id) {
            Some(incident) => incident.check(&event, context).map(|()| None),
            None => Incident::open(id.clone(), event.clone(), context).map(Some),
        };
        let opened = opened.map_err(refused)?;
        let (draft, secrets) = draft(id, &event).map_err(|source| RecordError::Event { source })?;
        let entry = journal
            .append_entry(draft, context)
            .map_err(|source| RecordError::Log { source })?;
        match (opened, self.0.get_mut(id)) {
            (None, Some(incident)) => {
                let seq = incident.next_seq();
                incident.admit(event.at(seq, context));
            }
            (opened, _) => self.0.extend(opened.map(|incident| (id.clone(), incident))),
        }
        Ok(Recorded { entry, secrets })
    }

    /// Returns an incident.
    #[must_use]
    pub fn get(&self, id: &IncidentId) -> Option<&Incident> {
        self.0.get(id)
    }

    /// Returns the incidents, sorted by id.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Incident> {
        self.0.values()
    }

    /// Returns how many incidents there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Tells whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn take_in(&mut self, entry: &Entry, secrets: &[Disclosed]) -> Result<(), ReplayError> {
        let seq = entry.seq();
        let failed = |source| ReplayError::Event { seq, source };
        let impossible = |source| ReplayError::Refused { seq, source };
        let (id, event) = from_entry(entry, secrets).map_err(failed)?;
        let context = Context::new(entry.recorded_at(), entry.actor().clone());
        match (self.0.get_mut(&id), event) {
            (Some(incident), Some(event)) => {
                incident.record(event, &context).map_err(impossible)?;
            }
            (Some(incident), None) => incident.withhold(incident.next_seq()),
            (None, Some(event)) => {
                let incident = Incident::open(id.clone(), event, &context).map_err(impossible)?;
                self.0.insert(id, incident);
            }
            (None, None) => return Err(ReplayError::Opening { seq }),
        }
        Ok(())
    }
}

/// Holds what recording made: the entry of the log, and what is kept beside it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Recorded {
    /// The entry.
    pub entry: Entry,
    /// What it commits to.
    pub secrets: Vec<Disclosed>,
}

/// Says why an event was not recorded.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RecordError {
    /// It cannot become an entry.
    #[error("the event cannot become an entry")]
    Event {
        /// Why.
        source: ReadEventError,
    },
    /// The log does not take it.
    #[error("the log does not take the event")]
    Log {
        /// Why.
        source: LogFileError,
    },
    /// It cannot have happened.
    #[error("the event cannot have happened")]
    Refused {
        /// Why.
        source: IncidentError,
    },
}

impl RecordError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Event { source } => source.code(),
            Self::Log { source } => source.code(),
            Self::Refused { source } => source.code(),
        }
    }
}

/// Says why a log is no log of incidents.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReplayError {
    /// An entry is no event.
    #[error("entry {seq} is no event of an incident")]
    Event {
        /// The entry.
        seq: u64,
        /// Why.
        source: ReadEventError,
    },
    /// An entry cannot be read.
    #[error("entry {seq} cannot be read")]
    Log {
        /// The entry.
        seq: u64,
        /// Why.
        source: LogFileError,
    },
    /// The first event of an incident is kept beside the log in part and was not disclosed.
    #[error("entry {seq} opens an incident and is not disclosed")]
    Opening {
        /// The entry.
        seq: u64,
    },
    /// An entry cannot have happened.
    #[error("entry {seq} cannot have happened")]
    Refused {
        /// The entry.
        seq: u64,
        /// Why.
        source: IncidentError,
    },
}

impl ReplayError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Event { source, .. } => source.code(),
            Self::Log { source, .. } => source.code(),
            Self::Opening { .. } => "incident.replay.opening",
            Self::Refused { source, .. } => source.code(),
        }
    }
}
