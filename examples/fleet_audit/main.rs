//! Audits 500 models at once: whom they belong to, what they were made of, what contradicts, what a
//! poisoned dataset reaches, and which of them one policy lets pass.
//!
//! No clock is read and no number is drawn: every run says the same. Exit codes: 0 the audit was
//! told, 2 an error, 64 wrong usage.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example prints"
)]

#[path = "../arguments.rs"]
mod arguments;
mod tables;
mod tell;
mod world;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use modelward::audit::fleet::{Fleet, FleetBuilder};
use modelward::audit::inventory::{InventoryLimits, InventoryStore};

use crate::arguments::parse;
use crate::world::{Failure, MODELS, day, entry, id};

/// Audits a fleet of 500 made models.
#[derive(Parser)]
struct Args {
    /// A folder to make, for the inventory and every table; by default none is kept.
    #[arg(long)]
    out: Option<PathBuf>,
}

fn main() -> ExitCode {
    let args = match parse::<Args>() {
        Ok(args) => args,
        Err(code) => return code,
    };
    let told = match &args.out {
        Some(folder) => std::fs::create_dir(folder)
            .map_err(Failure::from)
            .and_then(|()| audit(folder)),
        None => tempfile::tempdir()
            .map_err(Failure::from)
            .and_then(|folder| audit(folder.path())),
    };
    match told {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::from(2)
        }
    }
}

fn audit(folder: &Path) -> Result<(), Failure> {
    let store = filled(&folder.join("inventory"))?;
    let inventory = store.inventory();
    let fleet = joined(&store)?;
    tell::models(inventory, &fleet)?;
    tell::questions(inventory)?;
    tell::conflicts(&fleet);
    tell::poisoned(inventory, &fleet)?;
    let report = tell::gate(inventory, &fleet)?;
    tables::write(folder, (inventory, &fleet), &report)
}

/// Fills an inventory in one batch: it is written whole or not at all.
fn filled(folder: &Path) -> Result<InventoryStore, Failure> {
    let mut store = InventoryStore::open(folder, InventoryLimits::default())?;
    let entries: Result<Vec<_>, Failure> = (0..MODELS).map(entry).collect();
    let (entries, old, new) = (entries?, id(20)?, id(480)?);
    let (gone, why, at) = (id(33)?, "nobody uses it".parse()?, day(310)?);
    store.update(|inventory| {
        for entry in entries {
            inventory.add(entry)?;
        }
        inventory.supersede(&old, &new, at)?;
        inventory.retire(&gone, why, at)
    })?;
    Ok(store)
}

fn joined(store: &InventoryStore) -> Result<Fleet, Failure> {
    let mut builder = FleetBuilder::default();
    builder.add_inventory(store.inventory())?;
    Ok(builder.build()?)
}
