use modelward_rmf::oscal::{
    assessment_results, catalog, check, mapping_collection, plan_of_action,
};
use serde_json::{Value, json};

use crate::oscal::set;
use crate::oscal_made::{Size, assessment, crosswalk, options, register};

fn results() -> Value {
    let size = Size {
        subcategories: 12,
        evidence: 14,
        risks: 7,
    };
    let results = assessment_results(&assessment(size), Some(&register(size)), &options());
    results.unwrap().into_value()
}

#[test]
fn what_the_schema_does_not_see_is_found() {
    let results = results();
    let result = &results["assessment-results"]["results"][0];
    let [risk, observation] = ["risks", "observations"].map(|list| result[list][0]["uuid"].clone());
    let nowhere = json!("00000000-0000-4000-8000-000000000000");
    let cases = [
        (
            "/assessment-results/uuid",
            json!("01935f5e-7b3a-7c4d-8e5f-0123456789ab"),
            "uuid",
        ),
        (
            "/assessment-results/results/0/risks/1/uuid",
            risk.clone(),
            "uuid_twice",
        ),
        (
            "/assessment-results/results/0/findings/0/related-observations/0/observation-uuid",
            nowhere.clone(),
            "reference",
        ),
        (
            "/assessment-results/results/0/findings/0/related-observations/0/observation-uuid",
            risk,
            "kind",
        ),
        (
            "/assessment-results/results/0/findings/0/related-risks/0/risk-uuid",
            observation.clone(),
            "kind",
        ),
        (
            "/assessment-results/results/0/findings/0/origins/0/actors/0/actor-uuid",
            nowhere.clone(),
            "reference",
        ),
        (
            "/assessment-results/results/0/findings/0/origins/0/actors/0/role-id",
            json!("nobody"),
            "reference",
        ),
        (
            "/assessment-results/results/0/observations/0/subjects/0/subject-uuid",
            nowhere.clone(),
            "reference",
        ),
        (
            "/assessment-results/results/0/observations/0/relevant-evidence/0/href",
            json!("#x"),
            "reference",
        ),
        (
            "/assessment-results/import-ap/href",
            json!(format!("#{}", observation.as_str().unwrap())),
            "kind",
        ),
        (
            "/assessment-results/metadata/responsible-parties/0/party-uuids/0",
            nowhere,
            "reference",
        ),
        (
            "/assessment-results/results/0/observations/0/methods/0",
            json!("LOOK"),
            "value",
        ),
        (
            "/assessment-results/results/0/observations/0/types/0",
            json!("rumor"),
            "value",
        ),
        (
            "/assessment-results/results/0/observations/0/subjects/0/type",
            json!("thing"),
            "value",
        ),
        (
            "/assessment-results/results/0/risks/0/status",
            json!("forgotten"),
            "value",
        ),
        (
            "/assessment-results/results/0/risks/0/remediations/0/lifecycle",
            json!("someday"),
            "value",
        ),
        (
            "/assessment-results/results/0/risks/0/remediations/0/props/0",
            json!({"name": "type", "value": "hope"}),
            "value",
        ),
        (
            "/assessment-results/results/0/findings/0/target/type",
            json!("control"),
            "value",
        ),
        (
            "/assessment-results/results/0/findings/0/target/status/state",
            json!("partly"),
            "value",
        ),
        (
            "/assessment-results/results/0/findings/0/target/status/reason",
            json!("luck"),
            "value",
        ),
        (
            "/assessment-results/metadata/parties/0/type",
            json!("team"),
            "value",
        ),
        (
            "/assessment-results/results/0/observations/0/collected",
            json!("2026-11-26T10:00:00"),
            "time",
        ),
        (
            "/assessment-results/results/0/start",
            json!("2026-11-26T10:00:00+01:30"),
            "time",
        ),
        (
            "/assessment-results/results/0/end",
            json!("2026-02-30T10:00:00Z"),
            "time",
        ),
        (
            "/assessment-results/results/0/end",
            json!("2026-11-26t10:00:00Z"),
            "time",
        ),
        (
            "/assessment-results/metadata/props/0/name",
            json!("two words"),
            "token",
        ),
        (
            "/assessment-results/results/0/findings/0/target/target-id",
            json!("1.1"),
            "token",
        ),
        (
            "/assessment-results/metadata/props/0/value",
            json!(" a"),
            "line",
        ),
        ("/assessment-results/metadata/version", json!(""), "line"),
        (
            "/assessment-results/results/0/observations",
            json!([]),
            "empty",
        ),
    ];
    assert_eq!(check(&results), []);
    for (place, value, code) in cases {
        let mut broken = results.clone();
        assert!(broken.pointer(place).is_some(), "{place}");
        set(&mut broken, place, Some(value));
        let found = check(&broken);
        let code = format!("rmf.oscal_check.{code}");
        let hit = found.iter().find(|finding| finding.code() == code);
        let hit = hit.unwrap_or_else(|| panic!("{place}: {code} is not among {found:#?}"));
        let subject = hit.subject().unwrap();
        assert!(
            subject.starts_with(place) || place.starts_with(subject),
            "{subject}"
        );
    }
}

