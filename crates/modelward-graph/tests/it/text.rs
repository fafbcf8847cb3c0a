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
    let mut names = HashSet::new();
    for kind in NodeKind::ALL {
        assert_eq!(
            json::canonical(&kind).unwrap(),
            format!("\"{}\"", kind.key()).as_bytes()
        );
        assert_eq!(kind.key().replace('-', " "), kind.to_string());
        assert_eq!(kind.key().parse(), Ok(kind));
        names.extend([kind.key()]);
    }
    assert_eq!(names.len(), NodeKind::ALL.len());
    let mut names = HashSet::new();
    for relation in Relation::ALL {
        let text = json::canonical(&relation).unwrap();
        assert_eq!(text, format!("\"{}\"", relation.key()).as_bytes());
        let read: Relation = json::read_as(&text, &JsonLimits::default()).unwrap();
        assert_eq!((read, relation.key().parse()), (relation, Ok(relation)));
        assert!(
            names.insert(relation.key()) && names.insert(relation.name())
                || relation.key() == relation.name()
        );
    }
    let error = "likes\u{202e}".parse::<Relation>().unwrap_err();
    assert_eq!(error.code(), "graph.relation.unknown");
    assert_eq!(error.to_string(), r"there is no relation `likes\u{202e}`");
    let error = "thing".parse::<NodeKind>().unwrap_err();
    assert_eq!(error.code(), "graph.node_kind.unknown");
    assert!(NodeKind::ALL.is_sorted() && Relation::ALL.is_sorted());
}
