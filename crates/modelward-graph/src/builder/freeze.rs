//! From statements in any order to the one graph that they make.

use std::borrow::Cow;

use super::SupplyGraphBuilder;
use super::facts::differences;
use super::identity::is_telling;
use crate::bits::Bits;
use crate::facts::Facts;
use crate::graph::{Parts, ix};
use crate::hash::{Seed, hash};
use crate::order::{Levels, Order};
use crate::origins::{Origins, Sets};
use crate::parallel::both;
use crate::rows::{Rows, accumulate};
use crate::strings::Strings;
use crate::{
    BuildGraphError, GraphWarning, NodeId, NodeKind, Relation, Source, SupplyGraph, WarningKind,
};

/// Marks an id that is no node.
const NONE: u32 = u32::MAX;

impl SupplyGraphBuilder {
    pub(super) fn freeze(&self) -> Result<SupplyGraph, BuildGraphError> {
        let mut found = Vec::new();
        let parents = self.representatives(&mut found);
        let edges = self.edges_between(parents.as_deref(), &mut found);
        let (ranked, levels) = self.rank_and_level(parents.as_deref(), &edges);
        let Order { mut place, joined } = levels.place(&ranked);
        if let Some(parents) = &parents {
            for (id, parent) in parents.iter().enumerate() {
                place[id] = place[*parent as usize];
            }
        }
        let sources = Sources::of(self);
        let mut sets = Sets::new(sources.kept.len());
        let packing = Packing {
            edges: &edges,
            place: &place,
            nodes: ranked.len(),
        };
        let by_hash: Vec<u32> = ranked.iter().map(|id| place[*id as usize]).collect();
        let copy = || self.placed_ids(&ranked, &by_hash);
        let pack = || {
            let (outgoing, edge_sets) = self.outgoing(&packing, &sources, &mut sets);
            let incoming = outgoing.transposed();
            (outgoing, incoming, edge_sets)
        };
        let (ids, (outgoing, incoming, edge_sets)) = both(self.threads, copy, pack);
        let ids = ids?;
        let facts = self.facts(&place, &sources.number, &mut sets)?;
        let mut parts = Parts {
            incoming,
            outgoing,
            kinds: kinds(&ids, &facts),
            aliases: self.alias_names(parents.as_deref(), &place),
            by_hash,
            ids,
            joined,
            facts,
            origins: Origins {
                sources: sources.kept,
                sets: sets.into_sets(),
                edges: edge_sets,
            },
            warnings: Vec::new(),
        };
        parts.warnings = self.all_warnings(&parts, found);
        Ok(SupplyGraph::of_parts(parts))
    }

