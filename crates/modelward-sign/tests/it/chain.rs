use modelward_artifact::{Digest, Finding, Verdict};
use modelward_sign::{
    Bundle, Certificate, CertificatePolicy, Denied, Identity, Revocation, SignOptions, SignedBy,
    SubjectName, Usage, ValidationTime, VerifiedChain, VerifyPolicy, sign_with, verify_chain,
};
use x509_cert::der::asn1::{Ia5String, ObjectIdentifier, OctetString};
use x509_cert::ext::pkix::KeyUsages;
use x509_cert::ext::pkix::NameConstraints;
use x509_cert::ext::pkix::constraints::name::GeneralSubtree;
use x509_cert::ext::pkix::name::GeneralName;

use crate::authority::{ANY_USAGE, CODE_SIGNING, Holder, NOW, SERVER_AUTH, Wanted, YEAR, at};
use crate::fixture::{hashed, key, model, outcome};

fn now() -> ValidationTime {
    ValidationTime::Now(at(NOW))
}

fn policy(root: &Certificate) -> CertificatePolicy {
    CertificatePolicy::new([root.clone()], now())
}

fn codes(verdict: &Verdict<VerifiedChain>) -> Vec<&str> {
    match verdict {
        Verdict::Verified(_) => vec!["ok"],
        Verdict::Rejected(findings) => findings.iter().map(Finding::code).collect(),
    }
}

/// A root, an authority below it, and a signer.
struct Chain {
    root: Holder,
    between: Holder,
    signer: Holder,
}

impl Chain {
    fn new() -> Self {
        Self {
            root: Holder::new("CN=root"),
            between: Holder::new("CN=between"),
            signer: Holder::signer("CN=signer"),
        }
    }

    fn between(&self) -> Certificate {
        self.root.issue(&self.between, &Wanted::authority(None))
    }

    fn signer(&self, wanted: &Wanted) -> Certificate {
        self.between.issue(&self.signer, wanted)
    }

    fn verify(&self, wanted: &Wanted) -> Verdict<VerifiedChain> {
        verify_chain(
            &self.signer(wanted),
            &[self.between()],
            &policy(&self.root.root()),
        )
    }
}

#[test]
fn a_signer_is_proved_with_the_whole_way_to_the_authority() {
    let chain = Chain::new();
    let (leaf, between, root) = (
        chain.signer(&Wanted::signer()),
        chain.between(),
        chain.root.root(),
    );
    let verdict = chain.verify(&Wanted::signer());
    let proof = verdict.verified().expect("a plain chain");
    assert_eq!(proof.certificates(), [leaf.clone(), between, root]);
    assert_eq!(proof.leaf(), &leaf);
    assert_eq!(proof.instant(), at(NOW));
    assert_eq!(proof.revocation(), Revocation::NotChecked);
    let warnings: Vec<_> = proof.warnings().iter().map(Finding::code).collect();
    assert_eq!(
        warnings,
        [
            "sign.chain.revocation_not_checked",
            "sign.chain.any_identity"
        ]
    );
}

#[test]
fn usage_is_held_to_both_extensions() {
    let chain = Chain::new();
    let signature = || KeyUsages::DigitalSignature.into();
    let encipherment = || KeyUsages::KeyEncipherment.into();
    // What the certificate says, and what each usage makes of it: signing code, the reference.
    let cases = [
        (None, None, "refused", "refused"),
        (None, Some(CODE_SIGNING), "ok", "ok"),
        (None, Some(SERVER_AUTH), "refused", "refused"),
        (None, Some(ANY_USAGE), "ok", "refused"),
        (Some(signature()), None, "ok", "ok"),
        (Some(signature()), Some(CODE_SIGNING), "ok", "ok"),
        (Some(signature()), Some(SERVER_AUTH), "refused", "ok"),
        (Some(signature()), Some(ANY_USAGE), "ok", "ok"),
        (Some(encipherment()), None, "refused", "refused"),
        (Some(encipherment()), Some(CODE_SIGNING), "refused", "ok"),
        (
            Some(encipherment()),
            Some(SERVER_AUTH),
            "refused",
            "refused",
        ),
    ];
    for (usage, extended, strict, reference) in cases {
        let mut wanted = Wanted::plain();
        if let Some(usage) = usage {
            wanted = wanted.with_usage(usage);
        }
        if let Some(extended) = extended {
            wanted = wanted.with_extended(&[extended]);
        }
        let leaf = chain.signer(&wanted);
        let policy = policy(&chain.root.root());
        for (usage, expected) in [
            (Usage::CodeSigning, strict),
            (Usage::Reference, reference),
            (Usage::Any, "ok"),
        ] {
            let policy = policy.clone().with_usage(usage);
            let verdict = verify_chain(&leaf, &[chain.between()], &policy);
            let expected = if expected == "ok" {
                "ok"
            } else {
                "sign.chain.usage"
            };
            assert_eq!(codes(&verdict), [expected], "{usage:?} {extended:?}");
        }
    }
}

