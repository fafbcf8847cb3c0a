pub(crate) mod advisories;
mod build;
mod check;
mod closure;
mod diff;
mod export;
mod impact;
mod load;
mod render;
mod why;

use std::path::PathBuf;

use modelward::SupplyGraph;
use modelward::graph::{FindingClass, NodeRef, RelationSet};
use serde_json::{Value, json};

use crate::Answer;
use crate::failure::Failure;

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Join documents to one graph: CycloneDX, cargo metadata, Cargo.lock, pip reports, models of the
    /// Hugging Face Hub.
    Build(build::Args),
    /// Tell why one thing needs another.
    Why(why::Args),
    /// List what needs a thing.
    Dependents(closure::Args),
    /// List what a thing needs.
    Dependencies(closure::Args),
    /// List what a flaw of a thing reaches, with the way to each.
    Impact(impact::Args),
    /// Tell what changed between two graphs.
    Diff(diff::Args),
    /// Draw a thing with what is around it.
    Render(render::Args),
    /// Tell which advisories concern a graph, what they reach, and what would mend it.
    Advisories(advisories::Args),
    /// Look for cycles, names that can move, things without signature or origin, evaluations on
    /// training data, and licenses that are not passed on.
    Check(check::Args),
    /// Write nodes and edges as tables for a database.
    Export(export::Args),
}

pub(crate) fn run(command: &Command) -> Result<Answer, Failure> {
    match command {
        Command::Build(args) => build::run(args),
        Command::Why(args) => why::run(args),
        Command::Dependents(args) => closure::dependents(args),
        Command::Dependencies(args) => closure::dependencies(args),
        Command::Impact(args) => impact::run(args),
        Command::Diff(args) => diff::run(args),
        Command::Render(args) => render::run(args),
        Command::Advisories(args) => advisories::run(args),
        Command::Check(args) => check::run(args),
        Command::Export(args) => export::run(args),
    }
}

/// The graph that a command asks.
#[derive(clap::Args)]
struct Graph {
    /// A snapshot that `graph build` wrote, or documents to build the graph of.
    #[arg(long = "graph", short = 'g', value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}

impl Graph {
    fn load(&self) -> Result<SupplyGraph, Failure> {
        load::load(&self.files)
    }
}

/// Reads relations between commas, or the name of a class of findings, which stands for those that it
/// flows along.
fn relations(text: &str) -> Result<RelationSet, String> {
    let class = FindingClass::ALL
        .into_iter()
        .find(|class| key(*class) == text);
    if let Some(class) = class {
        return Ok(class.flow());
    }
    let relations = text.split(',').map(str::parse);
    let relations: Result<RelationSet, modelward::graph::ParseRelationError> = relations.collect();
    relations.map_err(|error| error.to_string())
}

fn class(text: &str) -> Result<FindingClass, String> {
    let found = FindingClass::ALL
        .into_iter()
        .find(|class| key(*class) == text);
    found.ok_or_else(|| {
        let all: Vec<String> = FindingClass::ALL.into_iter().map(key).collect();
        format!("expected one of {}", all.join(", "))
    })
}

fn key(class: FindingClass) -> String {
    class.name().replace(' ', "-")
}

/// Describes a node for machines.
fn node_json(node: NodeRef<'_>) -> Value {
    json!({
        "id": node.id(),
        "kind": node.kind().key(),
        "name": node.name(),
        "version": node.version(),
    })
}
