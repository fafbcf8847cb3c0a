use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use modelward_artifact::{Digest, JsonLimits};
use modelward_graph::vex::{
    BomLink, BomPlace, Candidate, Justification, Match, MatchDoubt, PackagePattern, ReadVexError,
    VersionScope, VexDocument, VexFormat, VexStatement, VexStatus, newest,
};
use proptest::prelude::{Just, Strategy, any, prop, proptest};
use proptest::{prop_assert, prop_assert_eq, prop_oneof};
use serde_json::{Value, json};

use crate::version::fixtures;

const SERIAL: &str = "3e671687-395b-41f5-a30f-a58921a69b79";
const OTHER_SERIAL: &str = "2c385cf7-e1ee-46e9-a51c-13de1ecb380a";

fn read(value: &Value) -> Result<VexDocument, ReadVexError> {
    VexDocument::read(value.to_string().as_bytes(), &JsonLimits::default())
}

fn openvex(statements: &Value) -> VexDocument {
    let context = "https://openvex.dev/ns/v0.2.0";
    read(&json!({"@context": context, "@id": "https://example.org/a",
        "timestamp": "2026-01-01T00:00:00Z", "statements": statements}))
    .unwrap()
}

/// Reads a statement of `OpenVEX` about these products.
fn about(products: &Value) -> VexDocument {
    openvex(
        &json!([{"vulnerability": {"name": "CVE-1"}, "status": "affected",
        "products": products}]),
    )
}

fn csaf(tree: &Value, vulnerabilities: &Value) -> VexDocument {
    read(
        &json!({"document": {"csaf_version": "2.0", "tracking": {"id": "A-1",
        "current_release_date": "2026-01-01T00:00:00Z"}}, "product_tree": tree,
        "vulnerabilities": vulnerabilities}),
    )
    .unwrap()
}

/// Reads a CSAF document with one vulnerability that is in the product `p` alone.
fn csaf_about(tree: &Value) -> VexDocument {
    let status = json!({"known_affected": ["p"]});
    csaf(tree, &json!([{"cve": "CVE-1", "product_status": status}]))
}

fn cyclonedx(components: &Value, vulnerabilities: &Value) -> VexDocument {
    read(
        &json!({"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 2,
        "serialNumber": format!("urn:uuid:{SERIAL}"), "components": components,
        "vulnerabilities": vulnerabilities}),
    )
    .unwrap()
}

/// Reads a CycloneDX document with one vulnerability that affects this.
fn cyclonedx_about(components: &Value, affected: &Value) -> VexDocument {
    let analysis = json!({"state": "exploitable"});
    cyclonedx(
        components,
        &json!([{"id": "CVE-1", "analysis": analysis, "affects": [affected]}]),
    )
}

/// Shows the warnings as codes and places.
fn warnings(document: &VexDocument) -> Vec<String> {
    let warnings = document.warnings().iter();
    warnings
        .map(|one| {
            format!(
                "{} {}",
                one.code().trim_start_matches("graph.vex_warning."),
                one.pointer()
            )
        })
        .collect()
}

fn only(document: &VexDocument) -> &VexStatement {
    let [statement] = document.statements() else {
        panic!("expected one statement, found {:?}", document.statements())
    };
    statement
}

fn purl(text: &str) -> Candidate<'_> {
    Candidate::new().with_purl(text)
}

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

#[test]
fn states_and_justifications_of_cyclonedx_are_read() {
    let status = |analysis: &Value| {
        let affects = json!([{"ref": "pkg:pypi/a"}]);
        let vulnerability = json!([{"id": "CVE-1", "analysis": analysis, "affects": affects}]);
        let document = cyclonedx(&json!([]), &vulnerability);
        (
            document.statements().first().map(VexStatement::status),
            warnings(&document),
        )
    };
    let nine: Vec<_> = Justification::ALL
        .into_iter()
        .filter(|one| one.is_of_cyclonedx())
        .collect();
    assert_eq!(nine.len(), 9);
    for justification in nine {
        let analysis = json!({"state": "not_affected", "justification": justification.name()});
        let expected = Some(VexStatus::NotAffected(Some(justification)));
        assert_eq!(status(&analysis), (expected, Vec::new()));
    }
    for (state, expected) in [
        ("exploitable", VexStatus::Affected),
        ("false_positive", VexStatus::NotAffected(None)),
        ("in_triage", VexStatus::UnderInvestigation),
        ("resolved", VexStatus::Fixed),
        ("resolved_with_pedigree", VexStatus::Fixed),
    ] {
        assert_eq!(
            status(&json!({"state": state})),
            (Some(expected), Vec::new())
        );
    }
    let none = vec!["no_justification /vulnerabilities/0/analysis".to_owned()];
    let not_affected = Some(VexStatus::NotAffected(None));
    assert_eq!(
        status(&json!({"state": "not_affected"})),
        (not_affected, none)
    );
    let reason = json!({"state": "not_affected", "detail": "d"});
    assert_eq!(status(&reason), (not_affected, Vec::new()));
    let (statement, seen) = status(&json!({"state": "fine"}));
    assert_eq!(statement, None);
    assert_eq!(
        seen,
        [
            "no_status /vulnerabilities/0",
            "unknown_status /vulnerabilities/0/analysis/state",
        ]
    );
    assert_eq!(
        status(&Value::Null),
        (None, vec!["no_status /vulnerabilities/0".to_owned()])
    );
}

