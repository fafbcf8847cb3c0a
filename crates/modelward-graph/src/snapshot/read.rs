//! Bytes to columns: lengths are checked here, contents in `check`.

use modelward_artifact::{Digest, JsonLimits, json};
use serde::de::DeserializeOwned;

use super::{MAGIC, SnapshotError, VERSION};
use crate::bits::Bits;
use crate::facts::{Fact, Facts};
use crate::graph::Parts;
use crate::origins::Origins;
use crate::rows::Rows;
use crate::strings::Strings;
use crate::{GraphLimits, NodeKind, SignatureState};

pub(super) fn read(bytes: &[u8], limits: &GraphLimits) -> Result<Parts, SnapshotError> {
    let mut input = In::of(bytes)?;
    let (nodes, edges) = (limits.max_nodes(), limits.max_edges());
    let ids = input.strings("ids", nodes)?;
    Ok(Parts {
        ids,
        by_hash: input.numbers("by_hash", nodes)?,
        kinds: input.bytes("kinds", nodes)?.to_vec(),
        joined: Bits::of_words(input.words("joined", nodes)?),
        outgoing: input.rows("outgoing", nodes, edges)?,
        incoming: input.rows("incoming", nodes, edges)?,
        facts: input.facts()?,
        aliases: (
            input.strings("aliases", nodes)?,
            input.numbers("aliases", nodes)?,
        ),
        origins: input.origins(limits)?,
        warnings: {
            let warnings = input.json("warnings")?;
            input.end()?;
            warnings
        },
    })
}

/// What is left of a snapshot.
struct In<'b>(&'b [u8]);

impl<'b> In<'b> {
    fn of(bytes: &'b [u8]) -> Result<Self, SnapshotError> {
        let format = || SnapshotError::Format { expected: VERSION };
        let rest = bytes.strip_prefix(&MAGIC).ok_or_else(format)?;
        let (version, rest) = rest.split_first_chunk().ok_or_else(format)?;
        if u32::from_le_bytes(*version) != VERSION {
            return Err(format());
        }
        let (body, checksum) = rest.split_last_chunk().ok_or_else(format)?;
        let expected = u32::from_le_bytes(*checksum);
        let found = crc32fast::hash(&bytes[..bytes.len() - checksum.len()]);
        if found != expected {
            return Err(SnapshotError::Checksum { expected, found });
        }
        Ok(Self(body))
    }

    fn end(&self) -> Result<(), SnapshotError> {
        if self.0.is_empty() {
            return Ok(());
        }
        Err(SnapshotError::Length {
            section: "warnings",
        })
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

    fn bytes(&mut self, section: &'static str, limit: usize) -> Result<&'b [u8], SnapshotError> {
        self.take(section, 1, limit)
    }

    fn numbers(&mut self, section: &'static str, limit: usize) -> Result<Vec<u32>, SnapshotError> {
        let (numbers, _) = self.take(section, 4, limit)?.as_chunks();
        Ok(numbers
            .iter()
            .map(|bytes| u32::from_le_bytes(*bytes))
            .collect())
    }

    fn words(&mut self, section: &'static str, limit: usize) -> Result<Vec<u64>, SnapshotError> {
        let (words, _) = self.take(section, 8, limit)?.as_chunks();
        Ok(words
            .iter()
            .map(|bytes| u64::from_le_bytes(*bytes))
            .collect())
    }

    fn strings(&mut self, section: &'static str, limit: usize) -> Result<Strings, SnapshotError> {
        let untrue = || SnapshotError::Untrue { section };
        let text = self.bytes(section, u32::MAX as usize)?;
        let text = std::str::from_utf8(text).map_err(|_| untrue())?;
        let ends = self.numbers(section, limit)?;
        let fits = |end: &u32| text.is_char_boundary(*end as usize);
        let is_whole = ends.last().copied().unwrap_or(0) as usize == text.len();
        if !is_whole || !ends.is_sorted() || !ends.iter().all(fits) {
            return Err(untrue());
        }
        Ok(Strings::of_parts(text.to_owned(), ends))
    }

    fn rows(
        &mut self,
        section: &'static str,
        nodes: usize,
        edges: usize,
    ) -> Result<Rows, SnapshotError> {
        Ok(Rows::of_parts(
            self.numbers(section, nodes.saturating_add(1))?,
            self.numbers(section, edges)?,
            self.bytes(section, edges)?.to_vec(),
        ))
    }

    fn facts(&mut self) -> Result<Facts, SnapshotError> {
        let untrue = || SnapshotError::Untrue { section: "facts" };
        let texts = self.strings("texts", u32::MAX as usize)?;
        let numbers = self.numbers("facts", u32::MAX as usize)?;
        let (rows, rest) = numbers.as_chunks::<8>();
        if !rest.is_empty() {
            return Err(untrue());
        }
        let rows: Option<Vec<Fact>> = rows.iter().map(fact).collect();
        let digests = self.strings("digests", u32::MAX as usize)?;
        let digests: Result<Vec<Digest>, _> = digests.iter().map(str::parse).collect();
        Ok(Facts {
            texts,
            rows: rows.ok_or_else(untrue)?,
            digests: digests.map_err(|_| SnapshotError::Untrue { section: "digests" })?,
        })
    }

    fn origins(&mut self, limits: &GraphLimits) -> Result<Origins, SnapshotError> {
        let section = "sources";
        let untrue = || SnapshotError::Untrue { section };
        let sources: Vec<crate::Source> = self.json(section)?;
        // The source without a name does not count.
        let limit = limits.max_sources();
        if sources.len() > limit.saturating_add(1) {
            return Err(SnapshotError::TooLarge { section, limit });
        }
        let ends = self.numbers(section, limits.max_edges())?;
        let members = self.numbers(section, u32::MAX as usize)?;
        let mut sets = Vec::with_capacity(ends.len());
        let mut start = 0;
        for end in ends {
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
            edges: self.numbers(section, limits.max_edges())?,
        })
    }

    fn json<T: DeserializeOwned>(&mut self, section: &'static str) -> Result<T, SnapshotError> {
        let text = self.bytes(section, u32::MAX as usize)?;
        let limits = JsonLimits::default()
            .with_max_bytes(text.len())
            .with_max_values(text.len());
        json::read_as(text, &limits).map_err(|source| SnapshotError::Json { section, source })
    }
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
