use std::path::PathBuf;

use modelward::artifact::escape::Terminal;
use modelward::audit::inventory::{InventoryLimits, InventoryStore};
use serde_json::json;

use super::opened;
use crate::Answer;
use crate::failure::Failure;
use crate::rmf::counted_as;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The folder of the inventory.
    folder: PathBuf,
}

/// The answer is yes: there is an inventory now where there was none.
pub(crate) fn init(args: &Args) -> Result<Answer, Failure> {
    let shown = args.folder.to_string_lossy();
    if args.folder.join("lock").exists() {
        let text = format!("{} is an inventory already", Terminal(&shown));
        return Err(Failure::new("inventory.exists", text));
    }
    let is_used = std::fs::read_dir(&args.folder).is_ok_and(|mut it| it.next().is_some());
    if is_used {
        let text = format!("{} holds something else", Terminal(&shown));
        return Err(Failure::new("inventory.not_empty", text));
    }
    let store = InventoryStore::open(&args.folder, InventoryLimits::default());
    store.map_err(|error| Failure::at(&args.folder, error))?;
    Ok(Answer {
        yes: true,
        text: format!("made {}", Terminal(&shown)),
        json: json!({"made": args.folder}),
    })
}

/// The answer is yes: every entry is sound.
pub(crate) fn rebuild(args: &Args) -> Result<Answer, Failure> {
    let store = opened(&args.folder)?;
    let entries = store.inventory().len();
    let counted = counted_as(entries, "entry is", "entries are");
    Ok(Answer {
        yes: true,
        text: format!("{counted} sound, and the index says what they say"),
        json: json!({"entries": entries}),
    })
}
