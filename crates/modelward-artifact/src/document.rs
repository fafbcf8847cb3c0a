use std::collections::BTreeSet;
use std::num::NonZeroU64;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::json::{self, JsonError};
use crate::{Digest, DigestAlgorithm, Entry, EntryPath, JsonLimits, Layout, Manifest, Shard};

mod error;

pub use crate::document::error::ReadManifestError;

/// The `schema` of the documents that this version writes and reads.
const SCHEMA: &str = "modelward.manifest/1";

impl Manifest {
    /// Writes the manifest as a JSON document, the same bytes for the same manifest.
    ///
    /// The text is indented and ends with a line break.
    ///
    /// # Panics
    ///
    /// Never: a manifest's members are text and numbers.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        let mut text = serde_json::to_vec_pretty(self).expect("text and numbers have a JSON form");
        text.push(b'\n');
        text
    }

    /// Reads a document that [`Manifest::to_json`] wrote.
    ///
    /// Nothing is repaired: the order of the entries and the root digest must be what writing
    /// would give. The default limits are enough for about 300 000 files.
    ///
    /// # Errors
    ///
    /// [`ReadManifestError`] where the text is not strict JSON, has another schema, a member that
    /// is not known, or members that do not make one manifest.
    pub fn read_json(bytes: &[u8], limits: &JsonLimits) -> Result<Self, ReadManifestError> {
        let value =
            json::read(bytes, limits).map_err(|source| ReadManifestError::Json { source })?;
        let schema = value.get("schema").and_then(Value::as_str);
        if schema != Some(SCHEMA) {
            return Err(ReadManifestError::Schema {
                found: schema.map(ToOwned::to_owned),
            });
        }
        let document: ReadDocument = shaped(value, String::new)?;
        document.into_manifest()
    }
}

/// Writes the document of [`Manifest::to_json`].
impl Serialize for Manifest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let document = WrittenDocument {
            schema: SCHEMA,
            name: self.name(),
            algorithm: self.algorithm().name(),
            layout: self.layout().into(),
            root: self.root(),
            links_followed: self.links_followed(),
            single_file: self.is_single_file(),
            ignored: self.ignored(),
            excluded: self.excluded(),
            empty_files: self.empty_files(),
            entries: self.entries(),
        };
        document.serialize(serializer)
    }
}

/// Writes the entry as it stands in the document of [`Manifest::to_json`].
impl Serialize for Entry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let shard = self.name().shard();
        let entry = WrittenEntry {
            path: self.path(),
            start: shard.map(Shard::start),
            end: shard.map(Shard::end),
            size: self.size(),
            digest: self.digest(),
        };
        entry.serialize(serializer)
    }
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
enum WireLayout {
    Files,
    Shards(NonZeroU64),
}

impl From<Layout> for WireLayout {
    fn from(layout: Layout) -> Self {
        match layout {
            Layout::Files => Self::Files,
            Layout::Shards { size } => Self::Shards(size),
        }
    }
}

#[derive(Serialize)]
struct WrittenDocument<'a> {
    schema: &'static str,
    name: &'a str,
    algorithm: &'static str,
    layout: WireLayout,
    root: Digest,
    links_followed: bool,
    single_file: bool,
    ignored: &'a [EntryPath],
    excluded: &'a [EntryPath],
    empty_files: &'a [EntryPath],
    entries: &'a [Entry],
}

#[derive(Serialize)]
struct WrittenEntry<'a> {
    path: &'a EntryPath,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<u64>,
    size: u64,
    digest: &'a Digest,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadDocument {
    #[serde(rename = "schema")]
    _schema: String,
    name: String,
    algorithm: String,
    layout: WireLayout,
    root: String,
    links_followed: bool,
    single_file: bool,
    ignored: Vec<String>,
    excluded: Vec<String>,
    empty_files: Vec<String>,
    entries: Vec<Value>,
}

