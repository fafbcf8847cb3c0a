use modelward_graph::{Direction, NodeSet, Relation, SupplyGraph, SupplyGraphBuilder};
use proptest::prelude::*;

use crate::{graph, id, node, number, numbered};

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

fn texts<'g>(set: &NodeSet<'g>) -> Vec<&'g str> {
    set.ids().map(modelward_graph::NodeId::as_str).collect()
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
        let found = graph.dependencies(&id(start)).unwrap();
        assert_eq!(texts(&found), dependencies, "dependencies of {start}");
        assert_eq!(found.len(), dependencies.len());
        assert_eq!(found.is_empty(), dependencies.is_empty());
        let found = graph.dependents(&id(start)).unwrap();
        assert_eq!(texts(&found), dependents, "dependents of {start}");
        assert!(!found.contains(&id(start)) && !found.contains(&id("nothing")));
        assert!(dependents.iter().all(|text| found.contains(&id(text))));
    }
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
                "model trained on data",
                "model tokenized by tokenizer",
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
        let edges = graph.direct(&id(start), direction).unwrap();
        let edges: Vec<_> = edges
            .iter()
            .map(|edge| {
                format!(
                    "{} {} {}",
                    edge.from().id(),
                    edge.relation(),
                    edge.to().id()
                )
            })
            .collect();
        assert_eq!(edges, expected, "{start} {direction:?}");
    }
    assert!(graph.direct(&id("none"), Direction::Dependents).is_err());
}

#[test]
fn paths_are_short_explain_and_do_not_depend_on_chance() {
    let graph = chain();
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
        let path = graph.path(&id(from), &id(to)).unwrap();
        let text = path.as_ref().map(ToString::to_string);
        assert_eq!(text.as_deref(), expected, "{from} to {to}");
        if let Some(path) = path {
            assert_eq!((path.start(), path.end()), (&id(from), &id(to)));
        }
    }
    assert_eq!(graph.path(&id("x"), &id("file")).unwrap_err().id, id("x"));
    assert_eq!(graph.path(&id("file"), &id("y")).unwrap_err().id, id("y"));
}

#[test]
fn a_shorter_path_wins_over_one_that_sorts_first() {
    let graph = graph(&["s uses a", "a uses b", "b uses t", "s uses z", "z uses t"]);
    let path = graph.path(&id("s"), &id("t")).unwrap().unwrap();
    assert_eq!(path.to_string(), "s -uses-> z -uses-> t");
}

#[test]
fn an_id_cannot_pretend_to_be_a_hop() {
    let hostile = id("a -contains-> b\\\u{202e}\u{a0}");
    let mut builder = SupplyGraphBuilder::default();
    builder.add_node(node(hostile.as_str())).unwrap();
    builder.add_node(node("m")).unwrap();
    builder.relate(&id("m"), Relation::Uses, &hostile).unwrap();
    let path = builder.build().unwrap().path(&id("m"), &hostile);
    assert_eq!(
        path.unwrap().unwrap().to_string(),
        r"m -uses-> a\u{20}-contains->\u{20}b\\\u{202e}\u{a0}"
    );
}

#[test]
fn cycles_are_found_and_end_every_query() {
    let graph = graph(&[
        "x uses y",
        "y uses x",
        "b uses c",
        "c uses a",
        "a uses b",
        "c uses x",
        "top uses a",
        "x uses leaf",
    ]);
    let cycles: Vec<_> = graph.cycles().iter().map(texts).collect();
    assert_eq!(cycles, [vec!["a", "b", "c"], vec!["x", "y"]]);
    let dependencies = graph.dependencies(&id("a")).unwrap();
    assert_eq!(texts(&dependencies), ["b", "c", "leaf", "x", "y"]);
    assert_eq!(graph.path(&id("leaf"), &id("a")).unwrap(), None);
    assert!(chain().cycles().is_empty());
}

