use std::collections::BTreeSet;
use std::num::NonZero;

use modelward_artifact::Digest;
use modelward_graph::{
    BuildGraphError, GraphLimits, Node, NodeKind, Relation, Retracted, Scope, SignatureState,
    Source, SupplyGraph, SupplyGraphBuilder, WarningKind,
};
use proptest::prelude::*;

use crate::naive::{self, Naive};
use crate::{graph, id, node, number, state};

fn warnings(graph: &SupplyGraph) -> Vec<String> {
    graph.warnings().iter().map(ToString::to_string).collect()
}

#[test]
fn sources_that_differ_are_kept_and_told() {
    let mut builder = SupplyGraphBuilder::default();
    let torch = id("pkg:pypi/torch@2.1.0");
    builder.begin(Source::new("b")).unwrap();
    let node = Node::new(torch.clone(), NodeKind::Unknown, "torch")
        .with_digest(Digest::sha256(b"one"))
        .with_license("BSD-3-Clause")
        .with_signature(SignatureState::Verified);
    builder.add_node(&node).unwrap();
    builder.begin(Source::new("a")).unwrap();
    let node = Node::new(torch.clone(), NodeKind::Library, "pytorch")
        .with_digest(Digest::sha256(b"two"))
        .with_signature(SignatureState::Missing);
    builder.add_node(&node).unwrap();
    builder.add_node(&node).unwrap();

    let graph = builder.build().unwrap();
    let node = graph.node(&torch).unwrap();
    assert_eq!((node.name(), node.kind()), ("pytorch", NodeKind::Library));
    assert_eq!(
        (node.version(), node.license()),
        (Some("2.1.0"), Some("BSD-3-Clause"))
    );
    assert_eq!(
        (node.digests().len(), node.signature()),
        (2, SignatureState::Missing)
    );
    let sources: Vec<_> = node.sources().iter().map(|source| source.name()).collect();
    assert_eq!(sources, ["a", "b"]);
    let [two, one] = [Digest::sha256(b"one"), Digest::sha256(b"two")];
    assert_eq!(
        warnings(&graph),
        [
            "b: node `pkg:pypi/torch@2.1.0` differs in its name: `pytorch`, `torch`".to_owned(),
            format!("b: node `pkg:pypi/torch@2.1.0` differs in its sha256: `{one}`, `{two}`"),
            "b: node `pkg:pypi/torch@2.1.0` differs in its signature: `missing`, `verified`"
                .to_owned(),
        ]
    );
    assert!(
        graph
            .warnings()
            .iter()
            .all(|warning| warning.code() == "graph.warning.differing")
    );
    let refused = builder.build_without_warnings().unwrap_err();
    assert_eq!(refused.code(), "graph.build.warned");
    assert_eq!(
        refused.to_string(),
        "graph has 3 warnings, of which the first is: \
         b: node `pkg:pypi/torch@2.1.0` differs in its name: `pytorch`, `torch`"
    );
}

#[test]
fn what_needs_itself_is_a_warning_and_no_edge() {
    let mut builder = SupplyGraphBuilder::default();
    builder.begin(Source::new("sbom")).unwrap();
    builder
        .relate(&id("pkg:pypi/a"), Relation::Contains, &id("pkg:pypi/a"))
        .unwrap();
    builder
        .relate_all(&[
            ("pkg:pypi/dask", Relation::Uses, "pkg:pypi/dask"),
            ("pkg:pypi/dask", Relation::Uses, "pkg:pypi/toolz"),
        ])
        .unwrap();
    let graph = builder.build().unwrap();
    assert_eq!((graph.node_count(), graph.edge_count()), (2, 1));
    assert_eq!(
        warnings(&graph),
        [
            "sbom: node `pkg:pypi/a` is related to itself by `contains`",
            "sbom: node `pkg:pypi/dask` is related to itself by `uses`"
        ]
    );
}

