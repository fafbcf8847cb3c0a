use std::path::Path;

use modelward_artifact::EntryPath;
use proptest::prelude::*;

#[test]
fn plain_relative_paths_are_taken_as_they_are() {
    for text in [
        "a",
        "a/b",
        ".hidden",
        "a b",
        "a..b",
        "...",
        "colon:1:2",
        "\u{e9}",
        "new\nline",
    ] {
        let path: EntryPath = text.parse().expect("a plain path");
        assert_eq!(path.as_str(), text);
    }
}

#[test]
fn whatever_could_point_elsewhere_is_refused() {
    let long = "a/".repeat(2048) + "a";
    let cases = [
        (
            "",
            "artifact.path.empty_segment",
            "path has an empty segment",
        ),
        (
            "a//b",
            "artifact.path.empty_segment",
            "path has an empty segment",
        ),
        (
            "a/",
            "artifact.path.empty_segment",
            "path has an empty segment",
        ),
        (
            "/a",
            "artifact.path.absolute",
            "path is absolute, expected a relative path",
        ),
        (".", "artifact.path.current", "path has a `.` segment"),
        ("a/./b", "artifact.path.current", "path has a `.` segment"),
        ("..", "artifact.path.parent", "path has a `..` segment"),
        (
            "a/../../b",
            "artifact.path.parent",
            "path has a `..` segment",
        ),
        (
            "a\\b",
            "artifact.path.backslash",
            "path has a backslash, expected `/` between segments",
        ),
        ("a\0b", "artifact.path.nul", "path has a NUL character"),
        ("C:", "artifact.path.drive", "path starts with a drive"),
        ("c:a", "artifact.path.drive", "path starts with a drive"),
        (
            &long,
            "artifact.path.too_long",
            "path has 4097 bytes, expected at most 4096",
        ),
    ];
    for (text, code, message) in cases {
        let error = text
            .parse::<EntryPath>()
            .expect_err("the path must be refused");
        assert_eq!(
            (error.code(), error.to_string().as_str()),
            (code, message),
            "{text:?}"
        );
        assert!(serde_json::from_value::<EntryPath>(text.into()).is_err());
    }
}

#[test]
fn order_is_that_of_code_points_and_not_of_segments() {
    let mut paths: Vec<EntryPath> = ["a/b", "a.txt", "a-b", "a b"]
        .iter()
        .map(|text| text.parse().expect("a plain path"))
        .collect();
    paths.sort();
    let texts: Vec<&str> = paths.iter().map(EntryPath::as_str).collect();
    assert_eq!(texts, ["a b", "a-b", "a.txt", "a/b"]);
}

#[test]
fn containment_goes_by_whole_segments() {
    let path = |text: &str| text.parse::<EntryPath>().expect("a plain path");
    assert!(path("logs/a").is_within(&path("logs")));
    assert!(path("logs").is_within(&path("logs")));
    assert!(!path("logs2/a").is_within(&path("logs")));
    assert!(!path("log").is_within(&path("logs")));
}

#[test]
fn an_extension_is_what_follows_the_last_dot() {
    for (text, extension) in [
        ("a/b.tar.gz", Some("gz")),
        ("a.b/c", None),
        (".git", None),
        ("x.", Some("")),
    ] {
        let path: EntryPath = text.parse().expect("a plain path");
        assert_eq!(path.extension(), extension, "{text}");
    }
}

proptest! {
    #[test]
    fn no_path_leaves_its_root(text in "[a.:/\\\\\\x00]{0,12}") {
        if let Ok(path) = text.parse::<EntryPath>() {
            let root = Path::new("/root");
            let below = path.below(root);
            prop_assert!(below.starts_with(root));
            prop_assert!(below.components().all(|c| !matches!(c, std::path::Component::ParentDir)));
            prop_assert_eq!(below.strip_prefix(root).ok(), Some(Path::new(&text)));
        }
    }
}