#[test]
fn versions_of_cyclonedx_have_statuses_of_their_own() {
    let reason = Some(Justification::CodeNotPresent);
    let not_affected = VexStatus::NotAffected(reason);
    for (state, own, expected, contradicts) in [
        ("exploitable", None, VexStatus::Affected, false),
        ("exploitable", Some("affected"), VexStatus::Affected, false),
        (
            "exploitable",
            Some("unaffected"),
            VexStatus::NotAffected(None),
            false,
        ),
        (
            "exploitable",
            Some("unknown"),
            VexStatus::UnderInvestigation,
            false,
        ),
        ("resolved", None, VexStatus::Fixed, false),
        ("resolved", Some("affected"), VexStatus::Affected, false),
        ("resolved", Some("unaffected"), VexStatus::Fixed, false),
        (
            "resolved",
            Some("unknown"),
            VexStatus::UnderInvestigation,
            false,
        ),
        ("not_affected", None, not_affected, false),
        ("not_affected", Some("affected"), VexStatus::Affected, true),
        ("not_affected", Some("unaffected"), not_affected, false),
        (
            "not_affected",
            Some("unknown"),
            VexStatus::UnderInvestigation,
            false,
        ),
        ("in_triage", None, VexStatus::UnderInvestigation, false),
        ("in_triage", Some("affected"), VexStatus::Affected, false),
        (
            "in_triage",
            Some("unaffected"),
            VexStatus::UnderInvestigation,
            false,
        ),
        (
            "in_triage",
            Some("unknown"),
            VexStatus::UnderInvestigation,
            false,
        ),
    ] {
        let mut version = json!({"version": "1"});
        if let Some(own) = own {
            version["status"] = json!(own);
        }
        let affects = json!([{"ref": "pkg:pypi/a", "versions": [version]}]);
        let analysis = json!({"state": state, "justification": "code_not_present"});
        let vulnerability = json!([{"id": "CVE-1", "analysis": analysis, "affects": affects}]);
        let document = cyclonedx(&json!([]), &vulnerability);
        assert_eq!(only(&document).status(), expected, "{state} {own:?}");
        assert_eq!(
            !document.warnings().is_empty(),
            contradicts,
            "{state} {own:?}"
        );
    }
    let document = cyclonedx_about(
        &json!([]),
        &json!({"ref": "pkg:pypi/a@9", "versions": [
        {"version": "2"}, {"range": "vers:pypi/<1", "status": "affected"},
        {"range": "vers:generic/<1", "status": "unknown"}, {"version": "3", "status": "unaffected"},
        {"version": "4", "status": "maybe"}, {"status": "affected"}]}),
    );
    let seen: Vec<_> = document
        .statements()
        .iter()
        .map(|one| {
            let versions = one.product().versions().iter();
            (
                one.status(),
                versions.map(VersionScope::as_str).collect::<Vec<_>>(),
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            (VexStatus::Affected, vec!["2", "vers:pypi/<1"]),
            (VexStatus::UnderInvestigation, vec!["vers:generic/<1"]),
            (VexStatus::NotAffected(None), vec!["3"]),
        ]
    );
    assert_eq!(
        warnings(&document),
        [
            "unreadable_range /vulnerabilities/0/affects/0/versions/2/range",
            "unknown_status /vulnerabilities/0/affects/0/versions/4/status",
            "shape /vulnerabilities/0/affects/0/versions/5",
        ]
    );
    let is = |text: &str| document.statements()[0].product().matches(&purl(text));
    assert_eq!(is("pkg:pypi/a@2.0"), Match::Yes);
    assert_eq!(is("pkg:pypi/a@0.9"), Match::Yes);
    assert_eq!(is("pkg:pypi/a@9"), Match::No);
    assert_eq!(is("pkg:pypi/a"), Match::Unknown(MatchDoubt::NoVersion));
    assert_eq!(is("pkg:pypi/b@2"), Match::No);
}

#[test]
fn a_ref_is_found_among_nested_components_and_services() {
    let sha256 = Digest::sha256(b"a");
    let components = json!([{"bom-ref": "top", "name": "top", "components": [{"bom-ref": "a",
        "group": "g", "name": "n", "version": "1", "purl": "pkg:npm/n@1", "cpe": "cpe:/a:b",
        "hashes": [{"alg": "SHA-256", "content": sha256.to_hex()}, {"alg": "MD5", "content": "0"},
        {"alg": "SHA-512", "content": "zz"}]}]}]);
    let document = cyclonedx_about(&components, &json!({"ref": "a"}));
    let product = only(&document).product();
    assert_eq!(
        (product.names(), product.version()),
        (&["g/n".to_owned()][..], Some("1"))
    );
    assert_eq!(
        (product.digests(), product.cpes().len()),
        (&[sha256][..], 1)
    );
    let Some(BomPlace::Link(place)) = product.place() else {
        panic!()
    };
    assert_eq!(
        (place.serial(), place.version(), place.reference()),
        (SERIAL, Some(2), Some("a"))
    );
    let expected = ["unreadable_digest /components/0/components/0/hashes/2"];
    assert_eq!(warnings(&document), expected);
    // A link into the document itself is the same.
    let link = format!("urn:cdx:{SERIAL}/2#a");
    let linked = cyclonedx_about(&components, &json!({"ref": link}));
    assert_eq!(only(&linked).product(), product);
    let service = read(
        &json!({"bomFormat": "CycloneDX", "specVersion": "1.5", "services": [
        {"bom-ref": "s", "name": "chat"}], "vulnerabilities": [{"id": "CVE-1",
        "analysis": {"state": "resolved"}, "affects": [{"ref": "s"}]}]}),
    )
    .unwrap();
    assert_eq!(only(&service).product().names(), ["chat"]);
    let place = BomPlace::Unnumbered("s".to_owned());
    assert_eq!(only(&service).product().place(), Some(&place));
    let twice = json!([{"bom-ref": "a", "name": "x"}, {"bom-ref": "a", "name": "y"}]);
    let document = cyclonedx_about(&twice, &json!({"ref": "a"}));
    assert_eq!(only(&document).product().names(), ["x"]);
    assert_eq!(warnings(&document), ["duplicate /components/1"]);
    let document = cyclonedx_about(&json!([]), &json!({"ref": "lost"}));
    assert_eq!(
        warnings(&document),
        ["unresolved /vulnerabilities/0/affects/0/ref"]
    );
}

#[test]
fn a_component_of_a_described_product_is_its_subcomponent() {
    let document = |reference: &str| {
        read(
            &json!({"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"component":
            {"bom-ref": "p", "name": "p", "purl": "pkg:generic/p@1"}}, "components": [
            {"bom-ref": "a", "name": "a", "purl": "pkg:pypi/a@1"}], "vulnerabilities": [{
            "id": "CVE-1", "analysis": {"state": "resolved"}, "affects": [{"ref": reference,
            "versions": [{"version": "7"}]}]}]}),
        )
        .unwrap()
    };
    let part = document("a");
    assert_eq!(only(&part).product().to_string(), "pkg:generic/p@1");
    let subcomponent = only(&part).subcomponent().unwrap();
    assert_eq!(
        (
            subcomponent.to_string().as_str(),
            subcomponent.versions().len()
        ),
        ("pkg:pypi/a@1", 1)
    );
    assert!(only(&part).product().versions().is_empty());
    let whole = document("p");
    assert_eq!(only(&whole).product().to_string(), "pkg:generic/p@1");
    assert_eq!(
        (
            only(&whole).subcomponent(),
            only(&whole).product().versions().len()
        ),
        (None, 1)
    );
}

