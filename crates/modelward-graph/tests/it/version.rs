use std::cmp::Ordering;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::{env, fs};

use modelward_graph::version::{Version, VersionRange, VersionScheme};
use proptest::prelude::*;
use serde_json::Value;

use crate::seed;

fn version(text: &str, scheme: VersionScheme) -> Version {
    Version::parse(text, scheme).unwrap()
}

/// Compares each version with the ones after it.
#[track_caller]
fn ascending(scheme: VersionScheme, versions: &[&str]) {
    for (index, low) in versions.iter().enumerate() {
        for high in &versions[index + 1..] {
            let (low, high) = (version(low, scheme), version(high, scheme));
            assert!(low < high, "{low} {high}");
            assert!(high > low, "{low} {high}");
            assert_ne!(low, high);
        }
    }
}

#[test]
fn every_scheme_has_its_order() {
    let debian = [
        "1.0~rc1", "1.0", "1.0-0.1", "1.0-1", "1.0a-1", "1.0+b-1", "1.09", "1.10", "1:0.1",
    ];
    ascending(VersionScheme::Debian, &debian);
    let python = [
        "1.0.dev1",
        "1.0a1",
        "1.0rc1",
        "1.0",
        "1.0+local",
        "1.0.post1",
        "1.1",
        "1!0.1",
    ];
    ascending(VersionScheme::Pep440, &python);
    let semver = [
        "1.0.0-alpha",
        "1.0.0-alpha.2",
        "1.0.0-alpha.10",
        "v1.0.0",
        "1.0.1",
    ];
    ascending(VersionScheme::Semver, &semver);
}

#[test]
fn other_spellings_stand_at_the_same_place() {
    for (scheme, one, other) in [
        (VersionScheme::Debian, "1.0", "0:1.0-0"),
        (VersionScheme::Debian, "1.01", "1.1"),
        (VersionScheme::Pep440, "1.0", "1.0.0"),
        (VersionScheme::Pep440, "1.0-RC1", "1.0c1"),
        (VersionScheme::Semver, "v1.0.0+a", "1.0.0+b"),
    ] {
        assert_eq!(version(one, scheme), version(other, scheme));
    }
}

#[test]
fn versions_of_two_schemes_have_no_order() {
    let semver = version("1.0.0", VersionScheme::Semver);
    let python = version("1.0.0", VersionScheme::Pep440);
    assert_eq!(semver.partial_cmp(&python), None);
    assert_ne!(semver, python);
    let range: VersionRange = "vers:pypi/*".parse().unwrap();
    assert_eq!(range.contains(&semver), None);
}

#[test]
fn what_is_no_version_is_refused() {
    for (scheme, text) in [
        (VersionScheme::Debian, ""),
        (VersionScheme::Debian, "a:1"),
        (VersionScheme::Debian, "1_0"),
        (VersionScheme::Debian, "1-"),
        (VersionScheme::Pep440, "latest"),
        (VersionScheme::Pep440, "99999999999999999999"),
        (VersionScheme::Semver, "1.0"),
        (VersionScheme::Semver, "1.0.0\n"),
    ] {
        let error = Version::parse(text, scheme).unwrap_err();
        assert!(error.code().starts_with("graph.version."), "{error}");
    }
    let long = "1".repeat(Version::MAX_LEN + 1);
    for scheme in VersionScheme::ALL {
        let error = Version::parse(&long, scheme).unwrap_err();
        assert_eq!(error.code(), "graph.version.too_long");
    }
}

/// Tells which of the versions 1 to 7 a range has.
#[track_caller]
fn contained(range: &str) -> Vec<u32> {
    let range: VersionRange = format!("vers:pypi/{range}").parse().unwrap();
    let is_in = |number: &u32| {
        let version = version(&number.to_string(), VersionScheme::Pep440);
        range.contains(&version).unwrap()
    };
    (1..8).filter(is_in).collect()
}

