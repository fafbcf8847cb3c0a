use std::fs::Metadata;
use std::path::PathBuf;

use crate::stamp::Stamp;
use crate::{Collision, EntryPath, HashError, Symlinks, collisions};

/// Names one file of a model and its size when it was met.
///
/// Of a file on a disk it also holds what tells whether it is still the same, so that two of them
/// are equal only if nothing happened to the file in between.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TreeFile {
    path: EntryPath,
    size: u64,
    stamp: Option<Stamp>,
    symlinks: Symlinks,
}

impl TreeFile {
    /// Names a file that lies on no disk that was walked, such as one of a registry.
    #[must_use]
    pub const fn new(path: EntryPath, size: u64) -> Self {
        Self {
            path,
            size,
            stamp: None,
            symlinks: Symlinks::Refuse,
        }
    }

    /// Returns the path below the model's root.
    #[must_use]
    pub const fn path(&self) -> &EntryPath {
        &self.path
    }

    /// Returns the size in bytes.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Tells whether the walk met a link and followed it to this file.
    #[must_use]
    pub const fn is_link(&self) -> bool {
        self.symlinks.follow()
    }

    /// Returns what the walk saw of the file, or `None` where it lies on no disk.
    pub(crate) const fn stamp(&self) -> Option<&Stamp> {
        self.stamp.as_ref()
    }

    /// Returns how this file is to be opened: only what was a link may be one.
    pub(crate) const fn symlinks(&self) -> Symlinks {
        self.symlinks
    }

    /// Takes what was met on a disk, with what is known of the file itself, not of a link to it.
    pub(super) fn met(path: EntryPath, metadata: &Metadata, symlinks: Symlinks) -> Self {
        Self {
            path,
            size: metadata.len(),
            stamp: Some(Stamp::of(metadata)),
            symlinks,
        }
    }
}

/// Lists the files of a model, sorted by path in code point order.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Tree {
    name: String,
    files: Vec<TreeFile>,
    ignored: Vec<EntryPath>,
    excluded: Vec<EntryPath>,
    single_file: bool,
}

impl Tree {
    /// Makes a tree of files that come from elsewhere than a directory, such as a registry.
    ///
    /// # Errors
    ///
    /// [`HashError::Empty`] where there is no file and [`HashError::Duplicate`] where a path stands
    /// twice.
    pub fn new(name: impl Into<String>, mut files: Vec<TreeFile>) -> Result<Self, HashError> {
        let name = name.into();
        if files.is_empty() {
            let path = PathBuf::from(name);
            return Err(HashError::Empty { path });
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        if let Some(pair) = files.windows(2).find(|pair| pair[0].path == pair[1].path) {
            let path = pair[0].path.clone();
            return Err(HashError::Duplicate { path });
        }
        Ok(Self {
            name,
            files,
            ignored: Vec::new(),
            excluded: Vec::new(),
            single_file: false,
        })
    }

    /// Makes the tree of a model that is one file.
    pub(super) fn of_file(file: TreeFile) -> Self {
        Self {
            name: file.path.to_string(),
            files: vec![file],
            ignored: Vec::new(),
            excluded: Vec::new(),
            single_file: true,
        }
    }

    /// States the paths that were to be left out, and those of them that exist.
    #[must_use]
    pub fn with_left_out(
        mut self,
        mut ignored: Vec<EntryPath>,
        mut excluded: Vec<EntryPath>,
    ) -> Self {
        ignored.sort();
        excluded.sort();
        self.ignored = ignored;
        self.excluded = excluded;
        self
    }

    /// Tells whether the model is one file, and no directory.
    #[must_use]
    pub const fn is_single_file(&self) -> bool {
        self.single_file
    }

    /// Returns the base name of the model's directory or file.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the files.
    #[must_use]
    pub fn files(&self) -> &[TreeFile] {
        &self.files
    }

    /// Returns the paths that were to be left out, whether they exist or not.
    #[must_use]
    pub fn ignored(&self) -> &[EntryPath] {
        &self.ignored
    }

    /// Returns the ignored paths that exist: what is there and is not the model.
    #[must_use]
    pub fn excluded(&self) -> &[EntryPath] {
        &self.excluded
    }

    /// Lists the paths that a disk may take for one; see [`collisions`].
    #[must_use]
    pub fn collisions(&self) -> Vec<Collision> {
        collisions(self.files.iter().map(TreeFile::path))
    }
}