#[test]
fn statuses_flags_and_groups_of_csaf_are_read() {
    let names: Vec<_> = ["a", "b", "c", "d", "e", "f", "g", "h", "i"]
        .map(|id| json!({"name": id.to_uppercase(), "product_id": id}))
        .into();
    let tree = json!({"full_product_names": names, "product_groups": [
        {"group_id": "G", "product_ids": ["f", "x"]}, {"group_id": "H", "product_ids": ["g"]}]});
    let document = csaf(
        &tree,
        &json!([{"cve": "CVE-1", "ids": [{"system_name": "s", "text": "X-1"}],
        "product_status": {"known_affected": ["a"], "first_affected": ["b"], "last_affected": ["c"],
            "fixed": ["d"], "first_fixed": ["e"], "known_not_affected": ["f", "g", "h"],
            "under_investigation": ["i"], "recommended": ["d"]},
        "flags": [{"label": "component_not_present", "group_ids": ["G"]},
            {"label": "vulnerable_code_not_present", "product_ids": ["h"]}],
        "threats": [{"category": "impact", "details": "why", "group_ids": ["H"]},
            {"category": "exploit_status", "details": "no", "product_ids": ["h"]}],
        "remediations": [{"category": "vendor_fix", "details": "update", "product_ids": ["a"]}]}]),
    );
    assert_eq!(warnings(&document), [""; 0]);
    let seen: BTreeMap<_, _> = document
        .statements()
        .iter()
        .map(|one| {
            (
                one.product().names()[0].as_str(),
                (one.status(), one.detail()),
            )
        })
        .collect();
    let absent = Some(Justification::ComponentNotPresent);
    let removed = Some(Justification::VulnerableCodeNotPresent);
    let expected = [
        ("A", (VexStatus::Affected, Some("update"))),
        ("B", (VexStatus::Affected, None)),
        ("C", (VexStatus::Affected, None)),
        ("D", (VexStatus::Fixed, None)),
        ("E", (VexStatus::Fixed, None)),
        ("F", (VexStatus::NotAffected(absent), None)),
        ("G", (VexStatus::NotAffected(None), Some("why"))),
        ("H", (VexStatus::NotAffected(removed), None)),
        ("I", (VexStatus::UnderInvestigation, None)),
    ];
    assert_eq!(seen, BTreeMap::from(expected));
    assert_eq!(document.statements()[0].aliases(), ["X-1"]);
    assert_eq!(
        (document.id(), document.format()),
        (Some("A-1"), VexFormat::Csaf)
    );
    let document = csaf(
        &tree,
        &json!([{"ids": [{"text": "X-1"}], "product_status": {
        "known_not_affected": ["a"], "unknown": ["b"], "known_afected": ["c"]},
        "flags": [{"label": "trust_me", "product_ids": ["a"]}]}, {"product_status": {}},
        {"cve": "CVE-2"}]),
    );
    assert_eq!(
        document.statements()[1].status(),
        VexStatus::UnderInvestigation
    );
    assert_eq!(
        warnings(&document),
        [
            "unknown_justification /vulnerabilities/0/flags/0/label",
            "unknown_status /vulnerabilities/0/product_status",
            "no_justification /vulnerabilities/0/product_status/known_not_affected/0",
            "unknown_by_issuer /vulnerabilities/0/product_status/unknown",
            "no_vulnerability /vulnerabilities/1",
            "no_status /vulnerabilities/2",
        ]
    );
}

