//! Revocation lists of our own making: which cover a certificate, and what they say of it.

use modelward_artifact::Verdict;
use modelward_sign::{
    Certificate, CertificatePolicy, Denied, Revocation, RevocationList, ValidationTime,
    VerifiedChain, verify_chain,
};
use x509_cert::der::Encode as _;
use x509_cert::der::asn1::Uint;
use x509_cert::ext::pkix::KeyUsages;

use crate::authority::{Holder, NOW, Wanted, YEAR, at};
use crate::chain_lists::{DAY, List, extension};

const ECDSA_SHA384: &str = "1.2.840.10045.4.3.3";
const DELTA: &str = "2.5.29.27";
const UNKNOWN: &str = "1.3.6.1.4.1.99999.1";
const POINT: &str = "2.5.29.28";
/// `certificateIssuer`, which makes an entry one about another authority's certificate.
const ENTRY_ISSUER: &str = "2.5.29.29";

/// A root that signs signers itself.
struct Chain {
    root: Holder,
    certificate: Certificate,
    leaf: Certificate,
}

impl Chain {
    fn new() -> Self {
        let root = Holder::new("CN=root");
        let leaf = root.issue(&Holder::signer("CN=signer"), &Wanted::signer());
        Self {
            certificate: root.root(),
            root,
            leaf,
        }
    }

    fn at(&self, time: ValidationTime) -> CertificatePolicy {
        CertificatePolicy::new([self.certificate.clone()], time)
    }

    fn check(&self, lists: impl IntoIterator<Item = RevocationList>) -> Verdict<VerifiedChain> {
        let policy = self.at(ValidationTime::Now(at(NOW)));
        verify_chain(&self.leaf, &[], &policy.with_revocation_lists(lists))
    }
}

fn code(verdict: &Verdict<VerifiedChain>) -> String {
    match verdict {
        Verdict::Verified(_) => "ok".to_owned(),
        Verdict::Rejected(findings) => findings.as_slice()[0].code().to_owned(),
    }
}

#[test]
fn a_list_covers_if_it_is_current_complete_and_of_the_authority() {
    const UNSURE: &str = "sign.chain.revocation_unknown";
    let chain = Chain::new();
    let list = List::empty();
    // A name that is another's, and a key that is.
    let stranger = Holder::new("CN=stranger");
    let liar = Holder {
        name: "CN=root".to_owned(),
        ..Holder::new("CN=liar")
    };
    let point = |value: &[u8]| list.clone().with(extension(POINT, true, value.to_vec()));
    let delta = |critical| {
        let base = Uint::new(&[1]).and_then(|base| base.to_der());
        let base = base.expect("a number has DER");
        list.clone().with(extension(DELTA, critical, base))
    };
    let unknown = |critical| list.clone().with(extension(UNKNOWN, critical, vec![5, 0]));
    let cases = [
        ("current", list.by(&chain.root), "ok"),
        (
            "of two algorithms",
            list.claiming(ECDSA_SHA384, &chain.root),
            UNSURE,
        ),
        ("of another authority", list.by(&stranger), UNSURE),
        ("by another key", list.by(&liar), UNSURE),
        (
            "old",
            list.clone().current(NOW - 9, Some(NOW - 1)).by(&chain.root),
            UNSURE,
        ),
        (
            "to its last second",
            list.clone().current(NOW - 9, Some(NOW)).by(&chain.root),
            "ok",
        ),
        (
            "of later",
            list.clone().current(NOW + 1, Some(NOW + 9)).by(&chain.root),
            UNSURE,
        ),
        (
            "without an end",
            list.clone().current(NOW - 9, None).by(&chain.root),
            UNSURE,
        ),
        ("of changes, critical", delta(true).by(&chain.root), UNSURE),
        (
            "of changes, not critical",
            delta(false).by(&chain.root),
            UNSURE,
        ),
        (
            "unknown and critical",
            unknown(true).by(&chain.root),
            UNSURE,
        ),
        ("unknown", unknown(false).by(&chain.root), "ok"),
        (
            "of signers",
            point(&[0x30, 3, 0x81, 1, 0xff]).by(&chain.root),
            "ok",
        ),
        (
            "of authorities",
            point(&[0x30, 3, 0x82, 1, 0xff]).by(&chain.root),
            UNSURE,
        ),
        (
            "of some reasons",
            point(&[0x30, 4, 0x83, 2, 6, 0x40]).by(&chain.root),
            UNSURE,
        ),
        (
            "of several authorities",
            point(&[0x30, 3, 0x84, 1, 0xff]).by(&chain.root),
            UNSURE,
        ),
        (
            "of attributes",
            point(&[0x30, 3, 0x85, 1, 0xff]).by(&chain.root),
            UNSURE,
        ),
    ];
    for (name, list, expected) in cases {
        assert_eq!(code(&chain.check([list])), expected, "{name}");
    }
    let verdict = chain.check([list.by(&chain.root)]);
    let proof = verdict.verified().expect("a current list");
    assert_eq!(proof.revocation(), Revocation::Checked);
}

