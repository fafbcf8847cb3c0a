use std::fmt;
use std::num::NonZero;
use std::ops::Range;
use std::thread;

use modelward_artifact::Begun;

use crate::bits::Bits;
use crate::components::{Adjacency, components};
use crate::graph::ix;
use crate::parallel::both;
use crate::reach::{self, Follow};
use crate::{Direction, NodeRef, NodeSet, RelationSet, SupplyGraph, UnknownNode};

/// How many targets go through the graph together: 256 bits a node, which fit a vector register.
const WORDS: usize = 4;

const TARGETS: usize = WORDS * 64;

/// Which of some targets lie below a node.
type Row = [u64; WORDS];

impl SupplyGraph {
    /// Finds out which of the roots reach which of the targets along some relations: what of all
    /// that is deployed is touched by which of all flaws.
    ///
    /// Roots and targets are taken in the order of the graph, each once. A node does not reach itself
    /// but along a cycle of those relations.
    ///
    /// ```
    /// use modelward_graph::{Relation, RelationSet, SupplyGraphBuilder};
    ///
    /// let mut builder = SupplyGraphBuilder::default();
    /// builder.relate_all(&[
    ///     ("pkg:oci/shop", Relation::Contains, "pkg:pypi/torch"),
    ///     ("pkg:oci/chat", Relation::Contains, "pkg:pypi/torch"),
    ///     ("pkg:oci/chat", Relation::Contains, "pkg:pypi/numpy"),
    /// ])?;
    /// let graph = builder.build()?;
    /// let matrix = graph.matrix(["pkg:oci/shop", "pkg:oci/chat"], ["pkg:pypi/torch", "pkg:pypi/numpy"])?;
    /// let matrix = matrix.resolve();
    /// assert!(matrix.reaches("pkg:oci/chat", "pkg:pypi/numpy"));
    /// assert!(!matrix.reaches("pkg:oci/shop", "pkg:pypi/numpy"));
    /// assert_eq!(matrix.roots_of("pkg:pypi/torch").len(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`UnknownNode`] with the first id that the graph does not have.
    pub fn matrix<R: AsRef<str>, T: AsRef<str>>(
        &self,
        roots: impl IntoIterator<Item = R>,
        targets: impl IntoIterator<Item = T>,
    ) -> Result<MatrixQuery<'_>, UnknownNode> {
        Ok(MatrixQuery {
            graph: self,
            roots: sorted(self.find_all(roots)?),
            targets: sorted(self.find_all(targets)?),
            relations: RelationSet::ALL,
            threads: NonZero::<usize>::MIN,
        })
    }
}

fn sorted(mut nodes: Vec<u32>) -> Vec<u32> {
    nodes.sort_unstable();
    nodes.dedup();
    nodes
}

/// Asks which of some roots reach which of some targets.
#[derive(Clone, Debug)]
pub struct MatrixQuery<'g> {
    graph: &'g SupplyGraph,
    roots: Vec<u32>,
    targets: Vec<u32>,
    relations: RelationSet,
    threads: NonZero<usize>,
}

impl<'g> MatrixQuery<'g> {
    /// Follows these relations alone.
    #[must_use]
    pub fn along(mut self, relations: impl Into<RelationSet>) -> Self {
        self.relations = relations.into();
        self
    }

    /// Sets how many threads may work. The answer is the same for every number.
    #[must_use]
    pub const fn with_threads(mut self, threads: NonZero<usize>) -> Self {
        self.threads = threads;
        self
    }

    /// Computes the answer.
    #[must_use]
    pub fn resolve(&self) -> ReachMatrix<'g> {
        let active = Active::of(self);
        let chunks: Vec<&[Option<u32>]> = active.targets.chunks(TARGETS).collect();
        let share = chunks.len().div_ceil(self.threads.get()).max(1);
        let (own, others) = chunks.split_at(share.min(chunks.len()));
        let columns = thread::scope(|scope| {
            let active = &active;
            let begin = |chunks| Begun::on_thread(scope, move || active.columns(chunks));
            let began: Vec<_> = others.chunks(share).map(begin).collect();
            let mut columns = active.columns(own);
            for thread in began {
                columns.extend(thread.join());
            }
            columns
        });
        ReachMatrix {
            graph: self.graph,
            roots: self.roots.clone(),
            targets: self.targets.clone(),
            columns,
        }
    }
}

/// The part of the graph that lies between targets and roots, by numbers of its own: dependencies
/// before what depends on them.
struct Active {
    starts: Vec<u32>,
    /// The dependencies of each node that are in the part.
    below: Vec<u32>,
    /// Where each stretch of nodes that reach one another ends. Empty where no two do.
    ends: Vec<u32>,
    /// The number of each root and of each target, if it is in the part.
    roots: Vec<Option<u32>>,
    targets: Vec<Option<u32>>,
}