#[test]
fn products_of_csaf_are_found_in_branches() {
    let tree = |category: &str, version: &str, helper: &Value| {
        json!({"branches": [{"category": "vendor", "name": "V", "branches": [{
            "category": "product_name", "name": "N", "branches": [{"category": category,
            "name": version, "branches": [{"category": "architecture", "name": "arm64", "product": {
            "name": "V N", "product_id": "p", "product_identification_helper": helper}}]}]}]}]})
    };
    let sha256 = Digest::sha256(b"a");
    let helper = json!({"purl": "pkg:pypi/n@3", "cpe": "cpe:/a:v:n", "hashes": [{"filename": "f",
        "file_hashes": [{"algorithm": "sha256", "value": sha256.to_hex()}]}],
        "x_generic_uris": [{"namespace": "n", "uri": format!("urn:cdx:{SERIAL}/1#n")}]});
    let document = csaf_about(&tree("product_version", "3", &helper));
    let product = only(&document).product();
    assert_eq!(
        (product.to_string().as_str(), product.version()),
        ("pkg:pypi/n@3", Some("3"))
    );
    assert_eq!(
        (product.digests(), product.versions().len()),
        (&[sha256][..], 0)
    );
    assert!(matches!(product.place(), Some(BomPlace::Link(_))));
    assert_eq!(warnings(&document), [""; 0]);
    // Where the package URL leaves the version out, that of the branch counts.
    let open = json!({"purls": ["pkg:pypi/n", "pkg:deb/debian/n"]});
    let document = csaf_about(&tree("product_version", "3", &open));
    let is = |text: &str| only(&document).product().matches(&purl(text));
    assert_eq!(is("pkg:pypi/n@3.0"), Match::Yes);
    assert_eq!(is("pkg:pypi/n@4"), Match::No);
    assert_eq!(is("pkg:deb/debian/n@3"), Match::Yes);
    let document = csaf_about(&tree("product_version_range", "vers:pypi/<4", &open));
    let is = |text: &str| only(&document).product().matches(&purl(text));
    assert_eq!(
        (is("pkg:pypi/n@3"), is("pkg:pypi/n@4")),
        (Match::Yes, Match::No)
    );
    let document = csaf_about(&tree("product_version_range", "<4", &open));
    let is = only(&document).product().matches(&purl("pkg:pypi/n@3"));
    assert_eq!(is, Match::Unknown(MatchDoubt::UnreadableRange));
    let place = "/product_tree/branches/0/branches/0/branches/0/name";
    assert_eq!(warnings(&document), [format!("unreadable_range {place}")]);
    let twice = json!({"full_product_names": [{"name": "a", "product_id": "p"},
        {"name": "b", "product_id": "p"}, {"name": "c"}, 1]});
    let document = csaf_about(&twice);
    assert_eq!(only(&document).product().names(), ["a"]);
    assert_eq!(
        warnings(&document),
        [
            "duplicate /product_tree/full_product_names/1",
            "no_product /product_tree/full_product_names/2",
            "no_product /product_tree/full_product_names/3",
        ]
    );
}

