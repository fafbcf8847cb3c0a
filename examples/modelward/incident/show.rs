use std::fmt::Write as _;
use std::path::PathBuf;

use modelward::artifact::escape::Terminal;
use modelward::incident::{Incident, IncidentId, Incidents, near_miss_patterns};
use serde_json::{Value, json};

use super::{found, read};
use crate::Answer;
use crate::failure::Failure;
use crate::rmf::{counted, counted_as, table};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The log.
    log: PathBuf,
    /// The incident; all of them where none is named.
    id: Option<IncidentId>,
}

pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let incidents = read(&args.log)?;
    match &args.id {
        Some(id) => one(found(&incidents, id)?),
        None => Ok(all(&incidents)),
    }
}

fn all(incidents: &Incidents) -> Answer {
    let rows: Vec<_> = incidents.iter().map(row).collect();
    let mut text = counted(incidents.len(), "incident");
    if !rows.is_empty() {
        let head = ["id", "phase", "severity", "harm", "opened", "title"];
        text = format!("{}\n{text}", table(head, &rows));
    }
    for pattern in near_miss_patterns(incidents.iter(), 2) {
        let near = counted_as(pattern.incidents.len(), "near miss", "near misses");
        // Writing to a string cannot fail.
        let _ = write!(text, "\n{near} of the kind {}", pattern.kind);
    }
    let listed = |incident: &Incident| {
        json!({
            "id": incident.id(),
            "phase": incident.phase(),
            "severity": incident.severity(),
            "harm": incident.harm(),
            "opened": incident.opened_at(),
            "title": incident.title(),
        })
    };
    Answer {
        yes: true,
        text,
        json: incidents.iter().map(listed).collect(),
    }
}

fn row(incident: &Incident) -> [String; 6] {
    [
        incident.id().to_string(),
        incident.phase().to_string(),
        incident.severity().to_string(),
        incident.harm().to_string(),
        incident.opened_at().to_string(),
        incident.title().to_string(),
    ]
}

fn one(incident: &Incident) -> Result<Answer, Failure> {
    let record: Value = serde_json::from_slice(&incident.to_json()?).unwrap_or_default();
    let mut text = String::new();
    let kinds: Vec<_> = incident.kinds().iter().map(|kind| kind.name()).collect();
    let lines = [
        format!("{}: {}", incident.id(), Terminal(incident.title().as_str())),
        format!("  phase          {}", incident.phase()),
        format!("  kinds          {}", kinds.join(", ")),
        format!("  determination  {}", incident.determination()),
        format!("  harm           {}", incident.harm()),
        format!("  severity       {}", incident.severity()),
    ];
    for line in lines {
        let _ = writeln!(text, "{line}");
    }
    for asset in incident.assets().values() {
        let name = Terminal(asset.name.as_str());
        let _ = writeln!(
            text,
            "  asset          {}: {name} ({})",
            asset.id,
            asset.compromise.name()
        );
    }
    let events: Vec<_> = incident.timeline().iter().map(event).collect();
    text.push_str(&table(["#", "when", "who", "what"], &events));
    Ok(Answer {
        yes: true,
        text,
        json: record,
    })
}

fn event(event: &modelward::incident::Event) -> [String; 4] {
    [
        event.seq().to_string(),
        event.time().to_string(),
        event.actor().to_string(),
        event.kind().name().to_owned(),
    ]
}
