use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::hash::{assemble, plan};
use crate::json::{self, JsonError};
use crate::stamp::Stamp;
use crate::{
    Control, Digest, DigestAlgorithm, Entry, EntryPath, Folder, HashError, HashOptions, JsonLimits,
    Manifest, Sharding, Source as _, Timestamp, Tree, TreeFile,
};

/// The `schema` of the documents that this version writes and reads.
const SCHEMA: &str = "modelward.digest-cache/1";

/// How long a file must have been left alone before its digest is kept.
///
/// File systems keep times in steps of up to two seconds (FAT). A file that was written within the
/// step in which it was hashed can be written again without a change of its times.
const SETTLED: Duration = Duration::from_secs(2);

/// Keeps the digests of files between runs on one machine, so that files that did not change are
/// not read again.
///
/// A digest is used where size, times of the last write and status change, inode and device of the
/// file are those of the run before. **This trusts** the file system's metadata, the clock of the
/// machine, and whoever can write the stored cache: one who can change it chooses the digests. So a
/// cache is for making the same manifest again, and never for verifying a signature;
/// `modelward-sign` has no way to use one. On network file systems, whose times are another
/// machine's, do not use it.
///
/// Shards, and files that were reached through links, are always read.
///
/// ```
/// use modelward_artifact::{DigestCache, HashOptions, Manifest, NoControl, Timestamp};
///
/// let model = tempfile::tempdir()?;
/// std::fs::write(model.path().join("weights.bin"), b"abc")?;
/// let now: Timestamp = "2100-01-01T00:00:00Z".parse()?;
///
/// let mut cache = DigestCache::new(now);
/// let options = HashOptions::default();
/// let first = Manifest::hash_cached(model.path(), &options, &mut cache, &NoControl)?;
/// let again = Manifest::hash_cached(model.path(), &options, &mut cache, &NoControl)?;
/// assert_eq!(cache.hits(), 1);
/// assert_eq!(first, again);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DigestCache {
    now: Timestamp,
    known: BTreeMap<(EntryPath, DigestAlgorithm), Known>,
    hits: usize,
}

#[derive(Clone, Debug, Eq, PartialEq)]
struct Known {
    stamp: Stamp,
    digest: Digest,
}

impl DigestCache {
    /// Starts without any digest, for work that is done at `now`.
    #[must_use]
    pub const fn new(now: Timestamp) -> Self {
        Self {
            now,
            known: BTreeMap::new(),
            hits: 0,
        }
    }

    /// Reads what [`to_json`](Self::to_json) wrote, for work that is done at `now`.
    ///
    /// # Errors
    ///
    /// [`ReadCacheError`] where the text is not strict JSON, has another schema, was written on
    /// another kind of operating system, or names a file twice.
    pub fn read_json(
        bytes: &[u8],
        limits: &JsonLimits,
        now: Timestamp,
    ) -> Result<Self, ReadCacheError> {
        let document: Document =
            json::read_as(bytes, limits).map_err(|source| ReadCacheError::Json { source })?;
        if document.schema != SCHEMA {
            return Err(ReadCacheError::Schema);
        }
        let mut cache = Self::new(now);
        for File {
            path,
            digest,
            stamp,
        } in document.files
        {
            let key = (path, digest.algorithm());
            let path = key.0.clone();
            if cache.known.insert(key, Known { stamp, digest }).is_some() {
                return Err(ReadCacheError::Duplicate { path });
            }
        }
        Ok(cache)
    }

