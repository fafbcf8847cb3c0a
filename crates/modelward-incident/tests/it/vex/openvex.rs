use modelward_artifact::{Digest, DigestAlgorithm};
use modelward_incident::export::openvex::{OpenVexRequest, document};
use modelward_incident::export::vex::{BomId, VexJustification, VexProblem};
use modelward_incident::{AssetKind, AssetRef, Compromise, IncidentKind, Tlp};
use serde_json::{Value, json};

use super::case::{Case, asset, labelled, purl, slug, whole};
use super::official;

pub(crate) fn request() -> OpenVexRequest {
    let issued = "2026-11-24T09:00:00Z".parse().unwrap();
    OpenVexRequest::new("security@acme.example", issued, 2).unwrap()
}

fn full() -> OpenVexRequest {
    let bom = BomId::new("3e671687-395b-41f5-a30f-a58921a69b79", 1).unwrap();
    let later = "2026-11-25T09:00:00Z".parse().unwrap();
    request()
        .with_base("https://acme.example/vex/")
        .unwrap()
        .with_role("Incident response")
        .unwrap()
        .with_last_change(later)
        .unwrap()
        .with_bom(bom)
        .with_justification(
            slug("tokenizer"),
            VexJustification::VulnerableCodeNotPresent,
        )
}

fn written(case: &Case, level: Tlp, request: &OpenVexRequest) -> Value {
    let export = document(&case.released(level), request).unwrap();
    serde_json::from_slice(&export.document().to_json().unwrap()).unwrap()
}

fn statements(document: &Value) -> &[Value] {
    document["statements"].as_array().unwrap()
}

#[test]
fn documents_are_valid_by_the_official_schema() {
    let Some(schema) = official::openvex() else {
        return;
    };
    for level in Tlp::ALL {
        for case in [whole(), labelled(), digests_alone()] {
            official::assert_valid(&schema, &written(&case, level, &request()));
            official::assert_valid(&schema, &written(&case, level, &full()));
        }
    }
}

#[test]
fn every_asset_has_a_statement_with_what_its_status_needs() {
    let document = written(&whole(), Tlp::Clear, &full());
    let members = ["action_statement", "impact_statement", "justification"];
    let found: Vec<_> = statements(&document)
        .iter()
        .map(|it| {
            let id = it["@id"].as_str().unwrap().rsplit_once('#').unwrap().1;
            let has = members.map(|member| it.get(member).is_some());
            (id, it["status"].as_str().unwrap(), has)
        })
        .collect();
    assert_eq!(
        found,
        [
            ("asset:eu/service", "under_investigation", [false; 3]),
            ("asset:rows", "under_investigation", [false; 3]),
            ("asset:tokenizer", "not_affected", [false, true, true]),
            ("asset:weights", "affected", [true, false, false]),
            ("rollback:weights", "fixed", [false; 3]),
        ]
    );
    let vulnerability = json!({
        "name": "INC-2026-7",
        "description": "Poisoned scorer",
        "aliases": ["AIID:541"],
    });
    assert_eq!(statements(&document)[0]["vulnerability"], vulnerability);
    let hex = Digest::sha256(b"weights").to_hex();
    let purl = "pkg:huggingface/acme/scorer@4f2c";
    let product = json!({"@id": purl, "identifiers": {"purl": purl}, "hashes": {"sha-256": hex}});
    assert_eq!(statements(&document)[3]["products"], json!([product]));
    let frozen = statements(&document)[1]["status_notes"].as_str().unwrap();
    assert!(
        frozen.ends_with("Containment, ordered: Frozen."),
        "{frozen}"
    );
}

#[test]
fn an_affected_asset_without_a_remedy_has_an_action_all_the_same() {
    let mut case = Case::new(IncidentKind::DriftData);
    let weights = asset("weights", AssetKind::Model, Compromise::Confirmed);
    case.asset(weights.with_ref(purl("pkg:pypi/a@1")));
    let document = written(&case, Tlp::Clear, &request());
    assert_eq!(
        statements(&document)[0]["action_statement"],
        "No remedy is recorded yet. Treat the asset as compromised."
    );
}

