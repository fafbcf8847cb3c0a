use std::fmt;

use modelward_artifact::Digest;

use crate::bits::Bits;
use crate::facts::{Fact, Facts};
use crate::hash::{Seed, hash};
use crate::origins::Origins;
use crate::rows::Rows;
use crate::strings::Strings;
use crate::{
    Direction, GraphWarning, NodeId, NodeKind, Relation, SignatureState, Source, Statement,
    UnknownNode,
};

/// Holds the supply chain of models: who needs what, in both directions.
///
/// - Immutable, `Send` and `Sync`: made by a [`SupplyGraphBuilder`](crate::SupplyGraphBuilder) or
///   from a snapshot.
/// - Every relation joins two different nodes of the graph. Cycles are allowed, as real documents
///   have them, and every query ends.
/// - Nodes stand in one order, however the graph was built: dependencies before what depends on
///   them, nodes that need one another side by side.
#[derive(Clone, Eq, PartialEq)]
pub struct SupplyGraph {
    parts: Parts,
    /// The numbers of aliases, sorted by their nodes.
    aliases: Vec<u32>,
}

/// The columns of a graph. All but the facts, aliases and warnings are by node or by edge.
#[derive(Clone, Eq, PartialEq)]
pub(crate) struct Parts {
    pub(crate) ids: Strings,
    /// The nodes by the fixed hash of their ids, then by id.
    pub(crate) by_hash: Vec<u32>,
    pub(crate) kinds: Vec<u8>,
    /// Which nodes are on a cycle with the node before.
    pub(crate) joined: Bits,
    pub(crate) outgoing: Rows,
    pub(crate) incoming: Rows,
    pub(crate) facts: Facts,
    /// Other ids of nodes, sorted, and the node of each.
    pub(crate) aliases: (Strings, Vec<u32>),
    pub(crate) origins: Origins,
    pub(crate) warnings: Vec<GraphWarning>,
}

impl Parts {
    /// Returns the name of the first source that relates a node to another.
    pub(crate) fn first_source_of(&self, node: u32) -> &str {
        let as_dependent = self.outgoing.range(node).next();
        let edge = as_dependent.or_else(|| {
            let (dependent, code) = self.incoming.edges(node).next()?;
            self.place_of(dependent, node, code)
        });
        let set = edge.map_or(0, |edge| self.origins.of_edge(edge));
        self.origins.members(set).next().map_or("", Source::name)
    }

    /// Returns where an edge stands in the outgoing rows.
    pub(crate) fn place_of(&self, from: u32, to: u32, code: u8) -> Option<usize> {
        let range = self.outgoing.range(from);
        let row = self.outgoing.neighbors(from);
        let first = row.partition_point(|neighbor| *neighbor < to);
        let codes = &self.outgoing.codes(from)[first..];
        let same = codes.iter().zip(&row[first..]);
        let at = same
            .take_while(|(_, neighbor)| **neighbor == to)
            .position(|(known, _)| *known == code)?;
        Some(range.start + first + at)
    }
}

impl SupplyGraph {
    pub(crate) fn of_parts(parts: Parts) -> Self {
        let nodes = &parts.aliases.1;
        let mut aliases: Vec<u32> = (0..ix(nodes.len())).collect();
        aliases.sort_by_key(|alias| nodes[*alias as usize]);
        Self { parts, aliases }
    }

    pub(crate) const fn parts(&self) -> &Parts {
        &self.parts
    }

