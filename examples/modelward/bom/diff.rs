use std::path::PathBuf;

use modelward::bom::Difference;
use serde_json::json;

use crate::Answer;
use crate::bom::{noted, read};
use crate::failure::Failure;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The earlier document.
    before: PathBuf,
    /// The later document.
    after: PathBuf,
}

/// The answer is yes where both say the same of their components.
pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let (before, _) = read(&args.before)?;
    let (after, _) = read(&args.after)?;
    let changes = Difference::between(&before, &after);
    let lines: Vec<String> = changes.iter().map(ToString::to_string).collect();
    Ok(Answer {
        yes: changes.is_empty(),
        text: lines.join("\n"),
        json: json!({"changes": noted(&changes)}),
    })
}
