use std::fs;
use std::num::NonZeroU64;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

use modelward_artifact::{
    Control, Difference, Digest, Entry, EntryPath, Event, HashOptions, JsonLimits, Layout,
    Manifest, ManifestError, NoControl, ResourceName, Shard, root_digest,
};

fn path(text: &str) -> EntryPath {
    text.parse().expect("a plain path")
}

fn model() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a scratch folder can be made");
    fs::create_dir(folder.path().join("sub")).expect("the folder is writable");
    for (name, length) in [("a", 0), ("b", 1), ("c", 1 << 20), ("sub/d", (1 << 20) + 1)] {
        let bytes: Vec<u8> = (0..=250).cycle().take(length).collect();
        fs::write(folder.path().join(name), bytes).expect("the folder is writable");
    }
    folder
}

#[test]
fn the_result_does_not_depend_on_the_number_of_threads() {
    let model = model();
    let hash = |threads: usize| {
        let options = HashOptions::default().with_threads(threads);
        Manifest::hash(model.path(), &options, &NoControl).expect("the model can be hashed")
    };
    let one = hash(1);
    for threads in [2, 3, 8] {
        assert_eq!(hash(threads), one);
    }
    for entry in one.entries() {
        let bytes = fs::read(entry.path().below(model.path())).expect("it is there");
        assert_eq!(*entry.digest(), Digest::sha256(&bytes));
        assert_eq!(entry.size(), bytes.len() as u64);
    }
    assert_eq!(one.entry("sub/d").map(Entry::size), Some((1 << 20) + 1));
    assert_eq!(one.entry("sub"), None);
}

#[test]
fn the_root_is_the_digest_of_the_digests() {
    let model = model();
    let manifest = Manifest::hash(model.path(), &HashOptions::default(), &NoControl)
        .expect("the model can be hashed");
    let digests: Vec<u8> = manifest
        .entries()
        .iter()
        .flat_map(|entry| entry.digest().as_bytes().to_vec())
        .collect();
    assert_eq!(manifest.root(), Digest::sha256(&digests));
    let reversed = root_digest(manifest.entries().iter().rev().map(Entry::digest));
    assert_ne!(reversed, manifest.root(), "order counts");
}

/// The text and the code of an error, to compare with a table.
fn said(error: &ManifestError) -> (String, &'static str) {
    (error.to_string(), error.code())
}

#[test]
fn entries_that_make_no_manifest_are_refused() {
    let entry = |name: &str, size| Entry::new(path(name), size, Digest::sha256(b""));
    let cases = [
        (vec![], "manifest has no entries", "artifact.manifest.empty"),
        (
            vec![entry("a", 0), entry("b", 0), entry("a", 1)],
            "manifest has `a` twice",
            "artifact.manifest.duplicate",
        ),
        (
            vec![entry("a", 0), shard("b\u{1b}", 0, 4)],
            r"manifest of files has the shard `b\u{1b}:0:4`",
            "artifact.manifest.shard",
        ),
        (
            vec![entry("a", u64::MAX), entry("b", 1)],
            "manifest has more than 2^64 - 1 bytes in all",
            "artifact.manifest.too_large",
        ),
    ];
    for (entries, text, code) in cases {
        let error = Manifest::new("m", entries).expect_err(text);
        assert_eq!(said(&error), (text.to_owned(), code));
    }
}

