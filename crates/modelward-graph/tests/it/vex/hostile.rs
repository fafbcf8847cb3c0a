use modelward_artifact::JsonLimits;
use modelward_graph::vex::{VexDocument, newest};
use serde_json::{Value, json};

use super::{csaf, csaf_about, cyclonedx, openvex, read, warnings};

#[test]
fn what_is_no_document_is_refused() {
    let code = |value: &Value| read(value).unwrap_err().code();
    for value in [
        json!([]),
        json!({}),
        json!({"bomFormat": "SPDX"}),
        json!({"@context": "https://example.org/ns", "statements": []}),
        json!({"document": {}}),
    ] {
        assert_eq!(code(&value), "graph.vex.unknown_format", "{value}");
    }
    for value in [
        json!({"@context": "https://openvex.dev/ns/v0.2.0"}),
        json!({"@context": "https://openvex.dev/ns/v0.2.0", "statements": {}}),
        json!({"bomFormat": "CycloneDX", "vulnerabilities": 1}),
        json!({"document": {"csaf_version": "2.0"}, "vulnerabilities": "a"}),
    ] {
        assert_eq!(code(&value), "graph.vex.shape", "{value}");
    }
    let limits = JsonLimits::default();
    let json = |bytes: &[u8]| VexDocument::read(bytes, &limits).unwrap_err().code();
    assert_eq!(json(b""), "graph.vex.json");
    assert_eq!(
        json(br#"{"bomFormat": "CycloneDX", "bomFormat": "CycloneDX"}"#),
        "graph.vex.json"
    );
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(json(deep.as_bytes()), "graph.vex.json");
    let error = read(&json!({"bomFormat": "CycloneDX", "vulnerabilities": 1})).unwrap_err();
    assert_eq!(
        error.to_string(),
        "expected a list at `/vulnerabilities` of vex document"
    );
}

#[test]
fn wrong_shapes_inside_are_warnings_with_their_place() {
    let document = openvex(
        &json!([1, {"vulnerability": {"name": 1}, "status": "fixed"},
        {"vulnerability": {"name": "CVE-1"}, "status": "fixed", "products": [1, {"hashes": []},
        {"@id": "pkg:pypi/a", "identifiers": 1, "hashes": {"sha-256": 1}}]},
        {"vulnerability": {"name": "a".repeat(2000)}, "status": "fixed"}]),
    );
    assert_eq!(document.statements().len(), 1);
    assert_eq!(
        warnings(&document),
        [
            "no_status /statements/0",
            "no_vulnerability /statements/0",
            "no_vulnerability /statements/1",
            "shape /statements/1/vulnerability/name",
            "no_product /statements/2/products/0",
            "shape /statements/2/products/0",
            "no_product /statements/2/products/1",
            "shape /statements/2/products/1/hashes",
            "shape /statements/2/products/2/hashes",
            "shape /statements/2/products/2/identifiers",
            "no_vulnerability /statements/3",
            "too_long /statements/3/vulnerability",
        ]
    );
    for tree in [
        json!(1),
        json!({"branches": 1}),
        json!({"branches": [1, {"branches": {}}]}),
    ] {
        let document = csaf_about(&tree);
        assert!(
            warnings(&document)
                .iter()
                .any(|one| one.starts_with("shape /product_tree"))
        );
    }
    let document = cyclonedx(
        &json!(1),
        &json!([1, {"id": "CVE-1", "analysis": 1, "affects": 1},
        {"id": "CVE-1", "analysis": {"state": "resolved"}, "affects": [1, {"ref": 1},
        {"ref": "pkg:pypi/a", "versions": 1}]}]),
    );
    assert_eq!(document.statements().len(), 0);
    assert_eq!(
        warnings(&document),
        [
            "shape /components",
            "no_vulnerability /vulnerabilities/0",
            "no_product /vulnerabilities/1",
            "no_status /vulnerabilities/1",
            "shape /vulnerabilities/1/affects",
            "shape /vulnerabilities/1/analysis",
            "no_product /vulnerabilities/2/affects/0",
            "no_product /vulnerabilities/2/affects/1",
            "shape /vulnerabilities/2/affects/1/ref",
            "shape /vulnerabilities/2/affects/2/versions",
        ]
    );
}

#[test]
fn a_flood_of_warnings_is_counted() {
    let document = openvex(&Value::Array(vec![json!(1); 6000]));
    let last = document.warnings().last().unwrap();
    assert_eq!(
        (document.warnings().len(), last.code()),
        (10_001, "graph.vex_warning.too_many")
    );
    assert_eq!(last.to_string(), ": 2000 more warnings were left out");
}

/// One product of a large size that many statements name costs its size once.
#[test]
fn shared_names_are_kept_once() {
    let purls: Vec<_> = (0..5_000).map(|n| format!("pkg:pypi/a{n}")).collect();
    let tree = json!({"full_product_names": [{"name": "a", "product_id": "p",
        "product_identification_helper": {"purls": purls}}]});
    let ids = vec!["p"; 50_000];
    let status = json!({"known_affected": ids});
    let document = csaf(&tree, &json!([{"cve": "CVE-1", "product_status": status}]));
    assert_eq!(document.statements().len(), 50_000);
    assert_eq!(newest(document.statements()).len(), 1);
}
