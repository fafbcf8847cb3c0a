use std::path::{Path, PathBuf};

use modelward::Digest;
use modelward::artifact::{json, read_file};
use modelward::incident::{
    Detection, DetectionTool, DriftEvidence, DriftKind, DriftPreset, DriftSubject, DriftTerms,
    DriftVerdict, DriftWindow, DriftWindows, Recheck,
};
use serde_json::json;

use crate::Answer;
use crate::failure::Failure;
use crate::reply::Reply;
use crate::rmf::{MAX_BYTES, limits, table};

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Measure by a named preset, and write the evidence for `incident append`.
    Measure(Box<Measure>),
    /// Recompute the value of evidence from its bins and counts.
    Recheck(Evidence),
    /// List the presets with where their thresholds come from.
    Presets,
}

#[derive(clap::Args)]
pub(crate) struct Measure {
    /// The preset, such as `evidently.psi`.
    #[arg(long)]
    preset: String,
    /// The column that is looked at.
    #[arg(long)]
    column: String,
    /// What has drifted.
    #[arg(long, value_enum, default_value_t = Of::Data)]
    of: Of,
    /// The model's digest.
    #[arg(long)]
    model: Digest,
    /// The window that is compared with: a JSON object with `time`, `digest` and `histogram`.
    #[arg(long, value_name = "FILE")]
    reference: PathBuf,
    /// The window in question.
    #[arg(long, value_name = "FILE")]
    current: PathBuf,
}

#[derive(clap::Args)]
pub(crate) struct Evidence {
    /// The evidence: a JSON object with the member `drift`.
    evidence: PathBuf,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Of {
    Concept,
    Data,
    Label,
    Prediction,
    Quality,
}

impl From<Of> for DriftKind {
    fn from(of: Of) -> Self {
        match of {
            Of::Concept => Self::Concept,
            Of::Data => Self::Data,
            Of::Label => Self::Label,
            Of::Prediction => Self::Prediction,
            Of::Quality => Self::Quality,
        }
    }
}

/// The answer is no where something drifted or the value is not what was reported, and the exit code 3
/// where it has to be watched.
pub(crate) fn run(command: &Command) -> Result<Reply, Failure> {
    match command {
        Command::Measure(args) => measure(args),
        Command::Recheck(args) => recheck(&args.evidence).map(Reply::from),
        Command::Presets => Ok(presets().into()),
    }
}

fn measure(args: &Measure) -> Result<Reply, Failure> {
    let unknown = || Failure::new("incident.drift.preset", "there is no such preset");
    let preset = DriftPreset::find(&args.preset).ok_or_else(|| Failure {
        help: Some("`drift presets` lists them".to_owned()),
        ..unknown()
    })?;
    let windows = DriftWindows::new(window(&args.reference)?, window(&args.current)?)?;
    let subject = DriftSubject::new(&args.column, args.of.into(), args.model)?;
    let tool = DetectionTool::new("modelward", env!("CARGO_PKG_VERSION"))?;
    let terms = DriftTerms::of_preset(preset);
    let evidence = DriftEvidence::measured(subject, terms, windows, tool)?;
    let code = match evidence.verdict() {
        DriftVerdict::Steady => 0,
        DriftVerdict::Drifted => 1,
        _ => 3,
    };
    let detection = Detection::Drift(evidence);
    let answer = Answer {
        yes: code == 0,
        text: detection.to_string(),
        json: json!(detection),
    };
    Ok(Reply::new(answer, code))
}

fn presets() -> Answer {
    let rows: Vec<_> = DriftPreset::all()
        .iter()
        .map(|preset| {
            let origin = format!("{} {}", preset.origin(), preset.version());
            let threshold = preset.threshold();
            let drifted = format!("{} {}", threshold.comparator().sign(), threshold.act());
            [preset.name().to_owned(), drifted, origin]
        })
        .collect();
    let listed = |preset: &DriftPreset| {
        json!({
            "name": preset.name(),
            "origin": preset.origin(),
            "version": preset.version(),
            "threshold": preset.threshold(),
        })
    };
    Answer {
        yes: true,
        text: table(["preset", "drifted", "from"], &rows),
        json: DriftPreset::all().iter().map(listed).collect(),
    }
}

fn recheck(path: &Path) -> Result<Answer, Failure> {
    let bytes = read_file(path, MAX_BYTES)?;
    let detection =
        Detection::from_json(&bytes, &limits()).map_err(|error| Failure::at(path, error))?;
    let Detection::Drift(evidence) = &detection else {
        return Err(Failure::new(
            "incident.drift.other",
            "it is no evidence of drift",
        ));
    };
    let (same, said) = match evidence.recheck() {
        Recheck::Same => (
            true,
            "the value follows from the bins and counts".to_owned(),
        ),
        Recheck::Differs { stored, recomputed } => {
            let text = format!("{recomputed} follows from the bins and counts, not {stored}");
            (false, text)
        }
        Recheck::CannotTell { why } => return Err(why.into()),
    };
    Ok(Answer {
        yes: same,
        text: format!("{detection}\n{said}"),
        json: json!({"same": same, "verdict": evidence.verdict()}),
    })
}

fn window(path: &Path) -> Result<DriftWindow, Failure> {
    let bytes = read_file(path, MAX_BYTES)?;
    json::read_as(&bytes, &limits()).map_err(|error| Failure::at(path, error))
}
