use modelward_artifact::{Digest, JsonLimits};
use modelward_graph::vex::{
    Justification, Match, MatchDoubt, VexDocument, VexFormat, VexStatement, VexStatus,
};
use serde_json::json;

use super::{about, cyclonedx, only, openvex, purl, read, warnings};

#[test]
fn statuses_and_justifications_of_openvex_are_read() {
    for justification in Justification::ALL
        .into_iter()
        .filter(|one| !one.is_of_cyclonedx())
    {
        let document = openvex(
            &json!([{"vulnerability": {"name": "CVE-1", "aliases": ["GHSA-1"]},
            "status": "not_affected", "justification": justification.name(),
            "products": [{"@id": "pkg:pypi/a"}]}]),
        );
        assert_eq!(
            only(&document).status(),
            VexStatus::NotAffected(Some(justification))
        );
        assert_eq!(only(&document).aliases(), ["GHSA-1"]);
        assert!(only(&document).concerns("GHSA-1") && !only(&document).concerns("GHSA-2"));
        assert_eq!(warnings(&document), [""; 0]);
    }
    for (status, expected) in [
        ("affected", VexStatus::Affected),
        ("fixed", VexStatus::Fixed),
        ("under_investigation", VexStatus::UnderInvestigation),
    ] {
        let document = openvex(
            &json!([{"vulnerability": {"name": "CVE-1"}, "status": status,
            "status_notes": "n", "products": [{"@id": "pkg:pypi/a"}]}]),
        );
        assert_eq!(only(&document).status(), expected);
        assert_eq!(only(&document).detail(), Some("n"));
        assert_eq!(only(&document).pointer(), "/statements/0/products/0");
        assert_eq!(document.format(), VexFormat::OpenVex);
        assert_eq!(document.id(), Some("https://example.org/a"));
    }
    let unknown = json!([{"vulnerability": {"name": "CVE-1"}, "status": "Affected",
        "products": [{"@id": "pkg:pypi/a"}]}, {"vulnerability": {"name": "CVE-1"},
        "status": "not_affected", "justification": "trust_me", "products": [{"@id": "pkg:pypi/a"}]},
        {"vulnerability": {"name": "CVE-1"}, "status": "not_affected", "impact_statement": "i",
        "products": [{"@id": "pkg:pypi/a"}]}]);
    let document = openvex(&unknown);
    let expected = [
        "unknown_status /statements/0/status",
        "no_justification /statements/1",
        "unknown_justification /statements/1/justification",
    ];
    assert_eq!(warnings(&document), expected);
    let statuses: Vec<_> = document
        .statements()
        .iter()
        .map(VexStatement::status)
        .collect();
    assert_eq!(statuses, [VexStatus::NotAffected(None); 2]);
}

#[test]
fn products_and_subcomponents_of_openvex_are_each_a_statement() {
    let sha256 = Digest::sha256(b"a");
    let document = about(&json!([{"@id": "https://example.org/p", "identifiers": {
        "purl": "pkg:pypi/a@1", "cpe23": "cpe:2.3:a:b:c:*:*:*:*:*:*:*:*", "cpe22": "cpe:/a:b:c"},
        "hashes": {"sha-256": sha256.to_hex().to_uppercase(), "md5": "00", "blake2b-512": "11"},
        "subcomponents": [{"@id": "pkg:pypi/b"}, {"@id": "pkg:pypi/c"}]}, {"@id": "pkg:pypi/d"}]));
    let shown: Vec<_> = document
        .statements()
        .iter()
        .map(|one| {
            (
                one.product().to_string(),
                one.subcomponent().map(ToString::to_string),
            )
        })
        .collect();
    let text = str::to_owned;
    assert_eq!(
        shown,
        [
            (text("pkg:pypi/a@1"), Some(text("pkg:pypi/b"))),
            (text("pkg:pypi/a@1"), Some(text("pkg:pypi/c"))),
            (text("pkg:pypi/d"), None),
        ]
    );
    let product = document.statements()[0].product();
    assert_eq!(product.digests(), [sha256]);
    assert_eq!(product.other_digests(), [(text("md5"), text("00"))]);
    assert_eq!(
        (product.cpes().len(), product.names()),
        (2, &[text("https://example.org/p")][..])
    );
    assert_eq!(
        warnings(&document),
        ["unreadable_digest /statements/0/products/0/hashes"]
    );
}

