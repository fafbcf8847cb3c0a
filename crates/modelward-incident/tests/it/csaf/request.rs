//! What the caller gives beside the record is checked where it is given.

use modelward_incident::export::csaf::{
    CsafInputError, CsafPublisher, CsafPublisherCategory, CsafRequest, CsafRevision, CsafStatus,
    CsafTracking, CsafVersion, CsafWeakness,
};

fn revisions(numbers: &[&str]) -> Result<Vec<CsafRevision>, CsafInputError> {
    let revisions = numbers.iter().enumerate().map(|(index, number)| {
        let date = format!("2026-11-24T10:{index:02}:00Z").parse().unwrap();
        CsafRevision::new(number.parse()?, date, "What changed.")
    });
    revisions.collect()
}

fn tracking(status: CsafStatus, numbers: &[&str]) -> Result<CsafTracking, CsafInputError> {
    CsafTracking::new("ACME-2026-7", status, revisions(numbers)?)
}

#[test]
fn numbers_of_revisions_rise_without_a_gap() {
    let draft = CsafStatus::Draft;
    for taken in [
        &["0"][..],
        &["1"],
        &["0", "1", "2"],
        &["1", "2"],
        &["0.1.0", "0.1.1", "0.2.0", "1.0.0", "1.0.1", "2.0.0"],
        &["1.9.0", "1.10.0"],
    ] {
        assert!(tracking(draft, taken).is_ok(), "{taken:?}");
    }
    for (refused, code) in [
        (&[][..], "incident.export.csaf.no_revision"),
        (&["2"], "incident.export.csaf.gap"),
        (&["1", "3"], "incident.export.csaf.gap"),
        (&["1.0.0", "3.0.0"], "incident.export.csaf.gap"),
        (&["1", "1"], "incident.export.csaf.order"),
        (&["1.1.0", "1.0.9"], "incident.export.csaf.order"),
        (&["1", "2.0.0"], "incident.export.csaf.mixed"),
        (&["01"], "incident.export.csaf.number"),
        (&["1.0"], "incident.export.csaf.number"),
        (&["1.0.0-rc.1"], "incident.export.csaf.number"),
        (&["1.0.0+build"], "incident.export.csaf.number"),
        (&["+1"], "incident.export.csaf.number"),
        (&[""], "incident.export.csaf.number"),
        (&["99999999999"], "incident.export.csaf.number"),
    ] {
        let error = tracking(draft, refused).unwrap_err();
        assert_eq!(error.code(), code, "{refused:?}");
    }
}

#[test]
fn what_is_released_has_no_major_version_0() {
    for status in [CsafStatus::Final, CsafStatus::Interim] {
        for numbers in [&["0"][..], &["0", "1"], &["0.9.0", "1.0.0"]] {
            let error = tracking(status, numbers).unwrap_err();
            assert_eq!(error.code(), "incident.export.csaf.unreleased");
        }
        assert!(tracking(status, &["1"]).is_ok());
    }
}

#[test]
fn revisions_do_not_go_back_in_time() {
    let mut revisions = revisions(&["1", "2"]).unwrap();
    let late = "2026-12-01T00:00:00Z".parse().unwrap();
    revisions[0] = CsafRevision::new("1".parse().unwrap(), late, "Late.").unwrap();
    let error = CsafTracking::new("A", CsafStatus::Final, revisions).unwrap_err();
    assert_eq!(
        error.to_string(),
        "revision 2 does not follow the one before it in number and time"
    );
}

#[test]
fn the_file_is_named_after_the_id() {
    for (id, name) in [
        ("ACME-2026-7", "acme-2026-7.json"),
        ("Acme/2026 #7", "acme_2026_7.json"),
        ("a+b..c__d", "a+b_c_d.json"),
        ("Größe 1", "gr_e_1.json"),
    ] {
        let revisions = revisions(&["1"]).unwrap();
        let tracking = CsafTracking::new(id, CsafStatus::Final, revisions).unwrap();
        assert_eq!(tracking.file_name(), name);
    }
    for id in [" a", "a ", "a\nb", "a\tb"] {
        let error = CsafTracking::new(id, CsafStatus::Final, revisions(&["1"]).unwrap());
        assert_eq!(
            error.unwrap_err().code(),
            "incident.export.csaf.id",
            "{id:?}"
        );
    }
}

