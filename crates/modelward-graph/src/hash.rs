//! A hash of texts for tables and for the canonical order of nodes. It is no cryptographic one.

/// Two words that decide which texts collide.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seed(u64, u64);

impl Seed {
    /// The seed of the canonical order: one text has one place, everywhere.
    pub(crate) const FIXED: Self = Self(0xa076_1d64_78bd_642f, 0xe703_7ed1_a0b4_28db);

    /// Takes a number that whoever chooses the texts does not know, so that no one can choose many
    /// that collide.
    pub(crate) const fn of(secret: u64) -> Self {
        Self(
            fold(secret ^ Self::FIXED.0, Self::FIXED.1),
            fold(secret ^ Self::FIXED.1, 0x8ebc_6af0_9c88_c6e3) | 1,
        )
    }
}

/// Hashes a text.
pub(crate) fn hash(text: &str, seed: Seed) -> u64 {
    let bytes = text.as_bytes();
    let mut state = seed.0 ^ bytes.len() as u64;
    if let Some(last) = bytes.last_chunk::<16>() {
        for pair in bytes[..bytes.len() - 1].as_chunks::<16>().0 {
            state = mix(state, pair, seed);
        }
        // It overlaps what was read before where the length is no multiple.
        state = mix(state, last, seed);
    } else {
        state = mix(state, &short(bytes), seed);
    }
    fold(state ^ seed.1, Seed::FIXED.0)
}

/// Fills up fewer than 16 bytes. With the length they are told from all others.
fn short(bytes: &[u8]) -> [u8; 16] {
    let mut filled = [0; 16];
    filled[..bytes.len()].copy_from_slice(bytes);
    filled
}

fn mix(state: u64, pair: &[u8; 16], seed: Seed) -> u64 {
    let both = u128::from_le_bytes(*pair);
    fold(low(both) ^ seed.1, low(both >> 64) ^ state)
}

/// Multiplies, and folds the two halves of the product into one.
pub(crate) const fn fold(one: u64, other: u64) -> u64 {
    let product = one as u128 * other as u128;
    low(product) ^ low(product >> 64)
}

#[expect(clippy::cast_possible_truncation, reason = "the low half is meant")]
const fn low(number: u128) -> u64 {
    number as u64
}
