use std::fs;

use modelward_artifact::JsonLimits;
use modelward_graph::NodeId;
use modelward_graph::advisory::{Advisory, Evidence, Exposure, Package, UnknownReason};
use modelward_graph::vex::PackagePattern;
use serde_json::{Value, json};

use crate::seed;
use crate::version::fixtures;

const IN_RANGE: Exposure = Exposure::Affected(Evidence::Range);

fn package(purl: &str) -> Package {
    purl.parse().unwrap()
}

fn read(record: &Value) -> Advisory {
    let text = record.to_string();
    seed::keep("advisory", text.as_bytes());
    Advisory::read(text.as_bytes(), &JsonLimits::default()).unwrap()
}

/// A record about one package of an ecosystem, with one range or none.
fn about(ecosystem: &str, name: &str, ranges: &Value) -> Advisory {
    read(
        &json!({"id": "X-1", "modified": "2026-01-01T00:00:00Z", "affected": [{
        "package": {"ecosystem": ecosystem, "name": name}, "ranges": ranges}]}),
    )
}

/// Tells for versions of `demo` in PyPI how a range answers.
fn answers(events: &Value, versions: &[&str]) -> Vec<Exposure> {
    let advisory = about(
        "PyPI",
        "demo",
        &json!([{"type": "ECOSYSTEM", "events": events}]),
    );
    let exposure =
        |version: &&str| advisory.exposure(&package(&format!("pkg:pypi/demo@{version}")));
    versions.iter().map(exposure).collect()
}

#[test]
fn a_package_has_one_canonical_form() {
    for text in [
        "pkg:generic/./a",
        "pkg:generic//a",
        "pkg:generic/a",
        "pkg:generic/././a",
    ] {
        assert_eq!(package(text).purl(), "pkg:generic/a", "{text}");
        let id = NodeId::of_purl(text).unwrap();
        assert_eq!(id.as_str(), "pkg:generic/a", "{text}");
        let pattern: PackagePattern = text.parse().unwrap();
        assert_eq!(pattern.as_str(), "pkg:generic/a", "{text}");
    }
}

#[test]
fn a_package_whose_canonical_form_is_too_long_is_none() {
    let of = |count: usize| format!("pkg:generic/{}", "\u{e9}".repeat(count));
    // Two bytes each, and six in canonical form.
    let longest = package(&of(339));
    assert_eq!(longest.purl().len(), 2046);
    assert_eq!(package(longest.purl()), longest);
    let text = of(340);
    let error = text.parse::<Package>().unwrap_err();
    assert_eq!(error.code(), "graph.package.too_long");
    assert_eq!(NodeId::of_purl(&text).unwrap_err().code(), error.code());
    assert!(text.parse::<PackagePattern>().is_err());
}

#[test]
fn ranges_are_walked_by_the_order_of_the_ecosystem() {
    let (no, yes) = (Exposure::NotAffected, IN_RANGE);
    let events = json!([{"fixed": "1.10"}, {"introduced": "1.2"}, {"introduced": "2.0"}]);
    let versions = ["1.1", "1.2rc1", "1.2", "1.9", "1.10.0", "1.11", "2.0", "3"];
    assert_eq!(
        answers(&events, &versions),
        [no, no, yes, yes, no, no, yes, yes]
    );
    let events = json!([{"introduced": "0"}, {"last_affected": "1.0"}]);
    assert_eq!(answers(&events, &["0.dev0", "1", "1.0.1"]), [yes, yes, no]);
    let events = json!([{"introduced": "0"}, {"limit": "2"}]);
    assert_eq!(answers(&events, &["1", "2"]), [yes, no]);
    let events = json!([{"introduced": "0"}, {"limit": "2"}, {"limit": "*"}]);
    assert_eq!(answers(&events, &["2"]), [yes]);
}