#[test]
fn shards_that_do_not_tile_their_files_are_refused() {
    let whole = Entry::new(path("w"), 4, Digest::sha256(b"w"));
    let size = "does not have the 4 bytes of every shard but a file's last, which may be shorter";
    let place = "leaves a gap or overlaps, expected it to start at";
    let cases = [
        (vec![], "manifest has no entries".to_owned(), "empty"),
        (
            vec![shard("f", 0, 4), whole],
            "manifest of shards has the whole file `w`".to_owned(),
            "whole_file",
        ),
        (
            vec![shard("f", 0, 4), shard("f", 0, 4)],
            "manifest has `f:0:4` twice".to_owned(),
            "duplicate",
        ),
        (
            vec![shard("e", 0, 4), shard("f", 4, 8)],
            format!("shard `f:4:8` {place} 0"),
            "shard_place",
        ),
        (
            vec![shard("f", 0, 4), shard("f", 8, 12)],
            format!("shard `f:8:12` {place} 4"),
            "shard_place",
        ),
        (
            vec![shard("f", 0, 4), shard("f", 2, 6)],
            format!("shard `f:2:6` {place} 4"),
            "shard_place",
        ),
        (
            vec![shard("f", 0, 2), shard("f", 2, 6)],
            format!("shard `f:0:2` {size}"),
            "shard_size",
        ),
        (
            vec![shard("f", 0, 4), shard("f", 4, 9)],
            format!("shard `f:4:9` {size}"),
            "shard_size",
        ),
        (
            vec![shard("f", 0, 4), shard("f", 0, 3)],
            format!("shard `f:0:3` {size}"),
            "shard_size",
        ),
    ];
    for (entries, text, code) in cases {
        let size = NonZeroU64::new(4).expect("not zero");
        let error = Manifest::sharded("m", size, entries).expect_err(code);
        assert_eq!(said(&error), (text, &*format!("artifact.manifest.{code}")));
    }
}

#[test]
fn shards_stand_in_the_order_of_their_text_and_are_found_in_that_of_their_file() {
    let size = NonZeroU64::new(4).expect("not zero");
    let entries = vec![
        shard("aa", 8, 10),
        shard("aa", 0, 4),
        shard("aa", 4, 8),
        shard("aa:0", 0, 4),
        shard("aa:0", 4, 5),
        shard("aa:00", 0, 1),
        shard("b", 0, 1),
    ];
    let many: Vec<_> = (0..11).map(|at| shard("c", at * 4, at * 4 + 4)).collect();
    let entries = entries.into_iter().chain(many).collect();
    let manifest = Manifest::sharded("m", size, entries).expect("they tile");
    let names: Vec<_> = manifest
        .resources()
        .map(|(name, _)| name.to_string())
        .collect();
    assert!(names.is_sorted());
    assert_eq!(
        names[..7],
        [
            "aa:00:0:1",
            "aa:0:0:4",
            "aa:0:4",
            "aa:0:4:5",
            "aa:4:8",
            "aa:8:10",
            "b:0:1"
        ]
    );
    assert_eq!(names[7..10], ["c:0:4", "c:12:16", "c:16:20"]);
    let shards_of = |path: &str| -> Vec<String> {
        let shards = manifest.shards_of(path);
        shards
            .iter()
            .map(|entry| entry.name().to_string())
            .collect()
    };
    assert_eq!(shards_of("aa"), ["aa:0:4", "aa:4:8", "aa:8:10"]);
    assert_eq!(shards_of("aa:0"), ["aa:0:0:4", "aa:0:4:5"]);
    assert_eq!(shards_of("c")[8..], ["c:32:36", "c:36:40", "c:40:44"]);
    assert_eq!(shards_of("d"), [""; 0]);
    assert_eq!(manifest.entry("aa"), None);
    assert_eq!(manifest.layout(), Layout::Shards { size });
    assert_eq!(manifest.total_size(), 10 + 5 + 1 + 1 + 44);
}

#[test]
fn a_manifest_of_files_has_no_shards() {
    let [file, other] = ["aa", "aa:0:4"].map(|name| Entry::new(path(name), 4, Digest::sha256(b"")));
    let manifest = Manifest::new("m", vec![file.clone(), other.clone()]).expect("files");
    assert_eq!(manifest.shards_of("aa"), [&file; 0]);
    assert_eq!(manifest.entry("aa:0:4"), Some(&other));
    assert_eq!(manifest.layout(), Layout::Files);
    assert!(manifest.empty_files().is_empty());
    assert!(!manifest.links_followed());
}

#[test]
fn differences_are_listed_by_name_whatever_the_order_of_what_was_expected() {
    let [one, two] = [Digest::sha256(b"1"), Digest::sha256(b"2")];
    let entries = ["a", "b", "d"].map(|name| Entry::new(path(name), 1, one));
    let manifest = Manifest::new("m", entries.to_vec()).expect("a manifest");
    let mut expected = [(file("b"), two), (file("c"), one), (file("d"), one)];
    let differences = [
        Difference::Added { name: file("a") },
        Difference::Changed {
            name: file("b"),
            expected: two,
            found: one,
        },
        Difference::Removed { name: file("c") },
    ];
    assert_eq!(differ(&manifest, &expected), differences);
    expected.reverse();
    assert_eq!(differ(&manifest, &expected), differences);
    assert_eq!(differences[1].path().as_str(), "b");
}

