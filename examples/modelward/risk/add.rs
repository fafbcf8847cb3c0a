use std::path::{Path, PathBuf};

use modelward::Digest;
use modelward::artifact::escape::TerminalPath;
use modelward::artifact::{AtlasTechnique, Date, Timestamp, write_atomically};
use modelward::rmf::{
    Acceptance, ActionItem, ActionPlan, AssetRef, LevelName, PackageUrl, Party, RegisterError,
    Risk, RiskBuilder, RiskId, RiskMatrix, RiskRating, RiskRegister, RiskStatement, RiskStatus,
    Subcategory, Text, Treatment,
};
use serde_json::json;

use crate::Answer;
use crate::failure::Failure;
use crate::rmf::{Clock, counted, party, read_register};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The register, which is written anew.
    register: PathBuf,
    /// Begin a register with this title on our matrix of five likelihoods and five impacts.
    #[arg(long, value_name = "TITLE", requires = "register_owner")]
    new: Option<Text>,
    /// Who answers for the new register.
    #[arg(long, value_name = "OWNER", value_parser = party, requires = "new")]
    register_owner: Option<Party>,
    /// The risk's own id, such as R-7.
    #[arg(long)]
    id: RiskId,
    /// What gives rise to the event.
    #[arg(long)]
    cause: String,
    /// What may happen.
    #[arg(long)]
    event: String,
    /// What follows from it.
    #[arg(long)]
    consequence: String,
    /// The effect is wanted: an opportunity.
    #[arg(long)]
    opportunity: bool,
    /// How likely it is now, such as `possible`.
    #[arg(long)]
    likelihood: LevelName,
    /// How bad it would be now, such as `major`.
    #[arg(long)]
    impact: LevelName,
    /// How it would be with nothing done, such as `likely,major`.
    #[arg(long, value_name = "LIKELIHOOD,IMPACT", value_parser = rating)]
    inherent: Option<RiskRating>,
    /// What is expected to remain after treatment.
    #[arg(long, value_name = "LIKELIHOOD,IMPACT", value_parser = rating)]
    residual: Option<RiskRating>,
    /// Who answers for the risk: a name, or `name (organization)`.
    #[arg(long, value_parser = party)]
    owner: Option<Party>,
    /// The last day on which it is to be reviewed.
    #[arg(long, value_name = "DAY")]
    review_by: Option<Date>,
    #[command(flatten)]
    treatment: TreatmentArgs,
    #[command(flatten)]
    links: LinkArgs,
    #[command(flatten)]
    clock: Clock,
}

#[derive(clap::Args)]
struct TreatmentArgs {
    /// Do this against the risk. It becomes an action with an id such as R-7-1.
    #[arg(long, value_name = "ACTION")]
    mitigate: Vec<String>,
    /// The last day for the actions.
    #[arg(long, value_name = "DAY", requires = "mitigate")]
    action_due: Option<Date>,
    /// Accept the risk, or what remains of it: who decides.
    #[arg(long, value_name = "WHO", value_parser = party, requires_all = ["accept_because", "accept_until"])]
    accept_by: Option<Party>,
    /// Why it is accepted.
    #[arg(long, value_name = "REASON", requires = "accept_by")]
    accept_because: Option<String>,
    /// The last day of the acceptance: none is without end.
    #[arg(long, value_name = "DAY", requires = "accept_by")]
    accept_until: Option<Date>,
}

#[derive(clap::Args)]
struct LinkArgs {
    /// What it is about: a digest, a package URL or a name.
    #[arg(long)]
    asset: Vec<String>,
    /// An outcome of AI RMF 1.0 that it bears on, such as MS-2.7.
    #[arg(long)]
    subcategory: Vec<Subcategory>,
    /// A technique of MITRE ATLAS, such as AML.T0020.
    #[arg(long)]
    technique: Vec<AtlasTechnique>,
    /// The id of an incident in which it came true.
    #[arg(long, value_name = "ID")]
    incident: Vec<Text>,
    /// An entry of another taxonomy with its edition, such as `LLM04:2026`.
    #[arg(long, value_name = "ENTRY")]
    taxonomy: Vec<Text>,
}

/// The answer is yes: the register is written with the risk.
pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let before = before(args)?;
    let risk = risk(args)?;
    let after = before.with_risk(risk).map_err(|error| {
        let help = help(&error, before.matrix());
        Failure {
            help,
            ..Failure::from(error)
        }
    })?;
    let known = after.risk(&args.id).and_then(|risk| {
        let level = after.level(risk, modelward::rmf::Basis::Current)?;
        Some(level.name().to_string())
    });
    let level = known.unwrap_or_default();
    let document = after
        .to_json()
        .map_err(|error| Failure::new("risk.add.json", error))?;
    write_atomically(&args.register, &document)?;
    Ok(Answer {
        yes: true,
        text: format!(
            "wrote {}: risk {} is {level} now, {} in all",
            TerminalPath(&args.register),
            args.id,
            counted(after.risks().len(), "risk")
        ),
        json: json!({
            "wrote": args.register,
            "risk": args.id,
            "level": level,
            "risks": after.risks().len(),
            "digest": after.digest(),
        }),
    })
}

