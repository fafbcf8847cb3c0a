use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;

use modelward_artifact::escape::Terminal;
use serde::Serialize;

use crate::graph::ix;
use crate::{NodeKind, NodeRef, Relation, SupplyGraph};

/// How many of the nodes that others depend on are named.
const NAMED: usize = 10;

/// Tells the sizes of a graph, for one that is too large to be drawn.
///
/// Text has one number a line, JSON the same members.
///
/// ```
/// use modelward_graph::{Relation, Scope, SupplyGraphBuilder};
///
/// let mut builder = SupplyGraphBuilder::default();
/// builder.relate_all(&[
///     ("pkg:oci/shop@1", Relation::Serves, "pkg:huggingface/a/b@1"),
///     ("pkg:oci/shop@1", Relation::DependsOn(Scope::Runtime), "pkg:pypi/torch@2"),
///     ("pkg:huggingface/a/b@1", Relation::DependsOn(Scope::Runtime), "pkg:pypi/torch@2"),
/// ])?;
/// let summary = builder.build()?.summary();
/// assert_eq!((summary.roots(), summary.leaves(), summary.longest_chain()), (1, 1, 2));
/// assert_eq!(summary.most_needed()[0].id(), "pkg:pypi/torch@2");
/// assert!(summary.to_string().starts_with("nodes: 3\n  container: 1\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct GraphSummary {
    nodes: usize,
    kinds: BTreeMap<NodeKind, usize>,
    edges: usize,
    relations: BTreeMap<Relation, usize>,
    sources: usize,
    warnings: BTreeMap<&'static str, usize>,
    roots: usize,
    leaves: usize,
    cycles: usize,
    largest_cycle: usize,
    longest_chain: usize,
    most_needed: Vec<NeededNode>,
}

/// Names a node and how many others depend on it directly.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct NeededNode {
    id: String,
    dependents: usize,
}

impl NeededNode {
    /// Returns the id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns how many nodes depend on it directly, each counted once.
    #[must_use]
    pub const fn dependents(&self) -> usize {
        self.dependents
    }
}

impl SupplyGraph {
    /// Counts what the graph has, in one pass over nodes and edges.
    #[must_use]
    pub fn summary(&self) -> GraphSummary {
        let groups = self.groups();
        let cycles = groups.iter().filter(|group| group.len() > 1);
        let (mut kinds, mut relations) = (BTreeMap::new(), BTreeMap::new());
        for node in self.nodes() {
            *kinds.entry(node.kind()).or_default() += 1;
        }
        for edge in self.edges() {
            *relations.entry(edge.relation()).or_default() += 1;
        }
        let mut warnings = BTreeMap::new();
        for warning in self.warnings() {
            *warnings.entry(warning.code()).or_default() += 1;
        }
        let (outgoing, incoming) = (&self.parts().outgoing, &self.parts().incoming);
        let indices = 0..ix(self.node_count());
        let without = |rows: &crate::rows::Rows| {
            let empty = indices.clone().filter(|node| rows.range(*node).is_empty());
            empty.count()
        };
        GraphSummary {
            nodes: self.node_count(),
            kinds,
            edges: self.edge_count(),
            relations,
            sources: self.sources().len(),
            warnings,
            roots: without(incoming),
            leaves: without(outgoing),
            cycles: cycles.clone().count(),
            largest_cycle: cycles.map(ExactSizeIterator::len).max().unwrap_or(0),
            longest_chain: self.longest_chain(&groups),
            most_needed: self.most_needed(),
        }
    }

    /// Returns the nodes that need one another, and each other node by itself, in order.
    fn groups(&self) -> Vec<std::ops::Range<u32>> {
        let mut groups: Vec<std::ops::Range<u32>> = Vec::new();
        for node in 0..ix(self.node_count()) {
            match groups.last_mut() {
                Some(group) if self.parts().joined.contains(node) => group.end = node + 1,
                _ => groups.push(node..node + 1),
            }
        }
        groups
    }

    /// Counts the edges of the longest chain, in which those inside of a group count for nothing.
    fn longest_chain(&self, groups: &[std::ops::Range<u32>]) -> usize {
        // Dependencies stand before their dependents, so they are known when they are asked for.
        let mut chains = vec![0_u32; self.node_count()];
        for group in groups {
            let rows = group
                .clone()
                .map(|node| self.parts().outgoing.neighbors(node));
            let outer = rows.flatten().filter(|node| !group.contains(node));
            let longest = outer.map(|node| chains[*node as usize] + 1).max();
            for node in group.clone() {
                chains[node as usize] = longest.unwrap_or(0);
            }
        }
        chains.into_iter().max().unwrap_or(0) as usize
    }

