//! Runs the bundles of the Python reference against our own table of expectations.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use modelward_artifact::{
    GitPaths, HashOptions, JsonLimits, Manifest, NoControl, Sharding, Symlinks, Timestamp, Verdict,
    WalkOptions,
};
use modelward_sign::{
    Bundle, Certificate, CertificatePolicy, Profile, PublicKey, ValidationTime, VerifyPolicy,
    verify_model,
};
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
    let mut met = BTreeSet::new();
    let mut wrong = Vec::new();
    for case in EXPECTED.lines().filter_map(Case::read) {
        let bundle = case.bundle(&data);
        let model = case.model(&data, scratch.path());
        if let Some(policy) = policy_of(case.trust, &data) {
            let found = outcome(&bundle, &model, &policy);
            if found != case.expected {
                wrong.push(format!("{case:?}: found {found}"));
            }
        }
        met.insert(bundle);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let all = all_bundles(&data);
    let missing: Vec<_> = all.symmetric_difference(&met).collect();
    assert!(
        missing.is_empty(),
        "these are missing in one of the two: {missing:#?}"
    );
}

/// Lists the bundles that verify, each with the policy that verifies it.
pub(crate) fn valid_bundles() -> Option<Vec<(String, Vec<u8>, VerifyPolicy)>> {
    let data = reference_data()?;
    let cases = EXPECTED.lines().filter_map(Case::read);
    let valid = cases
        .filter(|case| case.expected == "ok")
        .filter_map(|case| {
            let bytes = fs::read(case.bundle(&data)).expect("the bundle is there");
            Some((case.name.to_owned(), bytes, policy_of(case.trust, &data)?))
        });
    Some(valid.collect())
}

/// One line of the table.
#[derive(Debug)]
struct Case<'a> {
    folder: &'a str,
    name: &'a str,
    model: &'a str,
    trust: &'a str,
    expected: &'a str,
}

impl<'a> Case<'a> {
    fn read(line: &'a str) -> Option<Self> {
        if line.starts_with('#') {
            return None;
        }
        let columns: Vec<&str> = line.split_whitespace().collect();
        let [folder, name, model, trust, expected] = columns[..] else {
            panic!("a line has five columns: {line}");
        };
        Some(Self {
            folder,
            name,
            model,
            trust,
            expected,
        })
    }

    fn bundle(&self, data: &Path) -> PathBuf {
        match self.folder {
            "upstream" => data.join(UPSTREAM).join(self.name).join("model.sig"),
            folder => data.join(folder).join(format!("{}.sig", self.name)),
        }
    }

    fn model(&self, data: &Path, models: &Path) -> PathBuf {
        match (self.folder, self.model) {
            ("upstream", "-") => data.join(UPSTREAM).join(self.name),
            ("upstream", model) => data.join(UPSTREAM).join(self.name).join(model),
            (_, model) => models.join(model),
        }
    }
}

/// Where the bundles of earlier releases of the reference lie.
pub(crate) const UPSTREAM: &str = "upstream/model-transparency";

/// Returns whom a line trusts, or `None` where this build cannot verify the method.
fn policy_of(trust: &str, data: &Path) -> Option<VerifyPolicy> {
    let key = |path: &str| {
        let pem = fs::read_to_string(data.join(path)).expect("the key is there");
        let key = PublicKey::from_pem(&pem).expect("the key is on a known curve");
        VerifyPolicy::key(key)
    };
    let older = |policy: VerifyPolicy| {
        let ignored = ["model.sig", "ignore-me"].map(|path| path.parse().expect("a path"));
        let policy = policy.with_profile(Profile::Historic);
        ignored.into_iter().fold(policy, VerifyPolicy::with_ignored)
    };
    match trust {
        "p256" | "p384" | "p521" => Some(key(&format!("keys/{trust}.pub.pem"))),
        "upstream" => Some(older(key(&format!(
            "{UPSTREAM}/keys/certificate/signing-key-pub.pem"
        )))),
        #[cfg(feature = "sigstore")]
        "sigstore" => Some(older(crate::sigstore::policy())),
        #[cfg(not(feature = "sigstore"))]
        "sigstore" => None,
        "upstream-ca" => {
            let folder = format!("{UPSTREAM}/keys/certificate");
            rsa(older(certificates(data, &folder, "ca-cert.pem")))
        }
        "rsa" => rsa(certificates(data, "keys", "ca-rsa-root.pem")),
        other => {
            let Some(names) = other.strip_prefix("cert:") else {
                panic!("nobody is called {other}");
            };
            Some(certificates(data, "keys", names))
        }
    }
}

/// Trusts the authorities in some files, at an instant at which the reference's are valid.
fn certificates(data: &Path, folder: &str, names: &str) -> VerifyPolicy {
    let read = |name: &str| {
        let pem = fs::read_to_string(data.join(folder).join(name)).expect("the file is there");
        Certificate::from_pem(&pem).expect("it is a certificate")
    };
    let names = names.split(',').filter(|name| !name.is_empty());
    let now = Timestamp::from_unix_seconds(1_795_000_000).expect("an instant in 2026");
    let signers = CertificatePolicy::new(names.map(read), ValidationTime::Now(now));
    VerifyPolicy::certificate(signers)
}

/// Some authorities of the reference have RSA keys.
fn rsa(policy: VerifyPolicy) -> Option<VerifyPolicy> {
    cfg!(feature = "rsa").then_some(policy)
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

fn outcome(bundle: &Path, model: &Path, policy: &VerifyPolicy) -> String {
    let bytes = fs::read(bundle).expect("the bundle is there");
    let bundle = match Bundle::read(&bytes, &JsonLimits::default()) {
        Ok(bundle) => bundle,
        Err(error) => return error.code().to_owned(),
    };
    match verify_model(model, &bundle, policy, &NoControl) {
        Ok(Verdict::Verified(_)) => "ok".to_owned(),
        Ok(Verdict::Rejected(findings)) => findings.as_slice()[0].code().to_owned(),
        Err(error) => error.code().to_owned(),
    }
}

/// Lists every bundle that is there, of which the table has to speak.
fn all_bundles(data: &Path) -> BTreeSet<PathBuf> {
    let list = |folder: PathBuf| {
        let entries = fs::read_dir(folder).expect("the folder is there");
        entries.map(|entry| entry.expect("the folder can be read").path())
    };
    let upstream = list(data.join(UPSTREAM)).map(|version| version.join("model.sig"));
    ["bundles", "bundles-tampered"]
        .iter()
        .flat_map(|folder| list(data.join(folder)))
        .chain(upstream.filter(|bundle| bundle.is_file()))
        .collect()
}

/// Finds the reference data, which is not part of the repository.
pub(crate) fn reference_data() -> Option<PathBuf> {
    shared_data("oms")
}

/// Finds data that others made, which is not part of the repository.
pub(crate) fn shared_data(folder: &str) -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let shared = std::env::var("MODELWARD_SHARED").unwrap_or_else(|_| beside.to_owned());
    let data = Path::new(&shared).join("data").join(folder);
    if data.is_dir() {
        return Some(data);
    }
    assert!(
        std::env::var_os("MODELWARD_NO_SKIP").is_none(),
        "{folder} is not at hand, and skipping is not allowed"
    );
    // The macros' output is captured by the test runner; a skip must be seen.
    writeln!(io::stderr(), "SKIPPED: {folder} is not at hand").ok();
    None
}