#[test]
fn relationships_of_csaf_are_components_within_a_whole() {
    let product = |id: &str| {
        json!({"name": id, "product_id": id,
            "product_identification_helper": {"purl": format!("pkg:generic/{id}")}})
    };
    let related = |id: &str, part: &str, whole: &str, category: &str| {
        json!({"category": category, "product_reference": part, "full_product_name": product(id),
            "relates_to_product_reference": whole})
    };
    let categories = [
        "default_component_of",
        "external_component_of",
        "installed_on",
        "installed_with",
        "optional_component_of",
    ];
    for category in categories {
        let document = csaf_about(&json!({"full_product_names": [product("a"), product("b")],
            "relationships": [related("p", "a", "b", category)]}));
        let statement = only(&document);
        assert_eq!(statement.product().to_string(), "pkg:generic/b");
        assert_eq!(
            statement.subcomponent().unwrap().to_string(),
            "pkg:generic/a"
        );
        assert_eq!(warnings(&document), [""; 0]);
    }
    let place = "/vulnerabilities/0/product_status/known_affected/0";
    for (relationships, code) in [
        (
            json!([
                related("q", "a", "b", "installed_on"),
                related("p", "q", "b", "x")
            ]),
            "nested",
        ),
        (json!([related("p", "p", "b", "installed_on")]), "nested"),
        (
            json!([related("p", "a", "lost", "installed_on")]),
            "unresolved",
        ),
        (json!([]), "unresolved"),
    ] {
        let document = csaf_about(&json!({"full_product_names": [product("a"), product("b")],
            "relationships": relationships}));
        assert_eq!(warnings(&document), [format!("{code} {place}")]);
        let product = only(&document).product();
        let answer = product.matches(&purl("pkg:generic/p"));
        assert_eq!(answer, Match::Unknown(MatchDoubt::Unidentified));
    }
}

#[test]
fn package_urls_match_by_what_they_state() {
    let doubt = Match::Unknown;
    for (own, other, expected) in [
        ("pkg:pypi/torch@1.0", "pkg:pypi/Torch@1.0", Match::Yes),
        ("pkg:pypi/torch@1.0", "pkg:pypi/torch@1.0.0", Match::Yes),
        ("pkg:pypi/torch@1.0", "pkg:pypi/torch@1.1", Match::No),
        ("pkg:pypi/torch", "pkg:pypi/torch@1.1", Match::Yes),
        ("pkg:pypi/torch", "pkg:pypi/torch", Match::Yes),
        (
            "pkg:pypi/torch@1.0",
            "pkg:pypi/torch",
            doubt(MatchDoubt::NoVersion),
        ),
        ("pkg:pypi/torch@1.0", "pkg:conda/torch@1.0", Match::No),
        ("pkg:maven/g/a@1.0", "pkg:maven/g/a@1.0.0", Match::No),
        ("pkg:maven/g/a@1.0", "pkg:maven/h/a@1.0", Match::No),
        ("pkg:npm/a@1.0.0", "pkg:npm/a@v1.0.0", Match::Yes),
        ("pkg:npm/a@odd", "pkg:npm/a@odd", Match::Yes),
        ("pkg:npm/a@odd", "pkg:npm/a@1.0.0", Match::No),
        (
            "pkg:deb/debian/a@1?arch=arm64",
            "pkg:deb/debian/a@1?arch=arm64&distro=x",
            Match::Yes,
        ),
        (
            "pkg:deb/debian/a@1?arch=arm64",
            "pkg:deb/debian/a@1?arch=amd64",
            Match::No,
        ),
        (
            "pkg:deb/debian/a@1?arch=arm64",
            "pkg:deb/debian/a@1",
            doubt(MatchDoubt::NoQualifier),
        ),
        (
            "pkg:deb/debian/a@1?arch=arm64",
            "pkg:deb/debian/a@2",
            Match::No,
        ),
        (
            "pkg:golang/a/b@v1.0.0#cmd",
            "pkg:golang/a/b@v1.0.0#cmd",
            Match::Yes,
        ),
        (
            "pkg:golang/a/b@v1.0.0#cmd",
            "pkg:golang/a/b@v1.0.0#api",
            Match::No,
        ),
        (
            "pkg:golang/a/b@v1.0.0#cmd",
            "pkg:golang/a/b@v1.0.0",
            doubt(MatchDoubt::NoQualifier),
        ),
        (
            "pkg:huggingface/a/b@ABCDEF",
            "pkg:huggingface/a/b@abcdef",
            Match::Yes,
        ),
        ("pkg:pypi/torch", "torch", doubt(MatchDoubt::NoPurl)),
    ] {
        let document = about(&json!([{"@id": own}]));
        let answer = only(&document).product().matches(&purl(other));
        assert_eq!(answer, expected, "{own} {other}");
    }
    let document = about(&json!([{"@id": "pkg:pypi/torch@1.0"}]));
    let torch = only(&document).product();
    let candidate = purl("pkg:pypi/torch").with_version("1.0");
    assert_eq!(torch.matches(&candidate), Match::Yes);
    let candidate = purl("pkg:pypi/torch@1.1").with_version("1.0");
    assert_eq!(torch.matches(&candidate), Match::No);
    assert_eq!(
        torch.matches(&Candidate::new()),
        Match::Unknown(MatchDoubt::NoPurl)
    );
    let pattern: PackagePattern = "pkg:deb/debian/a?arch=x#y".parse().unwrap();
    assert_eq!(
        (pattern.package_type(), pattern.subpath()),
        ("deb", Some("y"))
    );
    assert_eq!(
        "a".parse::<PackagePattern>().unwrap_err().code(),
        "graph.package.purl"
    );
}

