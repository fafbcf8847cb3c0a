//! From files to a graph, whatever wrote them.

use std::path::{Path, PathBuf};

use modelward::SupplyGraph;
use modelward::artifact::escape::TerminalPath;
use modelward::artifact::{JsonLimits, json, read_file};
use modelward::graph::{GraphLimits, Source, SupplyGraphBuilder};
use serde_json::Value;

use crate::failure::Failure;

/// The largest file that is read.
const MAX_BYTES: u64 = 4 << 30;

/// How a snapshot begins.
const SNAPSHOT: &[u8] = b"mwgraph\n";

/// Reads a snapshot, or builds the graph of documents.
pub(super) fn load(files: &[PathBuf]) -> Result<SupplyGraph, Failure> {
    let threads = std::thread::available_parallelism().unwrap_or(std::num::NonZero::<usize>::MIN);
    if let [file] = files {
        let bytes = read_file(file, MAX_BYTES)?;
        if bytes.starts_with(SNAPSHOT) {
            let graph = SupplyGraph::from_snapshot_with(&bytes, &GraphLimits::default(), threads);
            return graph.map_err(|error| Failure::at(file, error));
        }
    }
    let mut builder = SupplyGraphBuilder::default().with_threads(threads);
    for file in files {
        add(&mut builder, file)?;
    }
    Ok(builder.build()?)
}

fn add(builder: &mut SupplyGraphBuilder, file: &Path) -> Result<(), Failure> {
    let bytes = read_file(file, MAX_BYTES)?;
    let source = Source::new(file.to_string_lossy());
    let at = |error: modelward::Error| Failure::at(file, error);
    if bytes.starts_with(SNAPSHOT) {
        let text = format!(
            "{}: a snapshot cannot be joined with other files",
            TerminalPath(file)
        );
        return Err(Failure::new("graph.load.snapshot", text));
    }
    if file
        .extension()
        .is_some_and(|extension| extension == "lock")
    {
        let text = String::from_utf8_lossy(&bytes);
        return builder
            .add_cargo_lock(source, &text)
            .map(|_| ())
            .map_err(|error| at(error.into()));
    }
    let limits = JsonLimits::default()
        .with_max_bytes(bytes.len())
        .with_max_values(64_000_000);
    let document = json::read(&bytes, &limits).map_err(|error| at(error.into()))?;
    let added = match Format::of(&document) {
        Some(Format::CargoMetadata) => builder.add_cargo_metadata(source, &document).map(|_| ()),
        Some(Format::CycloneDx) => builder.add_cyclonedx(source, &document).map(|_| ()),
        Some(Format::HuggingFace) => builder.add_hugging_face(source, &document).map(|_| ()),
        Some(Format::PipReport) => builder.add_pip_report(source, &document).map(|_| ()),
        None => {
            let text = format!("{}: is of no format that is known", TerminalPath(file));
            return Err(Failure::new("graph.load.format", text));
        }
    };
    added.map_err(|error| at(error.into()))
}

enum Format {
    CargoMetadata,
    CycloneDx,
    HuggingFace,
    PipReport,
}

impl Format {
    /// Tells a document by the members that it has to have.
    fn of(document: &Value) -> Option<Self> {
        let has = |name: &str| document.get(name).is_some();
        match () {
            () if has("bomFormat") => Some(Self::CycloneDx),
            () if has("workspace_root") => Some(Self::CargoMetadata),
            () if has("install") => Some(Self::PipReport),
            () if has("id") || has("modelId") => Some(Self::HuggingFace),
            () => None,
        }
    }
}
