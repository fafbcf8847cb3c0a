mod append;
mod checkpoint;
mod due;
mod export;
mod open;
mod show;
mod verify;

use std::path::{Path, PathBuf};

use modelward::Timestamp;
use modelward::artifact::escape::TerminalPath;
use modelward::artifact::{Party, read_file};
use modelward::incident::log::{Context, Disclosures, FileOptions, LogFile};
use modelward::incident::{Incident, IncidentId, Incidents, Tlp};

use crate::Answer;
use crate::clock;
use crate::failure::Failure;
use crate::rmf::{MAX_BYTES, limits, party};

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Open an incident in a log, which is made where there is none.
    Open(Box<open::Args>),
    /// Record what happened, was found out or was decided.
    Append(Box<append::Args>),
    /// Show the incidents of a log, or one of them.
    Show(show::Args),
    /// Check every entry of a log, and that it is the one of a checkpoint.
    Verify(verify::Args),
    /// Sign how long a log is and what it holds, to be remembered elsewhere.
    Checkpoint(checkpoint::Args),
    /// Tell an incident in a format of others, with the list of what it cannot say.
    Export(Box<export::Args>),
    /// List whom somebody has to tell by when. It reminds and does not advise.
    Due(due::Args),
}

pub(crate) fn run(command: &Command) -> Result<Answer, Failure> {
    match command {
        Command::Open(args) => open::run(args),
        Command::Append(args) => append::run(args),
        Command::Show(args) => show::run(args),
        Command::Verify(args) => verify::run(args),
        Command::Checkpoint(args) => checkpoint::run(args),
        Command::Export(args) => export::run(args),
        Command::Due(args) => due::run(args),
    }
}

/// Who records, and when.
#[derive(clap::Args)]
struct Recorder {
    /// Who records it, such as `Jo Example` or `Jo Example (Acme)`.
    #[arg(long, value_name = "NAME", value_parser = party)]
    by: Party,
    /// Record it as of this time instead of by this machine's clock.
    #[arg(long, value_name = "TIME")]
    now: Option<Timestamp>,
}

impl Recorder {
    fn context(&self) -> Context {
        Context::new(self.now.unwrap_or_else(clock::now), self.by.clone())
    }
}

/// How far something may be passed on.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Level {
    Clear,
    Green,
    Amber,
    AmberStrict,
    Red,
}

impl From<Level> for Tlp {
    fn from(level: Level) -> Self {
        match level {
            Level::Clear => Self::Clear,
            Level::Green => Self::Green,
            Level::Amber => Self::Amber,
            Level::AmberStrict => Self::AmberStrict,
            Level::Red => Self::Red,
        }
    }
}

/// Opens a log to write to it, with every incident in it.
fn opened(path: &Path) -> Result<(LogFile, Incidents), Failure> {
    let mut log =
        LogFile::open(path, FileOptions::default()).map_err(|error| Failure::at(path, error))?;
    let incidents = Incidents::replay(&mut log, &Disclosures::new())
        .map_err(|error| Failure::at(path, error))?;
    Ok((log, incidents))
}

/// Reads the incidents of a log without locking it. One that is not sound tells nothing.
pub(crate) fn read(path: &Path) -> Result<Incidents, Failure> {
    let reading = LogFile::read(path, modelward::incident::log::LogLimits::default())
        .map_err(|error| Failure::at(path, error))?;
    if let Some(fault) = reading.fault() {
        let text = format!("{}: {fault}", TerminalPath(path));
        return Err(Failure {
            help: Some("`incident verify` says what is readable".to_owned()),
            ..Failure::new(fault.code(), text)
        });
    }
    let mut log = reading.readable().clone();
    Incidents::replay(&mut log, &Disclosures::new()).map_err(|error| Failure::at(path, error))
}

pub(crate) fn found<'a>(
    incidents: &'a Incidents,
    id: &IncidentId,
) -> Result<&'a Incident, Failure> {
    let text = || format!("the log has no incident {id}");
    let incident = incidents.get(id);
    incident.ok_or_else(|| Failure::new("incident.unknown", text()))
}

/// Reads the organization's own reporting rules, which come on top of those that are built in.
fn rules(own: Option<&PathBuf>) -> Result<modelward::incident::ReportingRules, Failure> {
    use modelward::incident::ReportingRules;

    let built_in = ReportingRules::built_in().clone();
    let Some(path) = own else {
        return Ok(built_in);
    };
    let own = ReportingRules::from_json(&read_file(path, MAX_BYTES)?, &limits());
    let own = own.map_err(|error| Failure::at(path, error))?;
    built_in.with(own).map_err(|error| Failure::at(path, error))
}