#[test]
fn every_certificate_below_the_anchor_is_covered() {
    let root = Holder::new("CN=root");
    let between = Holder::new("CN=between");
    let given = root.issue(&between, &Wanted::authority(None));
    let leaf = between.issue(&Holder::signer("CN=signer"), &Wanted::signer());
    let policy = CertificatePolicy::new([root.root()], ValidationTime::Now(at(NOW)));
    let empty = List::empty();
    let of_root = empty.by(&root);
    let of_between = empty.by(&between);
    let without = empty.clone().revoking(&given, NOW - DAY).by(&root);
    let cases = [
        (vec![of_root.clone(), of_between.clone()], "ok", ""),
        (vec![of_root], "sign.chain.revocation_unknown", "CN=signer"),
        (
            vec![of_between.clone()],
            "sign.chain.revocation_unknown",
            "CN=between",
        ),
        (
            vec![without, of_between],
            "sign.chain.revoked",
            "CN=between",
        ),
    ];
    for (lists, expected, about) in cases {
        let policy = policy.clone().with_revocation_lists(lists);
        let verdict = verify_chain(&leaf, std::slice::from_ref(&given), &policy);
        assert_eq!(code(&verdict), expected);
        if let Some(findings) = verdict.rejected() {
            assert_eq!(findings.as_slice()[0].subject(), Some(about));
        }
    }
    // An authority whose key is for certificates alone speaks for none.
    let silent = Wanted::authority(None).with_usage(KeyUsages::KeyCertSign.into());
    let given = root.issue(&between, &silent);
    let policy = policy.with_revocation_lists([empty.by(&root), empty.by(&between)]);
    let verdict = verify_chain(&leaf, &[given], &policy);
    assert_eq!(code(&verdict), "sign.chain.revocation_unknown");
}

#[test]
fn what_is_revoked_is_refused_whichever_list_says_so() {
    let chain = Chain::new();
    let empty = List::empty();
    let revoking = empty.clone().revoking(&chain.leaf, NOW - DAY);
    let lists = [empty.by(&chain.root), revoking.by(&chain.root)];
    let mut turned = lists.clone();
    turned.reverse();
    for lists in [lists, turned] {
        assert_eq!(code(&chain.check(lists)), "sign.chain.revoked");
    }
    let stranger = revoking.by(&Holder::new("CN=stranger"));
    assert_eq!(code(&chain.check([empty.by(&chain.root), stranger])), "ok");
    let other = chain
        .root
        .issue(&Holder::new("CN=other"), &Wanted::signer());
    let other = empty.clone().revoking(&other, NOW - DAY).by(&chain.root);
    assert_eq!((other.len(), other.is_empty()), (1, false));
    assert_eq!(code(&chain.check([other])), "ok");
    // An entry that may be about another authority's certificate makes the whole list useless.
    let entry = extension(ENTRY_ISSUER, true, vec![0x30, 0]);
    let list = empty.with_entry(&chain.leaf, NOW - DAY, Some(entry));
    let verdict = chain.check([list.by(&chain.root)]);
    assert_eq!(code(&verdict), "sign.chain.revocation_unknown");
}

#[test]
fn a_later_list_tells_of_what_was_revoked_before() {
    let chain = Chain::new();
    let then = NOW - YEAR / 2;
    let old = List::empty().current(then - DAY, Some(then + DAY));
    let old = old.by(&chain.root);
    let later = |since| List::empty().revoking(&chain.leaf, since).by(&chain.root);
    let time = ValidationTime::At(at(then));
    let cases = [
        (time, then - 1, "sign.chain.revoked"),
        (time, then, "sign.chain.revoked"),
        // What was signed before the revocation stands, as the instant is proved.
        (time, then + 1, "ok"),
    ];
    for (time, since, expected) in cases {
        let policy = chain.at(time);
        let policy = policy.with_revocation_lists([old.clone(), later(since)]);
        assert_eq!(code(&verify_chain(&chain.leaf, &[], &policy)), expected);
    }
    // One without an end tells of its own second too, and of nothing that comes after.
    for (made, expected) in [(then, "sign.chain.revoked"), (then - 1, "ok")] {
        let endless = List::empty().current(made, None);
        let endless = endless.revoking(&chain.leaf, then - 2).by(&chain.root);
        let policy = chain.at(time);
        let policy = policy.with_revocation_lists([old.clone(), endless]);
        assert_eq!(code(&verify_chain(&chain.leaf, &[], &policy)), expected);
    }
    // One by a stranger says nothing.
    let lie = List::empty().revoking(&chain.leaf, then - 1);
    let lie = lie.by(&Holder::new("CN=stranger"));
    let policy = chain.at(time).with_revocation_lists([old, lie]);
    assert_eq!(code(&verify_chain(&chain.leaf, &[], &policy)), "ok");
}

