//! Bytes to columns: lengths are checked here, contents in `check`.

use std::num::NonZero;

use modelward_artifact::{Digest, JsonLimits, json};
use serde::de::DeserializeOwned;

use super::{MAGIC, SnapshotError, VERSION};
use crate::bits::Bits;
use crate::facts::{Fact, Facts};
use crate::graph::Parts;
use crate::origins::Origins;
use crate::parallel::both;
use crate::rows::Rows;
use crate::strings::Strings;
use crate::{GraphLimits, NodeKind, SignatureState, Source};

/// Reads all columns, those of nodes and those of edges at the same time where there may be two
/// threads. The checksum is looked at before any other fault.
pub(super) fn read(
    bytes: &[u8],
    limits: &GraphLimits,
    threads: NonZero<usize>,
) -> Result<Parts, SnapshotError> {
    let mut input = In::of(bytes)?;
    let Ok(sections) = Sections::of(&mut input, limits) else {
        checksum(bytes)?;
        return Sections::of(&mut In::of(bytes)?, limits).and(Err(SnapshotError::Length {
            section: "warnings",
        }));
    };
    let rest = || {
        checksum(bytes)?;
        sections.nodes(limits)
    };
    let rows = || (rows(&sections.outgoing), rows(&sections.incoming));
    let (parts, (outgoing, incoming)) = both(threads, rest, rows);
    Ok(Parts {
        outgoing,
        incoming,
        ..parts?
    })
}

fn checksum(bytes: &[u8]) -> Result<(), SnapshotError> {
    let Some((body, checksum)) = bytes.split_last_chunk() else {
        return Err(SnapshotError::Format { expected: VERSION });
    };
    let expected = u32::from_le_bytes(*checksum);
    let found = crc32fast::hash(body);
    if found == expected {
        return Ok(());
    }
    Err(SnapshotError::Checksum { expected, found })
}

/// The bytes of each part.
struct Sections<'b> {
    ids: Texts<'b>,
    by_hash: &'b [u8],
    kinds: &'b [u8],
    joined: &'b [u8],
    outgoing: [&'b [u8]; 3],
    incoming: [&'b [u8]; 3],
    texts: Texts<'b>,
    facts: &'b [u8],
    digests: Texts<'b>,
    aliases: (Texts<'b>, &'b [u8]),
    sources: &'b [u8],
    sets: [&'b [u8]; 3],
    warnings: &'b [u8],
}

/// All texts of a part in one, and where each ends.
struct Texts<'b> {
    section: &'static str,
    text: &'b [u8],
    ends: &'b [u8],
}

impl<'b> Sections<'b> {
    fn of(input: &mut In<'b>, limits: &GraphLimits) -> Result<Self, SnapshotError> {
        let (nodes, edges) = (limits.max_nodes(), limits.max_edges());
        let all = u32::MAX as usize;
        let sections = Self {
            ids: input.texts("ids", nodes)?,
            by_hash: input.take("by_hash", 4, nodes)?,
            kinds: input.take("kinds", 1, nodes)?,
            joined: input.take("joined", 8, nodes)?,
            outgoing: input.rows("outgoing", nodes, edges)?,
            incoming: input.rows("incoming", nodes, edges)?,
            texts: input.texts("texts", all)?,
            facts: input.take("facts", 4, all)?,
            digests: input.texts("digests", all)?,
            aliases: (
                input.texts("aliases", nodes)?,
                input.take("aliases", 4, nodes)?,
            ),
            sources: input.take("sources", 1, all)?,
            sets: [
                input.take("sources", 4, edges)?,
                input.take("sources", 4, all)?,
                input.take("sources", 4, edges)?,
            ],
            warnings: input.take("warnings", 1, all)?,
        };
        if input.0.is_empty() {
            return Ok(sections);
        }
        Err(SnapshotError::Length {
            section: "warnings",
        })
    }

    /// Reads all but the rows.
    fn nodes(&self, limits: &GraphLimits) -> Result<Parts, SnapshotError> {
        Ok(Parts {
            ids: self.ids.read()?,
            by_hash: numbers(self.by_hash),
            kinds: self.kinds.to_vec(),
            joined: Bits::of_words(words(self.joined)),
            outgoing: Rows::default(),
            incoming: Rows::default(),
            facts: self.facts()?,
            aliases: (self.aliases.0.read()?, numbers(self.aliases.1)),
            origins: self.origins(limits)?,
            warnings: json("warnings", self.warnings)?,
        })
    }

    fn facts(&self) -> Result<Facts, SnapshotError> {
        let untrue = || SnapshotError::Untrue { section: "facts" };
        let numbers = numbers(self.facts);
        let (rows, rest) = numbers.as_chunks::<8>();
        if !rest.is_empty() {
            return Err(untrue());
        }
        let rows: Option<Vec<Fact>> = rows.iter().map(fact).collect();
        let digests = self.digests.read()?;
        let digests: Result<Vec<Digest>, _> = digests.iter().map(str::parse).collect();
        Ok(Facts {
            texts: self.texts.read()?,
            rows: rows.ok_or_else(untrue)?,
            digests: digests.map_err(|_| SnapshotError::Untrue { section: "digests" })?,
        })
    }

    fn origins(&self, limits: &GraphLimits) -> Result<Origins, SnapshotError> {
        let section = "sources";
        let untrue = || SnapshotError::Untrue { section };
        let sources: Vec<Source> = json(section, self.sources)?;
        // The source without a name does not count.
        let limit = limits.max_sources();
        if sources.len() > limit.saturating_add(1) {
            return Err(SnapshotError::TooLarge { section, limit });
        }
        let members = numbers(self.sets[1]);
        let mut sets = Vec::new();
        let mut start = 0;
        for end in numbers(self.sets[0]) {
            let set = members.get(start..end as usize).ok_or_else(untrue)?;
            sets.push(set.into());
            start = end as usize;
        }
        if start != members.len() {
            return Err(untrue());
        }
        Ok(Origins {
            sources,
            sets,
            edges: numbers(self.sets[2]),
        })
    }
}

impl Texts<'_> {
    fn read(&self) -> Result<Strings, SnapshotError> {
        let untrue = || SnapshotError::Untrue {
            section: self.section,
        };
        let text = std::str::from_utf8(self.text).map_err(|_| untrue())?;
        let ends = numbers(self.ends);
        let fits = |end: &u32| text.is_char_boundary(*end as usize);
        let is_whole = ends.last().copied().unwrap_or(0) as usize == text.len();
        if !is_whole || !ends.is_sorted() || !ends.iter().all(fits) {
            return Err(untrue());
        }
        Ok(Strings::of_parts(text.to_owned(), ends))
    }
}

