mod coverage;
mod facts;
mod lint;

use std::path::PathBuf;

use modelward::artifact::escape::Terminal;
use modelward::rmf::crosswalk::{FrameworkRef, KnownIds, Row};
use modelward::rmf::{Crosswalk, oscal};
use serde_json::{Value, json};

use crate::Answer;
use crate::failure::Failure;
use crate::oscal::{Oscal, document};
use crate::rmf::{Clock, table, written};

/// Tell which ids of other frameworks the outcomes of AI RMF 1.0 correspond to, and who says so.
#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Args {
    /// An outcome of AI RMF 1.0, such as `GOVERN 1.6`, a category or function of it, or an id of
    /// another framework, such as PW.3.2 or `Art. 9`. Without one, crosswalks are listed.
    id: Option<String>,
    /// Only with this framework: ai-600-1, eu-ai-act, iso-42001-2023, iso-5338-2023, nist-csf-2.0,
    /// owasp-ai-exchange or sp-800-218a.
    #[arg(long, value_name = "FRAMEWORK", value_parser = framework)]
    to: Option<FrameworkRef>,
    /// List what the outcomes that this assessment finds met correspond to.
    #[arg(
        long,
        value_name = "ASSESSMENT",
        conflicts_with = "id",
        requires = "to"
    )]
    coverage: Option<PathBuf>,
    /// Write the whole crosswalk as a document instead.
    #[arg(long, value_enum, requires = "to", conflicts_with_all = ["id", "coverage"])]
    export: Option<Form>,
    /// Where to write it; standard output if none is named.
    #[arg(short, long, requires = "export")]
    output: Option<PathBuf>,
    #[command(flatten)]
    oscal: Oscal,
    #[command(flatten)]
    clock: Clock,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Form {
    /// Our own document.
    Json,
    /// An OSCAL 1.2 mapping collection.
    Oscal,
    /// A table of tabs.
    Tsv,
}

#[derive(clap::Subcommand)]
enum Command {
    /// List what is in force, superseded or open among frameworks and laws, as of a day, by a source.
    Facts(facts::Args),
    /// Look for ids that do not exist and other faults in a crosswalk of your own.
    Lint(lint::Args),
}

pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    if let (Some(form), Some(to)) = (args.export, &args.to) {
        return export(args, form, &with(to)?);
    }
    match (&args.command, &args.coverage, &args.id, &args.to) {
        (Some(Command::Facts(args)), ..) => Ok(facts::run(args)),
        (Some(Command::Lint(args)), ..) => lint::run(args),
        (None, Some(assessment), _, Some(to)) => coverage::run(assessment, &with(to)?),
        (None, _, Some(id), to) => find(id, to.as_ref()),
        (None, _, None, Some(to)) => {
            let crosswalk = with(to)?;
            let rows: Vec<_> = crosswalk.rows().iter().collect();
            Ok(answer(&[(&crosswalk, rows)]))
        }
        (None, _, None, None) => Ok(list()),
    }
}

fn export(args: &Args, form: Form, crosswalk: &Crosswalk) -> Result<Answer, Failure> {
    let output = args.output.as_deref();
    match form {
        Form::Json => {
            let document = crosswalk.to_json();
            let document = document.map_err(|error| Failure::new("crosswalk.json", error))?;
            written(document, output)
        }
        Form::Oscal => {
            let options = args.oscal.options(args.clock.now())?;
            document(&oscal::mapping_collection(crosswalk, &options)?, output)
        }
        Form::Tsv => written(crosswalk.to_tsv().into_bytes(), output),
    }
}

/// All that are shipped, turned so that they lead from AI RMF 1.0.
fn shipped() -> Vec<Crosswalk> {
    vec![
        Crosswalk::genai_600_1().invert(),
        Crosswalk::ssdf_218a().invert(),
        Crosswalk::draft_eu_ai_act(),
        Crosswalk::draft_iso_42001(),
        Crosswalk::draft_iso_5338(),
        Crosswalk::draft_csf_2_0(),
        Crosswalk::draft_owasp_ai_exchange(),
    ]
}

fn with(framework: &FrameworkRef) -> Result<Crosswalk, Failure> {
    let mut shipped = shipped().into_iter();
    let found = shipped.find(|it| it.target() == framework);
    found.ok_or_else(|| Failure::new("crosswalk.to", format!("no crosswalk leads to {framework}")))
}

fn framework(text: &str) -> Result<FrameworkRef, String> {
    let all = shipped();
    let mut targets = all.iter().map(Crosswalk::target);
    let found = targets.find(|framework| framework.id() == text);
    found.cloned().ok_or_else(|| {
        let ids: Vec<_> = all.iter().map(|it| it.target().id()).collect();
        format!("expected one of {}", ids.join(", "))
    })
}

