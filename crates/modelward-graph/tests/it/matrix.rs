use std::num::NonZero;

use modelward_graph::RelationSet;
use proptest::prelude::*;

use crate::naive::{self, RELATIONS};
use crate::{number, numbered};

proptest! {
    #[test]
    fn the_matrix_agrees_with_a_slow_graph(naive in naive::any(), mask in 0..16_u8, threads in 1..4_usize) {
        let graph = naive.graph();
        let set: RelationSet =
            (0..4).filter(|bit| mask >> bit & 1 == 1).map(|bit| RELATIONS[bit]).collect();
        let all: Vec<String> = (0..naive.nodes).map(number).collect();
        let query = graph.matrix(&all, &all).unwrap().along(set);
        let matrix = query.with_threads(NonZero::new(threads).unwrap()).resolve();
        let mut pairs = 0;
        for root in 0..naive.nodes {
            let next = |edge: &naive::Stated, from| {
                (edge.0 == from && mask >> edge.1 & 1 == 1).then_some(edge.2)
            };
            let direct = naive.edges.iter().filter_map(|edge| next(edge, root));
            let below: std::collections::BTreeSet<usize> =
                direct.flat_map(|node| naive.hops(node, next).into_keys()).collect();
            pairs += below.len();
            for target in 0..naive.nodes {
                let expected = below.contains(&target);
                prop_assert_eq!(matrix.reaches(number(root), number(target)), expected);
            }
            prop_assert_eq!(matrix.targets_of(number(root)).len(), below.len());
            prop_assert_eq!(matrix.touched().contains(number(root)), !below.is_empty());
        }
        prop_assert_eq!(matrix.pairs(), pairs);
    }
}

#[test]
fn more_targets_than_go_at_once_are_told_apart() {
    let edges: Vec<(usize, usize)> = (0..900).map(|node| (node + 1, node)).collect();
    let graph = numbered(901, &edges);
    let ids: Vec<String> = (0..901).map(number).collect();
    for threads in [1, 2, 5] {
        let query = graph.matrix(&ids, &ids).unwrap();
        let matrix = query.with_threads(NonZero::new(threads).unwrap()).resolve();
        assert_eq!(matrix.pairs(), 900 * 901 / 2);
        assert_eq!(matrix.roots_of(number(300)).len(), 600);
        assert_eq!(matrix.targets_of(number(300)).len(), 300);
        assert!(matrix.reaches(number(300), number(299)));
        assert!(!matrix.reaches(number(299), number(300)));
        assert!(matrix.roots().eq(graph.nodes()) && matrix.targets().eq(graph.nodes()));
    }
    assert!(graph.matrix(["nothing"], &ids).is_err());
    let empty = graph.matrix(&ids, [""; 0]).unwrap().resolve();
    assert_eq!((empty.pairs(), empty.touched().len()), (0, 0));
    assert_eq!(
        format!("{empty:?}"),
        "ReachMatrix { roots: 901, targets: 0, pairs: 0, .. }"
    );
}
