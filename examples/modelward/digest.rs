use std::path::PathBuf;

use modelward::artifact::{HashOptions, Manifest};
use serde_json::json;

use crate::failure::Failure;
use crate::progress::Progress;
use crate::{Answer, threads};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The model's directory or file.
    model: PathBuf,
}

pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let options = HashOptions::default().with_threads(threads());
    let manifest = Manifest::hash(&args.model, &options, &Progress::new())?;
    Ok(Answer {
        yes: true,
        text: manifest.root().to_string(),
        json: json!({"root": manifest.root(), "manifest": manifest}),
    })
}
