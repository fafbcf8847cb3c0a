//! What a document says of models, without walking it by hand.

use std::collections::BTreeSet;

use modelward_artifact::{Digest, Finding};

use crate::hash::read_hash;
use crate::model::{Component, ComponentKind, DatasetChoice, LicenseChoice, MlBom, Property};
use crate::unknown;

impl MlBom {
    /// Returns what the document is about, if it says so (`metadata.component`).
    #[must_use]
    pub fn subject(&self) -> Option<&Component> {
        self.metadata()?.component()
    }

    /// Returns the model that the document is about, or else the only model in it.
    #[must_use]
    pub fn model(&self) -> Option<&Component> {
        let is_model = |component: &&Component| component.is_model();
        if let Some(subject) = self.subject().filter(is_model) {
            return Some(subject);
        }
        let mut models = self.all_components().into_iter().filter(is_model);
        models.next().filter(|_| models.next().is_none())
    }

    /// Returns every component with those inside it, in the order of the document: first what the
    /// document is about.
    ///
    /// Base models are not among them, nor are tools: see [`Component::pedigree`].
    #[must_use]
    pub fn all_components(&self) -> Vec<&Component> {
        let mut found = Vec::new();
        let top = self.subject().into_iter().chain(self.components());
        let mut pending: Vec<&Component> = top.collect();
        pending.reverse();
        while let Some(component) = pending.pop() {
            pending.extend(component.components().iter().rev());
            found.push(component);
        }
        found
    }

    /// Lists what a reader needs to know of a model and this document does not say.
    #[must_use]
    pub fn unknowns(&self) -> Vec<Finding> {
        unknown::of(self)
    }
}

impl Component {
    /// Tells whether this is a model.
    #[must_use]
    pub fn is_model(&self) -> bool {
        self.kind() == ComponentKind::MachineLearningModel
    }

    /// Returns the files that the component consists of.
    #[must_use]
    pub fn files(&self) -> Vec<&Self> {
        let is_file = |component: &&Self| component.kind() == ComponentKind::File;
        self.components().iter().filter(is_file).collect()
    }

    /// Returns what the component was made from, such as base models (`pedigree.ancestors`).
    #[must_use]
    pub fn ancestors(&self) -> &[Self] {
        self.pedigree().map_or(&[], |pedigree| pedigree.ancestors())
    }

    /// Returns the digests by functions that modelward computes.
    #[must_use]
    pub fn digests(&self) -> Vec<Digest> {
        self.hashes().iter().filter_map(read_hash).collect()
    }

    /// Returns each license as its identifier, expression or name.
    #[must_use]
    pub fn license_labels(&self) -> Vec<&str> {
        self.licenses().iter().map(LicenseChoice::label).collect()
    }

    /// Returns the version where it is a semantic version.
    #[must_use]
    pub fn semantic_version(&self) -> Option<semver::Version> {
        let version = self.version()?;
        semver::Version::parse(version.strip_prefix('v').unwrap_or(version)).ok()
    }

    /// Returns the `bom-ref` of every dataset that the model card refers to or describes.
    #[must_use]
    pub fn dataset_refs(&self) -> BTreeSet<&str> {
        let parameters = self.model_card().and_then(|card| card.model_parameters());
        let datasets = parameters.map_or(&[][..], |parameters| parameters.datasets());
        datasets
            .iter()
            .filter_map(|dataset| match dataset {
                DatasetChoice::Inline(data) => data.bom_ref(),
                DatasetChoice::Reference(reference) => Some(reference.reference()),
            })
            .collect()
    }

    /// Returns the values of a property, of the component and of its model card.
    #[must_use]
    pub fn property_values(&self, name: &str) -> Vec<&str> {
        let card = self.model_card().map_or(&[][..], |card| card.properties());
        self.properties()
            .iter()
            .chain(card)
            .filter(|property| property.name() == name)
            .filter_map(Property::value)
            .collect()
    }
}
