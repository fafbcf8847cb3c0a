use modelward_graph::{BuildGraphError, GraphLimits, ImportError, Source, SupplyGraphBuilder};
use serde_json::{Value, json};

use super::{bom, cyclonedx, edges, warnings};

/// Nests far deeper than JSON that was read can. The value is taken apart again without recursion.
#[test]
fn components_nest_as_deep_as_they_like() {
    let mut component = json!({"type": "library", "name": "0", "bom-ref": "0"});
    for depth in 1..2_000 {
        let mut outer = json!({"type": "library", "name": "n", "bom-ref": depth.to_string()});
        outer["components"] = Value::Array(vec![component]);
        component = outer;
    }
    let mut document = bom(json!({}));
    document["components"] = Value::Array(vec![component]);
    let graph = cyclonedx(&[&document]);
    assert_eq!((graph.node_count(), graph.edge_count()), (2_000, 1_999));
    assert_eq!(warnings(&graph), [""; 0]);
}

#[test]
fn a_name_of_many_things_makes_no_square_of_relations() {
    let components = |name: &str| {
        let name = name.to_owned();
        (0..500).map(move |n| json!({"type": "library", "name": n.to_string(), "bom-ref": name}))
    };
    let all: Vec<Value> = components("a").chain(components("b")).collect();
    let document = bom(json!({
        "components": all, "dependencies": [{"ref": "a", "dependsOn": ["b"]}],
    }));
    assert_eq!(cyclonedx(&[&document]).edge_count(), 64);
}

#[test]
fn names_that_no_id_can_have_go_by_their_hash() {
    let long = "x".repeat(5_000);
    let document = bom(json!({"components": [
        {"type": "library", "name": "x", "bom-ref": long},
        {"type": "library", "name": "y", "bom-ref": "y", "purl": format!("pkg:npm/{}", "é".repeat(900))},
    ], "dependencies": [{"ref": "y", "dependsOn": [long]}]}));
    let mut builder = SupplyGraphBuilder::default();
    let source = "s".repeat(3_000);
    builder
        .add_cyclonedx(Source::new(source), &document)
        .unwrap();
    let graph = builder.build().unwrap();
    assert_eq!((graph.node_count(), graph.edge_count()), (2, 1));
    let codes: Vec<_> = graph
        .warnings()
        .iter()
        .map(modelward_graph::GraphWarning::code)
        .collect();
    assert_eq!(
        codes,
        ["graph.warning.malformed", "graph.warning.malformed_purl"]
    );
}

#[test]
fn a_graph_that_grows_too_large_is_an_error() {
    let mut builder = SupplyGraphBuilder::new(GraphLimits::default().with_max_nodes(1));
    let document = bom(json!({"components": [
        {"type": "library", "name": "x", "bom-ref": "x"},
        {"type": "library", "name": "y", "bom-ref": "y"},
    ]}));
    let error = builder
        .add_cyclonedx(Source::new("a"), &document)
        .unwrap_err();
    let limit = 1;
    assert_eq!(
        error,
        ImportError::Build(BuildGraphError::TooManyNodes { limit })
    );
    assert_eq!(error.code(), "graph.build.too_many_nodes");
}

/// A source that has the name of a thing, and things that have the name of a source.
#[test]
fn ids_of_documents_do_not_meet() {
    let document = |name: &str| {
        bom(json!({"components": [{"type": "library", "name": name, "bom-ref": "x"}]}))
    };
    let graph = cyclonedx(&[&document("one"), &document("other")]);
    assert_eq!(graph.node_count(), 2);
    assert_eq!(edges(&graph), [""; 0]);
}