/// The first instant of a certificate says nothing of when a stolen key signed.
#[test]
fn without_the_time_of_the_signature_a_later_loss_of_the_key_counts() {
    let chain = Chain::new();
    let first = NOW - YEAR;
    let policy = chain.at(ValidationTime::LeafNotBefore);
    let denied = Denied::new(chain.leaf.public_key_digest(), at(NOW));
    let verdict = verify_chain(&chain.leaf, &[], &policy.clone().with_denied(denied));
    assert_eq!(code(&verdict), "sign.chain.denied");

    let old = List::empty().current(first - DAY, Some(first + DAY));
    let lists = [
        old.by(&chain.root),
        List::empty()
            .revoking(&chain.leaf, NOW - DAY)
            .by(&chain.root),
    ];
    let verdict = verify_chain(&chain.leaf, &[], &policy.with_revocation_lists(lists));
    assert_eq!(code(&verdict), "sign.chain.revoked");
}

/// An authority may sign lists by a key that signs nothing else, which can be lost as well.
#[test]
fn a_key_for_lists_alone_counts_while_its_certificate_does() {
    let chain = Chain::new();
    let speaker = Holder {
        name: "CN=root".to_owned(),
        ..Holder::new("CN=speaker")
    };
    let wanted = Wanted::plain().with_usage(KeyUsages::CRLSign.into());
    let certificate = chain.root.issue(&speaker, &wanted);
    let by_another = Holder::new("CN=stranger").issue(&speaker, &wanted);
    let not_for_lists = chain.root.issue(&speaker, &Wanted::signer());
    let old = chain
        .root
        .issue(&speaker, &wanted.clone().with_valid(NOW - YEAR, NOW - 1));
    let empty = List::empty();
    // The list about the signer is by the speaker, the one about the speaker by the root's own key.
    let own = empty.by(&chain.root);
    let revoked = empty
        .clone()
        .revoking(&certificate, NOW - DAY)
        .by(&chain.root);
    let since = Denied::new(certificate.public_key_digest(), at(NOW));
    let later = Denied::new(certificate.public_key_digest(), at(NOW + 1));
    // A list by the root would cover the signer as well, so the speaker's must be what revokes it.
    let revoking = empty.revoking(&chain.leaf, NOW - DAY).by(&speaker);
    let cases = [
        ("at work", &certificate, &own, None, "sign.chain.revoked"),
        (
            "denied later",
            &certificate,
            &own,
            Some(later),
            "sign.chain.revoked",
        ),
        ("denied", &certificate, &own, Some(since), "ok"),
        ("revoked", &certificate, &revoked, None, "ok"),
        ("of another authority", &by_another, &own, None, "ok"),
        ("not for lists", &not_for_lists, &own, None, "ok"),
        ("old", &old, &own, None, "ok"),
    ];
    for (name, speaker, about_speaker, denied, expected) in cases {
        let policy = chain.at(ValidationTime::Now(at(NOW)));
        let lists = [about_speaker.clone(), revoking.clone()];
        let mut policy = policy.with_revocation_lists(lists);
        if let Some(denied) = denied {
            policy = policy.with_denied(denied);
        }
        let verdict = verify_chain(&chain.leaf, std::slice::from_ref(speaker), &policy);
        assert_eq!(code(&verdict), expected, "{name}");
    }
}

#[test]
fn nobody_revokes_a_signer_that_is_trusted_itself() {
    let signer = Holder::signer("CN=signer");
    let own = signer.issue(&signer, &Wanted::signer());
    let policy = CertificatePolicy::new([own.clone()], ValidationTime::Now(at(NOW)));
    let policy = policy.with_revocation_lists([List::empty().by(&signer)]);
    let verdict = verify_chain(&own, &[], &policy);
    let proof = verdict.verified().expect("trusted by being given");
    assert_eq!(proof.revocation(), Revocation::NotChecked);
}

#[test]
fn findings_say_since_when() {
    let chain = Chain::new();
    let list = List::empty()
        .revoking(&chain.leaf, NOW - DAY)
        .by(&chain.root);
    let verdict = chain.check([list]);
    let findings = verdict.rejected().expect("revoked");
    assert_eq!(
        findings.to_string(),
        "CN=signer: the certificate is revoked since 2026-11-17T11:06:40Z [sign.chain.revoked]"
    );
}
