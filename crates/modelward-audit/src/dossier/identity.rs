use modelward_artifact::{Digest, Layout};
use modelward_bom::Component;
use serde::Serialize;

use crate::ModelEvidence;
use crate::dossier::block::{Block, Cell, Section, Sign, Span, Table, Width};
use crate::dossier::part::{Part, Rows};
use crate::dossier::signature::Signature;
use crate::dossier::words::{counted, size};

/// How many files are listed.
const FILES: usize = 60;

/// Says which model this is, and who signed it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Identity {
    pub(super) name: String,
    pub(super) root: Digest,
    pub(super) described: Part<Described>,
    pub(super) files: Part<Files>,
    pub(super) signature: Part<Signature>,
}

/// Holds what an ML-BOM says of the model itself.
#[derive(Serialize)]
pub(super) struct Described {
    pub(super) name: String,
    pub(super) version: Option<String>,
    pub(super) purl: Option<String>,
    pub(super) description: Option<String>,
    pub(super) supplier: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) licenses: Vec<String>,
}

/// Holds the files as they were hashed.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Files {
    bytes: u64,
    algorithm: String,
    layout: &'static str,
    entries: Rows<File>,
}

#[derive(Serialize)]
struct File {
    path: String,
    bytes: u64,
    digest: Digest,
}

impl Identity {
    pub(super) fn of(evidence: &ModelEvidence<'_>) -> Self {
        let model = evidence.bom().and_then(|bom| bom.model());
        let missing = match evidence.bom() {
            Some(_) => "not stated: the ML-BOM describes no model, or several",
            None => "not given: no ML-BOM",
        };
        Self {
            name: evidence.name().to_owned(),
            root: evidence.root(),
            described: Part::of(model.map(Described::of), missing),
            files: Part::of(
                evidence.manifest().map(Files::of),
                "not given: no manifest of the files, so only their root digest is known",
            ),
            signature: Part::of(
                evidence.verification().map(Signature::of),
                "not given: no verification of a signature",
            ),
        }
    }

    /// Returns the version, where the ML-BOM states one.
    pub(super) fn version(&self) -> Option<&str> {
        self.described.given()?.version.as_deref()
    }

    pub(super) fn section(&self) -> Section {
        let mut facts = vec![
            ("Name", Cell::strong(&self.name)),
            ("Version", Cell::stated(self.version())),
            ("Root digest", Cell::code(self.root.to_string())),
        ];
        let mut blocks = Vec::new();
        match &self.described {
            Part::Given(described) => facts.extend(described.facts(&self.name)),
            Part::Missing { text } => blocks.push(Block::Missing((*text).to_owned())),
        }
        if let Some(files) = self.files.given() {
            facts.push(("Files", Cell::text(files.line())));
        }
        blocks.insert(0, Block::Facts(facts));
        blocks.push(Block::note(
            "The root digest stands for every byte of every file (OMS v1.0, section 6.3). Two models \
             with the same root digest have the same files.",
        ));
        Section {
            id: "identity",
            title: "Identity",
            blocks,
        }
    }
}

impl Described {
    fn of(model: &Component) -> Self {
        let owned = |text: Option<&str>| text.map(ToOwned::to_owned);
        let supplier = model.supplier().and_then(|supplier| supplier.name());
        let labels = model.license_labels().into_iter();
        Self {
            name: model.name().to_owned(),
            version: owned(model.version()),
            purl: owned(model.purl()),
            description: owned(model.description()),
            supplier: owned(supplier),
            publisher: owned(model.publisher()),
            licenses: labels.map(ToOwned::to_owned).collect(),
        }
    }

    fn facts(&self, name: &str) -> Vec<(&'static str, Cell)> {
        let mut facts = Vec::new();
        if self.name != name {
            facts.push(("Name in the ML-BOM", Cell::text(&self.name)));
        }
        let purl = self.purl.as_deref();
        facts.extend([
            ("Description", Cell::stated(self.description.as_deref())),
            ("Supplier", Cell::stated(self.supplier.as_deref())),
            ("Publisher", Cell::stated(self.publisher.as_deref())),
            ("Licenses", Cell::lines(&self.licenses)),
            (
                "Package URL",
                purl.map_or_else(|| Cell::stated(None), Cell::code),
            ),
        ]);
        facts
    }
}

impl Files {
    fn of(manifest: &modelward_artifact::Manifest) -> Self {
        Self {
            bytes: manifest.total_size(),
            algorithm: manifest.algorithm().to_string(),
            layout: match manifest.layout() {
                Layout::Files => "files",
                Layout::Shards { .. } => "shards",
            },
            entries: Rows::of(manifest.entries(), FILES, |entry| File {
                path: entry.name().to_string(),
                bytes: entry.size(),
                digest: *entry.digest(),
            }),
        }
    }

    fn line(&self) -> String {
        let entries = match self.layout {
            "files" => counted(self.entries.total(), "file"),
            _ => counted(self.entries.total(), "shard"),
        };
        format!("{entries}, {}, {}", size(self.bytes), self.algorithm)
    }

    pub(super) fn blocks(&self) -> Vec<Block> {
        let columns = [
            ("File", Width::Rest),
            ("Size", Width::Middle),
            ("Digest", Width::Rest),
        ];
        let mut table = Table::new("files", format!("Files: {}", self.line()), &columns);
        for file in self.entries.shown() {
            table.row([
                Cell::strong(&file.path),
                Cell::text(size(file.bytes)),
                Cell::code(file.digest.to_string()),
            ]);
        }
        let mut blocks = vec![Block::Table(table)];
        blocks.extend(self.entries.rest().map(Block::note));
        blocks
    }
}

/// Says that a digest is the one of these files, or of others.
pub(super) fn same(digest: Option<&Digest>, root: &Digest) -> Cell {
    match digest {
        None => Cell::chip(Sign::Unknown, "names no files"),
        Some(digest) if digest == root => Cell::chip(Sign::Good, "these files"),
        Some(digest) => Cell::chip(Sign::Bad, "other files").then(Span::Code(digest.to_string())),
    }
}
