mod crash;
mod depth;
mod disclosure;
mod file;
mod merkle;
mod note;
mod tamper;
mod vectors;

use modelward_artifact::{Party, Timestamp};
use modelward_incident::log::{Context, Draft, IncidentLog, Origin};
use serde_json::json;

/// Records so many seconds after ten o'clock.
fn at(second: u32) -> Context {
    let ten = Timestamp::from_unix_seconds(1_795_428_000).unwrap();
    let later = std::time::Duration::from_secs(second.into());
    let jo = Party::new("Jo Example")
        .unwrap()
        .with_role("on call")
        .unwrap();
    Context::new(ten.checked_add(later).unwrap(), jo)
}

fn draft(number: u32) -> Draft {
    Draft::new(json!({"kind": "note", "text": format!("note {number}"), "weight": 0.5})).unwrap()
}

fn log_of(size: u32) -> IncidentLog {
    let mut log = IncidentLog::new();
    for number in 0..size {
        log.append(draft(number), &at(number)).unwrap();
    }
    log
}

fn origin() -> Origin {
    "example.org/incidents".parse().unwrap()
}

#[test]
fn an_entry_is_what_its_line_is_read_as_however_its_numbers_were_given() {
    let numbers = json!([1.0, -0.0, -3.0, 0.5, 1e300, 4_503_599_627_370_497.0, {"deep": [2.0]}]);
    let event = json!({"kind": "note", "zero": -0.0, "numbers": numbers});
    let mut log = IncidentLog::new();
    log.append(Draft::new(event).unwrap(), &at(0)).unwrap();
    let lines = log.to_lines().unwrap();
    let reading = IncidentLog::verify(&lines);
    assert!(reading.fault().is_none());
    assert_eq!(reading.readable().entries(), log.entries());
    let beyond = Draft::new(json!({"kind": "note", "number": 1e16})).unwrap();
    assert!(log.append(beyond, &at(1)).is_err());
}
