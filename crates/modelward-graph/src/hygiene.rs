use crate::graph::ix;
use crate::reach::{self, Follow};
use crate::{
    Direction, KindSet, NodeKind, NodeSet, Relation, RelationSet, SignatureState, SupplyGraph,
};

/// The kinds of things that consist of bytes, which somebody can replace.
const ARTIFACTS: KindSet = KindSet::of(&[
    NodeKind::Adapter,
    NodeKind::Container,
    NodeKind::Dataset,
    NodeKind::File,
    NodeKind::Library,
    NodeKind::Model,
    NodeKind::Tokenizer,
]);

/// Relations that tell where a thing comes from.
const ORIGIN: RelationSet = RelationSet::DERIVED_FROM.union(RelationSet::of(&[
    Relation::BuiltBy,
    Relation::ProducedBy,
    Relation::SuppliedBy,
]));

impl SupplyGraph {
    /// Returns the models, files and other artifacts that nothing pins: what is fetched by such a
    /// name tomorrow may be something else.
    ///
    /// An artifact is pinned by a digest, or by a package URL with a version that its registry does
    /// not give out twice. A model, data set or repository is so by the full id of a commit, and a
    /// container image by its digest: branches and tags move.
    ///
    /// ```
    /// use modelward_graph::{Relation, SupplyGraphBuilder};
    ///
    /// let commit = "pkg:huggingface/a/b@043235d6088ecd3dd5fb5ca3592b6913fd516027";
    /// let mut builder = SupplyGraphBuilder::default();
    /// builder.relate_all(&[
    ///     ("pkg:oci/shop@latest", Relation::Serves, commit),
    ///     (commit, Relation::TrainedOn, "pkg:huggingface/datasets/a/d"),
    /// ])?;
    /// let graph = builder.build()?;
    /// assert_eq!(graph.unpinned().ids(), ["pkg:huggingface/datasets/a/d", "pkg:oci/shop@latest"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn unpinned(&self) -> NodeSet<'_> {
        let loose = self.artifacts().filter(|node| {
            let node = self.at(*node);
            node.digests().is_empty() && !is_pinned(node.id())
        });
        NodeSet::of(self, loose)
    }

    /// Returns the models, files and other artifacts of which this was found when somebody looked
    /// for a signature.
    ///
    /// With [`SignatureState::Unknown`] these are the ones at which nobody looked.
    #[must_use]
    pub fn with_signature(&self, state: SignatureState) -> NodeSet<'_> {
        let found = self.artifacts();
        NodeSet::of(
            self,
            found.filter(|node| self.at(*node).signature() == state),
        )
    }

    /// Returns the models, files and other artifacts of which nobody says where they come from.
    ///
    /// An origin is a package URL of a registry or repository (not of the type `generic`), or a
    /// relation to a supplier, a producer, a builder or what it was derived from. What a thing
    /// contains comes from where the thing comes from.
    #[must_use]
    pub fn of_unknown_origin(&self) -> NodeSet<'_> {
        let known: Vec<u32> = (0..ix(self.node_count()))
            .filter(|node| self.tells_origin(*node))
            .collect();
        let follow = Follow::along(Direction::Dependencies, Relation::Contains.into());
        let known = reach::closure(self, &known, &follow);
        NodeSet::of(self, self.artifacts().filter(|node| !known.contains(*node)))
    }

    fn tells_origin(&self, node: u32) -> bool {
        let id = self.parts().ids.at(node);
        let is_registered = id.starts_with("pkg:") && !id.starts_with("pkg:generic/");
        is_registered
            || self
                .parts()
                .outgoing
                .codes(node)
                .iter()
                .any(|code| ORIGIN.has(*code))
    }

    fn artifacts(&self) -> impl Iterator<Item = u32> {
        let kinds = (0..).zip(&self.parts().kinds);
        kinds
            .filter(|(_, kind)| ARTIFACTS.has(**kind))
            .map(|(node, _)| node)
    }
}

/// Tells whether a package URL names the same bytes for ever.
fn is_pinned(id: &str) -> bool {
    let Some(rest) = id.strip_prefix("pkg:") else {
        return false;
    };
    let kind = rest.split('/').next().unwrap_or_default();
    let path = rest.split(['?', '#']).next().unwrap_or_default();
    let version = path.rsplit_once('@').map(|(_, version)| version);
    let Some(version) = version.filter(|version| !version.is_empty() && !version.contains('/'))
    else {
        return false;
    };
    match kind {
        "bitbucket" | "github" | "gitlab" | "huggingface" => is_commit(version),
        "docker" | "oci" => version.starts_with("sha256:") || version.starts_with("sha256%3A"),
        // A version of these is whatever its owner says.
        "generic" | "mlflow" => false,
        _ => true,
    }
}

/// The full name of a commit: 40 or 64 hexadecimal digits.
fn is_commit(version: &str) -> bool {
    matches!(version.len(), 40 | 64) && version.bytes().all(|byte| byte.is_ascii_hexdigit())
}
