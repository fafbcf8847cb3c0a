use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use modelward_artifact::{Digest, JsonLimits};
use modelward_graph::advisory::{Advisory, AdvisorySet, Exposure, Package, UnknownReason};
use modelward_graph::scan::ScanReport;
use modelward_graph::{
    Direction, Finding, FindingClass, KindSet, Node, NodeKind, NodeRef, Relation, Scope,
    SupplyGraph, SupplyGraphBuilder,
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::version::fixtures;
use crate::{id, naive};

const NEEDS: Relation = Relation::DependsOn(Scope::Runtime);

/// Versions that are old enough to be hit, of the packages of the graphs that have advisories.
const AGED: [(&str, &str); 10] = [
    ("joblib", "1.1.0"),
    ("mlflow", "2.8.0"),
    ("numpy", "1.19.0"),
    ("pandas", "0.25.0"),
    ("pillow", "9.5.0"),
    ("protobuf", "3.15.0"),
    ("pyarrow", "13.0.0"),
    ("scikit-learn", "0.24.0"),
    ("scipy", "1.6.0"),
    ("torch", "1.13.0"),
];

/// A record about a package of PyPI, up to the version that mends it.
pub(crate) fn record(flaw: &str, aliases: &[&str], name: &str, fixed: &str) -> Advisory {
    read(&json!({"id": flaw, "aliases": aliases, "affected": [{
        "package": {"ecosystem": "PyPI", "name": name},
        "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": fixed}]}]}]}))
}

pub(crate) fn read(record: &Value) -> Advisory {
    Advisory::read(record.to_string().as_bytes(), &JsonLimits::default()).unwrap()
}

pub(crate) fn records(folder: &Path) -> Vec<Advisory> {
    let text = fs::read(folder.join("../osv/pysec-ml.jsonl")).unwrap();
    Advisory::read_lines(&text, &JsonLimits::default()).unwrap()
}

/// Reads a graph that pip resolved, with packages of other versions where these are given.
pub(crate) fn resolved(folder: &Path, name: &str, versions: &[(&str, &str)]) -> SupplyGraph {
    let text = fs::read(folder.join(format!("../edges/edges-{name}.json"))).unwrap();
    let graph: Value = serde_json::from_slice(&text).unwrap();
    let versions: BTreeMap<&str, &str> = versions.iter().copied().collect();
    let mut ids = BTreeMap::new();
    let mut builder = SupplyGraphBuilder::default();
    for node in graph["nodes"].as_array().unwrap() {
        let text = |member: &str| node[member].as_str().unwrap();
        let version = versions
            .get(text("name"))
            .copied()
            .unwrap_or(text("version"));
        let purl = id(&format!("pkg:pypi/{}@{version}", text("name")));
        builder
            .add_node(&Node::new(purl.clone(), NodeKind::Library, text("name")))
            .unwrap();
        ids.insert(text("name").to_owned(), purl);
    }
    for edge in graph["edges"].as_array().unwrap() {
        let end = |member: &str| &ids[edge[member].as_str().unwrap()];
        builder.relate(end("from"), NEEDS, end("to")).unwrap();
    }
    builder.build().unwrap()
}

fn hits(graph: &SupplyGraph, set: &AdvisorySet) -> BTreeSet<String> {
    let exposures = graph.exposures(set);
    assert_eq!(exposures.unknown().count(), 0);
    let hits = exposures.affected();
    let ids = hits.flat_map(|hit| {
        let records = hit.records().map(|record| record.id().to_owned());
        records.map(move |record| format!("{} {record}", hit.node().name()))
    });
    ids.collect()
}

/// The expected hits are those of a script of thirty lines over the same records.
#[test]
fn real_records_against_graphs_that_pip_resolved() {
    let Some(folder) = fixtures() else { return };
    let set = AdvisorySet::new(records(&folder));
    assert_eq!((set.advisories().len(), set.flaws().len()), (375, 374));
    let shared = [
        "numpy PYSEC-2021-856",
        "pandas PYSEC-2020-73",
        "pyarrow PYSEC-2023-238",
    ];
    let pillow = ["pillow PYSEC-2023-175", "pillow PYSEC-2023-227"];
    let torch = ["torch PYSEC-2022-43015"];
    let mlflow = [
        "joblib PYSEC-2022-288",
        "mlflow PYSEC-2023-252",
        "mlflow PYSEC-2023-253",
        "mlflow PYSEC-2023-260",
        "mlflow PYSEC-2024-51",
        "scipy PYSEC-2023-102",
        "scipy PYSEC-2023-114",
    ];
    for (name, nodes, edges, expected) in [
        ("dask-ray", 85, 134, [&shared[..], &pillow].concat()),
        (
            "transformers-torch",
            68,
            111,
            [&shared[..], &torch].concat(),
        ),
        (
            "transformers-torch-mlflow",
            129,
            218,
            [&shared[..], &pillow, &torch, &mlflow].concat(),
        ),
    ] {
        let graph = resolved(&folder, name, &[]);
        assert_eq!(
            (graph.node_count(), graph.edge_count()),
            (nodes, edges),
            "{name}"
        );
        assert_eq!(
            hits(&graph, &set),
            BTreeSet::new(),
            "{name} is as new as can be"
        );
        let graph = resolved(&folder, name, &AGED);
        let expected: BTreeSet<String> = expected.into_iter().map(str::to_owned).collect();
        assert_eq!(hits(&graph, &set), expected, "{name}");
    }
}

