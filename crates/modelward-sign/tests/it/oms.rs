//! Runs the bundles of the Python reference against our own table of expectations.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use modelward_artifact::{JsonLimits, NoControl, Verdict};
use modelward_sign::{Bundle, PublicKey, VerifyPolicy, verify_model};

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
    let pem = fs::read_to_string(data.join("keys/p256.pub.pem")).expect("the key is there");
    let key = PublicKey::from_pem(&pem).expect("the key is on P-256");

    let mut met = BTreeSet::new();
    let mut wrong = Vec::new();
    for line in EXPECTED.lines().filter(|line| !line.starts_with('#')) {
        let [folder, name, model, expected] = columns(line);
        let path = data.join(folder).join(format!("{name}.sig"));
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

/// Lists the bundles that the table has to speak of: those signed with P-256.
fn bundles_of_concern(data: &Path) -> BTreeSet<PathBuf> {
    let concerns = |path: &PathBuf| {
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        path.parent()
            .is_some_and(|parent| parent.ends_with("bundles-tampered"))
            || name.starts_with("cli-key-p256-")
            || name.starts_with("api-key-p256-")
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
