//! The chain of the vectors, from which the fuzzer makes others.

use modelward_artifact::Verdict;
use modelward_sign::{
    Certificate, CertificatePolicy, Identity, Revocation, RevocationList, ValidationTime,
    verify_chain,
};
use x509_cert::der::oid::AssociatedOid as _;
use x509_cert::der::pem::{LineEnding, encode_string};
use x509_cert::ext::pkix::CertificatePolicies;
use x509_cert::ext::pkix::name::GeneralName;

use super::keep;
use crate::authority::{Holder, NOW, Wanted, at};
use crate::chain::permits;
use crate::chain_lists::List;
use crate::chain_strict::oids;
use crate::sample;

/// A certificate policy of the limited authority and its signer.
const POLICY: &str = "1.3.6.1.4.1.99999.1";

/// The lists of the root and of the first authority.
const LISTS: [&str; 2] = [
    include_str!("../../vectors/chain/root.crl.pem"),
    include_str!("../../vectors/chain/authority.crl.pem"),
];

pub(super) fn policy() -> CertificatePolicy {
    CertificatePolicy::new([sample::root()], ValidationTime::Now(at(sample::INSTANT)))
}

/// Makes what the vectors have: root, what was issued, and the lists.
fn made() -> (Certificate, Vec<Certificate>, [Vec<u8>; 2]) {
    let [root, authority, limited] =
        ["CN=fuzz root", "CN=fuzz authority", "CN=fuzz limited"].map(Holder::new);
    let signer = Holder::signer("CN=fuzz signer,O=Example");
    let named = Wanted::signer().with_names(vec![
        GeneralName::Rfc822Name("ada@example.org".to_owned().try_into().unwrap()),
        GeneralName::DnsName("release.example.org".to_owned().try_into().unwrap()),
        GeneralName::UniformResourceIdentifier(
            "spiffe://example.org/release"
                .to_owned()
                .try_into()
                .unwrap(),
        ),
    ]);
    let inside = GeneralName::DnsName("example.org".to_owned().try_into().unwrap());
    let policies = |wanted: Wanted| wanted.with(CertificatePolicies::OID, false, &oids(&[POLICY]));
    let constrained = Wanted::authority(Some(0)).with_constraints(&permits(inside));
    let issued = vec![
        authority.issue(&signer, &named),
        root.issue(&authority, &Wanted::authority(Some(0))),
        limited.issue(&signer, &policies(named)),
        root.issue(&limited, &policies(constrained)),
    ];
    let stranger = root.issue(&Holder::new("CN=fuzz stranger"), &Wanted::signer());
    let lists = [&root, &authority].map(|it| List::empty().revoking(&stranger, NOW).der(it));
    (root.root(), issued, lists)
}

#[test]
fn the_chain_of_the_vectors_is_made_by_the_keys_of_these_tests() {
    let (root, issued, lists) = made();
    assert_eq!(sample::root(), root);
    assert_eq!(sample::issued(), issued);
    for (pem, der) in LISTS.iter().zip(&lists) {
        assert_eq!(
            *pem,
            encode_string("X509 CRL", LineEnding::LF, der).unwrap()
        );
    }
}

#[test]
fn the_fuzzer_begins_with_chains_and_lists() {
    assert_eq!(NOW, sample::INSTANT);
    let issued = sample::issued();
    let (_, _, lists) = made();
    for pair in issued.chunks(2) {
        let policy = policy().with_identity(Identity::Email("ada@example.org".to_owned()));
        let verdict = verify_chain(&pair[0], &pair[1..], &policy);
        assert!(matches!(verdict, Verdict::Verified(_)), "{verdict:?}");
        let parts: Vec<_> = pair.iter().map(Certificate::as_der).collect();
        // Each of the four policies of the target, once.
        for mode in [0, 2, 4, 6] {
            keep("chain", &[&[mode], &framed(&parts)[..]].concat());
        }
    }
    let read = lists
        .clone()
        .map(|der| RevocationList::from_der(&der).unwrap());
    let listed = policy().with_revocation_lists(read);
    let verdict = verify_chain(&issued[0], &issued[1..], &listed);
    let chain = verdict.verified().expect("no list has the signer");
    assert_eq!(chain.revocation(), Revocation::Checked);
    // Edits of one byte of each, which is set to what it is.
    keep("chain", b"\x01\0\0\0\x30");
    keep("chain", b"\x01\x01\0\0\x30");
    for (number, der) in (0..).zip(&lists) {
        keep("revocation", &[&[number], &der[..]].concat());
        keep("revocation", &[2 + number, 0, 0, 0x30]);
    }
    for certificate in issued.iter().chain([&sample::root()]) {
        keep("certificate", certificate.as_der());
        keep("certificate", certificate.to_pem().as_bytes());
    }
}

/// Joins certificates as the target takes them apart: each behind its length.
fn framed(parts: &[&[u8]]) -> Vec<u8> {
    let frame = |part: &&[u8]| {
        let length = u16::try_from(part.len()).unwrap();
        [&length.to_be_bytes()[..], part].concat()
    };
    parts.iter().flat_map(frame).collect()
}
