//! Hashes a folder with a bar of indicatif, and stops when a flag is set.
//!
//! The bar draws on standard error, and only where that is a terminal. The flag is what a handler of
//! Ctrl-C, a button or a deadline sets; here it is a deadline (`--stop-after`). Exit codes: 0 hashed,
//! 2 stopped or an error, 64 wrong usage.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example prints"
)]

mod arguments;
mod progress;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use clap::Parser;
use modelward::artifact::Event;
use modelward::{Control, Error, HashOptions, Manifest};

use crate::arguments::parse;
use crate::progress::Progress;

/// Hashes a folder and shows how far it is.
#[derive(Parser)]
struct Args {
    /// The folder.
    folder: PathBuf,
    /// Stop after so many milliseconds.
    #[arg(long, value_name = "MILLISECONDS")]
    stop_after: Option<u64>,
}

/// Joins a bar and a flag: a control may watch, stop, or both.
struct Watched {
    progress: Progress,
    stop: Arc<AtomicBool>,
}

impl Control for Watched {
    /// Workers call this from their own threads, at most about 20 times a second each.
    fn on_event(&self, event: &Event<'_>) {
        self.progress.on_event(event);
    }

    /// This is asked every few milliseconds, so it only reads a flag.
    fn cancelled(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

fn main() -> ExitCode {
    let args = match parse::<Args>() {
        Ok(args) => args,
        Err(code) => return code,
    };
    match hash(&args) {
        Ok(manifest) => {
            println!("{} {}", manifest.root(), manifest.entries().len());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error} [{}]", error.code());
            ExitCode::from(2)
        }
    }
}

fn hash(args: &Args) -> Result<Manifest, Error> {
    let stop = Arc::new(AtomicBool::new(args.stop_after == Some(0)));
    if let Some(after) = args.stop_after {
        // Nobody waits for this thread: it ends with the program.
        let stop = Arc::clone(&stop);
        thread::spawn(move || {
            thread::sleep(Duration::from_millis(after));
            stop.store(true, Ordering::Relaxed);
        });
    }
    let progress = Progress::new();
    let control = Watched { progress, stop };
    Ok(Manifest::hash(
        &args.folder,
        &HashOptions::default(),
        &control,
    )?)
}
