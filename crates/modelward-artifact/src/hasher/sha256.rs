use crate::kernel::{Block, INITIAL_STATE, Kernels, Lane, State, compress};

const BLOCK: usize = size_of::<Block>();

/// Pads with one bit, zeros, and the length in bits (FIPS 180-4, section 5.1.1).
const LENGTH_BYTES: usize = 8;

/// A message of SHA-256 so far: whole blocks are in the state, the rest waits.
#[derive(Clone)]
pub(super) struct Sha256 {
    state: State,
    /// The first `length % 64` bytes are those that make no whole block yet.
    rest: Block,
    length: u64,
}

impl Default for Sha256 {
    fn default() -> Self {
        Self {
            state: INITIAL_STATE,
            rest: [0; BLOCK],
            length: 0,
        }
    }
}

impl Sha256 {
    /// Adds bytes to each message, in lanes.
    pub(super) fn update_many(kernels: &Kernels, pairs: &mut [(&mut Self, &[u8])]) {
        complete_rests(kernels, pairs);
        let mut lanes = Vec::with_capacity(pairs.len());
        for (message, data) in pairs {
            let (blocks, rest) = data.as_chunks();
            message.length = message.length.wrapping_add(data.len() as u64);
            // Whole blocks remain only where nothing waits: see `complete_rests`.
            if !blocks.is_empty() {
                message.rest[..rest.len()].copy_from_slice(rest);
                lanes.push(Lane::new(&mut message.state, blocks));
            } else if !rest.is_empty() {
                let end = waiting(message.length);
                message.rest[end - rest.len()..end].copy_from_slice(rest);
            }
        }
        compress(kernels, &mut lanes);
    }

    /// Pads each message and returns its digest, in lanes.
    pub(super) fn finish_many(kernels: &Kernels, messages: &[&Self]) -> Vec<[u8; 32]> {
        let mut states: Vec<State> = messages.iter().map(|message| message.state).collect();
        let ends: Vec<_> = messages.iter().map(|message| message.padded()).collect();
        let pairs = states.iter_mut().zip(&ends);
        let mut lanes: Vec<_> = pairs
            .map(|(state, (blocks, count))| Lane::new(state, &blocks[..*count]))
            .collect();
        compress(kernels, &mut lanes);
        states.into_iter().map(bytes_of).collect()
    }

    /// Returns the last blocks and how many of the two count.
    fn padded(&self) -> ([Block; 2], usize) {
        let end = waiting(self.length);
        let mut blocks = [[0; BLOCK]; 2];
        let bytes = blocks.as_flattened_mut();
        bytes[..end].copy_from_slice(&self.rest[..end]);
        bytes[end] = 0x80;
        let count = if end < BLOCK - LENGTH_BYTES { 1 } else { 2 };
        let bits = self.length.wrapping_mul(8).to_be_bytes();
        bytes[count * BLOCK - LENGTH_BYTES..count * BLOCK].copy_from_slice(&bits);
        (blocks, count)
    }
}

/// Fills the blocks that were begun, as far as the data goes, and takes those bytes off the data.
/// Afterwards nothing waits in a message whose data is not used up.
fn complete_rests(kernels: &Kernels, pairs: &mut [(&mut Sha256, &[u8])]) {
    let mut lanes = Vec::new();
    for (message, data) in pairs {
        let begun = waiting(message.length);
        if begun == 0 || begun + data.len() < BLOCK {
            continue;
        }
        let (head, tail) = data.split_at(BLOCK - begun);
        message.rest[begun..].copy_from_slice(head);
        message.length = message.length.wrapping_add(head.len() as u64);
        *data = tail;
        lanes.push(Lane::new(
            &mut message.state,
            std::slice::from_ref(&message.rest),
        ));
    }
    compress(kernels, &mut lanes);
}

/// Returns how many bytes of a message so long make no whole block.
#[expect(clippy::cast_possible_truncation, reason = "a remainder is below 64")]
const fn waiting(length: u64) -> usize {
    (length % BLOCK as u64) as usize
}

fn bytes_of(state: State) -> [u8; 32] {
    let mut bytes = [0; 32];
    for (chunk, word) in bytes.as_chunks_mut().0.iter_mut().zip(state) {
        *chunk = word.to_be_bytes();
    }
    bytes
}
