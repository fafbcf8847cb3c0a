//! BLAKE3 without the feature `blake3-asm`: plain Rust, about a tenth as quick, and nothing that a C
//! compiler is needed for. Sections are those of the BLAKE3 paper.

use crate::kernel::INITIAL_STATE;

const BLOCK: usize = 64;
const CHUNK: usize = 1024;
const CHUNK_START: u32 = 1;
const CHUNK_END: u32 = 2;
const PARENT: u32 = 4;
const ROOT: u32 = 8;

/// The initial value is that of SHA-256 (section 2.2).
const INITIAL: [u32; 8] = INITIAL_STATE;

/// Where each word of a message goes between two rounds (section 2.2, table 2).
const PERMUTATION: [usize; 16] = [2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8];

/// What goes into one compression; its result is a chaining value or the root.
#[derive(Clone, Copy)]
struct Node {
    value: [u32; 8],
    block: [u32; 16],
    counter: u64,
    length: u32,
    flags: u32,
}

impl Node {
    fn parent(left: [u32; 8], right: [u32; 8]) -> Self {
        let mut block = [0; 16];
        block[..8].copy_from_slice(&left);
        block[8..].copy_from_slice(&right);
        Self {
            value: INITIAL,
            block,
            counter: 0,
            length: 64,
            flags: PARENT,
        }
    }

    fn compress(mut self) -> [u32; 8] {
        let [low, high] = [self.counter as u32, (self.counter >> 32) as u32];
        let mut v = [0; 16];
        v[..8].copy_from_slice(&self.value);
        v[8..12].copy_from_slice(&INITIAL[..4]);
        v[12..].copy_from_slice(&[low, high, self.length, self.flags]);
        for round in 0..7 {
            if round > 0 {
                self.block = PERMUTATION.map(|from| self.block[from]);
            }
            mix_all(&mut v, &self.block);
        }
        std::array::from_fn(|word| v[word] ^ v[word + 8])
    }

    fn root(mut self) -> [u32; 8] {
        self.flags |= ROOT;
        self.counter = 0;
        self.compress()
    }
}

/// One round: the columns, then the diagonals.
fn mix_all(v: &mut [u32; 16], m: &[u32; 16]) {
    for (i, [a, b, c, d]) in [
        [0, 4, 8, 12],
        [1, 5, 9, 13],
        [2, 6, 10, 14],
        [3, 7, 11, 15],
        [0, 5, 10, 15],
        [1, 6, 11, 12],
        [2, 7, 8, 13],
        [3, 4, 9, 14],
    ]
    .into_iter()
    .enumerate()
    {
        for (word, first, second) in [(m[2 * i], 16, 12), (m[2 * i + 1], 8, 7)] {
            v[a] = v[a].wrapping_add(v[b]).wrapping_add(word);
            v[d] = (v[d] ^ v[a]).rotate_right(first);
            v[c] = v[c].wrapping_add(v[d]);
            v[b] = (v[b] ^ v[c]).rotate_right(second);
        }
    }
}

/// A message of BLAKE3 so far, or a subtree of one.
#[derive(Clone)]
pub(crate) struct Blake3 {
    /// The chunk that the message or subtree begins with.
    first: u64,
    /// How many chunks are whole and in `stack`.
    chunks: u64,
    /// The values of whole subtrees, each half as large as the one before it or smaller.
    stack: Vec<[u32; 8]>,
    value: [u32; 8],
    /// The bytes of the current chunk that are in `value`, and then those in `block`.
    compressed: usize,
    block: [u8; BLOCK],
    waiting: usize,
}

impl Default for Blake3 {
    fn default() -> Self {
        Self::subtree(0)
    }
}

impl Blake3 {
    /// Starts a subtree that begins at `offset` of its message.
    pub(crate) fn subtree(offset: u64) -> Self {
        Self {
            first: offset / CHUNK as u64,
            chunks: 0,
            stack: Vec::new(),
            value: INITIAL,
            compressed: 0,
            block: [0; BLOCK],
            waiting: 0,
        }
    }

    pub(crate) fn update(&mut self, mut data: &[u8]) {
        while !data.is_empty() {
            // A full block waits until it is known not to be the last.
            if self.waiting == BLOCK {
                self.next_block();
            }
            let count = data.len().min(BLOCK - self.waiting);
            let (now, rest) = data.split_at(count);
            self.block[self.waiting..self.waiting + count].copy_from_slice(now);
            self.waiting += count;
            data = rest;
        }
    }

    pub(crate) fn digest(&self) -> [u8; 32] {
        bytes_of(self.top().root())
    }

    /// Returns the chaining value of a subtree.
    pub(crate) fn value(&self) -> [u8; 32] {
        bytes_of(self.top().compress())
    }

