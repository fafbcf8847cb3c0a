//! A small model, its key, its signature, and bundles of any text.

use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use modelward_artifact::{EntryPath, HashOptions, JsonLimits, Manifest, NoControl, Verdict};
use modelward_sign::{
    Bundle, Envelope, SigningKey, VerifiedModel, VerifyPolicy, sign, verify_model,
};
use serde_json::Value;

use crate::key::PKCS8;

pub(crate) fn key() -> SigningKey {
    SigningKey::from_pem(PKCS8).expect("the vector is a private key")
}

pub(crate) fn policy() -> VerifyPolicy {
    VerifyPolicy::key(key().public_key().clone())
}

pub(crate) fn model() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a scratch folder can be made");
    fs::create_dir(folder.path().join("onnx")).expect("the folder is writable");
    for (name, bytes) in [
        ("config.json", "{}"),
        ("onnx/model.onnx", "o"),
        ("weights.bin", "w"),
    ] {
        fs::write(folder.path().join(name), bytes).expect("the folder is writable");
    }
    folder
}

pub(crate) fn path(text: &str) -> EntryPath {
    text.parse().expect("a plain path")
}

/// Plants a file in a model.
pub(crate) fn put(root: &Path, name: &str) {
    let path = root.join(name);
    fs::create_dir_all(path.parent().expect("below the root")).expect("writable");
    fs::write(path, "planted").expect("writable");
}

pub(crate) fn hashed(root: &Path, options: &HashOptions) -> Manifest {
    Manifest::hash(root, options, &NoControl).expect("the model can be hashed")
}

pub(crate) fn signed(root: &Path) -> Bundle {
    sign(&hashed(root, &HashOptions::default()), &key()).expect("a key in memory signs")
}

pub(crate) fn read(value: &Value) -> Bundle {
    let bytes = serde_json::to_vec(value).expect("json");
    Bundle::read(&bytes, &JsonLimits::default()).expect("a bundle")
}

/// Returns a bundle as JSON, to be changed.
pub(crate) fn value_of(bundle: &Bundle) -> Value {
    serde_json::from_slice(&bundle.to_json()).expect("a bundle is JSON")
}

/// Returns the statement of a bundle as JSON, to be changed and signed again.
pub(crate) fn statement_of(bundle: &Bundle) -> Value {
    serde_json::from_slice(bundle.envelope().unverified_payload()).expect("a statement is JSON")
}

/// Signs any text as a statement would be.
pub(crate) fn bundle_of(payload: &str) -> Bundle {
    let envelope = Envelope::sign(payload.as_bytes().to_vec(), &key()).expect("it signs");
    let mut value = value_of(&signed(model().path()));
    let encode = |bytes: &[u8]| BASE64_STANDARD.encode(bytes);
    value["dsseEnvelope"]["payload"] = encode(envelope.unverified_payload()).into();
    value["dsseEnvelope"]["signatures"][0]["sig"] = encode(envelope.signature()).into();
    read(&value)
}

/// Tells what verifying came to: `ok`, or the codes of what it was refused for, sorted.
pub(crate) fn outcome(root: &Path, bundle: &Bundle, policy: &VerifyPolicy) -> Vec<String> {
    match verify_model(root, bundle, policy, &NoControl) {
        Ok(Verdict::Verified(_)) => vec!["ok".to_owned()],
        Ok(Verdict::Rejected(findings)) => findings
            .iter()
            .map(|finding| finding.code().to_owned())
            .collect(),
        Err(error) => vec![error.code().to_owned()],
    }
}

/// Returns the proof of a model that is as it was signed.
pub(crate) fn verified(root: &Path, bundle: &Bundle, policy: &VerifyPolicy) -> VerifiedModel {
    let verdict = verify_model(root, bundle, policy, &NoControl).expect("there is an answer");
    verdict
        .into_result()
        .unwrap_or_else(|findings| panic!("{findings}"))
}

/// Lists the codes of the warnings of a proof, with what they concern.
pub(crate) fn warnings(model: &VerifiedModel) -> Vec<(&str, Option<&str>)> {
    let warnings = model.warnings().iter();
    warnings
        .map(|finding| (finding.code(), finding.subject()))
        .collect()
}
