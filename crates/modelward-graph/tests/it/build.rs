use modelward_graph::{
    BuildGraphError, GraphLimits, Node, NodeKind, Relation, SupplyGraphBuilder, UnknownNode,
};

use crate::{graph, id, node};

#[test]
fn a_node_that_differs_is_refused_and_the_same_node_is_not() {
    let mut builder = SupplyGraphBuilder::default();
    builder.add_node(node("a")).unwrap();
    builder.add_node(node("a")).unwrap();
    let others = [
        Node::new(id("a"), NodeKind::Model, "a"),
        Node::new(id("a"), NodeKind::Library, "b"),
        node("a").with_version("1"),
        node("a").with_digest(modelward_artifact::Digest::sha256(b"a")),
    ];
    for other in others {
        let error = builder.add_node(other).unwrap_err();
        assert_eq!(error.code(), "graph.build.differing_node");
        assert_eq!(error.to_string(), "node `a` is described twice and differs");
    }
    assert_eq!(builder.build().unwrap().node_count(), 1);
}

#[test]
fn a_relation_to_itself_is_refused() {
    let error = SupplyGraphBuilder::default()
        .relate(&id("a"), Relation::Contains, &id("a"))
        .unwrap_err();
    assert_eq!(error.code(), "graph.build.self_relation");
    assert_eq!(
        error.to_string(),
        "node `a` is related to itself by `contains`"
    );
}

#[test]
fn every_unknown_end_is_listed_once_and_sorted() {
    let mut builder = SupplyGraphBuilder::default();
    builder.add_node(node("known")).unwrap();
    for name in ["z", "\u{202e}y", "known"] {
        builder.relate(&id("x"), Relation::Uses, &id(name)).unwrap();
    }
    let error = builder.build().unwrap_err();
    assert_eq!(error.code(), "graph.build.unknown_node");
    assert_eq!(
        error.to_string(),
        r"nodes are related but never described: `x`, `z`, `\u{202e}y`"
    );
    let ids = vec![id("x"), id("z"), id("\u{202e}y")];
    assert_eq!(error, BuildGraphError::UnknownNodes { ids });
}

#[test]
fn many_unknown_ends_are_listed_in_the_field_and_counted_in_the_text() {
    let mut builder = SupplyGraphBuilder::default();
    builder.add_node(node("a")).unwrap();
    for index in 0..25 {
        let to = id(&format!("u{index:02}"));
        builder.relate(&id("a"), Relation::Uses, &to).unwrap();
    }
    let error = builder.build().unwrap_err();
    assert!(error.to_string().ends_with("`u09` and 15 more"), "{error}");
    let BuildGraphError::UnknownNodes { ids } = error else {
        panic!("{error}");
    };
    assert_eq!(ids.len(), 25);
}

#[test]
fn limits_hold_at_their_edge() {
    let limits = GraphLimits::default().with_max_nodes(2).with_max_edges(1);
    let mut builder = SupplyGraphBuilder::new(limits);
    builder.add_node(node("a")).unwrap();
    builder.add_node(node("b")).unwrap();
    let error = builder.add_node(node("c")).unwrap_err();
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
    let graph = builder.build().unwrap();
    assert_eq!((graph.node_count(), graph.edge_count()), (2, 1));
}

#[test]
fn the_order_and_the_number_of_statements_do_not_matter() {
    let lines = ["a uses b", "a contains b", "b serves c", "d"];
    let mut reversed = lines;
    reversed.reverse();
    assert_eq!(graph(&lines), graph(&reversed));
    assert_eq!(graph(&lines), graph(&[lines, reversed].concat()));
    assert_ne!(graph(&lines), graph(&lines[1..]));
}

#[test]
fn nodes_and_edges_come_sorted() {
    let graph = graph(&["b uses a", "a uses c", "a contains c", "a contains b"]);
    let ids: Vec<_> = graph.nodes().map(|node| node.id().as_str()).collect();
    assert_eq!(ids, ["a", "b", "c"]);
    let edges: Vec<_> = graph
        .edges()
        .map(|edge| {
            format!(
                "{} {} {}",
                edge.from().id(),
                edge.relation(),
                edge.to().id()
            )
        })
        .collect();
    assert_eq!(
        edges,
        ["a contains b", "a contains c", "a uses c", "b uses a"]
    );
    assert_eq!(graph.node(&id("b")), Some(&node("b")));
    assert_eq!(graph.node(&id("d")), None);
    assert_eq!(
        format!("{graph:?}"),
        "SupplyGraph { nodes: 3, edges: 4, .. }"
    );
}

#[test]
fn an_empty_graph_answers() {
    let graph = SupplyGraphBuilder::default().build().unwrap();
    assert_eq!((graph.nodes().len(), graph.edges().count()), (0, 0));
    assert!(graph.cycles().is_empty());
    let error: UnknownNode = graph.dependents(&id("a\u{200b}")).unwrap_err();
    assert_eq!(error.code(), "graph.query.unknown_node");
    assert_eq!(error.to_string(), r"graph has no node `a\u{200b}`");
}
