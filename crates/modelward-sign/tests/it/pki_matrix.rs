//! Every kind of key with every usage, validity and order of certificates; and every algorithm.

use std::collections::BTreeSet;

use modelward_artifact::{Finding, Verdict};
use modelward_sign::{
    Certificate, CertificatePolicy, Usage, ValidationTime, VerifiedChain, verify_chain,
};
use p256::pkcs8::{DecodePrivateKey as _, EncodePublicKey as _};
use x509_cert::ext::pkix::KeyUsages;

use crate::authority::{ANY_USAGE, CODE_SIGNING, NOW, SERVER_AUTH, Wanted, YEAR, at, certify};
use crate::key::CURVES;

/// Certificates that OpenSSL signed by each kind of key with each digest.
const ALGORITHMS: &str = include_str!("../vectors/algorithms.txt");

fn codes(verdict: &Verdict<VerifiedChain>) -> BTreeSet<&str> {
    match verdict {
        Verdict::Verified(_) => BTreeSet::from(["ok"]),
        Verdict::Rejected(findings) => findings.iter().map(Finding::code).collect(),
    }
}

/// A key of one kind, which every certificate of its hierarchy has.
enum AnyKey {
    #[cfg(feature = "ed25519")]
    Ed25519(ed25519_dalek::SigningKey),
    P256(p256::ecdsa::SigningKey),
    P384(p384::ecdsa::SigningKey),
    P521(p521::ecdsa::SigningKey),
    #[cfg(feature = "rsa")]
    Rsa(rsa::pkcs1v15::SigningKey<sha2::Sha256>),
}

impl AnyKey {
    fn all() -> Vec<Self> {
        let [p256, p384, p521] = CURVES.map(|(_, [pkcs8, ..])| pkcs8);
        vec![
            Self::P256(p256::ecdsa::SigningKey::from_pkcs8_pem(p256).expect("a key")),
            Self::P384(p384::ecdsa::SigningKey::from_pkcs8_pem(p384).expect("a key")),
            Self::P521(p521::ecdsa::SigningKey::from_pkcs8_pem(p521).expect("a key")),
            #[cfg(feature = "ed25519")]
            Self::Ed25519(ed25519_dalek::SigningKey::from_bytes(&[7; 32])),
            #[cfg(feature = "rsa")]
            Self::Rsa(rsa::pkcs1v15::SigningKey::new(
                rsa::RsaPrivateKey::from_pkcs8_pem(include_str!("../vectors/rsa2048.pkcs8.pem"))
                    .expect("a key"),
            )),
        ]
    }

    /// Certifies this very key for the second name, as an authority that has the first.
    fn certify(&self, names: [&str; 2], wanted: &Wanted) -> Certificate {
        macro_rules! by {
            ($key:ident, $public:expr, $signature:ty) => {{
                let public = $public.to_public_key_der().expect("a public key");
                certify::<_, $signature>($key, names, public.as_bytes(), wanted).expect("ours")
            }};
        }
        match self {
            #[cfg(feature = "ed25519")]
            Self::Ed25519(key) => by!(key, key.verifying_key(), ed25519_dalek::Signature),
            Self::P256(key) => by!(key, key.verifying_key(), p256::ecdsa::DerSignature),
            Self::P384(key) => by!(key, key.verifying_key(), p384::ecdsa::DerSignature),
            Self::P521(key) => by!(key, key.verifying_key(), p521::ecdsa::DerSignature),
            #[cfg(feature = "rsa")]
            Self::Rsa(key) => {
                use rsa::signature::Keypair as _;
                by!(key, key.verifying_key(), rsa::pkcs1v15::Signature)
            }
        }
    }
}

/// How a bundle brings the certificates beside the signer's.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Given {
    Between,
    BetweenAndRoot,
    LeafOnly,
    Twice,
    Unrelated,
    WrongOrder,
}

impl Given {
    const ALL: [Self; 6] = [
        Self::Between,
        Self::BetweenAndRoot,
        Self::LeafOnly,
        Self::Twice,
        Self::Unrelated,
        Self::WrongOrder,
    ];

    fn of(
        self,
        between: &Certificate,
        root: &Certificate,
        other: &Certificate,
    ) -> Vec<Certificate> {
        let (between, root) = (between.clone(), root.clone());
        match self {
            Self::Between => vec![between],
            Self::BetweenAndRoot => vec![between, root],
            Self::LeafOnly => vec![],
            Self::Twice => vec![between.clone(), between, root.clone(), root],
            Self::Unrelated => vec![other.clone()],
            Self::WrongOrder => vec![root, between],
        }
    }
}

