use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use modelward_artifact::{EntryPath, collisions};
#[cfg(target_os = "linux")]
use modelward_artifact::{NoControl, WalkOptions, walk};
use proptest::prelude::{ProptestConfig, proptest};
use proptest::{collection, prop_assert_eq};

fn parsed(text: &str) -> EntryPath {
    text.parse().expect("a plain path")
}

/// Returns every collision as its paths, joined.
fn found(texts: &[&str]) -> Vec<String> {
    let paths: Vec<EntryPath> = texts.iter().copied().map(parsed).collect();
    let joined = |paths: &[EntryPath]| {
        let texts: Vec<&str> = paths.iter().map(EntryPath::as_str).collect();
        texts.join(" | ")
    };
    let collisions = collisions(&paths);
    collisions.iter().map(|one| joined(one.paths())).collect()
}

#[test]
fn names_that_a_disk_may_take_for_one_are_found() {
    let cases: [(&str, &[&str], &[&str]); 12] = [
        ("nothing", &[], &[]),
        ("plain names", &["a", "a-b", "a/b", "ab", "b/a"], &[]),
        ("the same path twice", &["a/b", "a/b"], &[]),
        (
            "letters",
            &["model.BIN", "Model.bin"],
            &["Model.bin | model.BIN"],
        ),
        ("three", &["x", "X", "y"], &["X | x"]),
        (
            "composed",
            &["caf\u{e9}", "cafe\u{301}"],
            &["cafe\u{301} | caf\u{e9}"],
        ),
        ("sharp s", &["straße", "STRASSE"], &["STRASSE | straße"]),
        ("kelvin", &["\u{212a}", "k", "K"], &["K | k | \u{212a}"]),
        ("final sigma", &["ΟΔΟΣ", "οδος"], &["ΟΔΟΣ | οδος"]),
        ("directories that merge", &["A/x", "a/y"], &["A | a"]),
        ("a file and a directory", &["A", "a/y"], &["A | a"]),
        (
            "all the way down",
            &["a/B/x", "a-b", "A/b/X"],
            &["A | a", "A/b | a/B", "A/b/X | a/B/x"],
        ),
    ];
    for (what, texts, expected) in cases {
        assert_eq!(found(texts), expected, "{what}");
        let reversed: Vec<&str> = texts.iter().rev().copied().collect();
        assert_eq!(found(&reversed), expected, "{what}, reversed");
    }
}

#[test]
fn letters_that_only_look_alike_are_not_the_same() {
    assert_eq!(found(&["a", "\u{430}"]), [] as [&str; 0]);
    assert_eq!(found(&["e", "\u{e9}"]), [] as [&str; 0]);
    assert_eq!(found(&["fi", "\u{fb01}x"]), [] as [&str; 0]);
    assert_eq!(found(&["1", "\u{2460}"]), [] as [&str; 0]);
}

#[test]
fn many_paths_are_quick() {
    let mut paths: Vec<EntryPath> = (0..20_000)
        .map(|index| parsed(&format!("layer{}/Part-{index}é.bin", index % 100)))
        .collect();
    paths.push(parsed("Layer7/part-7É.BIN"));
    let start = Instant::now();
    let collisions = collisions(&paths);
    let took = start.elapsed();
    let texts: Vec<&str> = collisions[1]
        .paths()
        .iter()
        .map(EntryPath::as_str)
        .collect();
    assert_eq!(collisions.len(), 2);
    assert_eq!(texts, ["Layer7/part-7É.BIN", "layer7/Part-7é.bin"]);
    // A thousandth of what comparing each with each takes, and far above what a slow machine needs.
    assert!(took < Duration::from_secs(5), "{took:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_tree_knows_its_collisions() {
    let folder = tempfile::tempdir().expect("a scratch folder can be made");
    for name in ["Model.bin", "model.BIN", "other"] {
        std::fs::write(folder.path().join(name), name).expect("the folder is writable");
    }
    let tree = walk(folder.path(), &WalkOptions::default(), &NoControl).expect("a plain tree");
    let collisions = tree.collisions();
    assert_eq!(collisions.len(), 1);
    assert_eq!(
        collisions[0].paths(),
        [parsed("Model.bin"), parsed("model.BIN")]
    );
}

/// Compares every prefix of every path with every other, in the plainest way.
fn plainly(texts: &[String]) -> Vec<String> {
    let mut spelled: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for text in texts {
        let ends = text.match_indices('/').map(|(end, _)| end);
        for prefix in ends.chain([text.len()]).map(|end| &text[..end]) {
            let folded = prefix.replace("\u{e9}", "\u{c9}").to_ascii_lowercase();
            spelled.entry(folded).or_default().insert(prefix);
        }
    }
    let mut groups: Vec<Vec<&str>> = spelled
        .into_values()
        .map(|spellings| spellings.into_iter().collect())
        .filter(|spellings: &Vec<&str>| spellings.len() > 1)
        .collect();
    groups.sort();
    groups.iter().map(|group| group.join(" | ")).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_collision_is_missed_or_made_up(
        texts in collection::vec("[aAé\u{c9}]{1,2}(/[aA-]{1,2}){0,2}", 0..12),
    ) {
        let borrowed: Vec<&str> = texts.iter().map(String::as_str).collect();
        prop_assert_eq!(found(&borrowed), plainly(&texts));
    }
}
