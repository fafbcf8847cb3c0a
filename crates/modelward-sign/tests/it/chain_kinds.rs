//! Names in strings of old kinds, keys that do not fit their algorithm, crowds of certificates, and
//! revocation lists as texts.

use modelward_artifact::Verdict;
use modelward_sign::{
    Certificate, CertificatePolicy, ReadCertificateError, RevocationList, ValidationTime,
    VerifiedChain, verify_chain,
};
use p256::ecdsa::signature::{Error, Keypair, Signer};
use p256::ecdsa::{DerSignature, VerifyingKey};
use p256::pkcs8::EncodePublicKey as _;
use x509_cert::der::asn1::{Ia5String, ObjectIdentifier};
use x509_cert::ext::pkix::NameConstraints;
use x509_cert::ext::pkix::constraints::name::GeneralSubtree;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::spki::{AlgorithmIdentifierOwned, DynSignatureAlgorithmIdentifier};

use crate::authority::{Holder, NOW, Wanted, YEAR, at, certify};
use crate::chain_lists::List;

fn code(verdict: &Verdict<VerifiedChain>) -> String {
    match verdict {
        Verdict::Verified(_) => "ok".to_owned(),
        Verdict::Rejected(findings) => findings.as_slice()[0].code().to_owned(),
    }
}

fn policy(root: &Certificate) -> CertificatePolicy {
    CertificatePolicy::new([root.clone()], ValidationTime::Now(at(NOW)))
}

fn named(name: &str, key: &str) -> Holder {
    Holder {
        name: name.to_owned(),
        ..Holder::new(key)
    }
}

/// Authorities of the nineties wrote their names as Teletex or BMP strings; it is the same name.
#[test]
fn a_name_is_the_same_in_each_kind_of_string_that_has_its_letters() {
    let root = Holder::new("CN=root");
    let cases = [
        ("CN=ROOT", "ok"),
        ("CN=\\ root", "ok"),
        // Teletex, BMP, and UTF-8 by its bytes.
        ("CN=#1404726f6f74", "ok"),
        ("CN=#1e080072006f006f0074", "ok"),
        ("CN=#0c04726f6f74", "ok"),
        ("CN=#1404726f6f73", "sign.chain.no_path"),
        ("CN=#1e080072006f006f0073", "sign.chain.no_path"),
        // Half a letter at the end, and half of a pair of surrogates.
        ("CN=#1e090072006f006f007400", "sign.chain.no_path"),
        ("CN=#1e0a0072006f006f0074d800", "sign.chain.no_path"),
        // An OCTET STRING has bytes and no letters.
        ("CN=#0404726f6f74", "sign.chain.no_path"),
    ];
    for (name, expected) in cases {
        let issuer = named(name, "CN=root");
        let leaf = issuer.issue(&Holder::signer("CN=signer"), &Wanted::signer());
        let verdict = verify_chain(&leaf, &[], &policy(&root.root()));
        assert_eq!(code(&verdict), expected, "{name}");
    }
}

/// An address in a BMP string is one that a constraint on addresses is about.
#[test]
fn an_address_in_an_old_kind_of_string_is_compared() {
    let root = Holder::new("CN=root");
    let between = Holder::new("CN=between");
    // `a@b.c` as `emailAddress`.
    let signer = "CN=signer,1.2.840.113549.1.9.1=#1e0a006100400062002e0063";
    let leaf = between.issue(&Holder::signer(signer), &Wanted::signer());
    for (permitted, expected) in [("b.c", "ok"), ("b.d", "sign.chain.name_constraint")] {
        let constraints = NameConstraints {
            permitted_subtrees: Some(vec![GeneralSubtree {
                base: GeneralName::Rfc822Name(Ia5String::new(permitted).expect("plain letters")),
                minimum: 0,
                maximum: None,
            }]),
            excluded_subtrees: None,
        };
        let wanted = Wanted::authority(None).with_constraints(&constraints);
        let given = root.issue(&between, &wanted);
        let verdict = verify_chain(&leaf, &[given], &policy(&root.root()));
        assert_eq!(code(&verdict), expected, "{permitted}");
    }
}

#[test]
fn an_authority_that_signed_the_signer_itself_needs_a_depth_of_two() {
    let root = Holder::new("CN=root");
    let leaf = root.issue(&Holder::signer("CN=signer"), &Wanted::signer());
    for (depth, expected) in [(2, "ok"), (1, "sign.chain.depth")] {
        let policy = policy(&root.root()).with_max_depth(depth);
        assert_eq!(code(&verify_chain(&leaf, &[], &policy)), expected);
    }
}

/// A root that changed its key certified the new one by the old: it has the root's name, and did not
/// sign itself, so it is no authority by being given alone.
#[test]
fn a_new_key_of_an_authority_is_trusted_by_way_of_the_old_one() {
    let old = Holder::new("CN=root");
    let new = named("CN=root", "CN=renewed");
    let renewed = old.issue(&new, &Wanted::authority(None));
    let leaf = new.issue(&Holder::signer("CN=signer"), &Wanted::signer());
    let alone = verify_chain(&leaf, &[], &policy(&renewed));
    assert_eq!(code(&alone), "sign.chain.no_path");
    let anchors = CertificatePolicy::new([renewed, old.root()], ValidationTime::Now(at(NOW)));
    assert_eq!(code(&verify_chain(&leaf, &[], &anchors)), "ok");
}

