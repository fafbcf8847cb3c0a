use modelward_incident::log::{Disclosed, Disclosures, Draft, Field, IncidentLog, Salt};
use serde_json::{Value, json};

use super::at;

fn secret(field: &str, salt: u8, value: Value) -> Disclosed {
    let salt = Salt::new(&[salt; 16]).unwrap();
    Disclosed::new(field.parse().unwrap(), salt, value).unwrap()
}

fn log_with(secrets: &[&Disclosed]) -> IncidentLog {
    let mut draft = Draft::new(json!({"kind": "reported"})).unwrap();
    for secret in secrets {
        draft = draft.with_secret(secret).unwrap();
    }
    let mut log = IncidentLog::new();
    log.append(draft, &at(0)).unwrap();
    log
}

#[test]
fn a_redacted_log_verifies_and_tells_nothing() {
    let reporter = secret("reporter", 1, json!({"mail": "jo@example.org"}));
    let sample = secret("sample", 2, json!("the prompt"));
    let log = log_with(&[&reporter, &sample]);
    let mut beside = Disclosures::new();
    beside
        .disclose(&log.entries()[0], reporter.clone())
        .unwrap();
    beside.disclose(&log.entries()[0], sample.clone()).unwrap();
    assert_eq!(beside.of(0).len(), 2);

    let root = log.root();
    let field: Field = "sample".parse().unwrap();
    assert!(beside.redact(0, &field));
    assert!(!beside.redact(0, &field));
    assert_eq!(beside.of(0), std::slice::from_ref(&reporter));
    assert_eq!(beside.redact_entry(0), 1);
    assert!(beside.of(0).is_empty());

    let lines = log.to_lines().unwrap();
    let text = String::from_utf8(lines.clone()).unwrap();
    assert!(!text.contains("jo@example.org") && !text.contains("the prompt"));
    let reading = IncidentLog::verify(&lines);
    assert!(reading.fault().is_none());
    assert_eq!(reading.readable().root(), root);
    // Whoever kept the value can still show that it is the one.
    reading.readable().entries()[0].check(&sample).unwrap();
}

#[test]
fn only_the_value_and_salt_that_were_committed_to_are_taken() {
    let reporter = secret("reporter", 1, json!("Jo"));
    let log = log_with(&[&reporter]);
    let table = [
        (
            secret("reporter", 1, json!("Al")),
            "incident.log.disclosure.differs",
        ),
        (
            secret("reporter", 2, json!("Jo")),
            "incident.log.disclosure.differs",
        ),
        (
            secret("sample", 1, json!("Jo")),
            "incident.log.disclosure.no_commitment",
        ),
    ];
    let mut beside = Disclosures::new();
    for (wrong, code) in table {
        let error = beside.disclose(&log.entries()[0], wrong).unwrap_err();
        assert_eq!(error.code(), code);
    }
    assert!(beside.of(0).is_empty());
    let twice = Draft::new(json!({"kind": "k"}))
        .unwrap()
        .with_secret(&reporter)
        .unwrap();
    let error = twice.with_secret(&reporter).unwrap_err();
    assert_eq!(error.code(), "incident.log.draft.repeated");
}

#[test]
fn no_other_split_into_salt_and_value_opens_a_commitment() {
    let field = || "n".parse::<Field>().unwrap();
    let long = Salt::new(b"0123456789abcdef7").unwrap();
    let short = Salt::new(b"0123456789abcdef").unwrap();
    let one = Disclosed::new(field(), long, json!(1)).unwrap();
    let other = Disclosed::new(field(), short, json!(71)).unwrap();
    assert_ne!(one.commitment(), other.commitment());
}

#[test]
fn salts_have_their_length_and_stay_out_of_debug_texts() {
    for (length, fits) in [(0, false), (15, false), (16, true), (64, true), (65, false)] {
        assert_eq!(Salt::new(&vec![7; length]).is_ok(), fits, "{length}");
    }
    let secret = secret("reporter", 0xab, json!("jo@example.org"));
    assert_eq!(
        format!("{secret:?} {:?}", secret.salt()),
        r#"Disclosed { field: Field("reporter"), .. } Salt(16 bytes)"#
    );
}

#[test]
fn a_salt_is_read_from_its_text() {
    let bytes: Vec<u8> = (0..8).map(|high| high << 4 | (15 - high)).collect();
    let bytes = [bytes.clone(), bytes.iter().map(|byte| !byte).collect()].concat();
    let salt = Salt::new(&bytes).unwrap();
    assert_eq!(salt.as_bytes(), bytes);
    let text = serde_json::to_string(&salt).unwrap();
    assert_eq!(text, r#""0f1e2d3c4b5a6978f0e1d2c3b4a59687""#);
    assert_eq!(serde_json::from_str::<Salt>(&text).unwrap(), salt);
    // Each digit stands next to one that is none.
    for other in ["/", ":", "`", "g", "A"] {
        let wrong = text.replacen('0', other, 1);
        assert!(serde_json::from_str::<Salt>(&wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_field_has_a_name_of_plain_letters() {
    let field: Field = "refs/0".parse().unwrap();
    assert_eq!(
        (field.as_str(), field.to_string()),
        ("refs/0", "refs/0".into())
    );
    for name in ["", "a b", "\u{e9}", &"a".repeat(129)] {
        assert!(name.parse::<Field>().is_err(), "{name}");
    }
}

#[test]
fn disclosures_outlive_a_round_through_json() {
    let reporter = secret("reporter", 0xab, json!({"mail": "jo@example.org"}));
    let log = log_with(&[&reporter]);
    let mut beside = Disclosures::new();
    beside.disclose(&log.entries()[0], reporter).unwrap();
    let text = serde_json::to_string(&beside).unwrap();
    assert_eq!(
        text,
        format!(
            r#"{{"0":[{{"field":"reporter","salt":"{}","value":{{"mail":"jo@example.org"}}}}]}}"#,
            "ab".repeat(16)
        )
    );
    let again: Disclosures = serde_json::from_str(&text).unwrap();
    assert_eq!(again, beside);
    for wrong in ["AB", "zz", "abc", "ab"] {
        let text = text.replace(&"ab".repeat(16), wrong);
        assert!(
            serde_json::from_str::<Disclosures>(&text).is_err(),
            "{wrong}"
        );
    }
}
