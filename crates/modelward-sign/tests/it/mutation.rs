//! Changes bundles in every single way and counts what becomes of them.

use std::collections::BTreeMap;

use modelward_artifact::{JsonLimits, Verdict};
use modelward_sign::{Bundle, SigningKey, VerifyPolicy, sign, verify_statement};
use serde_json::{Value, json};

use crate::authority::{Holder, NOW, Wanted, at};
use crate::fixture::{hashed, model};
use crate::key::CURVES;

/// What may be changed and means the same, by its reason.
const SAME: [&str; 5] = [
    "the bundle reads the same",
    "the key is not named, and was found all the same",
    "a member that the signature does not cover",
    "base64 of another spelling",
    "a certificate that the chain does not need",
];

/// A bundle with the policy that verifies it.
struct Valid {
    name: String,
    bytes: Vec<u8>,
    policy: VerifyPolicy,
}

impl Valid {
    fn read(bytes: &[u8]) -> Option<Bundle> {
        Bundle::read(bytes, &JsonLimits::default()).ok()
    }

    /// Returns `refused`, or why a changed bundle may verify. There is no third.
    fn outcome(&self, changed: &[u8]) -> &'static str {
        let Some(bundle) = Self::read(changed) else {
            return "refused";
        };
        let original = Self::read(&self.bytes).expect("the original is a bundle");
        if bundle == original {
            return SAME[0];
        }
        match verify_statement(&bundle, &self.policy) {
            Ok(Verdict::Verified(_)) => reason(&bundle, &original).unwrap_or_else(|| {
                let text = String::from_utf8_lossy(changed).into_owned();
                panic!("{}: verified though it was changed: {text}", self.name)
            }),
            _ => "refused",
        }
    }
}

/// Says why a changed bundle means the same. What is signed, and by which signature, never changes.
fn reason(bundle: &Bundle, original: &Bundle) -> Option<&'static str> {
    let is = |code: &str| {
        bundle
            .deviations()
            .iter()
            .any(|finding| finding.code() == code)
    };
    if bundle.envelope() != original.envelope() || bundle.method() != original.method() {
        return None;
    }
    let certificates = |bundle: &Bundle| -> Vec<Vec<u8>> {
        bundle
            .unverified_certificates()
            .map(<[u8]>::to_vec)
            .collect()
    };
    if bundle.hint() != original.hint() {
        return (bundle.hint().is_none()).then_some(SAME[1]);
    }
    let (found, expected) = (certificates(bundle), certificates(original));
    if found != expected {
        // The signer's own certificate is always needed.
        return (found.first() == expected.first()).then_some(SAME[4]);
    }
    if is("sign.bundle.base64_form") {
        return Some(SAME[3]);
    }
    Some(SAME[2])
}

/// Bundles of our own: each curve, and a certificate.
fn own() -> Vec<Valid> {
    let model = model();
    let manifest = hashed(model.path(), &modelward_artifact::HashOptions::default());
    let mut valid: Vec<_> = CURVES
        .iter()
        .map(|(curve, [pem, ..])| {
            let key = SigningKey::from_pem(pem).expect("the vector is a private key");
            Valid {
                name: curve.to_string(),
                bytes: sign(&manifest, &key).expect("it signs").to_json(),
                policy: VerifyPolicy::key(key.public_key().clone()),
            }
        })
        .collect();
    let root = Holder::new("CN=root");
    let leaf = root.issue(&Holder::signer("CN=signer"), &Wanted::signer());
    let options = modelward_sign::SignOptions::default().with_certificates([leaf, root.root()]);
    let bundle = modelward_sign::sign_with(&manifest, &crate::fixture::key(), &options);
    let now = modelward_sign::ValidationTime::Now(at(NOW));
    valid.push(Valid {
        name: "certificate".to_owned(),
        bytes: bundle.expect("it signs").to_json(),
        policy: VerifyPolicy::certificate(modelward_sign::CertificatePolicy::new(
            [root.root()],
            now,
        )),
    });
    valid
}

/// Tells whether every change is made, which takes minutes.
fn is_full() -> bool {
    std::env::var_os("MODELWARD_FULL").is_some()
}

type Counts = BTreeMap<&'static str, usize>;

