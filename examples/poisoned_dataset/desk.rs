//! The desk where the record is kept: a log in a file, and what stands beside it.

use std::path::Path;

use modelward::Timestamp;
use modelward::artifact::{Party, Text};
use modelward::incident::log::{Context, Disclosures, FileOptions, LogFile};
use modelward::incident::{
    Detection, EventKind, Incident, IncidentError, IncidentId, Incidents, NewEvent, RecordError,
    RootCause, Tlp,
};

use crate::Failure;

/// Keeps one incident in a log, and says aloud what is recorded.
pub(crate) struct Desk {
    pub(crate) log: LogFile,
    pub(crate) secrets: Disclosures,
    incidents: Incidents,
    id: IncidentId,
}

impl Desk {
    pub(crate) fn open(path: &Path, id: &str) -> Result<Self, Failure> {
        Ok(Self {
            log: LogFile::open(path, FileOptions::default())?,
            secrets: Disclosures::new(),
            incidents: Incidents::new(),
            id: id.parse()?,
        })
    }

    /// Records an event at a time that the story fixes: no clock is read.
    pub(crate) fn record(
        &mut self,
        at: &str,
        who: &Party,
        event: impl Into<NewEvent>,
    ) -> Result<(), Failure> {
        let event = event.into();
        let now: Timestamp = at.parse()?;
        let (gist, tlp) = (gist(event.kind()), event.tlp());
        let context = Context::new(now, who.clone());
        let recorded = self
            .incidents
            .record(&mut self.log, &self.id, event, &context)?;
        for secret in recorded.secrets {
            self.secrets.disclose(&recorded.entry, secret)?;
        }
        println!(
            "{:4}  {now}  {:12}  {gist}  [{tlp}]",
            recorded.entry.seq(),
            who.name().as_str()
        );
        Ok(())
    }

    /// Records what everyone may know.
    pub(crate) fn publish(
        &mut self,
        at: &str,
        who: &Party,
        kind: EventKind,
    ) -> Result<(), Failure> {
        self.record(at, who, NewEvent::new(kind).marked(Tlp::Clear))
    }

    /// Tries what must be refused, and says why it is.
    pub(crate) fn refused(
        &mut self,
        at: &str,
        who: &Party,
        event: impl Into<NewEvent>,
    ) -> Result<(), Failure> {
        let event = event.into();
        let kind = event.kind().name();
        let context = Context::new(at.parse()?, who.clone());
        match self
            .incidents
            .record(&mut self.log, &self.id, event, &context)
        {
            Err(RecordError::Refused {
                source: IncidentError::Refused { refusals, .. },
            }) => {
                let why: Vec<_> = refusals.iter().map(ToString::to_string).collect();
                println!("      refused: {kind}: {}", why.join("; "));
                Ok(())
            }
            Err(other) => Err(other.into()),
            Ok(_) => Err(format!("`{kind}` was recorded, which must never happen").into()),
        }
    }

    pub(crate) fn incident(&self) -> Result<&Incident, Failure> {
        Ok(self
            .incidents
            .get(&self.id)
            .ok_or("no incident was opened")?)
    }
}

/// Says in a line what an event is about.
fn gist(kind: &EventKind) -> String {
    let what = match kind {
        EventKind::ActionConfirmed { action, .. } => action.to_string(),
        EventKind::ActionTaken(action) => action.description.to_string(),
        EventKind::AssetRecorded(asset) => {
            let version = asset.version.as_ref().map_or("", Text::as_str);
            format!("{} {version}, {}", asset.name, asset.compromise.name())
        }
        EventKind::AuthorityInformed { authority, .. } => authority.to_string(),
        EventKind::Closed { outcome, .. } => outcome.to_string(),
        EventKind::CustodyRecorded { evidence, .. } => evidence.to_string(),
        EventKind::Detected(Detection::Attack(evidence)) => evidence.to_string(),
        EventKind::Detected(Detection::Drift(evidence)) => evidence.to_string(),
        EventKind::Determined { to, .. } => to.to_string(),
        EventKind::Disclosed(told) => format!("{} to {}", told.format, told.audience),
        EventKind::EvidenceCollected(evidence) => evidence.title().to_string(),
        EventKind::FactAnswered { fact, answer } => format!("{fact}: {answer:?}"),
        EventKind::HarmStated { to, .. } => to.to_string(),
        EventKind::ImpactRecorded(impact) => impact.description.to_string(),
        EventKind::Opened(opening) => opening.title.to_string(),
        EventKind::OrderProposed(order) => order.reason.to_string(),
        EventKind::PhaseChanged { to, .. } => to.to_string(),
        EventKind::RecoveryPlanned(plan) => plan.id.to_string(),
        EventKind::Restored(receipt) => receipt.observed.to_string(),
        EventKind::ReviewHeld(review) => review.summary.to_string(),
        EventKind::RootCauseStated(RootCause::Known { cause }) => cause.to_string(),
        EventKind::SeverityChanged { to, .. } => to.to_string(),
        _ => String::new(),
    };
    let name = kind.name();
    if what.is_empty() {
        name.to_owned()
    } else {
        format!("{name}: {what}")
    }
}
