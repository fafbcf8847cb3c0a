use std::path::PathBuf;

use modelward::bom::SpecVersion;
use serde_json::json;

use crate::Answer;
use crate::bom::{noted, read, spec_version, written};
use crate::failure::Failure;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The document: CycloneDX in JSON (1.2 to 1.7) or XML (1.3 to 1.5).
    document: PathBuf,
    /// The version to write: 1.5, 1.6 or 1.7.
    #[arg(long, value_parser = spec_version)]
    to: SpecVersion,
    /// Where to write it; standard output if none is named.
    #[arg(short, long)]
    output: Option<PathBuf>,
}

/// What the other version cannot say is listed where the document goes to a file.
pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let (bom, unread) = read(&args.document)?;
    let converted = bom.convert(args.to)?;
    let notes = json!({"lost": noted(converted.losses()), "not read": noted(&unread)});
    written(&converted.bom().to_json(), args.output.as_ref(), notes)
}
