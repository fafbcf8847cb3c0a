mod account;
mod classification;
mod export;
mod hostile;
mod import;
mod incident;
mod submission;

use modelward_artifact::JsonLimits;
use modelward_incident::format::aiid::{AiidError, AiidFault};
use serde_json::Value;

fn limits() -> JsonLimits {
    JsonLimits::default()
}

fn bytes(value: &Value) -> Vec<u8> {
    serde_json::to_vec(value).unwrap()
}

/// Writes each fault on a line: its place and its code.
fn faults(error: &AiidError) -> Vec<String> {
    let line = |fault: &AiidFault| format!("{} {}", fault.pointer(), fault.kind().code());
    error.faults().iter().map(line).collect()
}

/// Reads a file of the database, or says that the test is skipped.
fn shared(name: &str) -> Option<Vec<u8>> {
    let path = crate::shared(&format!("incident/{name}"))?;
    Some(std::fs::read(path).unwrap())
}

#[test]
fn the_fuzzer_begins_with_documents_of_the_database() {
    for document in [
        incident::row(),
        incident::graph_ql(),
        classification::classification(),
        submission::document(),
        serde_json::json!([incident::row(), incident::graph_ql()]),
    ] {
        crate::seed::keep("incident-aiid", &bytes(&document));
    }
}
