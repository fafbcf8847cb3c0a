use std::error::Error as _;

use modelward_artifact::{Digest, JsonLimits};
use modelward_graph::{
    GraphLimits, Node, NodeKind, Relation, SnapshotError, SupplyGraph, SupplyGraphBuilder,
};
use proptest::prelude::*;

use crate::{graph, id, node, numbered};

fn read(text: impl AsRef<[u8]>) -> Result<SupplyGraph, SnapshotError> {
    SupplyGraph::from_json(
        text.as_ref(),
        &JsonLimits::default(),
        &GraphLimits::default(),
    )
}

#[test]
fn a_snapshot_has_one_text_and_comes_back() {
    let mut builder = SupplyGraphBuilder::default();
    builder
        .relate(&id("m"), Relation::Contains, &id("f"))
        .unwrap();
    builder.add_node(node("m")).unwrap();
    let digest = Digest::sha256(b"abc");
    let file = Node::new(id("f"), NodeKind::File, "f\"\n");
    builder
        .add_node(file.with_version("1").with_digest(digest))
        .unwrap();
    let graph = builder.build().unwrap();

    let text = String::from_utf8(graph.to_json().unwrap()).unwrap();
    let expected = format!(
        concat!(
            r#"{{"edges":[{{"from":"m","relation":"contains","to":"f"}}],"#,
            r#""format":"modelward-graph/1","nodes":[{{"digest":"{}","id":"f","#,
            r#""kind":"file","name":"f\"\n","version":"1"}},"#,
            r#"{{"id":"m","kind":"library","name":"m"}}]}}"#
        ),
        digest
    );
    assert_eq!(text, expected);
    assert_eq!(read(&text).unwrap(), graph);
}

#[test]
fn what_is_not_a_snapshot_is_refused() {
    let with = |nodes: &str, edges: &str| {
        format!(r#"{{"format":"modelward-graph/1","nodes":[{nodes}],"edges":[{edges}]}}"#)
    };
    let a = r#"{"id":"a","kind":"model","name":"a"}"#;
    let table = [
        (String::new(), "graph.snapshot.json"),
        ("[]".into(), "graph.snapshot.json"),
        (with("", "") + "x", "graph.snapshot.json"),
        (
            with("", "").replace("{\"f", "{\"x\":1,\"f"),
            "graph.snapshot.json",
        ),
        (with(&a.replace("name", "nom"), ""), "graph.snapshot.json"),
        (
            with(&a.replace("}", ",\"x\":1}"), ""),
            "graph.snapshot.json",
        ),
        (with(&a.replace("model", "idol"), ""), "graph.snapshot.json"),
        (with(&a.replace("\"a\"", "\"\""), ""), "graph.snapshot.json"),
        (
            with("", "").replace("/1", "/2\\u001b"),
            "graph.snapshot.format",
        ),
        (
            with(&format!("{a},{}", a.replace("model", "file")), ""),
            "graph.snapshot.build",
        ),
        (
            with(a, r#"{"from":"a","relation":"uses","to":"a"}"#),
            "graph.snapshot.build",
        ),
        (
            with(a, r#"{"from":"a","relation":"uses","to":"b"}"#),
            "graph.snapshot.build",
        ),
    ];
    for (text, code) in table {
        let error = read(&text).unwrap_err();
        assert_eq!(error.code(), code, "{text}");
        assert_eq!(error.source().is_none(), code.ends_with("format"), "{text}");
        assert!(!error.to_string().contains('\u{1b}'));
    }
    assert_eq!(read(with(a, "")).unwrap().node_count(), 1);
    assert_eq!(
        read(with("", "").replace("/1", "/2"))
            .unwrap_err()
            .to_string(),
        "expected the snapshot format `modelward-graph/1`, found `modelward-graph/2`"
    );
}

#[test]
fn both_kinds_of_limits_hold() {
    let text = graph(&["a uses b"]).to_json().unwrap();
    let small = GraphLimits::default().with_max_nodes(1);
    let error = SupplyGraph::from_json(&text, &JsonLimits::default(), &small).unwrap_err();
    assert_eq!(error.to_string(), "snapshot does not describe a graph");
    let short = JsonLimits::default().with_max_bytes(text.len() - 1);
    let error = SupplyGraph::from_json(&text, &short, &GraphLimits::default()).unwrap_err();
    assert_eq!(error.to_string(), "snapshot is not the expected json");
}

proptest! {
    #[test]
    fn snapshots_come_back(edges in prop::collection::vec((0..9_usize, 0..9_usize), 0..30)) {
        let graph = numbered(9, &edges);
        let text = graph.to_json().unwrap();
        let back = read(&text).unwrap();
        prop_assert_eq!(back.to_json().unwrap(), text);
        prop_assert_eq!(back, graph);
    }

    #[test]
    fn a_damaged_snapshot_never_panics(at in 0..200_usize, byte: u8) {
        let mut text = graph(&["a uses b", "b contains c"]).to_json().unwrap();
        let at = at % text.len();
        text[at] = byte;
        if let Ok(graph) = read(&text) {
            prop_assert!(graph.node_count() <= 3);
        }
    }
}
