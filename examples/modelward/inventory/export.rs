use std::path::PathBuf;

use modelward::artifact::escape::TerminalPath;
use modelward::artifact::write_atomically;
use modelward::audit::fleet::FleetBuilder;
use modelward::graph::TableFormat;
use serde_json::{Value, json};

use super::{format, read};
use crate::Answer;
use crate::failure::Failure;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The folder of the inventory.
    folder: PathBuf,
    /// Which table.
    #[arg(long, value_enum)]
    table: Table,
    /// csv or jsonl for programs, spreadsheet for people.
    #[arg(long, default_value = "csv", value_parser = format)]
    format: TableFormat,
    /// Where to write it; standard output if none is named.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Table {
    /// What each model was made of.
    Components,
    /// What ML-BOMs contradict each other in, and which of them say what.
    Conflicts,
    /// How models and what they were made of hang together.
    Edges,
    /// Where what is known of one model does not fit together.
    Findings,
}

/// The answer is yes: it is written.
pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let inventory = read(&args.folder)?;
    let mut bytes = Vec::new();
    let outcome = match args.table {
        Table::Components => inventory.write_components(&mut bytes, args.format),
        Table::Conflicts => {
            let mut builder = FleetBuilder::default();
            builder.add_inventory(&inventory)?;
            builder.build()?.write_findings(&mut bytes, args.format)
        }
        Table::Edges => inventory.write_edges(&mut bytes, args.format),
        Table::Findings => inventory.write_findings(&mut bytes, args.format),
    };
    outcome.map_err(|error| Failure::new("output.write", error))?;
    if let Some(output) = &args.output {
        write_atomically(output, &bytes)?;
        return Ok(Answer {
            yes: true,
            text: format!("wrote {}", TerminalPath(output)),
            json: json!({"wrote": output.to_string_lossy(), "bytes": bytes.len()}),
        });
    }
    let text = String::from_utf8_lossy(&bytes).trim_end().to_owned();
    let rows = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|_| json!(line)));
    Ok(Answer {
        yes: true,
        json: rows.collect::<Value>(),
        text,
    })
}
