//! Notes where values come from while a document is put together, and writes it into the document.

use std::collections::BTreeMap;

use modelward_artifact::EntryPath;

use crate::generate::claim::Claim;
use crate::generate::weights::WeightSet;
use crate::inspect::{Fact, Location, Origin};
use crate::model::{BomRef, Citation, DateTime, MlBom, Property};
use crate::{Converted, Provenance, SpecVersion};

/// The property under which a document before 1.7 says where a value comes from; the value's JSON
/// pointer follows.
const SOURCE_PROPERTY: &str = "modelward:source:";

/// The `bom-ref` of the tool, which answers for what it counted or concluded.
pub(super) const TOOL: &str = "tool:modelward-bom";

/// The notes of one document.
#[derive(Debug, Default)]
pub(super) struct Sources {
    notes: Vec<Provenance>,
}

impl Sources {
    pub(super) fn note(&mut self, pointer: impl Into<String>, claim: &Claim<'_>) {
        self.said(pointer.into(), claim.path, claim.fact);
    }

    /// Notes what a file says of itself or of the model.
    pub(super) fn said(&mut self, pointer: String, path: &EntryPath, fact: &Fact) {
        self.notes.push(Provenance::of(pointer, path, fact));
    }

    /// Notes what was counted over all bytes of a file.
    pub(super) fn counted(&mut self, pointer: String, path: &EntryPath) {
        let note = Provenance::observed(pointer, Some(path), Location::Whole);
        self.notes.push(note);
    }

    pub(super) fn stated(&mut self, pointer: impl Into<String>) {
        self.notes.push(Provenance::stated(pointer.into()));
    }

    pub(super) fn concluded(&mut self, pointer: impl Into<String>, origin: Origin) {
        self.notes
            .push(Provenance::concluded(pointer.into(), origin));
    }

    /// Notes what was counted in weight files.
    pub(super) fn observed(&mut self, pointer: String, set: &WeightSet<'_>) {
        // A count over several files stands in none of them.
        let file = (set.files == 1).then_some(set.path);
        let note = Provenance::observed(pointer, file, set.location.clone());
        self.notes.push(note);
    }

    /// Returns the notes of which the document has the value: all, where nothing was lost.
    pub(super) fn present(self, document: &Converted) -> Vec<Provenance> {
        let mut notes = self.notes;
        if !document.losses().is_empty() {
            let document = document.bom().to_value();
            notes.retain(|note| document.pointer(note.pointer()).is_some());
        }
        notes
    }
}

/// Writes the notes into the document: as citations where its version has them and it bears a time,
/// which a citation cannot be without; otherwise as properties.
pub(super) fn attach(bom: MlBom, notes: &[Provenance], timestamp: Option<DateTime>) -> MlBom {
    match timestamp.filter(|_| bom.spec_version() >= SpecVersion::V1_7) {
        Some(timestamp) => {
            let citations = citations(notes, &timestamp);
            bom.with_citations(citations)
        }
        None => {
            let property = |note: &Provenance| {
                let name = format!("{SOURCE_PROPERTY}{}", note.pointer());
                Property::new(name).with_value(note.line())
            };
            bom.with_properties(notes.iter().map(property).collect::<Vec<_>>())
        }
    }
}

fn citations(notes: &[Provenance], timestamp: &DateTime) -> Vec<Citation> {
    let mut groups: BTreeMap<(Option<&str>, String), Vec<&str>> = BTreeMap::new();
    for note in notes {
        let group = groups.entry((note.file(), note.line())).or_default();
        group.push(note.pointer());
    }
    let citation = |((file, line), pointers): ((Option<&str>, String), Vec<&str>)| {
        let by = file.map_or_else(
            || BomRef::new(TOOL).ok(),
            |file| Some(BomRef::of("file", file)),
        );
        let citation = Citation::of_pointers(timestamp.clone(), by?, pointers)?;
        Some(citation.with_note(line))
    };
    groups.into_iter().filter_map(citation).collect()
}
