use std::path::PathBuf;

use modelward::artifact::Text;
use modelward::incident::{IncidentId, IncidentKind, NewEvent, Opening, Severity};
use serde_json::json;

use super::{Level, Recorder, opened};
use crate::Answer;
use crate::failure::Failure;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The log: a file of JSON lines.
    log: PathBuf,
    /// What the incident is called from now on, such as INC-2026-0042.
    id: IncidentId,
    /// What it is about, in a few words.
    #[arg(long)]
    title: Text,
    /// What sort of incident it is, such as `adversarial/data-poisoning`; may be given several times.
    #[arg(long, required = true)]
    kind: Vec<IncidentKind>,
    /// How bad it is.
    #[arg(long, value_enum)]
    severity: Badness,
    /// What is known.
    #[arg(long)]
    summary: Option<Text>,
    /// How far this may be passed on.
    #[arg(long, value_enum, default_value_t = Level::Amber)]
    tlp: Level,
    #[command(flatten)]
    recorder: Recorder,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Badness {
    Low,
    Medium,
    High,
    Critical,
}

impl From<Badness> for Severity {
    fn from(badness: Badness) -> Self {
        match badness {
            Badness::Low => Self::Low,
            Badness::Medium => Self::Medium,
            Badness::High => Self::High,
            Badness::Critical => Self::Critical,
        }
    }
}

pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let (mut log, mut incidents) = opened(&args.log)?;
    let mut opening = Opening::new(args.title.clone(), args.kind[0], args.severity.into());
    opening = args.kind[1..]
        .iter()
        .copied()
        .fold(opening, Opening::with_kind);
    if let Some(summary) = &args.summary {
        opening = opening.with_summary(summary.clone());
    }
    let opening = NewEvent::from(opening).marked(args.tlp.into());
    let recorded = incidents.record(&mut log, &args.id, opening, &args.recorder.context())?;
    let seq = recorded.entry.seq();
    Ok(Answer {
        yes: true,
        text: format!("opened {} as entry {seq}", args.id),
        json: json!({"incident": args.id, "entry": seq}),
    })
}
