use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

use modelward_artifact::{
    Control, Difference, Digest, Entry, EntryPath, Event, HashOptions, Manifest, NoControl,
    root_digest,
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

#[test]
fn entries_that_make_no_manifest_are_refused() {
    let entry = |name: &str| Entry::new(path(name), 0, Digest::sha256(b""));
    let empty = Manifest::new("m", Vec::new()).expect_err("nothing");
    assert_eq!(empty.to_string(), "manifest has no entries");
    let twice = Manifest::new("m", vec![entry("a"), entry("b"), entry("a")]).expect_err("twice");
    assert_eq!(twice.to_string(), "manifest has `a` twice");
    assert_eq!(twice.code(), "artifact.manifest.duplicate");
}

#[test]
fn differences_are_listed_by_path() {
    let [one, two] = [Digest::sha256(b"1"), Digest::sha256(b"2")];
    let entries = ["a", "b", "d"].map(|name| Entry::new(path(name), 1, one));
    let manifest = Manifest::new("m", entries.to_vec()).expect("a manifest");
    let expected = [(path("b"), two), (path("c"), one), (path("d"), one)];
    let differences = manifest.differences(expected.iter().map(|(path, digest)| (path, digest)));
    assert_eq!(
        differences,
        [
            Difference::Added { path: path("a") },
            Difference::Changed {
                path: path("b"),
                expected: two,
                found: one
            },
            Difference::Removed { path: path("c") },
        ]
    );
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
    let lines = log.0.into_inner().expect("no test panics here");
    assert_eq!(
        lines,
        [
            "started 4 2097154",
            "done sub/d",
            "done c",
            "done b",
            "done a",
            "finished"
        ]
    );
}
