use modelward_graph::petgraph::NodeIx;
use modelward_graph::{NodeId, NodeRef, SupplyGraph, SupplyGraphBuilder};
use petgraph::algo::{dijkstra, kosaraju_scc, tarjan_scc, toposort};
use petgraph::visit::{
    Bfs, Data, EdgeCount, EdgeRef, GraphProp, IntoEdgeReferences, IntoEdges, IntoEdgesDirected,
    IntoNeighbors, IntoNeighborsDirected, IntoNodeIdentifiers, IntoNodeReferences,
    NodeCompactIndexable, NodeCount, NodeIndexable, Reversed, Visitable, Walker,
};
use petgraph::{Direction, Graph};
use proptest::prelude::*;

use crate::{graph, id, number, numbered};

fn at(graph: &SupplyGraph, text: &str) -> NodeIx {
    graph.index_of(text).unwrap()
}

fn ids(graph: &SupplyGraph, found: impl IntoIterator<Item = NodeIx>) -> Vec<&str> {
    let nodes = found.into_iter().map(|index| graph.node_at(index));
    nodes.map(NodeRef::id).collect()
}

#[test]
fn toposort_puts_dependents_first_and_finds_cycles() {
    let open = graph(&["c uses a", "a uses b"]);
    assert_eq!(ids(&open, toposort(&open, None).unwrap()), ["c", "a", "b"]);
    let closed = graph(&["c uses a", "a uses b", "b uses c"]);
    assert!(toposort(&closed, None).is_err());
}

#[test]
fn traits_tell_the_same_graph() {
    let graph = graph(&["a uses b", "a contains b", "b uses c", "z"]);
    let (a, b) = (at(&graph, "a"), at(&graph, "b"));
    assert_eq!(ids(&graph, (&graph).neighbors(a)), ["b", "b"]);
    let before = (&graph).neighbors_directed(b, Direction::Incoming);
    assert_eq!(ids(&graph, before), ["a", "a"]);
    let all: Vec<_> = graph.nodes().map(NodeRef::id).collect();
    assert_eq!(ids(&graph, (&graph).node_identifiers()), all);
    for (index, ()) in (&graph).node_references() {
        assert_eq!(graph.index_of(graph.node_at(index).id()), Some(index));
        assert_eq!(
            graph.from_index(NodeIndexable::to_index(&graph, index)),
            index
        );
    }
    let incoming: Vec<_> = (&graph).edges_directed(b, Direction::Incoming).collect();
    assert!(
        incoming
            .iter()
            .all(|edge| edge.source() == a && edge.target() == b)
    );
    let all: Vec<_> = (&graph)
        .edge_references()
        .map(|edge| (edge.source(), *edge.weight(), edge.target()))
        .collect();
    let expected: Vec<_> = graph
        .edges()
        .map(|edge| {
            let ends = [edge.from(), edge.to()].map(|node| at(&graph, node.id()));
            (ends[0], edge.relation(), ends[1])
        })
        .collect();
    assert_eq!(all, expected);
    assert_eq!(IntoEdges::edges(&graph, a).count(), 2);
    assert!(graph.is_directed());
    assert_eq!(graph.index_of("nothing"), None);
    let walked = Bfs::new(Reversed(&graph), b).iter(Reversed(&graph));
    assert_eq!(ids(&graph, walked), ["b", "a"]);
}

#[test]
fn every_trait_is_there() {
    fn check<G>(_: G)
    where
        G: Data + GraphProp + NodeCount + EdgeCount + NodeCompactIndexable + Visitable,
        G: IntoNodeReferences + IntoEdgesDirected,
    {
    }
    check(&graph(&[]));
}

#[test]
fn a_graph_goes_to_petgraph_and_back() {
    let graph = graph(&["a uses b", "a contains b", "b uses c", "c uses a"]);
    let theirs = graph.to_petgraph();
    assert_eq!((theirs.node_count(), theirs.edge_count()), (3, 4));
    let mut builder = SupplyGraphBuilder::default();
    builder.relate_petgraph(&theirs).unwrap();
    for node in graph.nodes() {
        builder.add_node(&crate::node(node.id())).unwrap();
    }
    assert_eq!(builder.build().unwrap(), graph);
}

proptest! {
    #[test]
    fn algorithms_agree_with_a_graph_of_petgraph(
        edges in prop::collection::vec((0..70_u32, 0..70_u32), 0..120)
    ) {
        let wide = |&(from, to): &(u32, u32)| (from as usize, to as usize);
        let ours = numbered(70, &edges.iter().map(wide).collect::<Vec<_>>());
        let mut theirs = Graph::<NodeId, ()>::new();
        let indices: Vec<_> = (0..70).map(|index| theirs.add_node(id(&number(index)))).collect();
        for (from, to) in edges.iter().map(wide).filter(|(from, to)| from != to) {
            theirs.add_edge(indices[from], indices[to], ());
        }
        let components = |mut found: Vec<Vec<NodeId>>| {
            found.iter_mut().for_each(|component| component.sort());
            found.sort();
            found
        };
        let named = |found: Vec<Vec<NodeIx>>| {
            let name = |index| ours.node_at(index).to_id();
            let rows = found.into_iter().map(|row| row.into_iter().map(name).collect());
            components(rows.collect())
        };
        let expected = kosaraju_scc(&theirs).into_iter().map(|row| {
            row.into_iter().map(|index| theirs[index].clone()).collect()
        });
        let expected = components(expected.collect());
        prop_assert_eq!(&named(kosaraju_scc(&ours)), &expected);
        prop_assert_eq!(&named(tarjan_scc(&ours)), &expected);

        let steps = dijkstra(&ours, at(&ours, &number(0)), None, |_| 1_usize);
        for (to, steps) in steps {
            let path = ours.path(number(0), ours.node_at(to).id()).unwrap();
            prop_assert_eq!(path.map(|path| path.hops().len()), Some(steps));
        }
    }
}