/// Names the levels that the matrix has where one is asked for that it does not have.
fn help(error: &RegisterError, matrix: &RiskMatrix) -> Option<String> {
    let (axis, levels) = match error {
        RegisterError::Likelihood { .. } => ("likelihoods", matrix.likelihood()),
        RegisterError::Impact { .. } => ("impacts", matrix.impact()),
        _ => return None,
    };
    let names: Vec<_> = levels.iter().map(|level| level.name().as_str()).collect();
    Some(format!("the matrix has the {axis} {}", names.join(", ")))
}

fn before(args: &Args) -> Result<RiskRegister, Failure> {
    let (Some(title), Some(owner)) = (&args.new, &args.register_owner) else {
        return existing(&args.register);
    };
    if args.register.symlink_metadata().is_ok() {
        let text = format!("{} is there already", TerminalPath(&args.register));
        return Err(Failure {
            help: Some("leave out --new to add to it".to_owned()),
            ..Failure::new("risk.add.exists", text)
        });
    }
    let matrix = RiskMatrix::five_by_five();
    Ok(RiskRegister::builder(title.clone(), owner.clone(), matrix).build()?)
}

fn existing(path: &Path) -> Result<RiskRegister, Failure> {
    read_register(path).map_err(|failure| match path.symlink_metadata() {
        Ok(_) => failure,
        Err(_) => Failure {
            help: Some("begin a register by --new TITLE --register-owner OWNER".to_owned()),
            ..failure
        },
    })
}

fn risk(args: &Args) -> Result<Risk, Failure> {
    let now = args.clock.now();
    let id = args.id.clone();
    let statement = RiskStatement::new(&args.cause, &args.event, &args.consequence)?;
    let current = RiskRating::new(args.likelihood.clone(), args.impact.clone());
    let mut risk = if args.opportunity {
        Risk::opportunity(id, statement, current, now)
    } else {
        Risk::threat(id, statement, current, now)
    };
    if let Some(rating) = &args.inherent {
        risk = risk.inherent(rating.clone());
    }
    if let Some(rating) = &args.residual {
        risk = risk.residual(rating.clone());
    }
    if let Some(owner) = &args.owner {
        risk = risk.owner(owner.clone());
    }
    if let Some(day) = args.review_by {
        risk = risk.review_by(day);
    }
    if let Some(treatment) = treatment(args, now)? {
        let status = match treatment {
            Treatment::Accept(_) => RiskStatus::Monitoring,
            _ => RiskStatus::Treating,
        };
        risk = risk.treatment(treatment).status(status);
    }
    Ok(linked(risk, &args.links)?.build()?)
}

fn treatment(args: &Args, now: Timestamp) -> Result<Option<Treatment>, Failure> {
    let TreatmentArgs {
        mitigate,
        action_due,
        accept_by,
        accept_because,
        accept_until,
    } = &args.treatment;
    let acceptance = match (accept_by, accept_because, accept_until) {
        (Some(by), Some(reason), Some(until)) => {
            Some(Acceptance::new(by.clone(), now.date(), reason, *until)?)
        }
        _ => None,
    };
    if mitigate.is_empty() {
        return Ok(acceptance.map(Treatment::Accept));
    }
    let mut items = Vec::new();
    for (number, what) in (1..).zip(mitigate) {
        let mut item = ActionItem::new(format!("{}-{number}", args.id).parse()?, what)?;
        if let Some(day) = action_due {
            item = item.with_due(*day);
        }
        items.push(item);
    }
    let actions = ActionPlan::new(items)?;
    Ok(Some(Treatment::Mitigate {
        actions,
        remainder: acceptance,
    }))
}

fn linked(mut risk: RiskBuilder, links: &LinkArgs) -> Result<RiskBuilder, Failure> {
    for text in &links.asset {
        risk = risk.asset(asset(text)?);
    }
    for &id in &links.subcategory {
        risk = risk.subcategory(id);
    }
    for &technique in &links.technique {
        risk = risk.technique(technique);
    }
    for id in &links.incident {
        risk = risk.incident(id.clone());
    }
    for entry in &links.taxonomy {
        risk = risk.taxonomy(entry.clone());
    }
    Ok(risk)
}

/// Tells by its form what names an asset.
fn asset(text: &str) -> Result<AssetRef, Failure> {
    if let Ok(digest) = text.parse::<Digest>() {
        return Ok(AssetRef::Digest(digest));
    }
    if text.starts_with("pkg:") {
        return Ok(AssetRef::Package(PackageUrl::new(text)?));
    }
    Ok(AssetRef::Named(text.parse()?))
}

fn rating(text: &str) -> Result<RiskRating, String> {
    let parts = text.split_once(',');
    let (likelihood, impact) = parts.ok_or("expected a likelihood and an impact: likely,major")?;
    let level = |text: &str| -> Result<LevelName, String> {
        text.trim()
            .parse()
            .map_err(|error: modelward::rmf::ParseKeyError| error.to_string())
    };
    Ok(RiskRating::new(level(likelihood)?, level(impact)?))
}
