//! Components as elements, and what relates them.

use modelward_artifact::Timestamp;
use serde_json::{Map, Value, json};

use crate::spdx3::card::card;
use crate::spdx3::graph::{CREATION, Graph};
use crate::spdx3::license::licenses;
use crate::spdx3::source::Source;

/// Hash functions that both name.
const HASHES: [(&str, &str); 12] = [
    ("BLAKE2b-256", "blake2b256"),
    ("BLAKE2b-384", "blake2b384"),
    ("BLAKE2b-512", "blake2b512"),
    ("BLAKE3", "blake3"),
    ("MD5", "md5"),
    ("SHA-1", "sha1"),
    ("SHA-256", "sha256"),
    ("SHA-384", "sha384"),
    ("SHA-512", "sha512"),
    ("SHA3-256", "sha3_256"),
    ("SHA3-384", "sha3_384"),
    ("SHA3-512", "sha3_512"),
];

/// Kinds of components by their purpose in SPDX.
const PURPOSES: [(&str, &str); 11] = [
    ("application", "application"),
    ("container", "container"),
    ("data", "data"),
    ("device", "device"),
    ("device-driver", "deviceDriver"),
    ("firmware", "firmware"),
    ("framework", "framework"),
    ("library", "library"),
    ("machine-learning-model", "model"),
    ("operating-system", "operatingSystem"),
    ("platform", "platform"),
];

/// Kinds of external references that SPDX names; any other is `other`.
const REFERENCES: [(&str, &str); 9] = [
    ("advisories", "securityAdvisory"),
    ("chat", "chat"),
    ("documentation", "documentation"),
    ("issue-tracker", "issueTracker"),
    ("license", "license"),
    ("mailing-list", "mailingList"),
    ("release-notes", "releaseNotes"),
    ("social", "socialMedia"),
    ("vcs", "vcs"),
];

pub(super) fn export(source: &mut Source, graph: &mut Graph, created: Timestamp) {
    creation(source, graph, created);
    let mut roots = Vec::new();
    let subject = "/metadata/component";
    if source.document().pointer(subject).is_some() {
        roots.push(component(source, graph, subject));
    }
    let mut others = Vec::new();
    for index in 0..source.length("/components") {
        others.push(component(source, graph, &format!("/components/{index}")));
    }
    for (at, id) in graph_components(source, graph) {
        related(source, graph, &at, &id);
    }
    dependencies(source, graph);
    if roots.is_empty() {
        roots = others;
    }
    let id = graph.id("document");
    let mut members = Map::new();
    members.insert("rootElement".to_owned(), json!(roots));
    let profiles = ["ai", "core", "dataset", "simpleLicensing", "software"];
    members.insert("profileConformance".to_owned(), json!(profiles));
    graph.add("SpdxDocument", &id, members);
}

/// Who made the document, when, and with what.
fn creation(source: &mut Source, graph: &mut Graph, created: Timestamp) {
    let mut agents = Vec::new();
    for index in 0..source.length("/metadata/authors") {
        if let Some(name) = source.text(&format!("/metadata/authors/{index}/name")) {
            agents.push(graph.agent("Person", &name));
        }
    }
    for member in ["manufacturer", "supplier", "manufacture"] {
        if let Some(name) = source.text(&format!("/metadata/{member}/name")) {
            agents.push(graph.agent("Organization", &name));
        }
    }
    let mut tools = Vec::new();
    for list in ["/metadata/tools", "/metadata/tools/components"] {
        for index in 0..source.length(list) {
            let Some(name) = source.text(&format!("{list}/{index}/name")) else {
                continue;
            };
            source.mark(format!("{list}/{index}/type"));
            source.mark(format!("{list}/{index}/bom-ref"));
            let version = source.text(&format!("{list}/{index}/version"));
            let name = format!("{name} {}", version.unwrap_or_default());
            if agents.is_empty() {
                agents.push(graph.agent("SoftwareAgent", name.trim()));
            }
            tools.push(graph.agent("Tool", name.trim()));
        }
    }
    if agents.is_empty() {
        let exporter = concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"));
        agents.push(graph.agent("SoftwareAgent", exporter));
    }
    let stated = source
        .text("/metadata/timestamp")
        .and_then(|text| text.parse::<Timestamp>().ok());
    let mut creation = json!({
        "type": "CreationInfo",
        "@id": CREATION,
        "specVersion": "3.0.1",
        "created": seconds(stated.unwrap_or(created)),
        "createdBy": agents,
    });
    if !tools.is_empty() {
        creation["createdUsing"] = json!(tools);
    }
    graph.node(creation);
}

/// SPDX has times in whole seconds.
fn seconds(timestamp: Timestamp) -> String {
    let text = timestamp.to_string();
    match text.split_once('.') {
        Some((whole, _)) => format!("{whole}Z"),
        None => text,
    }
}

