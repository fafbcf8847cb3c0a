use modelward_artifact::{Digest, JsonLimits};
use modelward_audit::{Lineage, ModelEvidence, PolicyAnswer, PolicyRule, ReleaseFacts};
use modelward_bom::MlBom;
use modelward_graph::NodeKind;
use modelward_graph::advisory::{Advisory, AdvisorySet};
use modelward_graph::vex::VexDocument;
use modelward_rmf::PhaseDecision;
use serde_json::{Value, json};

use super::{by, finds, never};
use crate::road::now;

fn root() -> Digest {
    Digest::sha256(b"files")
}

/// A model that is made of whatever is given.
fn bom(model: &Value, components: &Value, needs: &[&str]) -> MlBom {
    let mut component = json!({
        "type": "machine-learning-model",
        "bom-ref": "model",
        "name": "model",
        "properties": [{"name": "modelward:manifest:root", "value": root().to_string()}],
    });
    for (name, value) in model.as_object().unwrap() {
        component[name] = value.clone();
    }
    let document = json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "metadata": {"component": component},
        "components": components,
        "dependencies": [{"ref": "model", "dependsOn": needs}],
    });
    MlBom::from_value(document).unwrap()
}

/// A model that is trained on one data set.
fn trained_on(data: &Value, license: &str) -> MlBom {
    let mut component = json!({"type": "data", "bom-ref": "data", "name": "data"});
    for (name, value) in data.as_object().unwrap() {
        component[name] = value.clone();
    }
    let card = json!({"modelParameters": {"datasets": [{"ref": "data"}]}});
    let model = json!({"modelCard": card, "licenses": [{"license": {"id": license}}]});
    bom(&model, &json!([component]), &["data"])
}

fn facts(bom: &MlBom) -> ReleaseFacts {
    let lineage = Lineage::of(bom).unwrap();
    let evidence = ModelEvidence::new("model", root());
    ReleaseFacts::of(&evidence.with_lineage(&lineage), now())
}

#[test]
fn a_data_set_of_which_nobody_knows_anything_is_a_gap_and_can_be_exchanged() {
    let facts = facts(&trained_on(&json!({}), "MIT"));
    let expected = [
        ("policy.lineage.unknown_origin", "data"),
        ("policy.lineage.unpinned", "data"),
    ];
    finds("lineage", PolicyRule::Lineage, &facts, &expected);
    never(
        "lineage",
        PolicyRule::Lineage,
        &facts,
        "policy.lineage.no_material",
    );
    finds(
        "licenses",
        PolicyRule::Licenses,
        &facts,
        &[("policy.licenses.none_stated", "data")],
    );
}

#[test]
fn a_data_set_with_supplier_digest_and_license_is_whole() {
    let data = json!({
        "supplier": {"name": "Acme"},
        "hashes": [{"alg": "SHA-256", "content": Digest::sha256(b"data").to_hex()}],
        "licenses": [{"license": {"id": "MIT"}}],
    });
    let facts = facts(&trained_on(&data, "MIT"));
    for member in ["lineage", "licenses"] {
        let report = by(member, &facts);
        assert_eq!(report.decision(), PhaseDecision::Go, "{report}");
    }
}

#[test]
fn a_model_that_is_made_of_nothing_and_a_part_of_nothing_are_gaps() {
    let stray = json!([{"type": "library", "name": "torch", "bom-ref": "torch",
        "purl": "pkg:pypi/torch@2.4.0"}]);
    let facts = facts(&bom(&json!({}), &stray, &[]));
    let expected = [
        ("policy.lineage.no_material", "model"),
        ("policy.lineage.unconnected", "pkg:pypi/torch@2.4.0"),
    ];
    finds("lineage", PolicyRule::Lineage, &facts, &expected);
}

#[test]
fn a_lineage_of_other_files_contradicts() {
    let lineage = Lineage::of(&trained_on(&json!({}), "MIT")).unwrap();
    let evidence = ModelEvidence::new("model", Digest::sha256(b"other"));
    let facts = ReleaseFacts::of(&evidence.with_lineage(&lineage), now());
    let expected = [("policy.lineage.other_files", "model")];
    finds("lineage", PolicyRule::Lineage, &facts, &expected);
}