#[test]
fn a_name_that_is_expected_twice_hides_no_difference() {
    let [one, two, three] = [b"1", b"2", b"3"].map(|text| Digest::sha256(text));
    let manifest = Manifest::new("m", vec![Entry::new(path("a"), 1, one)]).expect("a manifest");
    let changed = |expected| Difference::Changed {
        name: file("a"),
        expected,
        found: one,
    };
    let removed = Difference::Removed { name: file("b") };
    let [low, high] = if two < three {
        [two, three]
    } else {
        [three, two]
    };
    let cases = [
        (vec![("a", one), ("a", one)], vec![]),
        (vec![("a", one), ("a", two)], vec![changed(two)]),
        (vec![("a", two), ("a", one)], vec![changed(two)]),
        (
            vec![("a", high), ("a", low)],
            vec![changed(low), changed(high)],
        ),
        (vec![("a", one), ("b", one), ("b", two)], vec![removed]),
    ];
    for (expected, differences) in cases {
        let expected: Vec<_> = expected.into_iter().map(|(n, d)| (file(n), d)).collect();
        assert_eq!(differ(&manifest, &expected), differences, "{expected:?}");
    }
}

#[test]
fn a_shard_is_not_its_file_nor_a_file_of_the_same_text() {
    let digest = Digest::sha256(b"ff:0:4");
    let size = NonZeroU64::new(4).expect("not zero");
    let shards = Manifest::sharded("m", size, vec![shard("ff", 0, 4)]).expect("one shard");
    let name = shards.entries()[0].name().clone();
    assert_eq!(name.to_string(), file("ff:0:4").to_string());
    for other in ["ff", "ff:0:4"] {
        let files = Manifest::new("m", vec![Entry::new(path(other), 4, digest)]).expect("a file");
        let differences = shards.differences(files.resources());
        let mut kinds = [
            Difference::Added { name: name.clone() },
            Difference::Removed { name: file(other) },
        ];
        kinds.sort_by(|a, b| a.name().cmp(b.name()));
        assert_eq!(differences, kinds);
    }
    assert_eq!(shards.differences(shards.resources()), []);
}

fn differ(manifest: &Manifest, expected: &[(ResourceName, Digest)]) -> Vec<Difference> {
    manifest.differences(expected.iter().map(|(name, digest)| (name, digest)))
}

fn file(text: &str) -> ResourceName {
    ResourceName::file(path(text))
}

fn shard(name: &str, start: u64, end: u64) -> Entry {
    let shard = Shard::new(start, end).expect("it has bytes");
    let digest = Digest::sha256(format!("{name}:{shard}").as_bytes());
    Entry::shard(path(name), shard, digest)
}

/// What becomes of a file behind the hashing's back.
type Deed = fn(&Path);

/// Does something to the model's file as soon as the walk is over.
struct Meddler {
    file: PathBuf,
    deed: Deed,
}

impl Control for Meddler {
    fn on_event(&self, event: &Event<'_>) {
        if matches!(event, Event::Started { .. }) {
            (self.deed)(&self.file);
        }
    }
}

#[test]
fn a_file_that_changes_meanwhile_is_an_error() {
    let cases: [(&str, Deed); 3] = [
        ("artifact.hash.changed", |file| {
            fs::write(file, [0; 2000]).expect("writable");
        }),
        ("artifact.hash.changed", |file| {
            fs::write(file, [0; 10]).expect("writable");
        }),
        ("artifact.hash.io", |file| {
            fs::remove_file(file).expect("writable");
        }),
    ];
    for (code, deed) in cases {
        let folder = tempfile::tempdir().expect("a scratch folder can be made");
        let file = folder.path().join("w.bin");
        fs::write(&file, [0; 1000]).expect("the folder is writable");
        let meddler = Meddler { file, deed };
        let error = Manifest::hash(folder.path(), &HashOptions::default(), &meddler)
            .expect_err("the file changed");
        assert_eq!(error.code(), code, "{error}");
        assert!(error.path().is_some_and(|path| path.ends_with("w.bin")));
    }
}