#[test]
fn what_cannot_be_evaluated_is_unknown_with_its_reason() {
    let unknown = Exposure::Unknown;
    let whole = json!([{"introduced": "0"}]);
    assert_eq!(
        answers(&whole, &["bulbasaur"]),
        [unknown(UnknownReason::UnreadableVersion)]
    );
    for events in [
        json!([{"introduced": "x y"}]),
        json!([{"fixed": "1"}]),
        json!([]),
    ] {
        assert_eq!(
            answers(&events, &["1"]),
            [unknown(UnknownReason::UnreadableRange)]
        );
    }
    let demo = package("pkg:pypi/demo@1.0");
    let commits =
        json!([{"type": "GIT", "repo": "https://x.example", "events": [{"introduced": "0"}]}]);
    let advisory = about("PyPI", "demo", &commits);
    assert_eq!(advisory.exposure(&demo), unknown(UnknownReason::Commits));
    let advisory = about("PyPI", "demo", &json!(null));
    assert_eq!(advisory.exposure(&demo), unknown(UnknownReason::NoRange));
    let range = json!([{"type": "ECOSYSTEM", "events": whole}]);
    let advisory = about("PyPI", "demo", &range);
    assert_eq!(
        advisory.exposure(&package("pkg:pypi/demo")),
        unknown(UnknownReason::NoVersion)
    );
    let advisory = about("RubyGems", "demo", &range);
    let gem = package("pkg:gem/demo@1.0");
    assert_eq!(
        advisory.exposure(&gem),
        unknown(UnknownReason::UnknownOrder)
    );
    let advisory = about("Debian:12", "demo", &range);
    let debian = package("pkg:deb/debian/demo@1.0-1");
    assert_eq!(advisory.exposure(&debian), unknown(UnknownReason::Release));
}

#[test]
fn ecosystems_that_nobody_knows_do_not_make_a_record_unreadable() {
    let advisory = read(
        &json!({"id": "X-2", "surprise": [1], "aliases": null, "affected": [
        {"package": {"ecosystem": "Hugging Face", "name": "acme/bert", "purl": "pkg:huggingface/acme/bert"},
         "versions": ["0123abc"], "database_specific": {"a": 1}},
        {"package": null}]}),
    );
    let at = |purl: &str| advisory.exposure(&package(purl));
    assert_eq!(
        at("pkg:huggingface/acme/bert@0123ABC"),
        Exposure::Affected(Evidence::Listed)
    );
    assert_eq!(
        at("pkg:huggingface/acme/bert@4567def"),
        Exposure::NotAffected
    );
    assert_eq!(
        at("pkg:huggingface/acme/other@0123abc"),
        Exposure::NotAffected
    );
}

#[test]
fn a_record_that_was_taken_back_concerns_nobody() {
    let mut record = json!({"id": "X-3", "affected": [
        {"package": {"ecosystem": "PyPI", "name": "demo"}, "versions": ["1.0"]}]});
    let demo = package("pkg:pypi/demo@1.0");
    assert_eq!(
        read(&record).exposure(&demo),
        Exposure::Affected(Evidence::Listed)
    );
    record["withdrawn"] = json!("2026-01-01T00:00:00Z");
    assert!(read(&record).is_withdrawn());
    assert_eq!(read(&record).exposure(&demo), Exposure::NotAffected);
}

