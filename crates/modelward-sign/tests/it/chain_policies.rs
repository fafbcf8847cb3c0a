//! Certificate policies, counted down from authority to signer (RFC 5280, section 6.1).

use modelward_artifact::Verdict;
use modelward_sign::{Certificate, CertificatePolicy, ValidationTime, verify_chain};
use x509_cert::der::asn1::ObjectIdentifier;
use x509_cert::der::oid::AssociatedOid as _;
use x509_cert::ext::pkix::certpolicy::PolicyInformation;
use x509_cert::ext::pkix::{CertificatePolicies, InhibitAnyPolicy, PolicyConstraints};

use crate::authority::{Holder, NOW, Wanted, at};

const RELEASE: &str = "1.3.6.1.4.1.99999.7.1";
const ANY: &str = "2.5.29.32.0";

fn of(wanted: Wanted, policies: &[&str]) -> Wanted {
    if policies.is_empty() {
        return wanted;
    }
    let list = policies.iter().map(|oid| PolicyInformation {
        policy_identifier: ObjectIdentifier::new_unwrap(oid),
        policy_qualifiers: None,
    });
    let list = CertificatePolicies(list.collect());
    wanted.with(CertificatePolicies::OID, false, &list)
}

/// Asks for a policy from so many certificates below on.
fn explicit(wanted: Wanted, skip: u32) -> Wanted {
    let constraints = PolicyConstraints {
        require_explicit_policy: Some(skip),
        inhibit_policy_mapping: None,
    };
    wanted.with(PolicyConstraints::OID, true, &constraints)
}

/// Lets "any policy" count for so many certificates below and no more.
fn inhibiting(wanted: Wanted, skip: u32) -> Wanted {
    wanted.with(InhibitAnyPolicy::OID, true, &InhibitAnyPolicy(skip))
}

/// What the certificates from the one below the root to the signer say; the second changes the key of
/// the first, if it is there.
struct Chain {
    upper: Wanted,
    rollover: Option<Wanted>,
    lower: Wanted,
    leaf: Wanted,
}

impl Chain {
    /// Tells whom the chain is refused for, or `ok`.
    fn refused_for(&self, policy: impl Fn(CertificatePolicy) -> CertificatePolicy) -> String {
        let [root, upper, lower] = ["CN=root", "CN=upper", "CN=lower"].map(Holder::new);
        let mut given = vec![root.issue(&upper, &self.upper)];
        let mut issuer = upper.clone();
        if let Some(rollover) = &self.rollover {
            let renewed = Holder {
                name: upper.name.clone(),
                ..Holder::new("CN=renewed")
            };
            given.push(upper.issue(&renewed, rollover));
            issuer = renewed;
        }
        given.push(issuer.issue(&lower, &self.lower));
        let leaf = lower.issue(&Holder::signer("CN=signer"), &self.leaf);
        refused_for(&leaf, &given, policy)
    }
}

fn refused_for(
    leaf: &Certificate,
    given: &[Certificate],
    policy: impl Fn(CertificatePolicy) -> CertificatePolicy,
) -> String {
    let root = Holder::new("CN=root").root();
    let trusting = CertificatePolicy::new([root], ValidationTime::Now(at(NOW)));
    match verify_chain(leaf, given, &policy(trusting)) {
        Verdict::Verified(_) => "ok".to_owned(),
        Verdict::Rejected(findings) => {
            let finding = &findings.as_slice()[0];
            assert_eq!(finding.code(), "sign.chain.policy", "{findings}");
            finding.subject().expect("a certificate").to_owned()
        }
    }
}

fn authority() -> Wanted {
    Wanted::authority(None)
}

/// Nobody has a policy, so the chain is refused where the authority's count has come to nothing. A new
/// key of the same authority does not count.
#[test]
fn a_policy_is_asked_for_from_as_many_certificates_below_as_the_authority_says() {
    for rollover in [None, Some(authority())] {
        for (skip, expected) in [
            (1, "CN=signer"),
            (2, "CN=signer"),
            (3, "ok"),
            (u32::MAX, "ok"),
        ] {
            let chain = Chain {
                upper: explicit(authority(), skip),
                rollover: rollover.clone(),
                lower: authority(),
                leaf: Wanted::signer(),
            };
            assert_eq!(chain.refused_for(|it| it), expected, "{skip}");
        }
    }
    let chain = Chain {
        upper: explicit(of(authority(), &[RELEASE]), 0),
        rollover: None,
        lower: authority(),
        leaf: of(Wanted::signer(), &[RELEASE]),
    };
    assert_eq!(chain.refused_for(|it| it), "CN=lower");
}

/// Of the signer's own certificate only "from here on" has a meaning.
#[test]
fn a_signer_may_ask_for_a_policy_of_its_own_chain() {
    for (policies, skip, expected) in [
        (&[][..], 0, "CN=signer"),
        (&[], 1, "ok"),
        (&[RELEASE], 0, "ok"),
    ] {
        let chain = Chain {
            upper: of(authority(), policies),
            rollover: None,
            lower: of(authority(), policies),
            leaf: explicit(of(Wanted::signer(), policies), skip),
        };
        assert_eq!(chain.refused_for(|it| it), expected, "{policies:?} {skip}");
    }
}

#[test]
fn any_policy_counts_for_as_many_certificates_as_the_authority_says() {
    let release = |it: CertificatePolicy| it.with_certificate_policies([RELEASE]);
    for (skip, of_lower, of_leaf, expected) in [
        (0, RELEASE, RELEASE, "ok"),
        (0, ANY, RELEASE, "CN=lower"),
        (1, ANY, RELEASE, "ok"),
        (1, ANY, ANY, "CN=signer"),
        (2, ANY, ANY, "ok"),
    ] {
        // A new key of the same authority may have any policy, and does not count.
        for rollover in [None, Some(of(authority(), &[ANY]))] {
            let chain = Chain {
                upper: inhibiting(of(authority(), &[ANY]), skip),
                rollover,
                lower: of(authority(), &[of_lower]),
                leaf: of(Wanted::signer(), &[of_leaf]),
            };
            let found = chain.refused_for(release);
            assert_eq!(found, expected, "{skip} {of_lower} {of_leaf}");
        }
    }
}

#[test]
fn the_caller_may_let_any_policy_count_for_nobody() {
    let strict = |it: CertificatePolicy| {
        let it = it.with_certificate_policies([RELEASE]);
        it.without_any_policy()
    };
    for (policies, expected) in [
        ([RELEASE, RELEASE, RELEASE], "ok"),
        ([ANY, RELEASE, RELEASE], "CN=upper"),
        ([RELEASE, ANY, RELEASE], "CN=lower"),
        ([RELEASE, RELEASE, ANY], "CN=signer"),
    ] {
        let [upper, lower, leaf] = policies;
        let chain = Chain {
            upper: of(authority(), &[upper]),
            rollover: None,
            lower: of(authority(), &[lower]),
            leaf: of(Wanted::signer(), &[leaf]),
        };
        assert_eq!(chain.refused_for(strict), expected, "{policies:?}");
    }
    // A signer that has its authority's name changes no key.
    let [root, upper] = ["CN=root", "CN=upper"].map(Holder::new);
    let given = root.issue(&upper, &of(authority(), &[RELEASE]));
    let leaf = upper.issue(&Holder::signer("CN=upper"), &of(Wanted::signer(), &[ANY]));
    assert_eq!(refused_for(&leaf, &[given], strict), "CN=upper");
}
