//! Whatever the assets are, the document holds together.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use jsonschema::Validator;
use modelward_artifact::{Digest, DigestAlgorithm};
use modelward_incident::export::csaf::{CsafVersion, advisory};
use modelward_incident::{AffectedAsset, AssetKind, AssetRef, Compromise, IncidentKind, Tlp};
use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};
use serde_json::Value;

use super::request;
use crate::text;
use crate::vex::case::{Case, purl, slug};
use crate::vex::official;

static SCHEMAS: LazyLock<[Option<Validator>; 2]> =
    LazyLock::new(|| CsafVersion::ALL.map(|version| official::csaf(version.name())));

type Parts = (usize, Compromise, Option<String>, Vec<AssetRef>, bool);

fn reference() -> impl Strategy<Value = AssetRef> {
    let algorithm = (0..DigestAlgorithm::ALL.len()).prop_map(|at| DigestAlgorithm::ALL[at]);
    let digest = (algorithm, any::<u8>());
    prop_oneof![
        digest.prop_map(|(algorithm, byte)| AssetRef::Digest(Digest::of(algorithm, &[byte]))),
        "[a-z]{1,3}@[0-9.a-z +é]{1,4}"
            .prop_filter("no blanks", |text| !text.contains(' '))
            .prop_map(|text| purl(&format!("pkg:pypi/{text}"))),
        "[a-z #/]{1,5}".prop_map(|text| AssetRef::bom_ref(&text).unwrap()),
    ]
}

fn parts() -> impl Strategy<Value = Parts> {
    let compromise = prop_oneof![
        Just(Compromise::Cleared),
        Just(Compromise::Confirmed),
        Just(Compromise::Suspected),
        Just(Compromise::Unknown),
    ];
    let version = proptest::option::of(prop_oneof![
        Just("1.0".to_owned()),
        Just("before 2".to_owned()),
        Just("<3".to_owned()),
        "[a-z0-9.<> ]{0,6}1",
    ]);
    let refs = proptest::collection::vec(reference(), 0..5);
    (0..3_usize, compromise, version, refs, any::<bool>())
}

fn case(assets: &[Parts]) -> Case {
    let mut case = Case::new(IncidentKind::DriftData);
    for (index, (name, compromise, version, refs, is_restored)) in assets.iter().enumerate() {
        let id = format!("asset-{index}");
        let name = text(&format!("name {name}"));
        let kind = AssetKind::ALL[index % AssetKind::ALL.len()];
        let mut asset = AffectedAsset::new(slug(&id), kind, name).with_compromise(*compromise);
        asset.version = version.as_deref().map(text);
        asset.refs.clone_from(refs);
        case.asset(asset);
        if *is_restored {
            case.restore(&id, "0.9");
        }
    }
    case
}

/// Lists the ids of all products that the tree defines.
fn defined(branches: &Value, ids: &mut Vec<String>) {
    for branch in branches.as_array().into_iter().flatten() {
        let id = branch["product"]["product_id"].as_str();
        ids.extend(id.map(str::to_owned));
        defined(&branch["branches"], ids);
    }
}

fn texts(list: &Value) -> impl Iterator<Item = String> {
    let list = list.as_array().into_iter().flatten();
    list.map(|it| it.as_str().unwrap().to_owned())
}

fn check(document: &Value) {
    let mut ids = Vec::new();
    defined(&document["product_tree"]["branches"], &mut ids);
    let known: BTreeSet<String> = ids.iter().cloned().collect();
    assert_eq!(known.len(), ids.len(), "no id is defined twice");

    let vulnerability = &document["vulnerabilities"][0];
    let status = vulnerability["product_status"].as_object().unwrap();
    let used: BTreeSet<String> = status.values().flat_map(texts).collect();
    assert_eq!(
        used, known,
        "what is defined is used, and the other way round"
    );

    let remediations = vulnerability["remediations"]
        .as_array()
        .into_iter()
        .flatten();
    let remedied: BTreeSet<String> = remediations
        .flat_map(|it| texts(&it["product_ids"]))
        .collect();
    let open = ["known_affected", "under_investigation", "unknown"];
    let open = open
        .iter()
        .filter_map(|list| status.get(*list))
        .flat_map(texts);
    assert_eq!(remedied, open.collect());
}

proptest! {
    #[test]
    fn ids_are_defined_once_and_open_products_have_a_remedy(
        assets in proptest::collection::vec(parts(), 1..6),
    ) {
        let released = case(&assets).released(Tlp::Clear);
        for version in CsafVersion::ALL {
            let request = request(version)
                .with_reference("Notice", "https://acme.example/notice")
                .unwrap();
            let export = advisory(&released, &request).unwrap();
            let bytes = export.document().to_json().unwrap();
            let document = serde_json::from_slice(&bytes).unwrap();
            check(&document);
            let schema = &SCHEMAS[usize::from(version == CsafVersion::V2_1)];
            if let Some(schema) = schema {
                official::assert_valid(schema, &document);
            }
        }
    }
}
