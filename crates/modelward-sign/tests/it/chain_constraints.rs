//! Whose names a constraint is about: everybody's below the authority, but for one that only changes
//! its own key (RFC 5280, section 6.1.3, step b).

use modelward_artifact::Verdict;
use modelward_sign::{Certificate, CertificatePolicy, ValidationTime, verify_chain};
use x509_cert::der::asn1::Ia5String;
use x509_cert::ext::pkix::NameConstraints;
use x509_cert::ext::pkix::constraints::name::GeneralSubtree;
use x509_cert::ext::pkix::name::GeneralName;

use crate::authority::{Holder, NOW, Wanted, at};

/// A name and all that lies below it, from one level to another.
fn subtree(name: &str, minimum: u32, maximum: Option<u32>) -> Option<Vec<GeneralSubtree>> {
    Some(vec![GeneralSubtree {
        base: GeneralName::DirectoryName(name.parse().expect("a name")),
        minimum,
        maximum,
    }])
}

/// An authority below the root that may not certify anybody of this name.
fn excluding(root: &Holder, holder: &Holder, name: &str) -> Certificate {
    let constraints = NameConstraints {
        permitted_subtrees: None,
        excluded_subtrees: subtree(name, 0, None),
    };
    root.issue(
        holder,
        &Wanted::authority(None).with_constraints(&constraints),
    )
}

/// Tells whom the chain is refused for, or `ok`.
fn refused_for(leaf: &Certificate, given: &[Certificate]) -> String {
    let root = Holder::new("CN=root").root();
    let policy = CertificatePolicy::new([root], ValidationTime::Now(at(NOW)));
    match verify_chain(leaf, given, &policy) {
        Verdict::Verified(_) => "ok".to_owned(),
        Verdict::Rejected(findings) => {
            let finding = &findings.as_slice()[0];
            assert_eq!(finding.code(), "sign.chain.name_constraint", "{findings}");
            finding.subject().expect("a certificate").to_owned()
        }
    }
}

#[test]
fn authorities_below_are_held_to_the_constraint_as_signers_are() {
    let [root, upper, lower] = ["CN=root", "CN=upper", "CN=lower"].map(Holder::new);
    let below = upper.issue(&lower, &Wanted::authority(None));
    let leaf = lower.issue(&Holder::signer("CN=signer"), &Wanted::signer());
    for (excluded, expected) in [
        ("CN=lower", "CN=lower"),
        ("CN=signer", "CN=signer"),
        ("CN=upper", "ok"),
        ("CN=other", "ok"),
    ] {
        let above = excluding(&root, &upper, excluded);
        assert_eq!(
            refused_for(&leaf, &[below.clone(), above]),
            expected,
            "{excluded}"
        );
    }
}

#[test]
fn an_authority_that_changes_its_key_keeps_its_name_and_a_signer_of_that_name_does_not() {
    let [root, upper] = ["CN=root", "CN=upper"].map(Holder::new);
    let renewed = Holder {
        name: upper.name.clone(),
        ..Holder::new("CN=renewed")
    };
    let above = excluding(&root, &upper, "CN=upper");
    let rollover = upper.issue(&renewed, &Wanted::authority(None));
    let leaf = renewed.issue(&Holder::signer("CN=signer"), &Wanted::signer());
    assert_eq!(refused_for(&leaf, &[rollover, above.clone()]), "ok");
    let namesake = upper.issue(&Holder::signer("CN=upper"), &Wanted::signer());
    assert_eq!(refused_for(&namesake, &[above]), "CN=upper");
}

/// RFC 5280 fixes the levels; what counts them otherwise is not guessed at.
#[test]
fn a_constraint_that_counts_levels_allows_nothing() {
    let [root, upper] = ["CN=root", "CN=upper"].map(Holder::new);
    let leaf = upper.issue(&Holder::signer("CN=signer"), &Wanted::signer());
    for (minimum, maximum, expected) in [
        (0, None, "ok"),
        (1, None, "CN=signer"),
        (0, Some(3), "CN=signer"),
        (1, Some(3), "CN=signer"),
    ] {
        for constraints in [
            NameConstraints {
                permitted_subtrees: subtree("CN=signer", minimum, maximum),
                excluded_subtrees: None,
            },
            NameConstraints {
                permitted_subtrees: None,
                excluded_subtrees: subtree("CN=other", minimum, maximum),
            },
        ] {
            let wanted = Wanted::authority(None).with_constraints(&constraints);
            let given = root.issue(&upper, &wanted);
            assert_eq!(refused_for(&leaf, &[given]), expected, "{constraints:?}");
        }
    }
}

#[test]
fn a_constraint_to_one_mailbox_is_about_its_user_and_its_host() {
    let [root, upper] = ["CN=root", "CN=upper"].map(Holder::new);
    let email = |text: &str| GeneralName::Rfc822Name(Ia5String::new(text).expect("plain letters"));
    for (address, expected) in [
        ("release@example.com", "ok"),
        ("release@EXAMPLE.com", "ok"),
        ("Release@example.com", "CN=signer"),
        ("other@example.com", "CN=signer"),
        ("release@other.com", "CN=signer"),
    ] {
        let constraints = NameConstraints {
            permitted_subtrees: Some(vec![GeneralSubtree {
                base: email("release@example.com"),
                minimum: 0,
                maximum: None,
            }]),
            excluded_subtrees: None,
        };
        let wanted = Wanted::signer().with_names(vec![email(address)]);
        let leaf = upper.issue(&Holder::signer("CN=signer"), &wanted);
        let wanted = Wanted::authority(None).with_constraints(&constraints);
        let given = root.issue(&upper, &wanted);
        assert_eq!(refused_for(&leaf, &[given]), expected, "{address}");
    }
}
