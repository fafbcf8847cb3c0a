use std::collections::BTreeSet;

use modelward_artifact::Digest;
use modelward_bom::model::{ComponentData, DatasetChoice};
use modelward_bom::{Component, ComponentKind, MlBom};
use serde::Serialize;

use crate::ModelEvidence;
use crate::dossier::block::{Block, Cell, Section, Span, Table, Width};
use crate::dossier::identity::Identity;
use crate::dossier::part::{Part, Rows};
use crate::dossier::words::title;

/// How many rows each list of parts has at most.
const PARTS: usize = 60;

/// Says what the model is made of.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Materials {
    base_models: Rows<Piece>,
    datasets: Rows<Piece>,
    components: Rows<Piece>,
    document: Document,
}

/// Names the ML-BOM.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document {
    spec_version: &'static str,
    serial: Option<String>,
    version: Option<String>,
}

/// Describes one thing that the model is made of.
#[derive(Clone, Serialize)]
struct Piece {
    kind: String,
    name: String,
    version: Option<String>,
    purl: Option<String>,
    licenses: Vec<String>,
    digest: Option<Digest>,
    note: Option<String>,
}

impl Materials {
    pub(super) fn of(evidence: &ModelEvidence<'_>) -> Part<Self> {
        let bom = evidence.bom();
        Part::of(bom.map(Self::of_bom), "not given: no ML-BOM")
    }

    fn of_bom(bom: &MlBom) -> Self {
        let model = bom.model();
        let bases: Vec<_> = model.map_or(&[][..], Component::ancestors).iter().collect();
        let refs = model.map_or_else(BTreeSet::new, Component::dataset_refs);
        let is_data = |it: &&Component| {
            it.kind() == ComponentKind::Data || it.bom_ref().is_some_and(|name| refs.contains(name))
        };
        let all = bom.all_components().into_iter();
        let others = all.filter(|it| {
            it.kind() != ComponentKind::File && model.is_none_or(|model| !std::ptr::eq(model, *it))
        });
        let (data, others): (Vec<_>, Vec<_>) = others.partition(is_data);
        let mut datasets: Vec<_> = data.into_iter().map(Piece::of).collect();
        datasets.extend(model.map_or_else(Vec::new, inline));
        Self {
            base_models: Rows::of(&bases, PARTS, |it| Piece::of(it)),
            datasets: Rows::of(&datasets, PARTS, Piece::clone),
            components: Rows::of(&others, PARTS, |it| Piece::of(it)),
            document: Document {
                spec_version: bom.spec_version().name(),
                serial: bom.serial_number().map(ToOwned::to_owned),
                version: bom.version().map(|it| it.as_number().to_string()),
            },
        }
    }

    fn blocks(&self) -> Vec<Block> {
        let lists = [
            ("base-models", "Base models", &self.base_models),
            ("datasets", "Datasets", &self.datasets),
            ("components", "Other components", &self.components),
        ];
        let mut blocks = Vec::new();
        for (id, caption, pieces) in lists {
            if pieces.total() == 0 {
                let what = caption.to_lowercase();
                blocks.push(Block::Missing(format!(
                    "not stated: the ML-BOM names no {what}"
                )));
                continue;
            }
            let caption = format!("{caption}: {}", pieces.total());
            blocks.push(Block::Table(table(id, caption, pieces.shown())));
            blocks.extend(pieces.rest().map(Block::note));
        }
        blocks.push(Block::Note(self.document.cell()));
        blocks
    }
}

impl Document {
    fn cell(&self) -> Cell {
        let version = self.version.as_deref().unwrap_or("not stated");
        let text = format!(
            "CycloneDX {}, version {version} of the document",
            self.spec_version
        );
        let cell = Cell::text(format!("ML-BOM: {text}, serial number"));
        match &self.serial {
            Some(serial) => cell.with(Span::Code(serial.clone())),
            None => cell.with(Span::Text("not stated".to_owned())),
        }
    }
}

impl Piece {
    fn of(component: &Component) -> Self {
        let owned = |text: Option<&str>| text.map(ToOwned::to_owned);
        let labels = component.license_labels().into_iter();
        Self {
            kind: title(component.kind().name()),
            name: component.name().to_owned(),
            version: owned(component.version().or(component.version_range())),
            purl: owned(component.purl()),
            licenses: labels.map(ToOwned::to_owned).collect(),
            digest: component.digests().first().copied(),
            note: owned(component.description()),
        }
    }

    fn of_data(data: &ComponentData) -> Self {
        let owned = |text: Option<&str>| text.map(ToOwned::to_owned);
        Self {
            kind: title(data.kind().name()),
            name: data
                .name()
                .or(data.bom_ref())
                .unwrap_or("without a name")
                .to_owned(),
            version: None,
            purl: owned(data.contents().and_then(|contents| contents.url())),
            licenses: Vec::new(),
            digest: None,
            note: owned(data.description()),
        }
    }
}

/// Returns the datasets that the model card describes in place.
fn inline(model: &Component) -> Vec<Piece> {
    let parameters = model.model_card().and_then(|card| card.model_parameters());
    let datasets = parameters.map_or(&[][..], |parameters| parameters.datasets());
    let inline = datasets.iter().filter_map(|dataset| match dataset {
        DatasetChoice::Inline(data) => Some(Piece::of_data(data)),
        DatasetChoice::Reference(_) => None,
    });
    inline.collect()
}

fn table(id: &'static str, caption: String, pieces: &[Piece]) -> Table {
    let columns = [
        ("Name", Width::Rest),
        ("Kind", Width::Middle),
        ("Version", Width::Middle),
        ("Licenses", Width::Middle),
        ("Digest", Width::Rest),
    ];
    let mut table = Table::new(id, caption, &columns);
    for piece in pieces {
        let name = Cell::strong(&piece.name);
        let name = piece
            .purl
            .iter()
            .fold(name, |cell, purl| cell.then(Span::Code(purl.clone())));
        let name = piece
            .note
            .iter()
            .fold(name, |cell, note| cell.soft(note.clone()));
        let digest = piece.digest.map(|digest| Cell::code(digest.to_string()));
        table.row([
            name,
            Cell::text(&piece.kind),
            Cell::stated(piece.version.as_deref()),
            Cell::lines(&piece.licenses),
            digest.unwrap_or_else(|| Cell::stated(None)),
        ]);
    }
    table
}

/// Lays out the section on materials, with the files.
pub(super) fn section(materials: &Part<Materials>, identity: &Identity) -> Section {
    let mut blocks = match materials {
        Part::Given(materials) => materials.blocks(),
        Part::Missing { text } => vec![
            Block::Missing((*text).to_owned()),
            Block::text("Base models, datasets and other components are not known."),
        ],
    };
    match &identity.files {
        Part::Given(files) => blocks.extend(files.blocks()),
        Part::Missing { text } => blocks.push(Block::Missing((*text).to_owned())),
    }
    Section {
        id: "materials",
        title: "What it is made of",
        blocks,
    }
}