fn digests_alone() -> Case {
    let mut case = Case::new(IncidentKind::DriftData);
    let model = |id| asset(id, AssetKind::Model, Compromise::Suspected);
    let of = |algorithm| AssetRef::Digest(Digest::of(algorithm, b"abc"));
    case.asset(
        model("both")
            .with_ref(of(DigestAlgorithm::Sha256))
            .with_ref(of(DigestAlgorithm::Blake2b)),
    );
    case.asset(model("none"));
    case.asset(model("strange").with_ref(of(DigestAlgorithm::Blake3)));
    case
}

#[test]
fn what_has_digests_alone_is_named_by_them() {
    let document = written(&digests_alone(), Tlp::Clear, &request());
    let ids: Vec<_> = statements(&document)
        .iter()
        .map(|it| it["products"][0]["@id"].as_str().unwrap())
        .collect();
    // RFC 7693, Appendix A: the digest of `abc` begins with ba 80 a5 3f 98 1c.
    assert!(
        ids[0].starts_with("ni:///blake2b-512;uoClP5gc"),
        "{}",
        ids[0]
    );
    let hashes = &statements(&document)[0]["products"][0]["hashes"];
    assert_eq!(hashes.as_object().unwrap().len(), 2);
    assert!(ids[1].starts_with("urn:uuid:") && ids[2].starts_with("urn:uuid:"));
    assert_ne!(ids[1], ids[2]);
    let export = document_losses(&digests_alone());
    assert!(export.contains("no digest of BLAKE3"), "{export}");
}

fn document_losses(case: &Case) -> String {
    let export = document(&case.released(Tlp::Clear), &request()).unwrap();
    format!("{:?}", export.losses())
}

#[test]
fn the_id_stays_while_the_record_and_the_version_change() {
    let id = |case: &Case, request: &OpenVexRequest| {
        let export = document(&case.released(Tlp::Clear), request).unwrap();
        export.document().id().to_owned()
    };
    let issued = "2026-12-24T09:00:00Z".parse().unwrap();
    let later = OpenVexRequest::new("security@acme.example", issued, 3).unwrap();
    let first = id(&whole(), &request());
    assert!(first.starts_with("urn:uuid:"));
    assert_eq!(first, id(&digests_alone(), &later));
    let other = OpenVexRequest::new("cert@acme.example", issued, 3).unwrap();
    assert_ne!(first, id(&whole(), &other));
    let based = id(&whole(), &full());
    let uuid = first.strip_prefix("urn:uuid:").unwrap();
    assert_eq!(based, format!("https://acme.example/vex/{uuid}"));
}

#[test]
fn the_same_record_and_request_give_the_same_bytes() {
    let bytes = || {
        let export = document(&whole().released(Tlp::Red), &full()).unwrap();
        export.document().to_json().unwrap()
    };
    assert_eq!(bytes(), bytes());
}

#[test]
fn malformed_package_urls_and_times_are_refused() {
    let mut case = Case::new(IncidentKind::DriftData);
    let weights = asset("weights", AssetKind::Model, Compromise::Confirmed);
    case.asset(weights.with_ref(purl("pkg:pypi")));
    let error = document(&case.released(Tlp::Clear), &request()).unwrap_err();
    let weights = slug("weights");
    assert_eq!(error.problems, [VexProblem::Purl { asset: weights }]);
    let early = "2026-11-24T08:59:59Z".parse().unwrap();
    let error = request().with_last_change(early).unwrap_err();
    assert_eq!(error.code(), "incident.export.vex.time");
    for base in [
        "vex",
        "https://acme.example/#vex",
        "https://acme.example/?a",
    ] {
        assert!(request().with_base(base).is_err(), "{base}");
    }
}
