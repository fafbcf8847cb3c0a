use std::path::PathBuf;

use modelward::audit::inventory::{InventoryEntry, Standing};
use serde_json::json;

use super::read;
use crate::Answer;
use crate::failure::Failure;
use crate::rmf::{counted, table};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The folder of the inventory.
    folder: PathBuf,
    /// Only those of this standing.
    #[arg(long, value_enum)]
    standing: Option<State>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum State {
    /// In use.
    Active,
    /// Out of use for good.
    Retired,
    /// Another one takes its place; it can still run somewhere.
    Superseded,
}

impl From<State> for Standing {
    fn from(state: State) -> Self {
        match state {
            State::Active => Self::Active,
            State::Retired => Self::Retired,
            State::Superseded => Self::Superseded,
        }
    }
}

pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let inventory = read(&args.folder)?;
    let wanted = args.standing.map(Standing::from);
    let entries = inventory.entries();
    let entries = entries.filter(|it| wanted.is_none_or(|wanted| it.standing() == wanted));
    Ok(listed(&entries.collect::<Vec<_>>()))
}

/// Lists entries as a table.
pub(super) fn listed(entries: &[&InventoryEntry]) -> Answer {
    let rows: Vec<_> = entries.iter().map(|it| row(it)).collect();
    let count = counted(entries.len(), "model");
    let text = if rows.is_empty() {
        count
    } else {
        let head = ["id", "version", "standing", "signed", "name"];
        format!("{}\n{count}", table(head, &rows))
    };
    let models = entries.iter().map(|entry| {
        json!({
            "id": entry.id(),
            "name": entry.name(),
            "version": entry.version(),
            "standing": entry.standing(),
            "signed": entry.is_signed(),
            "root": entry.root(),
        })
    });
    Answer {
        yes: true,
        text,
        json: models.collect(),
    }
}

fn row(entry: &InventoryEntry) -> [String; 5] {
    [
        entry.id().to_string(),
        entry.version().to_string(),
        entry.standing().to_string(),
        if entry.is_signed() { "yes" } else { "no" }.to_owned(),
        entry.name().to_string(),
    ]
}
