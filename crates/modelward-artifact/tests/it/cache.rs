use std::env::consts::OS;
use std::fs::{self, File};
use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use modelward_artifact::{
    Control, DigestAlgorithm, DigestCache, Event, HashOptions, JsonLimits, Manifest, NoControl,
    ReadCacheError, Sharding, Timestamp,
};
use proptest::prelude::*;

/// So late that every file was left alone for long.
fn later() -> Timestamp {
    "2100-01-01T00:00:00Z".parse().unwrap()
}

fn model() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in [("a", "one"), ("b", "two"), ("empty", "")] {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

/// Hashes with the cache and says how many files were not read; the result must be the true one.
fn hits(model: &Path, options: &HashOptions, cache: &mut DigestCache) -> usize {
    let cached = Manifest::hash_cached(model, options, cache, &NoControl).unwrap();
    let plain = Manifest::hash(model, options, &NoControl).unwrap();
    assert_eq!(cached, plain);
    cache.hits()
}

/// Waits for the next step of the file system's clock, without which a write can go unseen: these
/// tests say that it is long past.
fn wait_for_a_step() {
    let folder = tempfile::tempdir().unwrap();
    let probe = folder.path().join("probe");
    let written = || -> SystemTime {
        fs::write(&probe, "probe").unwrap();
        fs::metadata(&probe).unwrap().modified().unwrap()
    };
    let first = written();
    while written() == first {
        std::thread::yield_now();
    }
}

#[test]
fn only_what_changed_is_read_again() {
    let model = model();
    let options = HashOptions::default();
    let mut cache = DigestCache::new(later());
    assert_eq!(hits(model.path(), &options, &mut cache), 0);
    assert_eq!(hits(model.path(), &options, &mut cache), 3);

    type Change = fn(&Path);
    let changes: [(&str, Change, usize); 5] = [
        (
            "written with the same size",
            |at| fs::write(at.join("a"), "eno").unwrap(),
            2,
        ),
        (
            "another size",
            |at| fs::write(at.join("a"), "longer").unwrap(),
            2,
        ),
        ("touched", |at| touch(&at.join("a")), 2),
        ("removed", |at| fs::remove_file(at.join("a")).unwrap(), 2),
        ("added", |at| fs::write(at.join("new"), "new").unwrap(), 2),
    ];
    for (what, change, expected) in changes {
        wait_for_a_step();
        change(model.path());
        assert_eq!(hits(model.path(), &options, &mut cache), expected, "{what}");
        let files = fs::read_dir(model.path()).unwrap().count();
        assert_eq!(
            hits(model.path(), &options, &mut cache),
            files,
            "{what}, then nothing"
        );
    }
}

fn touch(path: &Path) {
    let file = File::options().write(true).open(path).unwrap();
    file.set_modified(UNIX_EPOCH + Duration::from_secs(1))
        .unwrap();
}

#[cfg(unix)]
#[test]
fn a_copy_in_the_place_of_a_file_is_read() {
    let model = model();
    let options = HashOptions::default();
    let mut cache = DigestCache::new(later());
    hits(model.path(), &options, &mut cache);
    let [old, copy] = ["a", "copy"].map(|name| model.path().join(name));
    let modified = fs::metadata(&old).unwrap().modified().unwrap();
    fs::write(&copy, "eno").unwrap();
    File::options()
        .write(true)
        .open(&copy)
        .unwrap()
        .set_modified(modified)
        .unwrap();
    fs::rename(&copy, &old).unwrap();
    assert_eq!(
        hits(model.path(), &options, &mut cache),
        2,
        "same size and time, other file"
    );
}

#[cfg(unix)]
#[test]
fn a_file_behind_a_link_is_always_read() {
    use modelward_artifact::{Symlinks, WalkOptions};

    let model = model();
    std::os::unix::fs::symlink("a", model.path().join("link")).unwrap();
    let walk = WalkOptions::default().with_symlinks(Symlinks::FollowWithin);
    let options = HashOptions::default().with_walk(walk);
    let mut cache = DigestCache::new(later());
    hits(model.path(), &options, &mut cache);
    assert_eq!(hits(model.path(), &options, &mut cache), 3, "of four");

    // Nor is a digest used that was kept for the file itself.
    let links = tempfile::tempdir().unwrap();
    for name in ["a", "b"] {
        let target = model.path().join(name);
        std::os::unix::fs::symlink(target, links.path().join(name)).unwrap();
    }
    let walk = WalkOptions::default().with_symlinks(Symlinks::FollowAnywhere);
    let options = HashOptions::default().with_walk(walk);
    assert_eq!(hits(links.path(), &options, &mut cache), 0);
}

/// Notes the files and bytes of each start, and the files that are hashed.
#[derive(Default)]
struct Heard(Mutex<Vec<String>>);

impl Control for Heard {
    fn on_event(&self, event: &Event<'_>) {
        let text = match event {
            Event::Started { files, bytes } => format!("{files} files, {bytes} bytes"),
            Event::Hashed { path, .. } => path.to_string(),
            _ => return,
        };
        self.0.lock().unwrap().push(text);
    }
}

#[test]
fn a_control_hears_of_what_is_read_alone() {
    let model = model();
    let options = HashOptions::default().with_threads(1);
    let mut cache = DigestCache::new(later());
    let mut heard = || {
        let control = Heard::default();
        Manifest::hash_cached(model.path(), &options, &mut cache, &control).unwrap();
        let mut heard = control.0.into_inner().unwrap();
        heard.sort();
        heard
    };
    assert_eq!(heard(), ["3 files, 6 bytes", "a", "b", "empty"]);
    assert_eq!(heard(), [""; 0]);
    fs::write(model.path().join("b"), "longer").unwrap();
    assert_eq!(heard(), ["1 files, 6 bytes", "b"]);
}

#[test]
fn a_model_that_is_one_file_is_read_once() {
    let model = model();
    let file = model.path().join("a");
    let mut cache = DigestCache::new(later());
    assert_eq!(hits(&file, &HashOptions::default(), &mut cache), 0);
    assert_eq!(hits(&file, &HashOptions::default(), &mut cache), 1);
}

#[test]
fn what_can_never_be_used_again_is_dropped() {
    let model = model();
    let mut cache = DigestCache::new(later());
    let files = |cache: &DigestCache| {
        let text = String::from_utf8(cache.to_json()).unwrap();
        text.matches(r#""path""#).count()
    };
    for algorithm in [DigestAlgorithm::Sha256, DigestAlgorithm::Blake3] {
        let options = HashOptions::default().with_algorithm(algorithm);
        hits(model.path(), &options, &mut cache);
    }
    assert_eq!(files(&cache), 6);
    fs::remove_file(model.path().join("a")).unwrap();
    fs::write(model.path().join("b"), "longer").unwrap();
    hits(model.path(), &HashOptions::default(), &mut cache);
    assert_eq!(files(&cache), 3, "two by one algorithm, one by the other");
}

#[test]
fn an_error_leaves_the_digests_as_they_are() {
    let model = model();
    let options = HashOptions::default();
    let mut cache = DigestCache::new(later());
    hits(model.path(), &options, &mut cache);
    let before = cache.to_json();
    fs::write(model.path().join("a"), "longer").unwrap();
    let stop = std::sync::atomic::AtomicBool::new(true);
    let error = Manifest::hash_cached(model.path(), &options, &mut cache, &stop).unwrap_err();
    assert_eq!(error.code(), "artifact.hash.cancelled");
    assert_eq!(cache.to_json(), before);
    assert_eq!(cache.hits(), 0);
}

#[test]
fn digests_are_kept_for_each_algorithm_and_not_for_shards() {
    let model = model();
    let mut cache = DigestCache::new(later());
    for algorithm in DigestAlgorithm::ALL {
        let options = HashOptions::default().with_algorithm(algorithm);
        assert_eq!(hits(model.path(), &options, &mut cache), 0, "{algorithm}");
    }
    for algorithm in DigestAlgorithm::ALL {
        let options = HashOptions::default().with_algorithm(algorithm);
        assert_eq!(hits(model.path(), &options, &mut cache), 3, "{algorithm}");
    }
    let options = HashOptions::default().with_sharding(Sharding::Auto);
    assert_eq!(hits(model.path(), &options, &mut cache), 0);
}

#[test]
fn a_file_that_was_just_written_is_read_again() {
    let model = model();
    let modified = fs::metadata(model.path().join("a"))
        .unwrap()
        .modified()
        .unwrap();
    let written = modified.duration_since(UNIX_EPOCH).unwrap().as_secs();
    for (seconds, expected) in [(0, 0), (1, 0), (2, 0), (60, 3)] {
        let now = i64::try_from(written + seconds).unwrap();
        let mut cache = DigestCache::new(Timestamp::from_unix_seconds(now).unwrap());
        hits(model.path(), &HashOptions::default(), &mut cache);
        let again = hits(model.path(), &HashOptions::default(), &mut cache);
        assert_eq!(again, expected, "{seconds} seconds after");
    }
}

#[test]
fn a_cache_survives_being_stored() {
    let model = model();
    let options = HashOptions::default();
    let mut cache = DigestCache::new(later());
    hits(model.path(), &options, &mut cache);
    let json = cache.to_json();
    let mut read = DigestCache::read_json(&json, &JsonLimits::default(), later()).unwrap();
    assert_eq!(read.to_json(), json);
    assert_eq!(hits(model.path(), &options, &mut read), 3);
}

#[test]
fn who_can_write_the_cache_chooses_the_digests() {
    let model = model();
    let options = HashOptions::default();
    let mut cache = DigestCache::new(later());
    hits(model.path(), &options, &mut cache);
    let json = String::from_utf8(cache.to_json()).unwrap();
    let one = Manifest::hash(model.path(), &options, &NoControl)
        .unwrap()
        .entries()[0]
        .digest()
        .to_string();
    let forged = json.replace(&one, &format!("sha256:{}", "0".repeat(64)));
    let mut forged =
        DigestCache::read_json(forged.as_bytes(), &JsonLimits::default(), later()).unwrap();
    let manifest = Manifest::hash_cached(model.path(), &options, &mut forged, &NoControl).unwrap();
    assert_eq!(manifest.entries()[0].digest().to_hex(), "0".repeat(64));
}

/// A cache of one file `a`, as it is written where this test runs.
fn stored() -> String {
    let model = tempfile::tempdir().unwrap();
    fs::write(model.path().join("a"), "one").unwrap();
    let mut cache = DigestCache::new(later());
    hits(model.path(), &HashOptions::default(), &mut cache);
    String::from_utf8(cache.to_json()).unwrap()
}

fn read(text: &str, limits: &JsonLimits) -> Result<DigestCache, ReadCacheError> {
    DigestCache::read_json(text.as_bytes(), limits, later())
}

#[test]
fn what_is_no_cache_is_refused() {
    let stored = stored();
    let start = stored.find(r#"{"path""#).unwrap();
    let file = &stored[start..stored.rfind(']').unwrap()];
    let digest = file.split('"').find(|part| part.starts_with("sha256:"));
    let digest = digest.unwrap();
    let with = |old: &str, new: &str| {
        assert!(stored.contains(old), "{old} is not in {stored}");
        stored.replacen(old, new, 1)
    };
    let cases = [
        (String::new(), "artifact.json.syntax"),
        (format!("\u{feff}{stored}"), "artifact.json.syntax"),
        (format!("{stored}{stored}"), "artifact.json.syntax"),
        ("[]".to_owned(), "artifact.cache.schema"),
        (with("cache/1", "cache/2"), "artifact.cache.schema"),
        (
            with(r#""schema":"modelward.digest-cache/1","#, ""),
            "artifact.cache.schema",
        ),
        (with(OS, "plan9"), "artifact.cache.platform"),
        (
            with(&format!(r#""platform":"{OS}","#), ""),
            "artifact.cache.platform",
        ),
        (
            with(file, &format!("{file},{file}")),
            "artifact.cache.duplicate",
        ),
        (with(r#""files""#, r#""file""#), "artifact.json.shape"),
        (
            with(r#""files":["#, r#""files":[null,"#),
            "artifact.json.shape",
        ),
        (
            with(r#""files":["#, r#""more":1,"files":["#),
            "artifact.json.shape",
        ),
        (
            with(r#""path":"#, r#""more":1,"path":"#),
            "artifact.json.shape",
        ),
        (
            with(r#""size":"#, r#""more":1,"size":"#),
            "artifact.json.shape",
        ),
        (
            with(r#""seconds":"#, r#""more":1,"seconds":"#),
            "artifact.json.shape",
        ),
        (with("sha256:", "md5:"), "artifact.json.shape"),
        (
            with(digest, &digest[..digest.len() - 1]),
            "artifact.json.shape",
        ),
        (with(digest, "sha256:"), "artifact.json.shape"),
        (with(r#""a""#, r#""../a""#), "artifact.json.shape"),
        (with(r#""a""#, r#""/a""#), "artifact.json.shape"),
        (with(r#""a""#, "1"), "artifact.json.shape"),
        (with(r#""size":3"#, r#""size":-1"#), "artifact.json.shape"),
        (with(r#""size":3"#, r#""size":"3""#), "artifact.json.shape"),
        (with(r#""size":3"#, r#""size":3.5"#), "artifact.json.shape"),
        (
            with(r#""size":3"#, r#""size":18446744073709551616"#),
            "artifact.json.shape",
        ),
        (
            with(r#""size":3"#, r#""size":3,"size":3"#),
            "artifact.json.duplicate",
        ),
    ];
    for (text, code) in cases {
        let error = read(&text, &JsonLimits::default()).unwrap_err();
        assert_eq!(error.code(), code, "{text}");
    }
}

#[test]
fn errors_say_what_is_wrong() {
    let stored = stored();
    let schema = "expected `modelward.digest-cache/1`";
    let cases = [
        ("{}".to_owned(), format!("cache has no schema, {schema}")),
        (
            stored.replace("cache/1", "cache/\\u001b"),
            format!("cache has the schema `modelward.digest-cache/\\u{{1b}}`, {schema}"),
        ),
        (
            stored.replace(OS, "plan9"),
            format!("cache has the platform `plan9`, expected `{OS}`"),
        ),
        ("{".to_owned(), "cache is not the expected json".to_owned()),
    ];
    for (text, expected) in cases {
        let error = read(&text, &JsonLimits::default()).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn a_cache_is_read_within_limits() {
    let stored = stored();
    let limits = JsonLimits::default();
    let cases = [
        (limits.with_max_bytes(stored.len()), None),
        (
            limits.with_max_bytes(stored.len() - 1),
            Some("artifact.json.too_large"),
        ),
        (limits.with_max_values(5), Some("artifact.json.too_many")),
        (limits.with_max_depth(2), Some("artifact.json.depth")),
    ];
    for (limits, code) in cases {
        let error = read(&stored, &limits).err();
        assert_eq!(error.map(|error| error.code()), code, "{limits:?}");
    }
}

#[cfg(unix)]
#[test]
fn numbers_beyond_floating_point_survive_being_stored() {
    let stored = stored();
    let start = stored.find(r#""device":"#).unwrap();
    let end = stored[start..].find('}').unwrap() + start;
    let large = r#""device":18446744073709551615,"inode":9007199254740993"#;
    let stored = format!("{}{large}{}", &stored[..start], &stored[end..]);
    let cache = read(&stored, &JsonLimits::default()).unwrap();
    assert_eq!(String::from_utf8(cache.to_json()).unwrap(), stored);
}

#[derive(Clone, Copy, Debug)]
enum Edit {
    Copy,
    Remove,
    Rename,
    Rewrite,
    Touch,
    Write(u8),
}

impl Edit {
    /// Edits a file, or two; what cannot be done, such as to a file that is not there, is left out.
    fn apply(self, model: &Path, [from, to]: [u8; 2]) {
        let [from, to] = [from, to].map(|name| model.join(name.to_string()));
        let done = match self {
            Self::Copy => fs::copy(from, to).map(drop),
            Self::Remove => fs::remove_file(from),
            Self::Rename => fs::rename(from, to),
            Self::Rewrite => fs::read(&from).and_then(|mut bytes| {
                bytes.reverse();
                fs::write(from, bytes)
            }),
            Self::Touch => File::options()
                .write(true)
                .open(from)
                .and_then(|file| file.set_modified(touched())),
            Self::Write(count) => fs::write(from, (0..count).collect::<Vec<u8>>()),
        };
        let _ = done;
    }
}

/// Without inodes, two files of one size and time cannot be told apart, so times must differ there.
fn touched() -> SystemTime {
    if cfg!(unix) {
        UNIX_EPOCH
    } else {
        SystemTime::now()
    }
}

fn edits() -> impl Strategy<Value = Vec<(Edit, [u8; 2])>> {
    let edit = prop_oneof![
        Just(Edit::Copy),
        Just(Edit::Remove),
        Just(Edit::Rename),
        Just(Edit::Rewrite),
        Just(Edit::Touch),
        (0..9_u8).prop_map(Edit::Write),
    ];
    prop::collection::vec((edit, [0..4_u8, 0..4_u8]), 1..5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_edits_give_what_hashing_without_a_cache_gives(
        runs in prop::collection::vec(edits(), 1..5),
    ) {
        let model = model();
        let mut cache = DigestCache::new(later());
        for edits in runs {
            hits(model.path(), &HashOptions::default(), &mut cache);
            wait_for_a_step();
            for (edit, names) in edits {
                edit.apply(model.path(), names);
            }
            let json = cache.to_json();
            cache = DigestCache::read_json(&json, &JsonLimits::default(), later()).unwrap();
            hits(model.path(), &HashOptions::default(), &mut cache);
            let files = fs::read_dir(model.path()).unwrap().count();
            prop_assert_eq!(hits(model.path(), &HashOptions::default(), &mut cache), files);
        }
    }
}
