use std::error::Error;
use std::num::NonZeroU64;

use modelward_artifact::json::{self, JsonError};
use modelward_artifact::{
    Digest, DigestAlgorithm, Entry, EntryPath, HashOptions, Hasher, JsonLimits, Layout, Manifest,
    ManifestError, NoControl, ReadManifestError, ResourceNameError, Shard, SumsError,
};
use proptest::prelude::*;
use serde_json::{Value, json};

fn path(text: &str) -> EntryPath {
    text.parse().expect("a plain path")
}

fn read(text: &[u8]) -> Result<Manifest, ReadManifestError> {
    Manifest::read_json(text, &JsonLimits::default())
}

fn files() -> Manifest {
    let entries = ["b", "a"].map(|name| Entry::new(path(name), 1, Digest::sha256(name.as_bytes())));
    Manifest::new("m", entries.to_vec()).expect("a manifest")
}

fn shards() -> Manifest {
    let entries = [(0, 4), (4, 6)].map(|(start, end)| {
        let shard = Shard::new(start, end).expect("it has bytes");
        Entry::shard(path("f"), shard, Digest::sha256(b"f"))
    });
    let size = NonZeroU64::new(4).expect("not zero");
    Manifest::sharded("m", size, entries.to_vec()).expect("they tile")
}

fn value(manifest: &Manifest) -> Value {
    serde_json::to_value(manifest).expect("it has a JSON form")
}

#[test]
fn the_document_is_pinned() {
    let text = String::from_utf8(shards().to_json()).expect("JSON is UTF-8");
    let expected = r#"{
  "schema": "modelward.manifest/1",
  "name": "m",
  "algorithm": "sha256",
  "layout": {
    "shards": 4
  },
  "root": "sha256:b2c3c5b94bcce4ae716a5d9271c44d89a9198000f4124ebcf958a898f7087876",
  "links_followed": false,
  "single_file": false,
  "ignored": [],
  "excluded": [],
  "empty_files": [],
  "entries": [
    {
      "path": "f",
      "start": 0,
      "end": 4,
      "size": 4,
      "digest": "sha256:252f10c83610ebca1a059c0bae8255eba2f95be4d1d7bcfa89d7248a82d9f111"
    },
    {
      "path": "f",
      "start": 4,
      "end": 6,
      "size": 2,
      "digest": "sha256:252f10c83610ebca1a059c0bae8255eba2f95be4d1d7bcfa89d7248a82d9f111"
    }
  ]
}
"#;
    assert_eq!(text, expected);
    assert_eq!(value(&files())["layout"], "files");
    assert_eq!(value(&files())["entries"][0].get("start"), None);
    assert_eq!(
        json::read(&shards().to_json(), &JsonLimits::default()).expect("strict JSON"),
        value(&shards()),
    );
}

#[test]
fn what_was_ignored_and_excluded_survives() {
    let folder = tempfile::tempdir().expect("a scratch folder can be made");
    std::fs::write(folder.path().join("w"), b"w").expect("the folder is writable");
    std::fs::write(folder.path().join(".gitignore"), b"x").expect("the folder is writable");
    let manifest = Manifest::hash(folder.path(), &HashOptions::default(), &NoControl)
        .expect("the model can be hashed");
    let again = read(&manifest.to_json()).expect("our own text");
    assert_eq!(again, manifest);
    assert_eq!(again.excluded(), [path(".gitignore")]);
    assert_eq!(again.ignored().len(), 4);
}

#[test]
fn empty_files_and_followed_links_survive() {
    let mut document = value(&shards());
    document["empty_files"] = json!(["e", "g"]);
    document["links_followed"] = json!(true);
    let manifest = read(document.to_string().as_bytes()).expect("a manifest");
    assert_eq!(manifest.empty_files(), [path("e"), path("g")]);
    assert!(manifest.links_followed());
    assert_eq!(
        manifest.root(),
        shards().root(),
        "they are not in the root digest"
    );
    assert_ne!(manifest, shards());
    assert_eq!(read(&manifest.to_json()).expect("our own text"), manifest);
}