    /// Returns the node of an id or of an alias.
    #[must_use]
    pub fn node(&self, id: impl AsRef<str>) -> Option<NodeRef<'_>> {
        self.find(id.as_ref()).ok().map(|index| self.at(index))
    }

    /// Returns all nodes, dependencies before what depends on them.
    #[must_use]
    pub fn nodes(&self) -> impl ExactSizeIterator<Item = NodeRef<'_>> {
        (0..ix(self.node_count())).map(|index| self.at(index))
    }

    /// Returns the nodes of which a source states this digest.
    #[must_use]
    pub fn nodes_with_digest(&self, digest: &Digest) -> Vec<NodeRef<'_>> {
        let facts = &self.parts.facts;
        let rows = facts.rows.iter();
        let mut found: Vec<u32> = rows
            .filter(|fact| facts.digests(fact).contains(digest))
            .map(|fact| fact.node)
            .chain(self.find(&digest.to_string()))
            .collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|index| self.at(index)).collect()
    }

    /// Returns all edges, by dependent, dependency and relation, in the order of the nodes.
    pub fn edges(&self) -> impl Iterator<Item = Edge<'_>> {
        (0..ix(self.node_count())).flat_map(move |from| {
            let row = self.parts.outgoing.edges(from);
            row.map(move |(to, code)| self.edge(from, code, to))
        })
    }

    /// Returns how many nodes there are.
    #[must_use]
    pub fn node_count(&self) -> usize {
        self.parts.ids.len()
    }

    /// Returns how many different edges there are.
    #[must_use]
    pub fn edge_count(&self) -> usize {
        self.parts.outgoing.len()
    }

    /// Returns the sources of what the graph states, sorted by name.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        &self.parts.origins.sources
    }

    /// Returns what of the sources is not in the graph as it was stated, and what contradicts
    /// something else, sorted by source and place.
    #[must_use]
    pub fn warnings(&self) -> &[GraphWarning] {
        &self.parts.warnings
    }

    /// Returns the edges that touch a node in one direction, in the order of the nodes at the other
    /// end.
    ///
    /// # Errors
    ///
    /// [`UnknownNode`] where the graph has no such node.
    pub fn direct(
        &self,
        id: impl AsRef<str>,
        direction: Direction,
    ) -> Result<Vec<Edge<'_>>, UnknownNode> {
        let node = self.find(id.as_ref())?;
        let row = self.rows(direction).edges(node);
        let edges = row.map(|(other, code)| match direction {
            Direction::Dependencies => self.edge(node, code, other),
            Direction::Dependents => self.edge(other, code, node),
        });
        Ok(edges.collect())
    }

    pub(crate) fn find(&self, id: &str) -> Result<u32, UnknownNode> {
        let ids = &self.parts.ids;
        let wanted = (hash(id, Seed::FIXED), id);
        let found = self.parts.by_hash.binary_search_by(|node| {
            let known = ids.at(*node);
            (hash(known, Seed::FIXED), known).cmp(&wanted)
        });
        if let Ok(at) = found {
            return Ok(self.parts.by_hash[at]);
        }
        let (names, nodes) = &self.parts.aliases;
        names
            .search(id)
            .map(|at| nodes[at])
            .ok_or_else(|| UnknownNode { id: id.to_owned() })
    }

    /// Finds each of some nodes.
    pub(crate) fn find_all<T: AsRef<str>>(
        &self,
        ids: impl IntoIterator<Item = T>,
    ) -> Result<Vec<u32>, UnknownNode> {
        ids.into_iter().map(|id| self.find(id.as_ref())).collect()
    }

    pub(crate) const fn at(&self, index: u32) -> NodeRef<'_> {
        NodeRef { graph: self, index }
    }

    pub(crate) const fn edge(&self, from: u32, code: u8, to: u32) -> Edge<'_> {
        Edge {
            graph: self,
            from,
            code,
            to,
        }
    }

    /// Returns the rows that lead in a direction.
    pub(crate) const fn rows(&self, direction: Direction) -> &Rows {
        match direction {
            Direction::Dependencies => &self.parts.outgoing,
            Direction::Dependents => &self.parts.incoming,
        }
    }
}

/// Shows the sizes: a graph may have millions of nodes.
impl fmt::Debug for SupplyGraph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SupplyGraph")
            .field("nodes", &self.node_count())
            .field("edges", &self.edge_count())
            .field("sources", &self.sources().len())
            .field("warnings", &self.warnings().len())
            .finish_non_exhaustive()
    }
}

/// Shows one thing of a graph, with what its sources say of it.
///
/// Where sources differ, the first one by name that says something counts, and the graph has a
/// [warning](SupplyGraph::warnings).
#[derive(Clone, Copy)]
pub struct NodeRef<'g> {
    graph: &'g SupplyGraph,
    index: u32,
}

