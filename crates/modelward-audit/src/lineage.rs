use std::collections::{BTreeMap, BTreeSet};

use modelward_artifact::Digest;
use modelward_bom::model::Service;
use modelward_bom::{Component, ComponentKind, MlBom};
use modelward_graph::{
    Derivation, Node, NodeId, NodeKind, NodeRef, ParseNodeIdError, Relation, Scope, SupplyGraph,
    SupplyGraphBuilder,
};
use modelward_incident::AssetRef;

use crate::LineageError;

/// The property under which `modelward-bom` states the digest of the whole model.
pub(crate) const ROOT_PROPERTY: &str = "modelward:manifest:root";

/// Holds the supply chain that an ML-BOM states, and knows what goes by which name in it.
///
/// A component with a package URL is a node of that name, any other goes by its `bom-ref`, and where
/// that is too long for an id or has control characters, by the hash of it. Its SHA-256, where the
/// document states one, is the node's digest. The model's own digest is the root digest of its
/// manifest. Supplier and manufacturer of a component are nodes `org:NAME`.
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
        let model = bom.model().ok_or(LineageError::NoModel)?;
        refuse_duplicates(bom, model)?;
        for component in bom.all_components().into_iter().chain(model.ancestors()) {
            builder.add(component)?;
        }
        let model_id = builder.add(model)?;
        for file in model.files() {
            builder.relate(&model_id, Relation::Contains, file)?;
        }
        for ancestor in model.ancestors() {
            builder.relate(
                &model_id,
                Relation::DerivedFrom(Derivation::Unspecified),
                ancestor,
            )?;
        }
        builder.relate_dependencies(bom, model)?;
        let names = builder.names;
        Ok(Self {
            graph: builder.graph.build_without_warnings()?,
            model: model_id,
            names,
        })
    }

    pub(crate) const fn of_parts(
        graph: SupplyGraph,
        model: NodeId,
        names: BTreeMap<String, NodeId>,
    ) -> Self {
        Self {
            graph,
            model,
            names,
        }
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
    pub fn matching(&self, asset: &AssetRef) -> Vec<NodeRef<'_>> {
        match asset {
            AssetRef::Digest(digest) => self.graph.nodes_with_digest(digest),
            AssetRef::BomRef(name) => self.named(name.as_str()),
            AssetRef::Purl(purl) => self.named(purl.as_str()),
            _ => Vec::new(),
        }
    }

    fn named(&self, name: &str) -> Vec<NodeRef<'_>> {
        let id = self.names.get(name);
        id.and_then(|id| self.graph.node(id)).into_iter().collect()
    }
}

/// Returns the id of what has a name. One that no id can have goes by its hash: a file can have any
/// name, and that must not keep others from being looked at.
fn node_id(name: &str) -> Result<NodeId, ParseNodeIdError> {
    match name.parse() {
        Err(ParseNodeIdError::Control { .. } | ParseNodeIdError::TooLong { .. }) => {
            format!("name:{}", Digest::sha256(name.as_bytes())).parse()
        }
        parsed => parsed,
    }
}

#[derive(Default)]
struct Builder {
    graph: SupplyGraphBuilder,
    /// The node that each `bom-ref` and package URL stands for.
    names: BTreeMap<String, NodeId>,
}

impl Builder {
    fn add(&mut self, component: &Component) -> Result<NodeId, LineageError> {
        let name = identity(component);
        if let Some(known) = self.names.get(name) {
            return Ok(known.clone());
        }
        let id = node_id(name).map_err(|source| LineageError::Name {
            bom_ref: name.to_owned(),
            source,
        })?;
        let mut node = Node::new(id.clone(), kind(component), component.name());
        if let Some(version) = component.version() {
            node = node.with_version(version);
        }
        if let Some(license) = license(component) {
            node = node.with_license(license);
        }
        if let Some(digest) = digest(component) {
            node = node.with_digest(digest);
        }
        self.graph.add_node(&node)?;
        for name in [component.bom_ref(), component.purl()]
            .into_iter()
            .flatten()
        {
            self.names.insert(name.to_owned(), id.clone());
        }
        self.names.insert(name.to_owned(), id.clone());
        self.supply(component, &id)?;
        Ok(id)
    }

