use modelward::artifact::escape::Terminal;
use modelward::graph::{Completeness, RelationSet};
use serde_json::json;

use super::{Graph, relations};
use crate::Answer;
use crate::failure::Failure;

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    graph: Graph,
    /// What needs the other.
    dependent: String,
    /// What is needed.
    dependency: String,
    /// Follow these relations alone: keys between commas, or a class of findings.
    #[arg(long, value_parser = relations, value_name = "RELATIONS")]
    along: Option<RelationSet>,
    /// Show up to so many ways, the shortest first.
    #[arg(long, default_value_t = 1, value_name = "N")]
    paths: usize,
}

/// The answer is yes where there is a way.
pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let graph = args.graph.load()?;
    let along = args.along.unwrap_or(RelationSet::ALL);
    let (from, to) = (&args.dependent, &args.dependency);
    let paths = graph.paths(from, to, along, args.paths)?;
    let introducers = graph.introducers(from, to, along)?;
    let mut lines: Vec<String> = paths.as_slice().iter().map(ToString::to_string).collect();
    if paths.completeness() == Completeness::Partial {
        lines.push("there are more ways".to_owned());
    }
    if lines.is_empty() {
        lines.push("there is no way".to_owned());
    }
    lines.extend(
        introducers
            .ids()
            .iter()
            .map(|id| format!("brought in by {}", Terminal(id))),
    );
    Ok(Answer {
        yes: !paths.as_slice().is_empty(),
        text: lines.join("\n"),
        json: json!({
            "paths": paths.as_slice(),
            "complete": paths.completeness() == Completeness::Complete,
            "introducers": introducers.ids(),
        }),
    })
}
