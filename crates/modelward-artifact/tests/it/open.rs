use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use modelward_artifact::{EntryPath, open_entry, read_entry, read_file};

fn model() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a scratch folder can be made");
    fs::create_dir(folder.path().join("sub")).expect("the folder is writable");
    fs::write(folder.path().join("sub/w.bin"), "weights").expect("the folder is writable");
    folder
}

fn entry(text: &str) -> EntryPath {
    text.parse().expect("a plain path")
}

fn text(opened: io::Result<File>) -> String {
    let mut text = String::new();
    let mut file = opened.expect("it is a file");
    file.read_to_string(&mut text).expect("it can be read");
    text
}

#[test]
fn a_file_is_opened_by_its_path_or_as_the_whole_model() {
    let model = model();
    assert_eq!(
        text(open_entry(model.path(), &entry("sub/w.bin"))),
        "weights"
    );
    let file = model.path().join("sub/w.bin");
    assert_eq!(text(open_entry(&file, &entry("w.bin"))), "weights");
    assert_eq!(text(open_entry(&file, &entry("any"))), "weights");
    let bytes = read_entry(model.path(), &entry("sub/w.bin"), 7).expect("it has 7 bytes");
    assert_eq!(bytes, b"weights");
}

#[test]
fn a_file_larger_than_expected_is_refused() {
    let model = model();
    let error = read_entry(model.path(), &entry("sub/w.bin"), 6).expect_err("it has 7 bytes");
    let path = model.path().join("sub/w.bin");
    let text = format!("`{}` is larger than 6 bytes", path.display());
    assert_eq!(error.to_string(), text);
    assert_eq!(error.code(), "artifact.read.too_large");
    let error = read_file(&path, 6).expect_err("it has 7 bytes");
    assert_eq!(error.to_string(), text);
    // A file with a hole says its size before a byte of it is read.
    File::options()
        .write(true)
        .open(&path)
        .and_then(|file| file.set_len(1 << 40))
        .expect("holes can be made");
    let error = read_file(&path, 1 << 30).expect_err("it has a tebibyte");
    assert_eq!(error.code(), "artifact.read.too_large");
}

#[test]
fn what_is_no_file_is_refused() {
    let model = model();
    let error = open_entry(model.path(), &entry("sub")).expect_err("a directory");
    assert_eq!(error.to_string(), "is not a regular file");
    let error = open_entry(model.path(), &entry("none")).expect_err("missing");
    assert_eq!(error.kind(), io::ErrorKind::NotFound);
    let error = open_entry(model.path(), &entry("sub/w.bin/x")).expect_err("below a file");
    assert_eq!(error.kind(), io::ErrorKind::NotADirectory);
    let error = open_entry(Path::new("no such model"), &entry("x")).expect_err("no model");
    assert_eq!(error.kind(), io::ErrorKind::NotFound);
    let error = read_file(model.path(), 1).expect_err("a directory");
    assert_eq!(error.code(), "artifact.read.io");
}

#[cfg(unix)]
mod unix {
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::path::Path;
    use std::sync::Mutex;

    use modelward_artifact::{
        Control, Event, HashOptions, Manifest, NoControl, Symlinks, WalkOptions, open_entry,
        read_entry, read_file,
    };
    use rustix::fs::{CWD, FileType, Mode, mknodat};

    use super::{entry, model};

    #[test]
    fn no_link_is_followed_in_a_model() {
        let model = model();
        let root = model.path();
        symlink("w.bin", root.join("sub/link")).expect("links can be made");
        symlink("sub", root.join("folder")).expect("links can be made");
        symlink(root, root.join("root")).expect("links can be made");
        for path in ["sub/link", "folder/w.bin", "root/sub/w.bin"] {
            open_entry(root, &entry(path)).expect_err(path);
        }
        open_entry(&root.join("root"), &entry("sub/w.bin")).expect_err("the root is a link");
        open_entry(&root.join("root/"), &entry("sub/w.bin")).expect_err("the root is a link");
        open_entry(&root.join("sub/link"), &entry("w.bin")).expect_err("the model is a link");
        let error = read_entry(root, &entry("sub/link"), 9).expect_err("a link");
        let text = format!("cannot read `{}/sub/link`", root.display());
        assert_eq!(error.to_string(), text);
    }

    #[test]
    fn a_file_that_the_caller_named_may_be_a_link() {
        let model = model();
        let link = model.path().join("link");
        symlink("sub/w.bin", &link).expect("links can be made");
        assert_eq!(read_file(&link, 7).expect("it has 7 bytes"), b"weights");
    }