impl Active {
    fn of(query: &MatrixQuery<'_>) -> Self {
        let graph = query.graph;
        let follow = |direction| Follow::along(direction, query.relations);
        let (mut between, below) = both(
            query.threads,
            || reach::closure(graph, &query.targets, &follow(Direction::Dependents)),
            || reach::closure(graph, &query.roots, &follow(Direction::Dependencies)),
        );
        between.combine(&below, |word, other| *word &= other);
        let mut number = vec![0; graph.node_count()];
        for (local, node) in (0..).zip(between.iter()) {
            number[node as usize] = local;
        }
        let place = |node: &u32| between.contains(*node).then(|| number[*node as usize]);
        let mut active = Self {
            starts: Vec::new(),
            below: Vec::new(),
            ends: Vec::new(),
            roots: query.roots.iter().map(place).collect(),
            targets: query.targets.iter().map(place).collect(),
        };
        let nodes = ix(graph.node_count());
        let half = if query.threads == NonZero::<usize>::MIN {
            nodes
        } else {
            between.iter().nth(between.len() / 2).unwrap_or(0)
        };
        let pack = |nodes| pack(query, nodes, &between, &number);
        let (first, second) = both(query.threads, || pack(0..half), || pack(half..nodes));
        let offset = ix(first.1.len());
        active.starts = first.0;
        active.below = first.1;
        active
            .starts
            .extend(second.0.iter().map(|start| start + offset));
        active.starts.push(offset + ix(second.1.len()));
        active.below.extend(second.1);
        if graph.parts().joined.is_empty() {
            active
        } else {
            active.in_order()
        }
    }

    /// Orders the part by its own cycles, of which there are fewer where fewer relations count.
    fn in_order(self) -> Self {
        let (component, _) = components(&self);
        let mut order: Vec<u32> = (0..ix(component.len())).collect();
        order.sort_by_key(|node| component[*node as usize]);
        let mut number = vec![0; order.len()];
        for (new, &old) in (0..).zip(&order) {
            number[old as usize] = new;
        }
        let place = |old: &Option<u32>| old.map(|old| number[old as usize]);
        let mut ordered = Self {
            starts: vec![0],
            below: Vec::with_capacity(self.below.len()),
            ends: Vec::new(),
            roots: self.roots.iter().map(place).collect(),
            targets: self.targets.iter().map(place).collect(),
        };
        for &old in &order {
            let row = self.row(old).iter();
            ordered
                .below
                .extend(row.map(|below| number[*below as usize]));
            ordered.starts.push(ix(ordered.below.len()));
        }
        let same = |one: &u32, other: &u32| component[*one as usize] == component[*other as usize];
        let mut end = 0;
        for group in order.chunk_by(same) {
            end += ix(group.len());
            ordered.ends.push(end);
        }
        ordered
    }

    fn row(&self, node: u32) -> &[u32] {
        let (start, end) = (self.starts[node as usize], self.starts[node as usize + 1]);
        &self.below[start as usize..end as usize]
    }

    /// Returns for each chunk of targets the row of each root.
    fn columns(&self, chunks: &[&[Option<u32>]]) -> Vec<Vec<Row>> {
        // What each node is or reaches, used again for each column.
        let mut reached: Vec<Row> = vec![[0; WORDS]; self.starts.len() - 1];
        let column = |(index, targets): (usize, &&[Option<u32>])| {
            if index > 0 {
                reached.fill([0; WORDS]);
            }
            self.column(targets, &mut reached)
        };
        chunks.iter().enumerate().map(column).collect()
    }

    /// Carries the bits of up to 256 targets up through the part.
    fn column(&self, targets: &[Option<u32>], reached: &mut [Row]) -> Vec<Row> {
        for (bit, target) in targets.iter().enumerate() {
            if let Some(target) = target {
                reached[*target as usize][bit / 64] |= 1 << (bit % 64);
            }
        }
        if self.ends.is_empty() {
            for node in 0..ix(reached.len()) {
                let mut row = reached[node as usize];
                self.join_below(&mut row, node, reached);
                reached[node as usize] = row;
            }
        }
        let mut start = 0;
        for &end in &self.ends {
            let mut row = [0; WORDS];
            for node in start..end {
                join(&mut row, &reached[node as usize]);
                self.join_below(&mut row, node, reached);
            }
            reached[start as usize..end as usize].fill(row);
            start = end;
        }
        let strict = |root: &Option<u32>| {
            let mut row = [0; WORDS];
            if let Some(root) = root {
                self.join_below(&mut row, *root, reached);
            }
            row
        };
        self.roots.iter().map(strict).collect()
    }

    fn join_below(&self, row: &mut Row, node: u32, reached: &[Row]) {
        for &below in self.row(node) {
            join(row, &reached[below as usize]);
        }
    }
}