#[test]
fn every_certificate_is_valid_at_the_instant_or_the_answer_is_no() {
    let chain = Chain::new();
    let past = (NOW - 3 * YEAR, NOW - 2 * YEAR);
    let future = (NOW + YEAR, NOW + 2 * YEAR);
    let cases = [
        (past, now(), "sign.chain.expired"),
        (future, now(), "sign.chain.not_yet_valid"),
        (
            past,
            ValidationTime::At(at(NOW - 2 * YEAR - 1)),
            "sign.chain.not_yet_valid",
        ),
        (
            (NOW - YEAR / 2, NOW - 1),
            ValidationTime::At(at(NOW - 2)),
            "ok",
        ),
        (
            (NOW - YEAR / 2, NOW - 1),
            ValidationTime::LeafNotBefore,
            "ok",
        ),
        (
            (NOW - 2 * YEAR, NOW),
            ValidationTime::LeafNotBefore,
            "sign.chain.not_yet_valid",
        ),
        ((NOW - YEAR, NOW), now(), "ok"),
        ((NOW, NOW + 1), now(), "ok"),
    ];
    for ((from, until), time, expected) in cases {
        let leaf = chain.signer(&Wanted::signer().with_valid(from, until));
        let policy = CertificatePolicy::new([chain.root.root()], time);
        let verdict = verify_chain(&leaf, &[chain.between()], &policy);
        assert_eq!(codes(&verdict)[0], expected, "{time:?}");
    }
    // An authority that is no longer valid certifies nobody, though the signer is.
    let old = chain.root.issue(
        &chain.root,
        &Wanted::authority(None).with_valid(past.0, past.1),
    );
    let verdict = verify_chain(
        &chain.signer(&Wanted::signer()),
        &[chain.between()],
        &policy(&old),
    );
    let findings = verdict.rejected().expect("the root is old");
    assert_eq!(
        findings.to_string(),
        "CN=root: the certificate was valid until 2024-11-18T11:06:40Z, not at \
         2026-11-18T11:06:40Z [sign.chain.expired]"
    );
}

#[test]
fn what_the_bundle_brings_may_stand_in_any_order_and_beside_anything() {
    let chain = Chain::new();
    let leaf = chain.signer(&Wanted::signer());
    let (between, root) = (chain.between(), chain.root.root());
    let stranger = Holder::new("CN=stranger").root();
    let same_name = Holder {
        name: "CN=between".to_owned(),
        ..Holder::new("CN=liar")
    };
    let same_name = Holder::new("CN=root").issue(&same_name, &Wanted::authority(None));
    let cases: [(&str, Vec<Certificate>, &str); 7] = [
        ("leaf only", vec![], "sign.chain.no_path"),
        ("authority", vec![between.clone()], "ok"),
        ("with root", vec![between.clone(), root.clone()], "ok"),
        ("wrong order", vec![root.clone(), between.clone()], "ok"),
        (
            "twice",
            vec![between.clone(), leaf.clone(), between.clone()],
            "ok",
        ),
        (
            "beside others",
            vec![stranger.clone(), same_name.clone(), between.clone()],
            "ok",
        ),
        (
            "others alone",
            vec![stranger, same_name],
            "sign.chain.signature",
        ),
    ];
    for (name, given, expected) in cases {
        let verdict = verify_chain(&leaf, &given, &policy(&root));
        assert_eq!(codes(&verdict), [expected], "{name}");
    }
    // What the policy brings serves as well; an authority that another signed is no anchor.
    let policy = CertificatePolicy::new([root, between.clone()], now());
    assert_eq!(codes(&verify_chain(&leaf, &[], &policy)), ["ok"]);
    let partial = CertificatePolicy::new([between, leaf.clone()], now());
    assert_eq!(
        codes(&verify_chain(&leaf, &[], &partial)),
        ["sign.chain.no_path"]
    );
}