/// The answer is no where no row has an id that is known.
fn find(id: &str, to: Option<&FrameworkRef>) -> Result<Answer, Failure> {
    let all = match to {
        Some(to) => vec![with(to)?],
        None => shipped(),
    };
    let mut is_known = false;
    let mut found = Vec::new();
    for crosswalk in &all {
        let [source, target] =
            [crosswalk.source(), crosswalk.target()].map(|side| side.canonical_id(id));
        let knows = |framework: &FrameworkRef, id: &str| {
            KnownIds::of(framework).is_some_and(|known| known.contains(id))
        };
        is_known |= knows(crosswalk.source(), &source) || knows(crosswalk.target(), &target);
        let is_meant = |row: &&Row| row.target() == target || is_within(row.source(), &source);
        let rows: Vec<_> = crosswalk.rows().iter().filter(is_meant).collect();
        if !rows.is_empty() {
            found.push((crosswalk, rows));
        }
    }
    if !is_known && found.is_empty() {
        let text = format!("`{}` is the id of nothing that is known here", Terminal(id));
        return Err(Failure {
            help: Some("`crosswalk --to FRAMEWORK` lists the ids of a framework".to_owned()),
            ..Failure::new("crosswalk.id", text)
        });
    }
    if found.is_empty() {
        return Ok(Answer {
            yes: false,
            text: format!("no row has {}", Terminal(id)),
            json: json!({"crosswalks": []}),
        });
    }
    Ok(answer(&found))
}

/// Tells whether an outcome is the one that was named, or one of a category or function.
fn is_within(outcome: &str, named: &str) -> bool {
    outcome.strip_prefix(named).is_some_and(|rest| {
        // `GOVERN` has `GOVERN 1.6`, and so has `GOVERN 1`, but `MEASURE 2.1` does not have
        // `MEASURE 2.13`.
        rest.is_empty() || rest.starts_with([' ', '.'])
    })
}

fn answer(found: &[(&Crosswalk, Vec<&Row>)]) -> Answer {
    let text = found.iter().map(|(crosswalk, rows)| shown(crosswalk, rows));
    Answer {
        yes: true,
        text: text.collect::<Vec<_>>().join("\n\n"),
        json: json!({
            "crosswalks": found.iter().map(|(it, rows)| described(it, rows)).collect::<Value>(),
        }),
    }
}

fn shown(crosswalk: &Crosswalk, rows: &[&Row]) -> String {
    let labels = KnownIds::of(crosswalk.target());
    let label = |id| labels.as_ref().and_then(|labels| labels.label(id));
    let rows: Vec<_> = rows
        .iter()
        .map(|row| {
            [
                row.source().to_owned(),
                row.relation().to_string(),
                row.target().to_owned(),
                row.confidence().to_string(),
                row.status().to_string(),
                label(row.target()).unwrap_or("-").to_owned(),
            ]
        })
        .collect();
    let head = ["outcome", "relation", "id", "confidence", "status", "what"];
    format!("{}\n{}", head_of(crosswalk), table(head, &rows))
}

/// Says whose opinion it is before it is told.
fn head_of(crosswalk: &Crosswalk) -> String {
    let provenance = crosswalk.provenance();
    let basis = provenance.basis().unwrap_or("not stated");
    format!(
        "{}\n  by {}, {}, method {}, basis: {}",
        Terminal(&crosswalk.title()),
        Terminal(provenance.author()),
        provenance.date(),
        provenance.method(),
        Terminal(basis),
    )
}

fn described(crosswalk: &Crosswalk, rows: &[&Row]) -> Value {
    let row = |row: &&Row| {
        json!({
            "source": row.source(),
            "target": row.target(),
            "relation": row.relation(),
            "confidence": row.confidence(),
            "status": row.status(),
            "note": row.note(),
        })
    };
    json!({
        "title": crosswalk.title(),
        "draft": crosswalk.is_draft(),
        "source": crosswalk.source(),
        "target": crosswalk.target(),
        "provenance": crosswalk.provenance(),
        "rows": rows.iter().map(row).collect::<Value>(),
    })
}

fn list() -> Answer {
    let all = shipped();
    let rows: Vec<_> = all
        .iter()
        .map(|it| {
            [
                it.target().id().to_owned(),
                it.rows().len().to_string(),
                it.provenance().status().to_string(),
                it.provenance().author().to_owned(),
                it.provenance().method().to_string(),
                it.provenance().date().to_string(),
            ]
        })
        .collect();
    let head = ["framework", "rows", "status", "author", "method", "date"];
    Answer {
        yes: true,
        text: table(head, &rows),
        json: json!({"crosswalks": all.iter().map(|it| described(it, &[])).collect::<Value>()}),
    }
}
