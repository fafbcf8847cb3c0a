mod cargo;
mod cyclonedx;
mod hostile;
mod hugging_face;
mod pip;
mod properties;
mod shared;

use std::io::Write as _;
use std::path::PathBuf;
use std::{env, io};

use modelward_artifact::{JsonLimits, json};
use modelward_graph::{ImportError, Source, SupplyGraph, SupplyGraphBuilder};
use serde_json::{Value, json};

use crate::seed;

/// Reads documents of CycloneDX in order; the first is named `a`, the next `b`.
fn cyclonedx(documents: &[&Value]) -> SupplyGraph {
    let mut builder = SupplyGraphBuilder::default();
    for (name, document) in ["a", "b", "c"].into_iter().zip(documents) {
        seed::keep("cyclonedx", document.to_string().as_bytes());
        builder.add_cyclonedx(Source::new(name), document).unwrap();
    }
    builder.build().unwrap()
}

/// Completes a document by the members that all have.
fn bom(mut members: Value) -> Value {
    members["bomFormat"] = json!("CycloneDX");
    members["specVersion"] = json!("1.6");
    members
}

/// Lists the edges, sorted, such as `a#x depends-on a#y`.
fn edges(graph: &SupplyGraph) -> Vec<String> {
    let edges = graph.edges();
    let mut lines: Vec<String> = edges
        .map(|edge| {
            format!(
                "{} {} {}",
                edge.from().id(),
                edge.relation().key(),
                edge.to().id()
            )
        })
        .collect();
    lines.sort_unstable();
    lines
}

fn warnings(graph: &SupplyGraph) -> Vec<String> {
    graph.warnings().iter().map(ToString::to_string).collect()
}

/// Shows the kind of a node.
fn kind(graph: &SupplyGraph, id: &str) -> &'static str {
    graph.node(id).map_or("none", |node| node.kind().key())
}

/// Finds the folder of documents that others made.
fn shared(folder: &str) -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let shared = env::var("MODELWARD_SHARED").unwrap_or_else(|_| beside.to_owned());
    let path = PathBuf::from(shared).join("data").join(folder);
    if path.exists() {
        return Some(path);
    }
    assert!(
        env::var_os("MODELWARD_NO_SKIP").is_none(),
        "skipping is not allowed"
    );
    writeln!(io::stderr(), "SKIPPED: documents of {folder}").ok();
    None
}

fn read(path: &std::path::Path) -> Value {
    let text = std::fs::read(path).unwrap();
    json::read(&text, &JsonLimits::default()).unwrap()
}

#[test]
fn errors_have_texts_and_codes() {
    let mut builder = SupplyGraphBuilder::default();
    let mut refuse = |document: Value| {
        builder
            .add_cyclonedx(Source::new("a"), &document)
            .unwrap_err()
    };
    let table: [(ImportError, &str, &str); 7] = [
        (
            refuse(json!({})),
            "document is not cyclonedx: it has no `bomFormat`",
            "graph.import.not_this_format",
        ),
        (
            refuse(json!({"bomFormat": "SPDX"})),
            "document is not cyclonedx: `bomFormat` is another",
            "graph.import.not_this_format",
        ),
        (
            refuse(json!({"bomFormat": "CycloneDX", "specVersion": "2.0"})),
            "cyclonedx of version 2.0 is not known",
            "graph.import.version",
        ),
        (
            SupplyGraphBuilder::default()
                .add_cargo_lock(Source::new("a"), "version = 4\n= \n")
                .unwrap_err(),
            "line 2 is not toml: unquoted keys cannot be empty, expected letters, numbers, `-`, `_`",
            "graph.import.toml",
        ),
        (
            SupplyGraphBuilder::default()
                .add_cargo_lock(Source::new("a"), "version = 9")
                .unwrap_err(),
            "cargo.lock of version 9 is not known",
            "graph.import.version",
        ),
        (
            // It is not even looked at: it is no TOML.
            SupplyGraphBuilder::default()
                .add_cargo_lock(Source::new("a"), &"= ".repeat((2 << 20) + 1))
                .unwrap_err(),
            "cargo.lock is larger than 4194304 bytes",
            "graph.import.too_large",
        ),
        (
            SupplyGraphBuilder::default()
                .add_pip_report(Source::new("a"), &json!({"version": "2", "install": []}))
                .unwrap_err(),
            "a report of pip of version \"2\" is not known",
            "graph.import.version",
        ),
    ];
    for (error, text, code) in table {
        assert_eq!((error.to_string().as_str(), error.code()), (text, code));
    }
    // What is refused leaves nothing behind.
    assert!(builder.build().unwrap().sources().is_empty());
}