#[test]
fn a_signer_that_signed_itself_is_trusted_by_being_given() {
    let signer = Holder::signer("CN=signer");
    let own = signer.issue(&signer, &Wanted::signer());
    assert_eq!(codes(&verify_chain(&own, &[], &policy(&own))), ["ok"]);
    let other = Holder::new("CN=other").root();
    assert_eq!(
        codes(&verify_chain(&own, &[], &policy(&other))),
        ["sign.chain.no_path"]
    );
    let unfit = signer.issue(&signer, &Wanted::plain());
    assert_eq!(
        codes(&verify_chain(&unfit, &[], &policy(&unfit))),
        ["sign.chain.usage"]
    );
}

#[test]
fn who_is_no_authority_certifies_nobody() {
    let chain = Chain::new();
    let root = chain.root.root();
    let leaf = chain.signer(&Wanted::signer());
    let length_zero = Wanted::authority(Some(0));
    let below = Holder::new("CN=below");
    let cases = [
        (
            "a signer",
            Wanted::signer(),
            vec!["sign.chain.not_a_ca", "sign.chain.key_cert_sign"],
        ),
        (
            "an authority for lists alone",
            Wanted::authority(None).with_usage(KeyUsages::CRLSign.into()),
            vec!["sign.chain.key_cert_sign"],
        ),
        (
            "an authority for servers",
            Wanted::authority(None).with_extended(&[SERVER_AUTH]),
            vec!["sign.chain.usage"],
        ),
        (
            "an authority of any usage",
            Wanted::authority(None).with_extended(&[ANY_USAGE]),
            vec!["ok"],
        ),
        ("an authority of signers", length_zero.clone(), vec!["ok"]),
    ];
    for (name, wanted, expected) in cases {
        let between = chain.root.issue(&chain.between, &wanted);
        let verdict = verify_chain(&leaf, &[between], &policy(&root));
        let mut found = codes(&verdict);
        found.sort_unstable();
        let mut expected = expected;
        expected.sort_unstable();
        assert_eq!(found, expected, "{name}");
    }
    // It lets no authority stand below it, but may change its own key.
    let between = chain.root.issue(&chain.between, &length_zero);
    let lower = chain.between.issue(&below, &Wanted::authority(None));
    let leaf = below.issue(&chain.signer, &Wanted::signer());
    let verdict = verify_chain(&leaf, &[between.clone(), lower], &policy(&root));
    assert_eq!(codes(&verdict), ["sign.chain.path_length"]);
    let renewed = Holder {
        name: "CN=between".to_owned(),
        ..Holder::new("CN=renewed")
    };
    let rollover = chain.between.issue(&renewed, &Wanted::authority(None));
    let leaf = renewed.issue(&chain.signer, &Wanted::signer());
    let verdict = verify_chain(&leaf, &[between, rollover], &policy(&root));
    assert_eq!(codes(&verdict), ["ok"]);
}

#[test]
fn what_is_critical_and_not_known_is_refused_anywhere() {
    let chain = Chain::new();
    let unknown = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.99999.1");
    let value = OctetString::new(vec![1]).expect("short");
    let refused = Wanted::signer().with(unknown, true, &value);
    assert_eq!(
        codes(&chain.verify(&refused)),
        ["sign.chain.critical_extension"]
    );
    let fine = Wanted::signer().with(unknown, false, &value);
    assert_eq!(codes(&chain.verify(&fine)), ["ok"]);
    let root = chain.root.issue(
        &chain.root,
        &Wanted::authority(None).with(unknown, true, &value),
    );
    let leaf = chain.signer(&Wanted::signer());
    let verdict = verify_chain(&leaf, &[chain.between()], &policy(&root));
    assert_eq!(codes(&verdict), ["sign.chain.critical_extension"]);
}

fn ia5(text: &str) -> Ia5String {
    Ia5String::new(text).expect("plain letters")
}

fn names() -> Vec<GeneralName> {
    vec![
        GeneralName::Rfc822Name(ia5("release@Example.com")),
        GeneralName::UniformResourceIdentifier(ia5("spiffe://example.com/release")),
        GeneralName::DnsName(ia5("Signer.example.com")),
    ]
}

