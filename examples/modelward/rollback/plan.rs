use std::path::PathBuf;

use modelward::artifact::escape::Terminal;
use modelward::artifact::write_atomically;
use modelward::audit::rollback::{
    BothPlans, Outcome, Reason, RollbackPlan, attest_plan, plan_both_ways, plan_rollback,
};
use modelward::sign::SignOptions;
use serde_json::{Value, json};

use super::known::Sources;
use crate::Answer;
use crate::failure::Failure;
use crate::pem;
use crate::reply::Reply;

/// Find the newest release that is safe to go back to, and what to do in which order.
///
/// Nothing is deployed or changed. The signatures and stored copies that the history names are
/// verified first, byte by byte.
#[derive(clap::Args)]
#[command(arg_required_else_help = true, after_help = EXAMPLE)]
pub(crate) struct Args {
    #[command(flatten)]
    sources: Sources,
    /// Plan twice, with suspicions and without; where the plans differ, a person decides.
    #[arg(long, conflicts_with = "sign", help_heading = "Plan")]
    both_ways: bool,
    /// Sign the plan, whatever it comes to, with this private key in PEM.
    #[arg(long, value_name = "KEY", requires = "out", help_heading = "Plan")]
    sign: Option<PathBuf>,
    /// The file that holds the private key's password; a line break at its end does not count.
    #[arg(long, value_name = "FILE", requires = "sign", help_heading = "Plan")]
    password_file: Option<PathBuf>,
    /// Where to write the signed plan, an in-toto statement in a Sigstore bundle.
    #[arg(long, value_name = "FILE", requires = "sign", help_heading = "Plan")]
    out: Option<PathBuf>,
}

const EXAMPLE: &str = "\
What is not named counts as not known, and what is not known speaks against a release.

Exit codes: 0 there is a safe version, 1 there is none or going back does not help, 2 cannot tell
(a version would be safe if nothing were found where nobody looked yet) or an error, 64 wrong usage.
With '--both-ways' 2 also says that only the plan without suspicions finds one.

Example:
  modelward rollback plan -g fleet.mwg --log incidents.jsonl --incident INC-2026-0042 \\
    --history history.json --public-key release.pub.pem \\
    --sign duty.pem --out plan.sigstore.json

history.json, with paths from its own folder:
  {\"schema\": \"modelward.release-history/1\", \"asset\": \"model\", \"present\": \"sha256:...\",
   \"flaws\": [], \"releases\": [{\"node\": \"model-1\", \"root\": \"sha256:...\", \"version\": \"1.0.0\",
     \"deployedFrom\": \"2026-03-01T08:00:00Z\", \"gate\": \"passed\", \"formats\": [],
     \"bundle\": {\"path\": \"1.0.0.sig\"}, \"backup\": \"1.0.0\"}]}
`modelward digest FOLDER` prints a root digest. \"flaws\": [] and \"formats\": [] say that somebody looked
and found nothing; '--advisories' looks for flaws.";

pub(crate) fn run(args: &Args) -> Result<Reply, Failure> {
    let known = args.sources.gather(args.sources.now())?;
    let request = known.request();
    if args.both_ways {
        let both = plan_both_ways(&request);
        let text = format!("{both}\n{}{}", compared(&both), known.warnings());
        let json = json!({
            "agree": both.agree(),
            "strict": both.strict().to_predicate(),
            "relaxed": both.relaxed().to_predicate(),
            "warnings": known.unused,
        });
        return Ok(reply(code_of_both(&both), text, json));
    }
    let plan = plan_rollback(&request);
    let mut text = format!("{plan}{}", known.warnings());
    let (digest, expires) = (plan.digest(), plan.expires());
    text.push_str(&format!("\nthe plan {digest} is good until {expires}"));
    if let (Some(key), Some(out)) = (&args.sign, &args.out) {
        let key = pem::private_key(key, args.password_file.as_deref())?;
        let bundle = attest_plan(&plan, &key, &SignOptions::default())?;
        write_atomically(out, &bundle.to_json())?;
        let shown = out.to_string_lossy();
        text.push_str(&format!("\nthe signed plan is in {}", Terminal(&shown)));
    }
    let json = json!({
        "digest": digest,
        "plan": plan.to_predicate(),
        "warnings": known.unused,
    });
    Ok(reply(code(&plan), text, json))
}

fn reply(code: u8, text: String, json: Value) -> Reply {
    let yes = code == 0;
    Reply::new(Answer { yes, text, json }, code)
}

fn code(plan: &RollbackPlan) -> u8 {
    match plan.outcome() {
        Outcome::Selected { .. } => 0,
        _ if is_open(plan) => 2,
        _ => 1,
    }
}

/// What suspicions leave is safe; what is there only without them is for a person to decide.
fn code_of_both(both: &BothPlans) -> u8 {
    match (code(both.strict()), code(both.relaxed())) {
        (1, 0) => 2,
        (strict, _) => strict,
    }
}

fn compared(both: &BothPlans) -> &'static str {
    if both.agree() {
        "both come to the same: the suspicions do not matter"
    } else {
        "they differ: a person decides, and the one with suspicions is the safe one"
    }
}

/// Tells whether looking where nobody looked may yet give a version.
fn is_open(plan: &RollbackPlan) -> bool {
    let unknown = |reason: &Reason| {
        matches!(
            reason,
            Reason::ClosureIncomplete { .. }
                | Reason::FormatsUnknown
                | Reason::HealthUnknown { .. }
                | Reason::NotInGraph { .. }
                | Reason::TaintUnknown { .. }
        )
    };
    let unmeasured = |code: &str| code == "audit.rollback.unhelpful.unknown";
    let mut candidates = plan.candidates().iter();
    candidates.any(|it| !it.reasons.is_empty() && it.reasons.iter().all(unknown))
        || plan.notes().iter().any(|note| unmeasured(&note.code))
}
