//! What the fuzz targets do with their bytes: read them, ask everything, and hold what always holds.

mod format;
mod log;
mod name;
mod record;

use std::time::Duration;

use modelward_artifact::json::{self, JsonError};
use modelward_artifact::{JsonLimits, Party, Timestamp};
use modelward_incident::{
    Detection, Facts, PolicySet, Readiness, Reminders, ReportSent, ReportingRules, Selection, Toll,
    WorkingCalendar, due, select,
};

pub use crate::format::{aiid, atlas, avid, genai};
pub use crate::log::{disclosure, log_edit, log_lines, note, proof};
pub use crate::name::name;
pub use crate::record::record;

/// The time of every question.
fn now() -> Timestamp {
    "2026-11-26T10:00:00Z".parse().expect("it is a time")
}

fn ada() -> Party {
    Party::new("Ada Example").expect("it is a name")
}

/// Reads a document, writes it, and reads the same again, which is written as the same bytes.
fn round<T, E: std::error::Error>(
    bytes: &[u8],
    read: impl Fn(&[u8], &JsonLimits) -> Result<T, E>,
    write: impl Fn(&T) -> Result<Vec<u8>, JsonError>,
) -> Option<[T; 2]> {
    let limits = JsonLimits::default();
    let document = read(bytes, &limits).ok()?;
    let written = write(&document).expect("it was read of JSON");
    let again = read(&written, &limits).expect("what we wrote is read");
    assert_eq!(write(&again).expect("it was read of JSON"), written);
    Some([document, again])
}

/// Reads evidence of drift, failure or an attack.
pub fn detection(bytes: &[u8]) {
    let Some([detection, again]) = round(bytes, Detection::from_json, Detection::to_json) else {
        return;
    };
    assert_eq!(detection, again);
    assert_eq!(detection.to_string().lines().count(), 1, "it is one line");
    match &detection {
        Detection::Attack(evidence) => {
            let trials = evidence.trials();
            let interval = trials.map(|trials| (trials.rate(), trials.wilson()));
            assert!(interval.is_none_or(|(rate, interval)| interval.contains(rate)));
        }
        Detection::Drift(evidence) => {
            let _ = evidence.recheck();
            let _ = evidence.verdict();
        }
        Detection::Failure(evidence) => {
            let _ = evidence.verdict();
        }
        _ => panic!("there is no other kind of evidence"),
    }
}

/// Reads the documents of an organization: its policies, and how ready it is.
pub fn policy(bytes: &[u8]) {
    if let Some([policies, again]) = round(bytes, PolicySet::from_json, PolicySet::to_json) {
        assert_eq!(policies, again);
        assert!(policies.in_force(now()).len() <= policies.as_slice().len());
        let gaps = policies.gaps(now());
        assert!(gaps.is_sorted(), "gaps are in order");
        let _ = policies.gaps_for(Timestamp::MAX, &[]);
    }
    if let Some([readiness, again]) = round(bytes, Readiness::from_json, Readiness::to_json) {
        assert_eq!(readiness, again);
        assert!(readiness.gaps(now()).is_sorted(), "gaps are in order");
        let _ = readiness.gaps(Timestamp::MAX);
    }
}

/// Reads reporting rules and asks what follows from little and from much that is known.
pub fn rule(bytes: &[u8]) {
    let read = round(bytes, ReportingRules::from_json, ReportingRules::to_json);
    let Some([rules, again]) = read else {
        return;
    };
    assert_eq!(rules, again);
    for facts in [Facts::new(), known()] {
        ask(&facts, &rules);
    }
    let joined = rules.clone().with(ReportingRules::built_in().clone());
    if let Ok(joined) = joined {
        let built_in = ReportingRules::built_in().as_slice().len();
        assert_eq!(joined.as_slice().len(), rules.as_slice().len() + built_in);
    }
}

/// Reads facts and asks what follows from them by the rules that are built in.
pub fn facts(bytes: &[u8]) {
    let read = |bytes: &[u8], limits: &JsonLimits| json::read_as(bytes, limits);
    let Some([facts, again]) = round(bytes, read, json::pretty::<Facts>) else {
        return;
    };
    assert_eq!(facts, again);
    ask(&facts, ReportingRules::built_in());
}

/// Knows that everything is the case, and since when.
fn known() -> Facts {
    use modelward_incident::{Answer, Fact, Moment};
    let moments = [
        Moment::Aware,
        Moment::Classified,
        Moment::Discovered,
        Moment::Resolved,
    ];
    let facts = Fact::ALL.into_iter().fold(Facts::new(), |facts, fact| {
        facts.with_answer(fact, Answer::Yes, &ada())
    });
    let moments = moments.into_iter();
    moments.fold(facts, |facts, moment| facts.with_time(moment, now()))
}

fn ask(facts: &Facts, rules: &ReportingRules) {
    let calendar = WorkingCalendar::utc();
    let Selection {
        mut obligations,
        excluded,
        ..
    } = select(facts, rules.as_slice());
    let count = obligations.len() + excluded.len();
    assert_eq!(count, rules.as_slice().len(), "no rule is lost");
    for (index, obligation) in obligations.iter_mut().enumerate() {
        let before = obligation.due(&calendar);
        let why = "waiting".parse().expect("it is a text");
        let until = Timestamp::MAX;
        let since = obligation.start().unwrap_or(now());
        if obligation.toll(Toll::new(why, ada(), since, until)).is_ok() {
            let first = |due: modelward_incident::DueTimes| due.first();
            let after = obligation.due(&calendar).map(first);
            assert!(after.is_none_or(|after| Some(after) >= before.map(first)));
        }
        let _ = obligation.status(now(), &calendar);
        match index % 3 {
            0 => drop(obligation.meet(ReportSent::new(now(), ada()))),
            1 => {
                let why = "not ours".parse().expect("it is a text");
                obligation.rule_out(why, ada()).expect("it is open");
            }
            _ => {}
        }
        let _ = obligation.was_late(&calendar);
    }
    let soon = due(&obligations, now(), Duration::from_secs(86_400), &calendar);
    assert!(soon.len() <= obligations.len());
    let reminders = Reminders::new(&obligations, now(), &calendar);
    assert_eq!(reminders.to_string().lines().count(), obligations.len() + 1);
    let _ = reminders.to_json().expect("each has a form");
}
