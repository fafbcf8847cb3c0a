use std::path::PathBuf;

use modelward::artifact::escape::TerminalPath;
use modelward::artifact::{read_file, write_atomically};
use modelward::rmf::csv::{self, CsvErrors, CsvOptions};
use modelward::rmf::{Assessment, BuildAssessmentError};
use serde_json::json;

use crate::Answer;
use crate::failure::Failure;
use crate::rmf::{Clock, MAX_BYTES, counted, read_assessment, refuse_to_replace};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The table of outcomes, such as `assess new --csv` or `assess export --to csv` writes.
    table: PathBuf,
    /// An assessment that says what is assessed, by whom, and on which scale. Its ratings are
    /// replaced by those of the table.
    #[arg(long, value_name = "ASSESSMENT")]
    into: PathBuf,
    /// The table of evidence, such as `assess export --to csv-evidence` writes; the evidence of the
    /// assessment if none is named.
    #[arg(long, value_name = "FILE")]
    evidence: Option<PathBuf>,
    #[command(flatten)]
    clock: Clock,
    /// Where to write the assessment.
    #[arg(short, long)]
    output: PathBuf,
    /// Replace a file that is there.
    #[arg(long)]
    force: bool,
}

/// The answer is yes: it is written.
pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    if !args.force {
        refuse_to_replace(&args.output)?;
    }
    let frame = read_assessment(&args.into)?;
    let assessment = read(args, &frame)?;
    let document = assessment.to_json();
    let document = document.map_err(|error| Failure::new("assess.import.json", error))?;
    write_atomically(&args.output, &document)?;
    let coverage = assessment.coverage();
    Ok(Answer {
        yes: true,
        text: format!(
            "wrote {}: {} of 72 outcomes assessed, {} of evidence",
            TerminalPath(&args.output),
            coverage.assessed(),
            counted(assessment.evidence().len(), "piece"),
        ),
        json: json!({
            "wrote": args.output,
            "assessed": coverage.assessed(),
            "evidence": assessment.evidence().len(),
            "digest": assessment.digest(),
        }),
    })
}

fn read(args: &Args, frame: &Assessment) -> Result<Assessment, Failure> {
    let table = read_file(&args.table, MAX_BYTES)?;
    let evidence = args.evidence.as_deref();
    let evidence = evidence
        .map(|path| read_file(path, MAX_BYTES))
        .transpose()?;
    let scale = frame.scale();
    let options = CsvOptions::default();
    let tables = csv::read_assessment(&table, evidence.as_deref(), scale, &options);
    let tables = tables.map_err(|errors| faults(&errors))?;
    let now = args.clock.now();
    let assessor = frame.assessor().clone();
    let mut builder =
        Assessment::builder(frame.subject().clone(), assessor, now).scale(scale.clone());
    if let Some(independence) = frame.independence() {
        builder = builder.independence(independence);
    }
    if let Some(target) = frame.target() {
        builder = builder.target(target.clone());
    }
    if frame.coverage().assessed() > 0 {
        builder = builder.supersedes(frame.digest());
    }
    if args.evidence.is_none() {
        for (id, evidence) in frame.evidence() {
            builder = builder.evidence(id.clone(), evidence.clone());
        }
    }
    tables.add_to(builder).build().map_err(|error| {
        let is_dangling = matches!(error, BuildAssessmentError::Dangling { .. });
        let help = "name the table of evidence by --evidence";
        Failure {
            help: (is_dangling && args.evidence.is_none()).then(|| help.to_owned()),
            ..Failure::from(error)
        }
    })
}

/// Lists every fault, since whoever fills in a table wants to mend all of them at once.
fn faults(errors: &CsvErrors) -> Failure {
    let mut text = errors.to_string();
    for error in errors.as_slice() {
        text = format!("{text}\n  {}", with_causes(error));
    }
    let more = errors.total() - errors.as_slice().len();
    if more > 0 {
        text = format!("{text}\n  and {more} more");
    }
    Failure::new(errors.code(), text)
}

fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}
