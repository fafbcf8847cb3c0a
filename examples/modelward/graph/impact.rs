use modelward::graph::{Direction, FindingClass, KindSet, NodeKind};
use serde_json::{Value, json};

use super::{Graph, class, node_json};
use crate::Answer;
use crate::failure::Failure;

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    graph: Graph,
    /// The things that have the flaw.
    #[arg(required = true)]
    ids: Vec<String>,
    /// The kind of the flaw, which decides along which relations it flows: code-flaw, license,
    /// malicious-weights, mutable-name or poisoned-data.
    #[arg(long, value_parser = class)]
    class: FindingClass,
    /// List things of these kinds alone, such as service,container.
    #[arg(long, value_delimiter = ',')]
    kind: Vec<NodeKind>,
}

/// The answer is yes where nothing is reached.
pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let graph = args.graph.load()?;
    let mut query = graph
        .query(Direction::Dependents, &args.ids)?
        .along(args.class.flow());
    if !args.kind.is_empty() {
        query = query.of_kinds(args.kind.iter().copied().collect::<KindSet>());
    }
    let trace = query.trace();
    let mut lines = Vec::new();
    let mut hits: Vec<Value> = Vec::new();
    for node in trace.nodes().iter() {
        let path = trace.path(node.id());
        lines.extend(path.as_ref().map(ToString::to_string));
        let mut hit = node_json(node);
        hit["path"] = json!(path);
        hits.push(hit);
    }
    lines.push(format!(
        "{} things are reached by a {}",
        hits.len(),
        args.class
    ));
    Ok(Answer {
        yes: hits.is_empty(),
        text: lines.join("\n"),
        json: json!({"class": args.class, "hits": hits}),
    })
}
