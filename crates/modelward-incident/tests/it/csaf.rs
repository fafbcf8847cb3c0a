//! Advisories in CSAF 2.0 and 2.1.

mod property;
mod request;

use modelward_incident::export::LossStatus;
use modelward_incident::export::csaf::{
    CsafPublisher, CsafPublisherCategory, CsafRequest, CsafRevision, CsafStatus, CsafTracking,
    CsafVersion, CsafWeakness, advisory,
};
use modelward_incident::export::vex::{BomId, VexJustification, VexProblem};
use modelward_incident::{AssetKind, Compromise, IncidentKind, Tlp};
use serde_json::{Value, json};

use crate::vex::case::{Case, asset, labelled, purl, slug, whole};
use crate::vex::official;

pub(crate) fn request(version: CsafVersion) -> CsafRequest {
    let vendor = CsafPublisherCategory::Vendor;
    let publisher = CsafPublisher::new(vendor, "Acme AI", "https://acme.example").unwrap();
    let revision = |number: &str, at: &str| {
        CsafRevision::new(number.parse().unwrap(), at.parse().unwrap(), "News.").unwrap()
    };
    let revisions = vec![
        revision("1", "2026-11-24T09:00:00Z"),
        revision("2", "2026-11-25T09:00:00Z"),
    ];
    let tracking = CsafTracking::new("ACME-2026-7", CsafStatus::Final, revisions).unwrap();
    CsafRequest::new(version, publisher, tracking)
}

fn full(version: CsafVersion) -> CsafRequest {
    let bom = BomId::new("3e671687-395b-41f5-a30f-a58921a69b79", 1).unwrap();
    let weakness = |id, name| CsafWeakness::new(id, name, "4.17").unwrap();
    let cpe = "cpe:2.3:a:acme:scorer:1.2:*:*:*:*:*:*:*";
    request(version)
        .with_language("en")
        .unwrap()
        .with_site("https://acme.example/csaf/")
        .unwrap()
        .with_reference("Notice to customers", "https://acme.example/notice")
        .unwrap()
        .with_weakness(weakness(20, "Improper Input Validation"))
        .with_weakness(weakness(
            1039,
            "Inadequate Detection or Handling of Adversarial Input Perturbations in Automated \
             Recognition Mechanism",
        ))
        .with_bom(bom)
        .with_cpe(slug("weights"), cpe)
        .unwrap()
        .with_justification(
            slug("tokenizer"),
            VexJustification::VulnerableCodeNotPresent,
        )
        .with_justification(slug("weights"), VexJustification::ComponentNotPresent)
}

fn written(case: &Case, level: Tlp, request: &CsafRequest) -> Value {
    let export = advisory(&case.released(level), request).unwrap();
    serde_json::from_slice(&export.document().to_json().unwrap()).unwrap()
}

#[test]
fn documents_are_valid_by_the_official_schemas() {
    for version in CsafVersion::ALL {
        let Some(schema) = official::csaf(version.name()) else {
            return;
        };
        for level in Tlp::ALL {
            for case in [whole(), labelled()] {
                official::assert_valid(&schema, &written(&case, level, &request(version)));
                official::assert_valid(&schema, &written(&case, level, &full(version)));
            }
        }
    }
}

#[test]
fn the_label_is_that_of_the_release_in_the_words_of_the_version() {
    for (level, old, new) in [
        (Tlp::Clear, "WHITE", "CLEAR"),
        (Tlp::Green, "GREEN", "GREEN"),
        (Tlp::Amber, "AMBER", "AMBER"),
        (Tlp::AmberStrict, "AMBER", "AMBER+STRICT"),
        (Tlp::Red, "RED", "RED"),
    ] {
        let of = |version| {
            let document = written(&whole(), level, &request(version));
            document["document"]["distribution"].clone()
        };
        let (old_text, new_text) = (of(CsafVersion::V2_0), of(CsafVersion::V2_1));
        assert_eq!(old_text["tlp"]["label"], old);
        assert_eq!(new_text["tlp"]["label"], new);
        assert_eq!(old_text.get("text").is_some(), level == Tlp::AmberStrict);
        assert_eq!(new_text.get("text"), None);
    }
}