/// Exports a component with those inside it, and returns the name of its element.
fn component(source: &mut Source, graph: &mut Graph, at: &str) -> String {
    let bom_ref = source.text(&format!("{at}/bom-ref"));
    let kind = source.text(&format!("{at}/type")).unwrap_or_default();
    let id = graph.id(&format!("component{at}"));
    graph.name(bom_ref.as_deref(), &id);
    let mut members = Map::new();
    for (member, property) in [
        ("name", "name"),
        ("description", "description"),
        ("copyright", "software_copyrightText"),
    ] {
        if let Some(text) = source.text(&format!("{at}/{member}")) {
            members.insert(property.to_owned(), text.into());
        }
    }
    hashes(source, at, &mut members);
    let element = match kind.as_str() {
        "data" => "dataset_DatasetPackage",
        "file" => "software_File",
        "machine-learning-model" => "ai_AIPackage",
        _ => "software_Package",
    };
    if element != "software_File" {
        package(source, graph, (at, &kind), &mut members);
    }
    match element {
        "ai_AIPackage" => card(source, at, &mut members),
        "dataset_DatasetPackage" => dataset(source, at, &mut members),
        _ => {}
    }
    asked_for(graph, element, at, &members);
    graph.add(element, &id, members);
    licenses(source, graph, at, &id);
    let mut inside = Vec::new();
    for index in 0..source.length(&format!("{at}/components")) {
        inside.push(component(
            source,
            graph,
            &format!("{at}/components/{index}"),
        ));
    }
    graph.relate(&id, "contains", &inside);
    let mut ancestors = Vec::new();
    for index in 0..source.length(&format!("{at}/pedigree/ancestors")) {
        let ancestor = format!("{at}/pedigree/ancestors/{index}");
        ancestors.push(component(source, graph, &ancestor));
    }
    for ancestor in ancestors {
        graph.relate(&ancestor, "ancestorOf", std::slice::from_ref(&id));
    }
    id
}

fn hashes(source: &mut Source, at: &str, members: &mut Map<String, Value>) {
    let mut hashes = Vec::new();
    for index in 0..source.length(&format!("{at}/hashes")) {
        let pointer = format!("{at}/hashes/{index}");
        let algorithm = source.peek(&format!("{pointer}/alg")).unwrap_or_default();
        let known = HASHES.iter().find(|(name, _)| *name == algorithm);
        let Some((_, name)) = known else { continue };
        if let Some(value) = source.text(&format!("{pointer}/content")) {
            source.mark(format!("{pointer}/alg"));
            hashes.push(json!({
                "type": "Hash",
                "algorithm": name,
                "hashValue": value.to_ascii_lowercase(),
            }));
        }
    }
    if !hashes.is_empty() {
        members.insert("verifiedUsing".to_owned(), hashes.into());
    }
}

fn package(
    source: &mut Source,
    graph: &mut Graph,
    (at, kind): (&str, &str),
    members: &mut Map<String, Value>,
) {
    let purpose = PURPOSES.iter().find(|(name, _)| *name == kind);
    let purpose = purpose.map_or("other", |(_, purpose)| purpose);
    members.insert("software_primaryPurpose".to_owned(), purpose.into());
    for (member, property) in [
        ("version", "software_packageVersion"),
        ("purl", "software_packageUrl"),
    ] {
        if let Some(text) = source.text(&format!("{at}/{member}")) {
            members.insert(property.to_owned(), text.into());
        }
    }
    let released = format!("{at}/releaseNotes/timestamp");
    let time = source
        .peek(&released)
        .and_then(|time| time.parse::<Timestamp>().ok());
    if let Some(time) = time {
        source.mark(released);
        members.insert("releaseTime".to_owned(), seconds(time).into());
    }
    if let Some(name) = source.text(&format!("{at}/supplier/name")) {
        let agent = graph.agent("Organization", &name);
        members.insert("suppliedBy".to_owned(), agent.into());
    }
    let mut makers = Vec::new();
    if let Some(name) = source.text(&format!("{at}/manufacturer/name")) {
        makers.push(graph.agent("Organization", &name));
    }
    for index in 0..source.length(&format!("{at}/authors")) {
        if let Some(name) = source.text(&format!("{at}/authors/{index}/name")) {
            makers.push(graph.agent("Person", &name));
        }
    }
    if !makers.is_empty() {
        members.insert("originatedBy".to_owned(), json!(makers));
    }
    references(source, at, members);
}