    fn next_block(&mut self) {
        let last = self.compressed + BLOCK == CHUNK;
        let value = self.node().compress();
        self.waiting = 0;
        self.block = [0; BLOCK];
        if !last {
            self.value = value;
            self.compressed += BLOCK;
            return;
        }
        self.value = INITIAL;
        self.compressed = 0;
        self.chunks += 1;
        // As many subtrees are whole now as the number of chunks has zeros at its end.
        let mut value = value;
        for _ in 0..self.chunks.trailing_zeros() {
            let left = self
                .stack
                .pop()
                .expect("a subtree for every bit of the count");
            value = Node::parent(left, value).compress();
        }
        self.stack.push(value);
    }

    /// Returns the current block as the last of what is known so far.
    fn node(&self) -> Node {
        let mut flags = 0;
        if self.compressed == 0 {
            flags |= CHUNK_START;
        }
        if self.compressed + BLOCK == CHUNK || self.waiting < BLOCK {
            flags |= CHUNK_END;
        }
        Node {
            value: self.value,
            block: words_of(&self.block),
            counter: self.first + self.chunks,
            length: self.waiting as u32,
            flags,
        }
    }

    /// Returns the node above everything.
    fn top(&self) -> Node {
        let mut last = self.node();
        last.flags |= CHUNK_END;
        let parent = |right: Node, left: &[u32; 8]| Node::parent(*left, right.compress());
        self.stack.iter().rev().fold(last, parent)
    }
}

/// Returns how many bytes of a message of `length` bytes are in the left of its two subtrees: the
/// largest power of two of chunks that leaves something (section 2.1).
pub(crate) const fn left_len(length: u64) -> u64 {
    let chunks = (length - 1) / CHUNK as u64;
    (1 << chunks.ilog2()) * CHUNK as u64
}

/// Returns the chaining value of two subtrees that are not the whole message.
pub(crate) fn merge(left: &[u8; 32], right: &[u8; 32]) -> [u8; 32] {
    bytes_of(Node::parent(words_of(left), words_of(right)).compress())
}

/// Returns the digest of the message whose two subtrees these are.
pub(crate) fn merge_root(left: &[u8; 32], right: &[u8; 32]) -> [u8; 32] {
    bytes_of(Node::parent(words_of(left), words_of(right)).root())
}

fn words_of<const BYTES: usize, const WORDS: usize>(bytes: &[u8; BYTES]) -> [u32; WORDS] {
    const { assert!(BYTES == 4 * WORDS) };
    let words = bytes.as_chunks().0;
    std::array::from_fn(|word| u32::from_le_bytes(words[word]))
}

fn bytes_of(words: [u32; 8]) -> [u8; 32] {
    let mut bytes = [0; 32];
    for (chunk, word) in bytes.as_chunks_mut().0.iter_mut().zip(words) {
        *chunk = word.to_le_bytes();
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::{Blake3, CHUNK, left_len, merge, merge_root};

    fn painted(length: usize) -> Vec<u8> {
        (0..=250).cycle().take(length).collect()
    }

    fn ours(data: &[u8], piece: usize) -> [u8; 32] {
        let mut state = Blake3::default();
        data.chunks(piece).for_each(|piece| state.update(piece));
        state.digest()
    }

    #[test]
    fn every_length_around_blocks_chunks_and_subtrees_agrees_with_the_authors() {
        let around = [
            64, 128, 1024, 2048, 3072, 4096, 5120, 7168, 8192, 16384, 31744,
        ];
        let near = around.iter().flat_map(|n| [n - 1, *n, n + 1]);
        for length in near.chain([0, 1, 2, 3, 63, 102_400]) {
            let data = painted(length);
            for piece in [1, 63, 64, 65, 1000, 1 << 20] {
                let expected = *blake3::hash(&data).as_bytes();
                assert_eq!(ours(&data, piece), expected, "{length} bytes by {piece}");
            }
        }
    }

    #[test]
    fn subtrees_make_the_whole() {
        for length in [
            4 * CHUNK + 1,
            5 * CHUNK,
            6 * CHUNK,
            7 * CHUNK + 9,
            8 * CHUNK,
        ] {
            let data = painted(length);
            let left = usize::try_from(left_len(length as u64)).expect("it is small");
            let value = |range: std::ops::Range<usize>| {
                let mut state = Blake3::subtree(range.start as u64);
                state.update(&data[range]);
                state.value()
            };
            assert_eq!(left, 4 * CHUNK);
            let (first, last) = (value(0..left), value(left..length));
            assert_eq!(merge_root(&first, &last), *blake3::hash(&data).as_bytes());
            let half = merge(&value(0..left / 2), &value(left / 2..left));
            assert_eq!(half, first);
        }
    }
}
