use std::collections::BTreeSet;

use modelward_graph::{
    Direction, FindingClass, KindSet, NodeKind, NodeRef, NodeSet, Relation, RelationSet,
    SupplyGraph,
};
use proptest::prelude::*;

use crate::naive::{self, KINDS, Naive, RELATIONS};
use crate::{graph, id, number, numbered, on_a_small_stack};

/// A service on a model, which has a base, data and a tokenizer; the base and the data share a
/// file, and a report stands apart.
fn chain() -> SupplyGraph {
    graph(&[
        "service serves model",
        "model derived-from base",
        "model trained-on data",
        "model tokenized-by tokenizer",
        "base contains file",
        "data contains file",
        "report",
    ])
}

#[test]
fn closures_list_all_that_is_reached_without_the_start() {
    let graph = chain();
    let table: [(&str, &[&str], &[&str]); 4] = [
        (
            "service",
            &["base", "data", "file", "model", "tokenizer"],
            &[],
        ),
        ("file", &[], &["base", "data", "model", "service"]),
        ("base", &["file"], &["model", "service"]),
        ("report", &[], &[]),
    ];
    for (start, dependencies, dependents) in table {
        let found = graph.dependencies(start).unwrap();
        assert_eq!(found.ids(), dependencies, "dependencies of {start}");
        assert_eq!(found.len(), dependencies.len());
        assert_eq!(found.is_empty(), dependencies.is_empty());
        let found = graph.dependents(id(start)).unwrap();
        assert_eq!(found.ids(), dependents, "dependents of {start}");
        assert!(!found.contains(start) && !found.contains("nothing"));
        assert!(dependents.iter().all(|text| found.contains(text)));
    }
    let error = graph.dependencies("nothing").unwrap_err();
    assert_eq!(error.code(), "graph.query.unknown_node");
    assert_eq!(error.to_string(), "graph has no node `nothing`");
}

#[test]
fn sets_list_dependencies_first() {
    let graph = chain();
    let all: Vec<&str> = graph.all().iter().map(NodeRef::id).collect();
    let place = |wanted: &str| all.iter().position(|id| *id == wanted).unwrap();
    for edge in graph.edges() {
        assert!(place(edge.to().id()) < place(edge.from().id()), "{edge:?}");
    }
    let model = graph.dependencies("model").unwrap();
    let inner: Vec<_> = model.edges().map(|edge| edge.from().id()).collect();
    assert_eq!(inner.len(), 2, "base and data contain the file");
    assert_eq!(
        format!("{model:?}"),
        r#"{"base", "data", "file", "tokenizer"}"#
    );
}

#[test]
fn direct_edges_keep_their_direction() {
    let graph = chain();
    let table: [(&str, Direction, &[&str]); 3] = [
        (
            "model",
            Direction::Dependencies,
            &[
                "model derived from base",
                "model tokenized by tokenizer",
                "model trained on data",
            ],
        ),
        ("model", Direction::Dependents, &["service serves model"]),
        (
            "file",
            Direction::Dependents,
            &["base contains file", "data contains file"],
        ),
    ];
    for (start, direction, expected) in table {
        let edges = graph.direct(start, direction).unwrap();
        let mut edges: Vec<_> = edges
            .iter()
            .map(|edge| {
                let ends = [edge.from().id(), edge.to().id()];
                format!("{} {} {}", ends[0], edge.relation(), ends[1])
            })
            .collect();
        edges.sort();
        assert_eq!(edges, expected, "{start} {direction:?}");
    }
    assert!(graph.direct("none", Direction::Dependents).is_err());
}

#[test]
fn flaws_flow_along_the_relations_of_their_class() {
    let graph = graph(&[
        "service serves tuned",
        "service retrieves-from corpus",
        "tuned derived-from/finetune base",
        "small derived-from/distilled base",
        "tuned trained-on data",
        "tuned evaluated-on benchmark",
        "tuned described-by card",
        "tuned supplied-by company",
        "tuned depends-on torch",
        "tuned depends-on/development pytest",
        "tuned tokenized-by tokenizer",
        "tuned built-by converter",
        "tuned produced-by run",
        "run uses data",
        "base contains weights",
    ]);
    let all = FindingClass::ALL;
    let table: [(&str, [&[&str]; 5]); 12] = [
        (
            "torch",
            [
                &["service", "tuned"],
                &[],
                &["service", "tuned"],
                &["service", "tuned"],
                &["service", "tuned"],
            ],
        ),
        ("pytest", [&[]; 5]),
        ("benchmark", [&[]; 5]),
        ("card", [&[]; 5]),
        ("company", [&[]; 5]),
        (
            "weights",
            [
                &["base"],
                &["base", "small", "tuned"],
                &["base", "service", "tuned"],
                &["base", "service", "small", "tuned"],
                &["base", "service", "small", "tuned"],
            ],
        ),
        (
            "data",
            [
                &[],
                &["tuned"],
                &[],
                &["run", "service", "tuned"],
                &["run", "service", "tuned"],
            ],
        ),
        ("corpus", [&[], &[], &[], &["service"], &["service"]]),
        (
            "converter",
            [&["service", "tuned"], &[], &[], &["service", "tuned"], &[]],
        ),
        (
            "run",
            [&[], &[], &[], &["service", "tuned"], &["service", "tuned"]],
        ),
        (
            "tokenizer",
            [
                &["service", "tuned"],
                &[],
                &["service", "tuned"],
                &["service", "tuned"],
                &["service", "tuned"],
            ],
        ),
        (
            "tuned",
            [&["service"], &[], &["service"], &["service"], &["service"]],
        ),
    ];
    for (start, expected) in table {
        for (class, expected) in all.into_iter().zip(expected) {
            let query = graph.query(Direction::Dependents, [start]).unwrap();
            let found = query.along(class.flow()).resolve();
            assert_eq!(found.ids(), expected, "a {class} of {start}");
        }
    }
}

