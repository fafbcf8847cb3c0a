use std::fs::{self, File};
use std::io::{self, Read, Write as _};
use std::num::NonZeroU64;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use modelward_artifact::{
    Control, DigestAlgorithm, EntryPath, Event, HashError, HashOptions, Manifest, NoControl,
    Sharding, Source as _, TarError, TarFile, TreeFile, WalkOptions,
};
use tar::Builder;
use tempfile::TempDir;

mod faults;
mod hostile;

/// A header made byte by byte, since a writer refuses to write what a reader must refuse.
pub(crate) struct Raw {
    block: [u8; 512],
    data: Vec<u8>,
}

impl Raw {
    pub(crate) fn new(name: &str, kind: u8, data: &[u8]) -> Self {
        let mut block = [0; 512];
        block[..name.len()].copy_from_slice(name.as_bytes());
        block[156] = kind;
        block[257..265].copy_from_slice(b"ustar\x0000");
        let data = data.to_vec();
        let size = format!("{:011o}\0", data.len());
        Self { block, data }.with(124, size.as_bytes())
    }

    fn with(mut self, at: usize, bytes: &[u8]) -> Self {
        self.block[at..at + bytes.len()].copy_from_slice(bytes);
        self
    }

    fn bytes(mut self) -> Vec<u8> {
        self.block[148..156].fill(b' ');
        let sum: u32 = self.block.iter().map(|byte| u32::from(*byte)).sum();
        self.block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        let mut bytes = self.block.to_vec();
        bytes.extend(&self.data);
        bytes.resize(bytes.len().next_multiple_of(512), 0);
        bytes
    }
}

pub(crate) fn file(name: &str) -> Raw {
    Raw::new(name, b'0', b"abc")
}

pub(crate) fn pax(kind: u8, records: &[(&str, &str)]) -> Raw {
    let mut text = String::new();
    for (key, value) in records {
        let rest = format!(" {key}={value}\n");
        let mut length = rest.len() + 1;
        while format!("{length}{rest}").len() != length {
            length += 1;
        }
        text += &format!("{length}{rest}");
    }
    Raw::new("PaxHeader", kind, text.as_bytes())
}

pub(crate) fn archive(entries: Vec<Raw>) -> Vec<u8> {
    let mut bytes = entries.into_iter().flat_map(Raw::bytes).collect::<Vec<_>>();
    bytes.resize(bytes.len() + 1024, 0);
    bytes
}

fn on_disk(bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a scratch folder can be made");
    let path = folder.path().join("model.tar");
    fs::write(&path, bytes).expect("the folder is writable");
    (folder, path)
}

fn hash_file(path: &Path, options: &HashOptions) -> Result<Manifest, HashError> {
    let source = TarFile::open(path, options.walk().clone())?;
    Manifest::hash_source(&source, options, &NoControl)
}

/// Hashes an archive as a file and as a stream, which must say the same.
fn both(bytes: &[u8], walk: &WalkOptions) -> Result<Manifest, HashError> {
    let (_folder, path) = on_disk(bytes);
    let options = HashOptions::default().with_walk(walk.clone());
    let file = hash_file(&path, &options);
    let name = file.as_ref().map_or("model", Manifest::name);
    let stream = Manifest::hash_tar(bytes, name, &options, &NoControl);
    match (&file, &stream) {
        (Ok(file), Ok(stream)) => assert_eq!(file, stream),
        (Err(file), Err(stream)) => assert_eq!(code(file), code(stream)),
        _ => panic!("a file gives {file:?}, a stream gives {stream:?}"),
    }
    file
}

fn code(error: &HashError) -> &'static str {
    TarError::of(error).map_or_else(|| error.code(), TarError::code)
}

fn names(manifest: &Manifest) -> Vec<&str> {
    let entries = manifest.entries().iter();
    entries.map(|entry| entry.path().as_str()).collect()
}

/// Makes a model whose files are empty, small, as large as a block, large, hidden and deep.
fn model() -> TempDir {
    let folder = tempfile::tempdir().expect("a scratch folder can be made");
    let long = format!("{}/weights.bin", ["directory"; 30].join("/"));
    let sizes = [
        (".hidden", 3),
        (".gitignore", 5),
        ("block", 512),
        ("empty", 0),
        ("onnx/large.bin", 3_000_001),
        (&*long, 70_000),
    ];
    for (name, size) in sizes {
        let path = folder.path().join("model").join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("the folder is writable");
        let bytes: Vec<u8> = (0..size)
            .map(|n: u32| n.to_le_bytes()[n as usize % 3])
            .collect();
        fs::write(path, bytes).expect("the folder is writable");
    }
    folder
}

