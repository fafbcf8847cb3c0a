//! The hash tree of RFC 6962, section 2.1 (the same in RFC 9162).
//!
//! It is our own and not `ct-merkle` for three reasons: sizes from outside must give a typed error
//! where that crate panics, proofs over a million entries have to be looked up and not computed
//! anew, and a log that turns out to be changed has to be cut back to the part that is sound.

use modelward_artifact::{Digest, DigestAlgorithm, Hasher};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A SHA-256 digest without the tag and the room that [`Digest`] has for longer ones.
pub(super) type Hash = [u8; 32];

/// Holds the hash of every whole subtree: 64 bytes for each leaf, so that a leaf is appended in
/// constant time on average, and every root and proof of the past is a few lookups.
#[derive(Clone, Debug, Default)]
pub(super) struct Tree {
    /// The hash at `levels[l][i]` is that of the `2^l` leaves from leaf `i * 2^l` on.
    levels: Vec<Vec<Hash>>,
}

impl Tree {
    pub(super) fn len(&self) -> usize {
        self.levels.first().map_or(0, Vec::len)
    }

    pub(super) fn leaf(&self, index: usize) -> Option<&Hash> {
        self.levels.first()?.get(index)
    }

    pub(super) fn push(&mut self, leaf: Hash) {
        let mut hash = leaf;
        for level in 0.. {
            if level == self.levels.len() {
                self.levels.push(Vec::new());
            }
            let hashes = &mut self.levels[level];
            hashes.push(hash);
            let [.., left, right] = hashes.as_slice() else {
                return;
            };
            if hashes.len() % 2 == 1 {
                return;
            }
            hash = node(left, right);
        }
    }

    pub(super) fn truncate(&mut self, len: usize) {
        for (level, hashes) in self.levels.iter_mut().enumerate() {
            hashes.truncate(len >> level);
        }
        self.levels.retain(|hashes| !hashes.is_empty());
    }

    pub(super) fn root(&self) -> Hash {
        self.root_of(self.len())
    }

    /// Returns the root over the first `size` leaves, or `None` where there are fewer.
    pub(super) fn root_at(&self, size: usize) -> Option<Hash> {
        (size <= self.len()).then(|| self.root_of(size))
    }

    /// Returns the path of a leaf in the tree over the first `size` leaves (section 2.1.1).
    pub(super) fn inclusion(&self, index: usize, size: usize) -> Option<Vec<Hash>> {
        if index >= size || size > self.len() {
            return None;
        }
        let (mut start, mut end) = (0, size);
        let mut path = Vec::new();
        while end - start > 1 {
            let middle = start + split(end - start);
            if index < middle {
                path.push(self.range(middle, end));
                end = middle;
            } else {
                path.push(self.range(start, middle));
                start = middle;
            }
        }
        path.reverse();
        Some(path)
    }

    /// Returns the proof that the tree over `old` leaves is the beginning of that over `new`
    /// (section 2.1.2). There is none from an empty tree, which says nothing.
    pub(super) fn consistency(&self, old: usize, new: usize) -> Option<Vec<Hash>> {
        if old == 0 || old > new || new > self.len() {
            return None;
        }
        let (mut start, mut end) = (0, new);
        let mut path = Vec::new();
        while old != end {
            let middle = start + split(end - start);
            if old <= middle {
                path.push(self.range(middle, end));
                end = middle;
            } else {
                path.push(self.range(start, middle));
                start = middle;
            }
        }
        // Who has the old root knows the hash of the old tree where it is one whole subtree.
        if start > 0 {
            path.push(self.range(start, end));
        }
        path.reverse();
        Some(path)
    }

    fn root_of(&self, size: usize) -> Hash {
        match size {
            0 => bare(&Digest::sha256(b"")),
            _ => self.range(0, size),
        }
    }