/// What is left of a snapshot.
struct In<'b>(&'b [u8]);

impl<'b> In<'b> {
    /// Takes off what stands before and after the parts.
    fn of(bytes: &'b [u8]) -> Result<Self, SnapshotError> {
        let format = || SnapshotError::Format { expected: VERSION };
        let rest = bytes.strip_prefix(&MAGIC).ok_or_else(format)?;
        let (version, rest) = rest.split_first_chunk().ok_or_else(format)?;
        let (body, _) = rest.split_last_chunk::<4>().ok_or_else(format)?;
        if u32::from_le_bytes(*version) == VERSION {
            return Ok(Self(body));
        }
        Err(format())
    }

    /// Takes the entries of a part, of so many bytes each.
    fn take(
        &mut self,
        section: &'static str,
        size: usize,
        limit: usize,
    ) -> Result<&'b [u8], SnapshotError> {
        let length = || SnapshotError::Length { section };
        let (count, rest) = self.0.split_first_chunk().ok_or_else(length)?;
        let count = usize::try_from(u64::from_le_bytes(*count)).unwrap_or(usize::MAX);
        if count > limit {
            return Err(SnapshotError::TooLarge { section, limit });
        }
        let bytes = count.checked_mul(size).ok_or_else(length)?;
        let (taken, rest) = rest.split_at_checked(bytes).ok_or_else(length)?;
        self.0 = rest;
        Ok(taken)
    }

    fn texts(&mut self, section: &'static str, limit: usize) -> Result<Texts<'b>, SnapshotError> {
        Ok(Texts {
            section,
            text: self.take(section, 1, u32::MAX as usize)?,
            ends: self.take(section, 4, limit)?,
        })
    }

    fn rows(
        &mut self,
        section: &'static str,
        nodes: usize,
        edges: usize,
    ) -> Result<[&'b [u8]; 3], SnapshotError> {
        Ok([
            self.take(section, 4, nodes.saturating_add(1))?,
            self.take(section, 4, edges)?,
            self.take(section, 1, edges)?,
        ])
    }
}

fn rows([starts, neighbors, codes]: &[&[u8]; 3]) -> Rows {
    Rows::of_parts(numbers(starts), numbers(neighbors), codes.to_vec())
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    let (numbers, _) = bytes.as_chunks();
    numbers
        .iter()
        .map(|bytes| u32::from_le_bytes(*bytes))
        .collect()
}

fn words(bytes: &[u8]) -> Vec<u64> {
    let (words, _) = bytes.as_chunks();
    words
        .iter()
        .map(|bytes| u64::from_le_bytes(*bytes))
        .collect()
}

fn json<T: DeserializeOwned>(section: &'static str, text: &[u8]) -> Result<T, SnapshotError> {
    let limits = JsonLimits::default()
        .with_max_bytes(text.len())
        .with_max_values(text.len());
    json::read_as(text, &limits).map_err(|source| SnapshotError::Json { section, source })
}

fn fact(row: &[u32; 8]) -> Option<Fact> {
    let [node, sources, told, name, version, license, start, count] = *row;
    let [kind, signature, 0, 0] = told.to_le_bytes() else {
        return None;
    };
    Some(Fact {
        node,
        sources,
        kind: *NodeKind::ALL.get(usize::from(kind))?,
        signature: SignatureState::of_code(signature)?,
        name,
        version,
        license,
        digests: (start, count),
    })
}
