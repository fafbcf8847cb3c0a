use std::path::PathBuf;

use modelward::artifact::escape::Terminal;
use modelward::audit::inventory::{
    AuditQuestion, EntryId, FactAnswer, HistoryKind, InventoryEntry,
};
use serde_json::Value;

use super::{found, read};
use crate::Answer;
use crate::failure::Failure;
use crate::rmf::{counted, or_dash, table};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The folder of the inventory.
    folder: PathBuf,
    /// The entry.
    id: EntryId,
}

/// The answer is no where what is known of the model does not fit together.
pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let inventory = read(&args.folder)?;
    let entry = found(&inventory, &args.id)?;
    let mut lines = identity(entry);
    lines.push(String::new());
    let facts: Vec<_> = AuditQuestion::ALL.map(|it| fact(entry, it)).into();
    lines.push(table(["question", "answer", "what is said"], &facts));
    let history = inventory.history().into_iter();
    let history = history.filter(|event| event.id() == entry.id());
    lines.push(String::new());
    lines.extend(history.map(|event| {
        let what = match event.kind() {
            HistoryKind::Recorded => "recorded".to_owned(),
            HistoryKind::Revised(reason) => format!("revised: {}", Terminal(reason.as_str())),
            HistoryKind::Superseded(by) => format!("superseded by {by}"),
            HistoryKind::Retired(reason) => format!("retired: {}", Terminal(reason.as_str())),
            _ => "changed".to_owned(),
        };
        format!("{}  {what}", event.at())
    }));
    let findings = entry.findings();
    lines.extend(findings.iter().map(|it| format!("does not fit: {it}")));
    let document: Value = serde_json::from_slice(&entry.to_json()?).unwrap_or_default();
    Ok(Answer {
        yes: findings.is_empty(),
        text: lines.join("\n"),
        json: document,
    })
}

fn identity(entry: &InventoryEntry) -> Vec<String> {
    let (name, version) = (entry.name().as_str(), entry.version().as_str());
    let signature = match entry.signature() {
        None => "never checked".to_owned(),
        Some(record) => {
            let is_verified = entry.is_signed();
            let outcome = if is_verified {
                "verified"
            } else {
                "not of these files, or refused"
            };
            format!("{outcome}, checked {}", record.checked_at)
        }
    };
    let licenses = entry.licenses().join(", ");
    let places = entry.deployments().iter();
    let places: Vec<_> = places.map(|it| it.place.as_str()).collect();
    let dash = |text: String| {
        if text.is_empty() {
            "-".to_owned()
        } else {
            text
        }
    };
    let field = |name: &str, value: &str| format!("  {name:<10}  {}", Terminal(value));
    vec![
        format!("{}: {} {}", entry.id(), Terminal(name), Terminal(version)),
        field("standing", entry.standing().name()),
        field("root", &or_dash(entry.root())),
        field("purl", &or_dash(entry.purl())),
        field("signature", &signature),
        field("licenses", &dash(licenses)),
        field("made of", &counted(entry.materials().len(), "thing")),
        field("runs at", &dash(places.join(", "))),
    ]
}

fn fact(entry: &InventoryEntry, question: AuditQuestion) -> [String; 3] {
    let fact = entry.fact(question);
    let said = match fact.answer() {
        FactAnswer::Unknown => String::new(),
        _ => {
            let claims = fact.claims().iter();
            let claims = claims.map(|it| format!("{} ({})", it.value(), it.source()));
            claims.collect::<Vec<_>>().join("; ")
        }
    };
    [question.to_string(), fact.answer().name().to_owned(), said]
}
