use std::fs;
use std::path::{Path, PathBuf};

use modelward::artifact::escape::Terminal;
use modelward::artifact::{JsonLimits, read_file};
use modelward::graph::advisory::{Advisory, AdvisorySet};
use modelward::graph::exposure::Exposures;
use modelward::graph::patch::PatchRequest;
use modelward::graph::vex::VexDocument;
use modelward::graph::{KindSet, NodeId, NodeKind};
use serde_json::{Value, json};

use super::Graph;
use crate::Answer;
use crate::failure::Failure;

/// The largest file that is read.
const MAX_BYTES: u64 = 4 << 30;

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    graph: Graph,
    /// Records of OSV: one in a file, or one in each line of a `.jsonl` file.
    #[arg(long, required = true, value_name = "FILE")]
    osv: Vec<PathBuf>,
    /// What producers say of their products: `OpenVEX`, CSAF or CycloneDX.
    #[arg(long, value_name = "FILE")]
    vex: Vec<PathBuf>,
    /// Tell what of these kinds is reached, such as service,container.
    #[arg(long, value_delimiter = ',', default_value = "service,container")]
    kind: Vec<NodeKind>,
    /// Answer yes though there are things that could not be looked up.
    #[arg(long)]
    accept_not_evaluated: bool,
    /// Plan the fewest upgrades of what this needs directly.
    #[arg(long, value_name = "ID")]
    plan: Option<NodeId>,
}

/// The answer is yes where everything was looked up, and nothing is or may be affected, or statements
/// clear all that is reached.
pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let graph = args.graph.load()?;
    let mut records = Vec::new();
    for file in &args.osv {
        records.extend(advisories(file)?);
    }
    let statements = statements(&args.vex)?;
    let advisories = AdvisorySet::new(records);
    let exposures = graph.exposures(&advisories);
    report(args, &exposures, &statements)
}

fn report(
    args: &Args,
    exposures: &Exposures<'_>,
    documents: &[VexDocument],
) -> Result<Answer, Failure> {
    let impact = exposures.impact(args.kind.iter().copied().collect::<KindSet>());
    let statements = documents.iter().flat_map(VexDocument::statements);
    let triage = impact.with_vex(statements);
    let mut lines: Vec<String> = exposures.hits().map(|hit| hit.to_string()).collect();
    lines.extend(exposures.fixes().iter().map(ToString::to_string));
    lines.push(triage.to_string().trim_end().to_owned());
    for document in documents {
        let warnings = document.warnings().iter();
        lines.extend(warnings.map(|warning| format!("warning: {warning}")));
    }
    let not_evaluated = exposures.not_evaluated();
    let is_whole = args.accept_not_evaluated || not_evaluated.len() == 0;
    lines.extend(not_evaluated.map(|node| format!("not looked up: {node}")));
    let mut plan = Value::Null;
    if let Some(root) = &args.plan {
        let planned = exposures.patch_plan(&PatchRequest::new(root.clone()))?;
        lines.push(planned.to_string().trim_end().to_owned());
        plan = value(&planned)?;
    }
    lines.retain(|line| !line.is_empty());
    let is_reached = impact.reached().next().is_some();
    let is_clear =
        exposures.hits().next().is_none() || is_reached && triage.open().next().is_none();
    Ok(Answer {
        yes: is_clear && is_whole,
        text: lines.join("\n"),
        json: json!({
            "exposures": value(exposures)?,
            "fixes": value(&exposures.fixes())?,
            "triage": value(&triage)?,
            "plan": plan,
        }),
    })
}

fn value<T: serde::Serialize>(item: &T) -> Result<Value, Failure> {
    serde_json::to_value(item).map_err(|error| Failure::new("graph.advisories.json", error))
}

/// Reads the records in files and folders; `None` where nothing is named.
pub(crate) fn named(places: &[PathBuf]) -> Result<Option<AdvisorySet>, Failure> {
    if places.is_empty() {
        return Ok(None);
    }
    let mut records = Vec::new();
    for place in places {
        for file in files(place)? {
            records.extend(advisories(&file)?);
        }
    }
    Ok(Some(AdvisorySet::new(records)))
}

/// Reads what producers say of their products.
pub(crate) fn statements(files: &[PathBuf]) -> Result<Vec<VexDocument>, Failure> {
    files.iter().map(|file| vex(file)).collect()
}

/// Returns a file, or the records in a folder and the folders inside it, in order.
fn files(place: &Path) -> Result<Vec<PathBuf>, Failure> {
    if !place.is_dir() {
        return Ok(vec![place.to_path_buf()]);
    }
    let (mut found, mut pending) = (Vec::new(), vec![place.to_path_buf()]);
    while let Some(folder) = pending.pop() {
        let entries = fs::read_dir(&folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let entries = entries.map_err(|error| {
            let folder = folder.to_string_lossy();
            let text = format!("cannot list {}: {error}", Terminal(&folder));
            Failure::new("gate.advisories", text)
        })?;
        for entry in entries {
            let path = entry.path();
            // A link to a folder could lead in a circle.
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                pending.push(path);
            } else if path
                .extension()
                .is_some_and(|it| it == "json" || it == "jsonl")
            {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn advisories(file: &Path) -> Result<Vec<Advisory>, Failure> {
    let bytes = read_file(file, MAX_BYTES)?;
    let limits = JsonLimits::default();
    let read = if file
        .extension()
        .is_some_and(|extension| extension == "jsonl")
    {
        Advisory::read_lines(&bytes, &limits)
    } else {
        Advisory::read(&bytes, &limits).map(|record| vec![record])
    };
    read.map_err(|error| Failure::at(file, error))
}

fn vex(file: &Path) -> Result<VexDocument, Failure> {
    let bytes = read_file(file, MAX_BYTES)?;
    let limits = JsonLimits::default().with_max_bytes(bytes.len());
    VexDocument::read(&bytes, &limits).map_err(|error| Failure::at(file, error))
}
