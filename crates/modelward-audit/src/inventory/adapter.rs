use std::collections::BTreeSet;

use modelward_artifact::escape::Terminal;
use modelward_artifact::{Digest, ParseTextError, Text, Timestamp, Verdict};
use modelward_bom::model::{DatasetChoice, Formula, OrganizationalEntity, Service};
use modelward_bom::{Component, ComponentKind, MlBom};
use modelward_sign::{Bundle, VerifiedModel};
use serde_json::Map;
use thiserror::Error;

use super::entry::InventoryEntry;
use super::fact::{AuditQuestion, Claim};
use super::id::EntryId;
use super::material::{Material, MaterialRole};
use super::record::{SignatureOutcome, SignatureRecord};
use crate::lineage::ROOT_PROPERTY;

impl InventoryEntry {
    /// Describes the model that an ML-BOM is about.
    ///
    /// | what | from where |
    /// |---|---|
    /// | name, version, package URL, licenses | the model |
    /// | root digest | the property `modelward:manifest:root` |
    /// | origin | the supplier, else the manufacturer, else the publisher |
    /// | build process | the names of the workflows of `formulation` |
    /// | connections | the names of the services |
    /// | system operation | the use cases of the model card |
    /// | materials | components, base models and datasets; no files |
    ///
    /// CycloneDX has no place for the owner of a model and its bearing on decisions: they stay unknown
    /// until somebody states them.
    ///
    /// # Errors
    ///
    /// [`EntryOfBomError`] where the document is not about one model, does not state its version, or a
    /// text of it cannot stand in an inventory.
    pub fn of_bom(id: EntryId, bom: &MlBom, at: Timestamp) -> Result<Self, EntryOfBomError> {
        let model = bom.model().ok_or(EntryOfBomError::NoModel)?;
        let version = model.version().ok_or(EntryOfBomError::NoVersion)?;
        let name = text("name", model.name())?;
        let mut entry = Self::new(id, name, text("version", version)?, at);
        entry.0.bom = Some(Digest::sha256(&bom.to_json()));
        let root = model.property_values(ROOT_PROPERTY);
        entry.0.root = root.first().and_then(|root| root.parse().ok());
        entry.0.purl = model.purl().map(str::to_owned);
        entry.0.licenses = owned(&model.license_labels());
        entry.0.materials = materials(bom, model);
        for (question, place, said) in said(bom, model) {
            if !said.is_empty() {
                let value = text(place, &said)?;
                let source = text(place, &format!("ML-BOM {place}"))?;
                entry
                    .0
                    .answers
                    .of_mut(question)
                    .add(Claim::new(value, source));
            }
        }
        Ok(entry)
    }

    /// Records how the check of a bundle's signature ended.
    #[must_use]
    pub fn with_verification(
        mut self,
        bundle: &Bundle,
        verdict: &Verdict<VerifiedModel>,
        checked_at: Timestamp,
    ) -> Self {
        let (outcome, verified, findings) = match verdict {
            Verdict::Verified(model) => (SignatureOutcome::Verified, Some(model), model.warnings()),
            Verdict::Rejected(findings) => (SignatureOutcome::Refused, None, findings.as_slice()),
        };
        let findings: BTreeSet<_> = findings.iter().map(|it| it.code().to_owned()).collect();
        self.0.signature = Some(SignatureRecord {
            outcome,
            checked_at,
            bundle: Digest::sha256(&bundle.to_json()),
            signer: verified.map(|model| model.signed_by().key_digest()),
            root: verified.map(|model| model.manifest().root()),
            findings: findings.into_iter().collect(),
            other: Map::new(),
        });
        self
    }
}

