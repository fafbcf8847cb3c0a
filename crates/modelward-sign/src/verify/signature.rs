use modelward_artifact::{Digest, DigestAlgorithm, Finding, Verdict};

use super::{SignedBy, reject};
use crate::bundle::Material;
use crate::policy::Trust;
use crate::{
    Bundle, Certificate, CertificatePolicy, Envelope, Profile, PublicKey, VerifyError,
    VerifyPolicy, verify_chain,
};

/// Proves that a trusted signer signed the payload of a bundle, whatever it says.
pub(crate) struct CheckedSignature {
    pub(crate) signed_by: SignedBy,
    pub(crate) warnings: Vec<Finding>,
}

/// Checks who signed, and that nobody was denied.
pub(crate) fn check_signature(
    bundle: &Bundle,
    policy: &VerifyPolicy,
) -> Result<Verdict<CheckedSignature>, VerifyError> {
    match (bundle.material(), policy.trust()) {
        (Material::Key { .. }, Trust::Keys(keys)) => Ok(by_key(bundle, keys, policy)),
        (Material::Certificate { chain }, Trust::Certificates(trusted)) => {
            Ok(by_certificate(bundle, chain, trusted, policy.profile()))
        }
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

fn by_key(bundle: &Bundle, keys: &[PublicKey], policy: &VerifyPolicy) -> Verdict<CheckedSignature> {
    let named = |key: &&PublicKey| bundle.hint().is_none_or(|hint| *hint == key.hint());
    let mut candidates = keys.iter().filter(named).peekable();
    if candidates.peek().is_none() {
        let message = "the bundle names another key than the trusted one";
        return reject("sign.signature.key", message);
    }
    // Clients of v0.2 hashed with the curve's own function too.
    let own = |key: &PublicKey| key.curve().algorithm().digest_algorithm();
    let signer = candidates.find(|key| opens(bundle.envelope(), key, policy.profile(), own(key)));
    let Some(key) = signer else {
        return not_the_signer();
    };
    let digest = Digest::sha256(key.as_der());
    let mut denied = policy.denied().iter();
    if let Some(denied) = denied.find(|denied| denied.is_about(&digest)) {
        let message = format!("the signer's key is denied since {}", denied.since());
        return reject("sign.signature.denied", message);
    }
    Verdict::Verified(CheckedSignature {
        signed_by: SignedBy::Key(key.clone()),
        warnings: Vec::new(),
    })
}

fn by_certificate(
    bundle: &Bundle,
    chain: &[Vec<u8>],
    trusted: &CertificatePolicy,
    profile: Profile,
) -> Verdict<CheckedSignature> {
    let chain: Result<Vec<_>, _> = chain.iter().map(|der| Certificate::from_der(der)).collect();
    let (leaf, others) = match &chain {
        Ok(chain) => match chain.split_first() {
            Some(parts) => parts,
            None => return reject("sign.bundle.certificates", "the bundle has no certificate"),
        },
        Err(error) => return reject(error.code(), error.to_string()),
    };
    let chain = match verify_chain(leaf, others, trusted) {
        Verdict::Verified(chain) => chain,
        Verdict::Rejected(findings) => return Verdict::Rejected(findings),
    };
    let key = match leaf.public_key() {
        Ok(key) => key,
        Err(error) => return reject(error.code(), error.to_string()),
    };
    // Clients of v0.2 hashed with SHA-256 whatever the curve.
    let historic = DigestAlgorithm::Sha256;
    if !opens(bundle.envelope(), &key, profile, historic) {
        return not_the_signer();
    }
    Verdict::Verified(CheckedSignature {
        warnings: chain.warnings().to_vec(),
        signed_by: SignedBy::Certificate(chain),
    })
}

fn not_the_signer<T>() -> Verdict<T> {
    let message = "the signature is not the trusted key's";
    reject("sign.signature.invalid", message)
}

/// Tells whether the signature is the key's, of a form that the profile takes. The historic form was
/// made by another hash function.
fn opens(
    envelope: &Envelope,
    key: &PublicKey,
    profile: Profile,
    historic: DigestAlgorithm,
) -> bool {
    envelope.open(key).is_some()
        || (profile == Profile::Historic && envelope.open_historic(key, historic).is_some())
}
