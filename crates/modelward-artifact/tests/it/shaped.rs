use std::collections::BTreeMap;

use modelward_artifact::json::{self, ValueReader};
use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

#[derive(Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
struct Strict {
    a: Option<u8>,
    #[serde(default)]
    b: Vec<String>,
}

#[derive(Debug, Deserialize, PartialEq, Serialize)]
struct Open {
    a: Newtype,
    #[serde(flatten)]
    other: Map<String, Value>,
}

#[derive(Debug, Deserialize, PartialEq, Serialize)]
struct Newtype(i64);

#[derive(Debug, Deserialize, PartialEq, Serialize)]
struct Unit;

#[derive(Debug, Deserialize, PartialEq, Serialize)]
struct Pair(u8, String);

#[derive(Debug, Deserialize, PartialEq, Serialize)]
enum Choice {
    A,
    B(f64),
    C(bool, char),
    D { a: String },
}

#[derive(Debug, Deserialize, PartialEq, Serialize)]
#[serde(tag = "a", content = "b")]
enum Adjacent {
    A(u16),
    B,
}

#[derive(Debug, Deserialize, PartialEq, Serialize)]
#[serde(untagged)]
enum Either {
    Number(u64),
    Text(String),
    Pair(bool, Box<Self>),
}

/// Holds that a value becomes what `serde_json` makes of it, and an error says the same.
///
/// Two differences: what is no variant at all, and a list of another length, have words of their own.
fn same<T: DeserializeOwned + PartialEq + std::fmt::Debug>(value: &Value) {
    let ours = json::shaped::<T>(value.clone());
    let theirs = serde_json::from_value::<T>(value.clone()).map_err(json::harmless);
    match (ours, theirs) {
        (Ok(ours), Ok(theirs)) => assert_eq!(ours, theirs),
        (Err(ours), Err(theirs)) => {
            let (ours, theirs) = (ours.to_string(), theirs.to_string());
            let own = ["expected an enum", "with one member", "invalid length"];
            let is_own = own.iter().any(|words| ours.contains(words));
            assert!(is_own || ours == theirs, "{ours}\n{theirs}");
        }
        (ours, theirs) => panic!("{value}: {ours:?}, {theirs:?}"),
    }
}

fn same_for_all(value: &Value) {
    same::<Value>(value);
    same::<()>(value);
    same::<bool>(value);
    same::<String>(value);
    same::<Map<String, Value>>(value);
    same::<Unit>(value);
    same::<Pair>(value);
    same::<serde_json::Number>(value);
    same::<std::ffi::CString>(value);
    same::<Strict>(value);
    same::<Open>(value);
    same::<Choice>(value);
    same::<Adjacent>(value);
    same::<Either>(value);
    same::<Option<Vec<Choice>>>(value);
    same::<BTreeMap<String, Either>>(value);
    same::<(u8, Option<bool>, String)>(value);
    same::<[i8; 2]>(value);
    same::<u128>(value);
    same::<f32>(value);
    same::<char>(value);
}

#[test]
fn every_kind_of_shape_is_made_as_serde_json_makes_it() {
    for value in [
        json!({"a": 1, "b": ["x"]}),
        json!({"a": 1, "c": {"d": [null]}}),
        json!({"a": 300}),
        json!({"a": null}),
        json!("A"),
        json!("E"),
        json!({"A": null}),
        json!({"B": 1}),
        json!({"C": [true, "c"]}),
        json!({"C": [true]}),
        json!({"C": [true, "c", 1]}),
        json!({"D": {"a": "x"}}),
        json!({"D": ["x"]}),
        json!({"A": null, "B": 1}),
        json!({}),
        json!({"a": "A", "b": 2}),
        json!({"a": "B"}),
        json!({"a": 0, "b": 2}),
        json!({"A": {}}),
        json!({"D": null}),
        json!({"B": null}),
        json!({"C": {"a": "x"}}),
        json!("B"),
        json!([1, "x"]),
        json!([65, 66]),
        json!([65, 0]),
        json!("C"),
        json!("D"),
        json!([true, [false, "x"]]),
        json!([1, null, "x"]),
        json!([1, 2]),
        json!([1, 2, 3]),
        json!(-1),
        json!(1.5),
        json!(u64::MAX),
    ] {
        same_for_all(&value);
    }
}

#[test]
fn no_error_repeats_more_than_the_start_of_a_text() {
    let long = "\u{1f600}".repeat(1_000_000);
    let errors = [
        json::shaped::<u8>(long.clone().into()),
        json::shaped::<Strict>(json!({ &long: 1 })).map(|_| 0),
        json::shaped::<Choice>(long.clone().into()).map(|_| 0),
        json::shaped::<char>(long.into()).map(|_| 0),
    ];
    for error in errors {
        let error = error.unwrap_err().to_string();
        assert!(error.len() < 2_000 && error.contains('\u{2026}'), "{error}");
    }
}

#[test]
fn a_name_is_a_text_and_no_number() {
    let error = json::shaped::<BTreeMap<u8, bool>>(json!({"1": true})).unwrap_err();
    assert_eq!(error.to_string(), "invalid type: string \"1\", expected u8");
}

#[test]
fn errors_of_a_reader_show_nothing_as_it_is() {
    let text = Value::from("a\n\u{1b}[2J\u{202e}");
    let error = Choice::deserialize(ValueReader::new(text)).unwrap_err();
    let expected = r"unknown variant `a\n\u{1b}[2J\u{202e}`, expected one of `A`, `B`, `C`, `D`";
    assert_eq!(error.to_string(), expected);
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-3i64..300).prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[ABCDab]{0,2}|\\PC{0,3}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[ABCDab]|[a-c]{2}", inner, 0..4)
                .prop_map(|members| members.into_iter().collect()),
        ]
    })
}

proptest! {
    #[test]
    fn any_value_is_made_as_serde_json_makes_it(value in value()) {
        same_for_all(&value);
    }
}
