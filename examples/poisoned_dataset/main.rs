//! Tells the story of a poisoned dataset: found, contained, eradicated, rolled back, told.
//!
//! The incident is kept in a log whose checkpoints somebody outside signs, and told to others in
//! every format that there is, each document with what it cannot say. No clock is read and no
//! number is drawn anew: every run writes the same bytes. Exit codes: 0 the story was told,
//! 2 an error, 64 wrong usage.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example prints"
)]

mod advisories;
#[path = "../arguments.rs"]
mod arguments;
mod assets;
mod desk;
mod documents;
mod findings;
mod found;
mod lesions;
mod people;
mod response;
mod review;
mod rollback;
mod witness;

use std::error::Error as StdError;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;

use crate::arguments::parse;
use crate::desk::Desk;
use crate::lesions::World;
use crate::people::People;
use crate::witness::Witness;

/// Whatever goes wrong ends the story.
type Failure = Box<dyn StdError>;

/// Tells the story of a poisoned dataset.
#[derive(Parser)]
struct Args {
    /// A folder to make, for the log, its checkpoint and every document; by default none is kept.
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
            .and_then(|()| tell(folder)),
        None => tempfile::tempdir()
            .map_err(Failure::from)
            .and_then(|folder| tell(folder.path())),
    };
    match told {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprint!("error: {failure}");
            let mut source = failure.source();
            while let Some(cause) = source {
                eprint!(": {cause}");
                source = cause.source();
            }
            eprintln!();
            ExitCode::from(2)
        }
    }
}

fn tell(folder: &Path) -> Result<(), Failure> {
    let (world, people) = (World::new(), People::new()?);
    let witness = Witness::new("witness.example.org")?;
    let log = folder.join("incidents.jsonl");
    let mut desk = Desk::open(&log, "INC-2026-0031")?;
    found::tell(&mut desk, &people, &world)?;
    response::contain(&mut desk, &people, &world)?;
    let remembered = witness::remember(&desk, &witness)?;
    response::eradicate(&mut desk, &people)?;
    response::recover(&mut desk, &people, &world)?;
    review::tell(&mut desk, &people)?;
    documents::tell(&mut desk, &people, folder)?;
    witness::check(&desk, &witness, &remembered, folder)
}

/// Begins a chapter.
fn chapter(title: &str, what: &str) {
    println!("\n{}\n{what}\n", title.to_uppercase());
}
