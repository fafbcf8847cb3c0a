//! Names that are no texts: IP addresses against networks, and forms that cannot be compared.

use modelward_artifact::Verdict;
use modelward_sign::{CertificatePolicy, ValidationTime, verify_chain};
use x509_cert::der::Any;
use x509_cert::der::Tag;
use x509_cert::der::asn1::{Ia5String, ObjectIdentifier, OctetString, PrintableString};
use x509_cert::ext::pkix::NameConstraints;
use x509_cert::ext::pkix::constraints::name::GeneralSubtree;
use x509_cert::ext::pkix::name::{DirectoryString, EdiPartyName, GeneralName, OtherName};

use crate::authority::{Holder, NOW, Wanted, at};

const REFUSED: &str = "sign.chain.name_constraint";

/// What an authority may say of a network or a name.
#[derive(Clone, Copy, Debug)]
enum Rule {
    Excludes,
    Permits,
}

impl Rule {
    fn about(self, base: GeneralName) -> NameConstraints {
        let trees = Some(vec![GeneralSubtree {
            base,
            minimum: 0,
            maximum: None,
        }]);
        let (permitted_subtrees, excluded_subtrees) = match self {
            Self::Excludes => (None, trees),
            Self::Permits => (trees, None),
        };
        NameConstraints {
            permitted_subtrees,
            excluded_subtrees,
        }
    }
}

/// Tells what becomes of a signer of this name below an authority with these constraints, as the
/// finding says it.
fn outcome(name: &GeneralName, constraints: &NameConstraints) -> String {
    let root = Holder::new("CN=root");
    let between = Holder::new("CN=between");
    let wanted = Wanted::signer().with_names(vec![name.clone()]);
    let leaf = between.issue(&Holder::signer("CN=signer"), &wanted);
    let wanted = Wanted::authority(None).with_constraints(constraints);
    let given = root.issue(&between, &wanted);
    let policy = CertificatePolicy::new([root.root()], ValidationTime::Now(at(NOW)));
    match verify_chain(&leaf, &[given], &policy) {
        Verdict::Verified(_) => "ok".to_owned(),
        Verdict::Rejected(findings) => findings.to_string(),
    }
}

fn ip(bytes: &[u8]) -> GeneralName {
    GeneralName::IpAddress(OctetString::new(bytes).expect("short"))
}

fn six(first: [u8; 4], last: u8) -> Vec<u8> {
    let mut bytes = first.to_vec();
    bytes.resize(15, 0);
    bytes.push(last);
    bytes
}

#[test]
fn an_address_lies_in_a_network_by_the_bits_of_its_mask() {
    let home = [192, 0, 2, 0, 255, 255, 255, 0];
    let half = [10, 16, 0, 0, 255, 240, 0, 0];
    let sloppy = [10, 1, 2, 3, 255, 0, 0, 0];
    let all = [0; 8];
    let wide = [six([0x20, 1, 0xd, 0xb8], 0), six([0xff; 4], 0)].concat();
    let documentation = six([0x20, 1, 0xd, 0xb8], 7);
    let elsewhere = six([0x20, 1, 0xd, 0xb9], 7);
    let cases: [(&[u8], &[u8], bool); 16] = [
        (&[192, 0, 2, 7], &home, true),
        (&[192, 0, 3, 7], &home, false),
        (&[193, 0, 2, 7], &home, false),
        (&[193, 1, 2, 7], &home, false),
        (&[10, 31, 255, 255], &half, true),
        (&[10, 32, 0, 0], &half, false),
        (&[10, 15, 0, 0], &half, false),
        // Bits of the network beyond its mask do not count.
        (&[10, 200, 0, 1], &sloppy, true),
        (&[11, 1, 2, 3], &sloppy, false),
        (&[8, 8, 8, 8], &all, true),
        (&documentation, &wide, true),
        (&elsewhere, &wide, false),
        // No address of one version lies in a network of the other.
        (&documentation, &home, false),
        (&documentation, &all, false),
        (&[192, 0, 2, 7], &wide, false),
        (&[0x20, 1, 0xd, 0xb8], &wide, false),
    ];
    for (address, net, is_within) in cases {
        for rule in [Rule::Excludes, Rule::Permits] {
            let found = outcome(&ip(address), &rule.about(ip(net)));
            let is_allowed = matches!(
                (rule, is_within),
                (Rule::Permits, true) | (Rule::Excludes, false)
            );
            assert_eq!(
                found == "ok",
                is_allowed,
                "{rule:?} {address:?} {net:?}: {found}"
            );
        }
    }
}

/// What has not the length of an address or a network could be read in two ways.
#[test]
fn an_address_or_network_of_an_odd_length_is_refused_by_every_rule() {
    let cases: [(&[u8], &[u8]); 7] = [
        (&[192, 0, 2, 7], &[192, 0, 2, 0]),
        (&[192, 0, 2, 7], &[192, 0, 2, 0, 255]),
        (&[192, 0, 2, 7], &[]),
        (&[192, 0, 2, 7, 9], &[192, 0, 2, 0, 0, 255, 255, 255, 0, 0]),
        (&[192, 0, 2], &[192, 0, 3, 255, 255, 255]),
        (&[], &[]),
        (&[0; 16], &[0; 16]),
    ];
    for (address, net) in cases {
        for rule in [Rule::Excludes, Rule::Permits] {
            let found = outcome(&ip(address), &rule.about(ip(net)));
            assert!(
                found.ends_with(&format!("[{REFUSED}]")),
                "{rule:?} {address:?} {net:?}"
            );
        }
    }
}

/// A name of each form that cannot be compared.
fn others() -> [GeneralName; 3] {
    let oid = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.99999.9");
    let party = PrintableString::new("party").expect("plain letters");
    [
        GeneralName::OtherName(OtherName {
            type_id: oid,
            value: Any::new(Tag::Utf8String, b"name".as_slice()).expect("short"),
        }),
        GeneralName::EdiPartyName(EdiPartyName {
            name_assigner: None,
            party_name: DirectoryString::PrintableString(party),
        }),
        GeneralName::RegisteredId(oid),
    ]
}

#[test]
fn a_form_that_cannot_be_compared_is_refused_by_what_is_about_it_alone() {
    let host = GeneralName::DnsName(Ia5String::new("example.com").expect("plain letters"));
    for (index, name) in others().iter().enumerate() {
        for (other, base) in others().into_iter().enumerate() {
            for rule in [Rule::Excludes, Rule::Permits] {
                let found = outcome(name, &rule.about(base.clone()));
                assert_eq!(
                    found == "ok",
                    index != other,
                    "{rule:?} {name:?} {base:?}: {found}"
                );
            }
        }
        assert_eq!(outcome(name, &Rule::Permits.about(host.clone())), "ok");
        assert_eq!(outcome(name, &Rule::Excludes.about(ip(&[0; 8]))), "ok");
    }
}

#[test]
fn a_finding_says_what_kind_of_name_it_is_about() {
    let texts = [
        (ip(&[192, 0, 2, 7]), "an IP address"),
        (others()[0].clone(), "a name of another form"),
    ];
    for (name, text) in texts {
        assert_eq!(
            outcome(&name, &Rule::Excludes.about(name.clone())),
            format!("CN=signer: the authority CN=between does not let it have {text} [{REFUSED}]")
        );
    }
}
