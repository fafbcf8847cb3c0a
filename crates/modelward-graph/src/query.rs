use modelward_artifact::Timestamp;

use crate::reach::{self, Follow};
use crate::{KindSet, NodeSet, RelationSet, SupplyGraph, Trace, UnknownNode};

/// Says which way to follow relations.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a directed edge can be followed in two directions"
)]
pub enum Direction {
    /// From a thing to what it needs.
    Dependencies,
    /// From a thing to what needs it.
    Dependents,
}

impl Direction {
    /// Returns the other direction.
    #[must_use]
    pub const fn reversed(self) -> Self {
        match self {
            Self::Dependencies => Self::Dependents,
            Self::Dependents => Self::Dependencies,
        }
    }
}

impl SupplyGraph {
    /// Begins a question about what is reached from some nodes.
    ///
    /// # Errors
    ///
    /// [`UnknownNode`] with the first id that the graph does not have.
    pub fn query<T: AsRef<str>>(
        &self,
        direction: Direction,
        ids: impl IntoIterator<Item = T>,
    ) -> Result<Query<'_>, UnknownNode> {
        let mut starts = self.find_all(ids)?;
        starts.sort_unstable();
        starts.dedup();
        Ok(Query {
            graph: self,
            starts,
            follow: Follow::all(direction),
            kinds: KindSet::ALL,
            hops: u32::MAX,
        })
    }

    /// Returns everything that a node needs, directly or through others, without the node itself.
    ///
    /// # Errors
    ///
    /// [`UnknownNode`] where the graph has no such node.
    pub fn dependencies(&self, id: impl AsRef<str>) -> Result<NodeSet<'_>, UnknownNode> {
        Ok(self.query(Direction::Dependencies, [id])?.resolve())
    }

    /// Returns everything that needs a node, directly or through others, without the node itself.
    ///
    /// # Errors
    ///
    /// [`UnknownNode`] where the graph has no such node.
    pub fn dependents(&self, id: impl AsRef<str>) -> Result<NodeSet<'_>, UnknownNode> {
        Ok(self.query(Direction::Dependents, [id])?.resolve())
    }

    /// Returns the set of these nodes.
    ///
    /// # Errors
    ///
    /// [`UnknownNode`] with the first id that the graph does not have.
    pub fn set<T: AsRef<str>>(
        &self,
        ids: impl IntoIterator<Item = T>,
    ) -> Result<NodeSet<'_>, UnknownNode> {
        Ok(NodeSet::of(self, self.find_all(ids)?))
    }

    /// Returns the set of all nodes.
    #[must_use]
    pub fn all(&self) -> NodeSet<'_> {
        NodeSet::of(self, 0..crate::graph::ix(self.node_count()))
    }
}

/// Asks what some nodes need, or what needs them.
///
/// Nothing is computed before [`resolve`](Self::resolve) or [`trace`](Self::trace).
///
/// ```
/// use modelward_graph::{Direction, FindingClass, NodeKind, Relation, SupplyGraphBuilder};
///
/// let mut builder = SupplyGraphBuilder::default();
/// builder.relate_all(&[
///     ("pkg:oci/shop@1", Relation::Serves, "pkg:huggingface/a/tuned@1"),
///     ("pkg:huggingface/a/tuned@1", Relation::TrainedOn, "pkg:huggingface/datasets/a/d@1"),
///     ("pkg:huggingface/a/tuned@1", Relation::EvaluatedOn, "pkg:huggingface/datasets/a/e@1"),
/// ])?;
/// let graph = builder.build()?;
///
/// // A poisoned data set reaches the deployment, a poisoned benchmark does not.
/// let flow = FindingClass::PoisonedData.flow();
/// let deployed = |data: &str| {
///     let query = graph.query(Direction::Dependents, [data])?;
///     Ok::<_, modelward_graph::UnknownNode>(query.along(flow).of_kinds(NodeKind::Container).resolve())
/// };
/// assert_eq!(deployed("pkg:huggingface/datasets/a/d@1")?.ids(), ["pkg:oci/shop@1"]);
/// assert!(deployed("pkg:huggingface/datasets/a/e@1")?.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Query<'g> {
    graph: &'g SupplyGraph,
    /// Sorted, each once.
    starts: Vec<u32>,
    follow: Follow,
    kinds: KindSet,
    hops: u32,
}

impl<'g> Query<'g> {
    /// Follows these relations alone, such as those of a scope or of a
    /// [`FindingClass`](crate::FindingClass).
    #[must_use]
    pub fn along(mut self, relations: impl Into<RelationSet>) -> Self {
        self.follow.relations = relations.into();
        self
    }

    /// Goes on from nodes of these kinds alone. The nodes that the question begins with always count.
    #[must_use]
    pub fn through(mut self, kinds: impl Into<KindSet>) -> Self {
        self.follow.through = kinds.into();
        self
    }

    /// Answers with nodes of these kinds alone, whatever kinds lie between.
    #[must_use]
    pub fn of_kinds(mut self, kinds: impl Into<KindSet>) -> Self {
        self.kinds = kinds.into();
        self
    }

    /// Goes at most so many relations far.
    #[must_use]
    pub const fn within(mut self, hops: u32) -> Self {
        self.hops = hops;
        self
    }

    /// Follows what sources state that are not dated later than this. A source without a date
    /// counts.
    #[must_use]
    pub const fn as_of(mut self, time: Timestamp) -> Self {
        self.follow.as_of = Some(time);
        self
    }

    /// Returns what is reached, without the nodes that the question begins with.
    #[must_use]
    pub fn resolve(&self) -> NodeSet<'g> {
        let mut reached = if self.hops == u32::MAX {
            reach::closure(self.graph, &self.starts, &self.follow)
        } else {
            reach::within(self.graph, &self.starts, &self.follow, self.hops)
        };
        for &start in &self.starts {
            reached.remove(start);
        }
        let set = NodeSet::new(self.graph, reached);
        if self.kinds == KindSet::ALL {
            return set;
        }
        set.of_kinds(self.kinds)
    }

    /// Returns what is reached, with a shortest way to each.
    #[must_use]
    pub fn trace(&self) -> Trace<'g> {
        let mut came_from = vec![reach::NONE; self.graph.node_count()];
        let mut visit = |from: u32, node: u32| {
            let place = &mut came_from[node as usize];
            let is_new = *place == reach::NONE;
            if is_new {
                *place = from;
            }
            is_new
        };
        reach::walk(
            self.graph,
            &self.starts,
            &self.follow,
            self.hops,
            &mut visit,
        );
        Trace::new(self.graph, self.follow, self.kinds, came_from)
    }
}
