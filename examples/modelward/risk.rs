mod add;
mod due;
mod export;
mod list;

use modelward::rmf::Basis;

use crate::failure::Failure;
use crate::reply::Reply;

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// List the risks of a register with their levels.
    List(list::Args),
    /// Add a risk to a register, or to a new one.
    Add(Box<add::Args>),
    /// List what is overdue or soon due: reviews, actions, acceptances that end.
    Due(due::Args),
    /// Write a register as tables for a spreadsheet.
    Export(export::Args),
}

pub(crate) fn run(command: &Command) -> Result<Reply, Failure> {
    match command {
        Command::List(args) => list::run(args),
        Command::Add(args) => add::run(args).map(Reply::from),
        Command::Due(args) => due::run(args).map(Reply::from),
        Command::Export(args) => export::run(args).map(Reply::from),
    }
}

/// Which of a risk's three ratings.
#[derive(Clone, Copy, clap::ValueEnum)]
enum On {
    /// How it would be with nothing done.
    Inherent,
    /// How it is now.
    Current,
    /// What is expected to remain after treatment.
    Residual,
}

impl From<On> for Basis {
    fn from(on: On) -> Self {
        match on {
            On::Inherent => Self::Inherent,
            On::Current => Self::Current,
            On::Residual => Self::Residual,
        }
    }
}