    /// Returns the hash of the leaves from `start` to `end`, where `start` is where RFC 6962 splits.
    fn range(&self, start: usize, end: usize) -> Hash {
        let size = end - start;
        if size.is_power_of_two() {
            return self.levels[size.trailing_zeros() as usize][start / size];
        }
        let middle = start + split(size);
        node(&self.range(start, middle), &self.range(middle, end))
    }
}

/// Proves that an entry is in a log, to whoever trusts the log's root.
///
/// It is `index` of the entry, `size` of the log, and the `path` of hashes from leaf to root.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InclusionProof {
    index: u64,
    size: u64,
    path: Vec<Digest>,
}

impl InclusionProof {
    /// Takes the parts of a proof, which is checked by [`InclusionProof::verify`] alone.
    #[must_use]
    pub const fn new(index: u64, size: u64, path: Vec<Digest>) -> Self {
        Self { index, size, path }
    }

    /// Returns the number of the entry, from 0.
    #[must_use]
    pub const fn index(&self) -> u64 {
        self.index
    }

    /// Returns how many entries the log has.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Returns the hashes from the leaf to the root.
    #[must_use]
    pub fn path(&self) -> &[Digest] {
        &self.path
    }

    /// Checks that the leaf is in the log that has this root (RFC 9162, section 2.1.3.2).
    ///
    /// # Errors
    ///
    /// [`ProofError`] where it does not follow.
    pub fn verify(&self, leaf: &Digest, root: &Digest) -> Result<(), ProofError> {
        let Some(mut last) = self.size.checked_sub(1).filter(|last| self.index <= *last) else {
            return Err(ProofError::Index {
                index: self.index,
                size: self.size,
            });
        };
        let mut at = self.index;
        let mut hash = hash_of(leaf)?;
        for sibling in &self.path {
            if last == 0 {
                return Err(ProofError::Length);
            }
            let sibling = hash_of(sibling)?;
            if at & 1 == 1 || at == last {
                hash = node(&sibling, &hash);
                skip_missing(&mut at, &mut last);
            } else {
                hash = node(&hash, &sibling);
            }
            (at, last) = (at >> 1, last >> 1);
        }
        if last != 0 {
            return Err(ProofError::Length);
        }
        same(&hash, root)
    }
}

/// Proves that a log only grew since it had another root.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConsistencyProof {
    old_size: u64,
    new_size: u64,
    path: Vec<Digest>,
}

impl ConsistencyProof {
    /// Takes the parts of a proof, which is checked by [`ConsistencyProof::verify`] alone.
    #[must_use]
    pub const fn new(old_size: u64, new_size: u64, path: Vec<Digest>) -> Self {
        Self {
            old_size,
            new_size,
            path,
        }
    }

    /// Returns how many entries the log had.
    #[must_use]
    pub const fn old_size(&self) -> u64 {
        self.old_size
    }

    /// Returns how many entries the log has.
    #[must_use]
    pub const fn new_size(&self) -> u64 {
        self.new_size
    }

    /// Returns the hashes of the proof.
    #[must_use]
    pub fn path(&self) -> &[Digest] {
        &self.path
    }

    /// Checks that the log of the new root begins with that of the old root (RFC 9162, section
    /// 2.1.4.2).
    ///
    /// # Errors
    ///
    /// [`ProofError`] where it does not follow. From an empty log nothing follows.
    pub fn verify(&self, old_root: &Digest, new_root: &Digest) -> Result<(), ProofError> {
        let (old, new) = (self.old_size, self.new_size);
        if old == 0 || old > new {
            return Err(ProofError::Sizes { old, new });
        }
        let old_hash = hash_of(old_root)?;
        let mut path = self.path.iter();
        if old == new {
            if path.next().is_some() {
                return Err(ProofError::Length);
            }
            return same(&old_hash, new_root);
        }
        // The old tree is one whole subtree of the new one where its size is a power of two.
        let first = if old.is_power_of_two() {
            old_hash
        } else {
            hash_of(path.next().ok_or(ProofError::Length)?)?
        };
        let shift = (old - 1).trailing_ones();
        let (at, last) = ((old - 1) >> shift, (new - 1) >> shift);
        let (from_old, from_new) = climb(first, path, (at, last))?;
        same(&from_old, old_root)?;
        same(&from_new, new_root)
    }
}

