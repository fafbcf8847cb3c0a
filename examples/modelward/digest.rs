use std::path::PathBuf;

use modelward::artifact::Manifest;
use serde_json::json;

use crate::Answer;
use crate::failure::Failure;
use crate::hashing::Hashing;
use crate::progress::Progress;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The model's directory or file.
    model: PathBuf,
    #[command(flatten)]
    hashing: Hashing,
}

pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let options = args.hashing.options(&args.model, None);
    let manifest = Manifest::hash(&args.model, &options, &Progress::new())?;
    Ok(Answer {
        yes: true,
        text: manifest.root().to_string(),
        json: json!({"root": manifest.root(), "manifest": manifest}),
    })
}
