//! A slow graph in which nothing can be wrong, to compare with.

use std::collections::{BTreeMap, BTreeSet};

use modelward_graph::{Node, NodeKind, Relation, Source, SupplyGraph, SupplyGraphBuilder};
use proptest::prelude::*;

use crate::{id, number};

/// The relations of random graphs.
pub(crate) const RELATIONS: [Relation; 4] = [
    Relation::Contains,
    Relation::Serves,
    Relation::TrainedOn,
    Relation::Uses,
];

/// The kinds of random graphs.
pub(crate) const KINDS: [NodeKind; 3] = [NodeKind::Dataset, NodeKind::Model, NodeKind::Service];

/// An edge: dependent, relation, dependency, source.
pub(crate) type Stated = (usize, usize, usize, usize);

#[derive(Clone, Debug)]
pub(crate) struct Naive {
    pub(crate) nodes: usize,
    pub(crate) edges: Vec<Stated>,
}

impl Naive {
    pub(crate) fn kind(node: usize) -> NodeKind {
        KINDS[node % KINDS.len()]
    }

    /// The source with number n is of the first of January in the year 2020 + n.
    pub(crate) fn source(number: usize) -> Source {
        let time = format!("{}-01-01T00:00:00Z", 2020 + number);
        Source::new(format!("source {number}")).with_time(time.parse().unwrap())
    }

    pub(crate) fn builder(&self) -> SupplyGraphBuilder {
        let mut builder = SupplyGraphBuilder::default();
        for node in 0..self.nodes {
            let name = number(node);
            let node = Node::new(id(&name), Self::kind(node), name);
            builder.add_node(&node).unwrap();
        }
        for &(from, relation, to, source) in &self.edges {
            builder.begin(Self::source(source)).unwrap();
            let (from, to) = (id(&number(from)), id(&number(to)));
            builder.relate(&from, RELATIONS[relation], &to).unwrap();
        }
        builder
    }

    pub(crate) fn graph(&self) -> SupplyGraph {
        self.builder().build().unwrap()
    }

    /// Returns how many hops lead from a node to each other, along edges that count.
    pub(crate) fn hops(
        &self,
        start: usize,
        next: impl Fn(&Stated, usize) -> Option<usize>,
    ) -> BTreeMap<usize, usize> {
        let mut hops = BTreeMap::from([(start, 0)]);
        for distance in 1..=self.nodes {
            let known: BTreeSet<usize> = hops.keys().copied().collect();
            for node in known {
                for edge in &self.edges {
                    if let Some(to) = next(edge, node) {
                        hops.entry(to).or_insert(distance);
                    }
                }
            }
        }
        hops
    }
}

pub(crate) fn any() -> impl Strategy<Value = Naive> {
    (1..14_usize).prop_flat_map(|nodes| {
        let edge = (0..nodes, 0..RELATIONS.len(), 0..nodes, 0..3_usize);
        let edges = prop::collection::vec(edge, 0..30);
        edges.prop_map(move |mut edges| {
            edges.retain(|edge| edge.0 != edge.2);
            Naive { nodes, edges }
        })
    })
}
