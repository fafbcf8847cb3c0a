//! Who speaks for whom in revocation lists, where an authority has more than one key.

use modelward_artifact::Verdict;
use modelward_sign::{Certificate, CertificatePolicy, ValidationTime, VerifiedChain, verify_chain};
use x509_cert::der::asn1::OctetString;
use x509_cert::der::oid::AssociatedOid as _;
use x509_cert::ext::pkix::{KeyUsages, SubjectKeyIdentifier};

use crate::authority::{Holder, NOW, Wanted, at};
use crate::chain_lists::{List, extension};

const UNSURE: &str = "sign.chain.revocation_unknown";

fn code(verdict: &Verdict<VerifiedChain>) -> String {
    match verdict {
        Verdict::Verified(_) => "ok".to_owned(),
        Verdict::Rejected(findings) => findings.as_slice()[0].code().to_owned(),
    }
}

fn policy(root: &Certificate) -> CertificatePolicy {
    CertificatePolicy::new([root.clone()], ValidationTime::Now(at(NOW)))
}

/// An authority with two keys says in each list by which it is signed; a list that says another key is
/// none of this one's, though the name and the signature are right.
#[test]
fn a_list_that_names_another_key_of_the_authority_covers_nothing() {
    const AUTHORITY_KEY: &str = "2.5.29.35";
    let root = Holder::new("CN=root");
    let own = SubjectKeyIdentifier(OctetString::new([1, 2, 3, 4]).expect("short"));
    let wanted = Wanted::authority(None).with(SubjectKeyIdentifier::OID, false, &own);
    let certificate = root.issue(&root, &wanted);
    let leaf = root.issue(&Holder::signer("CN=signer"), &Wanted::signer());
    for (key, expected) in [([1, 2, 3, 4], "ok"), ([1, 2, 3, 5], UNSURE)] {
        let identifier = [&[0x30, 6, 0x80, 4], &key[..]].concat();
        let list = List::empty().with(extension(AUTHORITY_KEY, false, identifier));
        let policy = policy(&certificate).with_revocation_lists([list.by(&root)]);
        assert_eq!(
            code(&verify_chain(&leaf, &[], &policy)),
            expected,
            "{key:?}"
        );
    }
}

/// The number of a list is known, so that it does not matter that it is marked as critical.
#[test]
fn the_number_of_a_list_is_understood() {
    const NUMBER: &str = "2.5.29.20";
    let root = Holder::new("CN=root");
    let leaf = root.issue(&Holder::signer("CN=signer"), &Wanted::signer());
    for critical in [false, true] {
        let list = List::empty().with(extension(NUMBER, critical, vec![2, 1, 7]));
        let policy = policy(&root.root()).with_revocation_lists([list.by(&root)]);
        assert_eq!(code(&verify_chain(&leaf, &[], &policy)), "ok");
    }
}

/// Whoever stole the new key of an authority could otherwise say that it was not revoked.
#[test]
fn a_new_key_of_an_authority_speaks_for_those_below_and_not_for_itself() {
    let root = Holder::new("CN=root");
    let renewed = Holder {
        name: root.name.clone(),
        ..Holder::new("CN=renewed")
    };
    let rollover = root.issue(&renewed, &Wanted::authority(None));
    let leaf = renewed.issue(&Holder::signer("CN=signer"), &Wanted::signer());
    let (by_old, by_new) = (List::empty().by(&root), List::empty().by(&renewed));
    for (lists, expected) in [
        (vec![by_new.clone()], UNSURE),
        (vec![by_old.clone(), by_new], "ok"),
        (vec![by_old], "ok"),
    ] {
        let policy = policy(&root.root()).with_revocation_lists(lists);
        let verdict = verify_chain(&leaf, std::slice::from_ref(&rollover), &policy);
        assert_eq!(code(&verdict), expected);
    }
}

/// A certificate that has the names and not the signature of the authority makes nobody speak for it.
#[test]
fn who_claims_the_name_of_the_authority_speaks_for_nobody() {
    let root = Holder::new("CN=root");
    let named = |key: &str| Holder {
        name: root.name.clone(),
        ..Holder::new(key)
    };
    let (liar, speaker) = (named("CN=liar"), named("CN=speaker"));
    let wanted = Wanted::plain().with_usage(KeyUsages::CRLSign.into());
    let leaf = root.issue(&Holder::signer("CN=signer"), &Wanted::signer());
    let revoking = List::empty().revoking(&leaf, NOW - 1).by(&speaker);
    let lists = [List::empty().by(&root), revoking];
    let policy = policy(&root.root()).with_revocation_lists(lists);
    for (issuer, expected) in [(&root, "sign.chain.revoked"), (&liar, "ok")] {
        let certificate = issuer.issue(&speaker, &wanted);
        let verdict = verify_chain(&leaf, &[certificate], &policy);
        assert_eq!(code(&verdict), expected);
    }
}
