//! The document itself: who made it, when, with what, and what it claims.

use serde_json::{Value, json};

use crate::spdx3::component::{time, whole_seconds};
use crate::spdx3::graph::{CREATION_INFO, Element, Graph};
use crate::spdx3::place::{Class, Places};
use crate::spdx3::source::Node;
use crate::spdx3::{LossReason, Spdx3Options, Unmet, agent, license};

/// The CycloneDX phases that one type of SBOM of SPDX stands for alone.
const PHASES: [(&str, &str); 4] = [
    ("build", "build"),
    ("design", "design"),
    ("post-build", "analyzed"),
    ("pre-build", "source"),
];

/// Makes the `CreationInfo`.
///
/// SPDX wants an agent. Where the input names none, it is this crate, which did make the output.
pub(super) fn creation_info(
    graph: &mut Graph,
    (root, version): (&Node<'_>, &str),
    options: &Spdx3Options,
) -> Value {
    let metadata = root.get("metadata");
    let created = metadata
        .as_ref()
        .and_then(|metadata| metadata.get("timestamp"))
        .and_then(|timestamp| time(&timestamp))
        .unwrap_or_else(|| whole_seconds(options.created).to_string());
    let mut agents = Vec::new();
    let mut tools = Vec::new();
    if let Some(metadata) = &metadata {
        agents = authors(graph, metadata);
        tools = self::tools(graph, metadata);
    }
    let own = concat!(env!("CARGO_PKG_NAME"), "-", env!("CARGO_PKG_VERSION"));
    if agents.is_empty() {
        agents.extend(agent::named(graph, "SoftwareAgent", own));
    }
    tools.extend(agent::named(graph, "Tool", own));
    tools.sort();
    tools.dedup();
    json!({
        "type": "CreationInfo",
        "@id": CREATION_INFO,
        "specVersion": "3.0.1",
        "created": created,
        "createdBy": agents,
        "createdUsing": tools,
        "comment": format!("Made of a CycloneDX {version} document"),
    })
}

/// Adds the SBOM and the document around all that is in the graph.
pub(super) fn collections(
    graph: &mut Graph,
    root: &Node<'_>,
    (places, unmet): (&Places<'_>, &[Unmet]),
) {
    let profiles = profiles(places, unmet);
    let metadata = root.get("metadata");
    let mut bom = Element::new("software_Sbom", graph.id("sbom", ""));
    let mut document = Element::new("SpdxDocument", graph.id("document", ""));
    let main = root.at(&["metadata", "component"]);
    if let Some(name) = main.as_ref().and_then(|main| main.peek("name")) {
        bom.set("name", name);
        document.set("name", name);
    }
    // The component of the metadata is the first place, if there is one.
    if let Some(place) = places.list().first().filter(|_| main.is_some()) {
        bom.push("rootElement", place.id.clone());
    }
    if let Some(metadata) = &metadata {
        lifecycles(&mut bom, metadata);
        data_license(graph, &mut document, metadata);
    }
    bom_link(&mut document, root);
    bom.set("element", graph.ids());
    bom.set("profileConformance", profiles.clone());
    document.push("rootElement", bom.id().to_owned());
    let mut all = graph.ids();
    all.push(bom.id().to_owned());
    all.sort();
    document.set("element", all);
    document.set("profileConformance", profiles);
    graph.add(bom);
    graph.add(document);
}

/// A profile is claimed where there is something that it is about and nothing of it is unmet.
fn profiles(places: &Places<'_>, unmet: &[Unmet]) -> Vec<&'static str> {
    let holds = |class: Class| {
        places.list().iter().any(|place| place.class == class)
            && unmet.iter().all(|unmet| unmet.class() != class.name())
    };
    let mut profiles = vec!["core", "simpleLicensing", "software"];
    if holds(Class::AiPackage) {
        profiles.insert(0, "ai");
    }
    if holds(Class::Dataset) {
        profiles.push("dataset");
    }
    profiles.sort_unstable();
    profiles
}

fn authors(graph: &mut Graph, metadata: &Node<'_>) -> Vec<String> {
    let authors = metadata.list("authors");
    let mut agents: Vec<String> = authors
        .iter()
        .filter_map(|author| agent::person(graph, author))
        .collect();
    if let Some(manufacturer) = metadata.get("manufacturer") {
        agents.extend(agent::organization(graph, &manufacturer));
    }
    agents.sort();
    agents.dedup();
    agents
}

/// Tools are components and services, or in documents of the older form a plain list.
fn tools(graph: &mut Graph, metadata: &Node<'_>) -> Vec<String> {
    let Some(tools) = metadata.get("tools") else {
        return Vec::new();
    };
    let mut nodes = tools.items();
    nodes.extend(tools.list("components"));
    nodes.extend(tools.list("services"));
    nodes
        .iter()
        .filter_map(|node| agent::tool(graph, node))
        .collect()
}

fn lifecycles(bom: &mut Element, metadata: &Node<'_>) {
    for lifecycle in metadata.list("lifecycles") {
        let phase = lifecycle.peek("phase");
        let Some((_, kind)) = PHASES.iter().find(|(name, _)| phase == Some(name)) else {
            continue;
        };
        lifecycle.take("phase");
        bom.push("software_sbomType", *kind);
    }
}

fn data_license(graph: &mut Graph, document: &mut Element, metadata: &Node<'_>) {
    for choice in metadata.list("licenses") {
        if document.has("dataLicense") {
            choice.lose(LossReason::OneOnly);
        } else if let Some(id) = license::license(graph, &choice) {
            document.set("dataLicense", id);
        }
    }
}

/// Names the input as CycloneDX names a document from outside (BOM-Link).
fn bom_link(document: &mut Element, root: &Node<'_>) {
    let Some(serial) = root.get("serialNumber") else {
        return;
    };
    let Some(uuid) = serial
        .text()
        .and_then(|text| text.strip_prefix("urn:uuid:"))
    else {
        serial.lose(LossReason::Malformed);
        return;
    };
    serial.carry();
    let version = root.get("version");
    let number = version.as_ref().and_then(|node| node.value().as_u64());
    if let Some(version) = version.filter(|_| number.is_some()) {
        version.carry();
    }
    let link = format!("urn:cdx:{uuid}/{}", number.unwrap_or(1));
    document.identifier("urlScheme", &link);
}
