use modelward_graph::{Source, SupplyGraph, SupplyGraphBuilder};
use serde_json::{Value, json};

use super::{edges, kind, warnings};
use crate::seed;

const SHA: &str = "0123456789abcdef0123456789abcdef01234567";

fn hub(model: &Value) -> (String, SupplyGraph) {
    seed::keep("hugging-face", model.to_string().as_bytes());
    let mut builder = SupplyGraphBuilder::default();
    let id = builder.add_hugging_face(Source::new("hub"), model).unwrap();
    (id.to_string(), builder.build().unwrap())
}

#[test]
fn a_model_is_read_with_all_that_it_came_from() {
    let digest = "1".repeat(64);
    let (id, graph) = hub(&json!({
        "id": "acme/tuned", "sha": SHA, "lastModified": "2026-01-01T00:00:00.000Z",
        "tags": ["base_model:adapter:google/bert", "base_model:google/bert", "dataset:acme/reviews",
            "license:mit"],
        "cardData": {
            "license": "other", "license_name": "acme-license",
            "base_model": ["google/bert", "google/bert"],
            "datasets": ["acme/reviews", "squad"],
            "model-index": [{"name": "tuned", "results": [
                {"dataset": {"type": "glue", "name": "GLUE", "revision": SHA}},
                {"dataset": {"name": "our own set"}},
            ]}],
        },
        "siblings": [
            {"rfilename": "adapter.safetensors", "lfs": {"sha256": digest, "size": 1}},
            {"rfilename": "a dir/config.json", "blobId": SHA},
        ],
    }));
    assert_eq!(id, format!("pkg:huggingface/acme/tuned@{SHA}"));
    let mut expected = vec![
        format!("{id} contains {id}#a%20dir/config.json"),
        format!("{id} contains sha256:{digest}"),
        format!("{id} derived-from/adapter pkg:huggingface/google/bert"),
        format!("{id} evaluated-on hub#our own set"),
        format!("{id} evaluated-on pkg:huggingface/datasets/glue@{SHA}"),
        format!("{id} supplied-by org:acme"),
        format!("{id} trained-on pkg:huggingface/datasets/acme/reviews"),
        format!("{id} trained-on pkg:huggingface/datasets/squad"),
    ];
    expected.sort_unstable();
    assert_eq!(edges(&graph), expected);
    assert_eq!(warnings(&graph), [""; 0]);
    let node = graph.node(&id).unwrap();
    assert_eq!(
        (node.kind().key(), node.license()),
        ("adapter", Some("acme-license"))
    );
    assert_eq!(kind(&graph, "pkg:huggingface/datasets/squad"), "dataset");
    assert_eq!(kind(&graph, "pkg:huggingface/google/bert"), "model");
    assert!(graph.sources()[0].time().is_some());
}

#[test]
fn bases_are_told_in_every_form() {
    for (members, expected) in [
        (
            json!({"cardData": {"base_model": "a/b"}}),
            "derived-from pkg:huggingface/a/b",
        ),
        (
            json!({"cardData": {"base_model": "a/b", "base_model_relation": "merge"}}),
            "derived-from/merge pkg:huggingface/a/b",
        ),
        (
            json!({"tags": ["base_model:quantized:a/b"], "cardData": {"base_model": "a/b"}}),
            "derived-from/quantized pkg:huggingface/a/b",
        ),
        (
            json!({"baseModels": {"relation": "finetune", "models": [{"id": "a/b"}]}}),
            "derived-from/finetune pkg:huggingface/a/b",
        ),
        (
            json!({"cardData": {"base_model": "/home/me/b"}}),
            "derived-from hub#/home/me/b",
        ),
    ] {
        let mut model = members;
        model["id"] = json!("gpt2");
        let (id, graph) = hub(&model);
        assert_eq!(id, "pkg:huggingface/gpt2");
        assert_eq!(edges(&graph), [format!("{id} {expected}")]);
        assert_eq!(warnings(&graph), [""; 0]);
    }
}

#[test]
fn what_the_hub_cannot_say_is_a_warning() {
    let (_, graph) = hub(&json!({
        "id": "../x", "sha": "main", "tags": {}, "siblings": [{}],
        "cardData": {"base_model": [1], "base_model_relation": "cousin"},
    }));
    assert_eq!(
        warnings(&graph),
        [
            "hub#/cardData/base_model/0: expected a text",
            "hub#/cardData/base_model_relation: relation to the base model is not one of the hub",
            "hub#/id: text is not a name of the hub",
            "hub#/sha: text is not a commit",
            "hub#/siblings/0: file has no `rfilename`",
            "hub#/tags: expected a list",
        ]
    );
    let error = SupplyGraphBuilder::default().add_hugging_face(Source::new("hub"), &json!([]));
    assert_eq!(error.unwrap_err().code(), "graph.import.not_this_format");
}
