use std::path::PathBuf;

use modelward::artifact::escape::Terminal;
use modelward::rmf::{
    Assessment, CheckReport, Checks, GateInputs, Issue, RiskRegister, Severity, Subject, Text,
};
use modelward::{Digest, Manifest, Timestamp};
use serde_json::json;

use crate::Answer;
use crate::assess::{evidence, gate, inventory};
use crate::failure::Failure;
use crate::reply::Reply;
use crate::rmf::{Clock, counted, hash_model, read_assessment, register_of};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The assessment.
    assessment: PathBuf,
    /// The register of its risks.
    #[arg(long, value_name = "FILE")]
    register: Option<PathBuf>,
    /// The id of an incident that is open.
    #[arg(long, value_name = "ID", requires = "register")]
    incident: Vec<Text>,
    /// State that no incident is open.
    #[arg(long, requires = "register", conflicts_with = "incident")]
    no_incidents: bool,
    /// An ML-BOM (CycloneDX in JSON) with the models and data sets that the organization has.
    #[arg(long, value_name = "FILE")]
    inventory: Vec<PathBuf>,
    /// The folder in which evidence is kept: its location is taken as a path inside.
    #[arg(long, value_name = "DIR")]
    evidence_dir: Option<PathBuf>,
    /// How many days before its end something ends soon.
    #[arg(long, value_name = "DAYS", default_value_t = 30)]
    soon: u32,
    /// Answer no where there is a warning.
    #[arg(long)]
    strict: bool,
    /// Decide whether the system may leave a phase, by a policy in a file or by the one that we
    /// recommend for a phase, such as `release`. The answer is that of the gate: 0 go, 1 no go, 2
    /// cannot tell, 3 go with conditions.
    #[arg(long, value_name = "POLICY|PHASE", conflicts_with = "strict")]
    gate: Option<PathBuf>,
    /// The model that comes to the gate: it is hashed, and the assessment has to be of its bytes.
    #[arg(long, value_name = "DIR", requires = "gate")]
    model: Option<PathBuf>,
    /// The root digest of the model that comes to the gate, such as `modelward digest` prints.
    #[arg(long, requires = "gate", conflicts_with = "model")]
    digest: Option<Digest>,
    #[command(flatten)]
    clock: Clock,
}

/// The answer is no where an error was found, and by `--strict` where a warning was. With a gate it
/// is that of the gate.
pub(crate) fn run(args: &Args) -> Result<Reply, Failure> {
    let policy = args.gate.as_deref().map(gate::policy).transpose()?;
    let now = args.clock.now();
    let assessment = read_assessment(&args.assessment)?;
    let register = register_of(args.register.as_deref())?;
    let report = checked(args, &assessment, register.as_ref(), now)?;
    let worst_allowed = if args.strict {
        Severity::Note
    } else {
        Severity::Warning
    };
    let mut answer = Answer {
        yes: report.worst() <= Some(worst_allowed),
        text: text(&report).join("\n"),
        json: json!({"assessment": assessment.digest(), "check": report}),
    };
    let Some(policy) = policy else {
        return Ok(Reply::from(answer));
    };
    let subject = subject(args, &assessment)?;
    let mut inputs = GateInputs::new(&subject)
        .with_assessment(&assessment)
        .with_checks(&report);
    if let Some(register) = &register {
        inputs = inputs.with_register(register);
    }
    let decided = policy.evaluate(&inputs, now);
    answer.text = format!("{}\n\n{decided}", answer.text);
    answer.json["gate"] = json!(decided);
    Ok(Reply::new(answer, decided.decision().exit_code()))
}

/// Runs all checks for which something was given.
fn checked(
    args: &Args,
    assessment: &Assessment,
    register: Option<&RiskRegister>,
    now: Timestamp,
) -> Result<CheckReport, Failure> {
    let items = inventory::read(&args.inventory)?;
    let folder = args.evidence_dir.as_deref();
    let folder = folder.map(evidence::EvidenceFolder::new).transpose()?;
    let mut checks = Checks::new(assessment, now).with_soon_days(args.soon);
    if let Some(register) = register {
        checks = checks.with_register(register);
    }
    if !args.inventory.is_empty() {
        checks = checks.with_inventory(&items);
    }
    if let Some(folder) = &folder {
        checks = checks.with_resolver(folder);
    }
    if args.no_incidents || !args.incident.is_empty() {
        checks = checks.with_open_incidents(&args.incident);
    }
    Ok(checks.run())
}

/// Says what comes to the gate. The assessment's own subject would be what is assessed in any case.
fn subject(args: &Args, assessment: &Assessment) -> Result<Subject, Failure> {
    let hashed = args.model.as_deref().map(hash_model).transpose()?;
    let subject = Subject::new(assessment.subject().name().as_str())?;
    let digest = args.digest.or(hashed.as_ref().map(Manifest::root));
    Ok(match digest {
        Some(digest) => subject.with_digest(digest),
        None => subject,
    })
}

/// Says what was found, worst first, and what was not looked at.
fn text(report: &CheckReport) -> Vec<String> {
    let mut lines = Vec::new();
    let mut counts = Vec::new();
    for severity in Severity::ALL.into_iter().rev() {
        let issues = report.issues().iter();
        let issues: Vec<_> = issues
            .filter(|issue| issue.severity() == severity)
            .collect();
        lines.extend(issues.iter().map(|issue| line(issue)));
        counts.push(counted(issues.len(), severity.name()));
    }
    let unchecked = report.unchecked().iter();
    lines.extend(unchecked.map(|what| format!("not looked at: {what}")));
    lines.push(counts.join(", "));
    lines
}

fn line(issue: &Issue) -> String {
    let place = issue.place().to_string();
    format!(
        "{}: {}: {} [{}]",
        issue.severity(),
        Terminal(&place),
        Terminal(issue.message()),
        issue.code()
    )
}
