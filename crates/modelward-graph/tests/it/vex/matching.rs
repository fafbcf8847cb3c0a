use modelward_artifact::Digest;
use modelward_graph::vex::{BomLink, Candidate, Match, MatchDoubt, PackagePattern};
use serde_json::json;

use super::{OTHER_SERIAL, SERIAL, about, cyclonedx_about, only, purl};

#[test]
fn package_urls_match_by_what_they_state() {
    let doubt = Match::Unknown;
    for (own, other, expected) in [
        ("pkg:pypi/torch@1.0", "pkg:pypi/Torch@1.0", Match::Yes),
        ("pkg:pypi/torch@1.0", "pkg:pypi/torch@1.0.0", Match::Yes),
        ("pkg:pypi/torch@1.0", "pkg:pypi/torch@1.1", Match::No),
        ("pkg:pypi/torch", "pkg:pypi/torch@1.1", Match::Yes),
        ("pkg:pypi/torch", "pkg:pypi/torch", Match::Yes),
        (
            "pkg:pypi/torch@1.0",
            "pkg:pypi/torch",
            doubt(MatchDoubt::NoVersion),
        ),
        ("pkg:pypi/torch@1.0", "pkg:conda/torch@1.0", Match::No),
        ("pkg:maven/g/a@1.0", "pkg:maven/g/a@1.0.0", Match::No),
        ("pkg:maven/g/a@1.0", "pkg:maven/h/a@1.0", Match::No),
        ("pkg:npm/a@1.0.0", "pkg:npm/a@v1.0.0", Match::Yes),
        ("pkg:npm/a@odd", "pkg:npm/a@odd", Match::Yes),
        ("pkg:npm/a@odd", "pkg:npm/a@1.0.0", Match::No),
        (
            "pkg:deb/debian/a@1?arch=arm64",
            "pkg:deb/debian/a@1?arch=arm64&distro=x",
            Match::Yes,
        ),
        (
            "pkg:deb/debian/a@1?arch=arm64",
            "pkg:deb/debian/a@1?arch=amd64",
            Match::No,
        ),
        (
            "pkg:deb/debian/a@1?arch=arm64",
            "pkg:deb/debian/a@1",
            doubt(MatchDoubt::NoQualifier),
        ),
        (
            "pkg:deb/debian/a@1?arch=arm64",
            "pkg:deb/debian/a@2",
            Match::No,
        ),
        (
            "pkg:golang/a/b@v1.0.0#cmd",
            "pkg:golang/a/b@v1.0.0#cmd",
            Match::Yes,
        ),
        (
            "pkg:golang/a/b@v1.0.0#cmd",
            "pkg:golang/a/b@v1.0.0#api",
            Match::No,
        ),
        (
            "pkg:golang/a/b@v1.0.0#cmd",
            "pkg:golang/a/b@v1.0.0",
            doubt(MatchDoubt::NoQualifier),
        ),
        (
            "pkg:huggingface/a/b@ABCDEF",
            "pkg:huggingface/a/b@abcdef",
            Match::Yes,
        ),
        ("pkg:pypi/torch", "torch", doubt(MatchDoubt::NoPurl)),
    ] {
        let document = about(&json!([{"@id": own}]));
        let answer = only(&document).product().matches(&purl(other));
        assert_eq!(answer, expected, "{own} {other}");
    }
    let document = about(&json!([{"@id": "pkg:pypi/torch@1.0"}]));
    let torch = only(&document).product();
    let candidate = purl("pkg:pypi/torch").with_version("1.0");
    assert_eq!(torch.matches(&candidate), Match::Yes);
    let candidate = purl("pkg:pypi/torch@1.1").with_version("1.0");
    assert_eq!(torch.matches(&candidate), Match::No);
    assert_eq!(
        torch.matches(&Candidate::new()),
        Match::Unknown(MatchDoubt::NoPurl)
    );
    let pattern: PackagePattern = "pkg:deb/debian/a?arch=x#y".parse().unwrap();
    assert_eq!(
        (pattern.package_type(), pattern.subpath()),
        ("deb", Some("y"))
    );
    assert_eq!(
        "a".parse::<PackagePattern>().unwrap_err().code(),
        "graph.package.purl"
    );
}

#[test]
fn digests_decide_before_names() {
    let [one, other] = [Digest::sha256(b"1"), Digest::sha256(b"2")];
    let sha512 = Digest::of(modelward_artifact::DigestAlgorithm::Sha512, b"1");
    let document = about(&json!([{"@id": "pkg:pypi/a@1", "hashes": {"sha-256": one.to_hex()}}]));
    let product = only(&document).product();
    for (name, digests, expected) in [
        ("pkg:pypi/a@1", vec![one], Match::Yes),
        ("pkg:pypi/b@2", vec![other, one], Match::Yes),
        ("pkg:pypi/a@1", vec![other], Match::No),
        ("pkg:pypi/a@1", vec![sha512], Match::Yes),
        ("pkg:pypi/a@2", vec![sha512], Match::No),
        ("pkg:pypi/a@1", vec![], Match::Yes),
    ] {
        let answer = product.matches(&purl(name).with_digests(&digests));
        assert_eq!(answer, expected, "{name} {digests:?}");
    }
    // A digest is that of one version: where the statement is about others, it is no reason.
    let components = json!([{"bom-ref": "a", "name": "a", "purl": "pkg:pypi/a@1",
        "hashes": [{"alg": "SHA-256", "content": one.to_hex()}]}]);
    let affected = json!({"ref": "a", "versions": [{"version": "1"}, {"version": "2"}]});
    let document = cyclonedx_about(&components, &affected);
    let product = only(&document).product();
    let digests = [other];
    let is = |name| product.matches(&purl(name).with_digests(&digests));
    assert_eq!(
        (is("pkg:pypi/a@2"), is("pkg:pypi/a@3")),
        (Match::Yes, Match::No)
    );
    let digests = [one];
    let unnamed = Candidate::new().with_digests(&digests);
    assert_eq!(
        product.matches(&unnamed),
        Match::Unknown(MatchDoubt::NoVersion)
    );
    assert_eq!(product.matches(&unnamed.with_version("1")), Match::Yes);
}