    /// Returns the edges between the ids that nodes go by. One that leads from a node to itself is
    /// none, and stands there to keep the others in place.
    fn edges_between(
        &self,
        parents: Option<&[u32]>,
        found: &mut Vec<GraphWarning>,
    ) -> Cow<'_, [(u32, u32)]> {
        let Some(parents) = parents else {
            return Cow::Borrowed(&self.edges);
        };
        let parent = |id: u32| parents[id as usize];
        let edges = self
            .edges
            .iter()
            .map(|&(from, to)| (parent(from), parent(to)));
        let edges: Vec<(u32, u32)> = edges.collect();
        for (range, source) in self.runs() {
            for at in range.filter(|at| edges[*at].0 == edges[*at].1) {
                let kind = WarningKind::SelfRelation {
                    id: NodeId::of_checked(self.ids.texts().at(edges[at].0)),
                    relation: Relation::of_code(self.codes[at]),
                };
                let source = self.sources[source as usize].name();
                found.push(GraphWarning::new(source, "", kind));
            }
        }
        Cow::Owned(edges)
    }

    /// Returns the ids that are nodes in the one order that does not depend on how they came, and
    /// the level of each.
    fn rank_and_level(&self, parents: Option<&[u32]>, edges: &[(u32, u32)]) -> (Vec<u32>, Levels) {
        let rank = || self.ranked(&self.used(parents, edges));
        let level = || Levels::of(edges, self.ids.len());
        both(self.threads, rank, level)
    }

    /// Returns the ids that something is stated of.
    fn used(&self, parents: Option<&[u32]>, edges: &[(u32, u32)]) -> Bits {
        let mut used = Bits::new(self.ids.len());
        for &(from, to) in edges {
            used.insert(from);
            used.insert(to);
        }
        let parent = |id: u32| parents.map_or(id, |parents| parents[id as usize]);
        for description in &self.descriptions {
            used.insert(parent(description.node));
        }
        for alias in &self.aliases {
            used.insert(parent(alias.of));
        }
        used
    }

    /// Sorts ids by a fixed hash, which is quick, and where it is the same by the text.
    fn ranked(&self, used: &Bits) -> Vec<u32> {
        let texts = self.ids.texts();
        let numbers = used.iter();
        let mut hashed: Vec<(u64, u32)> = numbers
            .map(|id| (hash(texts.at(id), Seed::FIXED), id))
            .collect();
        hashed.sort_unstable_by_key(|(hash, _)| *hash);
        for same in hashed.chunk_by_mut(|one, other| one.0 == other.0) {
            same.sort_unstable_by_key(|(_, id)| texts.at(*id));
        }
        hashed.into_iter().map(|(_, id)| id).collect()
    }

    /// Packs the edges into rows, each with the set of its sources where there are several.
    fn outgoing(
        &self,
        packing: &Packing<'_>,
        sources: &Sources,
        sets: &mut Sets,
    ) -> (Rows, Vec<u32>) {
        let (ends, mut keys) = self.scattered(packing, sources);
        let mut starts = Vec::with_capacity(packing.nodes + 1);
        let mut neighbors = Vec::with_capacity(keys.len());
        let mut codes = Vec::with_capacity(keys.len());
        let mut edge_sets = Vec::new();
        let mut members = Vec::new();
        let mut rest = keys.as_mut_slice();
        let mut taken = 0;
        starts.push(0);
        for &end in &ends[..packing.nodes] {
            let row;
            (row, rest) = rest.split_at_mut((end - taken) as usize);
            taken = end;
            row.sort_unstable();
            for same in row.chunk_by(|one, other| Key::edge(*one) == Key::edge(*other)) {
                let (neighbor, code, _) = Key::read(same[0]);
                neighbors.push(neighbor);
                codes.push(code);
                if sources.kept.len() > 1 {
                    members.clear();
                    members.extend(same.iter().map(|key| Key::read(*key).2));
                    members.dedup();
                    edge_sets.push(sets.number(&members));
                }
            }
            starts.push(ix(neighbors.len()));
        }
        neighbors.shrink_to_fit();
        codes.shrink_to_fit();
        (Rows::of_parts(starts, neighbors, codes), edge_sets)
    }

    /// Brings the edges of each node together. Returns where the row of each node ends.
    fn scattered(&self, packing: &Packing<'_>, sources: &Sources) -> (Vec<u32>, Vec<u64>) {
        let place = |id: u32| packing.place[id as usize];
        let mut next = vec![0_u32; packing.nodes + 1];
        let edges = packing.edges.iter().filter(|edge| edge.0 != edge.1);
        for &(from, _) in edges {
            next[place(from) as usize + 1] += 1;
        }
        accumulate(&mut next);
        let mut keys = vec![0; next[packing.nodes] as usize];
        for (range, source) in self.runs() {
            let source = sources.number[source as usize];
            let stated = packing.edges[range.clone()].iter().zip(&self.codes[range]);
            for (&(from, to), &code) in stated.filter(|(edge, _)| edge.0 != edge.1) {
                let next = &mut next[place(from) as usize];
                keys[*next as usize] = Key::write(place(to), code, source);
                *next += 1;
            }
        }
        (next, keys)
    }

    /// Returns each stretch of edges with its source.
    fn runs(&self) -> impl Iterator<Item = (std::ops::Range<usize>, u32)> {
        let ends = self.runs.iter().skip(1).map(|run| run.0);
        let ends = ends.chain([self.edges.len()]);
        let runs = self.runs.iter().zip(ends);
        runs.map(|(&(start, source), end)| (start..end, source))
    }

    /// Copies the ids in the order of the nodes.
    fn placed_ids(&self, ranked: &[u32], by_hash: &[u32]) -> Result<Strings, BuildGraphError> {
        let mut order = vec![0; ranked.len()];
        for (&id, &node) in ranked.iter().zip(by_hash) {
            order[node as usize] = id;
        }
        let texts = self.ids.texts();
        let mut ids = Strings::with_capacity(order.len(), texts.text().len());
        for id in order {
            let pushed = ids.push(texts.at(id));
            pushed.ok_or(BuildGraphError::TooMuchText)?;
        }
        ids.shrink();
        Ok(ids)
    }

    /// Returns the ids that nodes are known by beside their own, sorted.
    fn alias_names(&self, parents: Option<&[u32]>, place: &[u32]) -> (Strings, Vec<u32>) {
        let mut names: Vec<(&str, u32)> = (0..)
            .zip(parents.unwrap_or_default())
            .filter(|(id, parent)| id != *parent && place[**parent as usize] != NONE)
            .map(|(id, parent): (u32, _)| (self.ids.texts().at(id), place[*parent as usize]))
            .collect();
        names.sort_unstable();
        let mut texts = Strings::default();
        for (name, _) in &names {
            // They are a part of the ids, which fit.
            let _ = texts.push(name);
        }
        texts.shrink();
        (texts, names.into_iter().map(|(_, node)| node).collect())
    }

    /// Returns what was stated, what was found, and what the graph shows, sorted.
    fn all_warnings(&self, parts: &Parts, found: Vec<GraphWarning>) -> Vec<GraphWarning> {
        let stated = self.warnings.iter().map(|(_, warning)| warning.clone());
        let mut warnings: Vec<GraphWarning> = stated.chain(found).collect();
        let max = self.limits.max_warnings();
        let mut left_out = self.left_out;
        let shown = undescribed(parts).chain(differing(parts));
        for warning in shown {
            if warnings.len() < max {
                warnings.push(warning);
            } else {
                left_out += 1;
            }
        }
        warnings.sort_unstable();
        warnings.dedup();
        if left_out > 0 {
            let kind = WarningKind::TooMany { left_out };
            warnings.push(GraphWarning::new("", "", kind));
        }
        warnings
    }
}

