use modelward_artifact::{DigestAlgorithm, Finding, Verdict};

use super::{SignedBy, reject};
use crate::bundle::Material;
use crate::policy::Trust;
use crate::{Bundle, Envelope, Profile, PublicKey, VerifyError, VerifyPolicy};

/// Proves that a trusted signer signed the payload of a bundle, whatever it says.
pub(crate) struct CheckedSignature {
    pub(crate) signed_by: SignedBy,
    pub(crate) warnings: Vec<Finding>,
}

/// Checks who signed.
pub(crate) fn check_signature(
    bundle: &Bundle,
    policy: &VerifyPolicy,
) -> Result<Verdict<CheckedSignature>, VerifyError> {
    match (bundle.material(), policy.trust()) {
        (Material::Key { .. }, Trust::Keys(keys)) => Ok(by_key(bundle, keys, policy.profile())),
        #[cfg(feature = "sigstore")]
        (Material::Sigstore { leaf, text }, Trust::Sigstore(trusted)) => {
            let verdict = trusted.check(bundle.envelope(), leaf, text)?;
            Ok(match verdict {
                Verdict::Verified(signer) => Verdict::Verified(CheckedSignature {
                    signed_by: SignedBy::Sigstore(signer),
                    warnings: Vec::new(),
                }),
                Verdict::Rejected(findings) => Verdict::Rejected(findings),
            })
        }
        _ => {
            let (found, expected) = (bundle.method(), policy.method());
            let message = format!("the bundle is of the method {found}, trusted is {expected}");
            Ok(reject("sign.bundle.method", message))
        }
    }
}

fn by_key(bundle: &Bundle, keys: &[PublicKey], profile: Profile) -> Verdict<CheckedSignature> {
    let named = |key: &&PublicKey| bundle.hint().is_none_or(|hint| *hint == key.hint());
    let mut candidates = keys.iter().filter(named).peekable();
    if candidates.peek().is_none() {
        let message = "the bundle names another key than the trusted one";
        return reject("sign.signature.key", message);
    }
    let signer = candidates.find(|key| opens(bundle.envelope(), key, profile, None));
    match signer {
        Some(key) => Verdict::Verified(CheckedSignature {
            signed_by: SignedBy::Key(key.clone()),
            warnings: Vec::new(),
        }),
        None => not_the_signer(),
    }
}

fn not_the_signer<T>() -> Verdict<T> {
    let message = "the signature is not the trusted key's";
    reject("sign.signature.invalid", message)
}

/// Tells whether the signature is the key's, of a form that the profile takes.
///
/// Clients of v0.2 hashed with the curve's own function, or with `historic` if that is given.
fn opens(
    envelope: &Envelope,
    key: &PublicKey,
    profile: Profile,
    historic: Option<DigestAlgorithm>,
) -> bool {
    if envelope.open(key).is_some() {
        return true;
    }
    let own = key.curve().algorithm().digest_algorithm();
    profile == Profile::Historic
        && envelope
            .open_historic(key, historic.unwrap_or(own))
            .is_some()
}
