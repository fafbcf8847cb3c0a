mod check;
mod convert;
mod diff;
mod generate;

use std::path::{Path, PathBuf};

use modelward::MlBom;
use modelward::artifact::escape::TerminalPath;
use modelward::artifact::{JsonLimits, read_file, write_atomically};
use modelward::bom::{Loss, SpecVersion};
use serde_json::{Value, json};

use crate::Answer;
use crate::failure::Failure;

/// The largest document that is read.
const MAX_BYTES: u64 = 512 << 20;

#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct Args {
    #[command(flatten)]
    generate: generate::Args,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Judge a document by its schema, by what readers trip over, and by a standard.
    Check(check::Args),
    /// Write a document in another version of CycloneDX.
    Convert(convert::Args),
    /// Tell what changed between two documents.
    Diff(diff::Args),
}

pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    match &args.command {
        None => generate::run(&args.generate),
        Some(Command::Check(args)) => check::run(args),
        Some(Command::Convert(args)) => convert::run(args),
        Some(Command::Diff(args)) => diff::run(args),
    }
}

/// Reads a document in JSON or XML. What XML loses is listed.
pub(crate) fn read(path: &Path) -> Result<(MlBom, Vec<Loss>), Failure> {
    let bytes = read_file(path, MAX_BYTES)?;
    let limits = JsonLimits::default()
        .with_max_bytes(bytes.len())
        .with_max_values(16_000_000);
    let first = bytes.iter().find(|c| !c.is_ascii_whitespace());
    if first == Some(&b'<') {
        let read = MlBom::read_xml(&bytes, &limits).map_err(|error| Failure::at(path, error))?;
        let losses = read.losses().to_vec();
        return Ok((read.into_bom(), losses));
    }
    let bom = MlBom::read(&bytes, &limits).map_err(|error| Failure::at(path, error))?;
    Ok((bom, Vec::new()))
}

/// Writes a document to a file and answers with notes, or answers with the document.
fn written(bytes: &[u8], output: Option<&PathBuf>, notes: Value) -> Result<Answer, Failure> {
    let Some(output) = output else {
        let text = String::from_utf8_lossy(bytes).trim_end().to_owned();
        let json =
            serde_json::from_slice(bytes).map_err(|error| Failure::new("bom.write.json", error))?;
        return Ok(Answer {
            yes: true,
            text,
            json,
        });
    };
    write_atomically(output, bytes)?;
    let mut lines = vec![format!("wrote {}", TerminalPath(output))];
    let lists = notes.as_object().into_iter().flatten();
    for (name, list) in lists {
        for note in list.as_array().into_iter().flatten() {
            let line = note["text"].as_str().unwrap_or_default();
            lines.push(format!("{name}: {line}"));
        }
    }
    Ok(Answer {
        yes: true,
        text: lines.join("\n"),
        json: notes,
    })
}

/// Shows something with its text, for the one line that people read.
fn noted<T: serde::Serialize + std::fmt::Display>(items: &[T]) -> Value {
    let note = |item: &T| {
        let mut note = json!({"text": item.to_string()});
        if let (Ok(Value::Object(members)), Some(note)) =
            (serde_json::to_value(item), note.as_object_mut())
        {
            note.extend(members);
        }
        note
    };
    items.iter().map(note).collect()
}

fn spec_version(name: &str) -> Result<SpecVersion, String> {
    let version: SpecVersion = name.parse().map_err(|error| format!("{error}"))?;
    if SpecVersion::WRITTEN.contains(&version) {
        return Ok(version);
    }
    Err(format!("{version} is read and not written"))
}