#[test]
fn ranges_contain_what_lies_between_their_bounds() {
    assert_eq!(contained("*"), [1, 2, 3, 4, 5, 6, 7]);
    assert_eq!(contained("3"), [3]);
    assert_eq!(contained("=3.0|5"), [3, 5]);
    assert_eq!(contained("!=3"), [1, 2, 4, 5, 6, 7]);
    assert_eq!(contained("<3"), [1, 2]);
    assert_eq!(contained(">3"), [4, 5, 6, 7]);
    assert_eq!(contained(">=2|<4"), [2, 3]);
    assert_eq!(contained(">2|<=4"), [3, 4]);
    assert_eq!(contained("<2|>=4|<6"), [1, 4, 5]);
    assert_eq!(contained(">=2|<6|!=4"), [2, 3, 5]);
    assert_eq!(contained("<3|5"), [1, 2, 5]);
    // The first of two lower bounds counts, and the last of two upper bounds.
    assert_eq!(contained(">1|>3|<5|<7"), [2, 3, 4, 5, 6]);
    assert_eq!(contained("<4|>=1"), [1, 2, 3]);
}

#[test]
fn what_is_no_range_is_refused() {
    for (text, code) in [
        ("pypi/*", "form"),
        ("vers:pypi", "form"),
        ("vers:pypi/", "empty"),
        ("vers:pypi/>=1||<2", "empty"),
        ("vers:pypi/>=", "empty"),
        ("vers:pypi/1%2", "escape"),
        ("vers:pypi/1%2G0", "escape"),
        ("vers:pypi/1%FF", "escape"),
        ("vers:pypi/>1|<1.0", "contradiction"),
        ("vers:huggingface/*", "unknown_type"),
    ] {
        seed::keep("version-range", text.as_bytes());
        let error = text.parse::<VersionRange>().unwrap_err();
        assert_eq!(
            error.code(),
            format!("graph.version_range.{code}"),
            "{text}"
        );
    }
    let error = "vers:npm/>=1.0.0| <2.0.0".parse::<VersionRange>();
    assert_eq!(error.unwrap_err().code(), "graph.version.semver");
    let long = format!("vers:pypi/{}", "1|".repeat(VersionRange::MAX_LEN));
    let error = long.parse::<VersionRange>().unwrap_err();
    assert_eq!(error.code(), "graph.version_range.too_long");
}

#[test]
fn ranges_are_written_sorted_and_escaped() {
    let written = |text: &str| {
        seed::keep("version-range", text.as_bytes());
        text.parse::<VersionRange>().unwrap().to_string()
    };
    assert_eq!(written("vers:pypi/<2|=1|!=1.5"), "vers:pypi/1|!=1.5|<2");
    assert_eq!(written("vers:pypi/>=1|>=1"), "vers:pypi/>=1");
    assert_eq!(written("vers:pypi/1%210"), "vers:pypi/1%210");
}

proptest! {
    #[test]
    fn ranges_answer_as_their_intervals_do(
        bounds in proptest::collection::btree_map(0_u32..20, 0_usize..4, 0..6),
        asked in 0_u32..42,
    ) {
        let signs = [">", ">=", "<", "<="];
        // Bounds stand at even halves, so that what lies between them is asked for too.
        let list: Vec<_> = bounds.iter().map(|(at, sign)| format!("{}{}", signs[*sign], at * 2)).collect();
        prop_assume!(!list.is_empty());
        let range: VersionRange = format!("vers:pypi/{}", list.join("|")).parse().unwrap();
        let mut expected = false;
        let mut open: Option<(u32, bool)> = bounds.first_key_value().filter(|(_, sign)| **sign > 1).map(|_| (0, true));
        let bounds: Vec<_> = bounds.into_iter().collect();
        for (index, (at, sign)) in bounds.iter().enumerate() {
            if *sign < 2 {
                open = open.or(Some((at * 2, *sign == 1)));
            } else if bounds.get(index + 1).is_none_or(|(_, next)| *next < 2)
                && let Some((low, included)) = open.take()
            {
                let is_above = asked > low || included && asked == low;
                let is_below = asked < at * 2 || *sign == 3 && asked == at * 2;
                expected |= is_above && is_below;
            }
        }
        if let Some((low, included)) = open {
            expected |= asked > low || included && asked == low;
        }
        let asked = version(&asked.to_string(), VersionScheme::Pep440);
        prop_assert_eq!(range.contains(&asked), Some(expected), "{} {}", range, asked);
        let again: VersionRange = range.to_string().parse().unwrap();
        prop_assert_eq!(again, range);
    }

    #[test]
    fn any_text_is_a_version_or_refused(text in "[ -~]{0,24}") {
        for scheme in VersionScheme::ALL {
            if let Ok(version) = Version::parse(&text, scheme) {
                prop_assert_eq!(version.partial_cmp(&version), Some(Ordering::Equal));
            }
        }
        let _ = format!("vers:deb/{text}").parse::<VersionRange>();
    }
}

