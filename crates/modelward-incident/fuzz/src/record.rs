//! The record of an incident, what is released of it, and its way through a log.

use modelward_artifact::{JsonLimits, Timestamp};
use modelward_incident::log::{Context, Disclosures, IncidentLog};
use modelward_incident::{
    Event, EventKind, Incident, Incidents, NewEvent, ReportingRules, Tlp, near_miss_patterns,
};

use crate::{ada, now, round};

/// Reads the record of an incident, which lives through its events again.
pub fn record(bytes: &[u8]) {
    let Some([incident, again]) = round(bytes, Incident::from_json, Incident::to_json) else {
        return;
    };
    assert_eq!(incident, again);
    assert!(incident.opened_at() <= incident.last_change());
    assert_eq!(incident.is_partial(), !incident.withheld().is_empty());
    ask(&incident);
    release(&incident);
    if !incident.is_partial() {
        journal(&incident);
    }
}

fn ask(incident: &Incident) {
    let rules = ReportingRules::built_in();
    let (obligations, left) = incident.obligations(rules);
    assert!(obligations.len() <= rules.as_slice().len());
    assert!(left.iter().all(|(rule, _)| rules.get(rule).is_some()));
    let review = incident.review_obligations(rules, now());
    assert!(review.is_ok(), "the rules have a form");
    let _ = incident.quarantined(now()).count();
    for id in incident.assets().keys() {
        let _ = incident.is_held(id);
    }
    assert!(near_miss_patterns(std::slice::from_ref(incident), 2).is_empty());
    let text = "seen".parse().expect("it is a text");
    let note = NewEvent::new(EventKind::Noted { text });
    let late = Context::new(Timestamp::MAX, ada());
    let mut more = incident.clone();
    let noted = more.record(note, &late).map(|_| ());
    noted.expect("a note can always be taken");
    let written = more.to_json().expect("it has a form");
    let read = Incident::from_json(&written, &JsonLimits::default());
    assert_eq!(read.expect("what we wrote is read"), more);
}

/// What is released up to a label has nothing above it, and releases the same again.
fn release(incident: &Incident) {
    let levels = [
        Tlp::Clear,
        Tlp::Green,
        Tlp::Amber,
        Tlp::AmberStrict,
        Tlp::Red,
    ];
    let mut before: Option<Incident> = None;
    for level in levels {
        let Ok(released) = incident.release(level) else {
            assert!(before.is_none(), "more may be told up to a higher label");
            continue;
        };
        let told = released.incident();
        let below = |event: &Event| {
            event.tlp() <= level && event.fields().values().all(|tlp| *tlp <= level)
        };
        assert!(told.timeline().iter().all(below));
        let written = told.to_json().expect("it has a form");
        let read = Incident::from_json(&written, &JsonLimits::default());
        assert_eq!(&read.expect("what we wrote is read"), told);
        let again = told.release(level).expect("it was told before");
        assert_eq!(again.incident(), told);
        assert!(again.withheld().is_empty());
        if let Some(lower) = &before {
            assert!(lower.timeline().len() <= told.timeline().len());
        }
        before = Some(told.clone());
    }
    if let Some(all) = before {
        assert_eq!(all.timeline(), incident.timeline(), "all is at most red");
    }
}

/// Recorded event by event in a log and replayed, it is the same incident.
fn journal(incident: &Incident) {
    let (mut log, mut incidents) = (IncidentLog::new(), Incidents::new());
    let id = incident.id();
    for event in incident.timeline() {
        let context = Context::new(event.recorded_at(), event.actor().clone());
        let mut new = NewEvent::new(event.kind().clone()).marked(event.tlp());
        if let Some(occurred) = event.occurred() {
            new = new.occurred(occurred);
        }
        for (field, tlp) in event.fields() {
            new = new.field(field.as_str(), *tlp).expect("it names a field");
        }
        // A log takes no integer beyond 2^53, which a record may have.
        if incidents.record(&mut log, id, new, &context).is_err() {
            break;
        }
    }
    let lines = log.to_lines().expect("every entry has a form");
    let mut reading = IncidentLog::verify(&lines).into_verdict().into_result();
    let log = reading.as_mut().expect("what we wrote is sound");
    let again = Incidents::replay(log, &Disclosures::new()).expect("it happened");
    assert_eq!(again, incidents);
    if let Some(again) = again.get(id) {
        let count = again.timeline().len();
        assert_eq!(again.timeline(), &incident.timeline()[..count]);
    }
}
