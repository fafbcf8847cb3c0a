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
    let (pairs, rest) = bytes.as_chunks::<16>();
    for pair in pairs {
        state = mix(state, pair, seed);
    }
    if !rest.is_empty() {
        let mut last = [0; 16];
        last[..rest.len()].copy_from_slice(rest);
        state = mix(state, &last, seed);
    }
    fold(state ^ seed.1, Seed::FIXED.0)
}

fn mix(state: u64, pair: &[u8; 16], seed: Seed) -> u64 {
    let both = u128::from_le_bytes(*pair);
    fold(low(both) ^ seed.1, low(both >> 64) ^ state)
}

/// Multiplies, and folds the two halves of the product into one.
const fn fold(one: u64, other: u64) -> u64 {
    let product = one as u128 * other as u128;
    low(product) ^ low(product >> 64)
}

#[expect(clippy::cast_possible_truncation, reason = "the low half is meant")]
const fn low(number: u128) -> u64 {
    number as u64
}
