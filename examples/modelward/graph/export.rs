use std::path::PathBuf;

use modelward::artifact::escape::TerminalPath;
use modelward::artifact::write_atomically;
use modelward::graph::TableFormat;
use serde_json::json;

use super::Graph;
use crate::Answer;
use crate::failure::Failure;

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    graph: Graph,
    /// The folder for the two files.
    folder: PathBuf,
    /// csv or jsonl for programs, spreadsheet for people.
    #[arg(long, default_value = "csv", value_parser = format)]
    format: TableFormat,
}

/// The answer is yes: both files are written.
pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let graph = args.graph.load()?;
    let ending = match args.format {
        TableFormat::JsonLines => "jsonl",
        _ => "csv",
    };
    let (mut nodes, mut edges) = (Vec::new(), Vec::new());
    graph.write_nodes(&mut nodes, args.format)?;
    graph.write_edges(&mut edges, args.format)?;
    let mut written = Vec::new();
    for (name, bytes) in [("nodes", nodes), ("edges", edges)] {
        let file = args.folder.join(format!("{name}.{ending}"));
        write_atomically(&file, &bytes)?;
        written.push(TerminalPath(&file).to_string());
    }
    Ok(Answer {
        yes: true,
        text: format!("wrote {}", written.join(" and ")),
        json: json!({"wrote": written}),
    })
}

fn format(text: &str) -> Result<TableFormat, String> {
    match text {
        "csv" => Ok(TableFormat::Csv),
        "jsonl" => Ok(TableFormat::JsonLines),
        "spreadsheet" => Ok(TableFormat::Spreadsheet),
        _ => Err("expected csv, jsonl or spreadsheet".to_owned()),
    }
}
