use modelward_artifact::Digest;
use modelward_audit::Lineage;
use modelward_graph::{Derivation, Relation, Scope};
use modelward_incident::AssetRef;

use crate::road::Road;

#[test]
fn an_ml_bom_becomes_a_graph_with_typed_relations() {
    let road = Road::good();
    let edges: Vec<(String, Relation, String)> = road
        .lineage
        .graph()
        .edges()
        .map(|edge| {
            (
                edge.from().id().to_string(),
                edge.relation(),
                edge.to().id().to_string(),
            )
        })
        .collect();
    let expected = [
        (Relation::TrainedOn, "dataset:acme/reviews"),
        (Relation::Contains, "file:README.md"),
        (Relation::Contains, "file:config.json"),
        (Relation::Contains, "file:weights.bin"),
        (Relation::DependsOn(Scope::Runtime), "library:transformers"),
        (
            Relation::DerivedFrom(Derivation::Unspecified),
            "pkg:huggingface/acme/base",
        ),
        (Relation::SuppliedBy, "org:Acme"),
    ];
    let mut expected: Vec<_> = expected
        .into_iter()
        .map(|(relation, to)| ("model".to_owned(), relation, to.to_owned()))
        .collect();
    let mut edges = edges;
    edges.sort();
    expected.sort();
    assert_eq!(edges, expected);
}

#[test]
fn dependents_and_dependencies_are_found() {
    let road = Road::good();
    let graph = road.lineage.graph();
    let dependents = graph.dependents("pkg:huggingface/acme/base").unwrap();
    assert!(dependents.contains(road.lineage.model()));
    assert_eq!(graph.dependencies(road.lineage.model()).unwrap().len(), 7);
}

#[test]
fn assets_are_found_by_every_name() {
    let road = Road::good();
    let cases = [
        (AssetRef::Digest(road.manifest.root()), Some("model")),
        (
            AssetRef::Digest(Digest::sha256(b"weights")),
            Some("file:weights.bin"),
        ),
        (AssetRef::bom_ref("model").unwrap(), Some("model")),
        (
            AssetRef::bom_ref("base:acme/base").unwrap(),
            Some("pkg:huggingface/acme/base"),
        ),
        (
            AssetRef::purl("pkg:huggingface/acme/base").unwrap(),
            Some("pkg:huggingface/acme/base"),
        ),
        (AssetRef::purl("pkg:huggingface/acme/other").unwrap(), None),
    ];
    for (asset, expected) in cases {
        let found = road.lineage.matching(&asset);
        let found: Option<&str> = found.first().map(|node| node.id());
        assert_eq!(found, expected, "{asset}");
    }
}

#[test]
fn the_same_document_gives_the_same_graph() {
    let road = Road::good();
    let again = Lineage::of(&road.bom).unwrap();
    assert_eq!(again.graph(), road.lineage.graph());
}
