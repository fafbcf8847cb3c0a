//! How deep a recorded value may nest, and how large its integers may be.

use modelward_incident::log::{Disclosed, Draft, IncidentLog, Salt};
use serde_json::{Value, json};

use super::at;

/// Nests arrays, objects, or both in turn, so deep that the innermost is at this depth.
fn nested(depth: usize, wrap: impl Fn(usize, Value) -> Value) -> Value {
    (0..depth).fold(json!(1), |value, level| wrap(level, value))
}

fn array(_: usize, value: Value) -> Value {
    Value::Array(vec![value])
}

fn object(_: usize, value: Value) -> Value {
    Value::Object([("in".to_owned(), value)].into_iter().collect())
}

fn both(level: usize, value: Value) -> Value {
    if level.is_multiple_of(2) {
        array(level, value)
    } else {
        object(level, value)
    }
}

#[test]
fn a_secret_nests_64_deep_and_no_deeper_whatever_nests() {
    for wrap in [array, object, both] {
        let secret = |depth| {
            let salt = Salt::new(&[7; 16]).unwrap();
            Disclosed::new("field".parse().unwrap(), salt, nested(depth, wrap))
        };
        assert!(secret(1).is_ok() && secret(64).is_ok());
        let error = secret(65).unwrap_err();
        let source = std::error::Error::source(&error).expect("it says why");
        assert!(source.to_string().contains("64"), "{source}");
        assert!(secret(100).is_err());
    }
}

/// The event is an object, which is a level of its own.
#[test]
fn an_event_nests_64_deep_and_no_deeper_and_the_log_stays_as_it_was() {
    for wrap in [array, object, both] {
        let mut log = IncidentLog::new();
        let mut append = |depth| {
            let event = json!({"kind": "note", "value": nested(depth, wrap)});
            log.append(Draft::new(event).unwrap(), &at(0)).map(drop)
        };
        append(63).unwrap();
        assert!(append(64).is_err());
        assert!(append(100).is_err());
        append(1).unwrap();
        assert_eq!(log.entries().len(), 2);
    }
}

/// RFC 8785 writes numbers as JavaScript has them; beyond, two integers would be one.
#[test]
fn integers_are_recorded_to_the_last_one_that_is_written_without_loss() {
    let last = (1_i64 << 53) - 1;
    let append = |value: Value| {
        let event = json!({"kind": "note", "value": value});
        let mut log = IncidentLog::new();
        log.append(Draft::new(event).unwrap(), &at(0)).map(drop)
    };
    for good in [json!(last), json!(-last), json!(0)] {
        append(good).unwrap();
    }
    for lost in [json!(last + 1), json!(-last - 1), json!(u64::MAX)] {
        assert!(append(lost.clone()).is_err(), "{lost}");
    }
}
