use std::num::NonZeroU64;

use crate::hasher::{left_len, merge, merge_root};
use crate::{Digest, DigestAlgorithm};

/// The chaining value of a subtree.
pub(super) type Value = [u8; 32];

/// The size of the subtrees that a large file is split into: a power of two, as BLAKE3 asks.
pub(crate) const SIZE: NonZeroU64 = NonZeroU64::new(16 << 20).expect("it is not zero");

/// Returns the digest of a message of `length` bytes, more than one subtree, from its subtrees.
pub(super) fn root(subtrees: &[Value], length: u64) -> Digest {
    let (left, right) = split(subtrees, length);
    Digest::from_bytes(DigestAlgorithm::Blake3, &merge_root(&left, &right))
        .expect("BLAKE3 has the length that its algorithm states")
}

fn value(subtrees: &[Value], length: u64) -> Value {
    if let [only] = subtrees {
        return *only;
    }
    let (left, right) = split(subtrees, length);
    merge(&left, &right)
}

fn split(subtrees: &[Value], length: u64) -> (Value, Value) {
    let left = left_len(length);
    // The left side is a power of two of at least one subtree's size, since the message is longer.
    let count = usize::try_from(left / SIZE.get()).expect("there are as many subtrees in memory");
    let (first, last) = subtrees.split_at(count);
    (value(first, left), value(last, length - left))
}
