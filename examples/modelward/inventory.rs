mod add;
mod ask;
mod change;
mod export;
mod list;
mod open;
mod show;

use std::path::Path;

use modelward::Digest;
use modelward::artifact::escape::TerminalPath;
use modelward::audit::inventory::{
    EntryId, Inventory, InventoryEntry, InventoryLimits, InventoryStore,
};
use modelward::graph::TableFormat;
use modelward::incident::AssetRef;

use crate::failure::Failure;
use crate::reply::Reply;

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Make a folder for an inventory.
    Init(open::Args),
    /// Add models by their ML-BOMs: all of them or, where one is refused, none.
    Add(Box<add::Args>),
    /// List the models.
    List(list::Args),
    /// Show all that is known of one model.
    Show(show::Args),
    /// State that one model takes the place of another one.
    Supersede(change::SupersedeArgs),
    /// Take a model out of use for good. It stays in the inventory.
    Retire(change::RetireArgs),
    /// Ask what an auditor asks, of all models at once.
    #[command(subcommand)]
    Ask(ask::Question),
    /// Write a table for other tools: components, edges, findings or conflicts.
    Export(export::Args),
    /// Check every entry and make the index anew.
    Rebuild(open::Args),
}

pub(crate) fn run(command: &Command) -> Result<Reply, Failure> {
    match command {
        Command::Init(args) => open::init(args).map(Reply::from),
        Command::Add(args) => add::run(args).map(Reply::from),
        Command::List(args) => list::run(args).map(Reply::from),
        Command::Show(args) => show::run(args).map(Reply::from),
        Command::Supersede(args) => change::supersede(args).map(Reply::from),
        Command::Retire(args) => change::retire(args).map(Reply::from),
        Command::Ask(question) => ask::run(question),
        Command::Export(args) => export::run(args).map(Reply::from),
        Command::Rebuild(args) => open::rebuild(args).map(Reply::from),
    }
}

/// Opens an inventory to write to it. A folder that nobody made one is refused: a name that is
/// mistyped would begin another inventory.
fn opened(folder: &Path) -> Result<InventoryStore, Failure> {
    expect_inventory(folder)?;
    let store = InventoryStore::open(folder, InventoryLimits::default());
    store.map_err(|error| Failure::at(folder, error))
}

/// Reads an inventory without locking it.
fn read(folder: &Path) -> Result<Inventory, Failure> {
    expect_inventory(folder)?;
    let inventory = InventoryStore::read(folder, &InventoryLimits::default());
    inventory.map_err(|error| Failure::at(folder, error))
}

/// An inventory has its lock, which opening makes, whatever else happened to it.
fn expect_inventory(folder: &Path) -> Result<(), Failure> {
    if folder.join("lock").is_file() {
        return Ok(());
    }
    let shown = TerminalPath(folder);
    Err(Failure {
        help: Some("`modelward inventory init FOLDER` makes one".to_owned()),
        ..Failure::new("inventory.none", format!("{shown} is no inventory"))
    })
}

fn found<'a>(inventory: &'a Inventory, id: &EntryId) -> Result<&'a InventoryEntry, Failure> {
    let unknown = || Failure {
        help: Some("`modelward inventory list FOLDER` lists what there is".to_owned()),
        ..Failure::new("inventory.unknown", format!("there is no entry `{id}`"))
    };
    inventory.entry(id).ok_or_else(unknown)
}

/// Reads the name of something: a package URL, a digest, or else a `bom-ref`.
fn asset(text: &str) -> Result<AssetRef, String> {
    if let Ok(digest) = text.parse::<Digest>() {
        return Ok(AssetRef::Digest(digest));
    }
    let named = if text.starts_with("pkg:") {
        AssetRef::purl(text)
    } else {
        AssetRef::bom_ref(text)
    };
    named.map_err(|error| error.to_string())
}

fn format(text: &str) -> Result<TableFormat, String> {
    match text {
        "csv" => Ok(TableFormat::Csv),
        "jsonl" => Ok(TableFormat::JsonLines),
        "spreadsheet" => Ok(TableFormat::Spreadsheet),
        _ => Err("expected csv, jsonl or spreadsheet".to_owned()),
    }
}