#[test]
fn the_worst_entry_counts() {
    let entry =
        |ranges: Value| json!({"package": {"ecosystem": "PyPI", "name": "demo"}, "ranges": ranges});
    let range = |fixed: &str| json!([{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": fixed}]}]);
    let record = |entries: Value| read(&json!({"id": "X-4", "affected": entries}));
    let demo = package("pkg:pypi/demo@2.0");
    let advisory = record(json!([entry(range("1.0")), entry(json!([]))]));
    assert_eq!(
        advisory.exposure(&demo),
        Exposure::Unknown(UnknownReason::NoRange)
    );
    let advisory = record(json!([
        entry(json!([])),
        entry(range("3.0")),
        entry(range("1.0"))
    ]));
    assert_eq!(advisory.exposure(&demo), IN_RANGE);
    assert_eq!(advisory.fixed_versions(&demo), ["3.0", "1.0"]);
    // Ranges of commits beside others are taken for another form of these.
    let both = json!([{"type": "GIT", "events": [{"introduced": "0"}]}, range("1.0")[0]]);
    assert_eq!(
        record(json!([entry(both)])).exposure(&demo),
        Exposure::NotAffected
    );
}

#[test]
fn packages_are_named_as_their_ecosystem_does() {
    for (purl, ecosystem, name) in [
        ("pkg:pypi/Scikit_Learn@1", "PyPI", "scikit-learn"),
        ("pkg:cargo/serde@1", "crates.io", "serde"),
        ("pkg:npm/%40a/b@1", "npm", "@a/b"),
        ("pkg:golang/github.com/a/b@v1.0.0", "Go", "github.com/a/b"),
        ("pkg:maven/org.a/b@1", "Maven", "org.a:b"),
        ("pkg:deb/debian/curl@1", "Debian", "curl"),
    ] {
        assert_eq!(package(purl).ecosystem(), Some((ecosystem, name)));
    }
    assert_eq!(package("pkg:huggingface/a/b").ecosystem(), None);
    let advisory = about("PyPI", "scikit.Learn", &json!([]));
    assert!(advisory.names(&package("pkg:pypi/scikit-learn?arch=x#y")));
    assert!(!advisory.names(&package("pkg:npm/scikit-learn")));
}

#[test]
fn what_is_no_record_or_package_is_refused() {
    let limits = JsonLimits::default();
    let code = |bytes: &[u8]| Advisory::read(bytes, &limits).unwrap_err().code();
    assert_eq!(code(b"{}"), "graph.advisory.json");
    assert_eq!(code(br#"{"id": "a", "id": "b"}"#), "graph.advisory.json");
    assert_eq!(
        code(br#"{"id": "a", "affected": {}}"#),
        "graph.advisory.json"
    );
    let lines = b"{\"id\": \"a\"}\n\n{\"id\": 1}\n";
    let error = Advisory::read_lines(lines, &limits).unwrap_err();
    assert_eq!(error.to_string(), "line 3 is not an advisory");
    assert_eq!(
        "torch".parse::<Package>().unwrap_err().code(),
        "graph.package.purl"
    );
    let long = format!("pkg:pypi/{}", "a".repeat(Package::MAX_LEN));
    assert_eq!(
        long.parse::<Package>().unwrap_err().code(),
        "graph.package.too_long"
    );
}

/// Each version that a database lists is affected, and its ranges say the same but where they differ.
#[test]
fn records_of_a_database_agree_with_themselves() {
    let Some(folder) = fixtures() else { return };
    let text = fs::read(folder.join("../osv/pysec-ml.jsonl")).unwrap();
    let (mut records, mut listed, mut outside, mut unread) = (0, 0, Vec::new(), 0);
    for line in text
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
    {
        let whole: Value = serde_json::from_slice(line).unwrap();
        let mut ranges = whole.clone();
        for affected in ranges["affected"].as_array_mut().unwrap() {
            affected.as_object_mut().unwrap().remove("versions");
        }
        let (advisory, by_range) = (read(&whole), read(&ranges));
        records += 1;
        for affected in whole["affected"].as_array().unwrap() {
            let name = affected["package"]["name"].as_str().unwrap();
            let versions = affected["versions"].as_array().into_iter().flatten();
            for version in versions.filter_map(Value::as_str) {
                let package = package(&format!("pkg:pypi/{name}@{version}"));
                listed += 1;
                if advisory.is_withdrawn() {
                    continue;
                }
                let exposure = advisory.exposure(&package);
                assert_eq!(
                    exposure,
                    Exposure::Affected(Evidence::Listed),
                    "{name} {version}"
                );
                match by_range.exposure(&package) {
                    Exposure::Affected(_) => {}
                    Exposure::NotAffected => {
                        outside.push(format!("{} {name} {version}", advisory.id()));
                    }
                    Exposure::Unknown(_) => unread += 1,
                }
            }
        }
    }
    // Eleven versions are older than PEP 440; all the others are in their ranges.
    assert_eq!((records, listed, unread), (375, 28_972, 11));
    assert_eq!(outside, Vec::<String>::new());
}
