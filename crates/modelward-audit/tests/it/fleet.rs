//! Tests of many models as one supply chain.

mod conflicts;
mod gate;
mod properties;

use modelward_artifact::Digest;
use modelward_audit::fleet::{Fleet, FleetBuilder};
use modelward_audit::inventory::{Inventory, InventoryEntry, Material, MaterialRole};
use modelward_bom::MlBom;
use modelward_graph::{GraphLimits, NodeId, NodeRef};
use modelward_incident::AssetRef;
use serde_json::{Value, json};

use crate::inventory::{entry, id};

pub(crate) const DATA: &str = "pkg:huggingface/datasets/acme/reviews@1";
pub(crate) const BASE: &str = "pkg:huggingface/acme/base@1";

/// Makes an ML-BOM about a model; `more` adds or replaces members of the document.
pub(crate) fn bom(model: &Value, more: &Value) -> MlBom {
    let mut document = json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "metadata": {"component": model},
    });
    let members = document.as_object_mut().unwrap();
    members.extend(more.as_object().unwrap().clone());
    MlBom::from_value(document).unwrap()
}

pub(crate) fn model(name: &str, more: &Value) -> Value {
    let mut model = json!({"type": "machine-learning-model", "name": name, "bom-ref": "model"});
    let members = model.as_object_mut().unwrap();
    members.extend(more.as_object().unwrap().clone());
    model
}

pub(crate) fn fleet<'a>(boms: impl IntoIterator<Item = &'a (&'a str, MlBom)>) -> Fleet {
    let mut builder = FleetBuilder::default();
    for (name, bom) in boms {
        builder.add_bom(name, bom).unwrap();
    }
    builder.build().unwrap()
}

fn hit(fleet: &Fleet, asset: &AssetRef) -> Vec<(String, String)> {
    let radius = fleet.blast_radius(asset);
    let models = radius.models().iter();
    models
        .map(|it| (it.document().to_owned(), it.path().to_string()))
        .collect()
}

