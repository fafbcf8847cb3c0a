use std::collections::BTreeSet;
use std::fs;

use modelward_artifact::Digest;
use modelward_graph::diff::{EdgeChange, Fact, VersionStep};
use modelward_graph::{
    Finding, FindingClass, Node, NodeKind, Relation, Scope, SignatureState, SupplyGraph,
    SupplyGraphBuilder,
};
use proptest::prelude::*;
use serde_json::Value;

use crate::version::fixtures;
use crate::{id, naive};

const NEEDS: Relation = Relation::DependsOn(Scope::Runtime);

fn related(edges: &[(&str, &str)]) -> SupplyGraph {
    let mut builder = SupplyGraphBuilder::default();
    let edges: Vec<_> = edges.iter().map(|(from, to)| (*from, NEEDS, *to)).collect();
    builder.relate_all(&edges).unwrap();
    builder.build().unwrap()
}

fn described(nodes: &[Node]) -> SupplyGraph {
    let mut builder = SupplyGraphBuilder::default();
    for node in nodes {
        builder.add_node(node).unwrap();
    }
    builder.build().unwrap()
}

#[test]
fn versions_go_up_or_down_by_the_order_of_their_ecosystem() {
    for (from, to, step) in [
        ("pkg:pypi/torch@2.9.0", "pkg:pypi/torch@2.10.0", "upgraded"),
        (
            "pkg:pypi/torch@2.10.0",
            "pkg:pypi/torch@2.10.0rc1",
            "downgraded",
        ),
        ("pkg:pypi/torch@2.0", "pkg:pypi/torch@2.0.0", "changed"),
        (
            "pkg:deb/debian/a@1%2Bb?arch=x",
            "pkg:deb/debian/a@2?arch=x",
            "upgraded",
        ),
        (
            "pkg:huggingface/a/b@1a2b",
            "pkg:huggingface/a/b@3c4d",
            "changed",
        ),
        (
            "pkg:oci/a@sha256:00?tag=1",
            "pkg:oci/a@sha256:11?tag=2",
            "changed",
        ),
        ("pkg:cargo/a", "pkg:cargo/a@1.0.0", "changed"),
    ] {
        let (older, newer) = (related(&[("root", from)]), related(&[("root", to)]));
        let diff = older.diff(&newer);
        assert_eq!(diff.to_string(), format!("{step} {from} to {to}\n"));
    }
}

#[test]
fn several_versions_are_paired_from_the_lowest_on() {
    let versions = |versions: &[&str]| {
        let ids: Vec<String> = versions
            .iter()
            .map(|text| format!("pkg:npm/a@{text}"))
            .collect();
        let edges: Vec<_> = ids.iter().map(|id| ("root", id.as_str())).collect();
        related(&edges)
    };
    let (older, newer) = (
        versions(&["1.0.0", "10.0.0", "9.0.0", "3.0.0"]),
        versions(&["3.0.0", "2.0.0", "11.0.0"]),
    );
    let text = "upgraded pkg:npm/a@1.0.0 to pkg:npm/a@2.0.0\n\
        upgraded pkg:npm/a@9.0.0 to pkg:npm/a@11.0.0\n\
        removed pkg:npm/a@10.0.0\n";
    assert_eq!(older.diff(&newer).to_string(), text);
    // Another architecture is paired only where the same one is not there.
    let one = related(&[
        ("root", "pkg:deb/debian/a@1?arch=x"),
        ("root", "pkg:deb/debian/a@1?arch=y"),
    ]);
    let other = related(&[
        ("root", "pkg:deb/debian/a@2?arch=y"),
        ("root", "pkg:deb/debian/a@2?arch=z"),
    ]);
    let diff = one.diff(&other);
    let pairs: Vec<_> = diff
        .versions()
        .iter()
        .map(|change| (change.from.as_str(), change.to.as_str()))
        .collect();
    assert_eq!(
        pairs,
        [
            ("pkg:deb/debian/a@1?arch=x", "pkg:deb/debian/a@2?arch=z"),
            ("pkg:deb/debian/a@1?arch=y", "pkg:deb/debian/a@2?arch=y"),
        ]
    );
}

#[test]
fn a_version_of_an_end_is_no_other_edge_and_no_other_parent() {
    let older = related(&[
        ("pkg:oci/shop@1", "pkg:pypi/a@1"),
        ("pkg:pypi/a@1", "pkg:pypi/b@1"),
        ("pkg:pypi/c@1", "pkg:pypi/b@1"),
    ]);
    let newer = related(&[
        ("pkg:oci/shop@2", "pkg:pypi/a@1"),
        ("pkg:pypi/a@1", "pkg:pypi/b@2"),
        ("pkg:oci/shop@2", "pkg:pypi/b@2"),
        ("pkg:oci/shop@2", "pkg:pypi/c@1"),
        ("pkg:pypi/d@1", "pkg:pypi/c@1"),
    ]);
    let text = "changed pkg:oci/shop@1 to pkg:oci/shop@2\n\
        upgraded pkg:pypi/b@1 to pkg:pypi/b@2\n\
        added pkg:pypi/d@1\n\
        added pkg:oci/shop@2 -depends on-> pkg:pypi/b@2\n\
        added pkg:oci/shop@2 -depends on-> pkg:pypi/c@1\n\
        removed pkg:pypi/c@1 -depends on-> pkg:pypi/b@1\n\
        pkg:pypi/b@2 is needed also by pkg:oci/shop@2, no more by pkg:pypi/c@1\n\
        pkg:pypi/c@1 is needed also by pkg:oci/shop@2, pkg:pypi/d@1\n";
    assert_eq!(older.diff(&newer).to_string(), text);
}

