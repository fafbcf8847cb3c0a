//! Certificates, chains of them, and revocation lists.

use std::sync::LazyLock;

use modelward_artifact::{Timestamp, Verdict};
use modelward_sign::{
    Certificate, CertificatePolicy, Identity, Revocation, RevocationList, Usage, ValidationTime,
    VerifiedChain, verify_chain,
};

use crate::{edited, refused, sample, shown};

/// All that the trusted authority and those below it ever issued.
pub(crate) static ISSUED: LazyLock<Vec<Certificate>> = LazyLock::new(sample::issued);

static ROOT: LazyLock<Certificate> = LazyLock::new(sample::root);

/// The lists of the root and of the first authority, in DER.
static LISTS: LazyLock<[Vec<u8>; 2]> = LazyLock::new(|| {
    [
        include_str!("../../tests/vectors/chain/root.crl.pem"),
        include_str!("../../tests/vectors/chain/authority.crl.pem"),
    ]
    .map(|pem| {
        let (label, der) = pem_rfc7468::decode_vec(pem.as_bytes()).expect("it is PEM");
        assert_eq!(label, "X509 CRL");
        der
    })
});

/// Reads certificates in DER and in PEM, each of which is written as it was read.
pub fn certificate(bytes: &[u8]) {
    match Certificate::from_der(bytes) {
        Ok(certificate) => {
            assert_eq!(certificate.as_der(), bytes);
            ask(&certificate);
        }
        Err(error) => refused(&error),
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    match Certificate::read_pem_all(text, 8) {
        Ok(all) => {
            assert_eq!(Certificate::from_pem(text).ok().as_ref(), all.first());
            all.iter().for_each(ask);
        }
        Err(error) => refused(&error),
    }
    if let Err(error) = RevocationList::from_pem(text) {
        refused(&error);
    }
}

fn ask(certificate: &Certificate) {
    let again = Certificate::from_pem(&certificate.to_pem());
    assert_eq!(again.expect("what we wrote is read"), *certificate);
    shown(&format!("{certificate:?}"));
    let _ = (certificate.subject_names(), certificate.serial());
    let _ = (certificate.not_before(), certificate.not_after());
    if let Ok(key) = certificate.public_key() {
        assert_eq!(key.curve().to_string().lines().count(), 1);
    }
    let _ = verify_chain(certificate, &[], &POLICIES[0]);
}

/// Verifies a chain that the fuzzer made or changed: whatever counts was issued byte by byte.
///
/// The bits of the first byte say how the rest is read, and which policy judges.
pub fn chain(bytes: &[u8]) {
    let Some((mode, rest)) = bytes.split_first() else {
        return;
    };
    let parts = match mode & 1 {
        0 => frames(rest),
        _ => changed(rest),
    };
    let read = |der: &Vec<u8>| Certificate::from_der(der).ok();
    let certificates: Vec<_> = parts.iter().filter_map(read).collect();
    let Some((leaf, others)) = certificates.split_first() else {
        return;
    };
    let policy = &POLICIES[usize::from(mode >> 1 & 3)];
    let verdict = verify_chain(leaf, others, policy);
    let said = summary(&verdict);
    if mode & 8 != 0 {
        let again = verify_chain(leaf, others, policy);
        assert_eq!(said, summary(&again), "the same twice");
    }
    if let Some(chain) = verdict.verified() {
        assert_eq!(chain.leaf(), leaf);
        genuine(chain);
    }
}

/// Verifies the genuine chain by lists of which the fuzzer changed one: it counts if it is the same.
pub fn revocation(bytes: &[u8]) {
    let Some((mode, rest)) = bytes.split_first() else {
        return;
    };
    let place = usize::from(mode & 1);
    let list = match mode & 2 {
        0 => rest.to_vec(),
        _ => edited(&LISTS[place], rest),
    };
    match RevocationList::from_der(&list) {
        Ok(read) => {
            let _ = (read.this_update(), read.next_update());
            assert_eq!(read.issuer().lines().count().max(1), 1, "it is one line");
        }
        Err(error) => return refused(&error),
    }
    let mut lists = LISTS.each_ref();
    lists[place] = &list;
    let verdict = verify_chain(&ISSUED[0], &ISSUED[1..], &listed(&POLICIES[0], lists));
    if let Some(chain) = verdict.verified() {
        genuine(chain);
        assert_eq!(chain.revocation(), Revocation::Checked);
        assert_eq!(list, LISTS[place], "a list that was changed covers nothing");
    } else {
        assert_ne!(list, LISTS[place], "the genuine list covers the chain");
    }
}

/// Holds that each certificate of a chain that counts is one that was issued.
pub(crate) fn genuine(chain: &VerifiedChain) {
    let (root, issued) = chain.certificates().split_last().expect("it has a leaf");
    assert_eq!(*root, *ROOT, "it leads to the authority that is trusted");
    for certificate in issued {
        assert!(
            ISSUED.contains(certificate),
            "nobody issued {certificate:?}"
        );
    }
}

/// Returns what a verdict says, as text.
fn summary(verdict: &Verdict<VerifiedChain>) -> String {
    match verdict {
        Verdict::Verified(chain) => format!("{:?}", chain.certificates()),
        Verdict::Rejected(findings) => {
            for finding in findings {
                shown(&finding.to_string());
            }
            findings.to_string()
        }
    }
}

/// Trusts the root at the instant of the chain.
pub(crate) fn policy() -> CertificatePolicy {
    POLICIES[0].clone()
}

/// The policies by which chains are judged.
static POLICIES: LazyLock<[CertificatePolicy; 4]> = LazyLock::new(|| {
    let plain = CertificatePolicy::new([ROOT.clone()], ValidationTime::Now(instant()));
    let strict = plain
        .clone()
        .with_identity(Identity::Email("ada@example.org".to_owned()))
        .with_identity(Identity::Dns("release.example.org".to_owned()))
        .with_certificate_policies(["1.3.6.1.4.1.99999.1"])
        .without_any_policy();
    let lax = CertificatePolicy::new([ROOT.clone()], ValidationTime::LeafNotBefore);
    let lax = lax.with_usage(Usage::Any);
    let lax = lax.with_intermediates(ISSUED[1..2].to_vec());
    let listed = listed(&plain, LISTS.each_ref());
    [plain, strict, lax, listed]
});

fn listed(policy: &CertificatePolicy, lists: [&Vec<u8>; 2]) -> CertificatePolicy {
    let read = |der: &Vec<u8>| RevocationList::from_der(der).ok();
    let lists = lists.into_iter().filter_map(read);
    policy.clone().with_revocation_lists(lists)
}

fn instant() -> Timestamp {
    Timestamp::from_unix_seconds(sample::INSTANT).expect("it is a time")
}

/// Takes parts of which each stands behind its length.
fn frames(mut bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut parts = Vec::new();
    while let Some((length, rest)) = bytes.split_first_chunk() {
        let length = usize::from(u16::from_be_bytes(*length)).min(rest.len());
        let (part, rest) = rest.split_at(length);
        parts.push(part.to_vec());
        bytes = rest;
    }
    parts.truncate(8);
    parts
}

/// Takes the genuine certificates, one of which the fuzzer changes.
fn changed(edits: &[u8]) -> Vec<Vec<u8>> {
    let mut parts: Vec<_> = ISSUED.iter().map(|it| it.as_der().to_vec()).collect();
    if let Some((which, edits)) = edits.split_first() {
        // The second half has the other signer first.
        if which & 4 != 0 {
            parts.rotate_left(2);
        }
        let place = usize::from(which & 3);
        parts[place] = edited(&parts[place], edits);
    }
    parts
}
