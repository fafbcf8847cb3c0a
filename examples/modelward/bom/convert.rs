use std::path::PathBuf;

use modelward::bom::SpecVersion;
use modelward::bom::spdx3::Spdx3Options;
use serde_json::json;

use crate::Answer;
use crate::bom::{noted, read, spec_version, written};
use crate::clock::now;
use crate::failure::Failure;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The document: CycloneDX in JSON (1.2 to 1.7) or XML (1.3 to 1.5).
    document: PathBuf,
    /// What to write: CycloneDX 1.5, 1.6 or 1.7, or SPDX as `spdx-3.0.1`.
    #[arg(long, value_parser = target)]
    to: Target,
    /// Where to write it; standard output if none is named.
    #[arg(short, long)]
    output: Option<PathBuf>,
}

/// The form of a document.
#[derive(Clone, Copy)]
enum Target {
    CycloneDx(SpecVersion),
    Spdx3,
}

fn target(name: &str) -> Result<Target, String> {
    if name == "spdx-3.0.1" {
        return Ok(Target::Spdx3);
    }
    spec_version(name).map(Target::CycloneDx)
}

/// What the other form cannot say is listed where the document goes to a file.
pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let (bom, unread) = read(&args.document)?;
    let version = match args.to {
        Target::CycloneDx(version) => version,
        Target::Spdx3 => {
            let export = bom.to_spdx3(&Spdx3Options::new(now()))?;
            let notes = json!({
                "lost": noted(export.losses()),
                "not read": noted(&unread),
                "unmet": noted(export.unmet()),
            });
            return written(&export.to_json()?, args.output.as_ref(), notes);
        }
    };
    let converted = bom.convert(version)?;
    let notes = json!({"lost": noted(converted.losses()), "not read": noted(&unread)});
    written(&converted.bom().to_json(), args.output.as_ref(), notes)
}