impl ReadDocument {
    fn into_manifest(self) -> Result<Manifest, ReadManifestError> {
        let Ok(algorithm) = self.algorithm.parse::<DigestAlgorithm>() else {
            return Err(ReadManifestError::Algorithm {
                found: self.algorithm,
            });
        };
        let entries = read_entries(self.entries, algorithm)?;
        let made = match self.layout {
            WireLayout::Files => Manifest::new(self.name, entries),
            WireLayout::Shards(size) => Manifest::sharded(self.name, size, entries),
        };
        let manifest = made
            .and_then(|made| match self.single_file {
                true => made.into_single_file(),
                false => Ok(made),
            })
            .map_err(|source| ReadManifestError::Manifest { source })?
            .with_ignored(read_paths(&self.ignored, "ignored")?)
            .with_excluded(read_paths(&self.excluded, "excluded")?)
            .with_links_followed(self.links_followed);
        check_root(&self.root, &manifest)?;
        let empty_files = read_paths(&self.empty_files, "empty_files")?;
        check_empty_files(&empty_files, &manifest)?;
        Ok(manifest.with_empty_files(empty_files))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadEntry {
    path: String,
    #[serde(default, deserialize_with = "present")]
    start: Option<u64>,
    #[serde(default, deserialize_with = "present")]
    end: Option<u64>,
    size: u64,
    digest: String,
}

impl ReadEntry {
    fn into_entry(
        self,
        place: &str,
        algorithm: DigestAlgorithm,
    ) -> Result<Entry, ReadManifestError> {
        let path = read_path(&self.path, || format!("{place}/path"))?;
        let digest = read_digest(&self.digest, algorithm, || format!("{place}/digest"))?;
        let refused = |source| ReadManifestError::Shard {
            place: place.to_owned(),
            source,
        };
        let shard = match (self.start, self.end) {
            (None, None) => return Ok(Entry::new(path, self.size, digest)),
            (Some(start), Some(end)) => {
                Shard::new(start, end).map_err(|source| refused(Some(source)))?
            }
            _ => return Err(refused(None)),
        };
        if shard.size() != self.size {
            return Err(ReadManifestError::Size {
                place: format!("{place}/size"),
                stated: self.size,
                found: shard.size(),
            });
        }
        Ok(Entry::shard(path, shard, digest))
    }
}

/// Reads a bound that is there. A null is not the same as none: one entry has one spelling.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    u64::deserialize(deserializer).map(Some)
}

fn read_entries(
    values: Vec<Value>,
    algorithm: DigestAlgorithm,
) -> Result<Vec<Entry>, ReadManifestError> {
    let mut entries: Vec<Entry> = Vec::with_capacity(values.len());
    for (index, value) in values.into_iter().enumerate() {
        let place = format!("/entries/{index}");
        let entry: ReadEntry = shaped(value, || place.clone())?;
        let entry = entry.into_entry(&place, algorithm)?;
        if entries
            .last()
            .is_some_and(|last| last.name() >= entry.name())
        {
            return Err(ReadManifestError::Order { place });
        }
        entries.push(entry);
    }
    Ok(entries)
}

fn read_paths(texts: &[String], member: &str) -> Result<Vec<EntryPath>, ReadManifestError> {
    let mut paths: Vec<EntryPath> = Vec::with_capacity(texts.len());
    for (index, text) in texts.iter().enumerate() {
        let place = || format!("/{member}/{index}");
        let path = read_path(text, place)?;
        if paths.last().is_some_and(|last| *last >= path) {
            return Err(ReadManifestError::Order { place: place() });
        }
        paths.push(path);
    }
    Ok(paths)
}

fn read_path(text: &str, place: impl Fn() -> String) -> Result<EntryPath, ReadManifestError> {
    text.parse().map_err(|source| ReadManifestError::Name {
        place: place(),
        source,
    })
}

/// Reads a digest of one spelling alone: with its algorithm before it.
fn read_digest(
    text: &str,
    expected: DigestAlgorithm,
    place: impl Fn() -> String,
) -> Result<Digest, ReadManifestError> {
    let refused = |source| ReadManifestError::Digest {
        place: place(),
        expected,
        source,
    };
    let hex = text
        .strip_prefix(expected.name())
        .and_then(|rest| rest.strip_prefix(':'))
        .ok_or_else(|| refused(None))?;
    Digest::from_hex(expected, hex).map_err(|source| refused(Some(source)))
}

fn check_root(text: &str, manifest: &Manifest) -> Result<(), ReadManifestError> {
    let stated = read_digest(text, DigestAlgorithm::Sha256, || "/root".to_owned())?;
    let found = manifest.root();
    if stated == found {
        return Ok(());
    }
    Err(ReadManifestError::Root {
        stated: Box::new(stated),
        found: Box::new(found),
    })
}

fn check_empty_files(paths: &[EntryPath], manifest: &Manifest) -> Result<(), ReadManifestError> {
    if paths.is_empty() {
        return Ok(());
    }
    let sharded = manifest.layout() != Layout::Files;
    let with_bytes: BTreeSet<_> = manifest.entries().iter().map(Entry::path).collect();
    let refused = paths
        .iter()
        .position(|path| !sharded || with_bytes.contains(path));
    match refused {
        Some(index) => Err(ReadManifestError::EmptyFile {
            place: format!("/empty_files/{index}"),
        }),
        None => Ok(()),
    }
}

fn shaped<T: DeserializeOwned>(
    value: Value,
    place: impl FnOnce() -> String,
) -> Result<T, ReadManifestError> {
    json::shaped(value).map_err(|source| ReadManifestError::Shape {
        place: place(),
        source: JsonError::Shape { source },
    })
}
