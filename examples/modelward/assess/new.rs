use std::iter;
use std::path::PathBuf;

use modelward::artifact::escape::TerminalPath;
use modelward::artifact::write_atomically;
use modelward::rmf::csv::{self, Dialect};
use modelward::rmf::{
    Assessment, Function, Goal, Independence, LevelName, Party, Priority, Profile, RatingScale,
    Subcategory, Subject, Target,
};
use modelward::{Digest, Manifest};
use serde_json::json;

use crate::Answer;
use crate::failure::Failure;
use crate::rmf::{Clock, hash_model, limits, party, refuse_to_replace};

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    subject: SubjectArgs,
    /// Who assesses: a name, or `name (organization)`.
    #[arg(long, value_parser = party)]
    assessor: Party,
    /// How far the assessor stands from those who built or run the system.
    #[arg(long, value_enum)]
    independence: Option<Distance>,
    /// On which of our scales it is rated.
    #[arg(long, value_enum, default_value_t = Scale::Outcome)]
    scale: Scale,
    /// Aim at this level of the scale, such as `met`, for every outcome.
    #[arg(long, value_name = "LEVEL")]
    goal: Option<LevelName>,
    /// How much the goals press.
    #[arg(long, value_enum, requires = "goal", default_value_t = Press::Medium)]
    priority: Press,
    /// Only for the outcomes of these functions: GOVERN, MAP, MEASURE or MANAGE.
    #[arg(long, value_delimiter = ',')]
    function: Vec<Function>,
    #[command(flatten)]
    clock: Clock,
    /// Where to write it; standard output if none is named.
    #[arg(short, long)]
    output: Option<PathBuf>,
    /// Write a table for a spreadsheet too, which `assess import` reads when it is filled in.
    #[arg(long, value_name = "FILE", requires = "output")]
    csv: Option<PathBuf>,
    /// Replace files that are there.
    #[arg(long, requires = "output")]
    force: bool,
}