/// How many hits each package that nothing needs has, by the same script.
#[test]
fn real_hits_reach_what_needs_them() {
    let Some(folder) = fixtures() else { return };
    let set = AdvisorySet::new(records(&folder));
    for (name, root, count) in [
        ("dask-ray", "pkg:pypi/ray@", 0),
        ("transformers-torch", "pkg:pypi/datasets@", 3),
        ("transformers-torch", "pkg:pypi/peft@", 2),
        ("transformers-torch-mlflow", "pkg:pypi/mlflow@", 12),
        ("transformers-torch-mlflow", "pkg:pypi/torch@", 1),
        ("transformers-torch-mlflow", "pkg:pypi/transformers@", 1),
    ] {
        let graph = resolved(&folder, name, &AGED);
        let impact = graph.exposures(&set).impact(NodeKind::Library);
        let root = graph
            .nodes()
            .find(|node| node.id().starts_with(root))
            .unwrap();
        assert_eq!(
            impact.of_root(root.id()).count(),
            count,
            "{name} {}",
            root.id()
        );
        for reached in impact.of_root(root.id()) {
            let path = reached.path().unwrap();
            assert_eq!(
                (path.start().as_str(), path.end()),
                (root.id(), reached.finding().node())
            );
            assert_eq!(reached.is_direct(), path.hops().is_empty());
        }
    }
}

/// Looking up is the same as asking every record.
#[test]
fn the_index_misses_no_record() {
    let Some(folder) = fixtures() else { return };
    let all = records(&folder);
    let set = AdvisorySet::new(all.clone());
    let graph = resolved(&folder, "transformers-torch-mlflow", &AGED);
    let others = [
        "pkg:pypi/Mlflow@2.9.1",
        "pkg:pypi/TensorFlow@2.4.0",
        "pkg:pypi/gradio@3.0",
        "pkg:npm/torch@1.0.0",
    ];
    for purl in graph.nodes().map(NodeRef::id).chain(others) {
        let package: Package = purl.parse().unwrap();
        let found = set.exposures(&package).len();
        let asked = all
            .iter()
            .filter(|record| record.exposure(&package) != Exposure::NotAffected);
        assert_eq!(found, asked.count(), "{purl}");
    }
    let tensorflow: Package = others[1].parse().unwrap();
    assert!(set.exposures(&tensorflow).len() > 100);
}

#[test]
fn records_of_one_flaw_are_one_hit_with_all_ids() {
    let mut withdrawn = json!({"id": "GHSA-9", "aliases": ["CVE-1", "CVE-2"], "affected": [
        {"package": {"ecosystem": "PyPI", "name": "a"}, "versions": ["1.0"]}]});
    withdrawn["withdrawn"] = json!("2026-01-01T00:00:00Z");
    let set = AdvisorySet::new([
        record("PYSEC-1", &["CVE-1"], "a", "1.0"),
        record("GHSA-1", &["CVE-1"], "a", "2.0"),
        record("GHSA-2", &["CVE-2"], "a", "3.0"),
        record("PYSEC-2", &["GHSA-2"], "b", "3.0"),
        read(&withdrawn),
    ]);
    assert_eq!((set.withdrawn(), set.flaws().len()), (1, 2));
    let mut builder = SupplyGraphBuilder::default();
    builder
        .relate_all(&[("root", NEEDS, "pkg:pypi/a@1.5")])
        .unwrap();
    let graph = builder.build().unwrap();
    let exposures = graph.exposures(&set);
    let hits: Vec<_> = exposures
        .affected()
        .map(|hit| (hit.flaw().ids().join(" "), hit.fixed_versions().join(" ")))
        .collect();
    assert_eq!(
        hits,
        [
            ("CVE-1 GHSA-1 PYSEC-1".to_owned(), "2.0 1.0".to_owned()),
            ("CVE-2 GHSA-2 PYSEC-2".to_owned(), "3.0".to_owned()),
        ]
    );
    let json = serde_json::to_value(&exposures).unwrap();
    assert_eq!(json["affected"][1]["ids"][0], "CVE-2");
    assert_eq!(json["affected"][1]["exposure"], "affected");
}

