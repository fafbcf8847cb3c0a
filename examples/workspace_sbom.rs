//! Writes the SBOM of a Cargo workspace, such as this one: what Cargo wrote becomes a graph, and the graph
//! a CycloneDX document.
//!
//! ```sh
//! cargo metadata --format-version 1 --locked --all-features > metadata.json
//! cargo run --release --example workspace_sbom -- metadata.json Cargo.lock --about modelward -o sbom.cdx.json
//! ```
//!
//! - `Cargo.lock` has the digests, the metadata the licenses and who needs whom.
//! - What is needed to build or run has the scope `required`, what only features need that can be off
//!   `optional`, what only tests and examples need `excluded`.
//! - The document has no time and no serial number: the same files give the same bytes.
//!
//! Exit codes: 0 written, 1 something has no license or no digest, 2 an error, 64 wrong usage.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example prints"
)]

mod arguments;
mod failure;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use modelward::artifact::escape::Terminal;
use modelward::artifact::{JsonLimits, json, read_file, write_atomically};
use modelward::bom::model::{
    BomRef, Dependency, Hash, HashAlgorithm, HashContent, InvalidText, License, LicenseChoice,
    Metadata, Scope, SpdxId, Version,
};
use modelward::bom::{Component, ComponentKind, SpecVersion};
use modelward::graph::{
    self, Direction, NodeRef, Relation, RelationSet, Source, SupplyGraphBuilder,
};
use modelward::{MlBom, SupplyGraph};

use crate::arguments::parse;
use crate::failure::Failure;

/// The largest file that is read.
const MAX_FILE: u64 = 256 << 20;

/// What a package cannot be without, to be built and to run.
const REQUIRED: RelationSet = RelationSet::of(&[
    Relation::DependsOn(graph::Scope::Build),
    Relation::DependsOn(graph::Scope::Runtime),
]);

/// What it has where all its features are on.
const NEEDED: RelationSet = RelationSet::of(&[
    Relation::DependsOn(graph::Scope::Build),
    Relation::DependsOn(graph::Scope::Optional),
    Relation::DependsOn(graph::Scope::Runtime),
]);

/// Writes the SBOM of a Cargo workspace.
#[derive(Parser)]
struct Args {
    /// What `cargo metadata --format-version 1` printed.
    metadata: PathBuf,
    /// The workspace's `Cargo.lock`.
    lock: PathBuf,
    /// The package that the document is about.
    #[arg(long)]
    about: String,
    /// The file for the document.
    #[arg(long, short)]
    output: PathBuf,
}

fn main() -> ExitCode {
    let args = match parse::<Args>() {
        Ok(args) => args,
        Err(code) => return code,
    };
    run(&args).unwrap_or_else(|failure| {
        eprintln!("{failure}");
        ExitCode::from(2)
    })
}

fn run(args: &Args) -> Result<ExitCode, Failure> {
    let graph = read_metadata(&args.metadata)?;
    let lock = read_lock(&args.lock)?;
    let mut found = graph
        .nodes()
        .filter(|node| node.name() == args.about && !node.id().starts_with("pkg:"));
    let (Some(about), None) = (found.next(), found.next()) else {
        let text = format!(
            "not one package of the workspace is `{}`",
            Terminal(&args.about)
        );
        return Err(Failure::new("example.sbom.about", text));
    };
    let reached = |relations| -> Result<_, Failure> {
        let query = graph.query(Direction::Dependencies, [about.id()]);
        Ok(query
            .map_err(modelward::Error::from)?
            .along(relations)
            .resolve())
    };
    let (required, needed) = (reached(REQUIRED)?, reached(NEEDED)?);
    let scope = |node: NodeRef<'_>| match node.id() {
        id if required.contains(id) => Scope::Required,
        id if needed.contains(id) => Scope::Optional,
        _ => Scope::Excluded,
    };
    let others = graph.nodes().filter(|node| node.id() != about.id());
    let components: Result<Vec<_>, _> = others
        .map(|node| Ok(component(node, &lock)?.with_scope(scope(node))))
        .collect();
    let metadata = Metadata::new().with_component(component(about, &lock).map_err(invalid)?);
    let bom = MlBom::new(SpecVersion::V1_6)
        .with_schema_of_version()
        .with_metadata(metadata)
        .with_components(components.map_err(invalid)?)
        .with_dependencies(dependencies(&graph).map_err(invalid)?);
    write_atomically(&args.output, &bom.to_json())?;
    println!(
        "{} components: {} required, {} optional",
        graph.node_count() - 1,
        required.len(),
        needed.len() - required.len()
    );
    Ok(gaps(&graph, &lock))
}

