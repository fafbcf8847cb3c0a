use std::num::NonZeroU64;

use crate::{Digest, DigestAlgorithm, EntryPath, Hasher, ResourceName};

mod entry;
mod error;

pub use crate::manifest::entry::{Entry, Layout};
pub use crate::manifest::error::ManifestError;

/// Lists every file of a model, or every shard of its files, with its digest.
///
/// - At least one entry, no file or shard twice, one algorithm for all.
/// - All entries are whole files, or all are shards that cover their files without gap or overlap.
/// - Sorted by name in code point order (OMS v1.0, section 5.2.1).
///
/// ```
/// use modelward_artifact::{HashOptions, JsonLimits, Manifest, NoControl};
///
/// let model = tempfile::tempdir()?;
/// std::fs::write(model.path().join("weights.bin"), b"abc")?;
/// let manifest = Manifest::hash(model.path(), &HashOptions::default(), &NoControl)?;
/// assert_eq!(manifest.entries()[0].path().as_str(), "weights.bin");
///
/// let read = Manifest::read_json(&manifest.to_json(), &JsonLimits::default())?;
/// assert!(manifest.differences(read.resources()).is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Manifest {
    name: String,
    algorithm: DigestAlgorithm,
    layout: Layout,
    entries: Vec<Entry>,
    ignored: Vec<EntryPath>,
    excluded: Vec<EntryPath>,
    empty_files: Vec<EntryPath>,
    links_followed: bool,
    single_file: bool,
}

impl Manifest {
    /// Makes a manifest of files whose digests are known already, such as those of a registry.
    ///
    /// # Errors
    ///
    /// [`ManifestError`] where there is no entry, a path twice, a shard, or more than one
    /// algorithm.
    pub fn new(name: impl Into<String>, entries: Vec<Entry>) -> Result<Self, ManifestError> {
        if let Some(entry) = entries.iter().find(|entry| entry.name().shard().is_some()) {
            return Err(ManifestError::Shard {
                name: entry.name().clone(),
            });
        }
        Self::of(name.into(), Layout::Files, entries)
    }

    /// Makes a manifest of shards whose digests are known already.
    ///
    /// The shards of each file start at 0 and follow each other; each has `size` bytes but the
    /// last, which has at most as many. A file without bytes has no shard (OMS v1.0, section 6.3).
    ///
    /// # Errors
    ///
    /// [`ManifestError`] where there is no entry, a shard twice, a whole file, a gap, an overlap,
    /// a shard of another size, or more than one algorithm.
    pub fn sharded(
        name: impl Into<String>,
        size: NonZeroU64,
        entries: Vec<Entry>,
    ) -> Result<Self, ManifestError> {
        let manifest = Self::of(name.into(), Layout::Shards { size }, entries)?;
        check_tiling(&manifest.entries, size.get())?;
        Ok(manifest)
    }

    fn of(name: String, layout: Layout, mut entries: Vec<Entry>) -> Result<Self, ManifestError> {
        entries.sort_by(|a, b| a.name().cmp(b.name()));
        let Some(first) = entries.first() else {
            return Err(ManifestError::Empty);
        };
        let algorithm = first.digest().algorithm();
        let same = |entry: &Entry| entry.digest().algorithm() == algorithm;
        if !entries.iter().all(same) {
            return Err(ManifestError::MixedAlgorithms);
        }
        let twice = |pair: &&[Entry]| pair[0].name() == pair[1].name();
        if let Some(pair) = entries.windows(2).find(twice) {
            return Err(ManifestError::Duplicate {
                name: pair[0].name().clone(),
            });
        }
        let add = |sum: u64, entry: &Entry| sum.checked_add(entry.size());
        if entries.iter().try_fold(0, add).is_none() {
            return Err(ManifestError::TooLarge);
        }
        Ok(Self {
            name,
            algorithm,
            layout,
            entries,
            ignored: Vec::new(),
            excluded: Vec::new(),
            empty_files: Vec::new(),
            links_followed: false,
            single_file: false,
        })
    }

    /// States that the model is one file, and no directory that holds it.
    ///
    /// # Errors
    ///
    /// [`ManifestError::NotOneFile`] where an entry's path is not the name of the model.
    pub fn into_single_file(mut self) -> Result<Self, ManifestError> {
        let other = |entry: &&Entry| entry.path().as_str() != self.name;
        if let Some(entry) = self.entries.iter().find(other) {
            return Err(ManifestError::NotOneFile {
                path: entry.path().clone(),
            });
        }
        self.single_file = true;
        Ok(self)
    }

    /// Returns the base name of the model.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Tells whether the entries are files or shards.
    #[must_use]
    pub const fn layout(&self) -> Layout {
        self.layout
    }

    /// Returns the entries, sorted by name.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Returns the name and the digest of every entry, sorted by name.
    #[must_use]
    pub fn resources(&self) -> impl ExactSizeIterator<Item = (&ResourceName, &Digest)> {
        self.entries
            .iter()
            .map(|entry| (entry.name(), entry.digest()))
    }

