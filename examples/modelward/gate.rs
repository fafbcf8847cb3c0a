use std::path::{Path, PathBuf};

use clap::ValueEnum;
use modelward::artifact::escape::TerminalPath;
use modelward::artifact::{read_file, write_atomically};
use modelward::audit::{
    PolicyAnswer, PolicyOutcome, PolicyRule, ReleaseFacts, ReleasePolicy, ReleaseReport,
    attest_report,
};
use modelward::rmf::Phase;
use modelward::sign::SignOptions;
use serde_json::Value;

use crate::Answer;
use crate::evidence::Evidence;
use crate::failure::Failure;
use crate::pem;
use crate::reply::Reply;
use crate::rmf::{Clock, MAX_BYTES, limits};

/// Decide whether a model may leave a phase of its life, by a policy.
#[derive(clap::Args)]
#[command(arg_required_else_help = true, after_help = EXAMPLE)]
pub(crate) struct Args {
    #[command(flatten)]
    evidence: Evidence,
    #[command(flatten)]
    rules: Rules,
    /// How to write the decision.
    #[arg(long, value_enum, default_value_t = Format::Text, help_heading = "Decision")]
    format: Format,
    /// Sign the decision, whatever it is, with this private key in PEM.
    #[arg(long, value_name = "KEY", requires = "out", help_heading = "Decision")]
    sign: Option<PathBuf>,
    /// The file that holds the private key's password; a line break at its end does not count.
    #[arg(
        long,
        value_name = "FILE",
        requires = "sign",
        help_heading = "Decision"
    )]
    password_file: Option<PathBuf>,
    /// Where to write the signed decision, an in-toto statement in a Sigstore bundle.
    #[arg(
        long,
        value_name = "FILE",
        requires = "sign",
        help_heading = "Decision"
    )]
    out: Option<PathBuf>,
}

const EXAMPLE: &str = "\
What is not named counts as not known, and what is not known is never a pass.

Exit codes: 0 go, 3 go with conditions, 2 cannot tell or an error, 1 no go, 64 wrong usage.

Example:
  modelward sign key my-model --private-key release.pem --signature my-model.sig
  modelward bom my-model -o my-model.cdx.json
  modelward gate my-model --bom my-model.cdx.json \\
    --signature my-model.sig --public-key release.pub.pem

Without '--policy' our baseline is asked; `modelward gate-policy` prints it, to be copied and changed.";

/// By which policy and for which phase is judged, and when.
#[derive(clap::Args)]
pub(crate) struct Rules {
    /// The policy, TOML or JSON; our baseline if none is named.
    #[arg(long, value_name = "FILE", help_heading = "Decision")]
    policy: Option<PathBuf>,
    /// The phase that the model is to leave.
    #[arg(long, default_value_t = Phase::Release, help_heading = "Decision")]
    phase: Phase,
    #[command(flatten, next_help_heading = "Decision")]
    clock: Clock,
}

#[derive(Clone, Copy, Eq, PartialEq, ValueEnum)]
enum Format {
    /// The report as JSON.
    Json,
    /// A log of SARIF 2.1.0.
    Sarif,
    /// Lines for people.
    Text,
}

impl Rules {
    pub(crate) const fn clock(&self) -> &Clock {
        &self.clock
    }

    pub(crate) const fn phase(&self) -> Phase {
        self.phase
    }

    pub(crate) fn read(&self) -> Result<ReleasePolicy, Failure> {
        self.policy
            .as_deref()
            .map_or_else(|| Ok(ReleasePolicy::baseline()), read_policy)
    }
}

/// Reads a policy by the ending of its file's name.
pub(crate) fn read_policy(path: &Path) -> Result<ReleasePolicy, Failure> {
    let bytes = read_file(path, MAX_BYTES)?;
    let read = if path.extension().is_some_and(|it| it == "json") {
        ReleasePolicy::from_json(&bytes, &limits())
    } else {
        let text = String::from_utf8_lossy(&bytes);
        ReleasePolicy::from_toml(&text, &limits())
    };
    read.map_err(|error| Failure::at(path, error))
}

