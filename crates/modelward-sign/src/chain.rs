use modelward_artifact::{Finding, Findings, Timestamp, Verdict};

use self::build::{Search, signature_of};
use self::check::{about, check};
use self::revocation::RevocationCheck;
use self::signature::Answer;
use crate::Certificate;

pub use self::policy::{CertificatePolicy, Denied, Identity, Usage, ValidationTime};
pub use self::revocation::RevocationList;

mod build;
mod check;
mod constraints;
mod policies;
mod policy;
mod revocation;
mod signature;

/// How many certificates a bundle may bring beside the signer's.
const MAX_GIVEN: usize = 64;

/// Proves that a certificate of a signer leads to an authority that a policy trusts.
#[derive(Clone, Debug)]
pub struct VerifiedChain {
    certificates: Vec<Certificate>,
    instant: Timestamp,
    identity: Option<Identity>,
    revocation: Revocation,
    warnings: Vec<Finding>,
}

/// Tells whether it is known that no certificate was revoked.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "it was looked at or it was not")]
pub enum Revocation {
    /// A current list of each authority was looked at.
    Checked,
    /// The policy has no lists, or trusts the signer's own certificate, which none revokes.
    NotChecked,
}

impl VerifiedChain {
    /// Returns the signer's certificate.
    #[must_use]
    pub fn leaf(&self) -> &Certificate {
        // A chain is made of a leaf and what follows it.
        &self.certificates[0]
    }

    /// Returns the chain, the signer's certificate first and the authority's last.
    #[must_use]
    pub fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    /// Returns the instant at which the chain was valid.
    #[must_use]
    pub const fn instant(&self) -> Timestamp {
        self.instant
    }

    /// Returns the identity of the policy that the signer has, if the policy names any.
    #[must_use]
    pub const fn identity(&self) -> Option<&Identity> {
        self.identity.as_ref()
    }

    /// Tells whether revocation was checked.
    #[must_use]
    pub const fn revocation(&self) -> Revocation {
        self.revocation
    }

    /// Returns what deserves attention and did not lead to a refusal.
    #[must_use]
    pub fn warnings(&self) -> &[Finding] {
        &self.warnings
    }
}

/// Verifies that a signer's certificate leads to an authority of the policy (RFC 5280, section 6).
///
/// - Signatures, validity at the policy's instant, basic constraints and path length, key usage,
///   extended key usage, name constraints, certificate policies without mappings, and revocation
///   where the policy has lists.
/// - Algorithms: ECDSA on P-256, P-384 and P-521 with SHA-2; Ed25519 and RSA (PKCS #1 v1.5, from
///   2048 bits) by features. SHA-1 never counts.
/// - A critical extension that is not known is refused. What is not enforced is refused.
/// - `intermediates` may stand in any order, twice, and beside others that have nothing to do with
///   it, up to 64 in all. The search is bounded, whatever they are.
///
/// Where several chains lead to authorities, the first that is valid counts; where none is, the
/// findings are those of the first.
pub fn verify_chain(
    leaf: &Certificate,
    intermediates: &[Certificate],
    policy: &CertificatePolicy,
) -> Verdict<VerifiedChain> {
    if intermediates.len() > MAX_GIVEN {
        let message = format!("more than {MAX_GIVEN} certificates were given beside the signer's");
        return Verdict::Rejected(about(leaf, "sign.chain.too_many", message).into());
    }
    let mut search = Search::new(policy, intermediates);
    let chains = search.run(leaf);
    let instant = policy.instant(leaf);
    let revocation = RevocationCheck {
        policy,
        others: intermediates.iter().chain(&policy.intermediates).collect(),
        instant,
    };
    let mut refused = None;
    for certificates in chains {
        let mut findings = check(&certificates, policy);
        if !policy.revocation_lists.is_empty() {
            findings.extend(revocation.run(&certificates));
        }
        match Findings::new(findings) {
            Some(findings) => refused = refused.or(Some(findings)),
            None => return Verdict::Verified(VerifiedChain::of(certificates, instant, policy)),
        }
    }
    Verdict::Rejected(refused.unwrap_or_else(|| no_path(leaf, &search).into()))
}

impl VerifiedChain {
    fn of(certificates: Vec<Certificate>, instant: Timestamp, policy: &CertificatePolicy) -> Self {
        let mut warnings = Vec::new();
        let covers_nothing = policy.revocation_lists.is_empty() || certificates.len() == 1;
        let revocation = if covers_nothing {
            let message = "it was not checked whether a certificate of the chain was revoked";
            let finding = Finding::new("sign.chain.revocation_not_checked", message);
            warnings.push(finding);
            Revocation::NotChecked
        } else {
            Revocation::Checked
        };
        if policy.identities.is_empty() {
            let message = "any signer with a certificate of the trusted authorities counts";
            warnings.push(Finding::new("sign.chain.any_identity", message));
        }
        let leaf = &certificates[0];
        let mut identities = policy.identities.iter();
        let identity = identities.find(|identity| identity.is_of(leaf)).cloned();
        Self {
            certificates,
            instant,
            identity,
            revocation,
            warnings,
        }
    }
}

/// Says why no way was found.
fn no_path(leaf: &Certificate, search: &Search<'_>) -> Finding {
    if search.exhausted {
        let message = "looking for a way to a trusted authority was given up";
        return about(leaf, "sign.chain.exhausted", message);
    }
    if search.too_deep {
        let message = "the chain has more certificates than the policy lets it have";
        return about(leaf, "sign.chain.depth", message);
    }
    if let Some(certificate) = &search.unknown_algorithm {
        let message = "the certificate is signed by an algorithm that does not count";
        return about(certificate, "sign.chain.algorithm", message);
    }
    if let Some(certificate) = &search.wrong_signature {
        let message = "the signature of the certificate is not that of its issuer's key";
        return about(certificate, "sign.chain.signature", message);
    }
    let message = if search.trusts_none() {
        "no authority is trusted: none that was given signed itself by an algorithm that counts"
    } else {
        "no way leads from the certificate to a trusted authority"
    };
    about(leaf, "sign.chain.no_path", message)
}

/// Tells whether a certificate is signed by its own key, as a root is.
fn is_self_signed(certificate: &Certificate) -> bool {
    certificate.is_self_issued() && signature_of(certificate, certificate) == Answer::Genuine
}