/// Reads who needs whom, and the licenses.
fn read_metadata(file: &Path) -> Result<SupplyGraph, Failure> {
    let bytes = read_file(file, MAX_FILE).map_err(|error| Failure::at(file, error))?;
    let limits = JsonLimits::default().with_max_bytes(bytes.len());
    let document = json::read(&bytes, &limits).map_err(|error| Failure::at(file, error))?;
    let mut builder = SupplyGraphBuilder::default();
    builder
        .add_cargo_metadata(Source::new("workspace"), &document)
        .map_err(|error| Failure::at(file, error))?;
    Ok(builder.build()?)
}

/// Reads the digests. The lock file has who needs whom too, and does not tell for what: joined with the
/// metadata, what only tests need would seem to be needed to run.
fn read_lock(file: &Path) -> Result<SupplyGraph, Failure> {
    let bytes = read_file(file, MAX_FILE).map_err(|error| Failure::at(file, error))?;
    let mut builder = SupplyGraphBuilder::default();
    builder
        .add_cargo_lock(Source::new("workspace"), &String::from_utf8_lossy(&bytes))
        .map_err(|error| Failure::at(file, error))?;
    Ok(builder.build()?)
}

fn component(node: NodeRef<'_>, lock: &SupplyGraph) -> Result<Component, InvalidText> {
    let mut component =
        Component::new(ComponentKind::Library, node.name()).with_bom_ref(BomRef::new(node.id())?);
    if let Some(version) = node.version() {
        component = component.with_version(Version::new(version)?);
    }
    if node.id().starts_with("pkg:") {
        component = component.with_purl(node.id());
    }
    if let Some(license) = node.license() {
        component = component.with_licenses([stated(license)?]);
    }
    let digests = digests(node, lock);
    let hash = |digest: &modelward::Digest| {
        let content = HashContent::new(digest.to_hex())?;
        Ok(Hash::new(HashAlgorithm::Sha256, content))
    };
    let hashes: Vec<Hash> = digests
        .iter()
        .map(hash)
        .collect::<Result<_, InvalidText>>()?;
    Ok(if hashes.is_empty() {
        component
    } else {
        component.with_hashes(hashes)
    })
}

fn digests(node: NodeRef<'_>, lock: &SupplyGraph) -> Vec<modelward::Digest> {
    lock.node(node.id())
        .map(NodeRef::digests)
        .unwrap_or_default()
}

/// States one license by its identifier, and what joins several as an expression.
fn stated(license: &str) -> Result<LicenseChoice, InvalidText> {
    match SpdxId::new(license) {
        Ok(id) => Ok(LicenseChoice::of_license(License::of_id(id))),
        Err(_) => LicenseChoice::of_expression(license),
    }
}

fn dependencies(graph: &SupplyGraph) -> Result<Vec<Dependency>, InvalidText> {
    let mut needs: BTreeMap<&str, Vec<BomRef>> = BTreeMap::new();
    for node in graph.nodes() {
        needs.entry(node.id()).or_default();
    }
    for edge in graph.edges() {
        let on = needs.entry(edge.from().id()).or_default();
        let reference = BomRef::new(edge.to().id())?;
        // The same package can be needed to build and to run.
        if !on.contains(&reference) {
            on.push(reference);
        }
    }
    let dependency = |(from, on): (&str, Vec<BomRef>)| {
        Ok(Dependency::new(BomRef::new(from)?).with_dependencies(on))
    };
    needs.into_iter().map(dependency).collect()
}

/// Names what is not known of packages of others.
fn gaps(graph: &SupplyGraph, lock: &SupplyGraph) -> ExitCode {
    let others = || graph.nodes().filter(|node| node.id().starts_with("pkg:"));
    let mut code = ExitCode::SUCCESS;
    for node in others() {
        let is_missing = [
            (node.license().is_none(), "license"),
            (digests(node, lock).is_empty(), "digest"),
        ];
        for (_, what) in is_missing.iter().filter(|(is_missing, _)| *is_missing) {
            println!("no {what}: {}", Terminal(node.id()));
            code = ExitCode::FAILURE;
        }
    }
    code
}

fn invalid(error: InvalidText) -> Failure {
    Failure::new("example.sbom.text", error)
}
