//! Runs the bundles of the Python reference against our own table of expectations.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use modelward_artifact::{
    GitPaths, HashOptions, JsonLimits, Manifest, NoControl, Sharding, Symlinks, Verdict,
    WalkOptions,
};
use modelward_sign::{Bundle, PublicKey, VerifyPolicy, verify_model};
use serde_json::Value;

use crate::models;

/// `ok`, or the code of the finding or error with which the bundle is refused.
const EXPECTED: &str = include_str!("oms_expected.txt");

#[test]
fn the_reference_bundles_get_the_verdicts_of_our_table() {
    let Some(data) = reference_data() else {
        return;
    };
    let scratch = tempfile::tempdir().expect("a scratch folder can be made");
    models::build(scratch.path());
    let key = |curve: &str| {
        let path = data.join(format!("keys/{curve}.pub.pem"));
        let pem = fs::read_to_string(path).expect("the key is there");
        PublicKey::from_pem(&pem).expect("the key is on a known curve")
    };

    let mut met = BTreeSet::new();
    let mut wrong = Vec::new();
    for line in EXPECTED.lines().filter(|line| !line.starts_with('#')) {
        let [folder, name, model, expected] = columns(line);
        let path = data.join(folder).join(format!("{name}.sig"));
        let curve = ["p384", "p521"]
            .into_iter()
            .find(|curve| name.contains(curve));
        let key = key(curve.unwrap_or("p256"));
        let found = outcome(&path, &scratch.path().join(model), &key);
        if found != expected {
            wrong.push(format!(
                "{folder}/{name}: expected {expected}, found {found}"
            ));
        }
        met.insert(path);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(
        met,
        bundles_of_concern(&data),
        "a bundle is missing in one of the two"
    );
}

/// The engine against the reference, whatever key signed: every model, algorithm and layout.
#[test]
fn every_digest_of_the_reference_is_reproduced() {
    let Some(data) = reference_data() else {
        return;
    };
    let scratch = tempfile::tempdir().expect("a scratch folder can be made");
    models::build(scratch.path());
    // A name with a backslash is none of ours; the other files of its model still count.
    fs::remove_file(scratch.path().join("order").join(BACKSLASH)).expect("it was built");
    // The reference passes a link to a directory over in silence, which is an error of ours.
    fs::remove_file(scratch.path().join("symlinks/dirlink")).expect("it was built");
    let text = fs::read(data.join("expected.json")).expect("the list is there");
    let list: Value = serde_json::from_slice(&text).expect("the list is JSON");
    let vectors = list["vectors"].as_array().expect("it lists vectors");
    let mut checked = 0;
    for vector in vectors
        .iter()
        .filter(|vector| vector["predicate"].is_object())
    {
        let name = vector["name"].as_str().expect("a vector has a name");
        let expected = resources(&vector["predicate"]["resources"]);
        if expected.is_empty() {
            assert!(name.contains("empty"), "{name} has no resources");
            continue;
        }
        let model = vector["model"].as_str().expect("a vector has a model");
        let model = model
            .strip_prefix("models/")
            .expect("models are in one folder");
        let options = reference_options(&vector["predicate"]["serialization"]);
        let manifest = Manifest::hash(&scratch.path().join(model), &options, &NoControl);
        let manifest = manifest.unwrap_or_else(|error| panic!("{name}: {error}"));
        let found: BTreeSet<_> = manifest
            .resources()
            .map(|(resource, digest)| (resource.to_string(), digest.to_hex()))
            // The reference calls a model of one file `.`.
            .map(|(text, hex)| match text.strip_prefix("single.bin") {
                Some(bounds) => (format!(".{bounds}"), hex),
                None => (text, hex),
            })
            .collect();
        assert_eq!(found, expected, "{name}");
        checked += 1;
    }
    assert!(
        checked > 100,
        "only {checked} of the reference's vectors were compared"
    );
}

/// The one file that the reference signs and no path of ours can name.
const BACKSLASH: &str = "quote\"'\\b";

fn resources(list: &Value) -> BTreeSet<(String, String)> {
    let text = |value: &Value| value.as_str().expect("a member is text").to_owned();
    let list = list.as_array().expect("resources are a list").iter();
    list.map(|resource| (text(&resource["name"]), text(&resource["digest"])))
        .filter(|(name, _)| !name.contains('\\'))
        .collect()
}

fn reference_options(serialization: &Value) -> HashOptions {
    let algorithm = serialization["hash_type"]
        .as_str()
        .expect("it names its hash");
    let algorithm = algorithm.parse().expect("the hash is known");
    // The reference has no shards for BLAKE3, and its sizes are numbers with a fraction.
    let size = serialization["shard_size"]
        .as_f64()
        .map(|size| format!("{size:.0}"));
    let sharding = size.map_or(Sharding::Whole, |size| {
        Sharding::Size(size.parse().expect("a size is above 0"))
    });
    let symlinks = match serialization["allow_symlinks"].as_bool() {
        Some(true) => Symlinks::FollowAnywhere,
        _ => Symlinks::Refuse,
    };
    let ignored = serialization["ignore_paths"]
        .as_array()
        .into_iter()
        .flatten();
    let walk = ignored
        .filter_map(Value::as_str)
        .map(|path| path.parse().expect("an ignored path lies in the model"))
        .fold(WalkOptions::default(), WalkOptions::with_ignored)
        .with_git_paths(GitPaths::Include)
        .with_symlinks(symlinks);
    HashOptions::default()
        .with_algorithm(algorithm)
        .with_sharding(sharding)
        .with_walk(walk)
}

fn columns(line: &str) -> [&str; 4] {
    let columns: Vec<&str> = line.split_whitespace().collect();
    columns.try_into().expect("a line has four columns")
}

fn outcome(bundle: &Path, model: &Path, key: &PublicKey) -> String {
    let bytes = fs::read(bundle).expect("the bundle is there");
    let bundle = match Bundle::read(&bytes, &JsonLimits::default()) {
        Ok(bundle) => bundle,
        Err(error) => return error.code().to_owned(),
    };
    let policy = VerifyPolicy::key(key.clone());
    match verify_model(model, &bundle, &policy, &NoControl) {
        Ok(Verdict::Verified(_)) => "ok".to_owned(),
        Ok(Verdict::Rejected(findings)) => findings.as_slice()[0].code().to_owned(),
        Err(error) => error.code().to_owned(),
    }
}

/// Lists the bundles that the table has to speak of: those of the method `key`.
fn bundles_of_concern(data: &Path) -> BTreeSet<PathBuf> {
    let concerns = |path: &PathBuf| {
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        path.parent()
            .is_some_and(|parent| parent.ends_with("bundles-tampered"))
            || name.starts_with("cli-key-")
            || name.starts_with("api-key-")
    };
    ["bundles", "bundles-tampered"]
        .iter()
        .flat_map(|folder| fs::read_dir(data.join(folder)).expect("the folder is there"))
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(concerns)
        .collect()
}

/// Finds the reference data, which is not part of the repository.
fn reference_data() -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let shared = std::env::var("MODELWARD_SHARED").unwrap_or_else(|_| beside.to_owned());
    let data = Path::new(&shared).join("data/oms");
    if data.is_dir() {
        return Some(data);
    }
    assert!(
        std::env::var_os("MODELWARD_NO_SKIP").is_none(),
        "the reference bundles are not at hand, and skipping is not allowed"
    );
    // The macros' output is captured by the test runner; a skip must be seen.
    writeln!(
        io::stderr(),
        "SKIPPED: the reference bundles are not at hand"
    )
    .ok();
    None
}
