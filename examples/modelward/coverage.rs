use modelward::audit::EvidenceCoverage;

use crate::Answer;
use crate::evidence::Evidence;
use crate::failure::Failure;
use crate::rmf::Clock;

/// Tell for each of the 72 outcomes of AI RMF 1.0 what was observed of a model, and what no tool can
/// show.
#[derive(clap::Args)]
#[command(arg_required_else_help = true)]
pub(crate) struct Args {
    #[command(flatten)]
    evidence: Evidence,
    #[command(flatten)]
    clock: Clock,
}

pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let now = args.clock.now();
    let gathered = args.evidence.gather(now)?;
    let coverage = gathered.lend(|evidence| EvidenceCoverage::of(evidence, now));
    Ok(Answer {
        yes: true,
        text: coverage.to_string(),
        json: serde_json::from_slice(&coverage.to_json())
            .map_err(|error| Failure::new("output.json", error))?,
    })
}
