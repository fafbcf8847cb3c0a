use std::path::PathBuf;

use modelward::rmf::csv::{self, Dialect};
use modelward::rmf::oscal;
use modelward::rmf::{Assessment, Checks, Report, RiskRegister};

use crate::Answer;
use crate::failure::Failure;
use crate::oscal::{Oscal, document};
use crate::rmf::{Clock, Sheet, read_assessment, register_of, written};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The assessment.
    assessment: PathBuf,
    /// In which form.
    #[arg(long, value_enum)]
    to: Form,
    /// The register of its risks, for the forms that tell of risks.
    #[arg(long, value_name = "FILE")]
    register: Option<PathBuf>,
    #[command(flatten)]
    sheet: Sheet,
    #[command(flatten)]
    oscal: Oscal,
    #[command(flatten)]
    clock: Clock,
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
    /// One page for a browser or for print, without scripts, with the checks.
    Html,
    /// The document as its seal covers it, in one spelling and without what is not assessed.
    Json,
    /// A report as text, with the checks.
    Markdown,
    /// OSCAL 1.2 assessment results.
    OscalAr,
    /// The framework itself as an OSCAL 1.2 catalog, in our words.
    OscalCatalog,
    /// An OSCAL 1.2 plan of action and milestones: open actions and open gaps.
    OscalPoam,
}

/// The answer is yes: it is written.
pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let assessment = read_assessment(&args.assessment)?;
    let register = register_of(args.register.as_deref())?;
    let dialect = Dialect::from(args.sheet);
    let register = register.as_ref();
    let output = args.output.as_deref();
    let oscal = || args.oscal.options(args.clock.now());
    let text = match args.to {
        Form::Csv => csv::write_determinations(&assessment, dialect),
        Form::CsvEvidence => csv::write_evidence(&assessment, dialect),
        Form::Html | Form::Markdown => report(args, &assessment, register),
        Form::Json => {
            let document = assessment.to_json();
            let document = document.map_err(|error| Failure::new("assess.export.json", error))?;
            return written(document, output);
        }
        Form::OscalAr => {
            let results = oscal::assessment_results(&assessment, register, &oscal()?)?;
            return document(&results, output);
        }
        Form::OscalCatalog => return document(&oscal::catalog(&oscal()?)?, output),
        Form::OscalPoam => {
            let plan = oscal::plan_of_action(&assessment, register, &oscal()?)?;
            return document(&plan, output);
        }
    };
    written(text.into_bytes(), output)
}

fn report(args: &Args, assessment: &Assessment, register: Option<&RiskRegister>) -> String {
    let now = args.clock.now();
    let mut checks = Checks::new(assessment, now);
    if let Some(register) = register {
        checks = checks.with_register(register);
    }
    let checks = checks.run();
    let mut report = Report::new(assessment, now).with_checks(&checks);
    if let Some(register) = register {
        report = report.with_register(register);
    }
    if matches!(args.to, Form::Html) {
        report.to_html()
    } else {
        report.to_markdown()
    }
}
