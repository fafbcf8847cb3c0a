use std::path::PathBuf;

use modelward::artifact::escape::TerminalPath;
use modelward::artifact::write_atomically;
use serde_json::json;

use super::load::load;
use crate::Answer;
use crate::failure::Failure;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Documents, in any order.
    #[arg(required = true)]
    documents: Vec<PathBuf>,
    /// Write a snapshot, which loads in a small part of the time.
    #[arg(long, short)]
    output: Option<PathBuf>,
    /// Answer no where there is a warning.
    #[arg(long)]
    strict: bool,
}

/// The answer is yes where the graph was built, and by `--strict` where nothing is to be warned of.
pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let graph = load(&args.documents)?;
    let summary = graph.summary();
    let mut lines = vec![summary.to_string().trim_end().to_owned()];
    let warnings = graph.warnings().iter();
    lines.extend(warnings.map(|warning| format!("warning: {warning} [{}]", warning.code())));
    if let Some(output) = &args.output {
        write_atomically(output, &graph.to_snapshot())?;
        lines.push(format!("wrote {}", TerminalPath(output)));
    }
    Ok(Answer {
        yes: !args.strict || graph.warnings().is_empty(),
        text: lines.join("\n"),
        json: json!({"summary": summary, "warnings": graph.warnings()}),
    })
}
