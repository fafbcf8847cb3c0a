//! Numbers for texts: the same text has the same number.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;

use crate::ParseNodeIdError;
use crate::hash::{Seed, hash};
use crate::strings::Strings;

/// How many texts are looked up together, so that the waits for memory overlap.
pub(super) const BATCH: usize = 32;

/// An entry of the table. It knows where the text stands, so that one look at the table leads there.
#[derive(Clone, Copy, Debug)]
struct Slot {
    /// The high half of the hash.
    tag: u32,
    number: u32,
    start: u32,
    len: u32,
}

impl Slot {
    /// No text is empty, so none has this length.
    const EMPTY: Self = Self {
        tag: 0,
        number: 0,
        start: 0,
        len: 0,
    };
}

/// Holds texts that are node ids, each once, in the order in which they came.
#[derive(Clone, Debug)]
pub(super) struct Interner {
    seed: Seed,
    /// A power of two of slots, at most half of which are taken.
    slots: Vec<Slot>,
    texts: Strings,
    max: usize,
    /// Refuses texts when they come for the first time.
    check: fn(&str) -> Result<(), ParseNodeIdError>,
}

/// Says why a text has no number.
#[derive(Debug)]
pub(super) enum Refused {
    Id(ParseNodeIdError),
    TooMany,
    TooMuchText,
}

impl Interner {
    pub(super) fn new(max: usize, check: fn(&str) -> Result<(), ParseNodeIdError>) -> Self {
        Self {
            seed: Seed::of(RandomState::new().hash_one(max)),
            slots: vec![Slot::EMPTY; 64],
            texts: Strings::default(),
            max,
            check,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }

    pub(super) const fn texts(&self) -> &Strings {
        &self.texts
    }

    /// Returns the number of a text, a new one where it is not known.
    pub(super) fn intern(&mut self, text: &str) -> Result<u32, Refused> {
        self.intern_hashed(text, hash(text, self.seed))
    }

    /// Returns the numbers of some texts, as [`intern`](Self::intern) does one after the other.
    ///
    /// The table and then the texts are looked at for all of them before anything is compared: what
    /// does not depend on one another is fetched from memory at the same time.
    pub(super) fn intern_batch(
        &mut self,
        texts: &[&str; BATCH],
    ) -> Result<[u32; BATCH], (usize, Refused)> {
        let hashes = texts.map(|text| hash(text, self.seed));
        let slots = hashes.map(|hash| self.slots[self.home(hash)]);
        let mut numbers = [0; BATCH];
        let mut is_same = [false; BATCH];
        for at in 0..BATCH {
            is_same[at] = self.is(&slots[at], texts[at], hashes[at]);
            numbers[at] = slots[at].number;
        }
        for at in 0..BATCH {
            if !is_same[at] {
                let number = self.intern_hashed(texts[at], hashes[at]);
                numbers[at] = number.map_err(|refused| (at, refused))?;
            }
        }
        Ok(numbers)
    }

    fn intern_hashed(&mut self, text: &str, hash: u64) -> Result<u32, Refused> {
        let at = match self.probe(text, hash) {
            Ok(number) => return Ok(number),
            Err(at) => at,
        };
        (self.check)(text).map_err(Refused::Id)?;
        if self.texts.len() >= self.max {
            return Err(Refused::TooMany);
        }
        let number = crate::graph::ix(self.texts.len());
        self.texts.push(text).ok_or(Refused::TooMuchText)?;
        let (start, end) = self.texts.span(number);
        self.slots[at] = Slot {
            tag: tag(hash),
            number,
            start: crate::graph::ix(start),
            len: crate::graph::ix(end - start),
        };
        if self.texts.len() * 2 > self.slots.len() {
            self.grow();
        }
        Ok(number)
    }

    /// Returns the number of a text, or the slot where it belongs.
    fn probe(&self, text: &str, hash: u64) -> Result<u32, usize> {
        let mut at = self.home(hash);
        loop {
            let slot = &self.slots[at];
            if slot.len == 0 {
                return Err(at);
            }
            if self.is(slot, text, hash) {
                return Ok(slot.number);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    fn is(&self, slot: &Slot, text: &str, hash: u64) -> bool {
        if slot.tag != tag(hash) || slot.len as usize != text.len() {
            return false;
        }
        let start = slot.start as usize;
        let known = &self.texts.text().as_bytes()[start..start + text.len()];
        known == text.as_bytes()
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "only the low bits are kept"
    )]
    const fn home(&self, hash: u64) -> usize {
        hash as usize & (self.slots.len() - 1)
    }

    fn grow(&mut self) {
        let size = self.slots.len() * 4;
        let old = std::mem::replace(&mut self.slots, vec![Slot::EMPTY; size]);
        for slot in old.into_iter().filter(|slot| slot.len != 0) {
            let text = self.texts.at(slot.number);
            let mut at = self.home(hash(text, self.seed));
            while self.slots[at].len != 0 {
                at = (at + 1) & (size - 1);
            }
            self.slots[at] = slot;
        }
    }
}

/// Returns the bits of a hash that do not decide about its place.
const fn tag(hash: u64) -> u32 {
    (hash >> 32) as u32
}