/// Returns where the row of each node of a stretch that is in the part starts, and the rows.
fn pack(
    query: &MatrixQuery<'_>,
    nodes: Range<u32>,
    between: &Bits,
    number: &[u32],
) -> (Vec<u32>, Vec<u32>) {
    let rows = query.graph.rows(Direction::Dependencies);
    let (mut starts, mut below) = (Vec::new(), Vec::new());
    for node in nodes.filter(|node| between.contains(*node)) {
        starts.push(ix(below.len()));
        let counts = |(to, code): &(u32, u8)| query.relations.has(*code) && between.contains(*to);
        let inner = rows.edges(node).filter(counts);
        below.extend(inner.map(|(to, _)| number[to as usize]));
    }
    (starts, below)
}

impl Adjacency for Active {
    fn nodes(&self) -> usize {
        self.starts.len() - 1
    }

    fn len(&self, node: u32) -> usize {
        self.row(node).len()
    }

    fn neighbor(&self, node: u32, at: usize) -> Option<u32> {
        Some(self.row(node)[at])
    }
}

fn join(row: &mut Row, other: &Row) {
    for (word, other) in row.iter_mut().zip(other) {
        *word |= other;
    }
}

/// Tells which roots reach which targets.
#[derive(Clone)]
pub struct ReachMatrix<'g> {
    graph: &'g SupplyGraph,
    /// Sorted.
    roots: Vec<u32>,
    targets: Vec<u32>,
    /// For each 256 targets the row of each root.
    columns: Vec<Vec<Row>>,
}

impl<'g> ReachMatrix<'g> {
    /// Returns the roots, in the order of the graph.
    #[must_use]
    pub fn roots(&self) -> impl ExactSizeIterator<Item = NodeRef<'g>> {
        self.roots.iter().map(|root| self.graph.at(*root))
    }

    /// Returns the targets, in the order of the graph.
    #[must_use]
    pub fn targets(&self) -> impl ExactSizeIterator<Item = NodeRef<'g>> {
        self.targets.iter().map(|target| self.graph.at(*target))
    }

    /// Tells whether a root reaches a target. What is no root or no target is not reached.
    #[must_use]
    pub fn reaches(&self, root: impl AsRef<str>, target: impl AsRef<str>) -> bool {
        let root = place(self.graph, &self.roots, root.as_ref());
        let target = place(self.graph, &self.targets, target.as_ref());
        root.zip(target)
            .is_some_and(|(root, target)| self.has(root, target))
    }

    /// Returns the targets that a root reaches, in the order of the graph.
    #[must_use]
    pub fn targets_of(&self, root: impl AsRef<str>) -> Vec<NodeRef<'g>> {
        let Some(root) = place(self.graph, &self.roots, root.as_ref()) else {
            return Vec::new();
        };
        let targets = self.targets.iter().enumerate();
        let reached = targets.filter(|(target, _)| self.has(root, *target));
        reached.map(|(_, node)| self.graph.at(*node)).collect()
    }

    /// Returns the roots that reach a target, in the order of the graph.
    #[must_use]
    pub fn roots_of(&self, target: impl AsRef<str>) -> Vec<NodeRef<'g>> {
        let Some(target) = place(self.graph, &self.targets, target.as_ref()) else {
            return Vec::new();
        };
        let roots = self.roots.iter().enumerate();
        let reaching = roots.filter(|(root, _)| self.has(*root, target));
        reaching.map(|(_, node)| self.graph.at(*node)).collect()
    }

    /// Returns the roots that reach any target.
    #[must_use]
    pub fn touched(&self) -> NodeSet<'g> {
        let mut touched = Bits::new(self.graph.node_count());
        for column in &self.columns {
            for (row, root) in column.iter().zip(&self.roots) {
                if *row != [0; WORDS] {
                    touched.insert(*root);
                }
            }
        }
        NodeSet::new(self.graph, touched)
    }

    /// Returns how many pairs of a root and a target that it reaches there are.
    #[must_use]
    pub fn pairs(&self) -> usize {
        let words = self.columns.iter().flatten().flatten();
        words.map(|word| word.count_ones() as usize).sum()
    }

    fn has(&self, root: usize, target: usize) -> bool {
        let row = &self.columns[target / TARGETS][root];
        row[target % TARGETS / 64] >> (target % 64) & 1 == 1
    }
}

fn place(graph: &SupplyGraph, among: &[u32], id: &str) -> Option<usize> {
    let node = graph.find(id).ok()?;
    among.binary_search(&node).ok()
}

/// Shows the sizes.
impl fmt::Debug for ReachMatrix<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReachMatrix")
            .field("roots", &self.roots.len())
            .field("targets", &self.targets.len())
            .field("pairs", &self.pairs())
            .finish_non_exhaustive()
    }
}
