use modelward_incident::export::cyclonedx::{CycloneDxRequest, vex};
use modelward_incident::export::vex::{BomId, VexProblem};
use modelward_incident::{
    AssetKind, AssetRef, Compromise, Determination, EventKind, IncidentKind, Tlp,
};
use serde_json::{Value, json};

use super::case::{Case, asset, labelled, purl, slug, whole};
use super::official;
use crate::text;

pub(crate) fn request() -> CycloneDxRequest {
    let issued = "2026-11-24T09:00:00Z".parse().unwrap();
    CycloneDxRequest::new("Acme AI", issued, 2).unwrap()
}

fn full() -> CycloneDxRequest {
    let bom = BomId::new("3e671687-395b-41f5-a30f-a58921a69b79", 1).unwrap();
    request()
        .with_url("https://acme.example/incidents/7")
        .unwrap()
        .with_bom(bom)
}

fn written(case: &Case, level: Tlp, request: &CycloneDxRequest) -> Value {
    let export = vex(&case.released(level), request).unwrap();
    serde_json::from_slice(&export.document().to_json().unwrap()).unwrap()
}

#[test]
fn documents_are_valid_by_the_official_schema() {
    let Some(schema) = official::cyclonedx() else {
        return;
    };
    for level in Tlp::ALL {
        for case in [whole(), labelled()] {
            official::assert_valid(&schema, &written(&case, level, &request()));
            official::assert_valid(&schema, &written(&case, level, &full()));
        }
    }
}

/// The states of analysis, and what each one affects.
fn states(document: &Value) -> Vec<(&str, Vec<&str>)> {
    let vulnerabilities = document["vulnerabilities"].as_array().unwrap();
    let states = vulnerabilities.iter().map(|it| {
        let affects = it["affects"].as_array().unwrap().iter();
        let affects = affects.map(|it| it["ref"].as_str().unwrap());
        (it["analysis"]["state"].as_str().unwrap(), affects.collect())
    });
    states.collect()
}

#[test]
fn there_is_a_vulnerability_for_each_state() {
    let document = written(&whole(), Tlp::Clear, &request());
    assert_eq!(
        states(&document),
        [
            ("exploitable", vec!["pkg:huggingface/acme/scorer@4f2c"]),
            ("in_triage", vec!["pkg:oci/serve@sha256:00ff", "the rows"]),
            (
                "not_affected",
                vec!["pkg:cargo/tokenizers@0.20.0", "pkg:pypi/tokenizers@0.20"]
            ),
            ("resolved", vec!["rollback:weights"]),
        ]
    );
    let exploitable = &document["vulnerabilities"][0];
    assert_eq!(
        exploitable["analysis"]["response"],
        json!(["rollback", "workaround_available"])
    );
    assert_eq!(exploitable["cwes"], json!([20, 1039]));
    assert_eq!(exploitable["ratings"][0]["severity"], "high");
    let recommendation = exploitable["recommendation"].as_str().unwrap();
    assert!(recommendation.starts_with("weights 1.2 (model): Go back to weights, version 1.1"));
    let workaround = "weights 1.2 (model): Containment, done: Taken out of serving.";
    assert_eq!(exploitable["workaround"], workaround);
    assert_eq!(document["vulnerabilities"][2].get("workaround"), None);
}

#[test]
fn every_reference_is_a_component_or_a_link() {
    for request in [request(), full()] {
        let document = written(&whole(), Tlp::Clear, &request);
        let components = document["components"].as_array().unwrap();
        let refs: Vec<_> = components
            .iter()
            .map(|it| it["bom-ref"].as_str().unwrap())
            .collect();
        let is_unique = refs
            .iter()
            .all(|one| refs.iter().filter(|other| *other == one).count() == 1);
        assert!(is_unique, "{refs:?}");
        for (_, affects) in states(&document) {
            for target in affects {
                assert!(
                    refs.contains(&target) || target.starts_with("urn:cdx:"),
                    "{target}"
                );
            }
        }
    }
    let linked = written(&whole(), Tlp::Clear, &full());
    let rows = "urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/1#the%20rows";
    assert!(states(&linked)[1].1.contains(&rows));
}

#[test]
fn two_assets_with_one_package_url_are_two_components() {
    let mut case = Case::new(IncidentKind::DriftData);
    for id in ["a", "b"] {
        let code = asset(id, AssetKind::Code, Compromise::Confirmed);
        case.asset(code.with_ref(purl("pkg:pypi/x@1")));
    }
    let document = written(&case, Tlp::Clear, &request());
    assert_eq!(states(&document)[0].1, ["pkg:pypi/x@1", "pkg:pypi/x@1#2"]);
}

#[test]
fn what_was_cleared_in_a_false_positive_is_one() {
    let mut case = Case::new(IncidentKind::DriftData);
    let code = asset("a", AssetKind::Code, Compromise::Cleared);
    case.asset(code.with_ref(purl("pkg:pypi/x@1")));
    case.add(EventKind::Determined {
        to: Determination::FalsePositive,
        reason: text("nothing there"),
    });
    let document = written(&case, Tlp::Clear, &request());
    assert_eq!(states(&document)[0].0, "false_positive");
}

#[test]
fn notes_and_the_review_are_annotations() {
    let document = written(&whole(), Tlp::Clear, &request());
    let annotations = &document["annotations"];
    assert_eq!(annotations[0]["text"], "The shard is kept.");
    assert_eq!(
        annotations[0]["annotator"]["individual"]["name"],
        "Jo Example"
    );
    assert_eq!(
        annotations[1]["text"],
        "Data need an owner.\nWent well: The canary sang.\nAction: Close the bucket."
    );
    assert_eq!(
        annotations[1]["annotator"]["organization"]["name"],
        "Acme AI"
    );
    assert_eq!(annotations[0]["subjects"].as_array().unwrap().len(), 4);
}

#[test]
fn assets_that_nothing_can_point_at_are_refused_all_at_once() {
    let mut case = Case::new(IncidentKind::DriftData);
    for id in ["a", "b", "c"] {
        case.asset(asset(id, AssetKind::Model, Compromise::Confirmed));
    }
    let named = asset("b", AssetKind::Model, Compromise::Confirmed);
    case.asset(named.with_ref(AssetRef::bom_ref("here").unwrap()));
    let error = vex(&case.released(Tlp::Clear), &request()).unwrap_err();
    let without = |id| VexProblem::NoBomRef { asset: slug(id) };
    assert_eq!(error.problems, [without("a"), without("c")]);
    assert_eq!(
        error.to_string(),
        "cannot write the incident as CycloneDX: asset `a` has neither a bom-ref nor a package \
         url; asset `c` has neither a bom-ref nor a package url"
    );
}

#[test]
fn the_same_record_and_request_give_the_same_bytes() {
    let export = || vex(&whole().released(Tlp::Red), &full()).unwrap();
    let bytes = export().document().to_json().unwrap();
    assert_eq!(bytes, export().document().to_json().unwrap());
    let serial = export().document().serial_number().to_owned();
    let other = vex(&labelled().released(Tlp::Red), &request()).unwrap();
    assert_eq!(serial, other.document().serial_number());
}