#[test]
fn places_match_in_one_version_of_one_document() {
    let link = format!("urn:cdx:{SERIAL}/1#a%20b");
    let document = cyclonedx_about(&json!([]), &json!({"ref": link}));
    let product = only(&document).product();
    let prefixed = format!("urn:uuid:{}", SERIAL.to_uppercase());
    let at = |serial: &str, bom_ref| {
        Candidate::new()
            .with_bom_serial(serial)
            .with_bom_ref(bom_ref)
    };
    let doubt = Match::Unknown;
    for (candidate, expected) in [
        (at(SERIAL, "a b").with_bom_version(1), Match::Yes),
        (at(SERIAL, "a%20b").with_bom_version(1), Match::Yes),
        (at(&prefixed, "a b").with_bom_version(1), Match::Yes),
        (at(SERIAL, "a b").with_bom_version(2), Match::No),
        (at(SERIAL, "a b"), doubt(MatchDoubt::NoBomVersion)),
        (at(SERIAL, "c").with_bom_version(1), Match::No),
        (at(SERIAL, "c"), Match::No),
        (at(OTHER_SERIAL, "a b").with_bom_version(1), Match::No),
        (
            at("none", "a b").with_bom_version(1),
            doubt(MatchDoubt::NoPlace),
        ),
        (
            Candidate::new().with_bom_serial(SERIAL),
            doubt(MatchDoubt::NoPlace),
        ),
        (
            Candidate::new().with_bom_ref("a b"),
            doubt(MatchDoubt::NoPlace),
        ),
    ] {
        assert_eq!(product.matches(&candidate), expected, "{candidate:?}");
    }
    let whole = cyclonedx_about(&json!([]), &json!({"ref": format!("urn:cdx:{SERIAL}/1")}));
    let answer = only(&whole).product().matches(&at(SERIAL, "a"));
    assert_eq!(answer, doubt(MatchDoubt::WholeBom));
    let versions = json!({"ref": format!("urn:cdx:{SERIAL}/1#a"), "versions": [{"version": "1"}]});
    let document = cyclonedx_about(&json!([]), &versions);
    let product = only(&document).product();
    let here = at(SERIAL, "a").with_bom_version(1);
    assert_eq!(product.matches(&here.clone().with_version("1")), Match::Yes);
    assert_eq!(product.matches(&here.with_version("2")), Match::No);
    let there = at(OTHER_SERIAL, "a").with_version("1");
    assert_eq!(product.matches(&there), doubt(MatchDoubt::OtherBom));
    // A component of the document itself is known by its place and by its package URL.
    let components = json!([{"bom-ref": "a", "name": "a", "purl": "pkg:pypi/a@1"}]);
    let document = cyclonedx_about(&components, &json!({"ref": "a"}));
    let product = only(&document).product();
    assert_eq!(
        product.matches(&at(SERIAL, "a").with_bom_version(2)),
        Match::Yes
    );
    assert_eq!(product.matches(&purl("pkg:pypi/a@1")), Match::Yes);
    assert_eq!(
        product.matches(&at(OTHER_SERIAL, "a").with_purl("pkg:pypi/a@2")),
        Match::No
    );
}

#[test]
fn bom_links_are_of_one_form() {
    for (text, code) in [
        ("", "graph.bom_link.form"),
        (
            "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79",
            "graph.bom_link.form",
        ),
        (
            "urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79",
            "graph.bom_link.form",
        ),
        (
            "urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/1#",
            "graph.bom_link.form",
        ),
        (
            "urn:cdx:3e671687395b-41f5-a30f-a58921a69b79-/1#a",
            "graph.bom_link.serial",
        ),
        (
            "urn:cdx:3e671687-395b-41f5-a30f-a58921a69b7/1#a",
            "graph.bom_link.serial",
        ),
        (
            "urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/#a",
            "graph.bom_link.version",
        ),
        (
            "urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/+1#a",
            "graph.bom_link.version",
        ),
        (
            "urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/1.0#a",
            "graph.bom_link.version",
        ),
    ] {
        assert_eq!(text.parse::<BomLink>().unwrap_err().code(), code, "{text}");
    }
    let long = format!("urn:cdx:{SERIAL}/1#{}", "a".repeat(BomLink::MAX_LEN));
    assert_eq!(
        long.parse::<BomLink>().unwrap_err().code(),
        "graph.bom_link.too_long"
    );
    for text in [
        format!("urn:cdx:{SERIAL}/1#a#b"),
        format!("urn:cdx:{SERIAL}/12"),
    ] {
        assert_eq!(text.parse::<BomLink>().unwrap().to_string(), text);
    }
}
