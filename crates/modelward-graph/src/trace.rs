use crate::bits::Bits;
use crate::path::Path;
use crate::reach::{self, Follow, NONE};
use crate::{Direction, KindSet, NodeRef, NodeSet, SupplyGraph};

/// Holds what a question reached, with a shortest way to each node: the blast radius of a flaw with
/// a witness for each hit.
///
/// ```
/// use modelward_graph::{Direction, Relation, SupplyGraphBuilder};
///
/// let mut builder = SupplyGraphBuilder::default();
/// builder.relate_all(&[
///     ("pkg:oci/shop@1", Relation::Serves, "pkg:huggingface/a/tuned@1"),
///     ("pkg:huggingface/a/tuned@1", Relation::Contains, "pkg:generic/weights"),
/// ])?;
/// let graph = builder.build()?;
/// let trace = graph.query(Direction::Dependents, ["pkg:generic/weights"])?.trace();
/// let why = trace.path("pkg:oci/shop@1").ok_or("it is not reached")?;
/// assert_eq!(
///     why.to_string(),
///     "pkg:oci/shop@1 -serves-> pkg:huggingface/a/tuned@1 -contains-> pkg:generic/weights",
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Trace<'g> {
    graph: &'g SupplyGraph,
    follow: Follow,
    kinds: KindSet,
    /// The node from which each was reached: itself for a start.
    came_from: Vec<u32>,
}

impl<'g> Trace<'g> {
    pub(crate) const fn new(
        graph: &'g SupplyGraph,
        follow: Follow,
        kinds: KindSet,
        came_from: Vec<u32>,
    ) -> Self {
        Self {
            graph,
            follow,
            kinds,
            came_from,
        }
    }

    /// Returns what is reached, without the nodes that the question began with.
    #[must_use]
    pub fn nodes(&self) -> NodeSet<'g> {
        let mut bits = Bits::new(self.came_from.len());
        for (node, &from) in (0..).zip(&self.came_from) {
            if from != NONE
                && from != node
                && self.kinds.has(self.graph.parts().kinds[node as usize])
            {
                bits.insert(node);
            }
        }
        NodeSet::new(self.graph, bits)
    }

    /// Returns a shortest chain from the dependent to the dependency that joins a node with one that
    /// the question began with, or nothing where the node was not reached.
    ///
    /// Of several shortest chains it is always the same one.
    #[must_use]
    pub fn path(&self, id: impl AsRef<str>) -> Option<Path> {
        let node = self.graph.find(id.as_ref()).ok()?;
        self.path_of(node)
    }

    /// Returns the node that the question began with from which a node was reached.
    #[must_use]
    pub fn origin(&self, id: impl AsRef<str>) -> Option<NodeRef<'g>> {
        let node = self.graph.find(id.as_ref()).ok()?;
        let chain = self.chain(node)?;
        chain.last().map(|start| self.graph.at(*start))
    }

    pub(crate) fn path_of(&self, node: u32) -> Option<Path> {
        let mut chain = self.chain(node)?;
        if self.follow.direction == Direction::Dependencies {
            chain.reverse();
        }
        Some(Path::along(self.graph, &chain, &self.follow))
    }

    fn chain(&self, node: u32) -> Option<Vec<u32>> {
        reach::way_back(&self.came_from, node)
    }
}