#[test]
fn names_that_tell_nothing_have_to_be_described() {
    let mut builder = SupplyGraphBuilder::default();
    builder.add_node(&node("known")).unwrap();
    let digest = Digest::sha256(b"weights").to_string();
    for name in ["z", "\u{202e}y", "known", "pkg:pypi/torch", digest.as_str()] {
        builder
            .relate(&id("known2"), Relation::Uses, &id(name))
            .unwrap();
    }
    let graph = builder.build().unwrap();
    assert_eq!(
        warnings(&graph),
        [
            "node `known2` is related and nowhere described",
            "node `z` is related and nowhere described",
            r"node `\u{202e}y` is related and nowhere described",
        ]
    );
    assert_eq!(graph.node("z").unwrap().kind(), NodeKind::Unknown);
    assert_eq!(
        graph.node("pkg:pypi/torch").unwrap().kind(),
        NodeKind::Library
    );
    assert!(!graph.node("z").unwrap().is_described());
}

#[test]
fn package_urls_tell_kind_name_and_version() {
    let table = [
        (
            "pkg:pypi/torch@2.1.0",
            NodeKind::Library,
            "torch",
            Some("2.1.0"),
        ),
        (
            "pkg:huggingface/a/b@1a2b",
            NodeKind::Model,
            "b",
            Some("1a2b"),
        ),
        ("pkg:huggingface/datasets/a/d", NodeKind::Dataset, "d", None),
        (
            "pkg:oci/shop@sha256%3Aab?repository_url=x/y@z",
            NodeKind::Container,
            "shop",
            Some("sha256%3Aab"),
        ),
        (
            "pkg:npm/%40scope/name@1#sub/path",
            NodeKind::Library,
            "name",
            Some("1"),
        ),
        ("pkg:generic/thing", NodeKind::Unknown, "thing", None),
        ("plain@name", NodeKind::Unknown, "plain@name", None),
    ];
    for (text, kind, name, version) in table {
        let mut builder = SupplyGraphBuilder::default();
        builder.relate(&id("x"), Relation::Uses, &id(text)).unwrap();
        let graph = builder.build().unwrap();
        let node = graph.node(text).unwrap();
        assert_eq!(
            (node.kind(), node.name(), node.version()),
            (kind, name, version),
            "{text}"
        );
        assert_eq!(node.to_id(), id(text));
    }
}

#[test]
fn a_digest_alone_is_the_one_node_that_has_it() {
    let weights = Digest::sha256(b"weights");
    let by_digest = id(&weights.to_string());
    let mut builder = SupplyGraphBuilder::default();
    builder.begin(Source::new("scanner")).unwrap();
    builder
        .relate(&id("pkg:oci/shop"), Relation::Contains, &by_digest)
        .unwrap();
    let alone = builder.build().unwrap();
    assert_eq!(alone.node(&by_digest).unwrap().id(), by_digest.as_str());

    builder.begin(Source::new("registry")).unwrap();
    let model = |name: &str| Node::new(id(name), NodeKind::File, "w").with_digest(weights);
    builder.add_node(&model("pkg:generic/w@1")).unwrap();
    let joined = builder.build().unwrap();
    let node = joined.node(&by_digest).unwrap();
    assert_eq!(node.id(), "pkg:generic/w@1");
    assert_eq!(node.aliases().collect::<Vec<_>>(), [by_digest.as_str()]);
    assert!(
        joined
            .dependents("pkg:generic/w@1")
            .unwrap()
            .contains("pkg:oci/shop")
    );
    assert_eq!(joined.nodes_with_digest(&weights), [node]);

    builder.add_node(&model("pkg:generic/mirror@1")).unwrap();
    let ambiguous = builder.build().unwrap();
    assert_eq!(ambiguous.node(&by_digest).unwrap().id(), by_digest.as_str());
    assert_eq!(
        warnings(&ambiguous),
        [format!(
            "`{weights}` is the digest of several nodes: `pkg:generic/mirror@1`, `pkg:generic/w@1`"
        )]
    );
    assert_eq!(ambiguous.nodes_with_digest(&weights).len(), 3);

    // Whoever knows that they are one thing says so.
    builder
        .alias(&id("pkg:generic/mirror@1"), &id("pkg:generic/w@1"))
        .unwrap();
    let one = builder.build().unwrap();
    assert_eq!(
        one.node("pkg:generic/w@1").unwrap().id(),
        "pkg:generic/mirror@1"
    );
    assert_eq!(builder.retract("registry"), Retracted::Done);
    assert_eq!(builder.build().unwrap(), alone);
}