/// Finds the folder of the fixtures that others made.
pub(crate) fn fixtures() -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let shared = env::var("MODELWARD_SHARED").unwrap_or_else(|_| beside.to_owned());
    let folder = Path::new(&shared).join("data/graph/versions");
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(
        env::var_os("MODELWARD_NO_SKIP").is_none(),
        "skipping is not allowed"
    );
    writeln!(io::stderr(), "SKIPPED: versions that others ordered").ok();
    None
}

/// Every pair that OSV's own library is tested with: how many are right, and how many cannot be read.
#[test]
fn pairs_of_others_are_ordered_as_they_are() {
    let Some(folder) = fixtures() else { return };
    for (file, scheme, right, unread) in [
        ("debian-versions.txt", VersionScheme::Debian, 30, 0),
        (
            "debian-versions-generated.txt",
            VersionScheme::Debian,
            14_442,
            0,
        ),
        ("pypi-versions.txt", VersionScheme::Pep440, 26, 11),
        (
            "pypi-versions-generated.txt",
            VersionScheme::Pep440,
            12_306,
            69,
        ),
        ("semver-versions.txt", VersionScheme::Semver, 83, 3),
    ] {
        let text = fs::read_to_string(folder.join(file)).unwrap();
        let mut found = (0, 0);
        let lines = text
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with("//"));
        for line in lines {
            let words: Vec<_> = line.split_whitespace().collect();
            let [one, sign, other] = words[..] else {
                panic!("{line}")
            };
            let expected = match sign {
                "<" => Ordering::Less,
                "=" | "==" => Ordering::Equal,
                ">" => Ordering::Greater,
                _ => panic!("{line}"),
            };
            let versions = Version::parse(one, scheme)
                .ok()
                .zip(Version::parse(other, scheme).ok());
            let Some((one, other)) = versions else {
                found.1 += 1;
                continue;
            };
            assert_eq!(one.partial_cmp(&other), Some(expected), "{file}: {line}");
            found.0 += 1;
        }
        assert_eq!(found, (right, unread), "{file}");
    }
}

#[test]
fn ranges_of_others_contain_what_they_say() {
    let Some(folder) = fixtures() else { return };
    let tests = |name: &str| {
        let text = fs::read(folder.join(name)).unwrap();
        let document: Value = serde_json::from_slice(&text).unwrap();
        document["tests"].as_array().unwrap().clone()
    };
    let mut found = 0;
    for test in [
        "vers-npm_range_containment_test.json",
        "vers-pypi_range_containment_test.json",
    ]
    .map(tests)
    .concat()
    {
        let range: VersionRange = test["input"]["vers"].as_str().unwrap().parse().unwrap();
        let asked = version(test["input"]["version"].as_str().unwrap(), range.scheme());
        assert_eq!(
            range.contains(&asked),
            test["expected_output"].as_bool(),
            "{test}"
        );
        found += 1;
    }
    for test in tests("vers-pypi_range_validate_test.json") {
        let range = test["input"].as_str().unwrap().parse::<VersionRange>();
        assert!(range.is_ok(), "{test} {range:?}");
        found += 1;
    }
    assert_eq!(found, 30);
}
