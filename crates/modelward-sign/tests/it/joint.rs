use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};

use modelward_artifact::{Control, Event, HashOptions, NoControl, Verdict};
use modelward_sign::{SigningKey, VerifyPolicy, sign, verify_jointly};

use crate::fixture::{hashed, key, model, policy};
use crate::key::CURVES;

/// Counts how often a model was hashed.
#[derive(Default)]
struct Meter(AtomicUsize);

impl Control for Meter {
    fn on_event(&self, event: &Event<'_>) {
        if matches!(event, Event::Finished) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}

#[test]
fn a_model_needs_every_signature_that_is_asked_for() {
    let model = model();
    let validator = SigningKey::from_pem(CURVES[1].1[0]).expect("a private key");
    let validator_policy = VerifyPolicy::key(validator.public_key().clone());
    let manifest = hashed(model.path(), &HashOptions::default());
    let trained = sign(&manifest, &key()).expect("it signs");
    let validated = sign(&manifest, &validator).expect("it signs");

    let producer_policy = policy();
    let both = [
        (&trained, &producer_policy),
        (&validated, &validator_policy),
    ];
    let meter = Meter::default();
    let verdict = verify_jointly(model.path(), &both, &meter).expect("an answer");
    assert_eq!(
        meter.0.into_inner(),
        1,
        "both were signed over the same hashes"
    );
    let models = verdict.verified().expect("both signed");
    let signers: Vec<_> = models
        .iter()
        .map(|model| model.signed_by().key_digest())
        .collect();
    assert_eq!(
        signers,
        [key().public_key().hint(), validator.public_key().hint()]
    );

    // One signer twice is not two signers.
    let twice = [(&trained, &producer_policy), (&trained, &validator_policy)];
    let verdict = verify_jointly(model.path(), &twice, &NoControl).expect("an answer");
    let Verdict::Rejected(findings) = verdict else {
        panic!("the validator did not sign");
    };
    assert_eq!(
        findings.to_string(),
        "signature 2: the bundle names another key than the trusted one [sign.signature.key]"
    );

    fs::write(model.path().join("weights.bin"), "W").expect("writable");
    let verdict = verify_jointly(model.path(), &both, &NoControl).expect("an answer");
    assert_eq!(verdict.rejected().expect("changed").as_slice().len(), 2);
}

#[test]
fn without_a_signature_nothing_is_proved() {
    let model = model();
    let verdict = verify_jointly(model.path(), &[], &NoControl).expect("an answer");
    assert!(
        verdict
            .rejected()
            .expect("nobody signed")
            .has("sign.joint.none")
    );
}
