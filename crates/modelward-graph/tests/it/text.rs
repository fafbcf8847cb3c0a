use std::collections::HashSet;

use modelward_artifact::{Digest, JsonLimits, json};
use modelward_graph::{NodeId, NodeKind, Relation};

use crate::id;

#[test]
fn node_ids_that_are_refused() {
    let long = "x".repeat(2049);
    let table = [
        ("", "graph.node_id.empty", "node id is empty"),
        (
            "a\0",
            "graph.node_id.control",
            "node id has a control character at byte 1",
        ),
        (
            "é\u{85}",
            "graph.node_id.control",
            "node id has a control character at byte 2",
        ),
        (
            &long,
            "graph.node_id.too_long",
            "node id has 2049 bytes, expected at most 2048",
        ),
    ];
    for (text, code, message) in table {
        let error = text.parse::<NodeId>().unwrap_err();
        assert_eq!((error.code(), error.to_string().as_str()), (code, message));
        let quoted = json::canonical(text).unwrap();
        let read = json::read_as::<NodeId>(&quoted, &JsonLimits::default());
        assert_eq!(read.unwrap_err().code(), "artifact.json.shape", "{text:?}");
    }
}

#[test]
fn node_ids_that_are_taken() {
    let long = "x".repeat(2048);
    for text in [
        "a",
        "pkg:huggingface/a/b@c?d=e#f",
        "two words",
        "émile",
        &long,
    ] {
        let id = id(text);
        assert_eq!(id.as_str(), text);
        let written = json::canonical(&id).unwrap();
        let read: NodeId = json::read_as(&written, &JsonLimits::default()).unwrap();
        assert_eq!(read, id);
    }
    let digest = Digest::sha256(b"abc");
    assert_eq!(NodeId::from(&digest), id(&digest.to_string()));
}

#[test]
fn every_kind_and_relation_is_listed_once_and_spelled_alike_in_words_and_json() {
    fn spelled<T: serde::Serialize + ToString>(all: &[T]) -> usize {
        let spellings = all.iter().map(|item| {
            let text = String::from_utf8(json::canonical(item).unwrap()).unwrap();
            assert_eq!(text.trim_matches('"').replace('-', " "), item.to_string());
            text
        });
        spellings.collect::<HashSet<_>>().len()
    }
    assert_eq!(spelled(&NodeKind::ALL), NodeKind::ALL.len());
    assert_eq!(spelled(&Relation::ALL), Relation::ALL.len());
    assert!(NodeKind::ALL.is_sorted() && Relation::ALL.is_sorted());
}
