//! Whether columns that were read describe a graph.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;
use std::num::NonZero;

use super::SnapshotError;
use crate::components::{Adjacency, components};
use crate::facts::NONE;
use crate::graph::{Parts, ix};
use crate::hash::{Seed, fold, hash};
use crate::parallel::both;
use crate::rows::Rows;
use crate::strings::Strings;
use crate::{NodeId, NodeKind, Relation};

/// Checks each part, on two threads where there may be so many.
pub(super) fn check(parts: &Parts, threads: NonZero<usize>) -> Result<(), SnapshotError> {
    let some = [
        Check("ids", ids),
        Check("by_hash", by_hash),
        Check("kinds", kinds),
        Check("aliases", aliases),
    ];
    let others = [
        Check("joined", joined),
        Check("outgoing", outgoing),
        Check("incoming", incoming),
        Check("joined", groups),
        Check("facts", facts),
        Check("sources", sources),
    ];
    let (some, others) = both(threads, || run(parts, &some), || run(parts, &others));
    some.and(others)?;
    if transposed(parts, threads) {
        return Ok(());
    }
    Err(SnapshotError::Untrue {
        section: "incoming",
    })
}

/// The name of a part, and whether it is true. Those that stand first are relied on by later ones.
struct Check(&'static str, fn(&Parts) -> bool);

fn run(parts: &Parts, checks: &[Check]) -> Result<(), SnapshotError> {
    let untrue = checks.iter().find(|Check(_, holds)| !holds(parts));
    match untrue {
        Some(Check(section, _)) => Err(SnapshotError::Untrue { section }),
        None => Ok(()),
    }
}

fn nodes(parts: &Parts) -> u32 {
    ix(parts.ids.len())
}

/// Each is a node id. Control characters are looked for in all texts at once.
fn ids(parts: &Parts) -> bool {
    are_ids(&parts.ids)
}

fn are_ids(texts: &Strings) -> bool {
    let is_long = |len: u32| len > 0 && len as usize <= NodeId::MAX_LEN;
    let mut start = 0;
    let lengths = texts.ends().iter().all(|&end| {
        let len = end - start;
        start = end;
        is_long(len)
    });
    let bytes = texts.text().as_bytes();
    // Those beyond ASCII begin with the byte C2.
    let may_control = |byte: u8| byte < 0x20 || byte == 0x7f || byte == 0xc2;
    let may = bytes
        .iter()
        .fold(false, |may, byte| may | may_control(*byte));
    lengths && !(may && texts.text().contains(char::is_control))
}

/// All nodes stand there, sorted by hash and id, so that no two have the same id.
fn by_hash(parts: &Parts) -> bool {
    if parts.by_hash.len() != parts.ids.len() {
        return false;
    }
    let hashes: Vec<u64> = parts.ids.iter().map(|id| hash(id, Seed::FIXED)).collect();
    let nodes = nodes(parts);
    parts.by_hash.iter().all(|node| *node < nodes)
        && parts.by_hash.windows(2).all(|pair| {
            let hash = |node: u32| hashes[node as usize];
            let order = hash(pair[0]).cmp(&hash(pair[1]));
            let by_text = || parts.ids.at(pair[0]).cmp(parts.ids.at(pair[1]));
            order.then_with(by_text).is_lt()
        })
}

fn kinds(parts: &Parts) -> bool {
    let known = NodeKind::ALL.len();
    let is_known = |kind: &u8| usize::from(*kind) < known;
    parts.kinds.len() == parts.ids.len() && parts.kinds.iter().all(is_known)
}

/// There is a bit for each node, none for what is no node, and none for the first.
fn joined(parts: &Parts) -> bool {
    let nodes = parts.ids.len();
    let words = parts.joined.words();
    words.len() == nodes.div_ceil(64)
        && words.first().is_none_or(|word| word & 1 == 0)
        && (nodes.is_multiple_of(64) || words.last().is_none_or(|word| word >> (nodes % 64) == 0))
}

/// Edges lead to nodes before, or to others on common cycles.
fn outgoing(parts: &Parts) -> bool {
    let nodes = nodes(parts);
    if !are_rows(&parts.outgoing, nodes) {
        return false;
    }
    let mut group_end = 0;
    (0..nodes).all(|node| {
        // The last of a row is the highest.
        let row = parts.outgoing.neighbors(node);
        row.last().is_none_or(|last| {
            if *last < node {
                return true;
            }
            while group_end <= node || (group_end < nodes && parts.joined.contains(group_end)) {
                group_end += 1;
            }
            *last < group_end && row.binary_search(&node).is_err()
        })
    })
}

fn incoming(parts: &Parts) -> bool {
    are_rows(&parts.incoming, nodes(parts))
}

/// The rows of both directions hold the same edges: sums of numbers that cannot be foreseen are
/// equal where the edges are, and else but by chance.
fn transposed(parts: &Parts, threads: NonZero<usize>) -> bool {
    let secret = RandomState::new();
    let seeds = (secret.hash_one(0), secret.hash_one(1) | 1);
    let outgoing = || {
        sum(&parts.outgoing, |from, to, code| {
            mixed(u64::from(from) << 32 | u64::from(to), code, seeds)
        })
    };
    let incoming = || {
        sum(&parts.incoming, |to, from, code| {
            mixed(u64::from(from) << 32 | u64::from(to), code, seeds)
        })
    };
    let (one, other) = both(threads, outgoing, incoming);
    one == other
}

/// Rows follow one another, and in each are known nodes and relations, sorted, none twice.
fn are_rows(rows: &Rows, nodes: u32) -> bool {
    let (starts, neighbors, codes) = rows.parts();
    let are_whole = starts.len() == nodes as usize + 1
        && starts[0] == 0
        && starts.is_sorted()
        && starts[nodes as usize] as usize == neighbors.len()
        && codes.len() == neighbors.len();
    if !are_whole {
        return false;
    }
    let known = Relation::ALL.len();
    let is_known = neighbors
        .iter()
        .fold(true, |known, neighbor| known & (*neighbor < nodes))
        && codes
            .iter()
            .fold(true, |all, code| all & (usize::from(*code) < known));
    // Edges rise within a row, so that those that do not are the first ones of rows.
    let falls = |at: usize| {
        let edge = |at: usize| (neighbors[at], codes[at]);
        edge(at - 1) >= edge(at)
    };
    let pairs = neighbors.windows(2).zip(codes.windows(2));
    let fall_anywhere: usize = pairs
        .map(|(nodes, codes)| {
            let is_fall = nodes[0] > nodes[1] || nodes[0] == nodes[1] && codes[0] >= codes[1];
            usize::from(is_fall)
        })
        .sum();
    let mut before = 0;
    let first_ones = starts.iter().map(|start| *start as usize);
    let fall_first = first_ones
        .filter(|&start| {
            let is_new = start > before && start < neighbors.len();
            before = start.max(before);
            is_new && falls(start)
        })
        .count();
    is_known && fall_anywhere == fall_first
}

fn sum(rows: &Rows, mixed: impl Fn(u32, u32, u8) -> u64) -> u64 {
    let (starts, neighbors, codes) = rows.parts();
    let mut sum = 0_u64;
    for (node, row) in (0..).zip(starts.windows(2)) {
        let range = row[0] as usize..row[1] as usize;
        for (neighbor, code) in neighbors[range.clone()].iter().zip(&codes[range]) {
            sum = sum.wrapping_add(mixed(node, *neighbor, *code));
        }
    }
    sum
}

fn mixed(ends: u64, code: u8, seeds: (u64, u64)) -> u64 {
    fold(ends ^ seeds.0, seeds.1 ^ u64::from(code) << 56)
}

/// Nodes that are said to need one another do.
fn groups(parts: &Parts) -> bool {
    let nodes = nodes(parts);
    let mut node = 0;
    while node < nodes {
        let start = node;
        node += 1;
        while node < nodes && parts.joined.contains(node) {
            node += 1;
        }
        if node - start > 1 {
            let group = Group {
                parts,
                start,
                end: node,
            };
            if components(&group).1 != 1 {
                return false;
            }
        }
    }
    true
}

/// Some nodes side by side, and the edges between them.
struct Group<'p> {
    parts: &'p Parts,
    start: u32,
    end: u32,
}