#[test]
fn a_publisher_has_a_namespace_that_is_a_uri() {
    let publisher =
        |namespace| CsafPublisher::new(CsafPublisherCategory::Coordinator, "CERT", namespace);
    assert!(publisher("https://cert.example").is_ok());
    for namespace in [
        "",
        "cert.example",
        "/cert",
        "https://cert example",
        "https://größe.example",
    ] {
        let error = publisher(namespace).unwrap_err();
        assert_eq!(error.to_string(), "expected an absolute uri as namespace");
    }
    let blank = CsafPublisher::new(CsafPublisherCategory::Other, " ", "https://cert.example");
    assert_eq!(
        blank.unwrap_err().to_string(),
        "the name is not a valid text"
    );
}

fn request() -> CsafRequest {
    let vendor = CsafPublisherCategory::Vendor;
    let publisher = CsafPublisher::new(vendor, "Acme", "https://acme.example").unwrap();
    let tracking = tracking(CsafStatus::Final, &["1"]).unwrap();
    CsafRequest::new(CsafVersion::V2_0, publisher, tracking)
}

#[test]
fn languages_sites_and_references_are_checked() {
    for tag in [
        "en",
        "en-US",
        "de",
        "zh-Hant",
        "zh-Hant-TW",
        "es-419",
        "gsw",
    ] {
        assert!(request().with_language(tag).is_ok(), "{tag}");
    }
    for tag in [
        "",
        "e",
        "english",
        "en_US",
        "en-",
        "en-US-x-private",
        "i-default",
        "en-12",
    ] {
        let error = request().with_language(tag).unwrap_err();
        assert_eq!(error.code(), "incident.export.csaf.language", "{tag}");
    }
    for site in [
        "http://acme.example",
        "acme.example",
        "https://acme.example?a",
        "urn:a:b",
    ] {
        assert!(request().with_site(site).is_err(), "{site}");
    }
    assert!(request().with_reference("Notice", "notice.html").is_err());
    assert!(
        request()
            .with_reference("", "https://acme.example/n")
            .is_err()
    );
}

#[test]
fn names_of_platforms_are_those_of_version_2_3() {
    let of = |cpe: &str| request().with_cpe("weights".parse().unwrap(), cpe);
    for cpe in [
        "cpe:2.3:a:acme:scorer:1.2:*:*:*:*:*:*:*",
        r"cpe:2.3:a:acme:sco\:rer:1.2:-:*:en-us:*:*:*:*",
        "cpe:2.3:*:acme:*scorer*:1.2:-:*:deu:*:*:*:a??",
        r"cpe:2.3:h:a_c-m.e:x\\:1:-:*:es-419:*:*:*:\?",
    ] {
        assert!(of(cpe).is_ok(), "{cpe}");
    }
    for cpe in [
        "",
        "cpe:/a:acme:scorer:1.2",
        "cpe:2.3:a:acme:scorer:1.2:*:*:*:*:*:*",
        "cpe:2.3:a:acme:scorer:1.2:*:*:*:*:*:*:*:*",
        "cpe:2.3:b:acme:scorer:1.2:*:*:*:*:*:*:*",
        "cpe:2.3:a::scorer:1.2:*:*:*:*:*:*:*",
        "cpe:2.3:a:ac me:scorer:1.2:*:*:*:*:*:*:*",
        "cpe:2.3:a:ac*me:scorer:1.2:*:*:*:*:*:*:*",
        r"cpe:2.3:a:acme\a:scorer:1.2:*:*:*:*:*:*:*",
        "cpe:2.3:a:acme:scorer:1.2:*:*:english:*:*:*:*",
        "cpe:2.3:a:acme:scorer:1.2:*:*:*:*:*:*:?",
        r"cpe:2.3:a:acme:scorer:1.2:*:*:*:*:*:*:a\",
    ] {
        let error = of(cpe).unwrap_err();
        assert_eq!(error.code(), "incident.export.csaf.cpe", "{cpe}");
    }
}

#[test]
fn weaknesses_have_a_name_and_a_version_of_cwe() {
    assert!(CsafWeakness::new(20, "Improper Input Validation", "4.17").is_ok());
    assert!(CsafWeakness::new(20, "x", "1.0.1").is_ok());
    for (id, name, version) in [
        (0, "x", "4.17"),
        (1_000_000, "x", "4.17"),
        (20, "", "4.17"),
        (20, " x", "4.17"),
        (20, "x.", "4.17"),
        (20, "x", "4"),
        (20, "x", "0.1"),
        (20, "x", "4.01"),
        (20, "x", "4.x"),
    ] {
        let error = CsafWeakness::new(id, name, version).unwrap_err();
        assert_eq!(
            error.code(),
            "incident.export.csaf.cwe",
            "{id} {name:?} {version}"
        );
    }
}
