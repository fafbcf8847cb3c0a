use std::collections::BTreeMap;

use serde::Serialize;
use thiserror::Error;

use crate::error::shown_entry;
use crate::{Digest, DigestAlgorithm, EntryPath, Hasher};

/// Names one file of a model with its size and digest.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Entry {
    path: EntryPath,
    size: u64,
    digest: Digest,
}

impl Entry {
    /// Joins a path, a size in bytes and a digest.
    #[must_use]
    pub const fn new(path: EntryPath, size: u64, digest: Digest) -> Self {
        Self { path, size, digest }
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

    /// Returns the digest of the file's bytes.
    #[must_use]
    pub const fn digest(&self) -> &Digest {
        &self.digest
    }
}

/// Lists every file of a model with its digest.
///
/// - At least one entry, no path twice, one algorithm for all.
/// - Sorted by path in code point order (OMS v1.0, section 5.2.1).
///
/// ```
/// use modelward_artifact::{HashOptions, Manifest, NoControl};
///
/// let model = tempfile::tempdir()?;
/// std::fs::write(model.path().join("weights.bin"), b"abc")?;
/// let manifest = Manifest::hash(model.path(), &HashOptions::default(), &NoControl)?;
/// assert_eq!(manifest.entries()[0].path().as_str(), "weights.bin");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Manifest {
    name: String,
    entries: Vec<Entry>,
    ignored: Vec<EntryPath>,
    excluded: Vec<EntryPath>,
}

impl Manifest {
    /// Makes a manifest of digests that are known already, such as those of a registry.
    ///
    /// # Errors
    ///
    /// [`ManifestError`] where there is no entry, a path twice, or more than one algorithm.
    pub fn new(name: impl Into<String>, mut entries: Vec<Entry>) -> Result<Self, ManifestError> {
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        let Some(first) = entries.first() else {
            return Err(ManifestError::Empty);
        };
        let algorithm = first.digest.algorithm();
        if entries
            .iter()
            .any(|entry| entry.digest.algorithm() != algorithm)
        {
            return Err(ManifestError::MixedAlgorithms);
        }
        if let Some(pair) = entries.windows(2).find(|pair| pair[0].path == pair[1].path) {
            return Err(ManifestError::Duplicate {
                path: pair[0].path.clone(),
            });
        }
        Ok(Self {
            name: name.into(),
            entries,
            ignored: Vec::new(),
            excluded: Vec::new(),
        })
    }

    /// Returns the base name of the model.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the entries, sorted by path.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Returns the entry of a path.
    #[must_use]
    pub fn entry(&self, path: &str) -> Option<&Entry> {
        let found = self
            .entries
            .binary_search_by(|entry| entry.path.as_str().cmp(path));
        found.ok().map(|index| &self.entries[index])
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

    pub(crate) fn set_left_out(&mut self, ignored: Vec<EntryPath>, excluded: Vec<EntryPath>) {
        self.ignored = ignored;
        self.excluded = excluded;
    }

    /// Returns the algorithm of every digest.
    #[must_use]
    pub fn algorithm(&self) -> DigestAlgorithm {
        self.entries
            .first()
            .map_or(DigestAlgorithm::Sha256, |entry| entry.digest.algorithm())
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

    /// Lists what differs between this manifest and the files that were expected, by path.
    #[must_use]
    pub fn differences<'a>(
        &self,
        expected: impl IntoIterator<Item = (&'a EntryPath, &'a Digest)>,
    ) -> Vec<Difference> {
        let mut found: BTreeMap<&EntryPath, &Digest> = self
            .entries
            .iter()
            .map(|entry| (&entry.path, &entry.digest))
            .collect();
        let mut differences = Vec::new();
        for (path, digest) in expected {
            match found.remove(path) {
                Some(same) if same == digest => {}
                Some(other) => differences.push(Difference::Changed {
                    path: path.clone(),
                    expected: *digest,
                    found: *other,
                }),
                None => differences.push(Difference::Removed { path: path.clone() }),
            }
        }
        let added = found.into_keys().cloned();
        differences.extend(added.map(|path| Difference::Added { path }));
        differences.sort_by(|a, b| a.path().cmp(b.path()));
        differences
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

/// Tells how one file differs from what was expected.
#[derive(Clone, Debug, Eq, PartialEq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a file is there and was not, is not and was, or has other bytes"
)]
pub enum Difference {
    /// The file is there and was not expected.
    Added {
        /// The file.
        path: EntryPath,
    },
    /// The file has other bytes.
    Changed {
        /// The file.
        path: EntryPath,
        /// The digest that was expected.
        expected: Digest,
        /// The digest that it has.
        found: Digest,
    },
    /// The file was expected and is not there.
    Removed {
        /// The file.
        path: EntryPath,
    },
}

impl Difference {
    /// Returns the file.
    #[must_use]
    pub const fn path(&self) -> &EntryPath {
        match self {
            Self::Added { path } | Self::Changed { path, .. } | Self::Removed { path } => path,
        }
    }
}

/// Says why entries do not make a manifest.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ManifestError {
    /// A path stands twice.
    #[error("manifest has `{}` twice", shown_entry(path))]
    Duplicate {
        /// The path.
        path: EntryPath,
    },
    /// There is no entry.
    #[error("manifest has no entries")]
    Empty,
    /// The digests are of more than one algorithm.
    #[error("manifest has digests of more than one algorithm")]
    MixedAlgorithms,
}

impl ManifestError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Duplicate { .. } => "artifact.manifest.duplicate",
            Self::Empty => "artifact.manifest.empty",
            Self::MixedAlgorithms => "artifact.manifest.mixed_algorithms",
        }
    }
}