#[test]
fn a_chain_of_100_000_nodes_needs_no_stack() {
    const LAST: usize = 99_999;
    let work = || {
        let mut edges: Vec<_> = (0..LAST).map(|index| (index, index + 1)).collect();
        let open = numbered(LAST + 1, &edges);
        let (first, last) = (id(&number(0)), id(&number(LAST)));
        assert_eq!(open.dependencies(&first).unwrap().len(), LAST);
        assert_eq!(open.dependents(&last).unwrap().len(), LAST);
        let path = open.path(&first, &last).unwrap().unwrap();
        assert_eq!(path.hops().len(), LAST);
        assert!(open.cycles().is_empty());

        edges.push((LAST, 0));
        let closed = numbered(LAST + 1, &edges);
        assert_eq!(closed.cycles()[0].len(), LAST + 1);
        assert_eq!(closed.dependents(&first).unwrap().len(), LAST);
    };
    let thread = std::thread::Builder::new()
        .stack_size(128 << 10)
        .spawn(work);
    thread.unwrap().join().unwrap();
}

fn any_graph() -> impl Strategy<Value = (usize, Vec<(usize, usize)>)> {
    (1..12_usize).prop_flat_map(|nodes| {
        let edges = prop::collection::vec((0..nodes, 0..nodes), 0..30);
        (Just(nodes), edges)
    })
}

/// Returns how many hops lead from one node to another (Floyd and Warshall).
fn distances(nodes: usize, edges: &[(usize, usize)]) -> Vec<Vec<Option<usize>>> {
    let mut table = vec![vec![None; nodes]; nodes];
    for &(from, to) in edges {
        table[from][to] = Some(1);
    }
    for (node, row) in table.iter_mut().enumerate() {
        row[node] = Some(0);
    }
    for via in 0..nodes {
        for from in 0..nodes {
            for to in 0..nodes {
                if let (Some(a), Some(b)) = (table[from][via], table[via][to])
                    && table[from][to].is_none_or(|known| a + b < known)
                {
                    table[from][to] = Some(a + b);
                }
            }
        }
    }
    table
}

proptest! {
    #[test]
    fn closures_are_inverse_and_agree_with_a_table((nodes, edges) in any_graph()) {
        let graph = numbered(nodes, &edges);
        let table = distances(nodes, &edges);
        for (from, row) in table.iter().enumerate() {
            let dependencies = graph.dependencies(&id(&number(from))).unwrap();
            for (to, distance) in row.iter().enumerate() {
                let dependents = graph.dependents(&id(&number(to))).unwrap();
                let expected = from != to && distance.is_some();
                prop_assert_eq!(dependencies.contains(&id(&number(to))), expected);
                prop_assert_eq!(dependents.contains(&id(&number(from))), expected);
            }
        }
    }

    #[test]
    fn paths_are_shortest_and_first_and_their_hops_exist((nodes, edges) in any_graph()) {
        let graph = numbered(nodes, &edges);
        let table = distances(nodes, &edges);
        for (from, row) in table.iter().enumerate() {
            for (to, &distance) in row.iter().enumerate() {
                let path = graph.path(&id(&number(from)), &id(&number(to))).unwrap();
                prop_assert_eq!(path.as_ref().map(|path| path.hops().len()), distance);
                let Some(path) = path else { continue };
                let mut at = from;
                for hop in path.hops() {
                    prop_assert_eq!(hop.from(), &id(&number(at)));
                    // The first neighbor that is one step nearer to the end.
                    let nearer = (0..nodes).find(|&next| {
                        let left = table[at][to].unwrap() - 1;
                        edges.contains(&(at, next)) && table[next][to] == Some(left)
                    });
                    at = nearer.unwrap();
                    prop_assert_eq!(hop.to(), &id(&number(at)));
                    let direct = graph.direct(hop.from(), Direction::Dependencies).unwrap();
                    let exists = direct.iter().any(|edge| {
                        edge.to().id() == hop.to() && edge.relation() == hop.relation()
                    });
                    prop_assert!(exists);
                }
                prop_assert_eq!(at, to);
            }
        }
    }

    #[test]
    fn cycles_hold_those_that_reach_one_another((nodes, edges) in any_graph()) {
        let graph = numbered(nodes, &edges);
        let table = distances(nodes, &edges);
        let cycles = graph.cycles();
        for (a, reached) in table.iter().enumerate() {
            for b in (0..nodes).filter(|&b| b != a) {
                let together = cycles.iter().any(|cycle| {
                    cycle.contains(&id(&number(a))) && cycle.contains(&id(&number(b)))
                });
                prop_assert_eq!(together, reached[b].is_some() && table[b][a].is_some());
            }
        }
    }
}