#[test]
fn words_of_the_other_models_are_checked() {
    let mapping = mapping_collection(&crosswalk(), &options()).unwrap();
    let mapping = mapping.into_value();
    let places = [
        "/mapping-collection/mappings/0/maps/0/relationship",
        "/mapping-collection/mappings/0/maps/0/sources/0/type",
        "/mapping-collection/mappings/0/maps/0/confidence-score/category",
        "/mapping-collection/mappings/0/source-resource/type",
        "/mapping-collection/provenance/method",
        "/mapping-collection/provenance/matching-rationale",
        "/mapping-collection/provenance/status",
    ];
    for place in places {
        let mut broken = mapping.clone();
        set(&mut broken, place, Some(json!("maybe")));
        let found: Vec<_> = check(&broken);
        let codes: Vec<_> = found.iter().map(|it| (it.code(), it.subject())).collect();
        assert_eq!(codes, [("rmf.oscal_check.value", Some(place))]);
    }
    let mut twice = catalog(&options()).unwrap().into_value();
    let second = "/catalog/groups/0/groups/0/controls/1/id";
    set(&mut twice, second, Some(json!("govern-1.1")));
    let found = check(&twice);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].code(), "rmf.oscal_check.id_twice");
    assert_eq!(found[0].subject(), Some(second));
}

#[test]
fn times_of_every_zone_that_oscal_lists_pass() {
    let mut results = results();
    let place = "/assessment-results/results/0/start";
    for zone in [
        "Z", "+00:00", "-12:00", "+14:00", "-03:30", "+05:30", "+05:45", "+08:45", "+12:45",
    ] {
        let time = format!("2026-11-26T10:00:00.123456{zone}");
        set(&mut results, place, Some(json!(time)));
        assert_eq!(check(&results), [], "{zone}");
    }
    for zone in [
        "", "z", "+15:00", "-13:00", "+5:30", "+01:15", "-05:30", "+0530",
    ] {
        let time = format!("2026-11-26T10:00:00{zone}");
        set(&mut results, place, Some(json!(time)));
        assert_eq!(check(&results).len(), 1, "{zone}");
    }
}

#[test]
fn what_is_none_of_the_four_models_is_said_to_be_so() {
    let two = json!({"catalog": {}, "profile": {}});
    for document in [
        json!(null),
        json!([]),
        json!({}),
        json!({"profile": {}}),
        two,
    ] {
        let found = check(&document);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].code(), "rmf.oscal_check.root");
    }
}

#[test]
fn a_plan_without_its_risks_has_dangling_references() {
    let size = Size {
        subcategories: 6,
        evidence: 4,
        risks: 6,
    };
    let plan = plan_of_action(&assessment(size), Some(&register(size)), &options());
    let mut plan = plan.unwrap().into_value();
    assert_eq!(check(&plan), []);
    set(&mut plan, "/plan-of-action-and-milestones/risks", None);
    let found = check(&plan);
    assert!(found.len() > 1, "{found:#?}");
    assert!(
        found
            .iter()
            .all(|finding| finding.code() == "rmf.oscal_check.reference")
    );
}