#[test]
fn an_alias_can_turn_an_edge_into_a_loop() {
    let mut builder = SupplyGraphBuilder::default();
    builder.begin(Source::new("s")).unwrap();
    builder
        .relate_all(&[
            ("pkg:pypi/a", Relation::Uses, "local#1"),
            ("local#1", Relation::Uses, "pkg:pypi/b"),
        ])
        .unwrap();
    builder.alias(&id("local#1"), &id("pkg:pypi/a")).unwrap();
    let graph = builder.build().unwrap();
    assert_eq!(graph.edge_count(), 1);
    assert!(
        graph
            .dependencies("local#1")
            .unwrap()
            .contains("pkg:pypi/b")
    );
    assert_eq!(
        warnings(&graph),
        ["s: node `pkg:pypi/a` is related to itself by `uses`"]
    );
}

#[test]
fn limits_hold_at_their_edge() {
    let limits = GraphLimits::default()
        .with_max_nodes(2)
        .with_max_edges(1)
        .with_max_sources(1)
        .with_max_warnings(1);
    let mut builder = SupplyGraphBuilder::new(limits);
    builder.add_node(&node("a")).unwrap();
    builder.add_node(&node("b")).unwrap();
    let error = builder.add_node(&node("c")).unwrap_err();
    assert_eq!(error.code(), "graph.build.too_many_nodes");
    assert_eq!(error.to_string(), "graph has more than 2 nodes");
    let error = builder
        .relate(&id("a"), Relation::Uses, &id("c"))
        .unwrap_err();
    assert_eq!(error, BuildGraphError::TooManyNodes { limit: 2 });

    builder.relate(&id("a"), Relation::Uses, &id("b")).unwrap();
    let error = builder
        .relate(&id("b"), Relation::Uses, &id("a"))
        .unwrap_err();
    assert_eq!(error.code(), "graph.build.too_many_edges");
    assert_eq!(error.to_string(), "graph has more than 1 edges");
    let error = builder
        .relate_all(&[("b", Relation::Uses, "a")])
        .unwrap_err();
    assert_eq!(error.code(), "graph.build.too_many_edges");

    builder.begin(Source::new("one")).unwrap();
    let error = builder.begin(Source::new("two")).unwrap_err();
    assert_eq!(error.code(), "graph.build.too_many_sources");
    assert_eq!(error.to_string(), "graph has more than 1 sources");

    for name in ["x", "y", "z"] {
        builder.warn("/0", WarningKind::Dangling { name: name.into() });
    }
    let graph = builder.build().unwrap();
    assert_eq!(
        warnings(&graph),
        [
            "one#/0: `x` is related and not described",
            "2 more warnings were left out"
        ]
    );
    assert_eq!((graph.node_count(), graph.edge_count()), (2, 1));
}

#[test]
fn a_list_with_an_edge_that_is_none_changes_nothing() {
    let mut builder = SupplyGraphBuilder::default();
    builder
        .relate_all(&[("pkg:pypi/a", Relation::Uses, "pkg:pypi/b")])
        .unwrap();
    let before = builder.build().unwrap();
    let long: Vec<String> = (0..100).map(|index| format!("pkg:pypi/n{index}")).collect();
    let mut edges: Vec<_> = long
        .iter()
        .map(|name| (name.as_str(), Relation::Uses, "pkg:pypi/a"))
        .collect();
    for at in [0, 50, 99] {
        edges[at].2 = "";
        let error = builder.relate_all(&edges).unwrap_err();
        assert_eq!(error.code(), "graph.build.edge");
        assert_eq!(
            error.to_string(),
            format!("edge {at} of the list names no node")
        );
        edges[at].2 = "pkg:pypi/a";
        assert_eq!(builder.build().unwrap(), before);
    }
}