#[test]
fn nothing_that_was_not_looked_up_is_silent() {
    let set = AdvisorySet::new([record("X-1", &[], "transformers", "5.0")]);
    let mut builder = SupplyGraphBuilder::default();
    for (name, called, version) in [
        ("bom-ref-1", "Transformers", Some("4.0")),
        ("bom-ref-2", "other", None),
        ("pkg:conda/transformers@4.0", "transformers", None),
        ("pkg:npm/transformers@4.0.0", "transformers", None),
        ("pkg:pypi/", "", None),
        ("pkg:pypi/other@1", "other", None),
        ("pkg:pypi/transformers", "transformers", Some("4.0")),
        ("pkg:pypi/transformers?a=b", "transformers", None),
    ] {
        let node = Node::new(id(name), NodeKind::Library, called);
        let node = version.map_or(node.clone(), |version| node.with_version(version));
        builder.add_node(&node).unwrap();
    }
    let graph = builder.build().unwrap();
    let exposures = graph.exposures(&set);
    let lines = |lines: Vec<String>| {
        let mut lines = lines;
        lines.sort();
        lines
    };
    let affected = exposures.affected().map(|hit| hit.to_string()).collect();
    assert_eq!(
        lines(affected),
        ["pkg:pypi/transformers: affected by X-1, fixed in 5.0"]
    );
    let unknown = exposures.unknown().map(|hit| hit.to_string()).collect();
    assert_eq!(
        lines(unknown),
        [
            "bom-ref-1: unknown whether X-1: only its name is that of a package of the advisory",
            "pkg:conda/transformers@4.0: unknown whether X-1: only its name is that of a package of the advisory",
            "pkg:pypi/transformers?a=b: unknown whether X-1: the version is not known, fixed in 5.0",
        ]
    );
    let others = exposures
        .not_evaluated()
        .map(|node| node.to_string())
        .collect();
    assert_eq!(
        lines(others),
        [
            "bom-ref-2: it has no package url",
            "pkg:npm/transformers@4.0.0: no advisory is about its kind of package",
            "pkg:pypi/: `pkg:pypi/` is not a package url",
        ]
    );
    let doubts = exposures.findings();
    let doubts: Vec<_> = doubts.iter().filter_map(Finding::doubt).collect();
    assert_eq!(doubts.len(), 3);
    assert!(doubts.contains(&UnknownReason::NameOnly.name()));
}

#[test]
fn a_package_url_of_an_alias_is_looked_up_too() {
    let set = AdvisorySet::new([record("X-1", &[], "torch", "2.0")]);
    let mut builder = SupplyGraphBuilder::default();
    builder
        .relate_all(&[("root", NEEDS, "pkg:generic/mirror@1")])
        .unwrap();
    builder
        .alias(&id("pkg:pypi/torch@1.0"), &id("pkg:generic/mirror@1"))
        .unwrap();
    let graph = builder.build().unwrap();
    let hits: Vec<_> = graph
        .exposures(&set)
        .affected()
        .map(|hit| hit.to_string())
        .collect();
    assert_eq!(
        hits,
        ["pkg:generic/mirror@1: affected by X-1, fixed in 2.0"]
    );
}

#[test]
fn an_impact_is_shown_with_a_chain_for_each_root() {
    let mut builder = SupplyGraphBuilder::default();
    builder
        .relate_all(&[
            ("pkg:oci/a", Relation::Serves, "pkg:huggingface/x/m"),
            ("pkg:oci/b", Relation::Serves, "pkg:huggingface/x/m"),
            ("pkg:huggingface/x/m", Relation::Contains, "weights"),
            ("pkg:huggingface/x/m", Relation::EvaluatedOn, "bench"),
        ])
        .unwrap();
    let graph = builder.build().unwrap();
    let finding = |node: &str, class| {
        Finding::new(id(node), class, "scan")
            .with_severity("high\n")
            .with_tool("scanner")
    };
    let bad = finding("weights", FindingClass::MaliciousWeights);
    let idle = finding("bench", FindingClass::PoisonedData);
    let impact = graph
        .impact(&[idle.clone(), bad.clone(), bad], NodeKind::Container)
        .unwrap();
    assert_eq!(
        impact.to_string(),
        "bench: poisoned data scan, high\\n, found by scanner\n\
        weights: malicious weights scan, high\\n, found by scanner\n  \
        pkg:oci/a -serves-> pkg:huggingface/x/m -contains-> weights\n  \
        pkg:oci/b -serves-> pkg:huggingface/x/m -contains-> weights\n"
    );
    assert_eq!(impact.without_effect().collect::<Vec<_>>(), [&idle]);
    let json = serde_json::to_value(&impact).unwrap();
    assert_eq!(json[1]["paths"].as_array().unwrap().len(), 2);
    assert_eq!(impact.of_root("weights").count(), 0);
    assert!(
        graph
            .impact(&[finding("nobody", FindingClass::License)], NodeKind::Model)
            .is_err()
    );
}