/// Whoever trusts an authority and gets no way to it is not told that nobody is trusted.
#[test]
fn a_signer_without_a_way_to_the_authority_is_told_so() {
    let leaf = Holder::new("CN=between").issue(&Holder::signer("CN=signer"), &Wanted::signer());
    let verdict = verify_chain(&leaf, &[], &policy(&Holder::new("CN=root").root()));
    assert_eq!(
        verdict.rejected().expect("there is no way").to_string(),
        "CN=signer: no way leads from the certificate to a trusted authority [sign.chain.no_path]"
    );
}

/// Sixteen ways are looked at; a good one behind as many bad ones is not found.
#[test]
fn no_crowd_of_ways_keeps_the_verifier_busy() {
    let root = Holder::new("CN=root");
    let between = Holder::new("CN=between");
    let leaf = between.issue(&Holder::signer("CN=signer"), &Wanted::signer());
    let old = |age: i64| {
        let wanted = Wanted::authority(None).with_valid(NOW - YEAR - age, NOW - age);
        root.issue(&between, &wanted)
    };
    let good = root.issue(&between, &Wanted::authority(None));
    for (count, expected) in [(15, "ok"), (16, "sign.chain.expired")] {
        let mut given: Vec<_> = (1..=count).map(old).collect();
        given.push(good.clone());
        let verdict = verify_chain(&leaf, &given, &policy(&root.root()));
        assert_eq!(code(&verdict), expected, "{count} before the good one");
    }
}

/// Signs by a key of the curve P-256, and says that it was an algorithm of another kind.
struct Claiming<'a>(&'a Holder, &'static str);

impl Keypair for Claiming<'_> {
    type VerifyingKey = VerifyingKey;

    fn verifying_key(&self) -> VerifyingKey {
        *self.0.key.verifying_key()
    }
}

impl Signer<DerSignature> for Claiming<'_> {
    fn try_sign(&self, bytes: &[u8]) -> Result<DerSignature, Error> {
        self.0.key.try_sign(bytes)
    }
}

impl DynSignatureAlgorithmIdentifier for Claiming<'_> {
    fn signature_algorithm_identifier(&self) -> x509_cert::spki::Result<AlgorithmIdentifierOwned> {
        Ok(AlgorithmIdentifierOwned {
            oid: ObjectIdentifier::new_unwrap(self.1),
            parameters: None,
        })
    }
}

#[test]
fn an_algorithm_that_is_none_of_the_authoritys_key_does_not_count() {
    let root = Holder::new("CN=root");
    let signer = Holder::signer("CN=signer");
    let key = signer.key.verifying_key().to_public_key_der();
    let key = key.expect("a public key");
    let algorithms = [
        ("1.2.840.10045.4.3.2", "ok"),
        // Ed25519, RSA with each digest, and ECDSA with SHA-1.
        ("1.3.101.112", "sign.chain.algorithm"),
        ("1.2.840.113549.1.1.11", "sign.chain.algorithm"),
        ("1.2.840.113549.1.1.12", "sign.chain.algorithm"),
        ("1.2.840.113549.1.1.13", "sign.chain.algorithm"),
        ("1.2.840.10045.4.1", "sign.chain.algorithm"),
    ];
    for (algorithm, expected) in algorithms {
        let names = [root.name.as_str(), signer.name.as_str()];
        let claiming = Claiming(&root, algorithm);
        let leaf = certify::<_, DerSignature>(&claiming, names, key.as_bytes(), &Wanted::signer());
        let leaf = leaf.expect("what was made can be read");
        let verdict = verify_chain(&leaf, &[], &policy(&root.root()));
        assert_eq!(code(&verdict), expected, "{algorithm}");
    }
}

#[test]
fn a_list_is_read_from_a_text_and_says_what_it_is() {
    let root = Holder::new("CN=root");
    let leaf = root.issue(&Holder::signer("CN=signer"), &Wanted::signer());
    let list = List::empty().current(NOW - 9, Some(NOW + 9));
    let der = list.clone().revoking(&leaf, NOW - 1).der(&root);
    let encoded = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, der);
    let lines: Vec<_> = encoded
        .as_bytes()
        .chunks(64)
        .map(String::from_utf8_lossy)
        .collect();
    let block = |label: &str| {
        format!(
            "-----BEGIN {label}-----\n{}\n-----END {label}-----\n",
            lines.join("\n")
        )
    };

    let list = RevocationList::from_pem(&block("X509 CRL")).expect("a list");
    assert_eq!(list.issuer(), "CN=root");
    assert_eq!(
        (list.this_update(), list.next_update()),
        (at(NOW - 9), Some(at(NOW + 9)))
    );
    assert_eq!(format!("{list:?}"), "RevocationList(CN=root, 1)");
    let trusting = policy(&root.root()).with_revocation_lists([list]);
    assert_eq!(
        code(&verify_chain(&leaf, &[], &trusting)),
        "sign.chain.revoked"
    );

    let nobody = List::empty().by(&root);
    assert_eq!((nobody.len(), nobody.is_empty()), (0, true));
    let two = List::empty().revoking(&leaf, NOW - 1);
    let two = two.revoking(&root.root(), NOW - 1).by(&root);
    assert_eq!((two.len(), two.is_empty()), (2, false));

    let error = RevocationList::from_pem("no list").expect_err("a text without a block");
    assert!(
        matches!(error, ReadCertificateError::NoPem { .. }),
        "{error}"
    );
    let error = RevocationList::from_pem(&block("CERTIFICATE")).expect_err("another kind");
    assert!(
        matches!(error, ReadCertificateError::Label { .. }),
        "{error}"
    );
}
