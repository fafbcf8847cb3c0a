//! BLAKE3 with the feature `blake3-asm`: the authors' own crate, in C and assembly.

use blake3::hazmat::{
    HasherExt as _, Mode, left_subtree_len, merge_subtrees_non_root, merge_subtrees_root,
};

/// A message of BLAKE3 so far, or a subtree of one.
#[derive(Clone, Default)]
pub(crate) struct Blake3(blake3::Hasher);

impl Blake3 {
    /// Starts a subtree that begins at `offset` of its message.
    pub(crate) fn subtree(offset: u64) -> Self {
        let mut state = blake3::Hasher::new();
        state.set_input_offset(offset);
        Self(state)
    }

    pub(crate) fn update(&mut self, data: &[u8]) {
        self.0.update(data);
    }

    pub(crate) fn digest(&self) -> [u8; 32] {
        *self.0.finalize().as_bytes()
    }

    /// Returns the chaining value of a subtree.
    pub(crate) fn value(&self) -> [u8; 32] {
        self.0.finalize_non_root()
    }
}

/// Returns how many bytes of a message of `length` bytes are in the left of its two subtrees.
pub(crate) fn left_len(length: u64) -> u64 {
    left_subtree_len(length)
}

/// Returns the chaining value of two subtrees that are not the whole message.
pub(crate) fn merge(left: &[u8; 32], right: &[u8; 32]) -> [u8; 32] {
    merge_subtrees_non_root(left, right, Mode::Hash)
}

/// Returns the digest of the message whose two subtrees these are.
pub(crate) fn merge_root(left: &[u8; 32], right: &[u8; 32]) -> [u8; 32] {
    *merge_subtrees_root(left, right, Mode::Hash).as_bytes()
}