#[derive(clap::Args)]
struct SubjectArgs {
    /// What is assessed; the model's own name if none is given.
    #[arg(long, value_name = "NAME", required_unless_present = "model")]
    subject: Option<String>,
    /// The version of what is assessed.
    #[arg(long, value_name = "VERSION")]
    version: Option<String>,
    /// The root digest of the model, such as `modelward digest` prints.
    #[arg(long)]
    digest: Option<Digest>,
    /// Hash this model instead.
    #[arg(long, value_name = "DIR", conflicts_with = "digest")]
    model: Option<PathBuf>,
    /// Who answers for the system.
    #[arg(long, value_parser = party)]
    owner: Option<Party>,
    /// What of the system is assessed and what is not.
    #[arg(long)]
    scope: Option<String>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Distance {
    /// They built or run the system themselves.
    FirstLine,
    /// They belong to the organization, not to those who built or run it.
    Internal,
    /// They belong to another organization.
    External,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Scale {
    /// not-met, partially-met, met.
    Outcome,
    /// Five levels of maturity.
    Maturity,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Press {
    Low,
    Medium,
    High,
}

/// The answer is yes: it is written.
pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    if !args.force {
        let files = args.output.iter().chain(&args.csv);
        files
            .map(PathBuf::as_path)
            .try_for_each(refuse_to_replace)?;
    }
    let scope = scope(&args.function);
    let assessment = empty(args, &scope)?;
    let document = form(&assessment, &scope)?;
    let Some(output) = &args.output else {
        let json = serde_json::from_slice(&document);
        return Ok(Answer {
            yes: true,
            text: String::from_utf8_lossy(&document).trim_end().to_owned(),
            json: json.map_err(|error| Failure::new("assess.new.json", error))?,
        });
    };
    if let Some(table) = &args.csv {
        let csv = csv::write_determinations(&assessment, Dialect::default());
        write_atomically(table, csv.as_bytes())?;
    }
    write_atomically(output, &document)?;
    let written: Vec<_> = iter::once(output).chain(&args.csv).collect();
    let names: Vec<_> = written
        .iter()
        .map(|file| TerminalPath(file).to_string())
        .collect();
    let text = format!(
        "wrote {}: {} outcomes to assess, assessed against AI RMF 1.0 on scale {}",
        names.join(" and "),
        scope.len(),
        assessment.scale(),
    );
    Ok(Answer {
        yes: true,
        text,
        json: json!({
            "wrote": written,
            "outcomes": scope.len(),
            "digest": assessment.digest(),
        }),
    })
}

fn empty(args: &Args, scope: &[Subcategory]) -> Result<Assessment, Failure> {
    let scale = match args.scale {
        Scale::Outcome => RatingScale::outcome(),
        Scale::Maturity => RatingScale::maturity(),
    };
    let subject = subject(&args.subject)?;
    let mut builder = Assessment::builder(subject, args.assessor.clone(), args.clock.now());
    if let Some(distance) = args.independence {
        builder = builder.independence(match distance {
            Distance::FirstLine => Independence::FirstLine,
            Distance::Internal => Independence::Internal,
            Distance::External => Independence::External,
        });
    }
    if let Some(goal) = &args.goal {
        builder = builder.target(target(&scale, goal, args.priority, scope)?);
    }
    Ok(builder.scale(scale).build()?)
}

fn subject(args: &SubjectArgs) -> Result<Subject, Failure> {
    let hashed = args.model.as_deref().map(hash_model).transpose()?;
    let name = args.subject.as_deref();
    let name = name.or(hashed.as_ref().map(Manifest::name));
    let mut subject = Subject::new(name.unwrap_or_default())?;
    if let Some(version) = &args.version {
        subject = subject.with_version(version)?;
    }
    if let Some(digest) = args.digest.or(hashed.as_ref().map(Manifest::root)) {
        subject = subject.with_digest(digest);
    }
    if let Some(owner) = &args.owner {
        subject = subject.with_owner(owner.clone());
    }
    if let Some(scope) = &args.scope {
        subject = subject.with_scope(scope)?;
    }
    Ok(subject)
}

fn target(
    scale: &RatingScale,
    goal: &LevelName,
    priority: Press,
    scope: &[Subcategory],
) -> Result<Profile<Target>, Failure> {
    if scale.level(goal).is_none() {
        let levels = scale.levels().iter();
        let levels: Vec<_> = levels.map(|level| level.name().as_str()).collect();
        let text = format!(
            "scale {scale} has no level `{goal}`, expected one of {}",
            levels.join(", ")
        );
        return Err(Failure::new("assess.new.goal", text));
    }
    let priority = match priority {
        Press::Low => Priority::Low,
        Press::Medium => Priority::Medium,
        Press::High => Priority::High,
    };
    let goal = Goal::new(goal.as_str(), priority)?;
    let goals = scope.iter().map(|&id| (id, goal.clone()));
    Ok(Profile::new(scale.clone(), goals)?)
}

fn scope(functions: &[Function]) -> Vec<Subcategory> {
    let is_named = |id: &Subcategory| functions.is_empty() || functions.contains(&id.function());
    Subcategory::ALL.into_iter().filter(is_named).collect()
}

/// Writes the outcomes out that are to be assessed, so that there is a place to fill in. They mean
/// the same as if they were left out.
fn form(assessment: &Assessment, scope: &[Subcategory]) -> Result<Vec<u8>, Failure> {
    let failed = |text: String| Failure::new("assess.new.json", text);
    let document = assessment.to_json();
    let document = document.map_err(|error| failed(error.to_string()))?;
    let document = String::from_utf8(document).map_err(|error| failed(error.to_string()))?;
    let open: Vec<_> = scope
        .iter()
        .map(|id| format!("    \"{id}\": {{ \"determination\": \"not-assessed\" }}"))
        .collect();
    // Quotes in a text are escaped, so that no text has this.
    let empty = "\"current\": {}";
    let filled = format!("\"current\": {{\n{}\n  }}", open.join(",\n"));
    let document = document.replacen(empty, &filled, 1).into_bytes();
    if Assessment::from_json(&document, &limits())? == *assessment {
        return Ok(document);
    }
    Err(failed(
        "the form does not read as the assessment".to_owned(),
    ))
}
