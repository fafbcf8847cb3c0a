use modelward_artifact::Digest;

use crate::facts::Fact;
use crate::{NodeKind, SignatureState, Source, SupplyGraph};

/// Holds what one source, or several that say the same, tell of one node.
///
/// ```
/// use modelward_graph::{Node, NodeId, NodeKind, Source, SupplyGraphBuilder};
///
/// let id: NodeId = "pkg:huggingface/acme/base@1".parse()?;
/// let mut builder = SupplyGraphBuilder::default();
/// for (source, license) in [("a.json", "MIT"), ("b.json", "Apache-2.0")] {
///     builder.begin(Source::new(source))?;
///     builder.add_node(&Node::new(id.clone(), NodeKind::Model, "base").with_license(license))?;
/// }
/// let graph = builder.build()?;
/// let node = graph.node(&id).ok_or("it was described")?;
/// let said: Vec<_> = node.statements().map(|it| (it.license(), it.sources().count())).collect();
/// assert_eq!(said, [(Some("MIT"), 1), (Some("Apache-2.0"), 1)]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Statement<'g> {
    graph: &'g SupplyGraph,
    fact: &'g Fact,
}

impl<'g> Statement<'g> {
    pub(crate) const fn new(graph: &'g SupplyGraph, fact: &'g Fact) -> Self {
        Self { graph, fact }
    }

    /// Returns the kind, [`NodeKind::Unknown`] where the sources do not tell.
    #[must_use]
    pub const fn kind(self) -> NodeKind {
        self.fact.kind
    }

    /// Returns the name.
    #[must_use]
    pub fn name(self) -> Option<&'g str> {
        self.text(self.fact.name)
    }

    /// Returns the version.
    #[must_use]
    pub fn version(self) -> Option<&'g str> {
        self.text(self.fact.version)
    }

    /// Returns what is said of the license.
    #[must_use]
    pub fn license(self) -> Option<&'g str> {
        self.text(self.fact.license)
    }

    /// Returns the digests, sorted.
    #[must_use]
    pub fn digests(self) -> &'g [Digest] {
        self.graph.parts().facts.digests(self.fact)
    }

    /// Returns what was found of a signature.
    #[must_use]
    pub const fn signature(self) -> SignatureState {
        self.fact.signature
    }

    /// Returns the sources that say so, sorted by name.
    pub fn sources(self) -> impl Iterator<Item = &'g Source> {
        self.graph.parts().origins.members(self.fact.sources)
    }

    fn text(self, number: u32) -> Option<&'g str> {
        self.graph.parts().facts.text(number)
    }
}
