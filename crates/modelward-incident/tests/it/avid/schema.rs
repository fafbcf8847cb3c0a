//! Holds ours against the schemas that `avidtools` 0.3.2 writes of its own models.

use jsonschema::Validator;
use modelward_incident::format::avid::{
    ArtifactKind, LifecycleStage, MethodKind, ProblemClass, ProblemKind, SepCategory, Vocabulary,
};
use serde_json::{Value, json};

use super::{official, report, value, vulnerability, whole_report, whole_vulnerability};

#[test]
fn vocabularies_are_those_of_the_official_schema() {
    let Some(schema) = official("report.schema.json") else {
        return;
    };
    let check = |name: &str, ours: Vec<&str>| {
        let theirs = &schema["$defs"][name]["enum"];
        assert_eq!(theirs, &json!(ours), "{name}");
    };
    check("SepEnum", texts::<SepCategory>());
    check("LifecycleEnum", texts::<LifecycleStage>());
    check("ClassEnum", texts::<ProblemClass>());
    check("TypeEnum", texts::<ProblemKind>());
    check("ArtifactTypeEnum", texts::<ArtifactKind>());
    check("MethodEnum", texts::<MethodKind>());
}

#[test]
fn the_official_example_comes_back_but_for_its_nulls() {
    let Some(mut example) = official("test_report.json") else {
        return;
    };
    let read = report(&example).unwrap();
    assert_eq!(read.deviations(), []);
    without_nulls(&mut example);
    assert_eq!(value(&read.to_json().unwrap()), example);
}

/// Puts ten other values in every place of a whole document, and takes every member out.
///
/// Where ours finds nothing amiss, neither does the schema, and the other way round.
#[test]
fn a_damaged_document_is_judged_as_the_official_schema_does() {
    let (Some(reports), Some(vulnerabilities)) = (
        official("report.schema.json"),
        official("vulnerability.schema.json"),
    ) else {
        return;
    };
    let judged = damaged(&whole_report(), &reports, |document| {
        report(document).is_ok_and(|read| is_regular(&read.deviations()))
    });
    assert_eq!(judged, (REPORTS, REPORTS_ACCEPTED));
    let judged = damaged(&whole_vulnerability(), &vulnerabilities, |document| {
        vulnerability(document).is_ok_and(|read| is_regular(&read.deviations()))
    });
    assert_eq!(judged, (VULNERABILITIES, VULNERABILITIES_ACCEPTED));
}

const REPORTS: usize = 941;
const REPORTS_ACCEPTED: usize = 235;
const VULNERABILITIES: usize = 878;
const VULNERABILITIES_ACCEPTED: usize = 183;

/// The schema allows members of any name, and any text for a domain.
fn is_regular(deviations: &[modelward_artifact::Finding]) -> bool {
    deviations.iter().all(|it| {
        let place = it.subject().unwrap_or_default();
        it.code() == "incident.avid.unknown" || place.contains("/risk_domain/")
    })
}

/// Returns how many damages there were, and how many of them both take.
fn damaged(whole: &Value, schema: &Value, ours: impl Fn(&Value) -> bool) -> (usize, usize) {
    let schema = validator(schema);
    assert!(schema.is_valid(whole) && ours(whole));
    let mut places = Vec::new();
    collect(whole, "", &mut places);
    let (mut judged, mut accepted) = (0, 0);
    let mut judge = |document: &Value, place: &str| {
        let (theirs, ours) = (schema.is_valid(document), ours(document));
        assert_eq!(ours, theirs, "{place}: {document}");
        judged += 1;
        accepted += usize::from(ours);
    };
    for place in &places {
        for put in replacements() {
            let mut document = whole.clone();
            *document.pointer_mut(place).unwrap() = put;
            judge(&document, place);
        }
        let mut document = whole.clone();
        let (parent, name) = place.rsplit_once('/').unwrap_or_default();
        if let Some(Value::Object(members)) = document.pointer_mut(parent)
            && members.remove(name).is_some()
        {
            judge(&document, place);
        }
    }
    (judged, accepted)
}

pub(super) fn replacements() -> [Value; 10] {
    [
        json!(null),
        json!(true),
        json!(7),
        json!(-0.5),
        json!("x"),
        json!(""),
        json!([]),
        json!([{}]),
        json!({}),
        json!({"x": 1}),
    ]
}

pub(super) fn collect(value: &Value, place: &str, places: &mut Vec<String>) {
    places.push(place.to_owned());
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, &format!("{place}/{index}"), places);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                collect(member, &format!("{place}/{name}"), places);
            }
        }
        _ => {}
    }
}

fn texts<T: Vocabulary>() -> Vec<&'static str> {
    T::ALL.iter().map(|value| value.wire()).collect()
}

fn without_nulls(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(without_nulls),
        Value::Object(members) => {
            members.retain(|_, member| !member.is_null());
            members.values_mut().for_each(without_nulls);
        }
        _ => {}
    }
}

pub(super) fn validator(schema: &Value) -> Validator {
    jsonschema::options()
        .should_validate_formats(true)
        .build(schema)
        .expect("the schema is one")
}