#[cfg(unix)]
#[test]
fn what_takes_a_files_place_meanwhile_is_not_followed() {
    let cases: [(&str, Deed); 2] = [
        ("artifact.walk.symlink", |file| {
            fs::remove_file(file).expect("writable");
            std::os::unix::fs::symlink("/etc/hostname", file).expect("a link");
        }),
        ("artifact.walk.not_regular", |file| {
            fs::remove_file(file).expect("writable");
            fs::create_dir(file).expect("writable");
        }),
    ];
    for (code, deed) in cases {
        let folder = tempfile::tempdir().expect("a scratch folder can be made");
        let file = folder.path().join("w.bin");
        fs::write(&file, [0; 1000]).expect("the folder is writable");
        let meddler = Meddler { file, deed };
        let error = Manifest::hash(folder.path(), &HashOptions::default(), &meddler)
            .expect_err("the file was replaced");
        assert_eq!(error.code(), code, "{error}");
    }
}

#[cfg(unix)]
#[test]
fn a_directory_that_becomes_a_link_meanwhile_is_not_followed() {
    let folder = tempfile::tempdir().expect("a scratch folder can be made");
    let file = folder.path().join("model/sub/deep/w.bin");
    let parent = file.parent().expect("a parent");
    fs::create_dir_all(parent).expect("the folder is writable");
    fs::write(&file, [0; 1000]).expect("the folder is writable");
    let deed: Deed = |file| {
        let sub = file.ancestors().nth(2).expect("a grandparent");
        let elsewhere = sub.with_file_name("../elsewhere");
        fs::rename(sub, &elsewhere).expect("writable");
        std::os::unix::fs::symlink(&elsewhere, sub).expect("a link");
    };
    let meddler = Meddler { file, deed };
    let model = folder.path().join("model");
    let error = Manifest::hash(&model, &HashOptions::default(), &meddler).expect_err("a link");
    assert_eq!(error.code(), "artifact.walk.symlink", "{error}");
    assert_eq!(error.path(), Some(model.join("sub").as_path()));
}

#[test]
fn cancelling_is_an_error_of_its_own() {
    let model = model();
    let error = Manifest::hash(
        model.path(),
        &HashOptions::default(),
        &AtomicBool::new(true),
    )
    .expect_err("cancelled");
    assert_eq!(error.code(), "artifact.hash.cancelled");
}

#[derive(Default)]
struct Log(Mutex<Vec<String>>);

impl Control for Log {
    fn on_event(&self, event: &Event<'_>) {
        let line = match event {
            Event::Started { files, bytes } => format!("started {files} {bytes}"),
            Event::Hashed { path, .. } => format!("done {path}"),
            Event::Finished => "finished".to_owned(),
            _ => return,
        };
        self.0.lock().expect("no test panics here").push(line);
    }
}

#[test]
fn the_control_hears_of_every_file() {
    let model = model();
    let log = Log::default();
    Manifest::hash(model.path(), &HashOptions::default(), &log).expect("the model can be hashed");
    let mut lines = log.0.into_inner().expect("no test panics here");
    assert_eq!(lines.pop().as_deref(), Some("finished"));
    assert_eq!(lines.remove(0), "started 4 2097154");
    // Files end in no particular order: workers go on beside each other.
    lines.sort();
    assert_eq!(lines, ["done a", "done b", "done c", "done sub/d"]);
}

#[test]
fn a_model_of_one_file_has_no_other_entry_than_itself() {
    let entry = |path: &str| Entry::new(path.parse().expect("a path"), 1, Digest::sha256(b"x"));
    let one = Manifest::new("w.bin", vec![entry("w.bin")]).expect("one entry");
    assert!(!one.is_single_file());
    let one = one.into_single_file().expect("it goes by the model's name");
    assert!(one.is_single_file());
    let read = Manifest::read_json(&one.to_json(), &JsonLimits::default()).expect("ours");
    assert_eq!(read, one);

    let other = Manifest::new("w.bin", vec![entry("v.bin")]).expect("one entry");
    let error = other.into_single_file().expect_err("another name");
    assert_eq!(error.code(), "artifact.manifest.not_one_file");
    assert_eq!(
        error.to_string(),
        "a model that is one file has the entry `v.bin`"
    );
}
