use modelward_artifact::{Finding, Timestamp};
use x509_cert::der::asn1::ObjectIdentifier;

use super::constraints::check_names;
use super::policies::check_policies;
use super::{CertificatePolicy, Identity, Usage};
use crate::{Certificate, SubjectName};

/// `id-kp-codeSigning` and `anyExtendedKeyUsage` (RFC 5280, section 4.2.1.12).
const CODE_SIGNING: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.3");
const ANY_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.37.0");

/// Lists every rule that a chain breaks; its signatures are known to be genuine.
pub(super) fn check(chain: &[Certificate], policy: &CertificatePolicy) -> Vec<Finding> {
    let Some(leaf) = chain.first() else {
        return Vec::new();
    };
    let instant = policy.instant(leaf);
    let mut findings = Vec::new();
    for certificate in chain {
        findings.extend(check_validity(certificate, instant));
        findings.extend(check_denied(certificate, policy));
        if let Some(oid) = certificate.inner().extensions.unknown_critical {
            let message =
                format!("the certificate has the critical extension {oid}, which is not known");
            findings.push(about(certificate, "sign.chain.critical_extension", message));
        }
    }
    for (index, issuer) in chain.iter().enumerate().skip(1) {
        let is_anchor = index + 1 == chain.len();
        findings.extend(check_issuer(issuer, is_anchor));
        findings.extend(check_path_length(chain, index));
        if policy.usage == Usage::CodeSigning && !may_issue_signers(issuer) {
            let message = "the authority is not for certificates that sign code";
            findings.push(about(issuer, "sign.chain.usage", message));
        }
    }
    findings.extend(check_usage(leaf, policy.usage));
    findings.extend(check_names(chain));
    findings.extend(check_policies(chain, &policy.policies));
    findings.extend(check_identity(leaf, &policy.identities));
    findings
}

/// States a rule that a certificate breaks.
pub(super) fn about(
    certificate: &Certificate,
    code: &'static str,
    message: impl Into<String>,
) -> Finding {
    Finding::new(code, message).about(certificate.subject())
}

fn check_validity(certificate: &Certificate, instant: Timestamp) -> Option<Finding> {
    let (first, last) = (certificate.not_before(), certificate.not_after());
    if instant < first {
        let message = format!("the certificate is valid from {first}, not at {instant}");
        return Some(about(certificate, "sign.chain.not_yet_valid", message));
    }
    if instant > last {
        let message = format!("the certificate was valid until {last}, not at {instant}");
        return Some(about(certificate, "sign.chain.expired", message));
    }
    None
}

fn check_denied(certificate: &Certificate, policy: &CertificatePolicy) -> Option<Finding> {
    let denied = policy.denial_of(certificate)?;
    let message = format!("the key or certificate is denied since {}", denied.since);
    Some(about(certificate, "sign.chain.denied", message))
}

/// Checks that a certificate may issue others. An authority of version 1 can say nothing about it.
fn check_issuer(issuer: &Certificate, is_anchor: bool) -> Vec<Finding> {
    let inner = issuer.inner();
    let constraints = inner.extensions.basic_constraints.as_ref();
    let is_authority = constraints.is_some_and(|constraints| constraints.ca);
    let mut findings = Vec::new();
    let may_be_silent = is_anchor && !inner.is_v3;
    if !is_authority && !may_be_silent {
        let message = "the certificate is not one of an authority";
        findings.push(about(issuer, "sign.chain.not_a_ca", message));
    }
    let usage = inner.extensions.key_usage;
    if usage.is_some_and(|usage| !usage.key_cert_sign()) {
        let message = "the authority's key is not for signing certificates";
        findings.push(about(issuer, "sign.chain.key_cert_sign", message));
    }
    findings
}

/// Checks how many authorities stand below one. Those that only change a key do not count.
fn check_path_length(chain: &[Certificate], index: usize) -> Option<Finding> {
    let issuer = &chain[index];
    let constraints = issuer.inner().extensions.basic_constraints.as_ref()?;
    let limit = constraints.path_len_constraint?;
    let between = chain[1..index].iter();
    let below = between
        .filter(|certificate| !certificate.is_self_issued())
        .count();
    if below <= usize::from(limit) {
        return None;
    }
    let message = format!("the authority lets {limit} others stand below it, there are {below}");
    Some(about(issuer, "sign.chain.path_length", message))
}

fn may_issue_signers(issuer: &Certificate) -> bool {
    let usages = issuer.inner().extensions.extended_key_usage.as_ref();
    usages.is_none_or(|usages| usages.contains(&CODE_SIGNING) || usages.contains(&ANY_USAGE))
}

fn check_usage(leaf: &Certificate, usage: Usage) -> Option<Finding> {
    let extensions = &leaf.inner().extensions;
    let signs = extensions.key_usage.map(|usage| usage.digital_signature());
    let extended = extensions.extended_key_usage.as_ref();
    let signs_code =
        extended.map(|usages| usages.contains(&CODE_SIGNING) || usages.contains(&ANY_USAGE));
    let message = match (usage, signs, signs_code) {
        (Usage::Any, ..) | (Usage::Reference, Some(true), _) => return None,
        (Usage::Reference, ..) if extended.is_some_and(|u| u.contains(&CODE_SIGNING)) => {
            return None;
        }
        (Usage::Reference, ..) | (Usage::CodeSigning, None, None) => {
            "the certificate does not say that its key is for signing"
        }
        (Usage::CodeSigning, Some(false), _) => "the certificate's key is not for signatures",
        (Usage::CodeSigning, _, Some(false)) => "the certificate's key is not for signing code",
        (Usage::CodeSigning, ..) => return None,
    };
    Some(about(leaf, "sign.chain.usage", message))
}

fn check_identity(leaf: &Certificate, identities: &[Identity]) -> Option<Finding> {
    if identities.is_empty() || identities.iter().any(|identity| identity.is_of(leaf)) {
        return None;
    }
    let message = "the certificate is of another signer than the policy names";
    Some(about(leaf, "sign.chain.identity", message))
}

impl Identity {
    /// Tells whether a certificate has this identity.
    pub(super) fn is_of(&self, leaf: &Certificate) -> bool {
        let named = |wanted: &dyn Fn(&SubjectName) -> bool| leaf.subject_names().iter().any(wanted);
        match self {
            Self::Dns(host) => named(
                &|name| matches!(name, SubjectName::Dns(found) if found.eq_ignore_ascii_case(host)),
            ),
            Self::Email(address) => named(
                &|name| matches!(name, SubjectName::Email(found) if is_mailbox(found, address)),
            ),
            Self::Issuer(name) => leaf.issuer() == name,
            Self::PublicKey(digest) => leaf.public_key_digest() == *digest,
            Self::Subject(name) => leaf.subject() == name,
            Self::Uri(uri) => {
                named(&|name| matches!(name, SubjectName::Uri(found) if found == uri))
            }
        }
    }
}

/// Compares addresses: the case of the host does not count (RFC 5280, section 7.5).
fn is_mailbox(found: &str, wanted: &str) -> bool {
    match (found.rsplit_once('@'), wanted.rsplit_once('@')) {
        (Some((user, host)), Some((wanted_user, wanted_host))) => {
            user == wanted_user && host.eq_ignore_ascii_case(wanted_host)
        }
        _ => false,
    }
}
