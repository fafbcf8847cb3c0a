//! What may not slip through: names that are spelt oddly, settings that mean nothing, crowds.

use modelward_artifact::Verdict;
use modelward_sign::{
    Certificate, CertificatePolicy, Identity, ValidationTime, VerifiedChain, verify_chain,
};
use x509_cert::der::asn1::{Ia5String, ObjectIdentifier};
use x509_cert::der::oid::AssociatedOid as _;
use x509_cert::ext::pkix::certpolicy::PolicyInformation;
use x509_cert::ext::pkix::constraints::name::GeneralSubtree;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{CertificatePolicies, NameConstraints, PolicyConstraints};

use crate::authority::{Holder, NOW, Wanted, at};

/// Two certificate policies of nobody.
const RELEASE: &str = "1.3.6.1.4.1.99999.7.1";
const TEST: &str = "1.3.6.1.4.1.99999.7.2";
const ANY: &str = "2.5.29.32.0";

fn code(verdict: &Verdict<VerifiedChain>) -> String {
    match verdict {
        Verdict::Verified(_) => "ok".to_owned(),
        Verdict::Rejected(findings) => findings.as_slice()[0].code().to_owned(),
    }
}

fn policy(root: &Certificate) -> CertificatePolicy {
    CertificatePolicy::new([root.clone()], ValidationTime::Now(at(NOW)))
}

fn ia5(text: &str) -> Ia5String {
    Ia5String::new(text).expect("plain letters")
}

fn dns(text: &str) -> GeneralName {
    GeneralName::DnsName(ia5(text))
}

fn email(text: &str) -> GeneralName {
    GeneralName::Rfc822Name(ia5(text))
}

fn uri(text: &str) -> GeneralName {
    GeneralName::UniformResourceIdentifier(ia5(text))
}

fn excludes(base: GeneralName) -> NameConstraints {
    NameConstraints {
        permitted_subtrees: None,
        excluded_subtrees: Some(vec![GeneralSubtree {
            base,
            minimum: 0,
            maximum: None,
        }]),
    }
}

/// A name that cannot be compared is refused by whatever excludes names of its form.
#[test]
fn no_spelling_of_a_name_escapes_what_excludes_it() {
    let root = Holder::new("CN=root");
    let between = Holder::new("CN=between");
    let cases = [
        (dns("a.example.com."), dns("example.com"), "no"),
        (dns("*.example.com"), dns("a.example.com"), "no"),
        (dns(".example.com"), dns("example.com"), "no"),
        (dns("a..example.com"), dns("example.com"), "no"),
        (dns("a.other.com"), dns("example.com"), "ok"),
        (dns("a_b.other-1.com"), dns("example.com"), "ok"),
        (dns("anything"), dns(""), "no"),
        (dns("anything"), dns("not a host"), "no"),
        (email("a@example.com."), email("example.com"), "no"),
        (email("a@example.com@other.com"), email("example.com"), "no"),
        (email("\"a\"@other.com"), email("example.com"), "no"),
        (email("nobody"), email("example.com"), "no"),
        (email("a@[192.0.2.1]"), email("example.com"), "no"),
        (email("a@other.com"), email("example.com"), "ok"),
        (email("a@other.com"), email(""), "no"),
        (uri("https://ex%61mple.com/"), uri("example.com"), "no"),
        (uri("https://example.com./"), uri("example.com"), "no"),
        (
            uri("https://user@EXAMPLE.com:8443/"),
            uri("example.com"),
            "no",
        ),
        (uri("https://192.0.2.1/"), uri("example.com"), "no"),
        (uri("https:\\\\example.com/"), uri("example.com"), "no"),
        (uri("urn:model:one"), uri("example.com"), "no"),
        (uri("spiffe://other.com/a"), uri("example.com"), "ok"),
        (uri("spiffe://other.com/a"), uri(""), "no"),
    ];
    for (name, excluded, expected) in cases {
        let wanted = Wanted::signer().with_names(vec![name.clone()]);
        let leaf = between.issue(&Holder::signer("CN=signer"), &wanted);
        let constraints = excludes(excluded.clone());
        let wanted = Wanted::authority(None).with_constraints(&constraints);
        let given = root.issue(&between, &wanted);
        let verdict = verify_chain(&leaf, &[given], &policy(&root.root()));
        let expected = match expected {
            "ok" => "ok",
            _ => "sign.chain.name_constraint",
        };
        assert_eq!(code(&verdict), expected, "{name:?} {excluded:?}");
    }
}