/// A base model with a dataset, and one that is derived from it.
fn two() -> [(&'static str, MlBom); 2] {
    let data = json!({"type": "data", "name": "reviews", "bom-ref": "data", "purl": DATA});
    let card = json!({"modelParameters": {"datasets": [{"ref": "data"}]}});
    let base = model("base", &json!({"purl": BASE, "modelCard": card}));
    let ancestor = json!({"type": "machine-learning-model", "name": "base", "purl": BASE});
    let tuned = model("tuned", &json!({"pedigree": {"ancestors": [ancestor]}}));
    [
        ("base.json", bom(&base, &json!({"components": [data]}))),
        ("tuned.json", bom(&tuned, &json!({}))),
    ]
}

#[test]
fn what_one_document_says_of_a_base_model_holds_for_what_is_derived_from_it() {
    let fleet = fleet(&two());
    assert_eq!(fleet.findings(), []);
    let documents: Vec<_> = fleet
        .models()
        .map(|(name, node)| (name, node.id()))
        .collect();
    assert_eq!(
        documents,
        [("base.json", BASE), ("tuned.json", "tuned.json#model")]
    );
    let chain = format!("tuned.json#model -derived from-> {BASE} -trained on-> {DATA}");
    let expected = [
        (
            "base.json".to_owned(),
            format!("{BASE} -trained on-> {DATA}"),
        ),
        ("tuned.json".to_owned(), chain.clone()),
    ];
    let data = AssetRef::purl(DATA).unwrap();
    assert_eq!(hit(&fleet, &data), expected);
    assert_eq!(
        fleet.blast_radius(&data).to_string(),
        format!(
            "{DATA}: reaches 2 models\n  base.json: {}\n  tuned.json: {chain}",
            expected[0].1
        ),
    );
    let lineage = fleet.lineage("tuned.json").unwrap().unwrap();
    assert_eq!(lineage.graph().node_count(), 3);
    let found = lineage.matching(&data);
    assert_eq!(
        found.iter().map(|node| node.id()).collect::<Vec<_>>(),
        [DATA]
    );
    let own = lineage.matching(&AssetRef::bom_ref("model").unwrap());
    assert_eq!(own[0].id(), "tuned.json#model");
    assert!(fleet.lineage("other.json").unwrap().is_none());
}

#[test]
fn an_asset_that_no_document_names_is_not_known() {
    let fleet = fleet(&two());
    for asset in [
        AssetRef::purl("pkg:huggingface/acme/other@1").unwrap(),
        AssetRef::bom_ref("other").unwrap(),
        AssetRef::Digest(Digest::sha256(b"other")),
    ] {
        let radius = fleet.blast_radius(&asset);
        assert!(!radius.is_known());
        assert_eq!(radius.to_string(), format!("{asset}: no document names it"));
    }
}

#[test]
fn a_bom_ref_is_all_that_documents_call_so() {
    let fleet = fleet(&two());
    let radius = fleet.blast_radius(&AssetRef::bom_ref("model").unwrap());
    let nodes: Vec<_> = radius.nodes().iter().map(NodeId::as_str).collect();
    assert_eq!(nodes, [BASE, "tuned.json#model"]);
}

#[test]
fn things_without_a_package_url_are_one_by_their_digest() {
    let root = Digest::sha256(b"root").to_hex();
    let hashes = json!([{"alg": "SHA-256", "content": root}]);
    let property = json!([{"name": "modelward:manifest:root", "value": format!("sha256:{root}")}]);
    let base = model("base", &json!({"properties": property}));
    let ancestor = json!({
        "type": "machine-learning-model", "name": "base", "bom-ref": "base", "hashes": hashes,
    });
    let tuned = model("tuned", &json!({"pedigree": {"ancestors": [ancestor]}}));
    let mut boms = vec![
        ("base", bom(&base, &json!({}))),
        ("tuned", bom(&tuned, &json!({}))),
    ];
    let joined = fleet(&boms);
    let base_of = |fleet: &Fleet| fleet.model("base").map(|it| it.id().to_owned()).unwrap();
    assert_eq!(base_of(&joined), "base#model");
    let dependents = joined.graph().dependents("base#model").unwrap();
    assert_eq!(dependents.ids(), ["tuned#model"]);
    assert_eq!(joined.findings(), []);
    // A document that has a package URL for these bytes names the thing for all.
    let named = model("base", &json!({"purl": BASE, "hashes": hashes}));
    boms.push(("named", bom(&named, &json!({}))));
    assert_eq!(base_of(&fleet(&boms)), BASE);
}

#[test]
fn links_between_documents_are_followed() {
    let [(_, base), _] = two();
    let serial = "f08a6ccd-4dce-4759-bd84-c626675d60a7";
    let mut base = base.to_value();
    base["serialNumber"] = json!(format!("urn:uuid:{serial}"));
    let base = MlBom::from_value(base).unwrap();
    let link = format!("urn:cdx:{serial}/1#data");
    let depends = json!({"dependencies": [{"ref": "model", "dependsOn": [link]}]});
    let other = bom(&model("other", &json!({})), &depends);
    let boms = [("base", base.clone()), ("other", other.clone())];
    let joined = fleet(&boms);
    assert_eq!(joined.findings(), []);
    let needed = joined.graph().dependencies("other#model").unwrap();
    assert_eq!(needed.ids(), [DATA]);
    // A second document of other content that claims the serial number makes the link lead nowhere.
    let mut liar = base.to_value();
    liar["metadata"]["component"]["version"] = json!("2");
    let liar = MlBom::from_value(liar).unwrap();
    let [first, second] = boms;
    let boms = [first, second, ("liar", liar)];
    let fleet = fleet(&boms);
    let codes: Vec<_> = fleet
        .findings()
        .iter()
        .map(|it| it.conflict().code())
        .collect();
    assert_eq!(
        codes,
        ["audit.fleet.serial_number", "audit.fleet.undescribed"]
    );
}

#[test]
fn entries_of_an_inventory_are_documents_too() {
    let data = Material::new(MaterialRole::Dataset, "reviews").with_purl(DATA);
    let base = Material::new(MaterialRole::BaseModel, "base").with_purl(BASE);
    let twice = || Material::new(MaterialRole::Component, "x").with_bom_ref("x");
    let entries: [InventoryEntry; 3] = [
        entry("a", 1).with_purl(BASE).with_material(data),
        entry("b", 1).with_material(base),
        entry("c", 1).with_material(twice()).with_material(twice()),
    ];
    let mut inventory = Inventory::of(entries).unwrap();
    inventory.add(entry("gone", 1)).unwrap();
    let reason = "over".parse().unwrap();
    inventory
        .retire(&id("gone"), reason, super::inventory::day(2))
        .unwrap();
    let mut builder = FleetBuilder::new(GraphLimits::default());
    builder.add_bom("b", &two()[1].1).unwrap();
    builder.add_inventory(&inventory).unwrap();
    let fleet = builder.build().unwrap();
    assert_eq!(
        fleet.documents().collect::<Vec<_>>(),
        ["a", "b", "c", "gone"]
    );
    let models: Vec<_> = hit(&fleet, &AssetRef::purl(DATA).unwrap());
    assert_eq!(
        models.iter().map(|it| it.0.as_str()).collect::<Vec<_>>(),
        ["a", "b"]
    );
    let c: Vec<_> = fleet
        .graph()
        .dependencies("c#model")
        .unwrap()
        .iter()
        .map(NodeRef::id)
        .collect();
    assert_eq!(c, ["c#/materials/0", "c#/materials/1"]);
    let found: Vec<_> = fleet.findings().iter().map(ToString::to_string).collect();
    let names = format!("{BASE} has different names: base (b); m (a)");
    assert_eq!(
        found,
        [
            "x is the name of two things in one document: c".to_owned(),
            names
        ]
    );
}

#[test]
fn a_document_that_is_refused_leaves_the_others() {
    let [(_, base), (_, tuned)] = two();
    let mut builder = FleetBuilder::new(GraphLimits::default());
    builder.add_bom("base", &base).unwrap();
    let long = "x".repeat(1025);
    let names = [
        ("base", "audit.fleet.document_twice"),
        ("", "audit.fleet.name"),
        ("a#b", "audit.fleet.name"),
        ("pkg:a", "audit.fleet.name"),
        ("urn:cdx:x", "audit.fleet.name"),
        ("a\u{1b}[2J", "audit.fleet.name"),
        (&long, "audit.fleet.name"),
    ];
    for (name, code) in names {
        let error = builder.add_bom(name, &tuned).unwrap_err();
        assert_eq!(error.code(), code, "{name:?}");
        assert!(!error.to_string().contains('\u{1b}'));
    }
    let fleet = builder.build().unwrap();
    assert_eq!(fleet.documents().collect::<Vec<_>>(), ["base"]);
    let mut small = FleetBuilder::new(GraphLimits::default().with_max_nodes(4));
    small.add_bom("base", &base).unwrap();
    let error = small.add_bom("tuned", &tuned).unwrap_err();
    assert_eq!(error.code(), "graph.build.too_many_nodes");
    assert_eq!(small.build().unwrap().graph().edge_count(), 1);
}
