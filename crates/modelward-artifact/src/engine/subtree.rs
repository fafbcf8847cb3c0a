use blake3::hazmat::{
    ChainingValue, Mode, left_subtree_len, merge_subtrees_non_root, merge_subtrees_root,
};

use crate::{Digest, DigestAlgorithm};

/// The size of the subtrees that a large file is split into: a power of two, as BLAKE3 asks.
pub(super) const SIZE: u64 = 16 << 20;

/// Returns the digest of a message of `length` bytes, more than one subtree, from its subtrees.
pub(super) fn root(subtrees: &[ChainingValue], length: u64) -> Digest {
    let (left, right, _) = split(subtrees, length);
    let hash = merge_subtrees_root(&left, &right, Mode::Hash);
    Digest::from_bytes(DigestAlgorithm::Blake3, hash.as_bytes())
        .expect("BLAKE3 has the length that its algorithm states")
}

fn merge(subtrees: &[ChainingValue], length: u64) -> ChainingValue {
    if let [only] = subtrees {
        return *only;
    }
    let (left, right, _) = split(subtrees, length);
    merge_subtrees_non_root(&left, &right, Mode::Hash)
}

fn split(subtrees: &[ChainingValue], length: u64) -> (ChainingValue, ChainingValue, u64) {
    let left = left_subtree_len(length);
    // The left side is a power of two of at least one subtree's size, since the message is longer.
    let count = usize::try_from(left / SIZE).expect("there are as many subtrees in memory");
    let (first, last) = subtrees.split_at(count);
    (merge(first, left), merge(last, length - left), left)
}