#[test]
fn digests_decide_before_names() {
    let [one, other] = [Digest::sha256(b"1"), Digest::sha256(b"2")];
    let sha512 = Digest::of(modelward_artifact::DigestAlgorithm::Sha512, b"1");
    let document = about(&json!([{"@id": "pkg:pypi/a@1", "hashes": {"sha-256": one.to_hex()}}]));
    let product = only(&document).product();
    for (name, digests, expected) in [
        ("pkg:pypi/a@1", vec![one], Match::Yes),
        ("pkg:pypi/b@2", vec![other, one], Match::Yes),
        ("pkg:pypi/a@1", vec![other], Match::No),
        ("pkg:pypi/a@1", vec![sha512], Match::Yes),
        ("pkg:pypi/a@2", vec![sha512], Match::No),
        ("pkg:pypi/a@1", vec![], Match::Yes),
    ] {
        let answer = product.matches(&purl(name).with_digests(&digests));
        assert_eq!(answer, expected, "{name} {digests:?}");
    }
    // A digest is that of one version: where the statement is about others, it is no reason.
    let components = json!([{"bom-ref": "a", "name": "a", "purl": "pkg:pypi/a@1",
        "hashes": [{"alg": "SHA-256", "content": one.to_hex()}]}]);
    let affected = json!({"ref": "a", "versions": [{"version": "1"}, {"version": "2"}]});
    let document = cyclonedx_about(&components, &affected);
    let product = only(&document).product();
    let digests = [other];
    let is = |name| product.matches(&purl(name).with_digests(&digests));
    assert_eq!(
        (is("pkg:pypi/a@2"), is("pkg:pypi/a@3")),
        (Match::Yes, Match::No)
    );
    let digests = [one];
    let unnamed = Candidate::new().with_digests(&digests);
    assert_eq!(
        product.matches(&unnamed),
        Match::Unknown(MatchDoubt::NoVersion)
    );
    assert_eq!(product.matches(&unnamed.with_version("1")), Match::Yes);
}

#[test]
fn places_match_in_one_version_of_one_document() {
    let link = format!("urn:cdx:{SERIAL}/1#a%20b");
    let document = cyclonedx_about(&json!([]), &json!({"ref": link}));
    let product = only(&document).product();
    let prefixed = format!("urn:uuid:{}", SERIAL.to_uppercase());
    let at = |serial: &str, bom_ref| {
        Candidate::new()
            .with_bom_serial(serial)
            .with_bom_ref(bom_ref)
    };
    let doubt = Match::Unknown;
    for (candidate, expected) in [
        (at(SERIAL, "a b").with_bom_version(1), Match::Yes),
        (at(SERIAL, "a%20b").with_bom_version(1), Match::Yes),
        (at(&prefixed, "a b").with_bom_version(1), Match::Yes),
        (at(SERIAL, "a b").with_bom_version(2), Match::No),
        (at(SERIAL, "a b"), doubt(MatchDoubt::NoBomVersion)),
        (at(SERIAL, "c").with_bom_version(1), Match::No),
        (at(SERIAL, "c"), Match::No),
        (at(OTHER_SERIAL, "a b").with_bom_version(1), Match::No),
        (
            at("none", "a b").with_bom_version(1),
            doubt(MatchDoubt::NoPlace),
        ),
        (
            Candidate::new().with_bom_serial(SERIAL),
            doubt(MatchDoubt::NoPlace),
        ),
        (
            Candidate::new().with_bom_ref("a b"),
            doubt(MatchDoubt::NoPlace),
        ),
    ] {
        assert_eq!(product.matches(&candidate), expected, "{candidate:?}");
    }
    let whole = cyclonedx_about(&json!([]), &json!({"ref": format!("urn:cdx:{SERIAL}/1")}));
    let answer = only(&whole).product().matches(&at(SERIAL, "a"));
    assert_eq!(answer, doubt(MatchDoubt::WholeBom));
    let versions = json!({"ref": format!("urn:cdx:{SERIAL}/1#a"), "versions": [{"version": "1"}]});
    let document = cyclonedx_about(&json!([]), &versions);
    let product = only(&document).product();
    let here = at(SERIAL, "a").with_bom_version(1);
    assert_eq!(product.matches(&here.clone().with_version("1")), Match::Yes);
    assert_eq!(product.matches(&here.with_version("2")), Match::No);
    let there = at(OTHER_SERIAL, "a").with_version("1");
    assert_eq!(product.matches(&there), doubt(MatchDoubt::OtherBom));
    // A component of the document itself is known by its place and by its package URL.
    let components = json!([{"bom-ref": "a", "name": "a", "purl": "pkg:pypi/a@1"}]);
    let document = cyclonedx_about(&components, &json!({"ref": "a"}));
    let product = only(&document).product();
    assert_eq!(
        product.matches(&at(SERIAL, "a").with_bom_version(2)),
        Match::Yes
    );
    assert_eq!(product.matches(&purl("pkg:pypi/a@1")), Match::Yes);
    assert_eq!(
        product.matches(&at(OTHER_SERIAL, "a").with_purl("pkg:pypi/a@2")),
        Match::No
    );
}