    /// States whom a component comes from. A name that no id can have is passed over.
    fn supply(&mut self, component: &Component, id: &NodeId) -> Result<(), LineageError> {
        let parties = [component.supplier(), component.manufacturer()];
        for name in parties
            .into_iter()
            .flatten()
            .filter_map(|party| party.name())
        {
            let name = name.trim();
            let Ok(party) = format!("org:{name}").parse::<NodeId>() else {
                continue;
            };
            if !name.is_empty() && party != *id {
                let node = Node::new(party.clone(), NodeKind::Organization, name);
                self.graph.add_node(&node)?;
                self.graph.relate(id, Relation::SuppliedBy, &party)?;
            }
        }
        Ok(())
    }

    fn relate(
        &mut self,
        from: &NodeId,
        relation: Relation,
        to: &Component,
    ) -> Result<(), LineageError> {
        let to = self.add(to)?;
        self.graph.relate(from, relation, &to)?;
        Ok(())
    }

    fn relate_dependencies(&mut self, bom: &MlBom, model: &Component) -> Result<(), LineageError> {
        let ancestors = model.ancestors();
        let base: BTreeSet<&str> = ancestors.iter().filter_map(Component::bom_ref).collect();
        let datasets = model.dataset_refs();
        for dependency in bom.dependencies() {
            let of_model = model.bom_ref() == Some(dependency.dependent());
            for name in dependency.dependencies() {
                let name = name.as_str();
                let relation = if of_model && base.contains(name) {
                    Relation::DerivedFrom(Derivation::Unspecified)
                } else if of_model && datasets.contains(name) {
                    Relation::TrainedOn
                } else {
                    Relation::DependsOn(Scope::Runtime)
                };
                if let (Some(from), Some(to)) =
                    (self.end(bom, dependency.dependent())?, self.end(bom, name)?)
                {
                    self.graph.relate(&from, relation, &to)?;
                }
            }
        }
        Ok(())
    }

    /// Returns the node of a name; `None` for a service, which the graph does not have.
    fn end(&self, bom: &MlBom, name: &str) -> Result<Option<NodeId>, LineageError> {
        if let Some(id) = self.names.get(name) {
            return Ok(Some(id.clone()));
        }
        let mut services: Vec<&Service> = bom.services().iter().collect();
        while let Some(service) = services.pop() {
            if service.bom_ref() == Some(name) {
                return Ok(None);
            }
            services.extend(service.services());
        }
        Err(LineageError::Dangling {
            bom_ref: name.to_owned(),
        })
    }
}

/// Two components of one name would be one node, and what is known of one would hold for both.
fn refuse_duplicates(bom: &MlBom, model: &Component) -> Result<(), LineageError> {
    let mut seen = BTreeSet::new();
    let components = bom.all_components().into_iter().chain(model.ancestors());
    for bom_ref in components.filter_map(Component::bom_ref) {
        if !seen.insert(bom_ref) {
            return Err(LineageError::Duplicate {
                bom_ref: bom_ref.to_owned(),
            });
        }
    }
    Ok(())
}

fn identity(component: &Component) -> &str {
    let name = component.purl().or(component.bom_ref());
    name.unwrap_or(component.name())
}

/// Joins the licenses of a component, all of which hold, as CycloneDX says.
fn license(component: &Component) -> Option<String> {
    let labels = component.license_labels();
    match labels.as_slice() {
        [] => None,
        [one] => Some((*one).to_owned()),
        several => {
            let joined = several.iter().map(|label| format!("({label})"));
            Some(joined.collect::<Vec<_>>().join(" AND "))
        }
    }
}

fn digest(component: &Component) -> Option<Digest> {
    let roots = component.property_values(ROOT_PROPERTY);
    let root = roots.first().and_then(|root| root.parse().ok());
    root.or_else(|| component.digests().first().copied())
}

fn kind(component: &Component) -> NodeKind {
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
