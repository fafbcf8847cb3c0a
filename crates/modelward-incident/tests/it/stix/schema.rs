//! The schemas of STIX 2.1 by OASIS, which are not part of the repository, and those of ours for
//! the objects of the incident extension.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use jsonschema::{Registry, Validator};
use serde_json::Value;

use crate::{json_of, shared};

/// The official schema of each type, and `core` for the types that STIX 2.1 does not define.
///
/// That of the bundle is left out: it refuses every type that it does not list, such as notes,
/// since it wants them to be either domain objects or observables and all are taken for both.
pub(super) fn official() -> Option<BTreeMap<String, Validator>> {
    let folder = shared("incident/stix/schemas")?;
    let mut files = BTreeMap::new();
    for part in ["common", "observables", "sdos", "sros"] {
        for entry in fs::read_dir(folder.join(part)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            files.insert(name, json_of(&path));
        }
    }
    let mut registry = Registry::new();
    for schema in files.values() {
        let address = schema["$id"].as_str().unwrap().to_owned();
        registry = registry.add(address, schema.clone()).unwrap();
    }
    let registry = registry.prepare().unwrap();
    let validator = |schema: &Value| {
        let options = jsonschema::options().with_registry(&registry);
        options.should_validate_formats(true).build(schema).unwrap()
    };
    let ours = [
        "attack-pattern",
        "core",
        "course-of-action",
        "extension-definition",
        "file",
        "identity",
        "incident",
        "infrastructure",
        "marking-definition",
        "note",
        "observed-data",
        "relationship",
        "sighting",
        "software",
    ];
    let compiled = ours.map(|name| (name.to_owned(), validator(&files[name])));
    Some(compiled.into())
}

/// Our schemas by version of STIX and type.
pub(super) static OWN: LazyLock<BTreeMap<&str, BTreeMap<String, Validator>>> =
    LazyLock::new(|| ["2.1", "2.2"].map(|version| (version, own(version))).into());

/// Our schemas of `event`, `impact`, `incident` and `task` for a version of STIX.
fn own(version: &str) -> BTreeMap<String, Validator> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../.ci/schemas");
    let folder = Path::new(folder).join(format!("stix-{version}"));
    let types = ["event", "impact", "incident", "task"];
    types
        .map(|name| {
            let schema = json_of(&folder.join(format!("{name}.json")));
            (name.to_owned(), jsonschema::validator_for(&schema).unwrap())
        })
        .into()
}

/// Lists what a schema has against an object.
pub(super) fn errors(schema: &Validator, object: &Value) -> Vec<String> {
    schema
        .iter_errors(object)
        .map(|error| format!("{} {}: {error}", object["id"], error.instance_path()))
        .collect()
}
