use std::path::PathBuf;

use modelward::artifact::HashOptions;
use modelward::bom::{GenerateOptions, SpecVersion, hash_and_generate};
use serde_json::json;

use crate::Answer;
use crate::bom::{noted, spec_version, written};
use crate::clock::now;
use crate::failure::Failure;
use crate::progress::Progress;

/// Write the ML-BOM of a model.
#[derive(clap::Args)]
#[group(id = "generate")]
pub(crate) struct Args {
    /// The model's directory or file.
    #[arg(required = true)]
    model: Option<PathBuf>,
    /// Where to write the ML-BOM; standard output if none is named.
    #[arg(short, long)]
    output: Option<PathBuf>,
    /// The version of CycloneDX: 1.5, 1.6 or 1.7.
    #[arg(long, value_parser = spec_version, default_value = "1.6")]
    spec_version: SpecVersion,
    /// The model's name; otherwise its files or its directory name it.
    #[arg(long)]
    name: Option<String>,
    /// The model's version.
    #[arg(long)]
    model_version: Option<String>,
    /// The organization that supplies the model.
    #[arg(long)]
    supplier: Option<String>,
    /// The model's package URL, such as `pkg:huggingface/owner/name@commit`.
    #[arg(long)]
    purl: Option<String>,
    /// State the time by this machine's clock; without it the same model gives the same bytes.
    #[arg(long)]
    timestamp: bool,
}

pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let Some(model) = &args.model else {
        return Err(Failure::new("usage", "no model was named"));
    };
    let mut options = GenerateOptions::default().with_spec_version(args.spec_version);
    if let Some(name) = &args.name {
        options = options.with_name(name);
    }
    if let Some(version) = &args.model_version {
        options = options.with_version(version);
    }
    if let Some(supplier) = &args.supplier {
        options = options.with_supplier(supplier);
    }
    if let Some(purl) = &args.purl {
        options = options.with_purl(purl);
    }
    if args.timestamp {
        options = options.with_timestamp(now());
    }
    let hashing = HashOptions::default();
    let (_, generated) = hash_and_generate(model, &hashing, &options, &Progress::new())?;
    let notes = json!({
        "findings": noted(generated.findings()),
        "unknown": noted(&generated.bom().unknowns()),
    });
    written(&generated.bom().to_json(), args.output.as_ref(), notes)
}
