use std::fs;
use std::path::PathBuf;

use clap::ValueEnum;
use modelward::artifact::escape::{Terminal, TerminalPath};
use modelward::artifact::write_atomically;
use modelward::audit::{Dossier, EvidenceCoverage, ReleaseFacts};
use serde_json::json;

use crate::Answer;
use crate::evidence::Evidence;
use crate::failure::Failure;
use crate::gate::Rules;
use crate::reply::Reply;

/// Write everything that is known of a model as one page that needs nothing else.
#[derive(clap::Args)]
#[command(arg_required_else_help = true, after_help = CODES)]
pub(crate) struct Args {
    #[command(flatten)]
    evidence: Evidence,
    #[command(flatten)]
    rules: Rules,
    /// The folder to write to; it is made where there is none.
    #[arg(long, value_name = "FOLDER", help_heading = "Dossier")]
    out: PathBuf,
    /// What to write.
    #[arg(
        long,
        value_enum,
        value_delimiter = ',',
        default_value = "html,md,json",
        help_heading = "Dossier"
    )]
    format: Vec<Format>,
}

const CODES: &str = "\
The exit code is that of `gate`, whose decision stands in the dossier: 0 go, 3 go with conditions,
2 cannot tell or an error, 1 no go.

Example:
  modelward bom my-model -o my-model.cdx.json
  modelward dossier my-model --bom my-model.cdx.json --out my-dossier";

#[derive(Clone, Copy, Eq, PartialEq, ValueEnum)]
enum Format {
    /// A page.
    Html,
    /// JSON for machines.
    Json,
    /// Markdown.
    Md,
}

pub(crate) fn run(args: &Args) -> Result<Reply, Failure> {
    let (policy, now) = (args.rules.read()?, args.rules.clock().now());
    let gathered = args.evidence.gather(now)?;
    gathered.lend(|evidence| {
        let facts = ReleaseFacts::of(evidence, now);
        let report = policy.evaluate(args.rules.phase(), &facts, now);
        let coverage = EvidenceCoverage::of(evidence, now).with_decision(&report);
        let dossier = Dossier::of(evidence, now)
            .with_decision(&report)
            .with_coverage(&coverage);
        let written = args.write(&dossier)?;
        let shown = written.iter().map(|it| it.to_string_lossy().into_owned());
        let shown: Vec<_> = shown.collect();
        let lines: Vec<_> = shown
            .iter()
            .map(|it| format!("wrote {}", Terminal(it)))
            .collect();
        let decision = report.decision();
        let answer = Answer {
            yes: decision.exit_code() == 0,
            text: format!(
                "{}: {decision}\n{}",
                Terminal(report.model()),
                lines.join("\n")
            ),
            json: json!({"decision": decision, "digest": dossier.digest(), "wrote": shown}),
        };
        Ok(Reply::new(answer, decision.exit_code()))
    })
}

impl Args {
    fn write(&self, dossier: &Dossier<'_>) -> Result<Vec<PathBuf>, Failure> {
        fs::create_dir_all(&self.out).map_err(|error| {
            let folder = TerminalPath(&self.out);
            Failure::new("dossier.folder", format!("cannot make {folder}: {error}"))
        })?;
        let mut written = Vec::new();
        for (format, name) in [
            (Format::Html, "dossier.html"),
            (Format::Md, "dossier.md"),
            (Format::Json, "dossier.json"),
        ] {
            if !self.format.contains(&format) {
                continue;
            }
            let bytes = match format {
                Format::Html => dossier.to_html().into_bytes(),
                Format::Json => dossier.to_json(),
                Format::Md => dossier.to_markdown().into_bytes(),
            };
            let path = self.out.join(name);
            write_atomically(&path, &bytes)?;
            written.push(path);
        }
        Ok(written)
    }
}
