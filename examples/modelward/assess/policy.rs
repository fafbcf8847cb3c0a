use std::path::PathBuf;

use modelward::rmf::{GatePolicy, Phase};

use crate::Answer;
use crate::failure::Failure;
use crate::rmf::{refuse_to_replace, written};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// scoping, engineering, model-development, testing, release, operation or decommissioning.
    phase: Phase,
    /// Where to write it; standard output if none is named.
    #[arg(short, long)]
    output: Option<PathBuf>,
    /// Replace a file that is there.
    #[arg(long, requires = "output")]
    force: bool,
}

/// The answer is yes: it is written.
pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    if let Some(output) = args.output.as_deref().filter(|_| !args.force) {
        refuse_to_replace(output)?;
    }
    let policy = GatePolicy::recommended(args.phase).to_json();
    let policy = policy.map_err(|error| Failure::new("assess.policy.json", error))?;
    written(policy, args.output.as_deref())
}
