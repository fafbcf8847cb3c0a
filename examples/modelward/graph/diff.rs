use std::path::PathBuf;

use super::load::load;
use crate::Answer;
use crate::failure::Failure;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The earlier graph: a snapshot or a document.
    before: PathBuf,
    /// The later graph.
    after: PathBuf,
}

/// The answer is yes where nothing changed.
pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let before = load(std::slice::from_ref(&args.before))?;
    let after = load(std::slice::from_ref(&args.after))?;
    let diff = before.diff(&after);
    Ok(Answer {
        yes: diff.is_empty(),
        text: diff.to_string().trim_end().to_owned(),
        json: serde_json::to_value(&diff)
            .map_err(|error| Failure::new("graph.diff.json", error))?,
    })
}