/// Returns what the document says to which question, and where; empty where it says nothing.
fn said(bom: &MlBom, model: &Component) -> [(AuditQuestion, &'static str, String); 4] {
    let named = |it: Option<&OrganizationalEntity>| it.and_then(|it| it.name()).map(str::to_owned);
    let publisher = || model.publisher().map(str::to_owned);
    let origin = [
        ("metadata.component.supplier", named(model.supplier())),
        (
            "metadata.component.manufacturer",
            named(model.manufacturer()),
        ),
        ("metadata.component.publisher", publisher()),
    ];
    let origin = origin
        .into_iter()
        .find_map(|(place, name)| Some((place, name?)));
    let (place, origin) = origin.unwrap_or_default();
    let workflows = bom.formulation().iter().flat_map(Formula::workflows);
    let workflows = workflows.map(|it| it.name().unwrap_or(it.uid()));
    let services = bom.services().iter().map(Service::name);
    let considerations = model.model_card().and_then(|card| card.considerations());
    let uses = considerations.map_or(&[][..], |it| it.use_cases());
    [
        (AuditQuestion::Origin, place, origin),
        (
            AuditQuestion::BuildProcess,
            "formulation.workflows",
            joined(workflows),
        ),
        (AuditQuestion::Connections, "services", joined(services)),
        (
            AuditQuestion::SystemOperation,
            "modelCard.considerations.useCases",
            joined(uses.iter().map(String::as_str)),
        ),
    ]
}

fn materials(bom: &MlBom, model: &Component) -> Vec<Material> {
    let datasets = model.dataset_refs();
    let components = bom.all_components().into_iter();
    let others =
        components.filter(|it| !std::ptr::eq(*it, model) && it.kind() != ComponentKind::File);
    let mut materials: Vec<_> = others
        .map(|it| {
            let is_named = it.bom_ref().is_some_and(|name| datasets.contains(name));
            if is_named || it.kind() == ComponentKind::Data {
                material(MaterialRole::Dataset, it)
            } else {
                material(MaterialRole::Component, it)
            }
        })
        .collect();
    let ancestors = model.ancestors().iter();
    materials.extend(ancestors.map(|it| material(MaterialRole::BaseModel, it)));
    let parameters = model.model_card().and_then(|card| card.model_parameters());
    let inline = parameters.map_or(&[][..], |it| it.datasets());
    materials.extend(inline.iter().filter_map(|dataset| {
        let DatasetChoice::Inline(data) = dataset else {
            return None;
        };
        let name = data.name().or(data.bom_ref()).unwrap_or_default();
        let mut material = Material::new(MaterialRole::Dataset, name);
        material.bom_ref = data.bom_ref().map(str::to_owned);
        Some(material)
    }));
    materials
}

fn material(role: MaterialRole, component: &Component) -> Material {
    let mut material = Material::new(role, component.name());
    material.version = component.version().map(str::to_owned);
    material.purl = component.purl().map(str::to_owned);
    material.bom_ref = component.bom_ref().map(str::to_owned);
    material.digests = component.digests();
    material.licenses = owned(&component.license_labels());
    material
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&it| it.to_owned()).collect()
}

fn joined<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let texts: Vec<_> = texts.filter(|it| !it.trim().is_empty()).collect();
    texts.join("; ")
}

fn text(member: &'static str, text: &str) -> Result<Text, EntryOfBomError> {
    text.parse().map_err(|source| EntryOfBomError::Text {
        member,
        text: text.chars().take(100).collect(),
        source,
    })
}

/// Says why an ML-BOM does not make an entry of an inventory.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[non_exhaustive]
pub enum EntryOfBomError {
    /// The document is not about one model.
    #[error("the document is not about one machine-learning model")]
    NoModel,
    /// The document does not state the version of its model.
    #[error("the document does not state the version of its model")]
    NoVersion,
    /// A text cannot stand in an inventory.
    #[error("the {member} `{}` cannot stand in an inventory", Terminal(text))]
    Text {
        /// Where it stands in the document.
        member: &'static str,
        /// Its beginning.
        text: String,
        /// What is wrong with it.
        source: ParseTextError,
    },
}

impl EntryOfBomError {
    /// Returns the stable code of this error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoModel => "audit.inventory.bom.no_model",
            Self::NoVersion => "audit.inventory.bom.no_version",
            Self::Text { .. } => "audit.inventory.bom.text",
        }
    }
}