#[test]
fn every_product_has_the_status_that_the_record_gives_it() {
    for version in CsafVersion::ALL {
        let document = written(&whole(), Tlp::Clear, &full(version));
        let vulnerability = &document["vulnerabilities"][0];
        let mut expected = json!({
            "fixed": ["rollback:weights"],
            "known_affected": ["asset:weights"],
            "known_not_affected": ["asset:tokenizer"],
            "recommended": ["rollback:weights"],
            "under_investigation": ["asset:eu/service", "asset:rows"],
        });
        if version == CsafVersion::V2_1 {
            expected["under_investigation"] = json!(["asset:rows"]);
            expected["unknown"] = json!(["asset:eu/service"]);
        }
        assert_eq!(vulnerability["product_status"], expected);
        let flags = json!([{
            "label": "vulnerable_code_not_present",
            "product_ids": ["asset:tokenizer"],
        }]);
        assert_eq!(vulnerability["flags"], flags);
        let remediations = vulnerability["remediations"].as_array().unwrap();
        let remediations: Vec<_> = remediations
            .iter()
            .map(|it| (it["category"].as_str().unwrap(), &it["product_ids"][0]))
            .collect();
        assert_eq!(
            remediations,
            [
                ("none_available", &json!("asset:eu/service")),
                ("none_available", &json!("asset:rows")),
                ("mitigation", &json!("asset:weights")),
                ("mitigation", &json!("asset:weights")),
            ]
        );
        let details = &vulnerability["remediations"][2]["details"];
        let details = details.as_str().unwrap();
        assert!(details.starts_with("Go back to weights, version 1.1, sha256:"));
        assert!(details.ends_with("\n1. Load version 1.1."), "{details}");
    }
}

#[test]
fn the_versions_differ_where_the_standard_does() {
    let old = written(&whole(), Tlp::Clear, &full(CsafVersion::V2_0));
    let new = written(&whole(), Tlp::Clear, &full(CsafVersion::V2_1));
    assert_eq!(old.get("$schema"), None);
    assert!(new["$schema"].as_str().unwrap().contains("/v2.1/"));
    let helper = |document: &Value, path: &str| {
        let place = format!("{path}/product/product_identification_helper");
        document.pointer(&place).unwrap().clone()
    };
    // In the order of the record: `eu/service`, `rows`, `tokenizer`, `weights`.
    let tokenizer = "/product_tree/branches/0/branches/2";
    assert_eq!(
        helper(&old, tokenizer)["purl"],
        "pkg:cargo/tokenizers@0.20.0"
    );
    assert_eq!(
        helper(&new, tokenizer)["purls"],
        json!(["pkg:cargo/tokenizers@0.20.0", "pkg:pypi/tokenizers@0.20"])
    );
    assert_eq!(old["vulnerabilities"][0]["cwe"]["id"], "CWE-20");
    let cwes = &new["vulnerabilities"][0]["cwes"];
    assert_eq!(
        (&cwes[0]["version"], &cwes[1]["id"]),
        (&json!("4.17"), &json!("CWE-1039"))
    );
    let rows = helper(&old, "/product_tree/branches/0/branches/1");
    assert_eq!(
        rows["x_generic_uris"][0]["uri"],
        "urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/1#the%20rows"
    );
    let hashes = rows["hashes"].as_array().unwrap();
    let counts: Vec<_> = hashes
        .iter()
        .map(|file| file["file_hashes"].as_array().unwrap().len())
        .collect();
    assert_eq!(
        counts,
        [2, 1],
        "no two digests of one algorithm stand together"
    );
}