fn packed(folder: &Path) -> PathBuf {
    let path = folder.join("archive.tar");
    let mut builder = Builder::new(File::create(&path).expect("the folder is writable"));
    builder
        .append_dir_all("model", folder.join("model"))
        .and_then(|()| builder.finish())
        .expect("the model can be packed");
    path
}

#[test]
fn an_archive_of_a_model_has_its_digests() {
    let folder = model();
    let path = packed(folder.path());
    let bytes = fs::read(&path).expect("the archive is there");
    let shards = Sharding::Size(NonZeroU64::new(1 << 20).expect("not zero"));
    let small_shards = Sharding::Size(NonZeroU64::new(1000).expect("not zero"));
    for algorithm in [DigestAlgorithm::Sha256, DigestAlgorithm::Blake3] {
        for sharding in [Sharding::Whole, shards, small_shards] {
            let options = HashOptions::default()
                .with_algorithm(algorithm)
                .with_sharding(sharding)
                .with_threads(2);
            let root = folder.path().join("model");
            let expected = Manifest::hash(&root, &options, &NoControl).expect("a plain model");
            assert_eq!(
                hash_file(&path, &options).expect("a plain archive"),
                expected
            );
            let stream = Manifest::hash_tar(&bytes[..], "model", &options, &NoControl);
            assert_eq!(stream.expect("a plain archive"), expected);
        }
    }
    let options = HashOptions::default().with_sharding(Sharding::Auto);
    assert!(hash_file(&path, &options).is_ok());
    let error = Manifest::hash_tar(&bytes[..], "model", &options, &NoControl);
    assert_eq!(
        code(&error.expect_err("no total")),
        "artifact.tar.auto_sharding"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn the_tar_program_writes_the_same_model_in_both_usual_ways() {
    let folder = model();
    let options = HashOptions::default();
    let root = folder.path().join("model");
    let expected = Manifest::hash(&root, &options, &NoControl).expect("a plain model");
    let ways: [&[&str]; 2] = [
        &["-C", "model", "-cf", "made.tar", "."],
        &["-cf", "made.tar", "model"],
    ];
    for (way, format) in ways
        .into_iter()
        .flat_map(|way| [(way, "gnu"), (way, "pax")])
    {
        let made = std::process::Command::new("tar")
            .arg(format!("--format={format}"))
            .args(way)
            .current_dir(folder.path())
            .status()
            .expect("tar runs");
        assert!(made.success(), "{way:?} in {format}");
        let path = folder.path().join("made.tar");
        let manifest = hash_file(&path, &options).expect("a plain archive");
        assert!(
            manifest.resources().eq(expected.resources()),
            "{way:?} in {format}"
        );
        assert_eq!(
            manifest.excluded(),
            expected.excluded(),
            "{way:?} in {format}"
        );
        let bytes = fs::read(&path).expect("the archive is there");
        let stream = Manifest::hash_tar(&bytes[..], manifest.name(), &options, &NoControl);
        assert_eq!(
            stream.expect("a plain archive"),
            manifest,
            "{way:?} in {format}"
        );
    }
}

#[test]
fn the_root_is_the_one_directory_or_the_archive() {
    let directory = |name: &str| Raw::new(name, b'5', b"");
    let cases: [(Vec<Raw>, &str, &[&str]); 9] = [
        (vec![file("w.bin")], "model", &["w.bin"]),
        (vec![file("m/a"), file("m/b")], "m", &["a", "b"]),
        (vec![directory("m/"), file("m/a")], "m", &["a"]),
        (vec![directory("m"), file("m/a")], "m", &["a"]),
        (vec![file("m/a"), file("n/a")], "model", &["m/a", "n/a"]),
        (vec![file("m/a"), directory("n/")], "model", &["m/a"]),
        (vec![directory("./"), file("./m/a")], "model", &["m/a"]),
        (vec![directory("."), file("m/a")], "model", &["m/a"]),
        (vec![file("./m/a"), file("m/b")], "model", &["m/a", "m/b"]),
    ];
    for (entries, name, files) in cases {
        let manifest = both(&archive(entries), &WalkOptions::default()).expect("a plain archive");
        assert_eq!((manifest.name(), &*names(&manifest)), (name, files));
    }
}

#[test]
fn what_is_ignored_is_left_out_below_either_root() {
    let link = |name: &str| Raw::new(name, b'2', b"");
    let walk = WalkOptions::default().with_ignored("logs".parse().expect("a path"));
    for top in ["", "m/", "./"] {
        let named = |name: &str| format!("{top}{name}");
        let entries = vec![
            file(&named("a")),
            file(&named("logs/x")),
            link(&named("logs/link")),
            file(&named(".git/HEAD")),
            file(&named("sub/.git/HEAD")),
        ];
        let manifest = both(&archive(entries), &walk).expect("a plain archive");
        assert_eq!(names(&manifest), ["a", "sub/.git/HEAD"]);
        let excluded: Vec<_> = manifest.excluded().iter().map(EntryPath::as_str).collect();
        assert_eq!(excluded, [".git", "logs"]);
    }
    // What lies in `m/logs` is at the root only while `m` is the one directory.
    let entries = vec![link("m/logs/link"), file("a")];
    let error = both(&archive(entries), &walk).expect_err("a link that counts");
    assert_eq!(error.code(), "artifact.walk.symlink");
}

#[test]
fn long_names_and_what_extends_headers_are_read() {
    let long = format!("m/{}", ["directory"; 40].join("/"));
    let gnu = Raw::new("././@LongLink", b'L', format!("{long}\0").as_bytes());
    let odd = "m/line\nbreak 12 path=no";
    let prefixed = file("deep").with(345, b"m/prefix");
    let entries = vec![
        pax(b'g', &[("comment", "0123456789")]),
        gnu,
        file("m/short"),
        pax(b'x', &[("path", odd), ("mtime", "1.5"), ("size", "3")]),
        file("m/other"),
        prefixed,
        file("m/old").with(156, b"\0"),
        Raw::new("m/old-directory/", 0, b""),
        Raw::new("m/binary", b'0', b"abc").with(124, b"\x80\0\0\0\0\0\0\0\0\0\0\x03"),
        Raw::new("m/spaces", b'0', b"abc").with(124, b"         3 \0"),
    ];
    let bytes = archive(entries);
    let manifest = both(&bytes, &WalkOptions::default()).expect("a plain archive");
    let deep = &long["m/".len()..];
    let read = [
        "binary",
        deep,
        "line\nbreak 12 path=no",
        "old",
        "prefix/deep",
        "spaces",
    ];
    assert_eq!(names(&manifest), read);
    assert!(manifest.entries().iter().all(|entry| entry.size() == 3));
}

#[test]
fn a_file_of_more_than_8_gib_is_listed() {
    const SIZE: u64 = 9 << 30;
    let binary = [&[0x80, 0, 0, 0][..], &SIZE.to_be_bytes()].concat();
    let heads = [
        [
            pax(b'x', &[("size", &SIZE.to_string())]).bytes(),
            Raw::new("w", b'0', b"").bytes(),
        ],
        [vec![], Raw::new("w", b'0', b"").with(124, &binary).bytes()],
    ];
    for head in heads {
        let (_folder, path) = on_disk(&head.concat());
        let file = File::options().append(true).open(&path).expect("writable");
        let length = file.metadata().expect("it is there").len();
        // A hole, which takes no room.
        file.set_len(length + SIZE).expect("the disk has holes");
        let cut = TarFile::open(&path, WalkOptions::default()).expect("a file");
        let error = cut.tree(&NoControl).expect_err("no end");
        assert_eq!(code(&error), "artifact.tar.truncated");
        file.set_len(length + SIZE + 1024)
            .expect("the disk has holes");
        let source = TarFile::open(&path, WalkOptions::default()).expect("a file");
        let tree = source.tree(&NoControl).expect("a plain archive");
        assert_eq!(tree.files()[0].size(), SIZE);
    }
}

#[test]
fn an_archive_written_to_meanwhile_is_a_change() {
    let (_folder, path) = on_disk(&archive(vec![file("a"), file("b")]));
    let options = HashOptions::default();
    let source = TarFile::open(&path, WalkOptions::default()).expect("a plain archive");
    let tree = source.tree(&NoControl).expect("a plain archive");
    let unknown = TreeFile::new("c".parse().expect("a path"), 3);
    let grown = TreeFile::new("a".parse().expect("a path"), 4);
    for file in [unknown, grown] {
        let error = source.open(&file).err().expect("not in the tree");
        assert_eq!(error.code(), "artifact.hash.changed");
    }
    let mut content = source.open(&tree.files()[0]).expect("a file of the tree");
    let mut buffer = [0; 8];
    assert_eq!(content.read(1, &mut buffer).expect("it is there"), b"bc");
    assert_eq!(content.read(3, &mut buffer).expect("it is there"), b"");
    content.finish().expect("nothing happened yet");

    let mut writer = File::options().append(true).open(&path).expect("writable");
    writer.write_all(&[0; 512]).expect("writable");
    let error = content.finish().expect_err("it was written to");
    assert_eq!(
        (error.code(), error.path()),
        ("artifact.hash.changed", Some(&*path))
    );
    let error = Manifest::hash_source(&source, &options, &NoControl).expect_err("a change");
    assert_eq!(error.code(), "artifact.hash.changed");
}

#[cfg(unix)]
#[test]
fn an_archive_is_a_file_and_no_link() {
    let (folder, path) = on_disk(&archive(vec![file("a")]));
    let link = folder.path().join("link.tar");
    std::os::unix::fs::symlink(&path, &link).expect("links can be made");
    let missing = folder.path().join("missing.tar");
    let cases = [
        (&*link, "artifact.walk.symlink"),
        (folder.path(), "artifact.walk.not_regular"),
        (&*missing, "artifact.hash.io"),
    ];
    for (path, expected) in cases {
        let error = TarFile::open(path, WalkOptions::default()).expect_err(expected);
        assert_eq!((error.code(), error.path()), (expected, Some(path)));
    }
    let follow = modelward_artifact::Symlinks::FollowAnywhere;
    let walk = WalkOptions::default().with_symlinks(follow);
    let source = TarFile::open(&link, walk).expect("links are followed");
    assert_eq!(
        source.tree(&NoControl).expect("a plain archive").name(),
        "link"
    );
}

#[derive(Default)]
struct Seen {
    hashed: AtomicUsize,
    finished: AtomicBool,
    names: Mutex<Vec<String>>,
}

impl Control for Seen {
    fn on_event(&self, event: &Event<'_>) {
        match event {
            Event::Hashed { path, .. } => {
                self.hashed.fetch_add(1, Ordering::Relaxed);
                let mut names = self.names.lock().expect("nobody panicked");
                names.push(path.to_string());
            }
            Event::Finished => self.finished.store(true, Ordering::Relaxed),
            _ => {}
        }
    }
}

#[test]
fn a_stream_tells_what_it_hashed_and_stops_when_asked() {
    let bytes = archive(vec![file("m/a"), file("m/b")]);
    let seen = Seen::default();
    let options = HashOptions::default();
    Manifest::hash_tar(&bytes[..], "m", &options, &seen).expect("a plain archive");
    assert_eq!(seen.hashed.into_inner(), 2);
    assert!(seen.finished.into_inner());
    assert_eq!(
        seen.names.into_inner().expect("nobody panicked"),
        ["m/a", "m/b"]
    );

    let (_folder, path) = on_disk(&bytes);
    let stop = AtomicBool::new(true);
    let stream = Manifest::hash_tar(&bytes[..], "m", &options, &stop);
    let source = TarFile::open(&path, WalkOptions::default()).expect("a file");
    for error in [stream.err(), source.tree(&stop).err()] {
        assert_eq!(error.expect("cancelled").code(), "artifact.hash.cancelled");
    }
}

#[test]
fn what_a_reader_says_is_the_cause() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::from(io::ErrorKind::ConnectionReset))
        }
    }
    let error = Manifest::hash_tar(Broken, "m", &HashOptions::default(), &NoControl);
    let error = error.expect_err("the reader fails");
    assert_eq!(
        (error.code(), TarError::of(&error)),
        ("artifact.hash.io", None)
    );
    assert_eq!(error.to_string(), "cannot read `m`");

    let error = both(
        &archive(vec![Raw::new("a\x1b", b'1', b"")]),
        &WalkOptions::default(),
    );
    let error = error.expect_err("a hard link");
    assert!(
        error.to_string().ends_with("model.tar/a\\u{1b}`"),
        "{error}"
    );
    let cause = TarError::of(&error).expect("it is about the archive");
    assert_eq!(cause.to_string(), "tar entry is a hard link");
}
