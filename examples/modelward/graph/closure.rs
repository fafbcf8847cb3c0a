use modelward::Timestamp;
use modelward::artifact::escape::Terminal;
use modelward::graph::{Direction, KindSet, NodeKind, RelationSet};
use serde_json::{Value, json};

use super::{Graph, node_json, relations};
use crate::Answer;
use crate::failure::Failure;

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    graph: Graph,
    /// The things to begin with.
    #[arg(required = true)]
    ids: Vec<String>,
    /// Follow these relations alone: keys between commas, or a class of findings.
    #[arg(long, value_parser = relations, value_name = "RELATIONS")]
    along: Option<RelationSet>,
    /// List things of these kinds alone.
    #[arg(long, value_delimiter = ',')]
    kind: Vec<NodeKind>,
    /// Go at most so many relations far.
    #[arg(long, value_name = "HOPS")]
    within: Option<u32>,
    /// Believe only sources that are not dated later.
    #[arg(long, value_name = "TIME")]
    as_of: Option<Timestamp>,
}

pub(crate) fn dependents(args: &Args) -> Result<Answer, Failure> {
    run(args, Direction::Dependents)
}

pub(crate) fn dependencies(args: &Args) -> Result<Answer, Failure> {
    run(args, Direction::Dependencies)
}

/// The answer is yes where there is something to list.
fn run(args: &Args, direction: Direction) -> Result<Answer, Failure> {
    let graph = args.graph.load()?;
    let mut query = graph.query(direction, &args.ids)?;
    if let Some(relations) = args.along {
        query = query.along(relations);
    }
    if !args.kind.is_empty() {
        query = query.of_kinds(args.kind.iter().copied().collect::<KindSet>());
    }
    if let Some(hops) = args.within {
        query = query.within(hops);
    }
    if let Some(time) = args.as_of {
        query = query.as_of(time);
    }
    let found = query.resolve();
    let mut nodes: Vec<_> = found.iter().collect();
    nodes.sort_unstable_by_key(|node| node.id());
    let line =
        |node: &modelward::graph::NodeRef<'_>| format!("{} ({})", Terminal(node.id()), node.kind());
    let lines: Vec<String> = nodes.iter().map(line).collect();
    let json: Vec<Value> = nodes.into_iter().map(node_json).collect();
    Ok(Answer {
        yes: !found.is_empty(),
        text: lines.join("\n"),
        json: json!({"nodes": json}),
    })
}