#[test]
fn references_and_ids_come_from_links() {
    let document = written(&whole(), Tlp::Clear, &full(CsafVersion::V2_0));
    let references = document["document"]["references"].as_array().unwrap();
    let references: Vec<_> = references
        .iter()
        .map(|it| {
            (
                it["category"].as_str().unwrap(),
                it["url"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        references,
        [
            ("self", "https://acme.example/csaf/acme-2026-7.json"),
            ("external", "https://acme.example/notice"),
            ("external", "https://example.org/report"),
            (
                "external",
                "https://www.cve.org/CVERecord?id=CVE-2026-12345"
            ),
        ]
    );
    let vulnerability = &document["vulnerabilities"][0];
    assert_eq!(
        vulnerability.get("cve"),
        None,
        "a cause is not the incident"
    );
    assert_eq!(
        vulnerability["ids"],
        json!([
            {"system_name": "Acme AI", "text": "INC-2026-7"},
            {"system_name": "AIID", "text": "541"},
        ])
    );
    let text = document.to_string();
    assert!(text.contains("Related INC-2025-3"), "{text}");
}

#[test]
fn the_same_record_and_request_give_the_same_sorted_bytes() {
    for version in CsafVersion::ALL {
        let export = || advisory(&whole().released(Tlp::Amber), &full(version)).unwrap();
        let bytes = export().document().to_json().unwrap();
        assert_eq!(bytes, export().document().to_json().unwrap());
        let value: Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(bytes, modelward_artifact::json::pretty(&value).unwrap());
        assert_eq!(export().document().file_name(), "acme-2026-7.json");
    }
}

#[test]
fn what_the_document_needs_is_asked_for_all_at_once() {
    let nothing = Case::new(IncidentKind::DriftData).released(Tlp::Clear);
    let error = advisory(&nothing, &request(CsafVersion::V2_0)).unwrap_err();
    assert_eq!(
        error.problems,
        [VexProblem::NoProduct, VexProblem::NoReference]
    );
    assert_eq!(
        error.to_string(),
        "cannot write the incident as CSAF: no affected asset is recorded; no external reference \
         is given or linked"
    );
    let mut case = Case::new(IncidentKind::DriftData);
    let bad = ["pkg:a", "pkg:2b/c", "pkg:/c"];
    for (index, text) in bad.into_iter().enumerate() {
        let id = format!("asset-{index}");
        case.asset(asset(&id, AssetKind::Model, Compromise::Confirmed).with_ref(purl(text)));
    }
    let error = advisory(&case.released(Tlp::Clear), &full(CsafVersion::V2_1)).unwrap_err();
    let asset = |index| VexProblem::Purl {
        asset: slug(&format!("asset-{index}")),
    };
    assert_eq!(error.problems, [asset(0), asset(1), asset(2)]);
}

#[test]
fn each_field_that_holds_something_has_one_row() {
    let released = whole().released(Tlp::AmberStrict);
    let status = |request: &CsafRequest, field: &str| {
        let export = advisory(&released, request).unwrap();
        let rows = export.losses().iter().filter(|row| row.field == field);
        let rows: Vec<_> = rows.map(|row| row.status).collect();
        assert_eq!(rows.len(), 1, "{field}");
        rows[0]
    };
    let (old, new) = (full(CsafVersion::V2_0), full(CsafVersion::V2_1));
    for (field, in_old, in_new) in [
        ("title", LossStatus::Direct, LossStatus::Direct),
        ("tlp", LossStatus::Approximate, LossStatus::Direct),
        ("cwes", LossStatus::Partial, LossStatus::Direct),
        (
            "assets/rows/version",
            LossStatus::Approximate,
            LossStatus::Approximate,
        ),
        (
            "assets/weights/version",
            LossStatus::Direct,
            LossStatus::Direct,
        ),
        (
            "assets/tokenizer/refs",
            LossStatus::Partial,
            LossStatus::Direct,
        ),
        (
            "assets/eu/service/refs",
            LossStatus::Direct,
            LossStatus::Direct,
        ),
        (
            "recoveries/weights",
            LossStatus::Partial,
            LossStatus::Partial,
        ),
        ("timeline", LossStatus::Unmapped, LossStatus::Unmapped),
    ] {
        assert_eq!(status(&old, field), in_old, "{field}");
        assert_eq!(status(&new, field), in_new, "{field}");
    }
    assert_eq!(
        status(&request(CsafVersion::V2_1), "assets/rows/refs"),
        LossStatus::Partial,
        "nobody said which bill the bom-ref is in"
    );
    assert_eq!(
        status(&request(CsafVersion::V2_1), "cwes"),
        LossStatus::Partial
    );
}
