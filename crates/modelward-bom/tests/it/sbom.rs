use modelward_artifact::JsonLimits;
use modelward_bom::read_sbom;

#[test]
fn an_ordinary_sbom_lists_its_components() {
    let text = r#"{"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "components": [
        {"type": "library", "name": "torch", "version": "2.4.0", "purl": "pkg:pypi/torch@2.4.0"},
        {"type": "library", "name": "local"}]}"#;
    let components = read_sbom(text.as_bytes(), &JsonLimits::default()).unwrap();
    assert_eq!(components.len(), 2);
    assert_eq!(components[0].name(), "torch");
    assert_eq!(components[0].version(), Some("2.4.0"));
    assert_eq!(components[0].purl(), Some("pkg:pypi/torch@2.4.0"));
    assert_eq!(
        (components[1].version(), components[1].purl()),
        (None, None)
    );
}

#[test]
fn what_is_no_sbom_is_refused() {
    let cases = [
        ("{", "artifact.json.syntax"),
        (
            r#"{"bomFormat": "CycloneDX", "bomFormat": "x"}"#,
            "artifact.json.duplicate",
        ),
        ("{}", "bom.sbom.document"),
        (
            r#"{"bomFormat": "CycloneDX", "specVersion": "9.9", "version": 1}"#,
            "bom.sbom.document",
        ),
    ];
    for (text, code) in cases {
        let error = read_sbom(text.as_bytes(), &JsonLimits::default()).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
    }
}