    fn most_needed(&self) -> Vec<NeededNode> {
        let dependents = |node: NodeRef<'_>| {
            // Several relations to one dependent lie side by side.
            let row = self.parts().incoming.neighbors(node.index());
            row.chunk_by(|a, b| a == b).count()
        };
        let mut best: Vec<(Reverse<usize>, &str)> = Vec::with_capacity(NAMED + 1);
        for node in self.nodes() {
            let candidate = (Reverse(dependents(node)), node.id());
            let is_in = best.len() < NAMED || best.last().is_some_and(|last| candidate < *last);
            if candidate.0.0 > 0 && is_in {
                let at = best.partition_point(|known| *known < candidate);
                best.insert(at, candidate);
                best.truncate(NAMED);
            }
        }
        let named = best
            .into_iter()
            .map(|(Reverse(dependents), id)| NeededNode {
                id: id.to_owned(),
                dependents,
            });
        named.collect()
    }
}

impl GraphSummary {
    /// Returns the number of nodes.
    #[must_use]
    pub const fn nodes(&self) -> usize {
        self.nodes
    }

    /// Returns the number of nodes of each kind that there is.
    #[must_use]
    pub const fn kinds(&self) -> &BTreeMap<NodeKind, usize> {
        &self.kinds
    }

    /// Returns the number of edges.
    #[must_use]
    pub const fn edges(&self) -> usize {
        self.edges
    }

    /// Returns the number of edges of each relation that there is.
    #[must_use]
    pub const fn relations(&self) -> &BTreeMap<Relation, usize> {
        &self.relations
    }

    /// Returns the number of sources.
    #[must_use]
    pub const fn sources(&self) -> usize {
        self.sources
    }

    /// Returns the number of warnings of each code that there is.
    #[must_use]
    pub const fn warnings(&self) -> &BTreeMap<&'static str, usize> {
        &self.warnings
    }

    /// Returns the number of nodes that nothing depends on.
    #[must_use]
    pub const fn roots(&self) -> usize {
        self.roots
    }

    /// Returns the number of nodes that depend on nothing.
    #[must_use]
    pub const fn leaves(&self) -> usize {
        self.leaves
    }

    /// Returns the number of groups of nodes that all need one another.
    #[must_use]
    pub const fn cycles(&self) -> usize {
        self.cycles
    }

    /// Returns the number of nodes of the largest of these groups, or 0.
    #[must_use]
    pub const fn largest_cycle(&self) -> usize {
        self.largest_cycle
    }

    /// Returns how many edges the longest chain has. Nodes that need one another count as one.
    #[must_use]
    pub const fn longest_chain(&self) -> usize {
        self.longest_chain
    }

    /// Returns at most ten nodes that others depend on, those with the most direct dependents first,
    /// then by id.
    #[must_use]
    pub fn most_needed(&self) -> &[NeededNode] {
        &self.most_needed
    }
}

impl fmt::Display for GraphSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "nodes: {}", self.nodes)?;
        for (kind, count) in &self.kinds {
            writeln!(f, "  {kind}: {count}")?;
        }
        writeln!(f, "edges: {}", self.edges)?;
        for (relation, count) in &self.relations {
            writeln!(f, "  {relation}: {count}")?;
        }
        writeln!(f, "sources: {}", self.sources)?;
        writeln!(f, "warnings: {}", self.warnings.values().sum::<usize>())?;
        for (code, count) in &self.warnings {
            writeln!(f, "  {code}: {count}")?;
        }
        writeln!(f, "roots: {}", self.roots)?;
        writeln!(f, "leaves: {}", self.leaves)?;
        write!(f, "cycles: {}", self.cycles)?;
        if self.cycles > 0 {
            write!(f, ", the largest of {} nodes", self.largest_cycle)?;
        }
        write!(f, "\nlongest chain: {}", self.longest_chain)?;
        if !self.most_needed.is_empty() {
            f.write_str("\nmost direct dependents:")?;
        }
        for node in &self.most_needed {
            write!(f, "\n  {}: {}", Terminal(&node.id), node.dependents)?;
        }
        Ok(())
    }
}
