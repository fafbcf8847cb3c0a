use std::path::PathBuf;

use modelward::rmf::csv::{self, Dialect};

use crate::Answer;
use crate::failure::Failure;
use crate::rmf::{Sheet, read_register, written};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The register.
    register: PathBuf,
    /// In which form.
    #[arg(long, value_enum, default_value_t = Form::Csv)]
    to: Form,
    #[command(flatten)]
    sheet: Sheet,
    /// Where to write it; standard output if none is named.
    #[arg(short, long)]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Form {
    /// A table with a row for each risk.
    Csv,
    /// A table with a row for each action.
    CsvActions,
}

/// The answer is yes: it is written.
pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let register = read_register(&args.register)?;
    let dialect = Dialect::from(args.sheet);
    let text = match args.to {
        Form::Csv => csv::write_risks(&register, dialect),
        Form::CsvActions => csv::write_actions(&register, dialect),
    };
    written(text.into_bytes(), args.output.as_deref())
}
