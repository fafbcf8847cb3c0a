//! The components of a generated document: files, datasets, libraries, base models.

use std::collections::BTreeSet;

use modelward_artifact::Entry;

use crate::generate::claim::{Claim, Claims};
use crate::generate::survey::SurveyedFile;
use crate::hash::write_hash;
use crate::inspect::{Aspect, Fact};
use crate::model::{BomRef, Component, ComponentData, ComponentKind, DataKind, Property, Version};
use crate::purl;

/// How many facts of one kind a file's component lists; the count of all is listed beside them.
const MAX_LISTED: usize = 256;

/// A component, and who says that it belongs to the model.
pub(super) struct Part<'a> {
    pub(super) component: Component,
    pub(super) claim: Claim<'a>,
}

impl Part<'_> {
    pub(super) fn bom_ref(&self) -> Option<BomRef> {
        BomRef::new(self.component.bom_ref()?).ok()
    }
}

/// A file of the model with its digest, and what its own bytes show.
pub(super) struct FilePart<'a> {
    pub(super) component: Component,
    /// For each property that is said in the file, its index and the fact.
    pub(super) said: Vec<(usize, &'a Fact)>,
}

pub(super) fn file<'a>(entry: &Entry, surveyed: Option<&'a SurveyedFile>) -> FilePart<'a> {
    let path = entry.path().as_str();
    let mut properties =
        vec![Property::new("modelward:file:size").with_value(entry.size().to_string())];
    let mut said = Vec::new();
    if let Some(surveyed) = surveyed {
        let format = surveyed.inspection.format();
        properties.push(Property::new("modelward:file:format").with_value(format.name()));
        if format.holds_weights() {
            list(surveyed.inspection.facts(), &mut properties, &mut said);
        }
    }
    let component = Component::new(ComponentKind::File, path)
        .with_bom_ref(BomRef::of("file", path))
        .with_properties(properties);
    let component = match write_hash(entry.digest()) {
        Some(hash) => component.with_hashes([hash]),
        None => component,
    };
    FilePart { component, said }
}

/// What the file of weights shows, under names of its own: it is about the file, not the model.
const LISTED: [(Aspect, &str); 10] = [
    (Aspect::FormatVersion, "modelward:file:format-version"),
    (Aspect::Tool, "modelward:file:tool"),
    (Aspect::ParameterCount, "cdx:ai-ml:model:parameter:count"),
    (Aspect::TensorCount, "modelward:tensor:count"),
    (Aspect::ElementType, "modelward:tensor:type"),
    (
        Aspect::Quantization,
        "cdx:ai-ml:model:hyperparameter:quantization",
    ),
    (Aspect::ChatTemplate, "modelward:chat-template:sha256"),
    (Aspect::ExternalFile, "modelward:file:external"),
    (Aspect::Operator, "modelward:operator"),
    (Aspect::Import, "modelward:import"),
];

fn list<'a>(facts: &'a [Fact], properties: &mut Vec<Property>, said: &mut Vec<(usize, &'a Fact)>) {
    for (aspect, name) in LISTED {
        let mut seen = BTreeSet::new();
        let about = facts.iter().filter(|fact| *fact.aspect() == aspect);
        let mut different = about.filter(|fact| seen.insert(fact.value()));
        for fact in different.by_ref().take(MAX_LISTED) {
            said.push((properties.len(), fact));
            properties.push(Property::new(name).with_value(fact.value()));
        }
        let more = different.count();
        if more > 0 {
            let value = format!("and {more} more");
            properties.push(Property::new(name).with_value(value));
        }
    }
}

/// The datasets that are named, each once.
pub(super) fn datasets<'a>(claims: &Claims<'a>) -> Vec<Part<'a>> {
    let dataset = |claim: Claim<'a>| {
        let name = claim.value();
        let data = ComponentData::new(DataKind::Dataset).with_name(name);
        let component = Component::new(ComponentKind::Data, name)
            .with_bom_ref(BomRef::of("dataset", name))
            .with_data([data]);
        Part { component, claim }
    };
    claims
        .unique(&Aspect::Dataset)
        .into_iter()
        .map(dataset)
        .collect()
}

/// The libraries that are needed, each once.
pub(super) fn libraries<'a>(claims: &Claims<'a>) -> Vec<Part<'a>> {
    let mut kept: Vec<Part<'a>> = Vec::new();
    for claim in claims.about(&Aspect::Library) {
        let component = library(&claim);
        let known = |part: &Part<'_>| part.component.bom_ref() == component.bom_ref();
        if !kept.iter().any(known) {
            kept.push(Part { component, claim });
        }
    }
    kept
}

/// A library by its requirement: `torch==2.4.0` has a version, `torch>=2` a range that is kept as it
/// is written.
fn library(claim: &Claim<'_>) -> Component {
    let requirement = claim.value().trim();
    let end = requirement
        .find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '_')))
        .unwrap_or(requirement.len());
    let (name, specifier) = requirement.split_at(end);
    let name = if name.is_empty() { requirement } else { name };
    let specifier = specifier.trim();
    let pinned = specifier
        .strip_prefix("==")
        .map(str::trim)
        .filter(|version| {
            version
                .bytes()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, b'.' | b'+' | b'!' | b'-' | b'_'))
        });
    let mut component =
        Component::new(ComponentKind::Library, name).with_bom_ref(BomRef::of("library", name));
    if let Some(version) = pinned.and_then(|version| Version::new(version).ok()) {
        component = component.with_version(version);
    } else if !specifier.is_empty() {
        let property = Property::new("modelward:requirement").with_value(requirement);
        component = component.with_properties([property]);
    }
    match purl::python(name, pinned).filter(|_| claim.format.is_python()) {
        Some(purl) => component.with_purl(purl),
        None => component,
    }
}

/// The models that this one was made from. A package URL stands only where the name is one of
/// Hugging Face's form.
pub(super) fn ancestors<'a>(claims: &Claims<'a>) -> Vec<Part<'a>> {
    let mut kept: Vec<Part<'a>> = Vec::new();
    for claim in claims.about(&Aspect::BaseModel) {
        let name = claim
            .value()
            .trim()
            .trim_start_matches("https://huggingface.co/")
            .trim_end_matches('/');
        let mut component = Component::new(ComponentKind::MachineLearningModel, name)
            .with_bom_ref(BomRef::of("base", name));
        if let Some(purl) = purl::huggingface(name, None) {
            component = component.with_purl(purl);
        }
        let known = |part: &Part<'_>| part.component.bom_ref() == component.bom_ref();
        if !name.is_empty() && !kept.iter().any(known) {
            kept.push(Part { component, claim });
        }
    }
    kept
}