/// The policies of an authority, those of the signer, those asked for if any are, and the answer.
type PolicyCase<'a> = (&'a [&'a str], &'a [&'a str], Option<&'a [&'a str]>, &'a str);

pub(crate) fn oids(list: &[&str]) -> CertificatePolicies {
    let list = list.iter().map(|oid| PolicyInformation {
        policy_identifier: ObjectIdentifier::new_unwrap(oid),
        policy_qualifiers: None,
    });
    CertificatePolicies(list.collect())
}

#[test]
fn a_certificate_policy_is_asked_for_by_the_caller_or_by_an_authority() {
    let root = Holder::new("CN=root");
    let between = Holder::new("CN=between");
    let with = |wanted: Wanted, list: &[&str]| {
        if list.is_empty() {
            return wanted;
        }
        wanted.with(CertificatePolicies::OID, false, &oids(list))
    };
    let cases: [PolicyCase<'_>; 14] = [
        (&[], &[], None, "ok"),
        (&[RELEASE], &[TEST], None, "ok"),
        (&[RELEASE], &[RELEASE], Some(&[RELEASE]), "ok"),
        (&[RELEASE], &[RELEASE], Some(&[TEST, RELEASE]), "ok"),
        (&[RELEASE], &[RELEASE], Some(&[TEST]), "no"),
        (&[RELEASE], &[TEST], Some(&[TEST]), "no"),
        (&[], &[RELEASE], Some(&[RELEASE]), "no"),
        (&[RELEASE], &[], Some(&[RELEASE]), "no"),
        (&[ANY], &[RELEASE], Some(&[RELEASE]), "ok"),
        (&[ANY], &[ANY], Some(&[RELEASE]), "ok"),
        (&[RELEASE], &[RELEASE], Some(&[ANY]), "ok"),
        // What is no object identifier is met by nothing, and is not "any" either.
        (&[RELEASE], &[RELEASE], Some(&["release"]), "no"),
        (&[RELEASE], &[RELEASE], Some(&["release", RELEASE]), "ok"),
        (&[RELEASE], &[RELEASE], Some(&[]), "no"),
    ];
    for (of_authority, of_signer, asked, expected) in cases {
        let given = root.issue(&between, &with(Wanted::authority(None), of_authority));
        let signer = Holder::signer("CN=signer");
        let leaf = between.issue(&signer, &with(Wanted::signer(), of_signer));
        let mut policy = policy(&root.root());
        if let Some(asked) = asked {
            policy = policy.with_certificate_policies(asked.iter().copied());
        }
        let verdict = verify_chain(&leaf, &[given], &policy);
        let expected = if expected == "ok" {
            "ok"
        } else {
            "sign.chain.policy"
        };
        assert_eq!(
            code(&verdict),
            expected,
            "{of_authority:?} {of_signer:?} {asked:?}"
        );
    }
    // An authority asks for one.
    let strict = PolicyConstraints {
        require_explicit_policy: Some(0),
        inhibit_policy_mapping: None,
    };
    let wanted = with(Wanted::authority(None), &[RELEASE]);
    let wanted = wanted.with(PolicyConstraints::OID, true, &strict);
    let given = root.issue(&between, &wanted);
    for (list, expected) in [
        (&[RELEASE][..], "ok"),
        (&[TEST], "sign.chain.policy"),
        (&[], "sign.chain.policy"),
    ] {
        let wanted = with(Wanted::signer(), list);
        let leaf = between.issue(&Holder::signer("CN=signer"), &wanted);
        let given = std::slice::from_ref(&given);
        let verdict = verify_chain(&leaf, given, &policy(&root.root()));
        assert_eq!(code(&verdict), expected, "{list:?}");
    }
}

/// A company may trust hundreds of authorities; only those of the right name are work.
#[test]
fn many_trusted_authorities_do_not_end_the_search() {
    let root = Holder::new("CN=root");
    let strangers = (0..400).map(|number| Holder::new(&format!("CN=stranger {number}")).root());
    let mut issuer = root.clone();
    let mut given = Vec::new();
    for number in 0..4 {
        let next = Holder::new(&format!("CN=authority {number}"));
        given.push(issuer.issue(&next, &Wanted::authority(None)));
        issuer = next;
    }
    let leaf = issuer.issue(&Holder::signer("CN=signer"), &Wanted::signer());
    let anchors = strangers.chain([root.root()]);
    let policy = CertificatePolicy::new(anchors, ValidationTime::Now(at(NOW)));
    assert_eq!(code(&verify_chain(&leaf, &given, &policy)), "ok");
}

#[test]
fn more_certificates_than_a_bundle_ever_needs_are_refused() {
    let root = Holder::new("CN=root");
    let leaf = root.issue(&Holder::signer("CN=signer"), &Wanted::signer());
    let stranger = Holder::new("CN=stranger").root();
    let policy = policy(&root.root());
    for (count, expected) in [(64, "ok"), (65, "sign.chain.too_many")] {
        let given = vec![stranger.clone(); count];
        assert_eq!(code(&verify_chain(&leaf, &given, &policy)), expected);
    }
}

/// A comma inside a name is no end of it, so one name cannot be written as two.
#[test]
fn a_subject_cannot_be_forged_inside_another() {
    let root = Holder::new("CN=root");
    let honest = root.issue(&Holder::signer("CN=a,O=b"), &Wanted::signer());
    let forged = root.issue(&Holder::signer("CN=a\\,O\\=b"), &Wanted::signer());
    assert_eq!(honest.subject(), "CN=a,O=b");
    assert_ne!(forged.subject(), honest.subject());
    let policy = policy(&root.root()).with_identity(Identity::Subject("CN=a,O=b".to_owned()));
    assert_eq!(code(&verify_chain(&honest, &[], &policy)), "ok");
    assert_eq!(
        code(&verify_chain(&forged, &[], &policy)),
        "sign.chain.identity"
    );
}

/// A name in a string of a rare kind cannot be compared, so what excludes addresses excludes it.
#[test]
fn an_address_that_cannot_be_read_is_not_overlooked() {
    let root = Holder::new("CN=root");
    let between = Holder::new("CN=between");
    // `emailAddress` as an OCTET STRING.
    let signer = Holder::signer("CN=signer,1.2.840.113549.1.9.1=#04066140622e6364");
    let leaf = between.issue(&signer, &Wanted::signer());
    for (excluded, expected) in [
        (dns("example.com"), "ok"),
        (email("example.com"), "sign.chain.name_constraint"),
    ] {
        let given = root.issue(
            &between,
            &Wanted::authority(None).with_constraints(&excludes(excluded)),
        );
        let verdict = verify_chain(&leaf, &[given], &policy(&root.root()));
        assert_eq!(code(&verdict), expected);
    }
}

#[test]
fn the_proof_names_the_identity_that_was_met() {
    let root = Holder::new("CN=root");
    let leaf = root.issue(&Holder::signer("CN=signer"), &Wanted::signer());
    let policy = policy(&root.root());
    let verdict = verify_chain(&leaf, &[], &policy);
    assert_eq!(verdict.verified().expect("any signer").identity(), None);
    let other = Identity::Subject("CN=other".to_owned());
    let met = Identity::PublicKey(leaf.public_key_digest());
    let policy = policy.with_identity(other).with_identity(met.clone());
    let verdict = verify_chain(&leaf, &[], &policy);
    let proof = verdict.verified().expect("a known key");
    assert_eq!(proof.identity(), Some(&met));
    assert!(
        proof
            .warnings()
            .iter()
            .all(|finding| finding.code() != "sign.chain.any_identity")
    );
}

#[test]
fn a_policy_that_trusts_no_authority_says_so() {
    let root = Holder::new("CN=root");
    let between = Holder::new("CN=between");
    let given = root.issue(&between, &Wanted::authority(None));
    let leaf = between.issue(&Holder::signer("CN=signer"), &Wanted::signer());
    let verdict = verify_chain(&leaf, &[], &policy(&given));
    let findings = verdict.rejected().expect("no root");
    assert_eq!(
        findings.to_string(),
        "CN=signer: no authority is trusted: none that was given signed itself by an algorithm \
         that counts [sign.chain.no_path]"
    );
}
