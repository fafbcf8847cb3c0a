use std::path::{Path, PathBuf};

use modelward::Timestamp;
use modelward::artifact::read_file;
use modelward::rmf::{AuditCadence, AuditInputs, AuditItem, ChangeEvent, Text, Trigger};
use serde_json::{Value, json};

use crate::Answer;
use crate::failure::Failure;
use crate::rmf::{Clock, MAX_BYTES, counted, limits, read_assessment, register_of, table};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The assessment.
    assessment: PathBuf,
    /// The register of its risks, whose changes make outcomes due too.
    #[arg(long, value_name = "FILE")]
    register: Option<PathBuf>,
    /// When what is to be assessed anew; ours if none is named.
    #[arg(long, value_name = "FILE")]
    cadence: Option<PathBuf>,
    /// Something that happened, and when, such as `model-changed@2026-11-20T10:00:00Z`; now, where
    /// no time is given.
    #[arg(long, value_name = "WHAT[@TIME]", value_parser = event)]
    event: Vec<Happened>,
    #[command(flatten)]
    clock: Clock,
}

#[derive(Clone, Copy)]
struct Happened {
    what: Trigger,
    at: Option<Timestamp>,
}

/// The answer is no where something is due.
pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let assessment = read_assessment(&args.assessment)?;
    let register = register_of(args.register.as_deref())?;
    let cadence = args.cadence.as_deref().map(read).transpose()?;
    let cadence = cadence.unwrap_or_else(AuditCadence::recommended);
    let now = args.clock.now();
    let name: &Text = assessment.subject().name();
    let events: Vec<_> = args
        .event
        .iter()
        .map(|event| ChangeEvent::new(event.what, event.at.unwrap_or(now), name.clone()))
        .collect();
    let mut inputs = AuditInputs::new(&assessment).with_events(&events);
    if let Some(register) = &register {
        inputs = inputs.with_register(register);
    }
    let due = cadence.due(&inputs, now);
    let mut lines = Vec::new();
    if !due.is_empty() {
        let rows: Vec<_> = due.iter().map(row).collect();
        lines.push(table(["outcome", "since", "why"], &rows));
    }
    let mut outcomes: Vec<_> = due.iter().map(AuditItem::subcategory).collect();
    outcomes.sort();
    outcomes.dedup();
    lines.push(format!("{} due", counted(outcomes.len(), "outcome")));
    Ok(Answer {
        yes: due.is_empty(),
        text: lines.join("\n"),
        json: json!({
            "cadence": cadence.id(),
            "due": due.iter().map(described).collect::<Value>(),
        }),
    })
}

fn read(path: &Path) -> Result<AuditCadence, Failure> {
    let bytes = read_file(path, MAX_BYTES)?;
    AuditCadence::from_json(&bytes, &limits()).map_err(|error| Failure::at(path, error))
}

fn row(item: &AuditItem) -> [String; 3] {
    [
        item.subcategory().to_string(),
        item.since().date().to_string(),
        item.reason().to_string(),
    ]
}

fn described(item: &AuditItem) -> Value {
    json!({
        "outcome": item.subcategory(),
        "since": item.since(),
        "code": item.reason().code(),
        "why": item.reason().to_string(),
    })
}

fn event(text: &str) -> Result<Happened, String> {
    let (name, at) = match text.split_once('@') {
        Some((name, at)) => (name, Some(at)),
        None => (text, None),
    };
    let what = Trigger::ALL.into_iter().find(|known| known.name() == name);
    let what = what.ok_or_else(|| {
        let names = Trigger::ALL.map(Trigger::name).join(", ");
        format!("expected one of {names}")
    })?;
    let at: Result<Option<Timestamp>, _> = at.map(str::parse).transpose();
    let at = at.map_err(|error: modelward::artifact::ParseTimestampError| error.to_string())?;
    Ok(Happened { what, at })
}