#[test]
fn no_change_of_a_byte_lets_another_statement_pass() {
    let mut counts = Counts::new();
    let all = [Byte::Flip(1), Byte::Remove, Byte::Flip(0x20), Byte::Repeat];
    let changes = if is_full() { &all[..] } else { &all[..2] };
    for valid in own() {
        for place in 0..valid.bytes.len() {
            for change in changes {
                let changed = change.apply(&valid.bytes, place);
                *counts.entry(valid.outcome(&changed)).or_default() += 1;
            }
        }
    }
    report("bytes", &counts);
    assert!(counts["refused"] > 10_000, "{counts:?}");
}

#[derive(Clone, Copy)]
enum Byte {
    Flip(u8),
    Remove,
    Repeat,
}

impl Byte {
    fn apply(self, bytes: &[u8], place: usize) -> Vec<u8> {
        let mut changed = bytes.to_vec();
        match self {
            Self::Flip(bit) => changed[place] ^= bit,
            Self::Remove => {
                changed.remove(place);
            }
            Self::Repeat => changed.insert(place, bytes[place]),
        }
        changed
    }
}

#[test]
fn no_change_of_the_structure_lets_another_statement_pass() {
    let mut counts = Counts::new();
    for valid in own() {
        for changed in structural(&valid.bytes) {
            *counts
                .entry(valid.outcome(changed.to_string().as_bytes()))
                .or_default() += 1;
        }
    }
    report("structure", &counts);
    assert!(counts["refused"] > 300, "{counts:?}");
}

#[test]
fn no_bundle_of_the_reference_can_be_changed_in_its_structure() {
    let Some(valid) = crate::oms::valid_bundles() else {
        return;
    };
    assert!(valid.len() > 100, "only {} bundles are valid", valid.len());
    let mut counts = Counts::new();
    for (name, bytes, policy) in valid {
        let valid = Valid {
            name,
            bytes,
            policy,
        };
        for changed in structural(&valid.bytes) {
            *counts
                .entry(valid.outcome(changed.to_string().as_bytes()))
                .or_default() += 1;
        }
        // Every so many bytes here; `.ci/run full` changes each.
        let step = if is_full() { 1 } else { 211 };
        for place in (0..valid.bytes.len()).step_by(step) {
            for change in [Byte::Flip(1), Byte::Remove] {
                let changed = change.apply(&valid.bytes, place);
                *counts.entry(valid.outcome(&changed)).or_default() += 1;
            }
        }
    }
    report("reference", &counts);
    assert!(counts["refused"] > 5_000, "{counts:?}");
}

/// Prints the counts, which the runner shows on request.
fn report(name: &str, counts: &Counts) {
    use std::io::Write as _;

    writeln!(std::io::stdout(), "{name}: {counts:?}").ok();
    let known = |reason: &&&str| **reason == "refused" || SAME.contains(*reason);
    assert!(counts.keys().all(|reason| known(&reason)), "{counts:?}");
}

/// Lists a bundle with each member and item removed, doubled, or turned into something else.
fn structural(bytes: &[u8]) -> Vec<Value> {
    let original: Value = serde_json::from_slice(bytes).expect("a bundle is JSON");
    let mut places = Vec::new();
    list(&original, String::new(), &mut places);
    let mut changed = Vec::new();
    for place in places {
        for replacement in [
            json!(null),
            json!(""),
            json!([]),
            json!({}),
            json!(0),
            json!("AAAA"),
        ] {
            let mut value = original.clone();
            if let Some(target) = value.pointer_mut(&place)
                && *target != replacement
            {
                *target = replacement;
                changed.push(value);
            }
        }
        changed.extend(removed(&original, &place));
        changed.extend(doubled(&original, &place));
    }
    let mut more = original.clone();
    more["added"] = json!({"a": 1});
    changed.push(more);
    changed
}

fn list(value: &Value, place: String, places: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                list(value, format!("{place}/{key}"), places);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                list(value, format!("{place}/{index}"), places);
            }
        }
        _ => {}
    }
    if !place.is_empty() {
        places.push(place);
    }
}

fn removed(original: &Value, place: &str) -> Option<Value> {
    let mut value = original.clone();
    let (parent, key) = place.rsplit_once('/')?;
    match value.pointer_mut(parent)? {
        Value::Object(members) => {
            members.remove(key)?;
        }
        Value::Array(items) => {
            items.remove(key.parse().ok()?);
        }
        _ => return None,
    }
    Some(value)
}

fn doubled(original: &Value, place: &str) -> Option<Value> {
    let mut value = original.clone();
    let (parent, key) = place.rsplit_once('/')?;
    let items = value.pointer_mut(parent)?.as_array_mut()?;
    let item = items.get(key.parse::<usize>().ok()?)?.clone();
    items.push(item);
    Some(value)
}
