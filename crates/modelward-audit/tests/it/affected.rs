use modelward_artifact::JsonLimits;
use modelward_audit::AffectedAssets;

#[test]
fn lists_that_are_none_are_refused() {
    let cases = [
        ("{", "artifact.json.syntax"),
        (r#"{"schema": "x", "assets": []}"#, "audit.affected.schema"),
        (
            r#"{"schema": "modelward.affected/1"}"#,
            "artifact.json.shape",
        ),
        (
            r#"{"schema": "modelward.affected/1", "assets": [], "more": 1}"#,
            "artifact.json.shape",
        ),
        (
            r#"{"schema": "modelward.affected/1",
                "assets": [{"asset": {"purl": "torch"}, "reason": ""}]}"#,
            "artifact.json.shape",
        ),
    ];
    for (text, code) in cases {
        let error = AffectedAssets::from_json(text.as_bytes(), &JsonLimits::default()).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
    }
}

#[test]
fn an_empty_list_is_a_list() {
    let text = br#"{"schema": "modelward.affected/1", "assets": []}"#;
    assert!(
        AffectedAssets::from_json(text, &JsonLimits::default())
            .unwrap()
            .is_empty()
    );
}