#[test]
fn many_edges_make_the_same_graph_on_every_number_of_threads() {
    let names: Vec<String> = (0..30_000)
        .map(|index| format!("pkg:generic/n{index}"))
        .collect();
    let edges: Vec<_> = (0..100_000)
        .map(|index: usize| {
            let to = index * 7919 % 30_000;
            (
                names[index * 31 % 30_000].as_str(),
                Relation::ALL[index % 22],
                names[to].as_str(),
            )
        })
        .collect();
    let build = |threads: usize, edges: &[(&str, Relation, &str)]| {
        let builder = SupplyGraphBuilder::default();
        let mut builder = builder.with_threads(NonZero::new(threads).unwrap());
        builder.relate_all(edges).unwrap();
        builder.build().unwrap()
    };
    let one = build(1, &edges);
    assert_eq!(build(2, &edges), one);
    assert_eq!(build(5, &edges), one);
    let mut shuffled = edges.clone();
    shuffled.reverse();
    assert_eq!(build(2, &shuffled), one);

    let mut single = SupplyGraphBuilder::default();
    for (from, relation, to) in &edges {
        single.relate(&id(from), *relation, &id(to)).unwrap();
    }
    assert_eq!(single.build().unwrap(), one);

    let mut broken = edges.clone();
    broken[77_777].0 = "\n";
    let builder = SupplyGraphBuilder::default();
    let mut builder = builder.with_threads(NonZero::new(3).unwrap());
    let error = builder.relate_all(&broken).unwrap_err();
    assert_eq!(error.to_string(), "edge 77777 of the list names no node");
}

#[test]
fn an_edge_knows_who_stated_it() {
    let mut builder = SupplyGraphBuilder::default();
    for (source, lines) in [
        ("b", ["x uses y", "x contains y"]),
        ("a", ["x uses y", "x uses z"]),
    ] {
        builder.begin(Source::new(source)).unwrap();
        state(&mut builder, &lines);
    }
    let graph = builder.build().unwrap();
    let edges: BTreeSet<String> = graph
        .edges()
        .map(|edge| {
            let sources: Vec<_> = edge.sources().map(Source::name).collect();
            format!(
                "{} {} {} {}",
                edge.from().id(),
                edge.relation(),
                edge.to().id(),
                sources.join("+")
            )
        })
        .collect();
    let expected = ["x contains y b", "x uses y a+b", "x uses z a"];
    assert!(edges.iter().map(String::as_str).eq(expected));
    let names: Vec<_> = graph.sources().iter().map(Source::name).collect();
    assert_eq!(names, ["a", "b"]);
}

proptest! {
    #[test]
    fn the_graph_does_not_tell_in_which_order_it_was_stated(
        naive in naive::any(), order in prop::collection::vec(any::<u16>(), 30)
    ) {
        let mut shuffled = naive.clone();
        let mut keyed: Vec<_> = shuffled.edges.into_iter().zip(order).collect();
        keyed.sort_by_key(|(_, key)| *key);
        shuffled.edges = keyed.into_iter().map(|(edge, _)| edge).collect();
        let mut late = SupplyGraphBuilder::default();
        for &(from, relation, to, source) in &shuffled.edges {
            late.begin(Naive::source(source)).unwrap();
            let edge = (number(from), naive::RELATIONS[relation], number(to));
            late.relate_all(&[(&edge.0, edge.1, &edge.2)]).unwrap();
        }
        late.begin(Source::default()).unwrap();
        for node in (0..naive.nodes).rev() {
            let name = number(node);
            late.add_node(&Node::new(id(&name), Naive::kind(node), name)).unwrap();
        }
        let graph = naive.graph();
        prop_assert_eq!(&graph, &shuffled.graph());
        prop_assert_eq!(&graph, &late.build().unwrap());
    }

    #[test]
    fn what_is_retracted_was_never_stated(naive in naive::any(), source in 0..4_usize) {
        let mut builder = naive.builder();
        let outcome = builder.retract(Naive::source(source).name());
        let was_stated = naive.edges.iter().any(|edge| edge.3 == source);
        prop_assert_eq!(outcome == Retracted::Done, was_stated);
        let mut without = naive.clone();
        without.edges.retain(|edge| edge.3 != source);
        prop_assert_eq!(builder.build().unwrap(), without.graph());
    }
}

#[test]
fn scopes_are_relations_of_their_own() {
    let graph = graph(&["app depends-on a", "app depends-on/development b"]);
    let runtime = graph
        .query(modelward_graph::Direction::Dependencies, ["app"])
        .unwrap()
        .along(Relation::DependsOn(Scope::Runtime));
    assert_eq!(runtime.resolve().ids(), ["a"]);
    assert_eq!(
        format!("{graph:?}"),
        "SupplyGraph { nodes: 3, edges: 2, sources: 1, warnings: 0, .. }"
    );
}
