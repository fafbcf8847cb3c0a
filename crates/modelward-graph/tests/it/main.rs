//! Tests of the public API.
#![expect(clippy::unwrap_used, reason = "a test stops where its set-up fails")]

mod advisory;
mod build;
mod evidence;
mod petgraph;
mod query;
mod render;
mod scan;
mod snapshot;
mod text;
mod version;
mod vex;

use modelward_graph::{Node, NodeId, NodeKind, Relation, SupplyGraph, SupplyGraphBuilder};

fn id(text: &str) -> NodeId {
    text.parse().unwrap()
}

fn node(text: &str) -> Node {
    Node::new(id(text), NodeKind::Library, text)
}

/// Builds a graph of edges such as `a trained-on b`, and of nodes that stand alone.
fn graph(lines: &[&str]) -> SupplyGraph {
    let mut builder = SupplyGraphBuilder::default();
    for line in lines {
        let words: Vec<_> = line.split(' ').collect();
        builder.add_node(node(words[0])).unwrap();
        if let [from, relation, to] = words[..] {
            builder.add_node(node(to)).unwrap();
            builder.relate(&id(from), named(relation), &id(to)).unwrap();
        }
    }
    builder.build().unwrap()
}

fn named(name: &str) -> Relation {
    let words = name.replace('-', " ");
    let found = Relation::ALL
        .into_iter()
        .find(|known| known.name() == words);
    found.expect("the tests spell relations right")
}

/// Builds the graph of numbered nodes that `edges` join by `depends on`.
fn numbered(nodes: usize, edges: &[(usize, usize)]) -> SupplyGraph {
    let mut builder = SupplyGraphBuilder::default();
    for index in 0..nodes {
        builder.add_node(node(&number(index))).unwrap();
    }
    for &(from, to) in edges.iter().filter(|(from, to)| from != to) {
        let (from, to) = (id(&number(from)), id(&number(to)));
        builder.relate(&from, Relation::DependsOn, &to).unwrap();
    }
    builder.build().unwrap()
}

fn number(index: usize) -> String {
    format!("n{index:06}")
}
