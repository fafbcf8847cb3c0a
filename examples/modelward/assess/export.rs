use std::path::PathBuf;

use modelward::rmf::csv::{self, Dialect};

use crate::Answer;
use crate::failure::Failure;
use crate::rmf::{Sheet, read_assessment, written};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The assessment.
    assessment: PathBuf,
    /// In which form.
    #[arg(long, value_enum)]
    to: Form,
    #[command(flatten)]
    sheet: Sheet,
    /// Where to write it; standard output if none is named.
    #[arg(short, long)]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Form {
    /// A table with a row for each of the 72 outcomes.
    Csv,
    /// A table of the evidence.
    CsvEvidence,
    /// The document as its seal covers it, in one spelling and without what is not assessed.
    Json,
}

/// The answer is yes: it is written.
pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let assessment = read_assessment(&args.assessment)?;
    let dialect = Dialect::from(args.sheet);
    let text = match args.to {
        Form::Csv => csv::write_determinations(&assessment, dialect),
        Form::CsvEvidence => csv::write_evidence(&assessment, dialect),
        Form::Json => {
            let document = assessment.to_json();
            let document = document.map_err(|error| Failure::new("assess.export.json", error))?;
            return written(document, args.output.as_deref());
        }
    };
    written(text.into_bytes(), args.output.as_deref())
}