    /// Writes the digests as a JSON document, the same bytes for the same cache.
    ///
    /// # Panics
    ///
    /// Never: a cache's members are text and numbers.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        let file = |((path, _), known): (&(EntryPath, DigestAlgorithm), &Known)| File {
            path: path.clone(),
            digest: known.digest,
            stamp: known.stamp,
        };
        let document = Document {
            schema: SCHEMA.to_owned(),
            files: self.known.iter().map(file).collect(),
        };
        let mut text = serde_json::to_vec(&document).expect("text and numbers have a JSON form");
        text.push(b'\n');
        text
    }

    /// Returns how many files the last run did not have to read.
    #[must_use]
    pub const fn hits(&self) -> usize {
        self.hits
    }

    fn find(&self, file: &TreeFile, algorithm: DigestAlgorithm) -> Option<Digest> {
        if file.is_link() {
            return None;
        }
        let known = self.known.get(&(file.path().clone(), algorithm))?;
        (Some(&known.stamp) == file.stamp()).then_some(known.digest)
    }

    /// Keeps the digests of the files that are there and were left alone for a while.
    fn keep(&mut self, tree: &Tree, entries: &[Entry], algorithm: DigestAlgorithm) {
        self.known.retain(|(_, of), _| *of != algorithm);
        let settled = |stamp: &&Stamp| stamp.is_settled(self.now, SETTLED);
        for (file, entry) in tree.files().iter().zip(entries) {
            if let Some(stamp) = file.stamp().filter(settled)
                && !file.is_link()
            {
                let known = Known {
                    stamp: *stamp,
                    digest: *entry.digest(),
                };
                self.known.insert((file.path().clone(), algorithm), known);
            }
        }
    }
}

impl Manifest {
    /// Hashes a model, but takes the digests of files that did not change from `cache`, and keeps
    /// there what it found. Read what [`DigestCache`] trusts before you use it.
    ///
    /// Digests of files that are gone are dropped. With shards, everything is read.
    ///
    /// # Errors
    ///
    /// [`HashError`] as [`hash`](Self::hash).
    pub fn hash_cached(
        root: &Path,
        options: &HashOptions,
        cache: &mut DigestCache,
        control: &dyn Control,
    ) -> Result<Self, HashError> {
        cache.hits = 0;
        let folder = Folder::open(root, options.walk().clone())?.with_reading(options.reading());
        if options.sharding() != Sharding::Whole {
            return Self::hash_source(&folder, options, control);
        }
        let algorithm = options.algorithm();
        let tree = folder.tree(control)?;
        let find = |file| cache.find(file, algorithm);
        let found: Vec<Option<Digest>> = tree.files().iter().map(find).collect();
        let pairs = tree.files().iter().zip(&found);
        let unknown = pairs.filter(|(_, found)| found.is_none());
        let unknown: Vec<TreeFile> = unknown.map(|(file, _)| file.clone()).collect();
        cache.hits = tree.files().len() - unknown.len();
        let mut read = hash_files(&folder, &tree, unknown, (options, control))?.into_iter();
        let digests = found.into_iter().map(|found| found.or_else(|| read.next()));
        let entries = tree.files().iter().zip(digests.flatten());
        let entries: Vec<Entry> = entries
            .map(|(file, digest)| Entry::new(file.path().clone(), file.size(), digest))
            .collect();
        cache.keep(&tree, &entries, algorithm);
        assemble(&tree, None, entries)
    }
}

/// Hashes some files of a tree, in its order.
fn hash_files(
    folder: &Folder,
    tree: &Tree,
    files: Vec<TreeFile>,
    (options, control): (&HashOptions, &dyn Control),
) -> Result<Vec<Digest>, HashError> {
    if files.is_empty() {
        return Ok(Vec::new());
    }
    let algorithms = [options.algorithm()];
    let part = Tree::new(tree.name(), files)?;
    let hashed =
        crate::engine::hash_tree(folder, &part, &plan(&algorithms, options, &part)?, control)?;
    Ok(hashed.iter().map(|hashed| hashed.digests[0]).collect())
}

/// Says why a text is not a cache of digests.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadCacheError {
    /// A file stands twice with digests of one algorithm.
    #[error("cache has `{}` twice", crate::error::shown_entry(path))]
    Duplicate {
        /// The file.
        path: EntryPath,
    },
    /// The text is not strict JSON of the expected form.
    #[error("cache is not the expected json")]
    Json {
        /// What is wrong.
        source: JsonError,
    },
    /// The document is of another kind or version.
    #[error("cache has another schema, expected `{SCHEMA}`")]
    Schema,
}

impl ReadCacheError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Duplicate { .. } => "artifact.cache.duplicate",
            Self::Json { source } => source.code(),
            Self::Schema => "artifact.cache.schema",
        }
    }
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Document {
    schema: String,
    files: Vec<File>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct File {
    path: EntryPath,
    digest: Digest,
    stamp: Stamp,
}
