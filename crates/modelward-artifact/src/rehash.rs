use std::collections::BTreeSet;
use std::path::Path;

use crate::engine::hash_tree;
use crate::hash::{assemble, entry, plan};
use crate::{
    Control, Entry, EntryPath, Folder, HashError, HashOptions, Layout, Manifest, Sharding, Source,
    Tree, TreeFile,
};

/// Holds what re-hashing came to: the manifest, and for which files nothing was read.
#[derive(Clone, Debug)]
pub struct Rehashed {
    manifest: Manifest,
    reused: Vec<EntryPath>,
}

impl Rehashed {
    /// Returns the manifest.
    #[must_use]
    pub const fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Returns the files whose digests are those of the earlier manifest, sorted.
    #[must_use]
    pub fn reused(&self) -> &[EntryPath] {
        &self.reused
    }
}

impl Manifest {
    /// Hashes a model again and reads only what changed since an earlier manifest of it.
    ///
    /// - A file keeps its digests where the earlier manifest has it with the same size and it is
    ///   not among `changed`. All else is read.
    /// - Algorithm and layout are those of this manifest, whatever `options` say.
    ///
    /// This is a risk, and the caller takes it by this choice: a file that changed, kept its size
    /// and is not named goes unnoticed. [`DigestCache`](crate::DigestCache) notices more, by times
    /// and inodes, but only on the machine that made it.
    ///
    /// ```
    /// use modelward_artifact::{HashOptions, Manifest, NoControl};
    ///
    /// let model = tempfile::tempdir()?;
    /// std::fs::write(model.path().join("weights.bin"), b"abc")?;
    /// std::fs::write(model.path().join("README.md"), b"old")?;
    /// let options = HashOptions::default();
    /// let earlier = Manifest::hash(model.path(), &options, &NoControl)?;
    ///
    /// std::fs::write(model.path().join("README.md"), b"new")?;
    /// let changed = ["README.md".parse()?];
    /// let again = earlier.rehash(model.path(), &changed, &options, &NoControl)?;
    /// assert_eq!(again.manifest(), &Manifest::hash(model.path(), &options, &NoControl)?);
    /// assert_eq!(again.reused(), ["weights.bin".parse()?]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`HashError`] as [`hash`](Self::hash).
    pub fn rehash(
        &self,
        root: &Path,
        changed: &[EntryPath],
        options: &HashOptions,
        control: &dyn Control,
    ) -> Result<Rehashed, HashError> {
        let options = options
            .clone()
            .with_algorithm(self.algorithm())
            .with_sharding(Sharding::from(self.layout()));
        let folder = Folder::for_hashing(root, &options)?;
        let tree = folder.tree(control)?;
        let changed: BTreeSet<_> = changed.iter().collect();
        let mut entries = Vec::new();
        let mut reused = Vec::new();
        let mut rest = Vec::new();
        for file in tree.files() {
            match self.known(file).filter(|_| !changed.contains(file.path())) {
                Some(known) => {
                    entries.extend(known.into_iter().cloned());
                    reused.push(file.path().clone());
                }
                None => rest.push(file.clone()),
            }
        }
        let algorithms = [options.algorithm()];
        let plan = plan(&algorithms, &options, &tree)?;
        if !rest.is_empty() {
            let rest = Tree::new(tree.name(), rest)?;
            let hashed = hash_tree(&folder, &rest, &plan, control)?;
            entries.extend(hashed.iter().map(|hashed| entry(&rest, &plan, hashed, 0)));
        }
        Ok(Rehashed {
            manifest: assemble(tree.name(), &tree, plan.shard, entries)?,
            reused,
        })
    }

    /// Returns the entries of a file, if their sizes are the file's.
    fn known(&self, file: &TreeFile) -> Option<Vec<&Entry>> {
        let path = file.path().as_str();
        let entries = match self.layout() {
            Layout::Files => self.entry(path).into_iter().collect(),
            Layout::Shards { .. } => self.shards_of(path),
        };
        let size: u64 = entries.iter().map(|entry| entry.size()).sum();
        let known = !entries.is_empty() || self.empty_files().contains(file.path());
        (known && size == file.size()).then_some(entries)
    }
}