#[test]
fn other_bytes_under_the_same_version_come_first() {
    let weights = |version: &str, bytes: &[u8]| {
        Node::new(id("weights"), NodeKind::File, "weights")
            .with_version(version)
            .with_digest(Digest::sha256(bytes))
    };
    let (older, newer) = (
        described(&[weights("1", b"a")]),
        described(&[weights("1", b"b")]),
    );
    let diff = older.diff(&newer);
    assert_eq!(diff.to_string(), "replaced the content of weights\n");
    assert_eq!(diff.replaced_content()[0].version.as_deref(), Some("1"));
    let json = serde_json::to_value(&diff).unwrap();
    assert_eq!(json["replaced_content"][0]["id"], "weights");
    // Another version may have other bytes.
    let newer = described(&[weights("2", b"b")]);
    let diff = older.diff(&newer);
    assert_eq!(diff.to_string(), "changed weights from 1 to 2\n");
    assert_eq!(diff.versions()[0].step, VersionStep::Changed);
    // Another digest of what may be the same bytes says nothing.
    let more = weights("1", b"a").with_digest(Digest::of(
        modelward_artifact::DigestAlgorithm::Sha512,
        b"a",
    ));
    let newer = described(&[more]);
    let diff = older.diff(&newer);
    assert!(diff.replaced_content().is_empty());
    assert_eq!(diff.facts()[0].fact, Fact::Digests);
}

#[test]
fn what_is_said_otherwise_is_listed() {
    let node = |kind| Node::new(id("pkg:huggingface/a/b@1"), kind, "b");
    let older = described(&[node(NodeKind::Model)
        .with_license("mit")
        .with_signature(SignatureState::Verified)]);
    let newer = described(&[node(NodeKind::Adapter).with_signature(SignatureState::Missing)]);
    let text = "kind of pkg:huggingface/a/b@1 changed from `model` to `adapter`\n\
        license of pkg:huggingface/a/b@1 changed from `mit` to nothing\n\
        signature of pkg:huggingface/a/b@1 changed from `verified` to `missing`\n";
    assert_eq!(older.diff(&newer).to_string(), text);
}

#[test]
fn aliases_and_other_versions_of_a_document_are_the_same_thing() {
    let mut builder = SupplyGraphBuilder::default();
    builder.relate_all(&[("root", NEEDS, "0")]).unwrap();
    builder.alias(&id("a"), &id("0")).unwrap();
    let (older, newer) = (related(&[("root", "a")]), builder.build().unwrap());
    assert!(older.diff(&newer).is_empty(), "{}", older.diff(&newer));
    assert!(newer.diff(&older).is_empty());
    let link = |version| format!("urn:cdx:f08a6ccd-4dce-4759-bd84-c626675d60a7/{version}#a");
    let (one, two) = (link(1), link(2));
    assert!(
        related(&[("root", &one)])
            .diff(&related(&[("root", &two)]))
            .is_empty()
    );
}

#[test]
fn flaws_that_newly_reach_a_root_come_with_the_way() {
    let older = related(&[
        ("pkg:oci/shop@1", "pkg:pypi/a@1"),
        ("pkg:pypi/a@1", "pkg:pypi/old@1"),
        ("pkg:oci/shop@1", "pkg:pypi/both@1"),
    ]);
    let newer = related(&[
        ("pkg:oci/shop@2", "pkg:pypi/a@2"),
        ("pkg:pypi/a@2", "pkg:pypi/new@1"),
        ("pkg:oci/shop@2", "pkg:pypi/both@2"),
    ]);
    let flaw = |node: &str, name: &str| Finding::new(id(node), FindingClass::CodeFlaw, name);
    let before = [
        flaw("pkg:pypi/old@1", "X-1"),
        flaw("pkg:pypi/both@1", "X-3"),
    ];
    let now = [
        flaw("pkg:pypi/new@1", "X-2"),
        flaw("pkg:pypi/both@2", "GHSA-3").with_aliases(["X-3"]),
    ];
    let diff = older.diff(&newer);
    let change = diff.reach(NodeKind::Container, &before, &now).unwrap();
    assert_eq!(
        change.to_string(),
        "newly reached by code flaw X-2: pkg:oci/shop@2 -depends on-> pkg:pypi/a@2 -depends on-> pkg:pypi/new@1\n\
         no longer reached by code flaw X-1: pkg:oci/shop@1 -depends on-> pkg:pypi/a@1 -depends on-> pkg:pypi/old@1\n"
    );
    assert!(diff.reach(NodeKind::Container, &now, &now).is_err());
}