#[test]
fn a_license_that_the_model_does_not_pass_on_conflicts() {
    let data = json!({"licenses": [{"license": {"id": "CC-BY-NC-4.0"}}]});
    let base = json!({"type": "machine-learning-model", "bom-ref": "base", "name": "base",
        "licenses": [{"license": {"id": "CC-BY-NC-4.0"}}]});
    let model = json!({"pedigree": {"ancestors": [base]},
        "licenses": [{"license": {"id": "MIT"}}]});
    let facts_of_base = facts(&bom(&model, &json!([]), &[]));
    let expected = [("policy.licenses.conflict", "base")];
    finds("licenses", PolicyRule::Licenses, &facts_of_base, &expected);
    let same = facts(&trained_on(&data, "CC-BY-NC-4.0"));
    never(
        "licenses",
        PolicyRule::Licenses,
        &same,
        "policy.licenses.conflict",
    );
}

const ADVISORY: &str = r#"{"id": "CVE-2022-45907", "affected": [{
    "package": {"ecosystem": "PyPI", "name": "torch"},
    "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.13.1"}]}]}]}"#;

const VEX: &str = r#"{"@context": "https://openvex.dev/ns/v0.2.0",
    "timestamp": "2026-01-01T00:00:00Z",
    "statements": [{"vulnerability": {"name": "CVE-2022-45907"}, "status": "STATUS",
        "justification": "vulnerable_code_not_in_execute_path",
        "products": [{"@id": "pkg:pypi/torch@1.13.0"}]}]}"#;

fn needing(purl: &str) -> MlBom {
    let name = purl.rsplit('/').next().unwrap().split('@').next().unwrap();
    let library = json!([{"type": "library", "name": name, "bom-ref": "needed", "purl": purl}]);
    bom(&json!({}), &library, &["needed"])
}

fn advised(bom: &MlBom, vex: Option<&str>) -> ReleaseFacts {
    let limits = JsonLimits::default();
    let lineage = Lineage::of(bom).unwrap();
    let advisories = AdvisorySet::new([Advisory::read(ADVISORY.as_bytes(), &limits).unwrap()]);
    let exposures = lineage.graph().exposures(&advisories);
    let impact = exposures.impact(NodeKind::Model);
    let vex = vex.map(|status| VEX.replace("STATUS", status));
    let vex = vex.map(|text| VexDocument::read(text.as_bytes(), &limits).unwrap());
    let triage = impact.with_vex(vex.iter().flat_map(VexDocument::statements));
    let evidence = ModelEvidence::new("model", root())
        .with_lineage(&lineage)
        .with_advisories(&triage)
        .with_exposures(&exposures);
    ReleaseFacts::of(&evidence, now())
}

#[test]
fn an_advisory_is_open_cleared_or_unknown_and_what_was_not_looked_up_is_said() {
    let rule = PolicyRule::Advisories;
    let cases = [
        (
            "pkg:pypi/torch@1.13.0",
            None,
            PolicyAnswer::Fail,
            "policy.advisories.open",
        ),
        (
            "pkg:pypi/torch@1.13.0",
            Some("not_affected"),
            PolicyAnswer::Pass,
            "policy.advisories.vex",
        ),
        (
            "pkg:pypi/torch@1.13.0",
            Some("under_investigation"),
            PolicyAnswer::Fail,
            "policy.advisories.open",
        ),
        (
            "pkg:pypi/torch@2.4.0",
            None,
            PolicyAnswer::Pass,
            "policy.advisories.seen",
        ),
        (
            "pkg:pypi/torch",
            None,
            PolicyAnswer::CannotTell,
            "policy.advisories.unknown",
        ),
        (
            "pkg:npm/pad@1.0",
            None,
            PolicyAnswer::Condition,
            "policy.advisories.not_evaluated",
        ),
    ];
    for (purl, vex, answer, code) in cases {
        let facts = advised(&needing(purl), vex);
        let report = by("advisories", &facts);
        assert_eq!(
            report.rule(rule).unwrap().answer(),
            answer,
            "{purl}: {report}"
        );
        let reasons = report.rule(rule).unwrap().reasons().iter();
        let mut codes = reasons.map(|reason| reason.finding().code());
        assert!(codes.any(|it| it == code), "{purl}: {code}: {report}");
    }
}

#[test]
fn advisories_that_were_judged_for_something_else_say_nothing() {
    let bom = needing("pkg:pypi/torch@1.13.0");
    let lineage = Lineage::of(&bom).unwrap();
    let advisories = AdvisorySet::new([]);
    let exposures = lineage.graph().exposures(&advisories);
    let impact = exposures.impact(NodeKind::Container);
    let triage = impact.with_vex([]);
    let evidence = ModelEvidence::new("model", root()).with_lineage(&lineage);
    let facts = ReleaseFacts::of(&evidence.with_advisories(&triage), now());
    let report = by("advisories", &facts);
    assert_eq!(report.decision(), PhaseDecision::CannotTell, "{report}");
}
