use std::num::NonZeroU64;
use std::ops::Range;
use std::path::Path;

use crate::engine::{Hashed, Plan, hash_tree};
use crate::options::pieces;
use crate::{
    Control, Digest, DigestAlgorithm, Entry, EntryPath, Folder, HashError, HashOptions, Layout,
    Manifest, ResourceName, Shard, Sharding, Source, Tree, TreeFile,
};

impl Manifest {
    /// Walks and hashes a model directory, or a model that is one file.
    ///
    /// # Errors
    ///
    /// [`HashError`] where the model cannot be walked or read, changes while it is read, or has no
    /// files, and where `control` cancels.
    pub fn hash(
        root: &Path,
        options: &HashOptions,
        control: &dyn Control,
    ) -> Result<Self, HashError> {
        Self::hash_source(&Folder::for_hashing(root, options)?, options, control)
    }

    /// Hashes the files that a source lists. What counts as the model is the source's own matter.
    ///
    /// # Errors
    ///
    /// [`HashError`] as [`hash`](Self::hash).
    pub fn hash_source(
        source: &dyn Source,
        options: &HashOptions,
        control: &dyn Control,
    ) -> Result<Self, HashError> {
        let algorithms = [options.algorithm()];
        let mut manifests = Self::hash_each(source, &algorithms, options, control)?;
        manifests.pop().ok_or(HashError::Cancelled)
    }

    /// Hashes the files that a source lists by several algorithms, in one pass over their bytes.
    ///
    /// The manifests stand in the order of `algorithms`; that of `options` does not matter.
    ///
    /// # Errors
    ///
    /// [`HashError`] as [`hash`](Self::hash).
    pub fn hash_each(
        source: &dyn Source,
        algorithms: &[DigestAlgorithm],
        options: &HashOptions,
        control: &dyn Control,
    ) -> Result<Vec<Self>, HashError> {
        if algorithms.is_empty() {
            return Ok(Vec::new());
        }
        let tree = source.tree(control)?;
        let plan = plan(algorithms, options, &tree)?;
        let hashed = hash_tree(source, &tree, &plan, control)?;
        (0..algorithms.len())
            .map(|position| manifest(&tree, &plan, &hashed, position))
            .collect()
    }
}

impl Manifest {
    /// Makes the manifest that a tree has by the digests that somebody states of it. **Nothing is read**:
    /// it tells which files and shards there are, and is as true of their bytes as what is stated.
    ///
    /// # Errors
    ///
    /// [`HashError`] where there would be too many shards, or digests of several algorithms.
    pub fn stated(
        tree: &Tree,
        layout: Layout,
        digest: &dyn Fn(&ResourceName) -> Digest,
    ) -> Result<Self, HashError> {
        let shard = Sharding::from(layout).size_for(0);
        limit_shards(tree, shard)?;
        let mut entries = Vec::new();
        for file in tree.files() {
            entries.extend(pieces(file.size(), shard).map(|range| {
                // The digest does not matter for the name.
                let entry = |digest| entry_of(file.path().clone(), shard, &range, digest);
                entry(digest(entry(Digest::sha256(&[])).name()))
            }));
        }
        assemble(tree.name(), tree, shard, entries)
    }
}

/// The most shards of one model, by which memory is bounded whatever size a signature asks for.
pub(crate) const MAX_SHARDS: u64 = 2_000_000;

/// Says how to hash a tree.
pub(crate) fn plan<'a>(
    algorithms: &'a [DigestAlgorithm],
    options: &'a HashOptions,
    tree: &Tree,
) -> Result<Plan<'a>, HashError> {
    let total = tree.files().iter().map(TreeFile::size).sum();
    let shard = options.sharding().size_for(total);
    limit_shards(tree, shard)?;
    Ok(Plan {
        algorithms,
        shard,
        threads: options.threads().get(),
        lanes: options.lanes().get(),
        kernels: options.kernels(),
    })
}

fn limit_shards(tree: &Tree, shard: Option<NonZeroU64>) -> Result<(), HashError> {
    let Some(size) = shard else {
        return Ok(());
    };
    let shards = tree.files().iter();
    let shards: u64 = shards.map(|file| file.size().div_ceil(size.get())).sum();
    if shards > MAX_SHARDS {
        let limit = MAX_SHARDS;
        return Err(HashError::TooManyShards { size, limit });
    }
    Ok(())
}

/// Makes the manifest of one of the algorithms.
fn manifest(
    tree: &Tree,
    plan: &Plan<'_>,
    hashed: &[Hashed],
    position: usize,
) -> Result<Manifest, HashError> {
    let entries = hashed
        .iter()
        .map(|hashed| entry(tree, plan, hashed, position))
        .collect();
    assemble(tree.name(), tree, plan.shard, entries)
}

/// Makes the entry of what was hashed, by one of the algorithms.
pub(crate) fn entry(tree: &Tree, plan: &Plan<'_>, hashed: &Hashed, position: usize) -> Entry {
    let path = tree.files()[hashed.file].path().clone();
    entry_of(path, plan.shard, &hashed.range, hashed.digests[position])
}

/// Makes the entry of a file, or of one of its shards where there are shards.
pub(crate) fn entry_of(
    path: EntryPath,
    shard: Option<NonZeroU64>,
    range: &Range<u64>,
    digest: Digest,
) -> Entry {
    if shard.is_none() {
        return Entry::new(path, range.end, digest);
    }
    let bounds = Shard::new(range.start, range.end).expect("no empty shard is cut");
    Entry::shard(path, bounds, digest)
}

/// Joins a tree's entries with all else that is known of it, under the name of the model.
pub(crate) fn assemble(
    name: &str,
    tree: &Tree,
    shard: Option<NonZeroU64>,
    entries: Vec<Entry>,
) -> Result<Manifest, HashError> {
    let manifest = match shard {
        Some(size) => {
            let empty = tree.files().iter().filter(|file| file.size() == 0);
            Manifest::sharded(name, size, entries)?
                .with_empty_files(empty.map(|file| file.path().clone()).collect())
        }
        None => Manifest::new(name, entries)?,
    };
    let manifest = if tree.is_single_file() {
        manifest.into_single_file()?
    } else {
        manifest
    };
    Ok(manifest
        .with_ignored(tree.ignored().to_vec())
        .with_excluded(tree.excluded().to_vec())
        .with_links_followed(tree.files().iter().any(TreeFile::is_link)))
}