/// Computes the old and the new root from the hash that both trees have.
fn climb<'a>(
    first: Hash,
    path: impl Iterator<Item = &'a Digest>,
    (mut at, mut last): (u64, u64),
) -> Result<(Hash, Hash), ProofError> {
    let (mut old, mut new) = (first, first);
    for sibling in path {
        if last == 0 {
            return Err(ProofError::Length);
        }
        let sibling = hash_of(sibling)?;
        if at & 1 == 1 || at == last {
            old = node(&sibling, &old);
            new = node(&sibling, &new);
            skip_missing(&mut at, &mut last);
        } else {
            new = node(&new, &sibling);
        }
        (at, last) = (at >> 1, last >> 1);
    }
    if last == 0 {
        Ok((old, new))
    } else {
        Err(ProofError::Length)
    }
}

/// Says why a proof does not prove.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum ProofError {
    /// A digest is not one of SHA-256.
    #[error("a digest of the proof is of {found}, expected sha256")]
    Algorithm {
        /// The algorithm.
        found: DigestAlgorithm,
    },
    /// The log has no such entry.
    #[error("entry {index} is not among the {size} of the log")]
    Index {
        /// The number of the entry.
        index: u64,
        /// How many entries there are.
        size: u64,
    },
    /// The proof has too few or too many hashes for its sizes.
    #[error("the proof has not as many hashes as its sizes need")]
    Length,
    /// The hashes lead to another root.
    #[error("the proof leads to another root")]
    Root,
    /// A log with so many entries cannot have grown to so many, or it says nothing that it did.
    #[error("nothing is proved from {old} entries to {new}")]
    Sizes {
        /// How many entries there were.
        old: u64,
        /// How many entries there are.
        new: u64,
    },
}

impl ProofError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Algorithm { .. } => "incident.proof.algorithm",
            Self::Index { .. } => "incident.proof.index",
            Self::Length => "incident.proof.length",
            Self::Root => "incident.proof.root",
            Self::Sizes { .. } => "incident.proof.sizes",
        }
    }
}

/// Hashes an entry's line: the byte 0 first, so that no node passes for a leaf.
pub(super) fn leaf_hash(line: &[u8]) -> Hash {
    let mut hasher = Hasher::new(DigestAlgorithm::Sha256);
    hasher.update(&[0]);
    hasher.update(line);
    bare(&hasher.finish())
}

pub(super) fn digest(hash: &Hash) -> Digest {
    Digest::from_bytes(DigestAlgorithm::Sha256, hash).expect("SHA-256 has 32 bytes")
}

pub(super) fn digests(hashes: &[Hash]) -> Vec<Digest> {
    hashes.iter().map(digest).collect()
}

fn node(left: &Hash, right: &Hash) -> Hash {
    let mut bytes = [1; 65];
    bytes[1..33].copy_from_slice(left);
    bytes[33..].copy_from_slice(right);
    bare(&Digest::sha256(&bytes))
}

fn bare(digest: &Digest) -> Hash {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest.as_bytes());
    hash
}

fn hash_of(digest: &Digest) -> Result<Hash, ProofError> {
    match digest.algorithm() {
        DigestAlgorithm::Sha256 => Ok(bare(digest)),
        found => Err(ProofError::Algorithm { found }),
    }
}

fn same(hash: &Hash, root: &Digest) -> Result<(), ProofError> {
    if digest(hash) == *root {
        Ok(())
    } else {
        Err(ProofError::Root)
    }
}

/// Goes up where the last leaf has no sibling.
fn skip_missing(at: &mut u64, last: &mut u64) {
    while *at & 1 == 0 && *at != 0 {
        (*at, *last) = (*at >> 1, *last >> 1);
    }
}

/// Returns the largest power of two below `size`, which is at least 2.
const fn split(size: usize) -> usize {
    1 << (size - 1).ilog2()
}
