//! What holds for every sequence of events of all kinds.

mod generator;
mod markdown;
mod oracle;
mod released;
mod walks;

use std::collections::BTreeSet;

use modelward_artifact::JsonLimits;
use modelward_incident::log::{
    Context, Disclosures, Durability, FileOptions, IncidentLog, LogFile, Salt,
};
use modelward_incident::{
    EventKind, Incident, IncidentError, IncidentId, Incidents, Journal, NewEvent,
};
use proptest::prelude::{ProptestConfig, proptest};
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;

use self::generator::{Draw, KINDS, context, draws, event, marked, minute, opening, pointers};
use self::oracle::{Story, may_follow_closing};

fn id() -> IncidentId {
    "INC-1".parse().unwrap()
}

fn begun(draw: &Draw) -> (NewEvent, Context) {
    (opening(draw), context(draw, 0, minute(10)))
}

/// Lives through events and checks each against the rules as they are stated again.
fn live(draws: &[Draw], mut see: impl FnMut(&str, bool)) -> Incident {
    let (first, at) = begun(&draws[0]);
    let mut incident = Incident::open(id(), first, &at).unwrap();
    for (serial, draw) in (1..).zip(&draws[1..]) {
        let last = incident.last_change();
        let at = context(draw, serial, last);
        let kind = event(draw, serial, &incident, at.now());
        let event = marked(kind.clone(), draw);
        let before = incident.clone();
        let checked = incident.check(&event, &at);
        let outcome = incident.record(event, &at).map(|_| ());
        assert_eq!(checked, outcome);
        see(kind.name(), outcome.is_ok());
        judge(&before, &kind, &at, &outcome);
        if outcome.is_err() {
            assert_eq!(incident, before, "a refused event changed something");
        } else {
            assert_eq!(incident.timeline().len(), before.timeline().len() + 1);
            assert_eq!(
                incident.timeline()[..before.timeline().len()],
                *before.timeline()
            );
        }
    }
    assert!(
        incident
            .timeline()
            .is_sorted_by_key(modelward_incident::Event::recorded_at)
    );
    let seqs = incident
        .timeline()
        .iter()
        .map(modelward_incident::Event::seq);
    assert!(seqs.eq(0..incident.timeline().len() as u64));
    incident
}

fn judge(before: &Incident, kind: &EventKind, at: &Context, outcome: &Result<(), IncidentError>) {
    let story = Story(before.timeline());
    assert_eq!(story.phase(), before.phase());
    if at.now() < before.last_change() {
        assert!(
            matches!(outcome, Err(IncidentError::Time { .. })),
            "{outcome:?}"
        );
        return;
    }
    let is_step = matches!(
        kind,
        EventKind::PhaseChanged { .. } | EventKind::Closed { .. } | EventKind::Reopened { .. }
    );
    if is_step {
        let allowed = story.allows(kind, at.now());
        assert_eq!(outcome.is_ok(), allowed, "{kind:?} {outcome:?} {before:#?}");
    }
    if !before.is_open() && !may_follow_closing(kind) {
        assert!(outcome.is_err(), "{kind:?}");
    }
    assert!(outcome.is_err() || !matches!(kind, EventKind::Opened(_)));
}

/// Records the same events in a log and beside it; returns what is kept beside the log.
fn keep(draws: &[Draw], journal: &mut impl Journal) -> (Incidents, Incident, Disclosures) {
    let mut incidents = Incidents::new();
    let mut beside = Disclosures::new();
    let (first, at) = begun(&draws[0]);
    let mut incident = Incident::open(id(), first.clone(), &at).unwrap();
    incidents.record(journal, &id(), first, &at).unwrap();
    for (serial, draw) in (1..).zip(&draws[1..]) {
        let at = context(draw, serial, incident.last_change());
        let event = marked(event(draw, serial, &incident, at.now()), draw);
        let event = with_secret(event, draw);
        match incidents.record(journal, &id(), event.clone(), &at) {
            Ok(recorded) => {
                incident.record(event, &at).unwrap();
                for secret in recorded.secrets {
                    beside.disclose(&recorded.entry, secret).unwrap();
                }
            }
            Err(error) => {
                let refused = incident.check(&event, &at).unwrap_err();
                assert_eq!(error.code(), refused.code());
            }
        }
    }
    (incidents, incident, beside)
}

fn with_secret(event: NewEvent, draw: &Draw) -> NewEvent {
    if !draw.picks[3].is_multiple_of(4) {
        return event;
    }
    let fields = pointers(event.kind());
    let field = &fields[usize::from(draw.picks[2]) % fields.len()];
    event
        .secret(field, Salt::new(&[draw.tlp; 16]).unwrap())
        .unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Among them: no path reaches the end without its guards, time never goes back, and a refused
    /// event changes nothing.
    #[test]
    fn every_event_is_taken_or_refused_by_the_rules(draws in draws(60)) {
        let incident = live(&draws, |_, _| ());
        let record = incident.to_json().unwrap();
        let read = Incident::from_json(&record, &JsonLimits::default()).unwrap();
        assert_eq!(&read, &incident);
        assert_eq!(read.to_json().unwrap(), record);
    }

    #[test]
    fn a_log_replays_to_the_same_incident(draws in draws(40)) {
        let mut log = IncidentLog::new();
        let (incidents, incident, beside) = keep(&draws, &mut log);
        assert_eq!(incidents.get(&id()), Some(&incident));
        assert_eq!(&Incidents::replay(&mut log, &beside).unwrap(), &incidents);
        let without = Incidents::replay(&mut log, &Disclosures::new()).unwrap();
        let without = without.get(&id()).unwrap();
        let told = without.timeline().len() + without.withheld().len();
        assert_eq!(told, incident.timeline().len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn a_file_replays_to_the_same_incident(draws in draws(40)) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("incidents.jsonl");
        let options = || FileOptions::default().with_durability(Durability::Buffered);
        let mut file = LogFile::open(&path, options()).unwrap();
        let (incidents, _, beside) = keep(&draws, &mut file);
        drop(file);
        let mut file = LogFile::open(&path, options()).unwrap();
        assert_eq!(Incidents::replay(&mut file, &beside).unwrap(), incidents);
    }
}

/// The properties say nothing of what never comes up.
#[test]
fn every_kind_comes_up_and_incidents_are_closed_and_opened_again() {
    let mut runner = TestRunner::deterministic();
    let (mut taken, mut refused) = (BTreeSet::new(), BTreeSet::new());
    let mut closed = 0;
    for _ in 0..120 {
        let draws = draws(60).new_tree(&mut runner).unwrap().current();
        let incident = live(&draws, |name, is_taken| {
            let names = if is_taken { &mut taken } else { &mut refused };
            names.insert(name.to_owned());
        });
        let spans = incident.spans().iter();
        closed += usize::from(
            spans
                .filter(|it| it.phase == modelward_incident::Phase::Closed)
                .count()
                > 0,
        );
    }
    // All but the opening, which comes once and first.
    assert_eq!(taken.len(), KINDS - 1, "{taken:?}");
    assert!(
        refused.contains("opened") && refused.contains("closed"),
        "{refused:?}"
    );
    assert!(
        taken.contains("reopened") && closed > 5,
        "{closed} {taken:?}"
    );
}
