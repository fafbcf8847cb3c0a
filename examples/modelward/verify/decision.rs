use std::path::PathBuf;

use modelward::audit::{ExpectedReport, verify_report};
use modelward::rmf::Phase;
use modelward::{Digest, Manifest, Verdict};
use serde_json::json;

use super::signer;
use crate::failure::Failure;
use crate::hashing::Hashing;
use crate::progress::Progress;
use crate::reply::Reply;
use crate::rmf::Clock;
use crate::trust::Trust;
use crate::{Answer, bundle, gate};

#[derive(clap::Args)]
#[command(mut_group("trust", |group| group.required(true)))]
pub(crate) struct Args {
    /// The signed decision, as `gate --sign` writes it.
    decision: PathBuf,
    /// The model's directory or file: the decision has to be on exactly these files. They are hashed
    /// by SHA-256; name the root digest of a model that was signed by another function.
    #[arg(long, value_name = "DIR", required_unless_present = "root")]
    model: Option<PathBuf>,
    /// The root digest of the model, where its files are not at hand.
    #[arg(long, value_name = "DIGEST", conflicts_with = "model")]
    root: Option<Digest>,
    #[command(flatten)]
    trust: Trust,
    /// Refuse a decision by another policy than this one.
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// Refuse a decision on leaving another phase.
    #[arg(long)]
    phase: Option<Phase>,
    #[command(flatten)]
    clock: Clock,
    #[command(flatten, next_help_heading = "Reading the model")]
    hashing: Hashing,
}

pub(crate) fn run(args: &Args) -> Result<Reply, Failure> {
    let (bundle, limits) = bundle::read(&args.decision)?;
    let trust = args.trust.policy(args.clock.now())?.with_limits(limits);
    let verdict = verify_report(&bundle, &trust, &args.expected()?)?;
    let verified = match verdict {
        Verdict::Verified(verified) => verified,
        Verdict::Rejected(findings) => {
            return Ok(Reply::from(Answer {
                yes: false,
                text: format!("rejected:\n{findings}"),
                json: json!({"verdict": "rejected", "findings": findings}),
            }));
        }
    };
    let report = verified.report();
    let signer = signer(verified.signed_by());
    let key = verified.signed_by().key_digest();
    let decided = report.decided_at();
    let text = format!("verified: decided at {decided}, signed by {key}\n{report}");
    let code = report.decision().exit_code();
    let answer = Answer {
        yes: code == 0,
        text,
        json: json!({"verdict": "verified", "signer": signer, "report": report}),
    };
    Ok(Reply::new(answer, code))
}

impl Args {
    fn expected(&self) -> Result<ExpectedReport, Failure> {
        let root = match (&self.root, &self.model) {
            (Some(root), _) => *root,
            (None, Some(model)) => {
                let options = self.hashing.options(model, [&self.decision]);
                Manifest::hash(model, &options, &Progress::new())?.root()
            }
            (None, None) => return Err(Failure::new("usage", "no model was named")),
        };
        let mut expected = ExpectedReport::on(root);
        if let Some(policy) = &self.policy {
            expected = expected.by_policy(gate::read_policy(policy)?.digest());
        }
        if let Some(phase) = self.phase {
            expected = expected.in_phase(phase);
        }
        Ok(expected)
    }
}