/// What goes into rows: edges between ids, the node of each id, and the number of nodes.
struct Packing<'b> {
    edges: &'b [(u32, u32)],
    place: &'b [u32],
    nodes: usize,
}

/// An edge in a row as one number that sorts by neighbor, relation and source.
struct Key;

impl Key {
    /// The bits of the source.
    const SOURCE: u64 = (1 << 24) - 1;

    fn write(neighbor: u32, code: u8, source: u32) -> u64 {
        u64::from(neighbor) << 32 | u64::from(code) << 24 | u64::from(source)
    }

    /// Returns what tells one edge from another.
    const fn edge(key: u64) -> u64 {
        key >> 24
    }

    #[expect(clippy::cast_possible_truncation, reason = "the parts are meant")]
    const fn read(key: u64) -> (u32, u8, u32) {
        let source = key & Self::SOURCE;
        ((key >> 32) as u32, (key >> 24) as u8, source as u32)
    }
}

/// The sources that state anything, sorted by name.
struct Sources {
    kept: Vec<Source>,
    /// The place of each source among those.
    number: Vec<u32>,
}

impl Sources {
    fn of(builder: &SupplyGraphBuilder) -> Self {
        let mut used = Bits::new(builder.sources.len());
        let runs = builder.runs().filter(|(range, _)| !range.is_empty());
        let described = builder.descriptions.iter().map(|fact| fact.source);
        let aliases = builder.aliases.iter().map(|alias| alias.source);
        let warnings = builder.warnings.iter().map(|warning| warning.0);
        for source in runs
            .map(|run| run.1)
            .chain(described)
            .chain(aliases)
            .chain(warnings)
        {
            used.insert(source);
        }
        let mut order: Vec<u32> = used.iter().collect();
        order.sort_unstable_by_key(|source| builder.sources[*source as usize].name());
        let mut number = vec![NONE; builder.sources.len()];
        for (rank, source) in (0..).zip(&order) {
            number[*source as usize] = rank;
        }
        let source = |number: u32| builder.sources[number as usize].clone();
        Self {
            kept: order.into_iter().map(source).collect(),
            number,
        }
    }
}

/// Returns the kind of each node: the first that a source tells, else what its name tells.
fn kinds(ids: &Strings, facts: &Facts) -> Vec<u8> {
    let told = |id| NodeKind::of_id(id).code();
    let mut kinds: Vec<u8> = ids.iter().map(told).collect();
    let known = facts.rows.iter().rev();
    // The first fact of a node comes last and stays.
    for fact in known.filter(|fact| fact.kind != NodeKind::Unknown) {
        kinds[fact.node as usize] = fact.kind.code();
    }
    kinds
}

/// Finds nodes that only relations name, by names that do not tell what they are.
fn undescribed(parts: &Parts) -> impl Iterator<Item = GraphWarning> {
    let mut described = Bits::new(parts.ids.len());
    for fact in &parts.facts.rows {
        described.insert(fact.node);
    }
    let ids = (0..).zip(parts.ids.iter());
    let unknown = ids.filter(move |(node, id)| !is_telling(id) && !described.contains(*node));
    unknown.map(|(node, id)| {
        let kind = WarningKind::Undescribed {
            id: NodeId::of_checked(id),
        };
        GraphWarning::new(parts.first_source_of(node), "", kind)
    })
}

/// Finds nodes of which several things are said that cannot all be true.
fn differing(parts: &Parts) -> impl Iterator<Item = GraphWarning> {
    let facts = &parts.facts;
    let of_nodes = facts.rows.chunk_by(|one, other| one.node == other.node);
    of_nodes
        .filter(|rows| rows.len() > 1)
        .flat_map(move |rows| {
            let id = NodeId::of_checked(parts.ids.at(rows[0].node));
            let source = parts.origins.members(rows[1].sources).next();
            let source = source.map_or("", Source::name);
            let found = differences(facts, rows).into_iter();
            found.map(move |(field, values)| {
                let kind = WarningKind::Differing {
                    id: id.clone(),
                    field,
                    values,
                };
                GraphWarning::new(source, "", kind)
            })
        })
}
