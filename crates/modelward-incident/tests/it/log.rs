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
