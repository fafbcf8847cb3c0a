//! Texts that lie side by side in one allocation.

use std::cmp::Ordering;

/// Holds texts by number.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Strings {
    text: String,
    /// Where each text ends; it begins where the one before it ends.
    ends: Vec<u32>,
}

impl Strings {
    pub(crate) fn with_capacity(texts: usize, bytes: usize) -> Self {
        Self {
            text: String::with_capacity(bytes),
            ends: Vec::with_capacity(texts),
        }
    }

    /// Takes all texts in one and where each ends. The caller checked that the ends are sorted, the
    /// last one is the whole length, and each stands between two characters.
    pub(crate) const fn of_parts(text: String, ends: Vec<u32>) -> Self {
        Self { text, ends }
    }

    /// Adds a text, unless all of them together passed 4 GiB.
    pub(crate) fn push(&mut self, text: &str) -> Option<()> {
        let end = u32::try_from(self.text.len() + text.len()).ok()?;
        self.text.push_str(text);
        self.ends.push(end);
        Some(())
    }

    pub(crate) fn at(&self, index: u32) -> &str {
        let (start, end) = self.span(index);
        &self.text[start..end]
    }

    /// Returns where a text stands among the bytes of all.
    pub(crate) fn span(&self, index: u32) -> (usize, usize) {
        let index = index as usize;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        (start as usize, self.ends[index] as usize)
    }

    /// Returns the place of a text among texts that are sorted.
    pub(crate) fn search(&self, text: &str) -> Option<usize> {
        let (mut low, mut high) = (0, self.ends.len());
        while low < high {
            let middle = low + (high - low) / 2;
            match self.at(crate::graph::ix(middle)).cmp(text) {
                Ordering::Less => low = middle + 1,
                Ordering::Equal => return Some(middle),
                Ordering::Greater => high = middle,
            }
        }
        None
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        let mut start = 0;
        self.ends.iter().map(move |&end| {
            let text = &self.text[start..end as usize];
            start = end as usize;
            text
        })
    }

    /// Returns all texts in one.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn ends(&self) -> &[u32] {
        &self.ends
    }

    pub(crate) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}
