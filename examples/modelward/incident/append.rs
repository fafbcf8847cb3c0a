use std::path::{Path, PathBuf};

use modelward::artifact::{Text, json, read_file};
use modelward::incident::{EventKind, IncidentId, NewEvent, Phase, TimeSpec, Tlp};
use serde_json::json;

use super::{Level, Recorder, found, opened};
use crate::Answer;
use crate::failure::Failure;
use crate::rmf::{MAX_BYTES, limits};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The log.
    log: PathBuf,
    /// The incident.
    id: IncidentId,
    #[command(flatten)]
    what: What,
    /// Why, for `--phase`.
    #[arg(long, requires = "phase")]
    reason: Option<Text>,
    /// When it happened, where that is earlier than now.
    #[arg(long, value_name = "TIME")]
    occurred: Option<modelward::Timestamp>,
    /// How far it may be passed on.
    #[arg(long, value_enum, default_value_t = Level::Amber)]
    tlp: Level,
    /// How far one field may be passed on, such as `/text=red`; may be given several times.
    #[arg(long, value_name = "FIELD=TLP", value_parser = field)]
    field: Vec<(String, Tlp)>,
    #[command(flatten)]
    recorder: Recorder,
}

#[derive(clap::Args)]
#[group(required = true, multiple = false)]
struct What {
    /// A file that holds an event: a JSON object with the members `kind` and `data`.
    #[arg(long, value_name = "FILE")]
    event: Option<PathBuf>,
    /// Note something.
    #[arg(long)]
    note: Option<Text>,
    /// Go over to a phase; `--reason` says why.
    #[arg(long, value_enum)]
    phase: Option<To>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum To {
    Detection,
    Containment,
    Eradication,
    Recovery,
    PostIncident,
}

impl From<To> for Phase {
    fn from(to: To) -> Self {
        match to {
            To::Detection => Self::Detection,
            To::Containment => Self::Containment,
            To::Eradication => Self::Eradication,
            To::Recovery => Self::Recovery,
            To::PostIncident => Self::PostIncident,
        }
    }
}

pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let kind = kind(args)?;
    let name = kind.name();
    let mut event = NewEvent::new(kind).marked(args.tlp.into());
    if let Some(at) = args.occurred {
        event = event.occurred(TimeSpec::exact(at));
    }
    for (pointer, tlp) in &args.field {
        event = event.field(pointer, *tlp)?;
    }
    let (mut log, mut incidents) = opened(&args.log)?;
    found(&incidents, &args.id)?;
    let recorded = incidents.record(&mut log, &args.id, event, &args.recorder.context())?;
    let seq = recorded.entry.seq();
    let phase = found(&incidents, &args.id)?.phase();
    Ok(Answer {
        yes: true,
        text: format!(
            "recorded `{name}` as entry {seq}; {} is in {phase}",
            args.id
        ),
        json: json!({"incident": args.id, "entry": seq, "phase": phase}),
    })
}

fn kind(args: &Args) -> Result<EventKind, Failure> {
    if let Some(path) = &args.what.event {
        return read_event(path);
    }
    if let Some(text) = &args.what.note {
        let text = text.clone();
        return Ok(EventKind::Noted { text });
    }
    let missing = || Failure::new("incident.reason", "a phase needs `--reason`");
    let to = args.what.phase.map(Phase::from).ok_or_else(missing)?;
    let reason = args.reason.clone().ok_or_else(missing)?;
    Ok(EventKind::PhaseChanged { to, reason })
}

fn read_event(path: &Path) -> Result<EventKind, Failure> {
    let bytes = read_file(path, MAX_BYTES)?;
    json::read_as(&bytes, &limits()).map_err(|error| Failure::at(path, error))
}

fn field(text: &str) -> Result<(String, Tlp), String> {
    let (pointer, label) = text.split_once('=').ok_or("expected FIELD=TLP")?;
    let level = <Level as clap::ValueEnum>::from_str(label, true)?;
    Ok((pointer.to_owned(), level.into()))
}
