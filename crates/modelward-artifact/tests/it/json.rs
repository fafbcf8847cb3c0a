use modelward_artifact::{JsonLimits, json};
use proptest::prelude::*;
use serde_json::{Value, json};

fn read(text: &str) -> Result<Value, json::JsonError> {
    json::read(text.as_bytes(), &JsonLimits::default())
}

#[test]
fn good_json_is_read_as_it_stands() {
    let text = r#" {"a": [1, -2, 3.5, true, false, null], "\u00e9": {"": "x"}} "#;
    let value = read(text).expect("good json");
    assert_eq!(
        value,
        json!({"a": [1, -2, 3.5, true, false, null], "\u{e9}": {"": "x"}})
    );
    assert!(value["a"][0].is_u64(), "an integer stays an integer");
}

#[test]
fn refusals_name_the_fault() {
    let cases = [
        (
            "",
            "artifact.json.syntax",
            "malformed json at line 1, column 0",
        ),
        (
            "{\"a\": 1",
            "artifact.json.syntax",
            "malformed json at line 1, column 7",
        ),
        (
            "1 2",
            "artifact.json.syntax",
            "malformed json at line 1, column 3",
        ),
        (
            "\u{feff}1",
            "artifact.json.syntax",
            "malformed json at line 1, column 1",
        ),
        (
            "[1,]",
            "artifact.json.syntax",
            "malformed json at line 1, column 4",
        ),
        (
            "NaN",
            "artifact.json.syntax",
            "malformed json at line 1, column 1",
        ),
        (
            "1e999",
            "artifact.json.syntax",
            "malformed json at line 1, column 5",
        ),
        (
            r#""\ud800""#,
            "artifact.json.syntax",
            "malformed json at line 1, column 8",
        ),
        (
            r#"{"a": {"b": 1, "b": 2}}"#,
            "artifact.json.duplicate",
            "json object has the member `b` twice",
        ),
        (
            r#"{"a": 1, "\u0061": 2}"#,
            "artifact.json.duplicate",
            "json object has the member `a` twice",
        ),
    ];
    for (text, code, message) in cases {
        let error = read(text).expect_err("the text must be refused");
        assert_eq!(
            (error.code(), error.to_string().as_str()),
            (code, message),
            "{text:?}"
        );
    }
}

#[test]
fn text_that_is_not_utf_8_is_refused() {
    let error = json::read(b"\"\xff\"", &JsonLimits::default()).expect_err("not UTF-8");
    assert_eq!(error.code(), "artifact.json.syntax");
}

#[test]
fn limits_hold_at_their_edge() {
    let limits = JsonLimits::default()
        .with_max_bytes(9)
        .with_max_depth(2)
        .with_max_values(4);
    let cases = [
        ("[[1,2]]", None),
        ("[[1,2,3]]", Some("artifact.json.too_many")),
        ("[[[1]]]", Some("artifact.json.depth")),
        ("[[[      ", Some("artifact.json.depth")),
        ("[       1]", Some("artifact.json.too_large")),
    ];
    for (text, expected) in cases {
        let code = json::read(text.as_bytes(), &limits)
            .err()
            .map(|error| error.code());
        assert_eq!(code, expected, "{text}");
    }
}

#[test]
fn a_text_of_too_many_values_or_members_is_refused_before_any_is_made() {
    let limits = JsonLimits::default();
    let few = limits.with_max_members(1000);
    let list = |item: &str, count| format!("{{\"x\":[{}]}}", vec![item; count].join(","));
    let most = limits.max_values();
    let cases = [
        (list("0", most - 2), limits, None),
        (list("0", most - 1), limits, Some("artifact.json.too_many")),
        (list("{\"a\":0}", 499), few, None),
        (
            list("{\"a\":0}", 500),
            few,
            Some("artifact.json.too_many_members"),
        ),
    ];
    for (text, limits, expected) in cases {
        let mut made = 0;
        let read = json::read_items(text.as_bytes(), &limits, &mut |_, _, _| {
            made += 1;
            None
        });
        let code = read.err().map(|error| error.code());
        assert_eq!(code, expected);
        assert_eq!(made == 0, expected.is_some(), "{made} values were made");
    }
}

#[test]
fn deep_nesting_is_refused_and_not_followed() {
    let text = "[".repeat(1_000_000);
    assert_eq!(
        read(&text).expect_err("too deep").code(),
        "artifact.json.depth"
    );
}

#[test]
fn the_canonical_form_is_that_of_rfc_8785() {
    // RFC 8785, section 3.2.2 (numbers) and section 3.2.3 (sorting), values of our own.
    let value =
        json!({"\u{20ac}": 1, "\r": 2, "1": 1e30, "\u{1f600}": 4.5e-3, "a": [56.0, "\u{f}\n"]});
    let text = String::from_utf8(json::canonical(&value).expect("safe integers")).expect("text");
    assert_eq!(
        text,
        "{\"\\r\":2,\"1\":1e+30,\"a\":[56,\"\\u000f\\n\"],\"\u{20ac}\":1,\"\u{1f600}\":0.0045}"
    );
}

#[test]
fn integers_that_would_be_rounded_have_no_canonical_form() {
    for (number, fits) in [
        (9_007_199_254_740_991_i64, true),
        (9_007_199_254_740_992, false),
        (-9_007_199_254_740_991, true),
        (-9_007_199_254_740_992, false),
    ] {
        assert_eq!(json::canonical(&json!([number])).is_ok(), fits, "{number}");
    }
}

#[test]
fn the_readable_form_is_sorted_and_ends_with_a_line_break() {
    let text = json::pretty(&json!({"b": [1], "a": {}})).expect("a value");
    assert_eq!(text, b"{\n  \"a\": {},\n  \"b\": [\n    1\n  ]\n}\n");
}

proptest! {
    #[test]
    fn reading_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = json::read(&bytes, &JsonLimits::default());
    }

    #[test]
    fn what_is_read_is_what_serde_json_reads(text in r#"[\[\]{}",:0-9a-e. ]{0,40}"#) {
        if let Ok(value) = read(&text) {
            prop_assert_eq!(serde_json::from_str::<Value>(&text).ok(), Some(value));
        }
    }
}
