use std::path::PathBuf;

use serde_json::json;

use crate::Answer;
use crate::failure::Failure;
use crate::rmf::read_assessment;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The earlier assessment.
    before: PathBuf,
    /// The later assessment.
    after: PathBuf,
}

/// The answer is yes where both say the same.
pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let before = read_assessment(&args.before)?;
    let after = read_assessment(&args.after)?;
    let changes = after.changes_since(&before);
    // Nothing but ids and names of levels is shown, and those have no signs to escape.
    let text = changes.to_string();
    Ok(Answer {
        yes: changes.is_empty(),
        text: text.trim_end().to_owned(),
        json: json!({
            "before": before.digest(),
            "after": after.digest(),
            "supersedes": after.supersedes() == Some(&before.digest()),
            "changes": changes,
        }),
    })
}
