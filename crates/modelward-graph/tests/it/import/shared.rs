use std::fs;
use std::path::Path;

use modelward_artifact::{JsonLimits, json};
use modelward_graph::{Direction, Relation, Scope, Source, SupplyGraph, SupplyGraphBuilder};

use super::{edges, read, shared, warnings};

fn import(path: &Path) -> SupplyGraph {
    let mut builder = SupplyGraphBuilder::default();
    let document = read(path);
    builder
        .add_cyclonedx(Source::new("bom"), &document)
        .unwrap();
    builder.build().unwrap()
}

/// Counts the nodes that need themselves through others.
fn on_cycles(graph: &SupplyGraph) -> usize {
    let needs_itself = |id: &str| {
        let direct = graph.direct(id, Direction::Dependencies).unwrap();
        let mut direct = direct.iter();
        direct.any(|edge| graph.dependencies(edge.to().id()).unwrap().contains(id))
    };
    graph.nodes().filter(|node| needs_itself(node.id())).count()
}

/// Nodes, edges, warnings and nodes on cycles. The documents of Proton have 232 edges, and one
/// component that none of them leads to from the subject.
#[test]
fn real_documents_keep_what_they_say() {
    let Some(folder) = shared("graph/boms") else {
        return;
    };
    for (name, counts) in [
        ("proton-bridge-v1.6.3-cyclic.json", (202, 233, 0, 2)),
        ("proton-bridge-v1.8.0-cyclic.json", (202, 233, 0, 2)),
        ("trustify-circular.json", (242, 635, 0, 18)),
    ] {
        let graph = import(&folder.join(name));
        let sizes = (graph.node_count(), graph.edge_count());
        let found = (sizes.0, sizes.1, graph.warnings().len(), on_cycles(&graph));
        assert_eq!(found, counts, "{name}");
    }
}

/// Reads the official documents, the invalid ones too, and what accompanies VEX: the documents, those
/// that are refused, and the nodes, edges and warnings of the others together.
#[test]
fn documents_of_others_are_read() {
    for (folder, expected) in [
        ("cyclonedx/documents/1.5", [58, 1, 113, 61, 42]),
        ("cyclonedx/documents/1.6", [70, 1, 145, 72, 48]),
        ("graph/vex", [52, 13, 36, 6, 5]),
    ] {
        let Some(path) = shared(folder) else {
            return;
        };
        let mut counts = [0; 5];
        let entries = fs::read_dir(path)
            .unwrap()
            .map(|entry| entry.unwrap().path());
        for path in entries.filter(|path| path.extension().is_some_and(|end| end == "json")) {
            counts[0] += 1;
            let mut builder = SupplyGraphBuilder::default();
            match builder.add_cyclonedx(Source::new("bom"), &read(&path)) {
                Ok(_) => {
                    let graph = builder.build().unwrap();
                    counts[2] += graph.node_count();
                    counts[3] += graph.edge_count();
                    counts[4] += graph.warnings().len();
                }
                Err(error) => {
                    assert_eq!(error.code(), "graph.import.not_this_format");
                    counts[1] += 1;
                }
            }
        }
        assert_eq!(counts, expected, "{folder}");
    }
}

/// The workspace has 515 packages and 2,117 pairs of packages of which one needs the other. Cargo did
/// not write `dep_kinds` yet, so that what the packages declare tells the kinds: some pairs are
/// needed in two ways.
#[test]
fn a_large_workspace_is_read_whole() {
    let Some(path) = shared("graph/cargo-metadata-libra.json") else {
        return;
    };
    let text = fs::read(path).unwrap();
    let document = json::read(&text, &JsonLimits::default()).unwrap();
    let mut builder = SupplyGraphBuilder::default();
    builder
        .add_cargo_metadata(Source::new("libra"), &document)
        .unwrap();
    let graph = builder.build().unwrap();
    let mut pairs: Vec<_> = graph
        .edges()
        .map(|edge| (edge.from().id(), edge.to().id()))
        .collect();
    pairs.dedup();
    let of = |scope| {
        let mut edges = graph.edges().collect::<Vec<_>>();
        edges.retain(|edge| edge.relation() == Relation::DependsOn(scope));
        edges.len()
    };
    let scopes = [
        Scope::Build,
        Scope::Development,
        Scope::Optional,
        Scope::Runtime,
    ]
    .map(of);
    assert_eq!(
        (graph.node_count(), pairs.len(), graph.edge_count(), scopes),
        (515, 2_117, 2_185, [77, 155, 187, 1_766])
    );
    assert_eq!(graph.warnings(), []);
}

/// 1,584 lines of `dependencies`, of which one names its own package.
#[test]
fn a_real_lock_file_is_read_whole() {
    let Some(path) = shared("graph/jj.Cargo.lock") else {
        return;
    };
    let text = fs::read_to_string(path).unwrap();
    let mut builder = SupplyGraphBuilder::default();
    builder.add_cargo_lock(Source::new("jj"), &text).unwrap();
    let graph = builder.build().unwrap();
    let digests = graph
        .nodes()
        .filter(|node| !node.digests().is_empty())
        .count();
    assert_eq!(
        (graph.node_count(), edges(&graph).len(), digests),
        (550, 1_583, 544)
    );
    let own = "jj#/package/245/dependencies/26: node `jj#jj-cli@0.44.0` is related to itself by `depends on`";
    assert_eq!(warnings(&graph), [own]);
}
