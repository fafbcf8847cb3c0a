use modelward_artifact::Digest;
use modelward_graph::vex::{
    BomPlace, Justification, Match, MatchDoubt, VersionScope, VexStatement, VexStatus,
};
use serde_json::{Value, json};

use super::{SERIAL, cyclonedx, cyclonedx_about, only, purl, read, warnings};

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
