use std::path::PathBuf;

use modelward::artifact::escape::Terminal;
use modelward::rmf::{Aggregate, Basis, Risk, RiskLevel, RiskRegister, Standing, Tally};
use serde_json::{Value, json};

use super::On;
use crate::Answer;
use crate::failure::Failure;
use crate::reply::Reply;
use crate::rmf::{counted, or_dash, read_register, table};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The register.
    register: PathBuf,
    /// Only threats that are not closed and whose level is above this.
    #[arg(long, value_enum)]
    above: Option<Above>,
    /// By which rating `--above` judges and risks are counted.
    #[arg(long, value_enum, default_value_t = On::Current)]
    basis: On,
}

#[derive(Clone, Copy, PartialEq, clap::ValueEnum)]
enum Above {
    /// What the organization likes to carry.
    Appetite,
    /// What the organization can bear.
    Tolerance,
}

/// The answer is yes, and by `--above` where no risk is above. Where none is, and some threats have
/// no such rating, nobody can tell.
pub(crate) fn run(args: &Args) -> Result<Reply, Failure> {
    let register = read_register(&args.register)?;
    let basis = Basis::from(args.basis);
    let risks: Vec<&Risk> = match args.above {
        None => register.risks().collect(),
        Some(Above::Appetite) => register.above_appetite(basis).collect(),
        Some(Above::Tolerance) => register.above_tolerance(basis).collect(),
    };
    let aggregate = register.aggregate(basis);
    let threats = aggregate.threats();
    let lines = shown(args, &register, &risks, &aggregate);
    let is_unknown = args.above.is_some() && risks.is_empty() && threats.unrated() > 0;
    let answer = Answer {
        yes: args.above.is_none() || risks.is_empty(),
        text: lines.join("\n"),
        json: json!({
            "title": register.title(),
            "digest": register.digest(),
            "basis": basis,
            "appetite": register.matrix().appetite().name(),
            "tolerance": register.matrix().tolerance().name(),
            "unrated": threats.unrated(),
            "risks": risks.iter().map(|risk| described(&register, risk)).collect::<Value>(),
        }),
    };
    Ok(if is_unknown {
        Reply::new(answer, 2)
    } else {
        Reply::from(answer)
    })
}

fn shown(
    args: &Args,
    register: &RiskRegister,
    risks: &[&Risk],
    aggregate: &Aggregate,
) -> Vec<String> {
    let mut lines = vec![title(register)];
    if !risks.is_empty() {
        let rows: Vec<_> = risks.iter().map(|risk| row(register, risk)).collect();
        let head = [
            "risk",
            "status",
            "inherent",
            "current",
            "residual",
            "treatment",
            "owner",
            "review by",
            "event",
        ];
        lines.push(table(head, &rows));
    }
    let basis = aggregate.basis();
    let threats = aggregate.threats();
    if args.above.is_some() {
        let unrated = threats.unrated();
        lines.push(format!("{} above", risks.len()));
        if unrated > 0 {
            lines.push(format!("cannot tell of {unrated} without a {basis} rating"));
        }
    } else {
        lines.push(format!("threats by {basis} level: {}", levels(threats)));
        let opportunities = aggregate.opportunities();
        if opportunities.total() > 0 {
            lines.push(format!(
                "opportunities by {basis} level: {}",
                levels(opportunities)
            ));
        }
    }
    lines
}

fn title(register: &RiskRegister) -> String {
    let matrix = register.matrix();
    format!(
        "{} ({}, appetite {}, tolerance {})",
        Terminal(register.title().as_str()),
        counted(register.risks().len(), "risk"),
        matrix.appetite().name(),
        matrix.tolerance().name(),
    )
}

fn row(register: &RiskRegister, risk: &Risk) -> [String; 9] {
    let [inherent, current, residual] =
        Basis::ALL.map(|basis| or_dash(register.level(risk, basis).map(RiskLevel::name)));
    [
        risk.id().to_string(),
        risk.status().name().to_owned(),
        inherent,
        current,
        residual,
        risk.treatment().kind().to_owned(),
        or_dash(risk.owner()),
        or_dash(risk.review_by()),
        risk.statement().event().to_string(),
    ]
}

fn levels(tally: &Tally) -> String {
    let levels = tally.levels().iter().rev();
    let mut counts: Vec<_> = levels
        .map(|(level, count)| format!("{count} {}", level.name()))
        .collect();
    for (count, what) in [(tally.unrated(), "unrated"), (tally.closed(), "closed")] {
        if count > 0 {
            counts.push(format!("{count} {what}"));
        }
    }
    counts.join(", ")
}

fn described(register: &RiskRegister, risk: &Risk) -> Value {
    let levels = Basis::ALL.map(|basis| {
        let level = register.level(risk, basis).map(RiskLevel::name);
        let standing = register
            .standing(risk, basis)
            .map(|standing| match standing {
                Standing::WithinAppetite => "within-appetite",
                Standing::WithinTolerance => "within-tolerance",
                Standing::AboveTolerance => "above-tolerance",
            });
        let rating = json!({
            "rating": risk.rating(basis),
            "level": level,
            "standing": standing,
        });
        (basis.name().to_owned(), rating)
    });
    json!({
        "id": risk.id(),
        "kind": risk.kind(),
        "statement": risk.statement(),
        "status": risk.status().name(),
        "levels": levels.into_iter().collect::<serde_json::Map<_, _>>(),
        "treatment": risk.treatment().kind(),
        "owner": risk.owner(),
        "reviewBy": risk.review_by(),
    })
}
