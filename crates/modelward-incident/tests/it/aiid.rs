mod account;
mod classification;
mod export;
mod hostile;
mod import;
mod incident;
mod submission;

use std::io::Write as _;
use std::path::{Path, PathBuf};

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

/// Reads a file of data that is not part of this repository, or says that the test is skipped.
pub(crate) fn shared(name: &str) -> Option<Vec<u8>> {
    let root = std::env::var_os("MODELWARD_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    );
    let path = root.join("data/incident").join(name);
    if let Ok(bytes) = std::fs::read(&path) {
        return Some(bytes);
    }
    let path = path.display();
    assert!(
        std::env::var_os("MODELWARD_NO_SKIP").is_none(),
        "{path} is not at hand and skipping is forbidden"
    );
    // The macros' output is captured by the test runner; a skip must be seen.
    writeln!(
        std::io::stderr(),
        "SKIPPED comparison with {path}: not at hand"
    )
    .ok();
    None
}
