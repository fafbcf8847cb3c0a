//! The official schemas, which are not part of the repository.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use jsonschema::{Registry, Validator};
use serde_json::{Value, json};

/// Finds the shared data, or says that the test is skipped.
fn shared() -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let shared = std::env::var("MODELWARD_SHARED").unwrap_or_else(|_| beside.to_owned());
    let folder = Path::new(&shared).join("data");
    if folder.join("incident/csaf").is_dir() && folder.join("cyclonedx/schema").is_dir() {
        return Some(folder);
    }
    assert!(
        std::env::var_os("MODELWARD_NO_SKIP").is_none(),
        "the official schemas are not at hand, and skipping is not allowed"
    );
    // The macros' output is captured by the test runner; a skip must be seen.
    writeln!(
        io::stderr(),
        "SKIPPED: the official schemas are not at hand"
    )
    .ok();
    None
}

/// Returns the schema of a version of CSAF. What it says of CVSS, SSVC and extensions stands in
/// documents of others; ours have none of these.
pub(crate) fn csaf(version: &str) -> Option<Validator> {
    let file = format!("incident/csaf/csaf_{version}_json_schema.json");
    let mut schema = read(&shared()?.join(file));
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    let others = [
        "https://www.first.org/cvss/cvss-v2.0.json",
        "https://www.first.org/cvss/cvss-v3.0.json",
        "https://www.first.org/cvss/cvss-v3.1.json",
        "https://www.first.org/cvss/cvss-v4.0.json",
        "https://certcc.github.io/SSVC/data/schema/v2/SelectionList_2_0_0.schema.json",
        "https://docs.oasis-open.org/csaf/csaf/v2.1/schema/extension-content.json",
    ];
    Some(validator(
        &schema,
        others.map(|address| (address.to_owned(), json!(false))),
    ))
}

pub(crate) fn openvex() -> Option<Validator> {
    let schema = read(&shared()?.join("incident/openvex/openvex_json_schema.json"));
    Some(validator(&schema, []))
}

pub(crate) fn cyclonedx() -> Option<Validator> {
    let folder = shared()?.join("cyclonedx/schema");
    let schema = read(&folder.join("bom-1.6.schema.json"));
    let others = ["spdx", "jsf-0.82", "cryptography-defs"].map(|name| {
        let file = format!("{name}.schema.json");
        let other = read(&folder.join(&file));
        (format!("http://cyclonedx.org/schema/{file}"), other)
    });
    Some(validator(&schema, others))
}

fn validator<const N: usize>(schema: &Value, others: [(String, Value); N]) -> Validator {
    let mut registry = Registry::new();
    for (address, other) in others {
        registry = registry.add(address, other).unwrap();
    }
    let registry = registry.prepare().unwrap();
    jsonschema::options()
        .with_registry(&registry)
        .should_validate_formats(true)
        .build(schema)
        .unwrap()
}

fn read(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// Fails with what a schema has against a document.
pub(crate) fn assert_valid(schema: &Validator, document: &Value) {
    let errors = schema.iter_errors(document);
    let errors: Vec<_> = errors
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}\n{document:#}");
}
