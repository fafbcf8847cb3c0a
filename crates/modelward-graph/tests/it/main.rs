//! Tests of the public API.
#![expect(clippy::unwrap_used, reason = "a test stops where its set-up fails")]

mod advisory;
mod build;
mod cycles;
mod diff;
mod evidence;
mod export;
mod export_sql;
mod exposure;
mod hygiene;
mod import;
mod license;
mod matrix;
mod naive;
mod names;
mod patch;
mod paths;
mod petgraph;
mod query;
mod render;
mod scan;
mod seed;
mod snapshot;
mod summary;
mod text;
mod triage;
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
    state(&mut builder, lines);
    builder.build().unwrap()
}

fn state(builder: &mut SupplyGraphBuilder, lines: &[&str]) {
    for line in lines {
        let words: Vec<_> = line.split(' ').collect();
        builder.add_node(&node(words[0])).unwrap();
        if let [from, relation, to] = words[..] {
            builder.add_node(&node(to)).unwrap();
            let relation = relation.parse().unwrap();
            builder.relate(&id(from), relation, &id(to)).unwrap();
        }
    }
}

/// Builds the graph of numbered nodes that `edges` join by `uses`.
fn numbered(nodes: usize, edges: &[(usize, usize)]) -> SupplyGraph {
    let mut builder = SupplyGraphBuilder::default();
    for index in 0..nodes {
        builder.add_node(&node(&number(index))).unwrap();
    }
    for &(from, to) in edges.iter().filter(|(from, to)| from != to) {
        let (from, to) = (id(&number(from)), id(&number(to)));
        builder.relate(&from, Relation::Uses, &to).unwrap();
    }
    builder.build().unwrap()
}

fn number(index: usize) -> String {
    format!("n{index:06}")
}

/// Runs a test where a recursion of some thousand calls would end the process.
fn on_a_small_stack(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new()
        .stack_size(128 << 10)
        .spawn(work);
    thread.unwrap().join().unwrap();
}
