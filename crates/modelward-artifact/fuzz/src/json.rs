//! Strict JSON, its limits and its canonical form.

use modelward_artifact::json::JsonError;
use modelward_artifact::{JsonLimits, json};
use serde_json::{Map, Value};

use crate::refused;

/// Reads a text strictly: what is read is what everybody reads, and its canonical form is one.
pub fn json(bytes: &[u8]) {
    let limits = JsonLimits::default();
    let value = match json::read(bytes, &limits) {
        Ok(value) => value,
        Err(error) => return refused(&error),
    };
    let other: Value = serde_json::from_slice(bytes).expect("strict JSON is JSON");
    assert_eq!(other, value);
    assert_eq!(
        json::shaped::<Value>(value.clone()).expect("it is one"),
        value
    );
    let pretty = json::pretty(&value).expect("it was read of JSON");
    assert_eq!(json::read(&pretty, &limits).expect("ours"), value);
    match json::canonical(&value) {
        Ok(canonical) => {
            let again = json::read(&canonical, &limits).expect("the form is strict");
            match json::canonical(&again) {
                Ok(again) => assert_eq!(again, canonical, "the form is its own form"),
                // A float from 2^53 on is written as an integer, which has no form when it is read.
                Err(JsonError::Integer { number }) => assert!(number.is_i64() || number.is_u64()),
                Err(error) => panic!("the form has a form: {error}"),
            }
        }
        Err(error) => refused(&error),
    }
    limited(bytes, &value);
    items(bytes, &value);
}

/// Holds that a limit refuses what passes it and nothing else.
fn limited(bytes: &[u8], value: &Value) {
    let (depth, count) = measured(value);
    let within = [
        JsonLimits::default()
            .with_max_depth(depth)
            .with_max_values(count),
        JsonLimits::default().with_max_bytes(bytes.len()),
    ];
    for limits in within {
        assert!(
            json::read(bytes, &limits).is_ok(),
            "it is within {limits:?}"
        );
    }
    let mut beyond = vec![
        JsonLimits::default().with_max_values(count - 1),
        JsonLimits::default().with_max_bytes(bytes.len() - 1),
    ];
    if let Some(less) = depth.checked_sub(1) {
        beyond.push(JsonLimits::default().with_max_depth(less));
    }
    for limits in beyond {
        assert!(
            json::read(bytes, &limits).is_err(),
            "it is beyond {limits:?}"
        );
    }
}

/// Returns how deep a value nests and how many values there are.
fn measured(value: &Value) -> (usize, usize) {
    let inner: Vec<_> = match value {
        Value::Array(items) => items.iter().map(measured).collect(),
        Value::Object(members) => members.values().map(measured).collect(),
        _ => return (0, 1),
    };
    let depth = inner.iter().map(|(depth, _)| depth).max();
    let count = inner.iter().map(|(_, count)| count).sum::<usize>();
    (depth.copied().unwrap_or_default() + 1, count + 1)
}

/// Reads the items of lists one by one: together they are the document.
fn items(bytes: &[u8], value: &Value) {
    let mut taken: Map<String, Value> = Map::new();
    let rest = json::read_items(bytes, &JsonLimits::default(), &mut |member, index, item| {
        let list = taken
            .entry(member)
            .or_insert_with(|| Value::Array(Vec::new()));
        let list = list.as_array_mut().expect("it is made as a list");
        assert_eq!(list.len(), index, "items come in a row");
        list.push(item);
        None
    });
    let mut rest = rest.expect("it was read before");
    if let Value::Object(members) = &mut rest {
        for (member, list) in taken {
            let emptied = members.insert(member, list);
            assert_eq!(emptied, Some(Value::Array(Vec::new())));
        }
    } else {
        assert!(taken.is_empty(), "nothing but an object has members");
    }
    assert_eq!(rest, *value);
}
