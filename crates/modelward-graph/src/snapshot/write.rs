//! Columns to bytes: little endian, each after its number of entries.

use super::{MAGIC, VERSION};
use crate::facts::Facts;
use crate::graph::Parts;
use crate::rows::Rows;
use crate::strings::Strings;

pub(super) fn write(parts: &Parts) -> Vec<u8> {
    let edges = parts.outgoing.len();
    let mut out = Out(Vec::with_capacity(parts.ids.text().len() + edges * 10 + 64));
    out.0.extend(MAGIC);
    out.0.extend(VERSION.to_le_bytes());
    out.strings(&parts.ids);
    out.numbers(&parts.by_hash);
    out.bytes(&parts.kinds);
    out.words(parts.joined.words());
    out.rows(&parts.outgoing);
    out.rows(&parts.incoming);
    out.facts(&parts.facts);
    out.strings(&parts.aliases.0);
    out.numbers(&parts.aliases.1);
    let origins = &parts.origins;
    out.json(&origins.sources);
    let ends = origins.sets.iter().scan(0, |end, set| {
        *end += crate::graph::ix(set.len());
        Some(*end)
    });
    out.numbers(&ends.collect::<Vec<u32>>());
    out.numbers(&origins.sets.concat());
    out.numbers(&origins.edges);
    out.json(&parts.warnings);
    let checksum = crc32fast::hash(&out.0);
    out.0.extend(checksum.to_le_bytes());
    out.0
}

struct Out(Vec<u8>);

impl Out {
    fn count(&mut self, count: usize) {
        self.0.extend((count as u64).to_le_bytes());
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.count(bytes.len());
        self.0.extend_from_slice(bytes);
    }

    fn numbers(&mut self, numbers: &[u32]) {
        self.count(numbers.len());
        self.0
            .extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
    }

    fn words(&mut self, words: &[u64]) {
        self.count(words.len());
        self.0
            .extend(words.iter().flat_map(|word| word.to_le_bytes()));
    }

    fn strings(&mut self, strings: &Strings) {
        self.bytes(strings.text().as_bytes());
        self.numbers(strings.ends());
    }

    fn rows(&mut self, rows: &Rows) {
        let (starts, neighbors, codes) = rows.parts();
        self.numbers(starts);
        self.numbers(neighbors);
        self.bytes(codes);
    }

    fn facts(&mut self, facts: &Facts) {
        self.strings(&facts.texts);
        let rows = facts.rows.iter().flat_map(|fact| {
            let told = u32::from(fact.kind.code()) | u32::from(fact.signature.code()) << 8;
            let (start, count) = fact.digests;
            let texts = [fact.name, fact.version, fact.license];
            [
                fact.node,
                fact.sources,
                told,
                texts[0],
                texts[1],
                texts[2],
                start,
                count,
            ]
        });
        self.numbers(&rows.collect::<Vec<u32>>());
        let mut digests = Strings::default();
        for digest in &facts.digests {
            // They are far shorter than the texts that fit.
            let _ = digests.push(&digest.to_string());
        }
        self.strings(&digests);
    }

    fn json<T: serde::Serialize>(&mut self, values: &[T]) {
        let text = serde_json::to_vec(values).expect("texts and times have a JSON form");
        self.bytes(&text);
    }
}
