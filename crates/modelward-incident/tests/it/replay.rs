//! Incidents in a file, and logs that are none of incidents.

use modelward_incident::log::{
    Context, Disclosed, Disclosures, Draft, Durability, Entry, FileOptions, IncidentLog, LogFile,
    LogFileError, Salt,
};
use modelward_incident::{IncidentId, Incidents, Journal, NewEvent, ReplayError};
use serde_json::{Value, json};

use crate::{by, note, opening, step};

fn id(text: &str) -> IncidentId {
    text.parse().unwrap()
}

fn salt() -> Salt {
    Salt::new(&[7; 16]).unwrap()
}

fn options() -> FileOptions {
    FileOptions::default().with_durability(Durability::Buffered)
}

#[test]
fn a_file_holds_many_incidents_and_what_is_refused_leaves_it_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("incidents.jsonl");
    let mut file = LogFile::open(&path, options()).unwrap();
    let mut incidents = Incidents::new();
    for (minute, name) in (0..).zip(["INC-1", "INC-2", "INC-3"]) {
        incidents
            .record(&mut file, &id(name), opening(), &by(minute))
            .unwrap();
    }
    incidents
        .record(&mut file, &id("INC-2"), note("seen"), &by(5))
        .unwrap();
    let before = (std::fs::read(&path).unwrap(), incidents.clone());
    let to = modelward_incident::Phase::Recovery;
    let cases = [
        (id("INC-2"), step(to), by(6), "incident.event.refused"),
        (
            id("INC-4"),
            note("seen"),
            by(6),
            "incident.event.not_opened",
        ),
        // The incident could take it; the log has a later entry of another.
        (id("INC-3"), note("seen"), by(4), "incident.log.append.time"),
    ];
    for (id, event, at, code) in cases {
        let error = incidents.record(&mut file, &id, event, &at).unwrap_err();
        assert_eq!(error.code(), code);
        assert_eq!((std::fs::read(&path).unwrap(), incidents.clone()), before);
    }
    drop(file);
    let mut file = LogFile::open(&path, options()).unwrap();
    let again = Incidents::replay(&mut file, &Disclosures::new()).unwrap();
    assert_eq!(again, incidents);
    assert_eq!(again.len(), 3);
    assert_eq!(again.iter().map(|it| it.timeline().len()).sum::<usize>(), 4);
}

fn log_with(event: Value) -> IncidentLog {
    let mut log = IncidentLog::new();
    Incidents::new()
        .record(&mut log, &id("INC-1"), opening(), &by(0))
        .unwrap();
    log.append(Draft::new(event).unwrap(), &by(1)).unwrap();
    log
}

#[test]
fn entries_that_are_no_events_are_named() {
    let event = |kind: &str, data: Value| json!({"incident": "INC-1", "kind": kind, "data": data, "tlp": "amber"});
    let mut extra = event("noted", json!({"text": "seen"}));
    extra["more"] = json!(1);
    let cases = [
        (
            json!({"kind": "note", "text": "of another tool"}),
            "incident.event.no_incident",
        ),
        (event("noticed", json!({})), "incident.event.shape"),
        (
            event("noted", json!({"text": "seen", "more": 1})),
            "incident.event.shape",
        ),
        (extra, "incident.event.shape"),
        (
            event("phase-changed", json!({"to": "closed", "reason": "over"})),
            "incident.event.refused",
        ),
        (
            event(
                "opened",
                json!({"title": "again", "kinds": ["drift/data"], "severity": "low"}),
            ),
            "incident.event.refused",
        ),
    ];
    for (event, code) in cases {
        let error = Incidents::replay(&mut log_with(event), &Disclosures::new()).unwrap_err();
        assert_eq!(error.code(), code, "{error:?}");
        assert!(error.to_string().starts_with("entry 1 "), "{error}");
    }
    let mut log = IncidentLog::new();
    let orphan =
        json!({"incident": "INC-9", "kind": "noted", "data": {"text": "seen"}, "tlp": "amber"});
    log.append(Draft::new(orphan).unwrap(), &by(0)).unwrap();
    let error = Incidents::replay(&mut log, &Disclosures::new()).unwrap_err();
    assert_eq!(error.code(), "incident.event.not_opened");
}

#[test]
fn a_commitment_to_what_is_no_field_is_passed_over_or_refused() {
    let event =
        json!({"incident": "INC-1", "kind": "noted", "data": {"text": "seen"}, "tlp": "amber"});
    for (field, code) in [
        ("reporter", "incident.event.commitment"),
        ("/text", "incident.event.field"),
        ("/nowhere/at/all", "incident.event.field"),
    ] {
        let mut log = IncidentLog::new();
        Incidents::new()
            .record(&mut log, &id("INC-1"), opening(), &by(0))
            .unwrap();
        let secret = Disclosed::new(field.parse().unwrap(), salt(), json!("Jo")).unwrap();
        let draft = Draft::new(event.clone())
            .unwrap()
            .with_secret(&secret)
            .unwrap();
        let entry = log.append(draft, &by(1)).unwrap().clone();
        // Nobody can say what it was of, so the event is passed over.
        let without = Incidents::replay(&mut log, &Disclosures::new()).unwrap();
        assert!(without.get(&id("INC-1")).unwrap().is_partial());
        let mut beside = Disclosures::new();
        beside.disclose(&entry, secret).unwrap();
        let error = Incidents::replay(&mut log, &beside).unwrap_err();
        assert_eq!(error.code(), code, "{field}");
    }
}

/// A log whose entries come from elsewhere than what is disclosed.
struct Swapped(IncidentLog);

impl Journal for Swapped {
    fn append_entry(&mut self, draft: Draft, context: &Context) -> Result<Entry, LogFileError> {
        self.0.append_entry(draft, context)
    }

    fn read_entry(&mut self, seq: u64) -> Result<Option<Entry>, LogFileError> {
        self.0.read_entry(seq)
    }
}

#[test]
fn what_was_disclosed_of_another_log_is_refused() {
    let told = |words: &str| {
        let mut log = Swapped(IncidentLog::new());
        let mut incidents = Incidents::new();
        incidents
            .record(&mut log, &id("INC-1"), opening(), &by(0))
            .unwrap();
        let secret = NewEvent::new(note(words)).secret("/text", salt()).unwrap();
        let recorded = incidents
            .record(&mut log, &id("INC-1"), secret, &by(1))
            .unwrap();
        let mut beside = Disclosures::new();
        for value in recorded.secrets {
            beside.disclose(&recorded.entry, value).unwrap();
        }
        (log, beside)
    };
    let (mut log, own) = told("the reporter is Jo");
    let (_, other) = told("the reporter is Ada");
    assert!(Incidents::replay(&mut log, &own).is_ok());
    let error = Incidents::replay(&mut log, &other).unwrap_err();
    assert!(
        matches!(error, ReplayError::Event { seq: 1, .. }),
        "{error:?}"
    );
    assert!(
        error.code().starts_with("incident.log.disclosure"),
        "{}",
        error.code()
    );
}

#[test]
fn an_opening_that_is_not_disclosed_opens_nothing() {
    let mut log = IncidentLog::new();
    let secret = NewEvent::from(opening()).secret("/title", salt()).unwrap();
    Incidents::new()
        .record(&mut log, &id("INC-1"), secret, &by(0))
        .unwrap();
    let error = Incidents::replay(&mut log, &Disclosures::new()).unwrap_err();
    assert_eq!(error.code(), "incident.replay.opening");
}
