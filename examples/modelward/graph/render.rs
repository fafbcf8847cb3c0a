use std::path::PathBuf;

use modelward::artifact::escape::TerminalPath;
use modelward::artifact::write_atomically;
use modelward::graph::{Direction, Drawing, FindingClass, Highlight};
use serde_json::json;

use super::{Graph, class};
use crate::Answer;
use crate::failure::Failure;

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    graph: Graph,
    /// The thing in the middle. Without it the whole graph is drawn.
    id: Option<String>,
    /// How many relations far to go in both directions.
    #[arg(long, default_value_t = 2, value_name = "HOPS")]
    within: u32,
    /// Show what a flaw of the thing reaches.
    #[arg(long, value_parser = class)]
    class: Option<FindingClass>,
    /// dot, mermaid or svg.
    #[arg(long, default_value = "svg")]
    format: Format,
    /// Write to a file.
    #[arg(long, short)]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    Dot,
    Mermaid,
    Svg,
}

/// The answer is yes: the picture is drawn.
pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let graph = args.graph.load()?;
    let mut shown = graph.all();
    if let Some(id) = &args.id {
        let around = |direction| {
            let query = graph.query(direction, [id])?;
            Ok::<_, modelward::graph::UnknownNode>(query.within(args.within).resolve())
        };
        shown = around(Direction::Dependencies)?.union(&around(Direction::Dependents)?);
        shown = shown.union(&graph.set([id])?);
    }
    let mut drawing = Drawing::new(shown.clone());
    if let Some(id) = &args.id {
        if let Some(class) = args.class {
            let reached = graph
                .query(Direction::Dependents, [id])?
                .along(class.flow())
                .resolve();
            drawing.highlight_all(&reached.intersection(&shown), Highlight::Affected)?;
        }
        drawing.highlight(id, Highlight::Focus)?;
    }
    let picture = match args.format {
        Format::Dot => drawing.to_dot(),
        Format::Mermaid => drawing.to_mermaid()?,
        Format::Svg => drawing.to_svg()?,
    };
    let text = match &args.output {
        Some(output) => {
            write_atomically(output, picture.as_bytes())?;
            format!("wrote {}", TerminalPath(output))
        }
        None => picture.trim_end().to_owned(),
    };
    Ok(Answer {
        yes: true,
        json: json!({"nodes": shown.len(), "picture": text}),
        text,
    })
}