#[test]
fn a_policy_can_name_the_signers_that_count() {
    let chain = Chain::new();
    let leaf = chain.signer(&Wanted::signer().with_names(names()));
    assert_eq!(
        leaf.subject_names(),
        [
            SubjectName::Email("release@Example.com".to_owned()),
            SubjectName::Uri("spiffe://example.com/release".to_owned()),
            SubjectName::Dns("Signer.example.com".to_owned()),
        ]
    );
    let text = str::to_owned;
    let cases = [
        (Identity::Email(text("release@example.com")), true),
        (Identity::Email(text("Release@example.com")), false),
        (Identity::Email(text("example.com")), false),
        (Identity::Uri(text("spiffe://example.com/release")), true),
        (Identity::Uri(text("spiffe://example.com/Release")), false),
        (Identity::Dns(text("signer.EXAMPLE.com")), true),
        (Identity::Dns(text("example.com")), false),
        (Identity::Subject(text("CN=signer")), true),
        (Identity::Subject(text("CN=Signer")), false),
        (Identity::Issuer(text("CN=between")), true),
        (Identity::Issuer(text("CN=root")), false),
        (Identity::PublicKey(leaf.public_key_digest()), true),
        (Identity::PublicKey(leaf.fingerprint()), false),
    ];
    for (identity, counts) in cases {
        let policy = policy(&chain.root.root()).with_identity(identity.clone());
        let verdict = verify_chain(&leaf, &[chain.between()], &policy);
        let expected = if counts { "ok" } else { "sign.chain.identity" };
        assert_eq!(codes(&verdict), [expected], "{identity:?}");
        // Of several, one is enough.
        let either = policy.with_identity(Identity::Subject(text("CN=signer")));
        assert_eq!(
            codes(&verify_chain(&leaf, &[chain.between()], &either)),
            ["ok"]
        );
    }
}

#[test]
fn a_denied_key_counts_no_more_from_its_instant_on() {
    let chain = Chain::new();
    let leaf = chain.signer(&Wanted::signer());
    let between = chain.between();
    let digests: [(Digest, &str); 4] = [
        (leaf.public_key_digest(), "sign.chain.denied"),
        (leaf.fingerprint(), "sign.chain.denied"),
        (between.public_key_digest(), "sign.chain.denied"),
        (Digest::sha256(b"another"), "ok"),
    ];
    for (digest, expected) in digests {
        for (since, expected) in [(NOW - 1, expected), (NOW, expected), (NOW + 1, "ok")] {
            let policy = policy(&chain.root.root()).with_denied(Denied::new(digest, at(since)));
            let verdict = verify_chain(&leaf, std::slice::from_ref(&between), &policy);
            assert_eq!(codes(&verdict), [expected]);
        }
    }
}

pub(crate) fn permits(base: GeneralName) -> NameConstraints {
    NameConstraints {
        permitted_subtrees: Some(vec![subtree(base)]),
        excluded_subtrees: None,
    }
}

fn excludes(base: GeneralName) -> NameConstraints {
    NameConstraints {
        permitted_subtrees: None,
        excluded_subtrees: Some(vec![subtree(base)]),
    }
}

fn subtree(base: GeneralName) -> GeneralSubtree {
    GeneralSubtree {
        base,
        minimum: 0,
        maximum: None,
    }
}

#[test]
fn an_authority_certifies_only_the_names_it_may() {
    let chain = Chain::new();
    let leaf = chain.signer(&Wanted::signer().with_names(names()));
    let email = |text| GeneralName::Rfc822Name(ia5(text));
    let uri = |text| GeneralName::UniformResourceIdentifier(ia5(text));
    let dns = |text| GeneralName::DnsName(ia5(text));
    let directory = |text: &str| GeneralName::DirectoryName(text.parse().expect("a name"));
    let address = GeneralName::IpAddress(OctetString::new(vec![0; 8]).expect("short"));
    let cases = [
        (permits(email("example.com")), "ok"),
        (permits(email("release@example.com")), "ok"),
        (permits(email(".example.com")), "no"),
        (permits(email("other.com")), "no"),
        (excludes(email("example.com")), "no"),
        (permits(uri("example.com")), "ok"),
        (permits(uri(".example.com")), "no"),
        (excludes(uri("other.com")), "ok"),
        (permits(dns("example.com")), "ok"),
        (permits(dns("ample.com")), "no"),
        (excludes(dns("example.com")), "no"),
        (permits(directory("CN=SIGNER")), "ok"),
        (permits(directory("CN=other")), "no"),
        (excludes(directory("CN=signer")), "no"),
        // It has no address, so nothing is said of it.
        (permits(address), "ok"),
    ];
    for (constraints, expected) in cases {
        let wanted = Wanted::authority(None).with_constraints(&constraints);
        let between = chain.root.issue(&chain.between, &wanted);
        let verdict = verify_chain(&leaf, &[between], &policy(&chain.root.root()));
        let expected = if expected == "ok" {
            "ok"
        } else {
            "sign.chain.name_constraint"
        };
        assert_eq!(codes(&verdict), [expected], "{constraints:?}");
    }
}

