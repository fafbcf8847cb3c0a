//! The graph as numbers: looked up once, so that every walk along it is linear.

use std::collections::{BTreeMap, HashMap};

use modelward_artifact::Digest;
use modelward_graph::{FindingClass, NodeRef, Relation, RelationSet, SupplyGraph};

/// The relations that carry compromise; a bad benchmark does not change the model.
const FLOW: RelationSet = FindingClass::PoisonedData
    .flow()
    .union(FindingClass::MaliciousWeights.flow())
    .union(FindingClass::CodeFlaw.flow());

/// The number of a node, by the order of the graph: dependencies before what depends on them.
pub(crate) type NodeIx = usize;

/// Holds the nodes by number and the relations that carry compromise, in both directions.
#[derive(Debug)]
pub(crate) struct Index<'g> {
    nodes: Vec<NodeRef<'g>>,
    numbers: HashMap<&'g str, NodeIx>,
    dependencies: Rows,
    dependents: Rows,
    /// Ids and aliases in order, so that names that begin alike stand side by side.
    names: Vec<(&'g str, NodeIx)>,
    /// The numbers by what stands after a `#` in the id, the name within a document.
    within: BTreeMap<&'g str, Vec<NodeIx>>,
    by_digest: HashMap<Digest, Vec<NodeIx>>,
    graph: &'g SupplyGraph,
}

/// The ends of relations by where they start.
#[derive(Debug)]
struct Rows {
    starts: Vec<usize>,
    ends: Vec<(Relation, NodeIx)>,
}

impl Rows {
    /// Sorts edges by `start`, those of the same one in the order in which they are given.
    fn of(count: usize, edges: &[(NodeIx, Relation, NodeIx)]) -> Self {
        let mut starts = vec![0; count + 1];
        for (start, ..) in edges {
            starts[start + 1] += 1;
        }
        for node in 0..count {
            starts[node + 1] += starts[node];
        }
        let mut next = starts.clone();
        let mut ends = vec![(Relation::Contains, 0); edges.len()];
        for (start, relation, end) in edges {
            ends[next[*start]] = (*relation, *end);
            next[*start] += 1;
        }
        Self { starts, ends }
    }

    fn row(&self, node: NodeIx) -> &[(Relation, NodeIx)] {
        &self.ends[self.starts[node]..self.starts[node + 1]]
    }
}

impl<'g> Index<'g> {
    pub(crate) fn of(graph: &'g SupplyGraph) -> Self {
        let nodes: Vec<NodeRef<'g>> = graph.nodes().collect();
        let numbered = nodes.iter().enumerate();
        let numbers: HashMap<&str, NodeIx> = numbered.map(|(ix, node)| (node.id(), ix)).collect();
        let carrying = graph.edges().filter(|edge| FLOW.contains(edge.relation()));
        let mut edges: Vec<(NodeIx, Relation, NodeIx)> = carrying
            .map(|edge| {
                let (from, to) = (edge.from().id(), edge.to().id());
                (numbers[from], edge.relation(), numbers[to])
            })
            .collect();
        let dependencies = Rows::of(nodes.len(), &edges);
        for (from, _, to) in &mut edges {
            std::mem::swap(from, to);
        }
        let dependents = Rows::of(nodes.len(), &edges);
        let mut index = Self {
            numbers,
            dependencies,
            dependents,
            names: Vec::new(),
            within: BTreeMap::new(),
            by_digest: HashMap::new(),
            graph,
            nodes,
        };
        index.name();
        index
    }

    fn name(&mut self) {
        for (ix, node) in self.nodes.iter().enumerate() {
            for name in std::iter::once(node.id()).chain(node.aliases()) {
                self.names.push((name, ix));
                for (at, _) in name.match_indices('#') {
                    self.within.entry(&name[at + 1..]).or_default().push(ix);
                }
            }
            for digest in node.digests() {
                self.by_digest.entry(digest).or_default().push(ix);
            }
        }
        self.names.sort_unstable();
    }

    pub(crate) const fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(crate) fn node(&self, ix: NodeIx) -> NodeRef<'g> {
        self.nodes[ix]
    }

    /// Finds a node by its id or an alias.
    pub(crate) fn find(&self, id: &str) -> Option<NodeIx> {
        let known = self.numbers.get(id).copied();
        known.or_else(|| self.numbers.get(self.graph.node(id)?.id()).copied())
    }

    /// Lists the nodes of which a source states a digest, or whose id it is.
    pub(crate) fn with_digest(&self, digest: &Digest) -> Vec<NodeIx> {
        let stated = self.by_digest.get(digest).into_iter().flatten().copied();
        stated.chain(self.find(&digest.to_string())).collect()
    }

    /// Lists the nodes with an id or alias that begins with a text, and that name.
    pub(crate) fn with_prefix(&self, text: &str) -> impl Iterator<Item = (&'g str, NodeIx)> {
        let first = self.names.partition_point(|(name, _)| *name < text);
        let rest = self.names[first..].iter().copied();
        rest.take_while(move |(name, _)| name.starts_with(text))
    }

    /// Lists the nodes that a document calls by a name.
    pub(crate) fn within_documents(&self, name: &str) -> &[NodeIx] {
        self.within.get(name).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn dependencies(&self, node: NodeIx) -> &[(Relation, NodeIx)] {
        self.dependencies.row(node)
    }

    pub(crate) fn dependents(&self, node: NodeIx) -> &[(Relation, NodeIx)] {
        self.dependents.row(node)
    }
}