/// A JSON pointer, what to put there (null takes the member away), and what is then said.
type Case = (&'static str, Value, &'static str, &'static str);

#[track_caller]
fn refused(document: &Value, cases: &[Case]) {
    for (pointer, new, text, code) in cases {
        let mut document = document.clone();
        let (parent, member) = pointer.rsplit_once('/').expect("a pointer");
        let parent = document
            .pointer_mut(parent)
            .expect("the case names a member");
        match parent {
            Value::Object(members) if new.is_null() => {
                members.remove(member).expect("the case names a member");
            }
            Value::Array(items) => items[member.parse::<usize>().expect("an index")] = new.clone(),
            _ => parent[member] = new.clone(),
        }
        let error = read(document.to_string().as_bytes()).expect_err(pointer);
        assert_eq!(
            (error.to_string().as_str(), error.code()),
            (*text, *code),
            "{pointer} {new}"
        );
    }
}

#[test]
fn a_document_that_is_not_ours_is_refused() {
    let shape = "artifact.manifest.shape";
    let members = "document does not have the members of a manifest";
    refused(
        &value(&files()),
        &[
            (
                "/schema",
                json!("modelward.manifest/2"),
                "document has the schema `modelward.manifest/2`, expected `modelward.manifest/1`",
                "artifact.manifest.schema",
            ),
            (
                "/schema",
                Value::Null,
                "document has no schema, expected `modelward.manifest/1`",
                "artifact.manifest.schema",
            ),
            (
                "/schema",
                json!(1),
                "document has no schema, expected `modelward.manifest/1`",
                "artifact.manifest.schema",
            ),
            ("/comment", json!("hi"), members, shape),
            ("/ignored", Value::Null, members, shape),
            ("/layout", json!({"shards": 0}), members, shape),
            ("/layout", json!("chunks"), members, shape),
            (
                "/entries/1",
                json!([]),
                "/entries/1 does not have the members of a manifest",
                shape,
            ),
            (
                "/entries/1/mode",
                json!(420),
                "/entries/1 does not have the members of a manifest",
                shape,
            ),
            (
                "/entries/0",
                json!({"path": "a", "start": null, "end": null, "size": 1, "digest": ""}),
                "/entries/0 does not have the members of a manifest",
                shape,
            ),
            (
                "/entries/0/size",
                json!(-1),
                "/entries/0 does not have the members of a manifest",
                shape,
            ),
            (
                "/algorithm",
                json!("md5\u{1b}"),
                r"manifest has the algorithm `md5\u{1b}`, which is not known",
                "artifact.manifest.algorithm",
            ),
        ],
    );
    let error = read(b"{\"schema\": 1, \"schema\": 1}").expect_err("twice");
    assert_eq!(error.to_string(), "manifest is not strict json");
    assert_eq!(error.code(), "artifact.json.duplicate");
    assert_eq!(
        read(b"[]").expect_err("no object").code(),
        "artifact.manifest.schema"
    );
}

#[test]
fn members_that_do_not_make_one_manifest_are_refused() {
    let hex = Digest::sha256(b"a").to_hex();
    let document = value(&files());
    let order = "does not stand behind the one before it in code point order";
    let order_at = |place: &str| -> &'static str { format!("{place} {order}").leak() };
    let digest = "/entries/0/digest is not a digest as `sha256:..`";
    let b = document["entries"][1].clone();
    refused(
        &document,
        &[
            (
                "/root",
                json!(Digest::sha256(b"")),
                "manifest states the root digest \
                 sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855, its \
                 entries have \
                 sha256:e5a01fee14e0ed5c48714f22180f25ad8365b53f9779f79dc4a3d7e93963f94a",
                "artifact.manifest.root",
            ),
            (
                "/root",
                json!(hex),
                "/root is not a digest as `sha256:..`",
                "artifact.manifest.digest",
            ),
            (
                "/entries/0",
                b,
                order_at("/entries/1"),
                "artifact.manifest.order",
            ),
            (
                "/entries/0/path",
                json!("c"),
                order_at("/entries/1"),
                "artifact.manifest.order",
            ),
            (
                "/ignored",
                json!(["b", "a"]),
                order_at("/ignored/1"),
                "artifact.manifest.order",
            ),
            (
                "/excluded",
                json!(["b", "b"]),
                order_at("/excluded/1"),
                "artifact.manifest.order",
            ),
            (
                "/entries/0/digest",
                json!(hex),
                digest,
                "artifact.manifest.digest",
            ),
            (
                "/entries/0/digest",
                json!(format!("sha256:{}", hex.to_uppercase())),
                digest,
                "artifact.manifest.digest",
            ),
            (
                "/entries/0/digest",
                json!(format!("md5:{hex}")),
                digest,
                "artifact.manifest.digest",
            ),
            (
                "/entries/0/path",
                json!("../a"),
                "/entries/0/path is no path inside of a model",
                "artifact.manifest.name",
            ),
            (
                "/ignored",
                json!(["/etc"]),
                "/ignored/0 is no path inside of a model",
                "artifact.manifest.name",
            ),
            (
                "/empty_files",
                json!(["e"]),
                "/empty_files/0 is not a file without shards in a manifest of shards",
                "artifact.manifest.empty_file",
            ),
            (
                "/layout",
                json!({"shards": 4}),
                "the entries do not make a manifest",
                "artifact.manifest.whole_file",
            ),
            (
                "/entries",
                json!([]),
                "the entries do not make a manifest",
                "artifact.manifest.empty",
            ),
        ],
    );
}

#[test]
fn shards_that_do_not_fit_are_refused() {
    let bounds = "/entries/1 does not have the bounds of a shard";
    let entries = "the entries do not make a manifest";
    refused(
        &value(&shards()),
        &[
            (
                "/entries/1/end",
                Value::Null,
                bounds,
                "artifact.manifest.bounds",
            ),
            (
                "/entries/1/start",
                Value::Null,
                bounds,
                "artifact.manifest.bounds",
            ),
            (
                "/entries/1/end",
                json!(4),
                bounds,
                "artifact.manifest.bounds",
            ),
            (
                "/entries/1/size",
                json!(3),
                "/entries/1/size states 3 bytes, its bounds have 2",
                "artifact.manifest.size",
            ),
            (
                "/layout",
                json!("files"),
                entries,
                "artifact.manifest.shard",
            ),
            (
                "/layout",
                json!({"shards": 5}),
                entries,
                "artifact.manifest.shard_size",
            ),
            (
                "/empty_files",
                json!(["e", "f"]),
                "/empty_files/1 is not a file without shards in a manifest of shards",
                "artifact.manifest.empty_file",
            ),
        ],
    );
}

#[test]
fn the_limits_hold() {
    let text = files().to_json();
    let cases = [
        (
            JsonLimits::default().with_max_bytes(text.len() - 1),
            "artifact.json.too_large",
        ),
        (
            JsonLimits::default().with_max_values(10),
            "artifact.json.too_many",
        ),
        (
            JsonLimits::default().with_max_depth(2),
            "artifact.json.depth",
        ),
    ];
    for (limits, code) in cases {
        let error = Manifest::read_json(&text, &limits).expect_err(code);
        assert_eq!(error.code(), code);
        assert!(matches!(
            error,
            ReadManifestError::Json {
                source: JsonError::Depth { .. }
                    | JsonError::TooLarge { .. }
                    | JsonError::TooMany { .. },
            }
        ));
    }
    let limits = JsonLimits::default()
        .with_max_bytes(text.len())
        .with_max_depth(3);
    Manifest::read_json(&text, &limits).expect("the limits themselves are allowed");
}

#[test]
fn errors_are_errors_and_stay_small_enough_to_return() {
    fn error<T: Error + Send + Sync + 'static>() -> usize {
        size_of::<T>()
    }
    let sizes = [
        error::<ReadManifestError>(),
        error::<ManifestError>(),
        error::<ResourceNameError>(),
        error::<SumsError>(),
    ];
    assert!(sizes.iter().all(|size| *size <= 128), "{sizes:?}");
}

