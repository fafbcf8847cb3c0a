use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use modelward_artifact::{
    DigestAlgorithm, DigestCache, HashOptions, JsonLimits, Manifest, NoControl, Sharding, Timestamp,
};

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

#[test]
fn what_is_no_cache_is_refused() {
    let schema = "modelward.digest-cache/1";
    let stamp = r#"{"size":1,"modified":null,"changed":{"seconds":0,"nanoseconds":0},"device":1,"inode":1}"#;
    let digest = format!("sha256:{}", "0".repeat(64));
    let file = format!(r#"{{"path":"a","digest":"{digest}","stamp":{stamp}}}"#);
    let document = |files: &str| format!(r#"{{"schema":"{schema}","files":[{files}]}}"#);
    let duplicate = if cfg!(unix) {
        "artifact.cache.duplicate"
    } else {
        "artifact.json.shape"
    };
    let cases = [
        (String::new(), "artifact.json.syntax"),
        (document("").replace("/1", "/2"), "artifact.cache.schema"),
        (document(&format!("{file},{file}")), duplicate),
        (
            document(&file.replace("sha256:", "md5:")),
            "artifact.json.shape",
        ),
        (
            document(&file.replace(r#""a""#, r#""../a""#)),
            "artifact.json.shape",
        ),
        (
            document(&file.replace("inode", "file_index")),
            "artifact.json.shape",
        ),
        (
            document(&file.replace(r#""size":1"#, r#""size":-1"#)),
            "artifact.json.shape",
        ),
        (
            document(&file.replace(r#""size":1"#, r#""size":1,"size":2"#)),
            "artifact.json.duplicate",
        ),
    ];
    for (text, code) in cases {
        let error =
            DigestCache::read_json(text.as_bytes(), &JsonLimits::default(), later()).unwrap_err();
        assert_eq!(error.code(), code, "{text}");
    }
}
