//! A small model that was signed, and what verifying and loading it come to.

use std::fs;
use std::num::NonZeroU64;
use std::path::Path;

use modelward_artifact::{HashOptions, JsonLimits, Manifest, NoControl, Sharding, Verdict};
use modelward_sign::{
    Bundle, LoadMode, LoadOptions, PublicKey, SigningKey, VerifiedModel, VerifyPolicy, sign,
    verify_model,
};

use super::child::say;

/// How often a child does its work: a fault that is over does not matter the second time.
pub(super) const TIMES: usize = 2;

const SHARD: NonZeroU64 = NonZeroU64::new(1000).unwrap();

/// Writes a model with its bundle and its key, and returns its root digest.
pub(super) fn make(place: &Path) -> String {
    let root = place.join("model");
    fs::create_dir_all(root.join("sub")).unwrap();
    fs::write(root.join("config.json"), "{}").unwrap();
    fs::write(root.join("sub/weights.bin"), weights()).unwrap();
    let key = SigningKey::generate();
    let options = HashOptions::default().with_sharding(Sharding::Size(SHARD));
    let manifest = Manifest::hash(&root, &options, &NoControl).unwrap();
    let bundle = sign(&manifest, &key).unwrap();
    fs::write(place.join("bundle.json"), bundle.to_json()).unwrap();
    fs::write(place.join("key.pem"), key.public_key().as_pem()).unwrap();
    let whole = Manifest::hash(&root, &HashOptions::default(), &NoControl).unwrap();
    whole.root().to_string()
}

/// Changes one byte of the model, so that it is never to be verified.
pub(super) fn change(place: &Path) {
    let mut bytes = weights();
    bytes[2500] ^= 1;
    fs::write(place.join("model/sub/weights.bin"), bytes).unwrap();
}

fn weights() -> Vec<u8> {
    (0..=250).cycle().take(5000).collect()
}

fn signed(place: &Path) -> Option<(Bundle, VerifyPolicy)> {
    let text = fs::read(place.join("bundle.json")).ok()?;
    let key = fs::read_to_string(place.join("key.pem")).ok()?;
    let bundle = Bundle::read(&text, &JsonLimits::default()).unwrap();
    let policy = VerifyPolicy::key(PublicKey::from_pem(&key).unwrap()).with_threads(1);
    Some((bundle, policy))
}

/// Verifies the model some times.
pub(super) fn verify(place: &Path) {
    for _ in 0..TIMES {
        let Some((bundle, policy)) = signed(place) else {
            say("failed", "reading");
            continue;
        };
        match verify_model(&place.join("model"), &bundle, &policy, &NoControl) {
            Ok(Verdict::Verified(_)) => say("verified", ""),
            Ok(Verdict::Rejected(findings)) => say("rejected", findings),
            Err(error) => say("failed", error.code()),
        };
    }
}

/// Loads the model some times, by shard, and tells whether what is given out is what was signed.
pub(super) fn load(place: &Path) {
    for _ in 0..TIMES {
        let Some((bundle, policy)) = signed(place) else {
            say("failed", "reading");
            continue;
        };
        let options = LoadOptions::new(policy).with_mode(LoadMode::ByShard);
        let opened = VerifiedModel::open(&place.join("model"), &bundle, &options, &NoControl);
        let held = match opened {
            Ok(Verdict::Verified(held)) => held,
            Ok(Verdict::Rejected(findings)) => {
                say("rejected", findings);
                continue;
            }
            Err(error) => {
                say("failed", error.code());
                continue;
            }
        };
        // What failed at first is given out when it is asked for again.
        for _ in 0..TIMES {
            match held.file("sub/weights.bin").and_then(|file| file.all()) {
                Ok(bytes) if bytes == weights() => say("verified", ""),
                Ok(_) => say("wrong", ""),
                Err(error) => say("failed", error.code()),
            };
        }
    }
}
