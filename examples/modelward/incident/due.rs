use std::path::PathBuf;

use modelward::incident::{
    IncidentId, ObligationStatus, REMINDER_NOTICE, Reminders, WorkingCalendar,
};
use serde_json::{Value, json};

use super::{found, read, rules};
use crate::Answer;
use crate::failure::Failure;
use crate::rmf::Clock;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The log.
    log: PathBuf,
    /// The incident; all that are open where none is named.
    id: Option<IncidentId>,
    /// The organization's own reporting rules, on top of those that are built in.
    #[arg(long, value_name = "FILE")]
    rules: Option<PathBuf>,
    #[command(flatten)]
    clock: Clock,
}

/// The answer is no where something is overdue.
pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let incidents = read(&args.log)?;
    let rules = rules(args.rules.as_ref())?;
    let now = args.clock.now();
    let utc = WorkingCalendar::utc();
    let chosen: Vec<_> = match &args.id {
        Some(id) => vec![found(&incidents, id)?],
        None => incidents
            .iter()
            .filter(|incident| incident.is_open())
            .collect(),
    };
    let mut overdue = 0;
    let mut lines = vec![REMINDER_NOTICE.to_owned()];
    let mut listed = Vec::new();
    for incident in chosen {
        let (obligations, left) = incident.obligations(&rules);
        let late = |it: &&modelward::incident::Obligation| {
            matches!(it.status(now, &utc), ObligationStatus::Overdue)
        };
        overdue += obligations.iter().filter(late).count();
        let reminders = Reminders::new(&obligations, now, &utc);
        lines.push(format!("{}:", incident.id()));
        // The notice stands once above all of them.
        let shown = reminders.to_string();
        lines.extend(shown.lines().skip(1).map(|line| format!("  {line}")));
        lines.extend(
            left.iter()
                .map(|(rule, error)| format!("  {rule}: {error}")),
        );
        let document: Value = serde_json::from_slice(&reminders.to_json()?).unwrap_or_default();
        listed.push(json!({"incident": incident.id(), "reminders": document["reminders"]}));
    }
    lines.push(format!("{overdue} overdue"));
    Ok(Answer {
        yes: overdue == 0,
        text: lines.join("\n"),
        json: json!({"notice": REMINDER_NOTICE, "at": now, "overdue": overdue, "incidents": listed}),
    })
}
