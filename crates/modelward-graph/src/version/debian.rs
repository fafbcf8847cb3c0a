//! The order of Debian's versions: `[epoch:]upstream[-revision]` (deb-version(7)).

use std::cmp::Ordering;

/// A version in its three parts. What is left out counts as `0`.
#[derive(Clone, Debug)]
pub(super) struct Debian {
    epoch: Box<str>,
    upstream: Box<str>,
    revision: Box<str>,
}

impl Debian {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (epoch, rest) = text.split_once(':').unwrap_or(("0", text));
        let (upstream, revision) = rest.rsplit_once('-').unwrap_or((rest, "0"));
        let is_number = !epoch.is_empty() && epoch.bytes().all(|byte| byte.is_ascii_digit());
        let is_upstream = |byte: u8| byte.is_ascii_alphanumeric() || b".+-:~".contains(&byte);
        let is_revision = |byte: u8| byte.is_ascii_alphanumeric() || b".+~".contains(&byte);
        let is_version = is_number
            && !upstream.is_empty()
            && upstream.bytes().all(is_upstream)
            && !revision.is_empty()
            && revision.bytes().all(is_revision);
        is_version.then(|| Self {
            epoch: epoch.into(),
            upstream: upstream.into(),
            revision: revision.into(),
        })
    }
}

impl Ord for Debian {
    fn cmp(&self, other: &Self) -> Ordering {
        compare_numbers(self.epoch.as_bytes(), other.epoch.as_bytes())
            .then_with(|| compare(&self.upstream, &other.upstream))
            .then_with(|| compare(&self.revision, &other.revision))
    }
}

impl PartialOrd for Debian {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Debian {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Debian {}

/// Compares what is no number and what is one in turn, until one of the two differs.
fn compare(one: &str, other: &str) -> Ordering {
    let (mut one, mut other) = (one.as_bytes(), other.as_bytes());
    while !one.is_empty() || !other.is_empty() {
        let (words, others) = (split(&mut one, false), split(&mut other, false));
        let (numbers, other_numbers) = (split(&mut one, true), split(&mut other, true));
        let order =
            compare_words(words, others).then_with(|| compare_numbers(numbers, other_numbers));
        if order.is_ne() {
            return order;
        }
    }
    Ordering::Equal
}

/// Takes the digits in front, or all that are none.
fn split<'t>(text: &mut &'t [u8], digits: bool) -> &'t [u8] {
    let ends = |byte: &u8| byte.is_ascii_digit() != digits;
    let end = text.iter().position(ends).unwrap_or(text.len());
    let (front, rest) = text.split_at(end);
    *text = rest;
    front
}

/// A tilde comes before the end, the end before letters, and letters before all others.
fn compare_words(one: &[u8], other: &[u8]) -> Ordering {
    let weight = |word: &[u8], at: usize| match word.get(at) {
        Some(b'~') => (0, 0),
        None => (1, 0),
        Some(byte) if byte.is_ascii_alphabetic() => (2, *byte),
        Some(byte) => (3, *byte),
    };
    let mut orders =
        (0..one.len().max(other.len())).map(|at| weight(one, at).cmp(&weight(other, at)));
    orders
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
}

/// Compares numbers of any length. None is 0.
fn compare_numbers(one: &[u8], other: &[u8]) -> Ordering {
    let significant = |digits: &[u8]| digits.iter().take_while(|digit| **digit == b'0').count();
    let (one, other) = (&one[significant(one)..], &other[significant(other)..]);
    one.len().cmp(&other.len()).then_with(|| one.cmp(other))
}
