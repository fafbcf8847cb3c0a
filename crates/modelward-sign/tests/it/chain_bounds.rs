//! How much work a bundle can ask for: each bound to the very step.

use modelward_artifact::Verdict;
use modelward_sign::{
    Certificate, CertificatePolicy, ReadCertificateError, RevocationList, ValidationTime,
    VerifiedChain, verify_chain,
};

use crate::authority::{Holder, NOW, Wanted, at};

fn code(verdict: &Verdict<VerifiedChain>) -> String {
    match verdict {
        Verdict::Verified(_) => "ok".to_owned(),
        Verdict::Rejected(findings) => findings.as_slice()[0].code().to_owned(),
    }
}

fn policy() -> CertificatePolicy {
    let root = Holder::new("CN=root").root();
    CertificatePolicy::new([root], ValidationTime::Now(at(NOW)))
}

/// Copies of a certificate cost no signature, but each is a step: 32 of one and for each of them as
/// many of the next as stand there.
#[test]
fn copies_of_certificates_end_the_search_after_1024_steps() {
    let [lower, upper, above] = ["CN=lower", "CN=upper", "CN=above"].map(Holder::new);
    let authority = Wanted::authority(None);
    let leaf = lower.issue(&Holder::signer("CN=signer"), &Wanted::signer());
    let lower = upper.issue(&lower, &authority);
    let upper = above.issue(&upper, &authority);
    for (copies, expected) in [(31, "sign.chain.no_path"), (32, "sign.chain.exhausted")] {
        let mut given = vec![lower.clone(); 32];
        given.extend(vec![upper.clone(); copies]);
        assert_eq!(
            code(&verify_chain(&leaf, &given, &policy())),
            expected,
            "{copies}"
        );
    }
}

/// Each stranger of the authority's name has a key that did not sign the signer.
#[test]
fn strangers_of_one_name_end_the_search_after_64_signatures() {
    let same = |number: usize| Holder {
        name: "CN=same".to_owned(),
        ..Holder::new(&format!("CN=number {number}"))
    };
    let leaf = same(100).issue(&Holder::signer("CN=signer"), &Wanted::signer());
    let above = Holder::new("CN=above");
    let strangers: Vec<Certificate> = (0..65)
        .map(|number| above.issue(&same(number), &Wanted::authority(None)))
        .collect();
    let (given, one_more) = strangers.split_at(64);
    assert_eq!(
        code(&verify_chain(&leaf, given, &policy())),
        "sign.chain.signature"
    );
    let policy = policy().with_intermediates(one_more.iter().cloned());
    assert_eq!(
        code(&verify_chain(&leaf, given, &policy)),
        "sign.chain.exhausted"
    );
}

#[test]
fn a_list_of_more_than_64_megabytes_is_not_read() {
    let mut bytes = vec![0; 64 << 20];
    let error = RevocationList::from_der(&bytes).expect_err("zeros are no list");
    assert!(
        matches!(error, ReadCertificateError::Malformed { .. }),
        "{error}"
    );
    bytes.push(0);
    let error = RevocationList::from_der(&bytes).expect_err("one byte too many");
    assert_eq!(
        error.to_string(),
        "revocation list has more than 67108864 bytes"
    );
}