    /// Returns the entry of a whole file, of which a manifest of shards has none.
    #[must_use]
    pub fn entry(&self, path: &str) -> Option<&Entry> {
        if self.layout != Layout::Files {
            return None;
        }
        let found = self
            .entries
            .binary_search_by(|entry| entry.path().as_str().cmp(path));
        found.ok().map(|index| &self.entries[index])
    }

    /// Returns the shards of a file from its start on, none in a manifest of files.
    #[must_use]
    pub fn shards_of(&self, path: &str) -> Vec<&Entry> {
        // The texts that begin with `path:`. Those of `path:0` are among them.
        let before = |after: u8| {
            self.entries
                .partition_point(|entry| entry.name().cmp_text(path, after).is_lt())
        };
        let range = &self.entries[before(b':')..before(b':' + 1)];
        let mut shards: Vec<_> = range
            .iter()
            .filter(|entry| entry.path().as_str() == path)
            .filter(|entry| entry.name().shard().is_some())
            .collect();
        shards.sort_by_key(|entry| start(entry));
        shards
    }

    /// Returns the paths that were to be left out, whether they exist or not.
    #[must_use]
    pub fn ignored(&self) -> &[EntryPath] {
        &self.ignored
    }

    /// Returns the paths that exist and were left out.
    #[must_use]
    pub fn excluded(&self) -> &[EntryPath] {
        &self.excluded
    }

    /// Returns the files that have no bytes and so no shard, sorted; none in a manifest of files.
    ///
    /// OMS v1.0 leaves them out of what is signed, so one can come or go and the root digest stays.
    #[must_use]
    pub fn empty_files(&self) -> &[EntryPath] {
        &self.empty_files
    }

    /// Tells whether the model is one file, and no directory.
    #[must_use]
    pub const fn is_single_file(&self) -> bool {
        self.single_file
    }

    /// Tells whether symbolic links were followed, so that the bytes of a file may lie elsewhere.
    #[must_use]
    pub const fn links_followed(&self) -> bool {
        self.links_followed
    }

    /// Returns the algorithm of every digest.
    #[must_use]
    pub const fn algorithm(&self) -> DigestAlgorithm {
        self.algorithm
    }

    /// Returns the size of all files in bytes.
    #[must_use]
    pub fn total_size(&self) -> u64 {
        self.entries.iter().map(Entry::size).sum()
    }

    /// Returns the one digest that stands for the whole model (OMS v1.0, section 6.3).
    #[must_use]
    pub fn root(&self) -> Digest {
        root_digest(self.entries.iter().map(Entry::digest))
    }

    pub(crate) fn with_ignored(mut self, ignored: Vec<EntryPath>) -> Self {
        self.ignored = sorted(ignored);
        self
    }

    pub(crate) fn with_excluded(mut self, excluded: Vec<EntryPath>) -> Self {
        self.excluded = sorted(excluded);
        self
    }

    /// Takes the files without bytes, which the caller knows to have no entry.
    pub(crate) fn with_empty_files(mut self, empty_files: Vec<EntryPath>) -> Self {
        self.empty_files = sorted(empty_files);
        self
    }

    pub(crate) const fn with_links_followed(mut self, links_followed: bool) -> Self {
        self.links_followed = links_followed;
        self
    }
}

/// Returns SHA-256 over the raw bytes of digests in the given order (OMS v1.0, section 6.3).
///
/// It is SHA-256 whatever the algorithm of the digests.
pub fn root_digest<'a>(digests: impl IntoIterator<Item = &'a Digest>) -> Digest {
    let mut hasher = Hasher::new(DigestAlgorithm::Sha256);
    for digest in digests {
        hasher.update(digest.as_bytes());
    }
    hasher.finish()
}

/// Checks that the shards of each file cover it from 0 on. No shard stands twice.
fn check_tiling(entries: &[Entry], size: u64) -> Result<(), ManifestError> {
    if let Some(file) = entries.iter().find(|entry| entry.name().shard().is_none()) {
        return Err(ManifestError::WholeFile {
            path: file.path().clone(),
        });
    }
    let mut by_file: Vec<&Entry> = entries.iter().collect();
    by_file.sort_by(|a, b| (a.path(), start(a)).cmp(&(b.path(), start(b))));
    by_file
        .chunk_by(|a, b| a.path() == b.path())
        .try_for_each(|shards| check_file(shards, size))
}

fn check_file(shards: &[&Entry], size: u64) -> Result<(), ManifestError> {
    let mut expected = 0;
    for (index, entry) in shards.iter().enumerate() {
        if start(entry) != expected {
            return Err(ManifestError::ShardPlace {
                name: entry.name().clone(),
                expected,
            });
        }
        let last = index + 1 == shards.len();
        if entry.size() > size || (entry.size() < size && !last) {
            return Err(ManifestError::ShardSize {
                name: entry.name().clone(),
                expected: size,
            });
        }
        expected += entry.size();
    }
    Ok(())
}

fn start(entry: &Entry) -> u64 {
    entry.name().shard().map_or(0, crate::Shard::start)
}

fn sorted(mut paths: Vec<EntryPath>) -> Vec<EntryPath> {
    paths.sort();
    paths.dedup();
    paths
}
