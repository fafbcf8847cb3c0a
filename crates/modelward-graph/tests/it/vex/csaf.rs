use std::collections::BTreeMap;

use modelward_artifact::Digest;
use modelward_graph::vex::{BomPlace, Justification, Match, MatchDoubt, VexFormat, VexStatus};
use serde_json::{Value, json};

use super::{SERIAL, csaf, csaf_about, only, purl, warnings};

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
