use std::collections::{BTreeMap, BTreeSet};

use modelward_artifact::Digest;
use modelward_bom::{Component, ComponentKind, MlBom};
use modelward_graph::{Node, NodeId, NodeKind, Relation, SupplyGraph, SupplyGraphBuilder};
use modelward_incident::AssetRef;

use crate::LineageError;

/// The property under which `modelward-bom` states the digest of the whole model.
const ROOT_PROPERTY: &str = "modelward:manifest:root";

/// Holds the supply chain that an ML-BOM states, and knows what goes by which name in it.
///
/// A component with a package URL is a node of that name, any other goes by its `bom-ref`; its
/// SHA-256, where the document states one, is the node's digest. The model's own digest is the root
/// digest of its manifest.
#[derive(Clone, Debug)]
pub struct Lineage {
    graph: SupplyGraph,
    model: NodeId,
    names: BTreeMap<String, NodeId>,
}

impl Lineage {
    /// Turns an ML-BOM into a graph.
    ///
    /// The model contains its files, was trained on its datasets, was derived from its base models
    /// and depends on the rest of what it depends on.
    ///
    /// # Errors
    ///
    /// [`LineageError`] where a component's identity cannot be a node's, or the document relates a
    /// component to itself.
    pub fn of(bom: &MlBom) -> Result<Self, LineageError> {
        let mut builder = Builder::default();
        let components = bom.components();
        for component in components.iter().chain(&bom.ancestors()) {
            builder.add(component)?;
        }
        let model = bom.model();
        let model_id = builder.add(&model)?;
        for file in bom.files() {
            builder.relate(&model_id, Relation::Contains, &file)?;
        }
        for ancestor in bom.ancestors() {
            builder.relate(&model_id, Relation::DerivedFrom, &ancestor)?;
        }
        builder.relate_dependencies(bom)?;
        let names = builder.names;
        Ok(Self {
            graph: builder.graph.build()?,
            model: model_id,
            names,
        })
    }

    /// Returns the graph.
    #[must_use]
    pub const fn graph(&self) -> &SupplyGraph {
        &self.graph
    }

    /// Returns the node of the model that the document is about.
    #[must_use]
    pub const fn model(&self) -> &NodeId {
        &self.model
    }

    /// Returns the nodes that an asset is, by package URL, digest or `bom-ref`.
    #[must_use]
    pub fn matching(&self, asset: &AssetRef) -> Vec<&Node> {
        match asset {
            AssetRef::Digest(digest) => {
                let same = |node: &&Node| node.digest() == Some(digest);
                self.graph.nodes().filter(same).collect()
            }
            AssetRef::BomRef(name) => self.named(name.as_str()),
            AssetRef::Purl(purl) => self.named(purl.as_str()),
            _ => Vec::new(),
        }
    }

    fn named(&self, name: &str) -> Vec<&Node> {
        let id = self.names.get(name);
        id.and_then(|id| self.graph.node(id)).into_iter().collect()
    }
}

#[derive(Default)]
struct Builder {
    graph: SupplyGraphBuilder,
    /// The node that each `bom-ref` and package URL stands for.
    names: BTreeMap<String, NodeId>,
}

impl Builder {
    fn add(&mut self, component: &Component<'_>) -> Result<NodeId, LineageError> {
        let name = identity(component);
        if let Some(known) = self.names.get(name) {
            return Ok(known.clone());
        }
        let id: NodeId = name.parse().map_err(|source| LineageError::Name {
            bom_ref: name.to_owned(),
            source,
        })?;
        let mut node = Node::new(id.clone(), kind(component), component.name());
        if let Some(version) = component.version() {
            node = node.with_version(version);
        }
        if let Some(digest) = digest(component) {
            node = node.with_digest(digest);
        }
        self.graph.add_node(node)?;
        for name in [component.bom_ref(), component.purl()]
            .into_iter()
            .flatten()
        {
            self.names.insert(name.to_owned(), id.clone());
        }
        self.names.insert(name.to_owned(), id.clone());
        Ok(id)
    }

    fn relate(
        &mut self,
        from: &NodeId,
        relation: Relation,
        to: &Component<'_>,
    ) -> Result<(), LineageError> {
        let to = self.add(to)?;
        self.graph.relate(from, relation, &to)?;
        Ok(())
    }

    fn relate_dependencies(&mut self, bom: &MlBom) -> Result<(), LineageError> {
        let ancestors = bom.ancestors();
        let base: BTreeSet<&str> = ancestors.iter().filter_map(Component::bom_ref).collect();
        let datasets = bom.dataset_refs();
        let model = bom.model().bom_ref();
        for dependency in bom.dependencies() {
            for name in dependency.dependencies() {
                let of_model = model == Some(dependency.dependent());
                let relation = if of_model && base.contains(name) {
                    Relation::DerivedFrom
                } else if of_model && datasets.contains(name) {
                    Relation::TrainedOn
                } else {
                    Relation::DependsOn
                };
                let from = self.names.get(dependency.dependent());
                if let (Some(from), Some(to)) = (from, self.names.get(*name)) {
                    self.graph.relate(from, relation, to)?;
                }
            }
        }
        Ok(())
    }
}

fn identity<'a>(component: &Component<'a>) -> &'a str {
    let name = component.purl().or(component.bom_ref());
    name.unwrap_or(component.name())
}

fn digest(component: &Component<'_>) -> Option<Digest> {
    let root = component
        .property(ROOT_PROPERTY)
        .and_then(|root| root.parse().ok());
    root.or_else(|| component.hashes().first().copied())
}

fn kind(component: &Component<'_>) -> NodeKind {
    match component.kind() {
        ComponentKind::MachineLearningModel => NodeKind::Model,
        ComponentKind::Data => NodeKind::Dataset,
        ComponentKind::File => NodeKind::File,
        ComponentKind::Container => NodeKind::Container,
        ComponentKind::Application | ComponentKind::Framework | ComponentKind::Library => {
            NodeKind::Library
        }
        _ => NodeKind::Unknown,
    }
}
