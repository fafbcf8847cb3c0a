use std::path::PathBuf;

use modelward::artifact::Text;
use modelward::audit::inventory::EntryId;
use serde_json::json;

use super::opened;
use crate::Answer;
use crate::failure::Failure;
use crate::rmf::Clock;

#[derive(clap::Args)]
pub(crate) struct SupersedeArgs {
    /// The folder of the inventory.
    folder: PathBuf,
    /// The entry whose place is taken.
    id: EntryId,
    /// The entry that takes it.
    #[arg(long, value_name = "ID")]
    by: EntryId,
    #[command(flatten)]
    clock: Clock,
}

#[derive(clap::Args)]
pub(crate) struct RetireArgs {
    /// The folder of the inventory.
    folder: PathBuf,
    /// The entry.
    id: EntryId,
    /// Why, for whoever reads it later.
    #[arg(long, value_name = "TEXT")]
    reason: Text,
    #[command(flatten)]
    clock: Clock,
}

/// The answer is yes: it is stated.
pub(crate) fn supersede(args: &SupersedeArgs) -> Result<Answer, Failure> {
    let mut store = opened(&args.folder)?;
    let (id, by) = (&args.id, &args.by);
    store.update(|inventory| inventory.supersede(id, by, args.clock.now()))?;
    Ok(Answer {
        yes: true,
        text: format!("{by} takes the place of {id}"),
        json: json!({"superseded": id, "by": by}),
    })
}

/// The answer is yes: it is out of use.
pub(crate) fn retire(args: &RetireArgs) -> Result<Answer, Failure> {
    let mut store = opened(&args.folder)?;
    let (id, reason) = (&args.id, args.reason.clone());
    store.update(|inventory| inventory.retire(id, reason, args.clock.now()))?;
    Ok(Answer {
        yes: true,
        text: format!("{id} is out of use"),
        json: json!({"retired": id}),
    })
}
