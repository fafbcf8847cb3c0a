//! Keeps what the readers are made for, for the fuzzer to begin with.

use std::num::NonZeroU64;
use std::path::PathBuf;
use std::{env, fs};

use modelward_artifact::{
    AtlasTechnique, Date, Digest, DigestAlgorithm, DigestCache, Entry, EntryPath, HashOptions,
    JsonLimits, Manifest, NoControl, ResourceName, Shard, Sums, SumsFormat, SumsLimits, Timestamp,
    json,
};

use crate::tar::{Raw, archive, file, pax};

/// Keeps a file for a target, in the folder that `MODELWARD_SEEDS` names. Without it nothing is kept.
fn keep(target: &str, bytes: &[u8]) {
    if let Some(folder) = env::var_os("MODELWARD_SEEDS") {
        let folder = PathBuf::from(folder).join(target);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(Digest::sha256(bytes).to_hex()), bytes).unwrap();
    }
}

fn files(algorithm: DigestAlgorithm) -> Manifest {
    let paths = [
        "-",
        "config.json",
        "onnx/model.onnx",
        "two\nlines",
        "\u{e9}",
    ];
    let entry = |path: &str| Entry::new(path.parse().unwrap(), 3, Digest::of(algorithm, b"abc"));
    Manifest::new("model", paths.map(entry).to_vec()).unwrap()
}

#[test]
fn the_fuzzer_begins_with_manifests_and_lists() {
    for algorithm in DigestAlgorithm::ALL {
        let manifest = files(algorithm);
        keep("manifest", &manifest.to_json());
        for format in [SumsFormat::Bsd, SumsFormat::Gnu] {
            let text = manifest.to_sums(format).unwrap();
            let read = Sums::read(text.as_bytes(), algorithm, &SumsLimits::default());
            assert_eq!(read.unwrap().resources().len(), 5);
            keep("sums", text.as_bytes());
            let noted = format!("# a note\r\n\n{}", text.replacen("  ", " *", 1));
            keep("sums", noted.as_bytes());
        }
    }
    let size = NonZeroU64::new(4).unwrap();
    let shards = [(0, 4), (4, 8), (8, 9)].map(|(start, end)| {
        let shard = Shard::new(start, end).unwrap();
        Entry::shard(
            "weights.bin".parse().unwrap(),
            shard,
            Digest::sha256(b"abc"),
        )
    });
    let sharded = Manifest::sharded("model", size, shards.to_vec()).unwrap();
    keep("manifest", &sharded.to_json());
    let one = Entry::new("weights.bin".parse().unwrap(), 3, Digest::sha256(b"abc"));
    let one = Manifest::new("weights.bin", vec![one]).unwrap();
    keep("manifest", &one.into_single_file().unwrap().to_json());
}

#[test]
fn the_fuzzer_begins_with_digests_that_were_kept() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["config.json", "weights.bin"] {
        fs::write(folder.path().join(name), name).unwrap();
    }
    let now: Timestamp = "2100-01-01T00:00:00Z".parse().unwrap();
    let mut cache = DigestCache::new(now);
    for algorithm in [DigestAlgorithm::Sha256, DigestAlgorithm::Blake3] {
        let options = HashOptions::default().with_algorithm(algorithm);
        Manifest::hash_cached(folder.path(), &options, &mut cache, &NoControl).unwrap();
    }
    let written = cache.to_json();
    assert!(DigestCache::read_json(&written, &JsonLimits::default(), now).is_ok());
    keep("digest-cache", &written);
}

#[test]
fn the_fuzzer_begins_with_names() {
    let digest = Digest::sha256(b"abc");
    let names = [
        digest.to_string(),
        digest.to_hex(),
        Digest::of(DigestAlgorithm::Blake2b, b"abc").to_string(),
        "onnx/model.onnx".parse::<EntryPath>().unwrap().to_string(),
        ResourceName::parse_shard("weights.bin:0:4")
            .unwrap()
            .to_string(),
        "2026-11-26T10:00:00.123+01:00".to_owned(),
        "2026-11-26T10:00:00Z"
            .parse::<Timestamp>()
            .unwrap()
            .to_string(),
        "2028-02-29".parse::<Date>().unwrap().to_string(),
        "AML.T0010.001"
            .parse::<AtlasTechnique>()
            .unwrap()
            .to_string(),
    ];
    for name in names {
        keep("name", name.as_bytes());
    }
}

#[test]
fn the_fuzzer_begins_with_json() {
    for text in [
        r#"{"b":1.0,"a":[true,null,-0,1e20,0.1],"c":{"\u20ac":"\ud83d\ude00\n"}}"#,
        r#"{"entries":[{"a":1},[],9007199254740991],"other":[1]}"#,
        "[[[[[[]]]]]]",
        "\"\\u0000\\\\\"",
        "-1.5e-9",
    ] {
        json::read(text.as_bytes(), &JsonLimits::default()).unwrap();
        keep("json", text.as_bytes());
    }
}

#[test]
fn the_fuzzer_begins_with_archives() {
    let archives = [
        vec![Raw::new("m/", b'5', b""), file("m/a"), file("m/onnx/b")],
        vec![file("./a"), file("./b")],
        vec![
            pax(b'x', &[("path", "m/long name"), ("size", "3")]),
            file("m/a"),
        ],
        vec![
            pax(b'g', &[("comment", "a")]),
            file("m/a"),
            Raw::new("m/e", b'0', b""),
        ],
        vec![
            Raw::new("././@LongLink", b'L', b"m/a long name\0"),
            file("m/a"),
        ],
    ];
    for entries in archives {
        let bytes = archive(entries);
        Manifest::hash_tar(&bytes[..], "m", &HashOptions::default(), &NoControl).unwrap();
        keep("tar", &bytes);
    }
}

#[test]
fn the_fuzzer_begins_with_texts_that_act() {
    for text in [
        "a\u{1b}[2Jb\r\n\t\\",
        "\u{202e}txt.exe\u{2066}\u{200b}\u{feff}",
        "<script>alert('1') & \"2\"</script>",
        "# a | b\nwww.example.org **c** `d` [e](f) ~g~ 1. -",
    ] {
        keep("escape", text.as_bytes());
    }
}
