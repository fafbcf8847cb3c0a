//! Verification of bundles that the fuzzer made or changed.

use std::sync::LazyLock;

use modelward_artifact::{Digest, JsonLimits, Manifest, ResourceName, Verdict};
use modelward_sign::{
    Bundle, Profile, SignedBy, Statement, VerifiedStatement, VerifyPolicy, verify_attestation,
    verify_manifest, verify_statement,
};

use crate::certificate::{genuine, policy};
use crate::{edited, sample};

/// The models, of which each is signed by key and by certificate in two forms.
static MANIFESTS: LazyLock<Vec<Manifest>> = LazyLock::new(sample::manifests);

/// The bundles, each as it is written.
static BUNDLES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let bundles = sample::bundles().into_iter().chain([sample::attested()]);
    bundles.map(|bundle| bundle.to_json()).collect()
});

/// Every payload that the key ever signed.
static SIGNED: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let read = |bytes: &Vec<u8>| Bundle::read(bytes, &JsonLimits::default()).expect("ours");
    let payload = |bytes| read(bytes).envelope().unverified_payload().to_vec();
    BUNDLES.iter().map(payload).collect()
});

/// Whose signatures count.
static POLICIES: LazyLock<[VerifyPolicy; 2]> = LazyLock::new(|| {
    [
        VerifyPolicy::key(sample::key().public_key().clone()),
        VerifyPolicy::certificate(policy()),
    ]
});

/// Signs what is to be verified, which takes longer than a run may.
pub fn prepare() {
    LazyLock::force(&SIGNED);
    LazyLock::force(&POLICIES);
}

/// Verifies a bundle: whatever counts is the very model that was signed.
///
/// What does not begin as JSON changes a bundle of ours: its number, then the edits.
pub fn verify(bytes: &[u8]) {
    let bytes = match bytes {
        [b'{', ..] => bytes.to_vec(),
        [number, edits @ ..] => {
            let bundle = &BUNDLES[usize::from(*number) % BUNDLES.len()];
            edited(bundle, edits)
        }
        [] => return,
    };
    let Ok(bundle) = Bundle::read(&bytes, &JsonLimits::default()) else {
        return;
    };
    let mut policies = POLICIES.iter();
    let Some(policy) = policies.find(|it| it.method() == bundle.method()) else {
        return;
    };
    let compatible = judge(&bundle, policy);
    // To verify takes long, so the length says which of the other questions is asked.
    match bytes.len() % 4 {
        0 => {
            let strict = policy.clone().with_profile(Profile::Strict);
            assert!(
                compatible || !is_verified(&bundle, &strict),
                "strict is compatible"
            );
        }
        1 => {
            let historic = policy.clone().with_profile(Profile::Historic);
            let historic = is_verified(&bundle, &historic);
            assert_eq!(compatible, historic, "no bundle of old was signed");
        }
        2 => attested(&bundle, policy),
        _ => {
            let verdict = verify_manifest(MANIFESTS[0].clone(), &bundle, policy);
            assert!(compatible || !matches!(verdict, Ok(Verdict::Verified(_))));
        }
    }
}

fn is_verified(bundle: &Bundle, policy: &VerifyPolicy) -> bool {
    matches!(verify_statement(bundle, policy), Ok(Verdict::Verified(_)))
}

/// Judges the statement and each model by it, and tells whether the statement counts.
fn judge(bundle: &Bundle, policy: &VerifyPolicy) -> bool {
    let Ok(Verdict::Verified(proof)) = verify_statement(bundle, policy) else {
        return false;
    };
    was_signed(bundle);
    by_the_signer(&proof);
    let mut same = 0;
    for manifest in MANIFESTS.iter() {
        let is_signed = of(proof.statement()) == resources(manifest);
        let verdict = verify_manifest(manifest.clone(), bundle, policy);
        let verified = match verdict {
            Ok(Verdict::Verified(model)) => {
                assert_eq!(model.statement().root(), &manifest.root());
                assert_eq!(model.manifest(), manifest);
                true
            }
            _ => false,
        };
        assert_eq!(verified, is_signed, "the very model that was signed counts");
        same += usize::from(verified);
    }
    assert_eq!(same, 1, "one model was signed by this statement");
    true
}

fn was_signed(bundle: &Bundle) {
    let payload = bundle.envelope().unverified_payload();
    let is_signed = SIGNED.iter().any(|signed| signed == payload);
    assert!(
        is_signed,
        "verified, and never signed: {}",
        payload.escape_ascii()
    );
}

fn by_the_signer(proof: &VerifiedStatement) {
    match proof.signed_by() {
        SignedBy::Certificate(chain) => genuine(chain),
        SignedBy::Key(key) => assert_eq!(key, sample::key().public_key()),
        other => panic!("nobody signed so: {other:?}"),
    }
}

fn of(statement: &Statement) -> Vec<(ResourceName, Digest)> {
    let resources = statement.resources().iter();
    resources
        .map(|it| (it.name().clone(), *it.digest()))
        .collect()
}

fn resources(manifest: &Manifest) -> Vec<(ResourceName, Digest)> {
    let resources = manifest.resources();
    resources
        .map(|(name, digest)| (name.clone(), *digest))
        .collect()
}

/// Verifies the bundle as an attestation: whatever counts was signed.
fn attested(bundle: &Bundle, policy: &VerifyPolicy) {
    let verdict = verify_attestation(bundle, policy, sample::PREDICATE);
    if let Ok(Verdict::Verified(proof)) = verdict {
        was_signed(bundle);
        assert!(proof.attestation().is_about(&MANIFESTS[0].root()));
    }
}