/// A report of modelscan as it is, against a model with such a file, with two, and without.
#[test]
fn what_a_scanner_found_is_never_lost() {
    let report = |file: &str, severity: &str| {
        let text = json!({"summary": {"total_issues": 1, "total_issues_by_severity": {"LOW": 0},
            "scanned": {"total_scanned": 1, "scanned_files": [file]}}, "errors": [], "issues": [{
            "description": "unsafe", "operator": "system", "module": "posix", "source": file,
            "scanner": "pickle", "severity": severity}]});
        ScanReport::read_modelscan(text.to_string().as_bytes(), &JsonLimits::default()).unwrap()
    };
    let mut builder = SupplyGraphBuilder::default();
    for (node, name) in [
        ("a", "model.pt"),
        ("b", "x/model.pt"),
        ("c", "same"),
        ("d", "same"),
    ] {
        builder
            .add_node(&Node::new(id(node), NodeKind::File, name))
            .unwrap();
        builder
            .relate_all(&[("model", Relation::Contains, node)])
            .unwrap();
    }
    let graph = builder.build().unwrap();
    for (file, severity, node, doubt) in [
        ("model.pt", "CRITICAL", "a", None),
        ("/tmp/model.pt:archive/data.pkl", "HIGH", "a", None),
        ("/tmp/x/model.pt:archive/data.pkl", "HIGH", "b", None),
        ("nomodel.pt", "HIGH", "model", None),
        ("same", "HIGH", "model", None),
        ("other", "LOW", "model", Some("the scanner calls it low")),
    ] {
        let findings = graph
            .scan_findings("model", &report(file, severity))
            .unwrap();
        assert_eq!(findings.len(), 1);
        let found = (findings[0].node().as_str(), findings[0].doubt());
        assert_eq!(found, (node, doubt), "{file}");
        assert_eq!(findings[0].tool(), Some("modelscan"));
    }
    assert!(graph.scan_findings("nobody", &report("a", "LOW")).is_err());
}

#[test]
fn unpinned_names_and_refused_digests_are_findings() {
    let digest = Digest::sha256(b"weights");
    let mut builder = SupplyGraphBuilder::default();
    builder
        .add_node(&Node::new(
            id("pkg:huggingface/a/b@main"),
            NodeKind::Model,
            "b",
        ))
        .unwrap();
    builder
        .add_node(&Node::new(id("file"), NodeKind::File, "w").with_digest(digest))
        .unwrap();
    let graph = builder.build().unwrap();
    let names: Vec<_> = graph
        .mutable_names()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(names, ["pkg:huggingface/a/b@main: mutable name unpinned"]);
    let bad = graph.malicious_weights(&digest, "pickle");
    assert_eq!(bad[0].to_string(), "file: malicious weights pickle");
    assert_eq!(graph.malicious_weights(&Digest::sha256(b""), "pickle"), []);
}

proptest! {
    /// As many findings as do not fit one pass, each asked about by itself.
    #[test]
    fn findings_together_reach_what_each_reaches_alone(
        naive in naive::any(),
        picked in prop::collection::vec((any::<prop::sample::Index>(), 0..5_usize), 0..150),
    ) {
        let graph = naive.graph();
        prop_assume!(graph.node_count() > 0);
        let nodes: Vec<_> = graph.nodes().map(NodeRef::to_id).collect();
        let findings: Vec<Finding> = picked.iter().enumerate().map(|(number, (node, class))| {
            Finding::new(node.get(&nodes).clone(), FindingClass::ALL[*class], number.to_string())
        }).collect();
        let roots = KindSet::of(&[NodeKind::Model, NodeKind::Service]);
        let impact = graph.impact(&findings, roots).unwrap();
        let found: BTreeSet<_> = impact.reached().map(|reached| (reached.finding().clone(), reached.root().id().to_owned())).collect();
        let mut expected = BTreeSet::new();
        for finding in &findings {
            let query = graph.query(Direction::Dependents, [finding.node()]).unwrap();
            let mut ids: Vec<String> = query.along(finding.class().flow()).resolve().of_kinds(roots).ids().into_iter().map(str::to_owned).collect();
            let own = graph.node(finding.node()).unwrap();
            if matches!(own.kind(), NodeKind::Service | NodeKind::Model) {
                ids.push(own.id().to_owned());
            }
            expected.extend(ids.into_iter().map(|root| (finding.clone(), root)));
        }
        prop_assert_eq!(found, expected);
    }
}
