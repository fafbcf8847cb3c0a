use std::path::PathBuf;

use modelward::Verdict;
use modelward::artifact::Text;
use modelward::artifact::escape::Terminal;
use modelward::audit::rollback::{Readiness, VerifiedPlan, verify_attested_plan, verify_plan};
use modelward::sign::VerifyPolicy;
use serde_json::json;

use super::known::Sources;
use super::refused;
use crate::failure::Failure;
use crate::reply::Reply;
use crate::{Answer, bundle, pem};

/// Check a signed plan against what is known now, just before it is carried out.
///
/// Everything is judged anew by the log, the graph, the history and the policy of now; nothing that the
/// plan says of itself is believed. The stored copies are read again.
#[derive(clap::Args)]
#[command(arg_required_else_help = true, after_help = EXAMPLE)]
pub(crate) struct Args {
    /// The signed plan, as `rollback plan --sign` writes it.
    plan: PathBuf,
    /// The public key in PEM of who may sign plans; of several, one must have signed.
    #[arg(long, value_name = "FILE", required = true)]
    plan_key: Vec<PathBuf>,
    #[command(flatten)]
    sources: Sources,
}

const EXAMPLE: &str = "\
'--public-key' is whom to trust for releases, '--plan-key' whom to trust for plans.

Exit codes: 0 the plan is what one would plan now, 1 it is stale or not signed by who has to sign
(what is wrong is listed with its code), 2 an error, 64 wrong usage.

Example:
  modelward rollback verify plan.sigstore.json --plan-key duty.pub.pem -g fleet.mwg \\
    --log incidents.jsonl --incident INC-2026-0042 --history history.json \\
    --public-key release.pub.pem";

pub(crate) fn run(args: &Args) -> Result<Reply, Failure> {
    let (bundle, limits) = bundle::read(&args.plan)?;
    let keys = args.plan_key.iter().map(|key| pem::public_key(key));
    let keys = keys.collect::<Result<Vec<_>, _>>()?;
    let trust = VerifyPolicy::any_key(keys).with_limits(limits);
    let plan = match verify_attested_plan(&bundle, &trust)? {
        Verdict::Verified(plan) => plan,
        Verdict::Rejected(findings) => return Ok(refused("rejected", &findings)),
    };
    let known = args.sources.gather(args.sources.now())?;
    let verdict = verify_plan(&plan, &known.request());
    let mut reply = match verdict {
        Verdict::Rejected(findings) => refused("stale", &findings),
        Verdict::Verified(verified) => Reply::from(told(&verified)),
    };
    reply.answer.text.push_str(&known.warnings());
    reply.answer.json["warnings"] = json!(known.unused);
    Ok(reply)
}

fn told(verified: &VerifiedPlan) -> Answer {
    let plan = verified.recovery_plan();
    let version = plan.to_version.as_ref().map_or("", Text::as_str);
    let (id, to) = (verified.id(), verified.to());
    let mut text = format!("verified: {id} goes back to {} {to}", Terminal(version));
    for (number, step) in verified.steps().iter().enumerate() {
        let held = if step.readiness == Readiness::Held {
            " (held)"
        } else {
            ""
        };
        text.push_str(&format!("\n  {}. {}{held}", number + 1, step.kind));
    }
    let grown = verified.newly_tainted();
    for tainted in grown {
        let node = Terminal(tainted.node.as_str());
        text.push_str(&format!("\n  tainted since the plan was made: {node}"));
    }
    Answer {
        yes: true,
        text,
        json: json!({
            "verdict": "verified",
            "id": id,
            "to": to,
            "version": version,
            "held": verified.is_held(),
            "steps": verified.steps(),
            "newlyTainted": grown,
            "recoveryPlan": plan,
        }),
    }
}