#[test]
fn the_search_ends_soon_whatever_the_bundle_brings() {
    let root = Holder::new("CN=root");
    let signer = Holder::signer("CN=signer");
    // Each of sixty authorities of one name certified each other's key, and none leads anywhere.
    let same: Vec<_> = (0..60)
        .map(|number| Holder {
            name: "CN=same".to_owned(),
            ..Holder::new(&format!("CN=number {number}"))
        })
        .collect();
    let leaf = same[0].issue(&signer, &Wanted::signer());
    let authority = Wanted::authority(None);
    let crowd: Vec<_> = (0..60)
        .map(|number| same[(number + 1) % 60].issue(&same[number], &authority))
        .collect();
    let verdict = verify_chain(&leaf, &crowd, &policy(&root.root()).with_max_depth(100));
    assert_eq!(codes(&verdict), ["sign.chain.exhausted"]);
}

#[test]
fn a_chain_may_be_too_long() {
    let root = Holder::new("CN=root");
    let signer = Holder::signer("CN=signer");
    let mut issuer = root.clone();
    let mut given = Vec::new();
    for number in 0..6 {
        let next = Holder::new(&format!("CN=authority {number}"));
        given.push(issuer.issue(&next, &Wanted::authority(None)));
        issuer = next;
    }
    let leaf = issuer.issue(&signer, &Wanted::signer());
    for (depth, expected) in [(8, "ok"), (7, "sign.chain.depth")] {
        let policy = policy(&root.root()).with_max_depth(depth);
        assert_eq!(codes(&verify_chain(&leaf, &given, &policy)), [expected]);
    }
}

#[test]
fn a_model_is_signed_and_verified_by_certificate() {
    let chain = Chain::new();
    let model = model();
    let manifest = hashed(model.path(), &modelward_artifact::HashOptions::default());
    let leaf = chain.signer(&Wanted::signer().with_names(names()));
    let options = SignOptions::default().with_certificates([leaf.clone(), chain.between()]);
    let bundle = sign_with(&manifest, &key(), &options).expect("it signs");
    let limits = modelward_artifact::JsonLimits::default();
    let bundle = Bundle::read(&bundle.to_json(), &limits).expect("ours");
    assert_eq!(bundle.method().name(), "certificate");
    assert_eq!(bundle.unverified_certificates().count(), 2);

    let trusted = VerifyPolicy::certificate(policy(&chain.root.root()));
    let verdict = modelward_sign::verify_statement(&bundle, &trusted).expect("an answer");
    let proof = verdict.verified().expect("signed");
    let SignedBy::Certificate(proved) = proof.signed_by() else {
        panic!("a certificate signed");
    };
    assert_eq!(proved.leaf(), &leaf);
    assert_eq!(proof.signed_by().key_digest(), key().public_key().hint());
    assert_eq!(outcome(model.path(), &bundle, &trusted), ["ok"]);

    let stranger = VerifyPolicy::certificate(policy(&Holder::new("CN=stranger").root()));
    assert_eq!(
        outcome(model.path(), &bundle, &stranger),
        ["sign.chain.no_path"]
    );
    let by_key = VerifyPolicy::key(key().public_key().clone());
    assert_eq!(
        outcome(model.path(), &bundle, &by_key),
        ["sign.bundle.method"]
    );

    // The certificate must be of the key that signs.
    let other = Holder::new("CN=signer");
    let other = chain.between.issue(&other, &Wanted::signer());
    let error = sign_with(
        &manifest,
        &key(),
        &SignOptions::default().with_certificates([other]),
    );
    let error = error.expect_err("another key");
    assert_eq!(error.code(), "sign.certificate.key");
    assert_eq!(
        error.to_string(),
        "the certificate `CN=signer` is of another key than the signer's"
    );
}
