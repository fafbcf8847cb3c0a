use std::collections::BTreeSet;

use modelward_graph::{Completeness, Relation, RelationSet, SupplyGraph, SupplyGraphBuilder};
use petgraph::algo::dominators::simple_fast;
use proptest::prelude::*;

use crate::naive::{self, Naive};
use crate::{graph, id, node, number};

#[test]
fn paths_are_short_and_explain() {
    let graph = graph(&[
        "service serves model",
        "model derived-from base",
        "model trained-on data",
        "base contains file",
        "report",
    ]);
    let table = [
        (
            "service",
            "file",
            Some("service -serves-> model -derived from-> base -contains-> file"),
        ),
        ("model", "data", Some("model -trained on-> data")),
        ("model", "model", Some("model")),
        ("file", "model", None),
        ("report", "file", None),
    ];
    for (from, to, expected) in table {
        let path = graph.path(from, to).unwrap();
        let text = path.as_ref().map(ToString::to_string);
        assert_eq!(text.as_deref(), expected, "{from} to {to}");
        if let Some(path) = path {
            assert_eq!((path.start(), path.end()), (&id(from), &id(to)));
        }
    }
    assert_eq!(graph.path("x", "file").unwrap_err().id, "x");
    assert_eq!(graph.path("file", "y").unwrap_err().id, "y");
    let only = graph.path_along("service", "file", Relation::Serves);
    assert_eq!(only.unwrap(), None);
}

#[test]
fn an_id_cannot_pretend_to_be_a_hop() {
    let hostile = id("a -contains-> b\\\u{202e}\u{a0}");
    let mut builder = SupplyGraphBuilder::default();
    builder.add_node(&node(hostile.as_str())).unwrap();
    builder.add_node(&node("m")).unwrap();
    builder.relate(&id("m"), Relation::Uses, &hostile).unwrap();
    let path = builder.build().unwrap().path("m", &hostile);
    assert_eq!(
        path.unwrap().unwrap().to_string(),
        r"m -uses-> a\u{20}-contains->\u{20}b\\\u{202e}\u{a0}"
    );
}

/// Lists every chain that visits no node twice.
fn all_simple(naive: &Naive, from: usize, to: usize) -> Vec<Vec<usize>> {
    let next: BTreeSet<(usize, usize)> = naive.edges.iter().map(|edge| (edge.0, edge.2)).collect();
    let mut found = Vec::new();
    let mut open = vec![vec![from]];
    while let Some(chain) = open.pop() {
        let end = chain[chain.len() - 1];
        if end == to {
            found.push(chain);
            continue;
        }
        for &(_, node) in next
            .iter()
            .filter(|edge| edge.0 == end && !chain.contains(&edge.1))
        {
            open.push(chain.iter().copied().chain([node]).collect());
        }
    }
    found
}

fn chain_of(graph: &SupplyGraph, path: &modelward_graph::Path) -> Vec<usize> {
    let number = |id: &str| id[1..].parse().unwrap();
    assert!(graph.node(path.start()).is_some());
    let hops = path.hops().iter().map(|hop| number(hop.to().as_str()));
    [number(path.start().as_str())]
        .into_iter()
        .chain(hops)
        .collect()
}

proptest! {
    #[test]
    fn several_paths_are_the_shortest_ones_each_once(naive in naive::any(), limit in 0..40_usize) {
        let graph = naive.graph();
        for to in 0..naive.nodes {
            let mut expected = all_simple(&naive, 0, to);
            expected.sort_by_key(Vec::len);
            let found = graph.paths(number(0), number(to), RelationSet::ALL, limit).unwrap();
            let chains: Vec<_> = found.as_slice().iter().map(|path| chain_of(&graph, path)).collect();
            let lengths = |chains: &[Vec<usize>]| chains.iter().map(Vec::len).collect::<Vec<_>>();
            prop_assert_eq!(lengths(&chains), lengths(&expected[..limit.min(expected.len())]));
            let different: BTreeSet<_> = chains.iter().collect();
            prop_assert_eq!(different.len(), chains.len());
            prop_assert!(chains.iter().all(|chain| expected.contains(chain)));
            if limit > expected.len() {
                prop_assert_eq!(found.completeness(), Completeness::Complete);
            }
            if limit < expected.len() {
                prop_assert_eq!(found.completeness(), Completeness::Partial);
            }
        }
    }

    #[test]
    fn introducers_are_the_direct_dependencies_that_lead_there(naive in naive::any()) {
        let graph = naive.graph();
        for to in 0..naive.nodes {
            let found = graph.introducers(number(0), number(to), RelationSet::ALL).unwrap();
            let direct = naive.edges.iter().filter(|edge| edge.0 == 0).map(|edge| edge.2);
            let leads = |node: &usize| {
                naive.hops(*node, |edge, from| (edge.0 == from).then_some(edge.2)).contains_key(&to)
            };
            let expected: BTreeSet<String> = direct.filter(leads).map(number).collect();
            prop_assert!(found.ids().into_iter().eq(expected.iter().map(String::as_str)));
        }
    }

    #[test]
    fn exclusive_dependencies_are_those_that_are_dominated(naive in naive::any()) {
        let graph = naive.graph();
        let at = |node: usize| graph.index_of(number(node)).unwrap();
        let dominators = simple_fast(&graph, at(0));
        for via in 1..naive.nodes {
            let found = graph.exclusive_dependencies(number(0), number(via), RelationSet::ALL).unwrap();
            let expected: BTreeSet<String> = (0..naive.nodes)
                .filter(|&node| node != via)
                .filter(|&node| {
                    dominators.strict_dominators(at(node)).is_some_and(|mut above| above.any(|above| above == at(via)))
                })
                .map(number)
                .collect();
            prop_assert!(found.ids().into_iter().eq(expected.iter().map(String::as_str)));
        }
    }
}
