use modelward_rmf::{Attainment, Level, Party, RatingScale, RiskId, ScaleError};
use serde_json::{Value, json};

fn level(name: &str, attainment: Attainment) -> Level {
    Level::new(name, attainment, "Label", "What has to be the case.").unwrap()
}

fn scale(levels: Vec<Level>) -> Result<RatingScale, ScaleError> {
    RatingScale::new("org.scale".parse().unwrap(), "2026", levels)
}

#[test]
fn our_scales_are_read_as_they_are_written() {
    for scale in [RatingScale::outcome(), RatingScale::maturity()] {
        let text = serde_json::to_string(&scale).unwrap();
        assert_eq!(serde_json::from_str::<RatingScale>(&text).unwrap(), scale);
        assert_eq!(scale.lowest().attainment(), Attainment::NotMet);
        assert_eq!(scale.highest().attainment(), Attainment::Met);
        for (at, level) in scale.levels().iter().enumerate() {
            assert_eq!(scale.ordinal(level.name()), Some(at));
            assert_eq!(scale.level(level.name()), Some(level));
        }
    }
    assert_eq!(RatingScale::outcome().to_string(), "modelward.outcome 1");
    let outcome = RatingScale::outcome();
    let names: Vec<_> = outcome
        .levels()
        .iter()
        .map(|it| it.name().as_str())
        .collect();
    assert_eq!(names, Attainment::ALL.map(Attainment::name));
}

#[test]
fn levels_that_are_no_scale_are_refused() {
    let not = || level("0", Attainment::NotMet);
    let part = |name: &str| level(name, Attainment::PartiallyMet);
    let met = || level("9", Attainment::Met);
    let many = (0..19).map(|it| part(&format!("p{it}")));
    let cases = [
        (
            vec![],
            "rmf.scale.levels",
            "scale has 0 levels, expected 2 to 20",
        ),
        (
            vec![not()],
            "rmf.scale.levels",
            "scale has 1 levels, expected 2 to 20",
        ),
        (
            [not()].into_iter().chain(many).chain([met()]).collect(),
            "rmf.scale.levels",
            "scale has 21 levels, expected 2 to 20",
        ),
        (
            vec![not(), part("a"), part("a"), met()],
            "rmf.scale.twice",
            "level `a` stands twice",
        ),
        (
            vec![met(), not()],
            "rmf.scale.order",
            "levels do not rise from `not-met` to `met`",
        ),
        (
            vec![not(), part("a")],
            "rmf.scale.order",
            "levels do not rise from `not-met` to `met`",
        ),
        (
            vec![part("a"), met()],
            "rmf.scale.order",
            "levels do not rise from `not-met` to `met`",
        ),
    ];
    for (levels, code, message) in cases {
        let error = scale(levels).unwrap_err();
        assert_eq!((error.code(), error.to_string().as_str()), (code, message));
    }
    assert!(scale(vec![not(), part("a"), part("b"), met()]).is_ok());
    let error = Level::new(" ", Attainment::Met, "a", "b").unwrap_err();
    assert_eq!(
        (error.code(), error.to_string().as_str()),
        ("rmf.scale.name", "level has no valid name")
    );
    let error = Level::new("a", Attainment::Met, "", "b").unwrap_err();
    assert_eq!(
        (error.code(), error.to_string().as_str()),
        ("rmf.scale.text", "scale has an invalid text")
    );
}

#[test]
fn a_scale_that_is_read_is_checked_too() {
    let mut document = serde_json::to_value(RatingScale::outcome()).unwrap();
    document["levels"].as_array_mut().unwrap().reverse();
    let error = serde_json::from_value::<RatingScale>(document).unwrap_err();
    assert_eq!(
        error.to_string(),
        "levels do not rise from `not-met` to `met`"
    );
}

#[test]
fn keys_are_short_and_plain() {
    for key in ["R-1", "a", "2026/R:7", "x@y+z_1.2"] {
        assert_eq!(key.parse::<RiskId>().unwrap().as_str(), key);
    }
    let long = "a".repeat(129);
    let cases = [
        ("", "rmf.key.empty", "key is empty"),
        (
            "-a",
            "rmf.key.character",
            "key has a character that is not allowed at byte 0",
        ),
        (
            "a b",
            "rmf.key.character",
            "key has a character that is not allowed at byte 1",
        ),
        (
            "R\u{e9}",
            "rmf.key.character",
            "key has a character that is not allowed at byte 1",
        ),
        (
            long.as_str(),
            "rmf.key.too_long",
            "key has 129 bytes, expected at most 128",
        ),
    ];
    for (text, code, message) in cases {
        let error = text.parse::<RiskId>().unwrap_err();
        assert_eq!((error.code(), error.to_string().as_str()), (code, message));
    }
}

#[test]
fn a_party_is_a_name_or_an_object() {
    let ada = Party::new("Ada Example").unwrap();
    let of_org = ada.clone().with_organization("Example Org").unwrap();
    let cases: [(Party, Value); 3] = [
        (ada.clone(), json!("Ada Example")),
        (
            of_org.clone(),
            json!({"name": "Ada Example", "organization": "Example Org"}),
        ),
        (
            ada.clone().with_role("Validator").unwrap(),
            json!({"name": "Ada Example", "role": "Validator"}),
        ),
    ];
    for (party, document) in cases {
        assert_eq!(serde_json::to_value(&party).unwrap(), document);
        assert_eq!(serde_json::from_value::<Party>(document).unwrap(), party);
    }
    assert!(serde_json::from_value::<Party>(json!(7)).is_err());
    let other = ada.clone().with_organization("Other Org").unwrap();
    assert!(of_org.is_same(&ada) && other.is_same(&ada));
    assert!(!of_org.is_same(&other), "two organizations are two parties");
    assert!(ada.is_same(&Party::new("ADA   example").unwrap()));
    assert!(!ada.is_same(&Party::new("Ada").unwrap()));
}
