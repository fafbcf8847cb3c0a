use crate::bits::Bits;
use crate::reach::{self, Follow};
use crate::{Direction, NodeSet, RelationSet, SupplyGraph, UnknownNode};

impl SupplyGraph {
    /// Returns the direct dependencies of a node through which it needs another one: whichever of
    /// them is mended, the others still bring it in.
    ///
    /// The dependency itself is among them where the node needs it directly.
    ///
    /// ```
    /// use modelward_graph::{Relation, RelationSet, Scope, SupplyGraphBuilder};
    ///
    /// let needs = Relation::DependsOn(Scope::Runtime);
    /// let mut builder = SupplyGraphBuilder::default();
    /// builder.relate_all(&[
    ///     ("pkg:pypi/app", needs, "pkg:pypi/transformers"),
    ///     ("pkg:pypi/app", needs, "pkg:pypi/gradio"),
    ///     ("pkg:pypi/app", needs, "pkg:pypi/click"),
    ///     ("pkg:pypi/transformers", needs, "pkg:pypi/numpy"),
    ///     ("pkg:pypi/gradio", needs, "pkg:pypi/numpy"),
    /// ])?;
    /// let graph = builder.build()?;
    /// let introducers = graph.introducers("pkg:pypi/app", "pkg:pypi/numpy", RelationSet::ALL)?;
    /// assert_eq!(introducers.ids(), ["pkg:pypi/gradio", "pkg:pypi/transformers"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`UnknownNode`] where the graph lacks one of the two.
    pub fn introducers(
        &self,
        root: impl AsRef<str>,
        dependency: impl AsRef<str>,
        relations: impl Into<RelationSet>,
    ) -> Result<NodeSet<'_>, UnknownNode> {
        let (root, dependency) = (self.find(root.as_ref())?, self.find(dependency.as_ref())?);
        let relations = relations.into();
        let follow = Follow::along(Direction::Dependents, relations);
        let needing = reach::closure(self, &[dependency], &follow);
        let direct = self.rows(Direction::Dependencies).edges(root);
        let introducing = direct.filter(|(next, code)| {
            *next != root && relations.has(*code) && needing.contains(*next)
        });
        Ok(NodeSet::of(self, introducing.map(|(next, _)| next)))
    }

    /// Returns what a root needs only because of one of its dependencies: what would be gone with it.
    ///
    /// These are the nodes that the dependency dominates, without itself.
    ///
    /// # Errors
    ///
    /// [`UnknownNode`] where the graph lacks one of the two.
    pub fn exclusive_dependencies(
        &self,
        root: impl AsRef<str>,
        dependency: impl AsRef<str>,
        relations: impl Into<RelationSet>,
    ) -> Result<NodeSet<'_>, UnknownNode> {
        let (root, dependency) = (self.find(root.as_ref())?, self.find(dependency.as_ref())?);
        let follow = Follow::along(Direction::Dependencies, relations.into());
        let mut only = reach::closure(self, &[root], &follow);
        let mut others = Bits::new(self.node_count());
        let mut visit = |_, node| node != dependency && others.insert(node);
        reach::walk(self, &[root], &follow, u32::MAX, &mut visit);
        only.combine(&others, |word, other| *word &= !other);
        only.remove(dependency);
        Ok(NodeSet::new(self, only))
    }
}
