use std::path::PathBuf;

use modelward::artifact::{HashOptions, Manifest, write_atomically};
use modelward::bom::{GenerateOptions, generate};
use serde_json::json;

use crate::Answer;
use crate::failure::Failure;
use crate::progress::Progress;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The model's directory or file.
    model: PathBuf,
    /// Where to write the ML-BOM; standard output if none is named.
    #[arg(short, long)]
    output: Option<PathBuf>,
}

pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let options = HashOptions::default();
    let manifest = Manifest::hash(&args.model, &options, &Progress::new())?;
    let generated = generate(&args.model, &manifest, &GenerateOptions::default())?;
    let bytes = generated.bom().to_json();
    let Some(output) = &args.output else {
        let text = String::from_utf8_lossy(&bytes).trim_end().to_owned();
        let json = serde_json::from_slice(&bytes)
            .map_err(|error| Failure::new("bom.write.json", error))?;
        return Ok(Answer {
            yes: true,
            text,
            json,
        });
    };
    write_atomically(output, &bytes)?;
    let unknown = generated.bom().unknowns();
    let mut lines: Vec<String> = unknown.iter().map(ToString::to_string).collect();
    lines.extend(
        generated
            .findings()
            .iter()
            .map(|finding| format!("note: {finding}")),
    );
    lines.insert(
        0,
        format!("wrote the ML-BOM; it says unknown {} times", unknown.len()),
    );
    Ok(Answer {
        yes: true,
        text: lines.join("\n"),
        json: json!({
            "serialNumber": generated.bom().serial_number(),
            "unknown": unknown,
            "findings": generated.findings(),
        }),
    })
}