fn digest(algorithm: DigestAlgorithm, text: &str) -> Digest {
    let mut hasher = Hasher::new(algorithm);
    hasher.update(text.as_bytes());
    hasher.finish()
}

fn paths() -> impl Strategy<Value = EntryPath> {
    "[a-c:\n\u{e9}\u{1f600}\"-]{1,4}(/[a-c. ]{3,5})?"
        .prop_filter_map("a path", |text| text.parse().ok())
}

fn manifests() -> impl Strategy<Value = Manifest> {
    let algorithm = proptest::sample::select(DigestAlgorithm::ALL.to_vec());
    let files = proptest::collection::btree_map(paths(), 1..40_u64, 1..6);
    let layout = prop_oneof![
        Just(Layout::Files),
        (1..16_u64).prop_map(|size| Layout::Shards {
            size: NonZeroU64::new(size).expect("not zero"),
        }),
    ];
    (".{0,8}", algorithm, files, layout).prop_map(|(name, algorithm, files, layout)| match layout {
        Layout::Files => {
            let entry = |(path, size): (EntryPath, u64)| {
                let digest = digest(algorithm, path.as_str());
                Entry::new(path, size, digest)
            };
            Manifest::new(name, files.into_iter().map(entry).collect()).expect("files")
        }
        Layout::Shards { size } => {
            let mut entries = Vec::new();
            for (path, length) in files {
                for start in (0..length).step_by(usize::try_from(size.get()).expect("small")) {
                    let end = length.min(start + size.get());
                    let shard = Shard::new(start, end).expect("it has bytes");
                    let digest = digest(algorithm, &format!("{path}:{shard}"));
                    entries.push(Entry::shard(path.clone(), shard, digest));
                }
            }
            Manifest::sharded(name, size, entries).expect("they tile")
        }
    })
}

proptest! {
    #[test]
    fn a_manifest_survives_its_document(manifest in manifests()) {
        let text = manifest.to_json();
        let again = read(&text).expect("our own text");
        prop_assert_eq!(again.to_json(), text);
        prop_assert_eq!(again.differences(manifest.resources()), []);
        prop_assert_eq!(again, manifest);
    }

    #[test]
    fn a_manifest_does_not_depend_on_the_order_of_its_entries(manifest in manifests()) {
        let entries: Vec<Entry> = manifest.entries().iter().rev().cloned().collect();
        let again = match manifest.layout() {
            Layout::Files => Manifest::new(manifest.name(), entries),
            Layout::Shards { size } => Manifest::sharded(manifest.name(), size, entries),
        };
        prop_assert_eq!(again, Ok(manifest));
    }

    #[test]
    fn every_shard_is_found_by_its_file(manifest in manifests()) {
        let count: usize = manifest
            .entries()
            .iter()
            .filter(|entry| entry.name().shard().is_none_or(|shard| shard.start() == 0))
            .map(|entry| manifest.shards_of(entry.path().as_str()).len())
            .sum();
        let expected = match manifest.layout() {
            Layout::Files => 0,
            Layout::Shards { .. } => manifest.entries().len(),
        };
        prop_assert_eq!(count, expected);
    }
}
