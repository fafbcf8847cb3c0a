//! Signatures as `model-signing` v0.2 made them, over another text than everybody since; made anew, so
//! that nothing but this text and the hash function is what differs.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use modelward_artifact::{HashOptions, Message, Signer as _};
use modelward_sign::{
    Bundle, CertificatePolicy, PAYLOAD_TYPE, Profile, SignOptions, SigningKey, ValidationTime,
    VerifyPolicy, sign, sign_with,
};

use crate::authority::{Holder, NOW, Wanted, at};
use crate::fixture::{hashed, key, model, outcome, policy, read, value_of};
use crate::key::CURVES;

const PROFILES: [Profile; 3] = [Profile::Compatible, Profile::Historic, Profile::Strict];

/// Puts a signature over the old text of a payload into a bundle, which is that of the bundle or another.
fn old_signature(bundle: &Bundle, signer: &SigningKey, payload: &[u8]) -> Bundle {
    let text = std::str::from_utf8(payload).expect("statements are texts");
    // Python shows what has no quotes, escapes or other letters of its own as it is.
    let is_plain = |letter| matches!(letter, ' '..='~') && letter != '\'' && letter != '\\';
    assert!(text.chars().all(is_plain));
    let head = format!(
        "DSSEV1 {} {PAYLOAD_TYPE} {}",
        PAYLOAD_TYPE.len(),
        text.len()
    );
    let signed = format!("{head} b'{text}'");
    let message = Message::new(signer.algorithm(), signed.as_bytes());
    let signature = signer.sign(&message).expect("a key in memory signs");
    let mut value = value_of(bundle);
    value["dsseEnvelope"]["signatures"][0]["sig"] = BASE64_STANDARD.encode(signature).into();
    read(&value)
}

#[test]
fn the_oldest_signature_counts_only_where_it_is_asked_for() {
    let model = model();
    let manifest = hashed(model.path(), &HashOptions::default());
    for (_, [pkcs8, ..]) in CURVES {
        let signer = SigningKey::from_pem(pkcs8).expect("a private key");
        let bundle = sign(&manifest, &signer).expect("it signs");
        let old = old_signature(&bundle, &signer, bundle.envelope().unverified_payload());
        for profile in PROFILES {
            let policy = VerifyPolicy::key(signer.public_key().clone()).with_profile(profile);
            assert_eq!(outcome(model.path(), &bundle, &policy), ["ok"]);
            let expected = match profile {
                Profile::Historic => "ok",
                _ => "sign.signature.invalid",
            };
            assert_eq!(
                outcome(model.path(), &old, &policy),
                [expected],
                "{profile:?}"
            );
        }
    }
}

/// To take the oldest form is not to take everything.
#[test]
fn a_forged_signature_counts_in_no_profile() {
    let model = model();
    let bundle = sign(&hashed(model.path(), &HashOptions::default()), &key()).expect("it signs");
    let stranger = SigningKey::from_pem(CURVES[1].1[0]).expect("a private key");
    let payload = bundle.envelope().unverified_payload();
    let shorter = &payload[..payload.len() - 1];
    for forged in [
        old_signature(&bundle, &stranger, payload),
        old_signature(&bundle, &key(), shorter),
    ] {
        for profile in PROFILES {
            let policy = policy().with_profile(profile);
            let found = outcome(model.path(), &forged, &policy);
            assert_eq!(found, ["sign.signature.invalid"], "{profile:?}");
        }
    }
}

#[test]
fn the_oldest_signature_by_certificate_counts_only_where_it_is_asked_for() {
    let root = Holder::new("CN=root");
    let leaf = root.issue(&Holder::signer("CN=signer"), &Wanted::signer());
    let model = model();
    let options = SignOptions::default().with_certificates([leaf]);
    let manifest = hashed(model.path(), &HashOptions::default());
    let bundle = sign_with(&manifest, &key(), &options).expect("it signs");
    let payload = bundle.envelope().unverified_payload();
    let stranger = SigningKey::from_pem(CURVES[1].1[0]).expect("a private key");
    let old = old_signature(&bundle, &key(), payload);
    let forged = old_signature(&bundle, &stranger, payload);
    for profile in PROFILES {
        let trusted = CertificatePolicy::new([root.root()], ValidationTime::Now(at(NOW)));
        let policy = VerifyPolicy::certificate(trusted).with_profile(profile);
        let expected = match profile {
            Profile::Historic => "ok",
            _ => "sign.signature.invalid",
        };
        assert_eq!(
            outcome(model.path(), &old, &policy),
            [expected],
            "{profile:?}"
        );
        let found = outcome(model.path(), &forged, &policy);
        assert_eq!(found, ["sign.signature.invalid"], "{profile:?}");
    }
}