impl Adjacency for Group<'_> {
    fn nodes(&self) -> usize {
        (self.end - self.start) as usize
    }

    fn len(&self, node: u32) -> usize {
        self.parts.outgoing.range(self.start + node).len()
    }

    fn neighbor(&self, node: u32, at: usize) -> Option<u32> {
        let neighbor = self.parts.outgoing.neighbors(self.start + node)[at];
        let is_inside = (self.start..self.end).contains(&neighbor);
        is_inside.then(|| neighbor - self.start)
    }
}

fn facts(parts: &Parts) -> bool {
    let facts = &parts.facts;
    let is_text = |text: u32| text == NONE || (text as usize) < facts.texts.len();
    let sets = parts.origins.sources.len() + parts.origins.sets.len();
    facts.rows.is_sorted_by_key(|fact| fact.node)
        && facts.rows.iter().all(|fact| {
            let (start, count) = fact.digests;
            let digests = start as usize + count as usize;
            fact.node < nodes(parts)
                && (fact.sources as usize) < sets
                && [fact.name, fact.version, fact.license]
                    .into_iter()
                    .all(is_text)
                && digests <= facts.digests.len()
        })
}

fn aliases(parts: &Parts) -> bool {
    let (names, of) = &parts.aliases;
    names.len() == of.len()
        && are_ids(names)
        && of.iter().all(|node| *node < nodes(parts))
        && (1..ix(names.len()).max(1)).all(|at| names.at(at - 1) < names.at(at))
}

fn sources(parts: &Parts) -> bool {
    let origins = &parts.origins;
    let sources = ix(origins.sources.len());
    let sets = origins.sources.len() + origins.sets.len();
    let is_set = |set: &[u32]| {
        set.len() > 1
            && set.windows(2).all(|pair| pair[0] < pair[1])
            && set.iter().all(|source| *source < sources)
    };
    let has_each = if sources > 1 {
        origins.edges.len() == parts.outgoing.len()
    } else {
        origins.edges.is_empty()
    };
    let is_sorted = origins
        .sources
        .windows(2)
        .all(|pair| pair[0].name() < pair[1].name());
    is_sorted
        && has_each
        && origins.sets.iter().all(|set| is_set(set))
        && origins.edges.iter().all(|set| (*set as usize) < sets)
}
