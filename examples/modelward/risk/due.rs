use std::path::PathBuf;

use modelward::rmf::{Due, DueItem, Party, RiskRegister, Timing};
use serde_json::{Value, json};

use crate::Answer;
use crate::failure::Failure;
use crate::rmf::{Clock, or_dash, read_register, table};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The register.
    register: PathBuf,
    /// Also what becomes due within so many days.
    #[arg(long, value_name = "DAYS", default_value_t = 30)]
    within: u32,
    #[command(flatten)]
    clock: Clock,
}

/// The answer is no where something is overdue.
pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let register = read_register(&args.register)?;
    let due = register.due(args.clock.now(), args.within);
    let overdue = due.iter().filter(|due| due.is_overdue()).count();
    let mut lines = Vec::new();
    if !due.is_empty() {
        let rows: Vec<_> = due.iter().map(|due| row(&register, due)).collect();
        lines.push(table(["day", "when", "risk", "what", "who"], &rows));
    }
    let coming = due.len() - overdue;
    let within = args.within;
    lines.push(format!(
        "{overdue} overdue, {coming} due within {within} days"
    ));
    Ok(Answer {
        yes: overdue == 0,
        text: lines.join("\n"),
        json: json!({
            "overdue": overdue,
            "due": due.iter().map(|due| described(&register, due)).collect::<Value>(),
        }),
    })
}

fn row(register: &RiskRegister, due: &Due) -> [String; 5] {
    let when = match due.timing() {
        Timing::Left(0) => "today".to_owned(),
        Timing::Left(1) => "tomorrow".to_owned(),
        Timing::Left(days) => format!("in {days} days"),
        Timing::Overdue(1) => "1 day ago".to_owned(),
        Timing::Overdue(days) => format!("{days} days ago"),
    };
    [
        due.on().to_string(),
        when,
        due.risk().to_string(),
        due.item().to_string(),
        or_dash(owner(register, due)),
    ]
}

fn described(register: &RiskRegister, due: &Due) -> Value {
    let days = match due.timing() {
        Timing::Left(days) => i64::from(days),
        Timing::Overdue(days) => -i64::from(days),
    };
    json!({
        "on": due.on(),
        "daysLeft": days,
        "risk": due.risk(),
        "what": due.item().to_string(),
        "owner": owner(register, due),
    })
}

/// Returns who answers for what is due: the owner of an action, else that of the risk.
fn owner<'a>(register: &'a RiskRegister, due: &Due) -> Option<&'a Party> {
    let risk = register.risk(due.risk())?;
    let actions = risk.treatment().actions().iter();
    let action = actions
        .filter(|action| due.item() == &DueItem::Action(action.id().clone()))
        .find_map(|action| action.owner());
    action.or(risk.owner())
}
