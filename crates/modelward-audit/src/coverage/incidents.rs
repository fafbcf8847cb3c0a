//! What incident records show: how incidents are handled, and what happened to the model.

use modelward_artifact::{Digest, Timestamp};
use modelward_incident::{
    CloseOutcome, Detection, Determination, Harm, Incident, Phase, RecoveryState,
};
use modelward_rmf::EvidenceSource;

use super::bearing::{
    Bearing, GOVERN_4_3, MANAGE_2_3, MANAGE_2_4, MANAGE_4_1, MANAGE_4_3, MEASURE_2_4, MEASURE_2_6,
    MEASURE_2_7, direct, supporting,
};
use super::notes::Notes;
use super::origin::{Origin, count, digest, text};
use crate::{ModelEvidence, supply_chain};

const FOLLOWED: [Bearing; 1] = [direct(MANAGE_4_3)];
const SAFETY: [Bearing; 1] = [supporting(MEASURE_2_6)];
const SECURITY: [Bearing; 1] = [direct(MEASURE_2_7)];

/// An empty list of incidents shows nothing: there is no record to point at.
pub(super) fn observe(notes: &mut Notes, evidence: &ModelEvidence<'_>, now: Timestamp) {
    let mut records: Vec<_> = evidence.incidents().unwrap_or_default().iter().collect();
    records.sort_by_key(|incident| incident.id());
    observe_practice(notes, &records, now);
    let root = evidence.root();
    for incident in records {
        if let Some(what) = supply_chain::touched(incident, &root, evidence.lineage()) {
            observe_touching(notes, incident, &what);
        }
    }
}

/// Says what a record shows of the practice, where it shows it.
struct Practice {
    bearing: Bearing,
    shown: &'static str,
    shows: fn(&Incident) -> bool,
}

const PRACTICES: [Practice; 5] = [
    Practice {
        bearing: direct(GOVERN_4_3),
        shown: "noticed and recorded",
        shows: |_| true,
    },
    Practice {
        bearing: supporting(MEASURE_2_4),
        shown: "noticed by monitoring",
        shows: is_monitored,
    },
    Practice {
        bearing: direct(MANAGE_2_3),
        shown: "contained and resolved",
        shows: is_resolved,
    },
    Practice {
        bearing: supporting(MANAGE_4_1),
        shown: "recovered from, as a receipt shows",
        shows: is_recovered,
    },
    Practice {
        bearing: supporting(MANAGE_2_4),
        shown: "met by an order that stops the use of assets",
        shows: is_withdrawn,
    },
];

/// Notes for each practice the first record that shows it, and how many do.
fn observe_practice(notes: &mut Notes, records: &[&Incident], now: Timestamp) {
    for practice in &PRACTICES {
        let shown = records.iter().filter(|it| (practice.shows)(it));
        let shown: Vec<_> = shown.collect();
        if let [first, ..] = shown.as_slice() {
            let incidents = count(shown.len(), "incident was", "incidents were");
            let message = format!("{incidents} {}", practice.shown);
            notes.add(&[practice.bearing], &origin(first).supports(message));
        }
    }
    observe_reviews(notes, records, now);
}

fn is_monitored(incident: &Incident) -> bool {
    let mut detections = incident.detections().iter();
    detections.any(|it| matches!(it, Detection::Drift(_) | Detection::Failure(_)))
}

fn is_recovered(incident: &Incident) -> bool {
    let mut recoveries = incident.recoveries().values();
    recoveries.any(RecoveryState::is_restored)
}

fn is_withdrawn(incident: &Incident) -> bool {
    let mut orders = incident.orders().values();
    orders.any(|it| it.signed_off().is_some())
}

fn is_resolved(incident: &Incident) -> bool {
    let contained = incident.entered(Phase::Containment).is_some();
    contained && incident.outcome() == Some(CloseOutcome::Resolved)
}

/// Notes whether what reviews promised was done, by the first record that shows it.
fn observe_reviews(notes: &mut Notes, records: &[&Incident], now: Timestamp) {
    let overdue = |it: &Incident| {
        let review = it.review();
        review.map_or(0, |review| review.overdue_actions(now).count())
    };
    let late: usize = records.iter().map(|it| overdue(it)).sum();
    if let Some(first) = records.iter().find(|it| overdue(it) > 0) {
        let actions = count(late, "action of a review is", "actions of reviews are");
        let message = format!("{actions} overdue");
        notes.add(&FOLLOWED, &origin(first).contradicts(message));
        return;
    }
    let reviewed: Vec<_> = records.iter().filter(|it| it.review().is_some()).collect();
    if let [first, ..] = reviewed.as_slice() {
        let incidents = count(reviewed.len(), "incident was", "incidents were");
        let message = format!("{incidents} reviewed, and no action of a review is overdue");
        notes.add(&FOLLOWED, &origin(first).supports(message));
    }
}

fn observe_touching(notes: &mut Notes, incident: &Incident, what: &str) {
    let origin = origin(incident);
    let (id, open) = (incident.id(), incident.is_open() || incident.is_partial());
    let attack = incident
        .detections()
        .iter()
        .any(|it| matches!(it, Detection::Attack(_)));
    match incident.determination() {
        Determination::Blocked if attack => {
            let message = format!("in incident {id} a control stopped an attack: {what}");
            notes.add(&SECURITY, &origin.supports(message));
        }
        Determination::Confirmed | Determination::Suspected if attack && open => {
            let message = format!("incident {id}, an attack, is not closed: {what}");
            notes.add(&SECURITY, &origin.contradicts(message));
        }
        _ => {}
    }
    if incident.harm() == Harm::Occurred && open {
        let message = format!("incident {id} did harm and is not closed: {what}");
        notes.add(&SAFETY, &origin.contradicts(message));
    }
}

fn origin(incident: &Incident) -> Origin {
    let id = incident.id().to_string();
    let source = EvidenceSource::Incident {
        incident: text(&id),
    };
    let record = incident.to_json().map(|json| Digest::sha256(&json));
    // Every record has a JSON form; one that had none would still be told apart by its id.
    Origin::examined(source, record.unwrap_or_else(|_| digest(&id)))
}
