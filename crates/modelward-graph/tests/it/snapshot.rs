use modelward_artifact::Digest;
use modelward_graph::{
    GraphLimits, Node, NodeKind, NodeRef, Relation, SignatureState, Source, SupplyGraph,
    SupplyGraphBuilder,
};
use proptest::prelude::*;

use crate::{id, naive, seed};

/// A graph in which no column is empty.
fn full() -> SupplyGraph {
    let mut builder = SupplyGraphBuilder::default();
    for (source, name) in [("b.json", "torch"), ("a.json", "pytorch")] {
        let source = Source::new(source).with_time("2026-01-01T00:00:00Z".parse().unwrap());
        builder.begin(source).unwrap();
        let node = Node::new(id("pkg:pypi/torch@2.1"), NodeKind::Library, name)
            .with_version("2.1")
            .with_license("BSD-3-Clause")
            .with_digest(Digest::sha256(b"torch"))
            .with_signature(SignatureState::Verified);
        builder.add_node(&node).unwrap();
        let edges = [
            ("pkg:oci/shop", Relation::Contains, "pkg:pypi/torch@2.1"),
            ("pkg:oci/shop", Relation::Serves, "pkg:huggingface/a/m"),
            ("pkg:huggingface/a/m", Relation::Uses, "pkg:huggingface/a/n"),
            ("pkg:huggingface/a/n", Relation::Uses, "pkg:huggingface/a/m"),
            ("pkg:huggingface/a/m", Relation::Uses, "pkg:huggingface/a/m"),
            ("loose", Relation::Uses, name),
        ];
        builder.relate_all(&edges).unwrap();
    }
    let digest = id(&Digest::sha256(b"torch").to_string());
    builder
        .relate(&id("pkg:oci/chat"), Relation::Contains, &digest)
        .unwrap();
    builder.build().unwrap()
}

fn read(bytes: &[u8]) -> Result<SupplyGraph, modelward_graph::SnapshotError> {
    SupplyGraph::from_snapshot(bytes, &GraphLimits::default())
}

/// Replaces the checksum, as somebody who means harm would.
fn resealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let body = bytes.len() - 4;
    let checksum = crc32fast::hash(&bytes[..body]).to_le_bytes();
    bytes[body..].copy_from_slice(&checksum);
    bytes
}

#[test]
fn a_graph_comes_back_as_it_was() {
    for graph in [full(), SupplyGraphBuilder::default().build().unwrap()] {
        let bytes = graph.to_snapshot();
        seed::keep("snapshot", &bytes);
        let again = read(&bytes).unwrap();
        assert_eq!(again, graph);
        assert_eq!(again.to_snapshot(), bytes);
        let two =
            SupplyGraph::from_snapshot_with(&bytes, &GraphLimits::default(), 2.try_into().unwrap());
        assert_eq!(two.unwrap(), graph);
    }
    let graph = full();
    assert!(!graph.warnings().is_empty() && graph.sources().len() == 2);
    assert_eq!(graph.cycles().len(), 1);
}

#[test]
fn what_is_no_snapshot_is_refused() {
    let good = full().to_snapshot();
    let mut other_version = good.clone();
    other_version[8] = 2;
    let mut longer = good.clone();
    longer.splice(good.len() - 4..good.len() - 4, [0; 8]);
    let table = [
        (
            Vec::new(),
            "graph.snapshot.format",
            "expected a snapshot of version 1",
        ),
        (
            b"mwgraph\n".to_vec(),
            "graph.snapshot.format",
            "expected a snapshot of version 1",
        ),
        (
            b"{\"format\": 1}".repeat(9),
            "graph.snapshot.format",
            "expected a snapshot of version 1",
        ),
        (
            other_version,
            "graph.snapshot.format",
            "expected a snapshot of version 1",
        ),
        (
            resealed(longer),
            "graph.snapshot.length",
            "`warnings` of the snapshot does not end where it should",
        ),
        (
            resealed(good[..good.len() - 400].to_vec()),
            "graph.snapshot.length",
            "`warnings` of the snapshot does not end where it should",
        ),
    ];
    for (bytes, code, text) in table {
        let error = read(&bytes).unwrap_err();
        assert_eq!((error.code(), error.to_string().as_str()), (code, text));
    }
    let error = read(&good[..good.len() - 1]).unwrap_err();
    assert_eq!(error.code(), "graph.snapshot.checksum");
    assert!(
        error
            .to_string()
            .starts_with("snapshot is damaged: its checksum is ")
    );
}

#[test]
fn limits_hold_before_anything_is_read() {
    let graph = full();
    let bytes = graph.to_snapshot();
    let limits = [
        GraphLimits::default().with_max_nodes(graph.node_count() - 1),
        GraphLimits::default().with_max_edges(graph.edge_count() - 1),
        GraphLimits::default().with_max_sources(0),
    ];
    for (limits, section) in limits.into_iter().zip(["ids", "outgoing", "sources"]) {
        let error = SupplyGraph::from_snapshot(&bytes, &limits).unwrap_err();
        assert_eq!(error.code(), "graph.snapshot.too_large");
        assert!(
            error
                .to_string()
                .starts_with(&format!("`{section}` of the snapshot has more than"))
        );
    }
    let exact = GraphLimits::default()
        .with_max_nodes(graph.node_count())
        .with_max_edges(graph.edge_count());
    assert!(SupplyGraph::from_snapshot(&bytes, &exact).is_ok());
}

/// Asks everything that walks, so that a wrong number would be hit.
fn ask_all(graph: &SupplyGraph) {
    for node in graph.nodes() {
        let _ = (
            node.name(),
            node.version(),
            node.license(),
            node.digests(),
            node.sources(),
        );
        assert_eq!(graph.node(node.id()), Some(node));
        let dependencies = graph.dependencies(node.id()).unwrap();
        for below in dependencies.iter() {
            assert!(graph.dependents(below.id()).unwrap().contains(node.id()));
            assert!(graph.path(node.id(), below.id()).unwrap().is_some());
        }
    }
    for edge in graph.edges() {
        assert!(edge.sources().count() > 0);
    }
    for cycle in graph.cycles() {
        assert_eq!(cycle.path().start(), cycle.path().end());
    }
    let all: Vec<_> = graph.nodes().map(NodeRef::id).collect();
    let _ = graph.matrix(&all, &all).unwrap().resolve();
    assert_eq!(graph.all().frontiers().concat().len(), graph.node_count());
}

#[test]
fn every_byte_that_is_changed_with_care_is_refused_or_changes_nothing_that_is_walked() {
    let good = full().to_snapshot();
    let mut refused = 0;
    for at in 12..good.len() - 4 {
        for change in [1_u8, 0x80, 0xff] {
            let mut bytes = good.clone();
            bytes[at] = bytes[at].wrapping_add(change);
            assert_eq!(read(&bytes).unwrap_err().code(), "graph.snapshot.checksum");
            match read(&resealed(bytes)) {
                Ok(graph) => ask_all(&graph),
                Err(_) => refused += 1,
            }
        }
    }
    assert!(refused > good.len(), "{refused}");
}

proptest! {
    #[test]
    fn any_graph_comes_back(naive in naive::any()) {
        let graph = naive.graph();
        let bytes = graph.to_snapshot();
        seed::keep("snapshot", &bytes);
        prop_assert_eq!(&read(&bytes).unwrap(), &graph);
    }

    #[test]
    fn several_changes_with_care_do_no_harm(
        naive in naive::any(), changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)
    ) {
        let mut bytes = naive.graph().to_snapshot();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok(graph) = read(&resealed(bytes)) {
            ask_all(&graph);
        }
    }
}
