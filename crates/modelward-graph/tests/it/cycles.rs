use std::collections::BTreeSet;

use modelward_graph::{Cycle, CycleLength, NodeRef};
use proptest::prelude::*;

use crate::{graph, naive, number};

fn ids<'g>(cycle: &Cycle<'g>) -> BTreeSet<&'g str> {
    cycle.nodes().map(NodeRef::id).collect()
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
        "d uses a",
        "a uses d",
    ]);
    let cycles = graph.cycles();
    let found: Vec<_> = cycles.iter().map(ids).collect();
    let expected = [vec!["x", "y"], vec!["a", "b", "c", "d"]];
    assert_eq!(found, expected.map(|ids| ids.into_iter().collect()));
    for cycle in &cycles {
        assert_eq!(cycle.path().hops().len(), 2);
        assert_eq!(cycle.path().start(), cycle.path().end());
        assert_eq!(cycle.length(), CycleLength::Shortest);
    }
    let dependencies = graph.dependencies("a").unwrap();
    assert_eq!(dependencies.ids(), ["b", "c", "d", "leaf", "x", "y"]);
    assert_eq!(graph.path("leaf", "a").unwrap(), None);
}

#[test]
fn frontiers_put_what_is_needed_first_and_cycles_together() {
    let graph = graph(&[
        "app uses a",
        "a uses b",
        "b uses a",
        "b uses hidden",
        "hidden uses leaf",
        "app uses leaf",
    ]);
    // Between the two is `hidden`, which is not in the set.
    let set = graph.set(["b", "leaf"]).unwrap();
    let frontiers: Vec<Vec<&str>> = set
        .frontiers()
        .into_iter()
        .map(|group| group.into_iter().map(NodeRef::id).collect())
        .collect();
    assert_eq!(frontiers, [vec!["leaf"], vec!["b"]]);
    let sizes: Vec<usize> = graph.all().frontiers().iter().map(Vec::len).collect();
    assert_eq!(sizes, [1, 1, 2, 1]);
}

proptest! {
    #[test]
    fn cycles_hold_those_that_reach_one_another_and_are_shortest(naive in naive::any()) {
        let graph = naive.graph();
        let cycles = graph.cycles();
        let all: Vec<_> = (0..naive.nodes)
            .map(|node| naive.hops(node, |edge, from| (edge.0 == from).then_some(edge.2)))
            .collect();
        for a in 0..naive.nodes {
            for b in (0..naive.nodes).filter(|&b| b != a) {
                let together = cycles.iter().any(|cycle| {
                    let ids = ids(cycle);
                    ids.contains(number(a).as_str()) && ids.contains(number(b).as_str())
                });
                let expected = all[a].contains_key(&b) && all[b].contains_key(&a);
                prop_assert_eq!(together, expected);
            }
        }
        for cycle in &cycles {
            let members: Vec<usize> = ids(cycle).iter().map(|id| id[1..].parse().unwrap()).collect();
            let through = |&node: &usize| {
                let back = naive.edges.iter().filter(|edge| edge.2 == node);
                back.filter_map(|edge| Some(all[node].get(&edge.0)? + 1)).min()
            };
            let shortest = members.iter().filter_map(through).min();
            prop_assert_eq!(Some(cycle.path().hops().len()), shortest);
            prop_assert_eq!(cycle.path().start(), cycle.path().end());
        }
    }

    #[test]
    fn frontiers_need_only_what_came_before(naive in naive::any(), mask in any::<u16>()) {
        let graph = naive.graph();
        let is_in = |node: usize| mask >> node & 1 == 1;
        let wanted: BTreeSet<String> = (0..naive.nodes).filter(|node| is_in(*node)).map(number).collect();
        let set = graph.set(&wanted).unwrap();
        let frontiers = set.frontiers();
        let mut earlier: BTreeSet<&str> = BTreeSet::new();
        for group in &frontiers {
            let own: BTreeSet<&str> = group.iter().map(|node| node.id()).collect();
            for id in &own {
                let needs = graph.dependencies(id).unwrap().intersection(&set);
                for need in needs.ids() {
                    let on_a_cycle = graph.dependencies(need).unwrap().contains(id);
                    prop_assert!(earlier.contains(need) || on_a_cycle && own.contains(need));
                }
            }
            earlier.extend(own);
        }
        prop_assert_eq!(earlier.len(), wanted.len());
    }
}