#[test]
fn bom_links_are_of_one_form() {
    for (text, code) in [
        ("", "graph.bom_link.form"),
        (
            "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79",
            "graph.bom_link.form",
        ),
        (
            "urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79",
            "graph.bom_link.form",
        ),
        (
            "urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/1#",
            "graph.bom_link.form",
        ),
        (
            "urn:cdx:3e671687395b-41f5-a30f-a58921a69b79-/1#a",
            "graph.bom_link.serial",
        ),
        (
            "urn:cdx:3e671687-395b-41f5-a30f-a58921a69b7/1#a",
            "graph.bom_link.serial",
        ),
        (
            "urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/#a",
            "graph.bom_link.version",
        ),
        (
            "urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/+1#a",
            "graph.bom_link.version",
        ),
        (
            "urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/1.0#a",
            "graph.bom_link.version",
        ),
    ] {
        assert_eq!(text.parse::<BomLink>().unwrap_err().code(), code, "{text}");
    }
    let long = format!("urn:cdx:{SERIAL}/1#{}", "a".repeat(BomLink::MAX_LEN));
    assert_eq!(
        long.parse::<BomLink>().unwrap_err().code(),
        "graph.bom_link.too_long"
    );
    for text in [
        format!("urn:cdx:{SERIAL}/1#a#b"),
        format!("urn:cdx:{SERIAL}/12"),
    ] {
        assert_eq!(text.parse::<BomLink>().unwrap().to_string(), text);
    }
}

/// A statement about `pkg:pypi/a` at a time, in days of January, or at none.
fn statement(day: Option<u8>, status: &str) -> VexDocument {
    let mut statement = json!({"vulnerability": {"name": "CVE-1"}, "status": status,
        "products": [{"@id": "pkg:pypi/a"}]});
    if let Some(day) = day {
        statement["timestamp"] = json!(format!("2026-01-{day:02}T00:00:00Z"));
    }
    read(&json!({"@context": "https://openvex.dev/ns/v0.2.0", "statements": [statement]})).unwrap()
}

#[test]
fn the_newest_statement_counts_and_of_two_the_worse() {
    let not_affected = VexStatus::NotAffected(None);
    for (one, other, expected) in [
        ((Some(1), "affected"), (Some(2), "fixed"), VexStatus::Fixed),
        (
            (Some(1), "not_affected"),
            (Some(2), "affected"),
            VexStatus::Affected,
        ),
        ((Some(1), "not_affected"), (None, "affected"), not_affected),
        (
            (None, "not_affected"),
            (None, "affected"),
            VexStatus::Affected,
        ),
        (
            (Some(1), "under_investigation"),
            (Some(1), "affected"),
            VexStatus::Affected,
        ),
        (
            (Some(1), "under_investigation"),
            (Some(1), "fixed"),
            VexStatus::UnderInvestigation,
        ),
        (
            (Some(1), "not_affected"),
            (Some(1), "fixed"),
            VexStatus::Fixed,
        ),
    ] {
        let [one, other] = [one, other].map(|(day, status)| statement(day, status));
        for pair in [[&one, &other], [&other, &one]] {
            let found = newest(pair.into_iter().flat_map(VexDocument::statements));
            assert_eq!(
                found.iter().map(|one| one.status()).collect::<Vec<_>>(),
                [expected]
            );
        }
    }
}

#[test]
fn what_differs_stays_side_by_side() {
    let document = openvex(&json!([
        {"vulnerability": {"name": "CVE-1"}, "status": "fixed", "products": [{"@id": "pkg:pypi/a"},
            {"@id": "pkg:pypi/a@1"}, {"@id": "pkg:pypi/a", "subcomponents": [{"@id": "pkg:pypi/b"}]},
            {"@id": "pkg:pypi/A"}]},
        {"vulnerability": {"name": "CVE-2"}, "status": "fixed", "products": [{"@id": "pkg:pypi/a"}]},
    ]));
    assert_eq!(
        (
            document.statements().len(),
            newest(document.statements()).len()
        ),
        (5, 4)
    );
    let versions = |version: &str| {
        cyclonedx_about(
            &json!([]),
            &json!({"ref": "pkg:pypi/a", "versions": [{"version": version}]}),
        )
    };
    let [one, other] = [versions("1"), versions("2")];
    assert_eq!(
        newest(one.statements().iter().chain(other.statements())).len(),
        2
    );
}

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

/// How many statements of each status each document makes, and how many warnings: affected, under
/// investigation, fixed, not affected, warnings.
const EXPECTED: &str = include_str!("vex_expected.txt");

