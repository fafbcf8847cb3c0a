//! The official schemas and documents of CycloneDX, which are not part of the repository.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use jsonschema::{Registry, Validator};
use serde_json::Value;

/// Finds the folder of the shared data.
pub(crate) fn shared() -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let shared = std::env::var("MODELWARD_SHARED").unwrap_or_else(|_| beside.to_owned());
    let folder = Path::new(&shared).join("data/cyclonedx");
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(
        std::env::var_os("MODELWARD_NO_SKIP").is_none(),
        "the official documents are not at hand, and skipping is not allowed"
    );
    // The macros' output is captured by the test runner; a skip must be seen.
    writeln!(
        io::stderr(),
        "SKIPPED: the official documents are not at hand"
    )
    .ok();
    None
}

/// The official schemas by version, or nothing where they are not at hand.
pub(crate) fn schemas() -> Option<BTreeMap<String, Validator>> {
    let folder = shared()?.join("schema");
    let schemas = ["1.4", "1.5", "1.6", "1.7"].map(|version| {
        let file = format!("bom-{version}.schema.json");
        (version.to_owned(), validator(&folder, &file))
    });
    Some(schemas.into())
}

fn validator(folder: &Path, name: &str) -> Validator {
    let mut registry = Registry::new();
    for other in [
        "spdx.schema.json",
        "jsf-0.82.schema.json",
        "cryptography-defs.schema.json",
    ] {
        let address = format!("http://cyclonedx.org/schema/{other}");
        registry = registry
            .add(address, json(&folder.join(other)))
            .expect("the schemas refer to each other");
    }
    let registry = registry.prepare().expect("the schemas refer to each other");
    jsonschema::options()
        .with_registry(&registry)
        .should_validate_formats(true)
        .build(&json(&folder.join(name)))
        .expect("the schema is one")
}

/// Lists what a schema has against a document.
pub(crate) fn errors(schema: &Validator, document: &Value) -> Vec<String> {
    schema
        .iter_errors(document)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

pub(crate) fn json(path: &Path) -> Value {
    let bytes = fs::read(path).expect("the file is there");
    serde_json::from_slice(&bytes).expect("the file is JSON")
}