#[test]
fn openvex_before_0_2_names_things_by_texts() {
    let document = read(&json!({"@context": "https://openvex.dev/ns", "@id": "a",
        "timestamp": "2023-01-08T18:02:03Z", "statements": [{"vulnerability": "CVE-1",
        "products": ["pkg:oci/a", "pkg:oci/b"], "subcomponents": ["pkg:apk/c", "pkg:apk/d"],
        "status": "fixed"}]}))
    .unwrap();
    assert_eq!(document.statements().len(), 4);
    assert_eq!(
        document.statements()[3].subcomponent().unwrap().to_string(),
        "pkg:apk/d"
    );
    let products: Vec<_> = (0..200).map(|n| format!("pkg:oci/a{n}")).collect();
    let many = json!({"@context": ["https://openvex.dev/ns"], "statements": [{
        "vulnerability": "CVE-1", "products": products, "subcomponents": products,
        "status": "fixed"}]});
    let limits = JsonLimits::default().with_max_values(1000);
    let error = VexDocument::read(many.to_string().as_bytes(), &limits).unwrap_err();
    assert_eq!(error.code(), "graph.vex.too_many");
}

#[test]
fn a_subcomponent_that_cannot_be_read_does_not_widen_the_statement() {
    for part in [
        json!([{}]),
        json!([1]),
        json!({"@id": "pkg:pypi/b"}),
        json!([{"@id": "pkg:x"}]),
    ] {
        let document = about(&json!([{"@id": "pkg:pypi/a", "subcomponents": part}]));
        let part = only(&document).subcomponent().unwrap();
        let answer = part.matches(&purl("pkg:pypi/b"));
        assert_eq!(answer, Match::Unknown(MatchDoubt::Unidentified));
        assert!(!document.warnings().is_empty());
    }
}

#[test]
fn times_cascade_from_the_document() {
    let time = |document: &VexDocument| only(document).timestamp().map(|time| time.to_string());
    for (own, expected, count) in [
        (json!({}), "2026-01-01T00:00:00Z", 0),
        (
            json!({"timestamp": "2026-02-01T00:00:00Z"}),
            "2026-02-01T00:00:00Z",
            0,
        ),
        (
            json!({"timestamp": "2026-02-01T00:00:00Z", "last_updated": "2026-03-01T00:00:00Z"}),
            "2026-03-01T00:00:00Z",
            0,
        ),
        (json!({"timestamp": "yesterday"}), "2026-01-01T00:00:00Z", 1),
    ] {
        let mut statement = json!({"vulnerability": {"name": "CVE-1"}, "status": "fixed",
            "products": [{"@id": "pkg:pypi/a"}]});
        let members = own.as_object().unwrap().clone();
        statement.as_object_mut().unwrap().extend(members);
        let document = openvex(&json!([statement]));
        assert_eq!(time(&document).as_deref(), Some(expected));
        assert_eq!(document.warnings().len(), count);
    }
    for (analysis, expected) in [
        (json!({"state": "resolved"}), None),
        (
            json!({"state": "resolved", "firstIssued": "2026-02-01T00:00:00Z"}),
            Some("2026-02-01T00:00:00Z"),
        ),
        (
            json!({"state": "resolved", "firstIssued": "2026-02-01T00:00:00Z",
                "lastUpdated": "2026-03-01T00:00:00Z"}),
            Some("2026-03-01T00:00:00Z"),
        ),
    ] {
        let affects = json!([{"ref": "pkg:pypi/a"}]);
        let vulnerability = json!([{"id": "CVE-1", "analysis": analysis, "affects": affects}]);
        assert_eq!(
            time(&cyclonedx(&json!([]), &vulnerability)).as_deref(),
            expected
        );
    }
}