#[test]
fn documents_of_others_make_as_many_statements_as_before() {
    let Some(folder) = fixtures() else { return };
    let mut expected: BTreeMap<&str, &str> = EXPECTED
        .lines()
        .filter_map(|line| line.split_once(' '))
        .collect();
    let mut names: Vec<_> = fs::read_dir(folder.join("../vex"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .collect();
    names.sort();
    let mut differing = Vec::new();
    for path in &names {
        let name = path.file_name().unwrap().to_str().unwrap();
        let found = counts(path);
        if expected.remove(name) != Some(found.as_str()) {
            differing.push(format!("{name} {found}"));
        }
    }
    assert!(
        differing.is_empty(),
        "these differ:\n{}",
        differing.join("\n")
    );
    assert_eq!((names.len(), expected.len()), (52, 0));
}

fn counts(path: &Path) -> String {
    let text = fs::read(path).unwrap();
    let document = VexDocument::read(&text, &JsonLimits::default()).unwrap();
    let count = |status: VexStatus| {
        let name = status.name();
        let statements = document.statements().iter();
        statements.filter(|one| one.status().name() == name).count()
    };
    format!(
        "{} {} {} {} {}",
        count(VexStatus::Affected),
        count(VexStatus::UnderInvestigation),
        count(VexStatus::Fixed),
        count(VexStatus::NotAffected(None)),
        document.warnings().len()
    )
}

/// JSON with the members that the readers look for.
fn anything() -> impl Strategy<Value = Value> {
    let words = [
        "@context",
        "@id",
        "https://openvex.dev/ns",
        "statements",
        "vulnerability",
        "name",
        "products",
        "status",
        "affected",
        "not_affected",
        "subcomponents",
        "hashes",
        "sha-256",
        "identifiers",
        "purl",
        "pkg:pypi/a@1",
        "aliases",
        "timestamp",
        "document",
        "csaf_version",
        "2.0",
        "product_tree",
        "branches",
        "product",
        "product_id",
        "p",
        "full_product_names",
        "relationships",
        "full_product_name",
        "product_reference",
        "relates_to_product_reference",
        "vulnerabilities",
        "product_status",
        "known_affected",
        "fixed",
        "flags",
        "label",
        "group_ids",
        "product_ids",
        "cve",
        "bomFormat",
        "CycloneDX",
        "components",
        "bom-ref",
        "affects",
        "ref",
        "versions",
        "version",
        "range",
        "vers:pypi/<1",
        "analysis",
        "state",
        "exploitable",
        "metadata",
        "component",
        "services",
        "serialNumber",
        "urn:cdx:1/1#a",
        "",
    ];
    let word = prop::sample::select(words.to_vec());
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        word.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 128, 8, move |inner| {
        let members = prop::collection::vec((word.clone(), inner.clone()), 0..8);
        prop_oneof![
            prop::collection::vec(inner, 0..8).prop_map(Value::Array),
            members.prop_map(|members| {
                Value::Object(
                    members
                        .into_iter()
                        .map(|(k, v)| (k.to_owned(), v))
                        .collect(),
                )
            }),
        ]
    })
}

proptest! {
    #[test]
    fn no_document_makes_a_reader_panic(
        parts in prop::collection::vec(anything(), 6),
    ) {
        let head = json!({"csaf_version": "2.0", "tracking": parts[0]});
        let statements = json!([parts[0], {"vulnerability": parts[1], "status": "fixed",
            "products": parts[2]}, {"vulnerability": "a", "status": "fixed",
            "products": [parts[3]], "subcomponents": [parts[4]]}]);
        for value in [
            parts[5].clone(),
            json!({"@context": "https://openvex.dev/ns", "statements": statements}),
            json!({"document": head, "product_tree": parts[1], "vulnerabilities": [parts[2],
                {"cve": "a", "product_status": parts[3], "flags": [parts[4]]}]}),
            json!({"document": head, "product_tree": {"branches": [parts[1]],
                "relationships": [parts[2]], "product_groups": [parts[4]]}, "vulnerabilities": [
                {"cve": "a", "product_status": {"fixed": ["p", parts[3]]}}]}),
            json!({"bomFormat": "CycloneDX", "metadata": parts[0], "components": [parts[1]],
                "vulnerabilities": [parts[2], {"id": "a", "analysis": parts[3],
                "affects": [parts[4], {"ref": "p", "versions": [parts[5]]}]}]}),
        ] {
            let Ok(document) = read(&value) else { continue };
            let again = read(&value).unwrap();
            prop_assert_eq!(document.statements(), again.statements());
            let candidate = purl("pkg:pypi/a@1").with_bom_ref("p").with_bom_serial(SERIAL);
            for statement in document.statements() {
                let _ = statement.product().matches(&candidate);
                prop_assert!(value.pointer(statement.pointer()).is_some());
            }
            for warning in document.warnings() {
                warning.to_string();
            }
        }
    }

    #[test]
    fn the_order_of_statements_does_not_matter(
        statements in prop::collection::vec((prop::option::of(1..4_u8), 0..4_usize), 1..8),
        turn in any::<prop::sample::Index>(),
    ) {
        let statuses = ["affected", "fixed", "not_affected", "under_investigation"];
        let documents: Vec<_> =
            statements.iter().map(|(day, status)| statement(*day, statuses[*status])).collect();
        let all: Vec<_> = documents.iter().flat_map(VexDocument::statements).collect();
        let mut turned = all.clone();
        turned.rotate_left(turn.index(all.len()));
        turned.reverse();
        let (one, other) = (newest(all), newest(turned));
        prop_assert_eq!(one.len(), 1);
        prop_assert_eq!(one[0], other[0]);
    }
}
