use modelward_artifact::JsonLimits;
use modelward_incident::format::avid::{AvidReport, AvidVulnerability};
use proptest::prelude::{Just, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest};
use serde_json::{Value, json};

use super::{report, value, whole_report, whole_vulnerability};

#[test]
fn what_is_no_report_is_refused_with_its_place() {
    let cases: [(&str, Value, &str); 12] = [
        ("", json!([]), ""),
        ("", json!(null), ""),
        ("/data_type", json!(null), "/data_type"),
        ("/affects", json!({"developer": []}), "/affects"),
        ("/affects/developer", json!("Acme"), "/affects/developer"),
        (
            "/affects/artifacts/1/type",
            json!(7),
            "/affects/artifacts/1/type",
        ),
        (
            "/problemtype/description",
            json!("text"),
            "/problemtype/description",
        ),
        ("/references/0/url", json!(null), "/references/0/url"),
        (
            "/impact/cvss/baseScore",
            json!("7.5"),
            "/impact/cvss/baseScore",
        ),
        ("/metrics/0/results", json!([1]), "/metrics/0/results"),
        ("/reported_date", json!("2026-02-30"), "/reported_date"),
        ("/metadata", json!({"vuln_id": "ACME-V-7"}), "/metadata"),
    ];
    for (pointer, put, expected) in cases {
        let mut whole = whole_report();
        *whole.pointer_mut(pointer).unwrap() = put.clone();
        let refused = report(&whole).unwrap_err();
        assert_eq!(refused.code(), "incident.avid.shape", "{pointer} {put}");
        assert_eq!(refused.pointer(), Some(expected), "{pointer} {put}");
    }
}

#[test]
fn a_text_that_is_not_strict_json_is_refused() {
    let cases: [(&[u8], &str); 6] = [
        (b"", "artifact.json.syntax"),
        (b"{\"data_type\": \"AVID\"", "artifact.json.syntax"),
        (b"{} {}", "artifact.json.syntax"),
        (b"\xEF\xBB\xBF{}", "artifact.json.syntax"),
        (b"{\"data_type\": \"\xFF\"}", "artifact.json.syntax"),
        (
            b"{\"credit\": [], \"credit\": null}",
            "artifact.json.duplicate",
        ),
    ];
    for (text, code) in cases {
        let limits = JsonLimits::default();
        let refused = AvidReport::from_json(text, &limits).unwrap_err();
        assert_eq!((refused.code(), refused.pointer()), (code, None));
        let refused = AvidVulnerability::from_json(text, &limits).unwrap_err();
        assert_eq!((refused.code(), refused.pointer()), (code, None));
    }
}

#[test]
fn limits_hold_before_anything_is_made_of_the_text() {
    let deep = format!("{{\"x\": {}1{}}}", "[".repeat(40), "]".repeat(40));
    let many = format!("{{\"x\": [{}1]}}", "1,".repeat(500));
    let cases = [
        (deep.as_str(), "artifact.json.depth"),
        (many.as_str(), "artifact.json.too_many"),
        (&" ".repeat(5000), "artifact.json.too_large"),
    ];
    let limits = JsonLimits::default()
        .with_max_bytes(4096)
        .with_max_depth(32)
        .with_max_values(400);
    for (text, code) in cases {
        let refused = AvidReport::from_json(text.as_bytes(), &limits).unwrap_err();
        assert_eq!(refused.code(), code);
    }
}

#[test]
fn an_error_shows_a_hostile_place_on_one_line() {
    let refused = report(&json!({"impact": {"avid": {"sep_view\u{1b}[2J": 1}}})).unwrap_err();
    let shown = refused.to_string();
    assert_eq!(
        shown,
        "avid document has an unexpected shape at `/impact/avid`"
    );
    let mut whole = whole_report();
    whole["metrics"][0]["results\u{1b}"] = json!({});
    let listed = report(&whole).unwrap().deviations();
    assert!(!listed[0].to_string().contains('\u{1b}'));
}

/// Any JSON, not deep.
fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_filter_map("has a JSON form", |number| {
            serde_json::Number::from_f64(number).map(Value::Number)
        }),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map("[a-z~/]{0,6}", inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn members_that_the_format_does_not_have_come_back(put in any_value(), at in 0..9_usize) {
        let places = [
            "", "/metadata", "/affects", "/affects/artifacts/0", "/problemtype",
            "/references/0", "/impact", "/impact/avid", "/impact/cvss",
        ];
        for mut whole in [whole_report(), whole_vulnerability()] {
            whole.pointer_mut(places[at]).unwrap()["x-own"] = put.clone();
            let text = serde_json::to_vec(&whole).unwrap();
            let limits = JsonLimits::default();
            let (written, found) = if whole["metadata"].get("report_id").is_some() {
                let read = AvidReport::from_json(&text, &limits).unwrap();
                (read.to_json().unwrap(), read.deviations())
            } else {
                let read = AvidVulnerability::from_json(&text, &limits).unwrap();
                (read.to_json().unwrap(), read.deviations())
            };
            prop_assert_eq!(value(&written), whole);
            let place = format!("{}/x-own", places[at]);
            prop_assert_eq!(found.len(), 1);
            prop_assert_eq!(found[0].subject(), Some(place.as_str()));
        }
    }

    #[test]
    fn no_bytes_make_the_readers_panic(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
        let limits = JsonLimits::default();
        let read = AvidReport::from_json(&bytes, &limits).is_ok();
        prop_assert!(!read || serde_json::from_slice::<Value>(&bytes).is_ok());
    }
}