    #[test]
    fn pipes_and_devices_are_refused_and_not_waited_for() {
        let model = model();
        let pipe = model.path().join("pipe");
        mknodat(CWD, &pipe, FileType::Fifo, Mode::RUSR, 0).expect("a pipe can be made");
        let error = open_entry(model.path(), &entry("pipe")).expect_err("a pipe");
        assert_eq!(error.to_string(), "is not a regular file");
        for path in [pipe.as_path(), Path::new("/dev/zero")] {
            let error = read_file(path, 1).expect_err("no file");
            assert_eq!(error.code(), "artifact.read.io");
        }
    }

    /// Puts something into the place of a file.
    type Plant = fn(&Path);

    /// Does something to the model once the walk is over.
    struct Meddler<'a>(Mutex<&'a mut (dyn FnMut() + Send)>);

    impl Control for Meddler<'_> {
        fn on_event(&self, event: &Event<'_>) {
            if matches!(event, Event::Started { .. }) {
                (self.0.lock().expect("no test panics here"))();
            }
        }
    }

    /// Hashes a model whose one file or link `sub/w.bin` is replaced after the walk.
    fn replaced(root: &Path, symlinks: Symlinks, plant: Plant) -> String {
        let file = root.join("sub/w.bin");
        let mut deed = || {
            fs::remove_file(&file).expect("writable");
            plant(&file);
        };
        let meddler = Meddler(Mutex::new(&mut deed));
        let options = WalkOptions::default().with_symlinks(symlinks);
        let hash = HashOptions::default().with_walk(options);
        Manifest::hash(root, &hash, &meddler).map_or_else(
            |error| error.code().to_owned(),
            |manifest| manifest.root().to_string(),
        )
    }

    #[test]
    fn whatever_takes_the_place_of_a_file_is_an_error() {
        let cases: [(Plant, &str); 5] = [
            (
                |path| fs::write(path, "another").expect("writable"),
                "artifact.hash.changed",
            ),
            (
                |path| mknodat(CWD, path, FileType::Fifo, Mode::RUSR, 0).expect("a pipe"),
                "artifact.walk.not_regular",
            ),
            (
                |path| symlink("/dev/zero", path).expect("a link"),
                "artifact.walk.symlink",
            ),
            (
                |path| fs::create_dir(path).expect("writable"),
                "artifact.walk.not_regular",
            ),
            (|_| (), "artifact.hash.io"),
        ];
        for symlinks in [
            Symlinks::Refuse,
            Symlinks::FollowWithin,
            Symlinks::FollowAnywhere,
        ] {
            for (plant, code) in cases {
                assert_eq!(
                    replaced(model().path(), symlinks, plant),
                    code,
                    "{symlinks:?}"
                );
            }
        }
    }

    #[test]
    fn whatever_takes_the_place_of_a_followed_link_is_an_error() {
        let cases: [(Plant, &str); 4] = [
            (
                |path| symlink("../other", path).expect("a link"),
                "artifact.hash.changed",
            ),
            (
                |path| symlink("/dev/zero", path).expect("a link"),
                "artifact.walk.not_regular",
            ),
            (
                |path| symlink("none", path).expect("a link"),
                "artifact.walk.dangling",
            ),
            (
                |path| mknodat(CWD, path, FileType::Fifo, Mode::RUSR, 0).expect("a pipe"),
                "artifact.walk.not_regular",
            ),
        ];
        for (plant, code) in cases {
            let model = model();
            fs::rename(model.path().join("sub/w.bin"), model.path().join("blob"))
                .expect("writable");
            fs::write(model.path().join("other"), "another").expect("writable");
            symlink("../blob", model.path().join("sub/w.bin")).expect("a link");
            let found = replaced(model.path(), Symlinks::FollowAnywhere, plant);
            assert_eq!(found, code);
        }
    }

    #[test]
    fn an_endless_hole_is_read_no_further_than_the_caller_waits() {
        /// Stops once the first bytes were read.
        struct Impatient(std::sync::atomic::AtomicUsize);

        impl Control for Impatient {
            fn cancelled(&self) -> bool {
                self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed) > 8
            }
        }

        let model = model();
        fs::File::create(model.path().join("hole"))
            .and_then(|file| file.set_len(1 << 43))
            .expect("holes can be made");
        let error = Manifest::hash(model.path(), &HashOptions::default(), &Impatient(0.into()))
            .expect_err("8 TiB take longer");
        assert_eq!(error.code(), "artifact.hash.cancelled");
        fs::remove_file(model.path().join("hole")).expect("writable");
        Manifest::hash(model.path(), &HashOptions::default(), &NoControl)
            .expect("all else is plain");
    }
}
