//! From an entry of an inventory to nodes and relations.

use std::collections::BTreeMap;

use modelward_artifact::Digest;
use modelward_graph::{
    BuildGraphError, Derivation, Node, NodeId, NodeKind, ParseNodeIdError, Relation, Scope, Source,
    SupplyGraphBuilder, WarningKind,
};

use super::documents::local;
use crate::inventory::{InventoryEntry, Material, MaterialRole};

/// What the model of an entry without a package URL is called.
const MODEL: &str = "model";

/// Adds an entry under its id and returns the node of its model.
pub(super) fn add(
    graph: &mut SupplyGraphBuilder,
    entry: &InventoryEntry,
) -> Result<NodeId, BuildGraphError> {
    graph.begin(Source::new(entry.id().as_str()))?;
    let named = entry.purl().and_then(|purl| purl_id(graph, purl, "/purl"));
    let own = || local(entry.id().as_str(), MODEL);
    let model = match named.map_or_else(own, Ok) {
        Ok(id) => id,
        Err(_) => NodeId::from(&Digest::sha256(entry.id().as_str().as_bytes())),
    };
    let node = Node::new(model.clone(), NodeKind::Model, entry.name().as_str());
    let mut node = described(node, Some(entry.version().as_str()), entry.licenses());
    if let Some(root) = entry.root() {
        node = node.with_digest(*root);
    }
    graph.add_node(&node)?;
    let names = counted(graph, entry);
    for (place, material) in entry.materials().iter().enumerate() {
        let purl = material.purl.as_deref();
        let pointer = || format!("/materials/{place}/purl");
        let named = purl.and_then(|purl| purl_id(graph, purl, &pointer()));
        let own = || unnamed(entry, place, &names);
        if let Ok(id) = named.map_or_else(own, Ok) {
            relate(graph, &model, &id, material)?;
        }
    }
    Ok(model)
}

/// Counts how many materials go by each `bom-ref`, and warns of those that several have.
fn counted<'a>(
    graph: &mut SupplyGraphBuilder,
    entry: &'a InventoryEntry,
) -> BTreeMap<&'a str, usize> {
    let mut names = BTreeMap::new();
    let materials = entry.materials().iter();
    for name in materials.filter_map(|it| it.bom_ref.as_deref()) {
        *names.entry(name).or_default() += 1;
    }
    for (name, _) in names.iter().filter(|(_, count)| **count > 1) {
        let name = name.chars().take(200).collect();
        graph.warn("/materials", WarningKind::Duplicate { name });
    }
    names
}

/// Names what has no package URL by its `bom-ref`, else by its place.
fn unnamed(
    entry: &InventoryEntry,
    place: usize,
    names: &BTreeMap<&str, usize>,
) -> Result<NodeId, ParseNodeIdError> {
    let own = entry.id().as_str();
    let name = entry.materials()[place].bom_ref.as_deref();
    // A name of several things names none of them.
    let name = name.filter(|it| *it != MODEL && names.get(it) == Some(&1));
    let named = name.and_then(|name| local(own, name).ok());
    named.map_or_else(|| local(own, &format!("/materials/{place}")), Ok)
}

fn relate(
    graph: &mut SupplyGraphBuilder,
    model: &NodeId,
    id: &NodeId,
    material: &Material,
) -> Result<(), BuildGraphError> {
    let (kind, relation) = match material.role {
        MaterialRole::BaseModel => (
            NodeKind::Model,
            Relation::DerivedFrom(Derivation::Unspecified),
        ),
        MaterialRole::Dataset => (NodeKind::Dataset, Relation::TrainedOn),
        MaterialRole::Component => (NodeKind::Unknown, Relation::DependsOn(Scope::Runtime)),
    };
    let node = Node::new(id.clone(), kind, material.name.as_str());
    let version = material.version.as_deref();
    let mut node = described(node, version, &material.licenses);
    for digest in &material.digests {
        node = node.with_digest(*digest);
    }
    graph.add_node(&node)?;
    graph.relate(model, relation, id)?;
    Ok(())
}

fn purl_id(graph: &mut SupplyGraphBuilder, purl: &str, pointer: &str) -> Option<NodeId> {
    let id = NodeId::of_purl(purl).ok();
    let id = id.filter(|id| id.as_str().parse::<NodeId>().is_ok());
    if id.is_none() {
        let text = purl.chars().take(200).collect();
        graph.warn(pointer, WarningKind::MalformedPurl { text });
    }
    id
}

fn described(mut node: Node, version: Option<&str>, licenses: &[String]) -> Node {
    if let Some(version) = version {
        node = node.with_version(version);
    }
    let wrapped = |license: &String| {
        if licenses.len() > 1 && license.contains(" OR ") {
            format!("({license})")
        } else {
            license.clone()
        }
    };
    if !licenses.is_empty() {
        let all: Vec<_> = licenses.iter().map(wrapped).collect();
        node = node.with_license(all.join(" AND "));
    }
    node
}