/// The rules of the specification for a signer of code, as a table would have them.
fn expected(
    usage: Option<KeyUsages>,
    extended: Option<&str>,
    validity: &str,
    given: Given,
) -> BTreeSet<&'static str> {
    if matches!(given, Given::LeafOnly | Given::Unrelated) {
        return BTreeSet::from(["sign.chain.no_path"]);
    }
    let mut codes = BTreeSet::new();
    let states_nothing = usage.is_none() && extended.is_none();
    if states_nothing || usage == Some(KeyUsages::KeyEncipherment) || extended == Some(SERVER_AUTH)
    {
        codes.insert("sign.chain.usage");
    }
    match validity {
        "past" => codes.insert("sign.chain.expired"),
        "future" => codes.insert("sign.chain.not_yet_valid"),
        _ => false,
    };
    if codes.is_empty() {
        codes.insert("ok");
    }
    codes
}

fn leaf(
    key: &AnyKey,
    usage: Option<KeyUsages>,
    extended: Option<&str>,
    validity: &str,
) -> Certificate {
    let mut wanted = match validity {
        "past" => Wanted::plain().with_valid(NOW - YEAR, NOW - 1),
        "future" => Wanted::plain().with_valid(NOW + 1, NOW + YEAR),
        _ => Wanted::plain(),
    };
    if let Some(usage) = usage {
        wanted = wanted.with_usage(usage.into());
    }
    if let Some(extended) = extended {
        wanted = wanted.with_extended(&[extended]);
    }
    key.certify(["CN=between", "CN=signer"], &wanted)
}

#[test]
fn every_key_usage_validity_and_order_gets_its_verdict() {
    let usages = [
        None,
        Some(KeyUsages::DigitalSignature),
        Some(KeyUsages::KeyEncipherment),
    ];
    let extended = [None, Some(CODE_SIGNING), Some(SERVER_AUTH), Some(ANY_USAGE)];
    let keys = AnyKey::all();
    let mut count = 0;
    for key in &keys {
        let authority = Wanted::authority(None);
        let root = key.certify(["CN=root", "CN=root"], &authority);
        let between = key.certify(["CN=root", "CN=between"], &authority);
        let other = key.certify(["CN=other", "CN=other"], &authority);
        let time = ValidationTime::Now(at(NOW));
        let policy = CertificatePolicy::new([root.clone()], time);
        for usage in usages {
            for extended in extended {
                for validity in ["past", "now", "future"] {
                    let leaf = leaf(key, usage, extended, validity);
                    for given in Given::ALL {
                        let brought = given.of(&between, &root, &other);
                        let verdict = verify_chain(&leaf, &brought, &policy);
                        let expected = expected(usage, extended, validity, given);
                        let case = format!("{usage:?} {extended:?} {validity} {given:?}");
                        assert_eq!(codes(&verdict), expected, "{case}");
                        count += 1;
                    }
                }
            }
        }
    }
    assert_eq!(count, keys.len() * 3 * 4 * 3 * 6, "no case is left out");
}

/// Without a feature, its algorithms are refused like any that is not taken.
fn is_taken(key: &str) -> bool {
    match key {
        "ed25519" => cfg!(feature = "ed25519"),
        key if key.starts_with("rsa") => cfg!(feature = "rsa"),
        _ => true,
    }
}

#[test]
fn signatures_of_openssl_count_by_key_and_digest() {
    // In the year 2030: the certificates are valid for a hundred years.
    let time = ValidationTime::At(at(1_893_456_000));
    let mut count = 0;
    for case in ALGORITHMS.split("\n# ").skip(1) {
        let (title, pem) = case.split_once('\n').expect("a line and certificates");
        let words: Vec<_> = title.split(' ').collect();
        let [key, _, expected] = words[..] else {
            panic!("{title}");
        };
        let expected = if is_taken(key) {
            expected
        } else {
            "sign.chain.algorithm"
        };
        let mut chain = Certificate::read_pem_all(pem, 2).expect("two certificates");
        let (authority, leaf) = (chain.pop().expect("two"), chain.pop().expect("two"));
        let policy = CertificatePolicy::new([authority], time).with_usage(Usage::CodeSigning);
        let verdict = verify_chain(&leaf, &[], &policy);
        assert_eq!(codes(&verdict), BTreeSet::from([expected]), "{title}");

        // What is changed in any byte of the signed part or the signature is no longer signed.
        if expected == "ok" {
            assert!(is_bound(&leaf, &policy), "{title}");
        }
        count += 1;
    }
    assert_eq!(count, 29, "no case is left out");
}

/// Tells whether no certificate that differs in one bit, of every seventh byte, verifies.
fn is_bound(leaf: &Certificate, policy: &CertificatePolicy) -> bool {
    let der = leaf.as_der();
    (0..der.len()).step_by(7).all(|place| {
        let mut changed = der.to_vec();
        changed[place] ^= 1;
        let Ok(changed) = Certificate::from_der(&changed) else {
            return true;
        };
        verify_chain(&changed, &[], policy).verified().is_none()
    })
}
