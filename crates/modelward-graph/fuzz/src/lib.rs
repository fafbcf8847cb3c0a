//! What the fuzz targets do with their bytes: read them, ask everything, and hold what always holds.

mod name;

use modelward_artifact::{JsonLimits, json};
use modelward_graph::advisory::{Advisory, Package};
use modelward_graph::evidence::AvidReport;
use modelward_graph::scan::ScanReport;
use modelward_graph::version::{Version, VersionRange};
use modelward_graph::vex::VexDocument;
use modelward_graph::{GraphLimits, ImportError, NodeRef, Source, SupplyGraph, SupplyGraphBuilder};
use serde_json::Value;

pub use crate::name::{license, name};

/// How many nodes of a graph are asked: the fuzzer wants many graphs, not long ones.
const ASKED: usize = 32;

/// Reads a snapshot, whose checksum is put right, and asks it everything that walks.
pub fn snapshot(bytes: &[u8]) {
    let mut bytes = bytes.to_vec();
    if let Some((body, checksum)) = bytes.split_last_chunk_mut() {
        *checksum = crc32fast::hash(body).to_le_bytes();
    }
    if let Ok(graph) = SupplyGraph::from_snapshot(&bytes, &GraphLimits::default()) {
        let again = SupplyGraph::from_snapshot(&graph.to_snapshot(), &GraphLimits::default());
        assert_eq!(again.expect("what we wrote is read"), graph);
        ask(&graph);
    }
}

/// Asks a graph everything that walks, and compares answers that have to agree.
pub fn ask(graph: &SupplyGraph) {
    let some: Vec<NodeRef<'_>> = graph.nodes().take(ASKED).collect();
    let ids: Vec<&str> = some.iter().map(|node| node.id()).collect();
    let matrix = graph.matrix(&ids, &ids).expect("they are nodes").resolve();
    for node in &some {
        let _ = (
            node.name(),
            node.version(),
            node.license(),
            node.digests(),
            node.sources(),
        );
        assert_eq!(graph.node(node.id()), Some(*node));
        let below = graph.dependencies(node.id()).expect("it is a node");
        for other in &some {
            let is_below = below.contains(other.id());
            let above = graph.dependents(other.id()).expect("it is a node");
            assert_eq!(is_below, above.contains(node.id()));
            assert!(node == other || is_below == matrix.reaches(node.id(), other.id()));
        }
    }
    for edge in graph.edges().take(ASKED) {
        assert!(edge.sources().count() > 0, "somebody stated it");
    }
    for cycle in graph.cycles().into_iter().take(ASKED) {
        assert_eq!(cycle.path().start(), cycle.path().end());
    }
    assert_eq!(graph.all().frontiers().concat().len(), graph.node_count());
    let _ = (
        graph.unpinned(),
        graph.of_unknown_origin(),
        graph.contaminations(),
    );
    let _ = (graph.warnings().iter()).map(ToString::to_string).count();
}

/// Reads a record of OSV and asks it of a package.
pub fn advisory(bytes: &[u8]) {
    if let Ok(advisory) = Advisory::read(bytes, &JsonLimits::default()) {
        for package in [
            "pkg:pypi/torch@1.13.0",
            "pkg:npm/a@1.0.0",
            "pkg:deb/debian/a@1",
        ] {
            let package: Package = package.parse().expect("it is a package url");
            let _ = (
                advisory.exposure(&package),
                advisory.fixed_versions(&package),
            );
        }
    }
}

/// Reads a document of VEX.
pub fn vex(bytes: &[u8]) {
    if let Ok(document) = VexDocument::read(bytes, &JsonLimits::default()) {
        let _ = (document.statements().len(), document.warnings().len());
    }
}

/// Reads a scanner's report in every format.
pub fn scan(bytes: &[u8]) {
    let limits = JsonLimits::default();
    let _ = ScanReport::read_modelscan(bytes, &limits);
    let _ = ScanReport::read_fickling(bytes, "model.pkl", &limits);
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = ScanReport::read_picklescan(text, &limits);
    }
}

/// Reads a range of versions, which is the same when it is written and read again.
pub fn version_range(bytes: &[u8]) {
    let Some(range) = std::str::from_utf8(bytes)
        .ok()
        .and_then(|text| text.parse::<VersionRange>().ok())
    else {
        return;
    };
    let again: VersionRange = range.to_string().parse().expect("what we wrote is read");
    assert_eq!(again, range);
    if let Ok(version) = Version::parse("1.2.3", range.scheme()) {
        assert_eq!(range.contains(&version), again.contains(&version));
    }
}

/// Reads a report of AVID.
pub fn avid(bytes: &[u8]) {
    if let Ok(report) = AvidReport::read(bytes, &JsonLimits::default()) {
        let _ = report.naming("bert");
    }
}

/// Reads a document of CycloneDX into a graph.
pub fn cyclonedx(bytes: &[u8]) {
    import(bytes, |builder, source, document| {
        builder.add_cyclonedx(source, document).map(drop)
    });
}

/// Reads what `cargo metadata` prints.
pub fn cargo_metadata(bytes: &[u8]) {
    import(bytes, |builder, source, document| {
        builder.add_cargo_metadata(source, document).map(drop)
    });
}

/// Reads what the Hugging Face Hub says of a model.
pub fn hugging_face(bytes: &[u8]) {
    import(bytes, |builder, source, document| {
        builder.add_hugging_face(source, document).map(drop)
    });
}

/// Reads a report of pip.
pub fn pip_report(bytes: &[u8]) {
    import(bytes, |builder, source, document| {
        builder.add_pip_report(source, document).map(drop)
    });
}

/// Reads a `Cargo.lock`.
pub fn cargo_lock(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        let mut builder = SupplyGraphBuilder::default();
        if builder.add_cargo_lock(Source::new("fuzz"), text).is_ok() {
            built(&builder);
        }
    }
}

fn import(
    bytes: &[u8],
    add: impl Fn(&mut SupplyGraphBuilder, Source, &Value) -> Result<(), ImportError>,
) {
    let Ok(document) = json::read(bytes, &JsonLimits::default()) else {
        return;
    };
    let mut builder = SupplyGraphBuilder::default();
    if add(&mut builder, Source::new("fuzz"), &document).is_ok() {
        built(&builder);
    }
}

/// Builds and asks the graph, which is the same again, and nothing once its source is taken back.
fn built(builder: &SupplyGraphBuilder) {
    let graph = builder.build().expect("it is within the limits");
    assert_eq!(builder.build().expect("it was built before"), graph);
    ask(&graph);
    let mut without = builder.clone();
    without.retract("fuzz");
    assert_eq!(without.build().expect("it is smaller").node_count(), 0);
}
