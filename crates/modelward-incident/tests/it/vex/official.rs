//! The official schemas, which are not part of the repository.

use jsonschema::{Registry, Validator};
use serde_json::{Value, json};

use crate::{json_of, shared, shared_json};

/// Returns the schema of a version of CSAF. What it says of CVSS, SSVC and extensions stands in
/// documents of others; ours have none of these.
pub(crate) fn csaf(version: &str) -> Option<Validator> {
    let file = format!("incident/csaf/csaf_{version}_json_schema.json");
    let mut schema = shared_json(&file)?;
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
    let schema = shared_json("incident/openvex/openvex_json_schema.json")?;
    Some(validator(&schema, []))
}

pub(crate) fn cyclonedx() -> Option<Validator> {
    let folder = shared("cyclonedx/schema")?;
    let schema = json_of(&folder.join("bom-1.6.schema.json"));
    let others = ["spdx", "jsf-0.82", "cryptography-defs"].map(|name| {
        let file = format!("{name}.schema.json");
        let other = json_of(&folder.join(&file));
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

/// Fails with what a schema has against a document.
pub(crate) fn assert_valid(schema: &Validator, document: &Value) {
    let errors = schema.iter_errors(document);
    let errors: Vec<_> = errors
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}\n{document:#}");
}
