use std::fs;
use std::path::Path;

use modelward_artifact::{JsonLimits, json};
use modelward_graph::{Direction, Source, SupplyGraph, SupplyGraphBuilder};

use super::{read, shared};

fn import(path: &Path) -> SupplyGraph {
    let mut builder = SupplyGraphBuilder::default();
    builder
        .add_cyclonedx(Source::new("bom"), &read(path))
        .unwrap();
    builder.build().unwrap()
}

/// Nodes, edges, warnings and the sizes of the cycles of real documents.
#[test]
fn real_documents_keep_what_they_say() {
    let Some(folder) = shared("graph/boms") else {
        return;
    };
    for (name, counts) in [
        ("proton-bridge-v1.6.3-cyclic.json", (0, 0, 0)),
        ("proton-bridge-v1.8.0-cyclic.json", (0, 0, 0)),
        ("trustify-circular.json", (0, 0, 0)),
    ] {
        let graph = import(&folder.join(name));
        let found = (
            graph.node_count(),
            graph.edge_count(),
            graph.warnings().len(),
        );
        eprintln!("{name} {found:?} {:?}", on_cycles(&graph));
        for w in graph.warnings() {
            eprintln!("{w}");
        }
        let _ = counts;
    }
    panic!();
}

/// Counts the nodes that need themselves through others.
fn on_cycles(graph: &SupplyGraph) -> usize {
    let needs_itself = |id: &str| {
        let direct = graph.direct(id, Direction::Dependencies).unwrap();
        direct
            .iter()
            .any(|edge| graph.dependencies(edge.to().id()).unwrap().contains(id))
    };
    graph.nodes().filter(|node| needs_itself(node.id())).count()
}