fn references(source: &mut Source, at: &str, members: &mut Map<String, Value>) {
    let mut others = Vec::new();
    for index in 0..source.length(&format!("{at}/externalReferences")) {
        let pointer = format!("{at}/externalReferences/{index}");
        let Some(url) = source.text(&format!("{pointer}/url")) else {
            continue;
        };
        let kind = source.text(&format!("{pointer}/type")).unwrap_or_default();
        let single = match kind.as_str() {
            "distribution" => Some("software_downloadLocation"),
            "website" => Some("software_homePage"),
            _ => None,
        };
        // Both are addresses in full, of which an element has one.
        let is_full = url.contains("://");
        match single.filter(|name| is_full && !members.contains_key(*name)) {
            Some(name) => {
                members.insert(name.to_owned(), url.into());
            }
            None => {
                let known = REFERENCES.iter().find(|(name, _)| *name == kind);
                let mut reference = json!({
                    "type": "ExternalRef",
                    "externalRefType": known.map_or("other", |(_, name)| name),
                    "locator": [url],
                });
                if known.is_none() {
                    reference["comment"] = kind.into();
                }
                others.push(reference);
            }
        }
    }
    if !others.is_empty() {
        members.insert("externalRef".to_owned(), others.into());
    }
}

/// Of what kind the data is CycloneDX does not say in words of SPDX.
fn dataset(source: &mut Source, at: &str, members: &mut Map<String, Value>) {
    members.insert("dataset_datasetType".to_owned(), json!(["noAssertion"]));
    let data = format!("{at}/data/0");
    source.mark(format!("{data}/type"));
    if source.peek(&format!("{data}/name")) == source.peek(&format!("{at}/name")) {
        source.mark(format!("{data}/name"));
    }
    if !members.contains_key("description")
        && let Some(text) = source.text(&format!("{data}/description"))
    {
        members.insert("description".to_owned(), text.into());
    }
    let url = format!("{data}/contents/url");
    let is_full = source.peek(&url).is_some_and(|url| url.contains("://"));
    if is_full
        && !members.contains_key("software_downloadLocation")
        && let Some(url) = source.text(&url)
    {
        members.insert("software_downloadLocation".to_owned(), url.into());
    }
}

/// Lists what the profiles of SPDX 3.0.1 ask for beyond the schema.
fn asked_for(graph: &mut Graph, element: &str, at: &str, members: &Map<String, Value>) {
    let asked: &[&str] = match element {
        "ai_AIPackage" => &[
            "releaseTime",
            "software_downloadLocation",
            "software_packageVersion",
            "suppliedBy",
        ],
        "dataset_DatasetPackage" => &[
            "builtTime",
            "originatedBy",
            "releaseTime",
            "software_downloadLocation",
        ],
        _ => &[],
    };
    for property in asked {
        if !members.contains_key(*property) {
            graph.lacks(at, property);
        }
    }
}

/// Every model with its element.
fn graph_components(source: &Source, graph: &Graph) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut pending = vec!["/metadata/component".to_owned()];
    pending.extend((0..source.length("/components")).map(|index| format!("/components/{index}")));
    while let Some(at) = pending.pop() {
        let inside = format!("{at}/components");
        pending.extend((0..source.length(&inside)).map(|index| format!("{inside}/{index}")));
        if source
            .document()
            .pointer(&format!("{at}/modelCard"))
            .is_some()
        {
            let id = graph.id(&format!("component{at}"));
            found.push((at, id));
        }
    }
    found.sort();
    found
}

/// Relates a model to its datasets. CycloneDX does not tell training from evaluation; the relation
/// for training is the one that SPDX has for a model's data.
fn related(source: &mut Source, graph: &mut Graph, at: &str, id: &str) {
    let list = format!("{at}/modelCard/modelParameters/datasets");
    let mut datasets = Vec::new();
    for index in 0..source.length(&list) {
        let pointer = format!("{list}/{index}/ref");
        let known = source.peek(&pointer).and_then(|name| graph.named(name));
        if let Some(known) = known {
            source.mark(pointer);
            datasets.push(known);
        }
    }
    graph.relate(id, "trainedOn", &datasets);
}

fn dependencies(source: &mut Source, graph: &mut Graph) {
    for index in 0..source.length("/dependencies") {
        let at = format!("/dependencies/{index}");
        let from = source
            .peek(&format!("{at}/ref"))
            .and_then(|name| graph.named(name));
        let Some(from) = from else { continue };
        source.mark(format!("{at}/ref"));
        let mut on = Vec::new();
        for item in 0..source.length(&format!("{at}/dependsOn")) {
            let pointer = format!("{at}/dependsOn/{item}");
            let known = source.peek(&pointer).and_then(|name| graph.named(name));
            if let Some(known) = known {
                source.mark(pointer);
                on.push(known);
            }
        }
        if source.length(&format!("{at}/dependsOn")) == 0 {
            source.mark(format!("{at}/dependsOn"));
        }
        graph.relate(&from, "dependsOn", &on);
    }
}
