//! A set of small numbers, one bit each.

/// Holds numbers below a bound.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    /// Makes the empty set of numbers below `bound`.
    pub(crate) fn new(bound: usize) -> Self {
        Self(vec![0; bound.div_ceil(64)])
    }

    /// Takes whole words.
    pub(crate) const fn of_words(words: Vec<u64>) -> Self {
        Self(words)
    }

    pub(crate) fn words(&self) -> &[u64] {
        &self.0
    }

    /// Adds a number and tells whether it is new.
    pub(crate) fn insert(&mut self, number: u32) -> bool {
        let word = &mut self.0[number as usize / 64];
        let bit = 1 << (number % 64);
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }

    /// Removes a number and tells whether it was there.
    pub(crate) fn remove(&mut self, number: u32) -> bool {
        let was_there = self.contains(number);
        self.0[number as usize / 64] &= !(1 << (number % 64));
        was_there
    }

    pub(crate) fn contains(&self, number: u32) -> bool {
        self.0[number as usize / 64] >> (number % 64) & 1 == 1
    }

    pub(crate) fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// Changes each word by the word of another set of the same bound.
    pub(crate) fn combine(&mut self, other: &Self, change: impl Fn(&mut u64, u64)) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            change(word, *other);
        }
    }

    /// Returns the numbers in order.
    pub(crate) fn iter(&self) -> Ones<'_> {
        Ones {
            words: &self.0,
            at: 0,
            word: self.0.first().copied().unwrap_or(0),
        }
    }
}

/// Iterates over the numbers of a set.
#[derive(Clone, Debug)]
pub(crate) struct Ones<'a> {
    words: &'a [u64],
    at: u32,
    word: u64,
}

impl Iterator for Ones<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        while self.word == 0 {
            self.at += 1;
            self.word = *self.words.get(self.at as usize)?;
        }
        let bit = self.word.trailing_zeros();
        self.word &= self.word - 1;
        Some(self.at * 64 + bit)
    }
}