impl<'g> NodeRef<'g> {
    /// Returns the id, which no other node of the graph has.
    #[must_use]
    pub fn id(self) -> &'g str {
        self.graph.parts.ids.at(self.index)
    }

    /// Returns the id as a value that outlives the graph.
    #[must_use]
    pub fn to_id(self) -> NodeId {
        NodeId::of_checked(self.id())
    }

    /// Returns the other ids by which the node is known, sorted.
    pub fn aliases(self) -> impl Iterator<Item = &'g str> {
        let (names, nodes) = &self.graph.parts.aliases;
        let node = |alias: &u32| nodes[*alias as usize];
        let aliases = &self.graph.aliases;
        let start = aliases.partition_point(|alias| node(alias) < self.index);
        let own = aliases[start..].iter();
        own.take_while(move |alias| node(alias) == self.index)
            .map(|alias| names.at(*alias))
    }

    /// Returns the kind. Where no source tells, it is what a package URL tells.
    #[must_use]
    pub fn kind(self) -> NodeKind {
        NodeKind::of_code(self.graph.parts.kinds[self.index as usize])
    }

    /// Returns the name. Where no source tells, it is the last part of the id before its version.
    #[must_use]
    pub fn name(self) -> &'g str {
        self.first_text(|fact| fact.name)
            .unwrap_or_else(|| name_of(self.id()))
    }

    /// Returns the version. Where no source tells, it is that of the package URL.
    #[must_use]
    pub fn version(self) -> Option<&'g str> {
        self.first_text(|fact| fact.version)
            .or_else(|| version_of(self.id()))
    }

    /// Returns what is said of the license, if anything is.
    #[must_use]
    pub fn license(self) -> Option<&'g str> {
        self.first_text(|fact| fact.license)
    }

    /// Returns the digests that any source states, sorted.
    #[must_use]
    pub fn digests(self) -> Vec<Digest> {
        let facts = &self.graph.parts.facts;
        let digests = self.facts().iter().flat_map(|fact| facts.digests(fact));
        let mut digests: Vec<Digest> = digests.copied().collect();
        digests.extend(self.id().parse::<Digest>());
        digests.sort_unstable();
        digests.dedup();
        digests
    }

    /// Returns what was found of a signature. `Missing` counts more than `Verified`.
    #[must_use]
    pub fn signature(self) -> SignatureState {
        let states = self.facts().iter().map(|fact| fact.signature);
        let known = states.filter(|state| *state != SignatureState::Unknown);
        known.min().unwrap_or_default()
    }

    /// Returns the sources that describe the node, sorted by name.
    #[must_use]
    pub fn sources(self) -> Vec<&'g Source> {
        let origins = &self.graph.parts.origins;
        let facts = self.facts().iter();
        let mut sources: Vec<&Source> = facts
            .flat_map(|fact| origins.members(fact.sources))
            .collect();
        sources.sort_unstable();
        sources.dedup();
        sources
    }

    /// Returns what sources say of the node, that of the first source by name first.
    #[must_use]
    pub fn statements(self) -> impl ExactSizeIterator<Item = Statement<'g>> {
        let graph = self.graph;
        let facts = self.facts().iter();
        facts.map(move |fact| Statement::new(graph, fact))
    }

    /// Tells whether some source describes the node, and not only relates it.
    #[must_use]
    pub fn is_described(self) -> bool {
        !self.facts().is_empty()
    }

    pub(crate) const fn index(self) -> u32 {
        self.index
    }

    pub(crate) fn facts(self) -> &'g [Fact] {
        self.graph.parts.facts.of(self.index)
    }

    fn first_text(self, field: impl Fn(&Fact) -> u32) -> Option<&'g str> {
        let facts = &self.graph.parts.facts;
        let mut texts = self.facts().iter().map(|fact| facts.text(field(fact)));
        texts.find_map(|text| text)
    }
}

impl PartialEq for NodeRef<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.graph, other.graph) && self.index == other.index
    }
}

impl Eq for NodeRef<'_> {}

impl fmt::Debug for NodeRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NodeRef")
            .field("id", &self.id())
            .field("kind", &self.kind())
            .finish_non_exhaustive()
    }
}

/// Joins a dependent to one of its dependencies.
#[derive(Clone, Copy)]
pub struct Edge<'g> {
    graph: &'g SupplyGraph,
    from: u32,
    code: u8,
    to: u32,
}

impl<'g> Edge<'g> {
    /// Returns the dependent.
    #[must_use]
    pub const fn from(self) -> NodeRef<'g> {
        self.graph.at(self.from)
    }

    /// Returns how the dependent needs the dependency.
    #[must_use]
    pub const fn relation(self) -> Relation {
        Relation::of_code(self.code)
    }

    /// Returns the dependency.
    #[must_use]
    pub const fn to(self) -> NodeRef<'g> {
        self.graph.at(self.to)
    }

    /// Returns the sources that state the edge, sorted by name.
    pub fn sources(self) -> impl Iterator<Item = &'g Source> {
        let parts = &self.graph.parts;
        let place = parts.place_of(self.from, self.to, self.code);
        let set = place.map_or(0, |place| parts.origins.of_edge(place));
        parts.origins.members(set)
    }
}

impl PartialEq for Edge<'_> {
    fn eq(&self, other: &Self) -> bool {
        let own = (self.from(), self.code, self.to());
        own == (other.from(), other.code, other.to())
    }
}

impl Eq for Edge<'_> {}

impl fmt::Debug for Edge<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Edge")
            .field("from", &self.from().id())
            .field("relation", &self.relation())
            .field("to", &self.to().id())
            .finish()
    }
}

/// Returns what a package URL or another id calls its thing.
fn name_of(id: &str) -> &str {
    let without_extras = match id.strip_prefix("pkg:") {
        Some(rest) => rest.split(['?', '#']).next().unwrap_or(rest),
        None => return id,
    };
    let path = match without_extras.rsplit_once('@') {
        Some((path, version)) if !version.contains('/') => path,
        _ => without_extras,
    };
    path.rsplit('/').next().unwrap_or(path)
}

/// Returns the version of a package URL.
fn version_of(id: &str) -> Option<&str> {
    let rest = id.strip_prefix("pkg:")?.split(['?', '#']).next()?;
    let (_, version) = rest.rsplit_once('@')?;
    (!version.is_empty() && !version.contains('/')).then_some(version)
}

/// Turns a count of nodes or edges into an index.
pub(crate) fn ix(count: usize) -> u32 {
    u32::try_from(count).expect("`GraphLimits` keeps counts below 2^32")
}
