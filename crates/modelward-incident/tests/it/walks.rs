//! Every short sequence of calls, so that no order of them leads where the rules do not.

use modelward_artifact::JsonLimits;
use modelward_incident::{Event, EventKind, Incident, IncidentError, Phase, Severity};

use crate::{asset, by, opened};

const LENGTH: u32 = 4;

#[derive(Clone, Copy, Debug)]
enum Call {
    Advance(Phase),
    Affect,
    Early,
    Note,
    Severity,
}

fn calls() -> Vec<Call> {
    let mut calls: Vec<_> = Phase::ALL.into_iter().map(Call::Advance).collect();
    calls.extend([Call::Affect, Call::Early, Call::Note, Call::Severity]);
    calls
}

fn make(call: Call, incident: &mut Incident, minute: u32) -> Result<(), IncidentError> {
    match call {
        Call::Advance(to) => incident.advance(to, "because", by(minute)),
        Call::Affect => incident.affect(asset(), by(minute)),
        Call::Early => incident.note("as of then", by(0)),
        Call::Note => incident.note("noted", by(minute)),
        Call::Severity => incident.set_severity(Severity::High, "worse", by(minute)),
    }
}

/// Says whether the rules allow the call, told from the timeline alone.
fn allowed(call: Call, incident: &Incident) -> bool {
    let happened = |wanted: fn(&EventKind) -> bool| {
        let kinds = incident.timeline().iter().map(Event::kind);
        kinds.rev().position(wanted)
    };
    let affected = happened(|kind| matches!(kind, EventKind::AssetAffected { .. }));
    let noted = happened(|kind| matches!(kind, EventKind::Note { .. }));
    let moved = happened(|kind| matches!(kind, EventKind::PhaseChanged { .. }));
    let opened = incident.timeline()[0].at();
    match call {
        Call::Advance(to) => {
            incident.phase().may_become(to)
                && (to != Phase::Containment || affected.is_some())
                && (to != Phase::Closed || noted.is_some_and(|noted| Some(noted) < moved))
        }
        // It comes with the time of the opening.
        Call::Early => incident.timeline().iter().all(|event| event.at() == opened),
        Call::Affect | Call::Note | Call::Severity => true,
    }
}

fn walk(incident: &Incident, length: u32) -> usize {
    let record = incident.to_json().unwrap();
    let read = Incident::from_json(&record, &JsonLimits::default()).unwrap();
    assert_eq!(&read, incident);
    assert_eq!(read.to_json().unwrap(), record);
    if length == 0 {
        return 1;
    }
    let minute = 59 - length;
    let mut walks = 0;
    for call in calls() {
        let mut next = incident.clone();
        let made = make(call, &mut next, minute);
        assert_eq!(
            made.is_ok(),
            allowed(call, incident),
            "{call:?} {incident:?}"
        );
        if made.is_ok() {
            assert_eq!(next.timeline().len(), incident.timeline().len() + 1);
            walks += walk(&next, length - 1);
        } else {
            assert_eq!(&next, incident, "{call:?}");
        }
    }
    walks
}

#[test]
fn no_order_of_calls_breaks_a_rule() {
    assert!(walk(&opened(), LENGTH) > 100);

    // And from the review on, which is too far from the beginning.
    let mut reviewed = opened();
    reviewed.affect(asset(), by(1)).unwrap();
    for to in [
        Phase::Containment,
        Phase::Eradication,
        Phase::Recovery,
        Phase::PostIncident,
    ] {
        reviewed.advance(to, "on", by(1)).unwrap();
    }
    assert!(walk(&reviewed, LENGTH) > 100);
}
