mod backup;
mod known;
mod plan;
mod stored;
mod verify;

use modelward::artifact::Findings;
use serde_json::json;

use crate::Answer;
use crate::failure::Failure;
use crate::reply::Reply;

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Find the newest release that is safe to go back to, and what to do in which order.
    Plan(Box<plan::Args>),
    /// Check a signed plan against what is known now, just before it is carried out.
    Verify(Box<verify::Args>),
    /// Compare every byte of a stored copy with what was signed.
    Backup(Box<backup::Args>),
}

pub(crate) fn run(command: &Command) -> Result<Reply, Failure> {
    match command {
        Command::Plan(args) => plan::run(args),
        Command::Verify(args) => verify::run(args),
        Command::Backup(args) => backup::run(args),
    }
}

/// The answer no, with what is wrong.
fn refused(verdict: &str, findings: &Findings) -> Reply {
    Reply::from(Answer {
        yes: false,
        text: format!("{verdict}:\n{findings}"),
        json: json!({"verdict": verdict, "findings": findings}),
    })
}