pub(crate) fn run(args: &Args) -> Result<Reply, Failure> {
    let (policy, now) = (args.rules.read()?, args.rules.clock.now());
    let gathered = args.evidence.gather(now)?;
    let facts = gathered.lend(|evidence| ReleaseFacts::of(evidence, now));
    let report = policy.evaluate(args.rules.phase, &facts, now);
    if let (Some(key), Some(out)) = (&args.sign, &args.out) {
        let key = pem::private_key(key, args.password_file.as_deref())?;
        let bundle = attest_report(&report, &key, &SignOptions::default())?;
        write_atomically(out, &bundle.to_json())?;
    }
    let code = report.decision().exit_code();
    Ok(Reply::new(args.answer(&report)?, code))
}

/// Prints the policy that we start from.
pub(crate) fn baseline() -> Result<Answer, Failure> {
    let policy = ReleasePolicy::baseline();
    Ok(Answer {
        yes: true,
        text: ReleasePolicy::BASELINE.trim_end().to_owned(),
        json: parsed(&policy.to_json()?)?,
    })
}

impl Args {
    fn answer(&self, report: &ReleaseReport) -> Result<Answer, Failure> {
        let (text, json) = match self.format {
            Format::Json => (text(report.to_json())?, parsed(&report.to_json())?),
            Format::Sarif => (text(report.to_sarif())?, parsed(&report.to_sarif())?),
            Format::Text => (self.told(report), parsed(&report.to_json())?),
        };
        Ok(Answer {
            yes: report.decision().exit_code() == 0,
            text,
            json,
        })
    }

    fn told(&self, report: &ReleaseReport) -> String {
        let mut text = report.to_string();
        let mut missing: Vec<(&str, Vec<&str>)> = Vec::new();
        for outcome in report.rules().iter().filter(|it| is_blind(it)) {
            let Some(option) = option(outcome.rule()) else {
                continue;
            };
            match missing.iter_mut().find(|(it, _)| *it == option) {
                Some((_, rules)) => rules.push(outcome.rule().name()),
                None => missing.push((option, vec![outcome.rule().name()])),
            }
        }
        for (option, rules) in missing {
            text.push_str(&format!("\nhelp: give {option} for {}", rules.join(", ")));
        }
        if let Some(out) = &self.out {
            text.push_str(&format!(
                "\nthe signed decision is in {}",
                TerminalPath(out)
            ));
        }
        text
    }
}

/// Tells whether a rule was given nothing to look at.
fn is_blind(outcome: &PolicyOutcome) -> bool {
    let mut reasons = outcome.reasons().iter();
    outcome.answer() == PolicyAnswer::CannotTell
        && reasons.any(|reason| reason.finding().code().ends_with(".none"))
}

/// Says which option gives a rule what it asks for.
const fn option(rule: PolicyRule) -> Option<&'static str> {
    Some(match rule {
        PolicyRule::Signature => "'--signature' with '--public-key' or '--certificate-chain'",
        PolicyRule::Bom | PolicyRule::BomProfile | PolicyRule::Licenses | PolicyRule::Lineage => {
            "'--bom'"
        }
        PolicyRule::SupplyChain => "'--bom' and '--affected'",
        PolicyRule::Advisories => "'--advisories'",
        PolicyRule::Subcategories => "'--assessment'",
        PolicyRule::ResidualRisk => "'--register'",
        PolicyRule::Incidents | PolicyRule::Quarantine => "'--bom' and '--incidents'",
        PolicyRule::PhaseGate => "'--assessment' and '--phase-gate'",
        _ => return None,
    })
}

fn text(bytes: Vec<u8>) -> Result<String, Failure> {
    let text = String::from_utf8(bytes).map_err(|error| Failure::new("output.text", error))?;
    Ok(text.trim_end().to_owned())
}

fn parsed(bytes: &[u8]) -> Result<Value, Failure> {
    serde_json::from_slice(bytes).map_err(|error| Failure::new("output.json", error))
}
