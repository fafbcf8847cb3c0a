//! A command line on top of the facade: what a tool author would write in an afternoon.
//!
//! Exit codes: 0 yes, 1 no, 2 cannot tell or an error, 3 go with conditions, 64 wrong usage.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command prints"
)]

#[path = "../arguments.rs"]
mod arguments;
mod assess;
mod authority;
mod bom;
#[path = "../bundle.rs"]
mod bundle;
#[path = "../clock.rs"]
mod clock;
mod coverage;
mod crosswalk;
mod digest;
mod dossier;
mod drift;
mod evidence;
#[path = "../failure.rs"]
mod failure;
mod gate;
mod graph;
mod hashing;
mod incident;
#[path = "../inside.rs"]
mod inside;
mod inspect;
mod inventory;
mod oscal;
#[path = "../pem.rs"]
mod pem;
#[path = "../progress.rs"]
mod progress;
mod reply;
mod risk;
mod rmf;
mod rollback;
mod sign;
mod sums;
mod trust;
mod verify;

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser, Subcommand};
use modelward::artifact::escape::JsonText;
use serde_json::{Value, json};

use crate::arguments::{parse, refuse};
use crate::inside::inside;
use crate::reply::Reply;

/// Inventories, signs, verifies and assesses machine-learning models.
#[derive(Parser)]
#[command(name = "modelward", version = "example")]
struct Args {
    /// Write JSON for machines instead of text for people.
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Print the one digest that stands for a whole model, or list or check those of its files.
    Digest(digest::Args),
    /// Sign a model.
    #[command(subcommand)]
    Sign(Box<sign::Command>),
    /// Verify that a model is the one that was signed.
    #[command(subcommand)]
    Verify(verify::Command),
    /// Tell what a file of a model or a signature says, without running or verifying it.
    Inspect(inspect::Args),
    /// Write, check, compare or convert ML-BOMs (CycloneDX).
    Bom(Box<bom::Args>),
    /// Ask the supply chain: what came from what, what is touched by what, and why.
    #[command(subcommand)]
    Graph(Box<graph::Command>),
    /// Assess a model against NIST's AI RMF 1.0, outcome by outcome.
    #[command(subcommand)]
    Assess(Box<assess::Command>),
    /// Keep the register of risks.
    #[command(subcommand)]
    Risk(Box<risk::Command>),
    /// Tell which ids of other frameworks the outcomes of AI RMF 1.0 correspond to, and who says so.
    Crosswalk(Box<crosswalk::Args>),
    /// Decide whether a model may leave a phase of its life, by a policy.
    Gate(Box<gate::Args>),
    /// Print the policy that `gate` asks where none is named, to be copied and changed.
    GatePolicy,
    /// Tell for each outcome of AI RMF 1.0 what was observed of a model, and what no tool can show.
    Coverage(Box<coverage::Args>),
    /// Write everything that is known of a model as one page, with the decision of `gate`.
    Dossier(Box<dossier::Args>),
    /// Find the version that is safe to go back to, and say of every other one why not.
    #[command(subcommand)]
    Rollback(Box<rollback::Command>),
    /// Keep incidents in a log that shows every later change.
    #[command(subcommand)]
    Incident(Box<incident::Command>),
    /// Keep an inventory of many models, and ask it what an auditor asks.
    #[command(subcommand)]
    Inventory(inventory::Command),
    /// Measure whether data drifted, or recompute what somebody else measured.
    #[command(subcommand)]
    Drift(drift::Command),
}

impl Args {
    /// Refuses what the parser does not see to be wrong.
    fn checked(self) -> Result<Self, ExitCode> {
        let contradiction = match &self.command {
            Command::Digest(args) => args.contradiction(),
            _ => None,
        };
        match contradiction {
            Some(text) => Err(refuse(
                &Self::command().error(ErrorKind::ArgumentConflict, text),
            )),
            None => Ok(self),
        }
    }
}

/// What a command has to say: the answer, its text and its JSON.
struct Answer {
    yes: bool,
    text: String,
    json: Value,
}

fn main() -> ExitCode {
    let args = match parse::<Args>().and_then(Args::checked) {
        Ok(args) => args,
        Err(code) => return code,
    };
    let outcome = match &args.command {
        Command::Digest(args) => digest::run(args).map(Reply::from),
        Command::Sign(command) => sign::run(command).map(Reply::from),
        Command::Verify(command) => verify::run(command),
        Command::Inspect(args) => inspect::run(args).map(Reply::from),
        Command::Bom(args) => bom::run(args).map(Reply::from),
        Command::Graph(command) => graph::run(command).map(Reply::from),
        Command::Assess(command) => assess::run(command),
        Command::Risk(command) => risk::run(command),
        Command::Crosswalk(args) => crosswalk::run(args).map(Reply::from),
        Command::Gate(args) => gate::run(args),
        Command::GatePolicy => gate::baseline().map(Reply::from),
        Command::Coverage(args) => coverage::run(args).map(Reply::from),
        Command::Dossier(args) => dossier::run(args),
        Command::Rollback(command) => rollback::run(command),
        Command::Incident(command) => incident::run(command).map(Reply::from),
        Command::Inventory(command) => inventory::run(command),
        Command::Drift(command) => drift::run(command),
    };
    match outcome {
        Ok(reply) => {
            let code = reply.code();
            let text = reply.text(args.json);
            // Whoever reads may have enough before the end, as `head` has.
            if !text.is_empty() && writeln!(io::stdout(), "{text}").is_err() {
                return ExitCode::from(2);
            }
            code
        }
        Err(failure) => {
            if args.json {
                let failure = json!({
                    "code": failure.code,
                    "error": failure.text,
                    "help": failure.help,
                });
                println!("{}", JsonText(&format!("{failure:#}")));
            } else {
                eprintln!("{failure}");
            }
            ExitCode::from(2)
        }
    }
}
