use std::path::{Path, PathBuf};

use modelward::artifact::read_file;
use modelward::rmf::{Gap, GapAnalysis, GapState, Goal, Level, Profile, RiskRegister, Target};
use serde_json::{Value, json};

use crate::Answer;
use crate::failure::Failure;
use crate::rmf::{MAX_BYTES, limits, or_dash, read_assessment, register_of, table};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The assessment.
    assessment: PathBuf,
    /// What is aimed at, instead of the assessment's own target.
    #[arg(long, value_name = "PROFILE")]
    target: Option<PathBuf>,
    /// The register of its risks: of two gaps of one priority, that with the greater risk comes first.
    #[arg(long, value_name = "FILE")]
    register: Option<PathBuf>,
}

/// The answer is no where gaps are open.
pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let assessment = read_assessment(&args.assessment)?;
    let register = register_of(args.register.as_deref())?;
    let given = args.target.as_deref().map(read_target).transpose()?;
    let target = given.as_ref().or(assessment.target());
    let Some(target) = target else {
        let help = "name a profile by --target, or begin with `assess new --goal met`";
        return Err(Failure {
            help: Some(help.to_owned()),
            ..Failure::new("assess.gap.target", "the assessment has no target profile")
        });
    };
    let gaps = GapAnalysis::between(assessment.current(), target)?;
    let open = gaps.prioritized(register.as_ref());
    let count = |state| {
        gaps.all()
            .iter()
            .filter(move |gap| state == gap.state().name())
    };
    let count = |state| count(state).count();
    let ended = format!(
        "{} open, {} met, {} not applicable, {} without a goal",
        open.len(),
        count("met"),
        count("not-applicable"),
        count("no-goal"),
    );
    let rows: Vec<_> = open.iter().map(|gap| row(gap, register.as_ref())).collect();
    let head = ["outcome", "now", "goal", "priority", "due", "risk"];
    let mut lines = Vec::new();
    if !rows.is_empty() {
        lines.push(table(head, &rows));
    }
    lines.push(ended);
    Ok(Answer {
        yes: open.is_empty(),
        text: lines.join("\n"),
        json: json!({
            "open": open.iter().map(|gap| described(gap, register.as_ref())).collect::<Value>(),
            "met": count("met"),
            "notApplicable": count("not-applicable"),
            "withoutGoal": count("no-goal"),
        }),
    })
}

fn read_target(path: &Path) -> Result<Profile<Target>, Failure> {
    let bytes = read_file(path, MAX_BYTES)?;
    Profile::from_json(&bytes, &limits()).map_err(|error| Failure::at(path, error))
}

fn row(gap: &Gap, register: Option<&RiskRegister>) -> [String; 6] {
    let now = match gap.state() {
        GapState::NotAssessed => "not assessed".to_owned(),
        _ => or_dash(gap.current().map(Level::name)),
    };
    [
        gap.subcategory().to_string(),
        now,
        or_dash(gap.goal().map(Goal::level)),
        or_dash(gap.priority()),
        or_dash(gap.due()),
        or_dash(risk(gap, register)),
    ]
}

fn described(gap: &Gap, register: Option<&RiskRegister>) -> Value {
    let levels = match gap.state() {
        GapState::Gap { levels } => Some(levels),
        _ => None,
    };
    json!({
        "outcome": gap.subcategory(),
        "state": gap.state().name(),
        "levels": levels,
        "now": gap.current().map(Level::name),
        "goal": gap.goal(),
        "risk": risk(gap, register),
    })
}

/// Names the worst level among the open threats that bear on an outcome.
fn risk(gap: &Gap, register: Option<&RiskRegister>) -> Option<String> {
    let register = register?;
    let ordinal = register.weight(gap.subcategory()).checked_sub(1)?;
    let level = register.matrix().levels().get(ordinal)?;
    Some(level.name().to_string())
}
