use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use crate::engine::hash_tree;
use crate::hash::{assemble, plan};
use crate::stamp::Stamp;
use crate::{
    Control, Digest, DigestAlgorithm, Entry, EntryPath, Folder, HashError, HashOptions, Manifest,
    Sharding, Source as _, Timestamp, Tree, TreeFile,
};

mod document;
mod error;

pub use crate::cache::error::ReadCacheError;

/// How long a file must have been left alone before its digest is kept.
///
/// File systems keep times in steps of up to two seconds (FAT). A file that was written within the
/// step in which it was hashed can be written again without a change of its times.
const SETTLED: Duration = Duration::from_secs(2);

/// Keeps the digests of one model's files between runs on one machine, so that files that did not
/// change are not read again.
///
/// A digest is used where size, times of the last write and status change, inode and device of the
/// file are those of the run before. Such a file is neither opened nor read. The digest of a file
/// that was written in the last two seconds is not kept: times have steps, and a second write within
/// one step would go unseen. Shards, and files that were reached through links, are always read.
///
/// # What this trusts
///
/// - Whoever can write the stored cache: they choose the digests.
/// - The file system: that every write changes a time. One through a memory map may do so late or,
///   on some file systems, never. Bytes that decay on a disk change none.
/// - The clock: set back, it can give a later write the times of an earlier one.
/// - On network file systems, another machine's clock and its word on inodes. Do not use it there.
/// - Where a platform has no inodes and status changes, size and the time of the last write alone,
///   which everybody who can write a file can also set.
///
/// So a cache is for making the same manifest again, and **never for verifying a signature**;
/// `modelward-sign` has no way to use one.
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
    /// Starts without any digest, for work that begins at `now`.
    ///
    /// Read the clock before hashing, not after: what is written between `now` and the reading of a
    /// file is then never taken for settled.
    #[must_use]
    pub const fn new(now: Timestamp) -> Self {
        Self {
            now,
            known: BTreeMap::new(),
            hits: 0,
        }
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

    /// Keeps the digests of the files that are there and were left alone for a while, and drops
    /// all that can never be used again.
    fn keep(&mut self, tree: &Tree, entries: &[Entry], algorithm: DigestAlgorithm) {
        self.known.retain(|(path, of), known| {
            *of != algorithm && stamp(tree, path) == Some(&known.stamp)
        });
        for (file, entry) in tree.files().iter().zip(entries) {
            let settled = |stamp: &&Stamp| stamp.is_settled(self.now, SETTLED);
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
    /// `control` hears only of files that are read, and of nothing where none is. Digests of files
    /// that are gone are dropped. With shards, everything is read and the digests are left as they
    /// are, as they are after an error.
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
        let folder = Folder::for_hashing(root, options)?;
        if options.sharding() != Sharding::Whole {
            return Self::hash_source(&folder, options, control);
        }
        let algorithm = options.algorithm();
        let tree = folder.tree(control)?;
        let find = |file| cache.find(file, algorithm);
        let found: Vec<Option<Digest>> = tree.files().iter().map(find).collect();
        let unknown = tree.files().iter().zip(&found);
        let unknown = unknown.filter(|(_, found)| found.is_none());
        let unknown: Vec<TreeFile> = unknown.map(|(file, _)| file.clone()).collect();
        let hits = found.len() - unknown.len();
        let mut read = hash_files(&folder, &tree, unknown, (options, control))?.into_iter();
        let digests = found.into_iter().map(|found| found.or_else(|| read.next()));
        let entries = tree.files().iter().zip(digests.flatten());
        let entries: Vec<Entry> = entries
            .map(|(file, digest)| Entry::new(file.path().clone(), file.size(), digest))
            .collect();
        cache.keep(&tree, &entries, algorithm);
        cache.hits = hits;
        assemble(tree.name(), &tree, None, entries)
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
    let hashed = hash_tree(folder, &part, &plan(&algorithms, options, &part)?, control)?;
    Ok(hashed.iter().map(|hashed| hashed.digests[0]).collect())
}

/// Returns what the walk saw of a file, if it met it.
fn stamp<'a>(tree: &'a Tree, path: &EntryPath) -> Option<&'a Stamp> {
    let found = tree
        .files()
        .binary_search_by(|file| file.path().cmp(path))
        .ok()?;
    tree.files()[found].stamp()
}
