use std::collections::HashMap;

use super::CertificatePolicy;
use super::signature::{Answer, Signed};
use crate::Certificate;

/// How many signatures are verified to find chains, so that no bundle keeps a verifier busy.
const MAX_CHECKS: usize = 64;

/// How many certificates of a fitting name are tried on the way.
const MAX_STEPS: usize = 1024;

/// How many chains are looked at; the first that is valid counts.
const MAX_CHAINS: usize = 16;

/// Finds the ways from a signer's certificate to an authority, by names and signatures.
pub(super) struct Search<'a> {
    policy: &'a CertificatePolicy,
    pool: Vec<&'a Certificate>,
    /// What is known of signatures, by the places of the two certificates in memory.
    known: HashMap<(*const u8, *const u8), Answer>,
    checks: usize,
    steps: usize,
    chains: Vec<Vec<Certificate>>,
    /// The chain goes deeper than the policy lets it.
    pub(super) too_deep: bool,
    /// A name fits and a signature does not.
    pub(super) wrong_signature: Option<Certificate>,
    /// A signature is of an algorithm that is not taken.
    pub(super) unknown_algorithm: Option<Certificate>,
    /// The search was given up.
    pub(super) exhausted: bool,
}

impl<'a> Search<'a> {
    pub(super) fn new(policy: &'a CertificatePolicy, given: &'a [Certificate]) -> Self {
        Self {
            policy,
            pool: given.iter().chain(&policy.intermediates).collect(),
            known: HashMap::new(),
            checks: 0,
            steps: 0,
            chains: Vec::new(),
            too_deep: false,
            wrong_signature: None,
            unknown_algorithm: None,
            exhausted: false,
        }
    }

    /// Returns chains with the signer's certificate first and an authority last.
    pub(super) fn run(&mut self, leaf: &'a Certificate) -> Vec<Vec<Certificate>> {
        if self.policy.anchors.contains(leaf) {
            return vec![vec![leaf.clone()]];
        }
        self.extend(&mut vec![leaf]);
        std::mem::take(&mut self.chains)
    }

    /// Tells whether there is no authority to find a way to.
    pub(super) fn trusts_none(&self) -> bool {
        self.policy.anchors.is_empty()
    }

    fn extend(&mut self, chain: &mut Vec<&'a Certificate>) {
        let Some(&last) = chain.last() else {
            return;
        };
        if self.exhausted || self.chains.len() == MAX_CHAINS {
            return;
        }
        let policy = self.policy;
        for anchor in &policy.anchors {
            if self.issued(anchor, last) {
                if chain.len() + 1 > policy.max_depth {
                    self.too_deep = true;
                    continue;
                }
                let found = chain.iter().copied().chain([anchor]).cloned().collect();
                self.chains.push(found);
            }
        }
        for candidate in self.pool.clone() {
            let is_new = !chain.iter().any(|known| same_holder(known, candidate));
            if !is_new || policy.anchors.contains(candidate) || !self.issued(candidate, last) {
                continue;
            }
            if chain.len() + 2 > policy.max_depth {
                self.too_deep = true;
                continue;
            }
            chain.push(candidate);
            self.extend(chain);
            chain.pop();
        }
    }

    /// Tells whether one certificate's key signed another, asked at most so often.
    fn issued(&mut self, issuer: &Certificate, certificate: &Certificate) -> bool {
        // A name that does not fit costs next to nothing, however many authorities are trusted.
        if !names_fit(issuer, certificate) {
            return false;
        }
        self.steps += 1;
        if self.steps > MAX_STEPS {
            self.exhausted = true;
            return false;
        }
        let place = (issuer.as_der().as_ptr(), certificate.as_der().as_ptr());
        let answer = match self.known.get(&place) {
            Some(answer) => *answer,
            None => {
                if self.checks == MAX_CHECKS {
                    self.exhausted = true;
                    return false;
                }
                self.checks += 1;
                let answer = signature_of(issuer, certificate);
                self.known.insert(place, answer);
                answer
            }
        };
        match answer {
            Answer::Genuine => return true,
            Answer::Wrong => self.wrong_signature = Some(certificate.clone()),
            Answer::Algorithm => self.unknown_algorithm = Some(certificate.clone()),
        }
        false
    }
}

/// Tells whether the names, and the identifiers of keys where both have one, fit.
pub(super) fn names_fit(issuer: &Certificate, certificate: &Certificate) -> bool {
    let (issuer, certificate) = (issuer.inner(), certificate.inner());
    let keys = (
        &issuer.extensions.subject_key,
        &certificate.extensions.authority_key,
    );
    let keys_fit = match keys {
        (Some(own), Some(named)) => own == named,
        _ => true,
    };
    keys_fit && issuer.subject.matches(&certificate.issuer)
}

/// Verifies that one certificate's key signed another.
pub(super) fn signature_of(issuer: &Certificate, certificate: &Certificate) -> Answer {
    let (issuer, certificate) = (issuer.inner(), certificate.inner());
    // What is signed must name the same algorithm as what is around it (RFC 5280, 4.1.1.2).
    if certificate.algorithm != certificate.inner_algorithm {
        return Answer::Algorithm;
    }
    let signed = Signed {
        algorithm: &certificate.algorithm,
        bytes: &certificate.signed,
        signature: &certificate.signature,
    };
    signed.verify(&issuer.key)
}

/// Tells whether two certificates are of one holder with one key, so that a chain with both loops.
fn same_holder(a: &Certificate, b: &Certificate) -> bool {
    let (a, b) = (a.inner(), b.inner());
    a.key == b.key && a.subject.matches(&b.subject)
}
