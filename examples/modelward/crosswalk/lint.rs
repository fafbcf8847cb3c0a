use std::path::PathBuf;

use modelward::artifact::read_file;
use modelward::rmf::Crosswalk;
use modelward::rmf::crosswalk::KnownIds;
use serde_json::json;

use crate::Answer;
use crate::failure::Failure;
use crate::rmf::{MAX_BYTES, limits};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The crosswalk, as JSON or as a table of tabs.
    file: PathBuf,
}

/// The answer is yes where nothing was found.
pub(super) fn run(args: &Args) -> Result<Answer, Failure> {
    let bytes = read_file(&args.file, MAX_BYTES)?;
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    let crosswalk = if first == Some(&b'{') {
        let read = Crosswalk::from_json(&bytes, &limits());
        read.map_err(|error| Failure::at(&args.file, error))?
    } else {
        let read = Crosswalk::from_tsv(&bytes);
        read.map_err(|error| Failure::at(&args.file, error))?
    };
    let issues = crosswalk.lint(&KnownIds::shipped());
    let issues: Vec<_> = issues
        .iter()
        .map(|issue| (issue.code(), issue.to_string()))
        .collect();
    let mut lines = vec![crosswalk.to_string()];
    lines.extend(issues.iter().map(|(code, text)| format!("{text} [{code}]")));
    let found: Vec<_> = issues
        .iter()
        .map(|(code, text)| json!({"code": code, "text": text}))
        .collect();
    Ok(Answer {
        yes: issues.is_empty(),
        text: lines.join("\n"),
        json: json!({"title": crosswalk.title(), "rows": crosswalk.rows().len(), "issues": found}),
    })
}