/// Two releases of one program, counted by a script of a few lines.
#[test]
fn a_real_pair_of_documents() {
    let Some(folder) = fixtures() else { return };
    let read = |version: &str| {
        let path = folder.join(format!("../boms/proton-bridge-v{version}-cyclic.json"));
        let bom: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        let mut builder = SupplyGraphBuilder::default();
        for entry in bom["dependencies"].as_array().unwrap() {
            let from = entry["ref"].as_str().unwrap();
            builder
                .add_node(&Node::new(id(from), NodeKind::Library, from))
                .unwrap();
            for to in entry["dependsOn"].as_array().into_iter().flatten() {
                builder
                    .relate(&id(from), NEEDS, &id(to.as_str().unwrap()))
                    .unwrap();
            }
        }
        builder.build().unwrap()
    };
    let (older, newer) = (read("1.6.3"), read("1.8.0"));
    assert_eq!((older.node_count(), older.edge_count()), (202, 232));
    let diff = older.diff(&newer);
    assert_eq!(
        (diff.nodes_added().len(), diff.nodes_removed().len()),
        (0, 0)
    );
    let steps: Vec<VersionStep> = diff.versions().iter().map(|change| change.step).collect();
    assert_eq!(steps, [VersionStep::Upgraded; 8]);
    assert_eq!(
        (diff.edges_added().len(), diff.edges_removed().len()),
        (3, 3)
    );
    assert_eq!(diff.reparented().len(), 4);
}

type Edges = BTreeSet<(String, Relation, String)>;

fn edges(graph: &SupplyGraph, is_kept: impl Fn(&str) -> bool) -> Edges {
    let kept = graph
        .edges()
        .filter(|edge| is_kept(edge.from().id()) && is_kept(edge.to().id()));
    kept.map(|edge| {
        (
            edge.from().id().to_owned(),
            edge.relation(),
            edge.to().id().to_owned(),
        )
    })
    .collect()
}

fn changed(changes: &[EdgeChange]) -> Edges {
    let all = changes.iter();
    all.map(|edge| (edge.from.to_string(), edge.relation, edge.to.to_string()))
        .collect()
}

proptest! {
    #[test]
    fn a_graph_does_not_differ_from_itself(naive in naive::any()) {
        let graph = naive.graph();
        prop_assert!(graph.diff(&graph).is_empty());
    }

    #[test]
    fn a_difference_leads_from_one_graph_to_the_other_and_back(one in naive::any(), other in naive::any()) {
        let (older, newer) = (one.graph(), other.graph());
        let (there, back) = (older.diff(&newer), newer.diff(&older));
        prop_assert_eq!(there.nodes_added(), back.nodes_removed());
        prop_assert_eq!(there.nodes_removed(), back.nodes_added());
        prop_assert_eq!(there.edges_added(), back.edges_removed());
        prop_assert_eq!(there.edges_removed(), back.edges_added());
        prop_assert_eq!(there.versions().len(), back.versions().len());
        prop_assert_eq!(there.reparented().len(), back.reparented().len());
        for (step, reverse) in there.reparented().iter().zip(back.reparented()) {
            prop_assert_eq!((&step.gained, &step.lost), (&reverse.lost, &reverse.gained));
        }
        // Ids have no versions here, so that what stays has one id.
        let stays = |id: &str| older.node(id).is_some() && newer.node(id).is_some();
        let mut edges_now = edges(&older, stays);
        let removed = changed(there.edges_removed());
        prop_assert!(removed.is_subset(&edges_now));
        edges_now.retain(|edge| !removed.contains(edge));
        edges_now.extend(changed(there.edges_added()));
        prop_assert_eq!(edges_now, edges(&newer, stays));
    }

    #[test]
    fn versions_are_paired_the_same_way_in_both_directions(
        one in prop::collection::btree_set((0..3_u8, 0..12_u8), 0..8),
        other in prop::collection::btree_set((0..3_u8, 0..12_u8), 0..8),
    ) {
        let graph = |versions: &BTreeSet<(u8, u8)>| {
            let ids: Vec<String> = versions.iter().map(|(name, version)| format!("pkg:pypi/n{name}@1.{version}")).collect();
            related(&ids.iter().map(|id| ("root", id.as_str())).collect::<Vec<_>>())
        };
        let (older, newer) = (graph(&one), graph(&other));
        let (there, back) = (older.diff(&newer), newer.diff(&older));
        let pairs: BTreeSet<_> = there.versions().iter().map(|change| (&change.from, &change.to)).collect();
        let turned: BTreeSet<_> = back.versions().iter().map(|change| (&change.to, &change.from)).collect();
        prop_assert_eq!(&pairs, &turned);
        for name in 0..3 {
            let count = |set: &BTreeSet<(u8, u8)>, without: &BTreeSet<(u8, u8)>| set.difference(without).filter(|(own, _)| *own == name).count();
            let prefix = format!("pkg:pypi/n{name}@");
            let paired = pairs.iter().filter(|(from, _)| from.as_str().starts_with(&prefix)).count();
            prop_assert_eq!(paired, count(&one, &other).min(count(&other, &one)));
        }
    }
}
