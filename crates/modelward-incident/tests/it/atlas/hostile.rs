use modelward_artifact::JsonLimits;
use modelward_incident::format::atlas::{AtlasData, AtlasError, CaseStudy};
use serde_json::{Value, json};

use super::{case_study, data, embedded, separate, study};

/// Changes, each with the pointer of the error, its code and its text.
type Case = (
    &'static str,
    Value,
    &'static str,
    &'static str,
    &'static str,
);

fn check(document: &Value, case: &Case, read: impl Fn(&Value) -> Option<AtlasError>) {
    let (at, change, pointer, code, text) = case;
    let mut document = document.clone();
    *document.pointer_mut(at).unwrap() = change.clone();
    let error = read(&document).unwrap_or_else(|| panic!("{at} = {change} was taken"));
    assert_eq!(error.pointer(), Some(*pointer), "{error}");
    assert_eq!((error.code(), error.to_string().as_str()), (*code, *text));
}

#[test]
fn a_value_of_another_type_is_refused_with_its_place() {
    let kind = "incident.atlas.type";
    let cases: [Case; 9] = [
        (
            "",
            json!([]),
            "",
            kind,
            "the document is a list, expected an object",
        ),
        (
            "",
            json!("v6/ATLAS-2026.08.yaml"),
            "",
            kind,
            "the document is a text, expected an object",
        ),
        (
            "/version",
            json!(5.6),
            "/version",
            kind,
            "/version is a number, expected a text",
        ),
        (
            "/matrices",
            json!({}),
            "/matrices",
            kind,
            "/matrices is an object, expected a list",
        ),
        (
            "/matrices/0/tactics/1",
            json!(null),
            "/matrices/0/tactics/1",
            kind,
            "/matrices/0/tactics/1 is null, expected an object",
        ),
        (
            "/matrices/0/tactics/0/ATT&CK-reference",
            json!([]),
            "/matrices/0/tactics/0/ATT&CK-reference",
            kind,
            "/matrices/0/tactics/0/ATT&CK-reference is a list, expected an object",
        ),
        (
            "/matrices/0/mitigations/0/ml-lifecycle/0",
            json!(true),
            "/matrices/0/mitigations/0/ml-lifecycle/0",
            kind,
            "/matrices/0/mitigations/0/ml-lifecycle/0 is a truth value, expected a text",
        ),
        (
            "/case-studies/0/procedure/0/description",
            json!({}),
            "/case-studies/0/procedure/0/description",
            kind,
            "/case-studies/0/procedure/0/description is an object, expected a text",
        ),
        (
            "/case-studies/0/references/0/url",
            json!(7),
            "/case-studies/0/references/0/url",
            kind,
            "/case-studies/0/references/0/url is a number, expected a text",
        ),
    ];
    for case in &cases {
        check(&embedded(), case, |document| data(document).err());
    }
}

#[test]
fn a_text_that_is_not_what_stands_there_is_refused_with_its_place() {
    let cases: [Case; 8] = [
        (
            "/matrices/0/techniques/1/id",
            json!("AML.T10"),
            "/matrices/0/techniques/1/id",
            "artifact.atlas.form",
            "/matrices/0/techniques/1/id is no technique",
        ),
        (
            "/matrices/0/techniques/0/tactics/0",
            json!("TA0043"),
            "/matrices/0/techniques/0/tactics/0",
            "incident.atlas.id",
            "/matrices/0/techniques/0/tactics/0 is no id",
        ),
        (
            "/matrices/0/mitigations/0/id",
            json!("AML.CS0013"),
            "/matrices/0/mitigations/0/id",
            "incident.atlas.id",
            "/matrices/0/mitigations/0/id is no id",
        ),
        (
            "/matrices/0/techniques/1/id",
            json!("AML.T0010"),
            "/matrices/0/techniques/1",
            "incident.atlas.twice",
            "/matrices/0/techniques/1 has the id `AML.T0010` of /matrices/0/techniques/0",
        ),
        (
            "/matrices/0/tactics/0/object-type",
            json!("technique\u{1b}"),
            "/matrices/0/tactics/0/object-type",
            "incident.atlas.value",
            "/matrices/0/tactics/0/object-type is `technique\\u{1b}`, expected tactic",
        ),
        (
            "/case-studies/0/incident-date",
            json!("2026-02-30"),
            "/case-studies/0/incident-date",
            "incident.atlas.value",
            "/case-studies/0/incident-date is `2026-02-30`, expected a date from 1970 on, such as 2026-11-26",
        ),
        (
            "/case-studies/0/incident-date-granularity",
            json!("WEEK"),
            "/case-studies/0/incident-date-granularity",
            "incident.atlas.value",
            "/case-studies/0/incident-date-granularity is `WEEK`, expected YEAR, MONTH or DATE",
        ),
        (
            "/case-studies/0/procedure/0/technique",
            json!("{{poison_data.id}}"),
            "/case-studies/0/procedure/0/technique",
            "artifact.atlas.form",
            "/case-studies/0/procedure/0/technique is no technique",
        ),
    ];
    for case in &cases {
        check(&embedded(), case, |document| data(document).err());
    }
}

