use std::fs;
use std::path::PathBuf;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use modelward_artifact::{JsonLimits, Verdict};
use modelward_sign::{
    Bundle, Method, Profile, SignedBy, SigstorePolicy, SigstoreTrust, VerifyPolicy,
    verify_statement,
};
use serde_json::{Value, json};

use crate::authority::{Holder, Wanted};
use crate::fixture::{model, signed, value_of};
use crate::oms::{UPSTREAM, reference_data};

const IDENTITY: &str = "stefanb@us.ibm.com";
const ISSUER: &str = "https://sigstore.verify.ibm.com/oauth2";

fn trusting(identity: &str, issuer: &str) -> VerifyPolicy {
    let trust = SigstoreTrust::public_good().expect("the dependency carries it");
    VerifyPolicy::sigstore(SigstorePolicy::new(trust, identity, issuer))
}

/// Trusts who signed the bundles of the reference's earlier releases.
pub(crate) fn policy() -> VerifyPolicy {
    trusting(IDENTITY, ISSUER)
}

fn file(version: &str) -> Option<PathBuf> {
    let data = reference_data()?;
    Some(data.join(UPSTREAM).join(version).join("model.sig"))
}

fn read(text: &str) -> Bundle {
    Bundle::read(text.as_bytes(), &JsonLimits::default()).expect("a bundle")
}

fn outcome(text: &str, policy: &VerifyPolicy) -> String {
    match verify_statement(&read(text), policy) {
        Ok(Verdict::Verified(_)) => "ok".to_owned(),
        Ok(Verdict::Rejected(findings)) => findings.as_slice()[0].code().to_owned(),
        Err(error) => error.code().to_owned(),
    }
}

#[test]
fn a_keyless_bundle_verifies_offline_for_its_identity_alone() {
    for version in ["v0.3.1", "v1.0.0", "v1.0.1", "v1.1.0"] {
        let Some(path) = file(&format!("{version}-sigstore")) else {
            return;
        };
        let text = fs::read_to_string(path).expect("the bundle is there");
        let bundle = read(&text);
        assert_eq!(bundle.method(), Method::Sigstore);
        assert_eq!(bundle.to_json(), text.as_bytes(), "it stays as it was read");
        let verdict = verify_statement(&bundle, &policy()).expect("an answer");
        let proof = verdict
            .into_result()
            .unwrap_or_else(|findings| panic!("{findings}"));
        let SignedBy::Sigstore(signer) = proof.signed_by() else {
            panic!("nobody else signed");
        };
        assert_eq!((signer.identity(), signer.issuer()), (IDENTITY, ISSUER));
        assert!(
            signer
                .signed_at()
                .is_some_and(|time| time.unix_seconds() > 1_700_000_000)
        );

        let cases = [
            ("other@us.ibm.com", ISSUER, "sign.sigstore.identity"),
            (
                IDENTITY,
                "https://accounts.google.com",
                "sign.sigstore.issuer",
            ),
        ];
        for (identity, issuer, code) in cases {
            assert_eq!(outcome(&text, &trusting(identity, issuer)), code);
        }
        let staging = SigstoreTrust::staging().expect("the dependency carries it");
        let staging = SigstorePolicy::new(staging, IDENTITY, ISSUER);
        assert_ne!(outcome(&text, &VerifyPolicy::sigstore(staging)), "ok");
    }
}

#[test]
fn a_trusted_root_can_be_given_and_stand_in_a_clients_settings() {
    let (Some(path), Some(data)) = (file("v1.1.0-sigstore"), reference_data()) else {
        return;
    };
    let text = fs::read_to_string(path).expect("the bundle is there");
    for name in [
        "trusted_root.public-good.json",
        "client_trust_config.public-good.json",
    ] {
        let root = fs::read(data.join("trust").join(name)).expect("the trusted root is there");
        let trust = SigstoreTrust::read(&root, &JsonLimits::default()).expect("a trusted root");
        let policy = VerifyPolicy::sigstore(SigstorePolicy::new(trust, IDENTITY, ISSUER));
        assert_eq!(outcome(&text, &policy), "ok", "{name}");
    }
    let cases = [
        ("{}", "sign.sigstore.trusted_root"),
        ("x", "artifact.json.syntax"),
    ];
    for (text, code) in cases {
        let error = SigstoreTrust::read(text.as_bytes(), &JsonLimits::default());
        assert_eq!(error.expect_err("no trusted root").code(), code);
    }
}

/// A certificate of our own making is none of Sigstore's, whatever stands beside it.
#[test]
fn a_made_up_keyless_bundle_is_looked_at_as_one_and_proves_nothing() {
    let root = Holder::new("CN=root");
    let leaf = root.issue(&Holder::signer("CN=signer"), &Wanted::signer());
    let mut value = value_of(&signed(model().path()));
    value["verificationMaterial"] = json!({
        "certificate": {"rawBytes": BASE64_STANDARD.encode(leaf.as_der())},
        "tlogEntries": [],
    });
    let text = value.to_string();
    assert_eq!(read(&text).method(), Method::Sigstore);
    let found = outcome(&text, &policy());
    assert!(found.starts_with("sign.sigstore."), "{found}");
}

/// Changes the JSON of a bundle.
type Change = fn(&mut Value);

#[test]
fn no_part_of_a_keyless_bundle_can_be_changed() {
    let Some(path) = file("v1.1.0-sigstore") else {
        return;
    };
    let text = fs::read_to_string(path).expect("the bundle is there");
    let good: Value = serde_json::from_str(&text).expect("JSON");
    let flip = |text: &Value| {
        let text = text.as_str().expect("base64");
        let (place, old) = text.char_indices().nth(text.len() / 2).expect("it is long");
        let new = if old == 'A' { "B" } else { "A" };
        Value::from(format!("{}{new}{}", &text[..place], &text[place + 1..]))
    };
    let changes: [(&str, Change); 3] = [
        ("no log", |b| {
            b["verificationMaterial"]["tlogEntries"] = Value::Array(Vec::new());
        }),
        ("no inclusion proof", |b| {
            b["verificationMaterial"]["tlogEntries"][0]["inclusionProof"] = Value::Null;
        }),
        ("another payload type", |b| {
            b["dsseEnvelope"]["payloadType"] = "application/json".into();
        }),
    ];
    let mut cases: Vec<(&str, Value)> = Vec::new();
    for (name, change) in changes {
        let mut value = good.clone();
        change(&mut value);
        cases.push((name, value));
    }
    for pointer in [
        "/dsseEnvelope/payload",
        "/dsseEnvelope/signatures/0/sig",
        "/verificationMaterial/certificate/rawBytes",
        "/verificationMaterial/tlogEntries/0/canonicalizedBody",
        "/verificationMaterial/tlogEntries/0/inclusionProof/hashes/0",
        "/verificationMaterial/tlogEntries/0/inclusionPromise/signedEntryTimestamp",
    ] {
        let mut value = good.clone();
        let place = value.pointer_mut(pointer).expect("the member is there");
        *place = flip(place);
        cases.push((pointer, value));
    }
    for (name, value) in cases {
        let found = outcome(&value.to_string(), &policy());
        assert_ne!(found, "ok", "{name}");
    }
    let strict = policy().with_profile(Profile::Strict);
    assert_eq!(outcome(&text, &strict), "ok");
}