#[test]
fn sets_of_one_graph_are_combined() {
    let graph = chain();
    let base = graph.dependents("base").unwrap();
    let data = graph.dependencies("model").unwrap();
    let table: [(NodeSet<'_>, &[&str]); 4] = [
        (
            base.union(&data),
            &["base", "data", "file", "model", "service", "tokenizer"],
        ),
        (base.intersection(&data), &[]),
        (
            data.difference(&graph.dependencies("base").unwrap()),
            &["base", "data", "tokenizer"],
        ),
        (base.symmetric_difference(&base), &[]),
    ];
    for (found, expected) in table {
        assert_eq!(found.ids(), expected);
    }
    assert_eq!(chain().dependents("base").unwrap(), base);
    assert_ne!(chain().dependents("data").unwrap(), data);
}

#[test]
#[should_panic(expected = "sets of two graphs cannot be joined")]
fn sets_of_two_graphs_are_not_combined() {
    let (one, other) = (chain(), chain());
    let _ = one.all().union(&other.all());
}

#[test]
fn a_chain_of_a_million_nodes_needs_no_stack() {
    const LAST: usize = 999_999;
    on_a_small_stack(|| {
        let mut edges: Vec<_> = (0..LAST).map(|index| (index, index + 1)).collect();
        let open = numbered(LAST + 1, &edges);
        let (first, last) = (number(0), number(LAST));
        assert_eq!(open.dependencies(&first).unwrap().len(), LAST);
        assert_eq!(open.dependents(&last).unwrap().len(), LAST);
        let path = open.path(&first, &last).unwrap().unwrap();
        assert_eq!(path.hops().len(), LAST);
        assert!(open.cycles().is_empty());
        assert_eq!(open.all().frontiers().len(), LAST + 1);
        let paths = open.paths(&first, &last, RelationSet::ALL, 2).unwrap();
        assert_eq!(paths.as_slice(), [path]);
        let matrix = open.matrix([&first], [&last]).unwrap().resolve();
        assert_eq!(matrix.pairs(), 1);

        edges.push((LAST, 0));
        let closed = numbered(LAST + 1, &edges);
        let cycles = closed.cycles();
        assert_eq!(cycles[0].nodes().len(), LAST + 1);
        assert_eq!(cycles[0].path().hops().len(), LAST + 1);
        assert_eq!(closed.dependents(&first).unwrap().len(), LAST);
        let matrix = closed.matrix([&first], [&first]).unwrap().resolve();
        assert_eq!(matrix.pairs(), 1);
    });
}

/// A question with all its conditions.
fn any_question() -> impl Strategy<Value = (Naive, usize, u8, u8, u8, usize, usize)> {
    let relations = 0..16_u8;
    let kinds = 0..8_u8;
    (
        naive::any(),
        0..14_usize,
        relations,
        kinds.clone(),
        kinds,
        0..6_usize,
        0..4_usize,
    )
}

proptest! {
    #[test]
    fn closures_agree_with_a_slow_graph(
        (naive, start, relations, through, kinds, hops, time) in any_question()
    ) {
        let graph = naive.graph();
        let start = start % naive.nodes;
        let set: RelationSet =
            (0..4).filter(|bit| relations >> bit & 1 == 1).map(|bit| RELATIONS[bit]).collect();
        let kind_set = |bits: u8| -> KindSet {
            (0..3).filter(|bit| bits >> bit & 1 == 1).map(|bit| KINDS[bit]).collect()
        };
        let is_of = |bits: u8, node: usize| bits >> (node % 3) & 1 == 1;
        for direction in [Direction::Dependencies, Direction::Dependents] {
            let next = |edge: &naive::Stated, node: usize, all: bool| {
                let (from, relation, to, source) = *edge;
                let (from, to) = match direction {
                    Direction::Dependencies => (from, to),
                    Direction::Dependents => (to, from),
                };
                let leads_on = all || node == start || is_of(through, node);
                let counts = all || source <= time;
                (from == node && leads_on && counts && relations >> relation & 1 == 1).then_some(to)
            };
            let ids = |reached: &dyn Fn(usize, usize) -> bool, all: bool| -> BTreeSet<String> {
                let hops = naive.hops(start, |edge, node| next(edge, node, all));
                let hit = hops.into_iter().filter(|&(node, hops)| node != start && reached(node, hops));
                hit.map(|(node, _)| number(node)).collect()
            };
            let own = |set: NodeSet<'_>| -> BTreeSet<String> {
                set.iter().map(|node| node.id().to_owned()).collect()
            };
            let query = graph.query(direction, [number(start)]).unwrap().along(set);
            prop_assert_eq!(own(query.resolve()), ids(&|_, _| true, true));
            prop_assert_eq!(own(query.trace().nodes()), ids(&|_, _| true, true));

            let time = format!("{}-06-01T00:00:00Z", 2020 + time).parse().unwrap();
            let narrow = query
                .through(kind_set(through))
                .of_kinds(kind_set(kinds))
                .within(u32::try_from(hops).unwrap())
                .as_of(time);
            let expected = ids(&|node, far| far <= hops && is_of(kinds, node), false);
            prop_assert_eq!(own(narrow.resolve()), expected.clone());
            let trace = narrow.trace();
            prop_assert_eq!(own(trace.nodes()), expected);
            let distances = naive.hops(start, |edge, node| next(edge, node, false));
            for node in trace.nodes().iter() {
                let path = trace.path(node.id()).unwrap();
                let far = distances[&node.id()[1..].parse().unwrap()];
                prop_assert_eq!(path.hops().len(), far);
                let ends = [path.start().as_str(), path.end().as_str()];
                let start = number(start);
                let expected = match direction {
                    Direction::Dependencies => [start.as_str(), node.id()],
                    Direction::Dependents => [node.id(), start.as_str()],
                };
                prop_assert_eq!(ends, expected);
                for hop in path.hops() {
                    prop_assert!(set.contains(hop.relation()));
                    let is_stated = naive.edges.iter().any(|&(from, relation, to, _)| {
                        number(from) == hop.from().as_str()
                            && number(to) == hop.to().as_str()
                            && RELATIONS[relation] == hop.relation()
                    });
                    prop_assert!(is_stated);
                }
            }
        }
    }

    #[test]
    fn closures_of_large_graphs_agree_with_a_walk_of_every_edge(
        seed in any::<u64>(), mask in 1..16_u8, cyclic in any::<bool>()
    ) {
        // So many edges that the search gives up following them and asks every node.
        let mut state = seed;
        let mut random = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).unwrap() % below
        };
        let edges: Vec<naive::Stated> = (0..900)
            .map(|_| {
                let (one, other) = (random(200), random(200));
                let (from, to) = if cyclic { (one, other) } else { (one.max(other), one.min(other)) };
                (from, random(4), to, 0)
            })
            .filter(|edge| edge.0 != edge.2)
            .collect();
        let naive = Naive { nodes: 200, edges };
        let graph = naive.graph();
        let set: RelationSet =
            (0..4).filter(|bit| mask >> bit & 1 == 1).map(|bit| RELATIONS[bit]).collect();
        for start in [0, 20, 199] {
            for direction in [Direction::Dependencies, Direction::Dependents] {
                let query = graph.query(direction, [number(start)]).unwrap().along(set);
                let found = query.resolve();
                prop_assert_eq!(&found, &query.trace().nodes());
                let bounded = query.within(200).resolve();
                prop_assert_eq!(&found, &bounded);
            }
        }
    }
}

#[test]
fn kinds_are_asked_for_and_passed_through() {
    let mut builder = modelward_graph::SupplyGraphBuilder::default();
    builder
        .relate_all(&[
            ("pkg:oci/shop", Relation::Serves, "pkg:huggingface/a/m"),
            (
                "pkg:huggingface/a/m",
                Relation::TrainedOn,
                "pkg:huggingface/datasets/a/d",
            ),
        ])
        .unwrap();
    let graph = builder.build().unwrap();
    let query = graph
        .query(Direction::Dependencies, ["pkg:oci/shop"])
        .unwrap();
    let data = query.clone().of_kinds(NodeKind::Dataset).resolve();
    assert_eq!(data.ids(), ["pkg:huggingface/datasets/a/d"]);
    assert!(query.through(NodeKind::Dataset).resolve().ids() == ["pkg:huggingface/a/m"]);
}