#[test]
fn a_key_that_is_not_the_id_of_its_object_is_refused() {
    let cases: [Case; 5] = [
        (
            "/tactics/AML.TA0004/id",
            json!("AML.TA0003"),
            "/tactics/AML.TA0004/id",
            "incident.atlas.value",
            "/tactics/AML.TA0004/id is `AML.TA0003`, expected the id of its key",
        ),
        (
            "/relationships/AML.T0010/achieves/0/source",
            json!("AML.T0011"),
            "/relationships/AML.T0010/achieves/0/source",
            "incident.atlas.value",
            "/relationships/AML.T0010/achieves/0/source is `AML.T0011`, expected the key that it stands under",
        ),
        (
            "/relationships/ATLAS-matrix/sequences/0/position",
            json!(1.5),
            "/relationships/ATLAS-matrix/sequences/0/position",
            "incident.atlas.type",
            "/relationships/ATLAS-matrix/sequences/0/position is a number, expected an integer",
        ),
        (
            "/relationships/AML.M0013/mitigates",
            json!({"0": {}}),
            "/relationships/AML.M0013/mitigates",
            "incident.atlas.type",
            "/relationships/AML.M0013/mitigates is an object, expected a list",
        ),
        (
            "/relationships/AML.CS9000/employs/0",
            json!({"target": "AML.T0010"}),
            "/relationships/AML.CS9000/employs/0",
            "incident.atlas.missing",
            "/relationships/AML.CS9000/employs/0 has no member `tactic`",
        ),
    ];
    for case in &cases {
        check(&separate(), case, |document| data(document).err());
    }
}

#[test]
fn a_member_that_is_missing_is_named() {
    for member in [
        "name",
        "summary",
        "incident-date",
        "incident-date-granularity",
        "procedure",
    ] {
        let mut document = case_study();
        document.as_object_mut().unwrap().remove(member);
        let error = study(&document).unwrap_err();
        assert_eq!(
            (error.code(), error.pointer()),
            ("incident.atlas.missing", Some(""))
        );
        assert_eq!(
            error.to_string(),
            format!("the document has no member `{member}`")
        );
    }
    let error = data(&json!({"version": "5.6.0"})).unwrap_err();
    assert_eq!(
        (error.code(), error.pointer()),
        ("incident.atlas.layout", Some(""))
    );
    let mut document = embedded();
    document["case-studies"][0]
        .as_object_mut()
        .unwrap()
        .remove("id");
    let error = data(&document).unwrap_err();
    assert_eq!(error.to_string(), "/case-studies/0 has no member `id`");
}

#[test]
fn what_is_too_large_too_deep_or_twice_is_refused() {
    let limits = JsonLimits::default();
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let twice = r#"{"version": "5.6.0", "version": "5.5.0"}"#;
    for (text, limits, code) in [
        (deep.as_str(), limits, "artifact.json.depth"),
        (twice, limits, "artifact.json.duplicate"),
        ("{} {}", limits, "artifact.json.syntax"),
        (
            "[1, 2, 3]",
            limits.with_max_values(3),
            "artifact.json.too_many",
        ),
        (
            "[1, 2, 3]",
            limits.with_max_bytes(8),
            "artifact.json.too_large",
        ),
    ] {
        let error = AtlasData::from_json(text.as_bytes(), &limits).unwrap_err();
        assert_eq!((error.code(), error.pointer()), (code, None));
        let error = CaseStudy::from_json(text.as_bytes(), &limits).unwrap_err();
        assert_eq!(error.code(), code);
    }
}

#[test]
fn the_text_of_an_error_does_not_grow_with_the_document() {
    let key = "x".repeat(1 << 20);
    let mut document = separate();
    document["tactics"] = json!({ key.as_str(): {"name": 1} });
    let error = data(&document).unwrap_err();
    assert!(error.to_string().len() < 300, "{}", error.to_string().len());
    let mut document = embedded();
    document["matrices"][0]["tactics"][0]["id"] = key.into();
    let error = data(&document).unwrap_err();
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert!(source.len() < 300, "{}", source.len());
}

/// Lists the pointer to every value of a document.
fn pointers(document: &Value, at: &str, all: &mut Vec<String>) {
    all.push(at.to_owned());
    match document {
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items.for_each(|(index, item)| pointers(item, &format!("{at}/{index}"), all));
        }
        Value::Object(members) => {
            let members = members.iter();
            members.for_each(|(name, value)| pointers(value, &format!("{at}/{name}"), all));
        }
        _ => {}
    }
}

#[test]
fn whatever_a_value_is_replaced_by_the_error_names_it() {
    let replacements = [
        json!(null),
        json!(1),
        json!(""),
        json!([]),
        json!({}),
        json!([[{}]]),
    ];
    let (mut taken, mut refused) = (0, 0);
    for document in [embedded(), separate()] {
        let mut all = Vec::new();
        pointers(&document, "", &mut all);
        for (at, replacement) in all
            .iter()
            .flat_map(|at| replacements.iter().map(move |it| (at, it)))
        {
            let mut changed = document.clone();
            *changed.pointer_mut(at).unwrap() = replacement.clone();
            let Err(error) = data(&changed) else {
                taken += 1;
                continue;
            };
            refused += 1;
            let pointer = error.pointer().unwrap();
            let related = pointer.starts_with(at.as_str()) || at.starts_with(pointer);
            assert!(related, "{at} = {replacement}: {error}");
        }
    }
    assert!(
        taken > 100 && refused > 500,
        "{taken} taken, {refused} refused"
    );
}
