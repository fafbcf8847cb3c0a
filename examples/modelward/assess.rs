mod check;
mod diff;
mod due;
mod evidence;
mod export;
mod gap;
pub(crate) mod gate;
mod import;
mod inventory;
mod new;
mod outcomes;
mod policy;

use crate::failure::Failure;
use crate::reply::Reply;

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Write an assessment to fill in, in which nothing is assessed yet.
    New(Box<new::Args>),
    /// List the outcomes of AI RMF 1.0 in our words, and what evidence of tools can show of each.
    Outcomes(outcomes::Args),
    /// Look for what is wrong with an assessment and its risk register.
    Check(check::Args),
    /// List what is missing between what is the case and what is aimed at, most pressing first.
    Gap(gap::Args),
    /// Tell what changed between two assessments.
    Diff(diff::Args),
    /// List what is to be assessed anew, and why.
    Due(due::Args),
    /// Write the policy that we recommend for the gate at the end of a phase, to be changed.
    Policy(policy::Args),
    /// Write an assessment in another form: tables, a report for people, OSCAL.
    Export(export::Args),
    /// Read an assessment from tables that were filled in.
    Import(import::Args),
}

pub(crate) fn run(command: &Command) -> Result<Reply, Failure> {
    match command {
        Command::New(args) => new::run(args).map(Reply::from),
        Command::Outcomes(args) => outcomes::run(args).map(Reply::from),
        Command::Check(args) => check::run(args),
        Command::Gap(args) => gap::run(args).map(Reply::from),
        Command::Diff(args) => diff::run(args).map(Reply::from),
        Command::Due(args) => due::run(args).map(Reply::from),
        Command::Policy(args) => policy::run(args).map(Reply::from),
        Command::Export(args) => export::run(args).map(Reply::from),
        Command::Import(args) => import::run(args).map(Reply::from),
    }
}
