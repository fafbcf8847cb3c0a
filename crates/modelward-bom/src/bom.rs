use std::collections::BTreeSet;

use modelward_artifact::{Finding, JsonLimits, json};
use serde_json::Value;

use crate::component::{Component, ComponentKind};
use crate::{ReadBomError, unknown};

/// Holds an ML-BOM: a CycloneDX 1.6 document about one model.
///
/// - The document's subject (`metadata.component`) is a machine-learning model.
/// - Every component has a kind and a name; no `bom-ref` stands twice.
/// - Every dependency is between components of the document.
///
/// Members that this crate does not know are kept as they are.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct MlBom {
    document: Value,
}

/// States that one component needs others.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Dependency<'a> {
    dependent: &'a str,
    dependencies: Vec<&'a str>,
}

impl<'a> Dependency<'a> {
    /// Returns the `bom-ref` of what needs the others.
    #[must_use]
    pub const fn dependent(&self) -> &'a str {
        self.dependent
    }

    /// Returns the `bom-ref` of each that it needs.
    #[must_use]
    pub fn dependencies(&self) -> &[&'a str] {
        &self.dependencies
    }
}

impl MlBom {
    /// Reads an ML-BOM.
    ///
    /// # Errors
    ///
    /// [`ReadBomError`] where the text is not strict JSON, not CycloneDX 1.6, not about a model, or
    /// contradicts itself.
    pub fn read(bytes: &[u8], limits: &JsonLimits) -> Result<Self, ReadBomError> {
        Self::from_value(json::read(bytes, limits)?)
    }

    /// Takes a document that was read elsewhere.
    ///
    /// # Errors
    ///
    /// As of [`MlBom::read`], but for what concerns the text.
    pub fn from_value(document: Value) -> Result<Self, ReadBomError> {
        expect(&document, "bomFormat", "CycloneDX")?;
        expect(&document, "specVersion", "1.6")?;
        let bom = Self { document };
        bom.check_components()?;
        bom.check_dependencies()?;
        Ok(bom)
    }

    /// Writes the document: members sorted, the same bytes for the same document.
    ///
    /// # Panics
    ///
    /// Never: the document is JSON.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        json::pretty(&self.document).expect("the document is JSON")
    }

    /// Returns the document.
    #[must_use]
    pub const fn as_value(&self) -> &Value {
        &self.document
    }

    /// Returns the serial number, such as `urn:uuid:..`, if the document has one.
    #[must_use]
    pub fn serial_number(&self) -> Option<&str> {
        self.document.get("serialNumber")?.as_str()
    }

    /// Returns the model that the document is about.
    ///
    /// # Panics
    ///
    /// Never: a document without one is not made.
    #[must_use]
    pub fn model(&self) -> Component<'_> {
        Component::of(&self.document["metadata"]["component"]).expect("checked when it was made")
    }

    /// Returns every component: the model, then what it is made of and what it stands on.
    ///
    /// Base models are not among them: see [`MlBom::ancestors`].
    #[must_use]
    pub fn components(&self) -> Vec<Component<'_>> {
        let mut found = Vec::new();
        let mut pending: Vec<&Value> = self.top_level().collect();
        pending.reverse();
        while let Some(value) = pending.pop() {
            let nested = value.get("components").and_then(Value::as_array);
            pending.extend(nested.into_iter().flatten().rev());
            found.extend(Component::of(value));
        }
        found
    }

    /// Returns the files that the model consists of.
    #[must_use]
    pub fn files(&self) -> Vec<Component<'_>> {
        let nested = self.model().list("components").iter();
        nested
            .filter_map(|value| Component::of(value).ok())
            .filter(|component| component.kind() == ComponentKind::File)
            .collect()
    }

    /// Returns the models that this one was made from (`pedigree.ancestors`).
    #[must_use]
    pub fn ancestors(&self) -> Vec<Component<'_>> {
        let ancestors = self.document["metadata"]["component"]["pedigree"]["ancestors"].as_array();
        let all = ancestors.into_iter().flatten();
        all.filter_map(|value| Component::of(value).ok()).collect()
    }

    /// Returns the `bom-ref` of every dataset that the model card names.
    #[must_use]
    pub fn dataset_refs(&self) -> BTreeSet<&str> {
        let card = &self.document["metadata"]["component"]["modelCard"];
        let datasets = card["modelParameters"]["datasets"].as_array();
        let named = datasets
            .into_iter()
            .flatten()
            .filter_map(|dataset| dataset.get("ref").or(dataset.get("bom-ref"))?.as_str());
        named.collect()
    }

    /// Returns the dependencies as they are written.
    #[must_use]
    pub fn dependencies(&self) -> Vec<Dependency<'_>> {
        let written = self.document.get("dependencies").and_then(Value::as_array);
        written
            .into_iter()
            .flatten()
            .filter_map(|value| {
                let on = value.get("dependsOn").and_then(Value::as_array);
                Some(Dependency {
                    dependent: value.get("ref")?.as_str()?,
                    dependencies: on.into_iter().flatten().filter_map(Value::as_str).collect(),
                })
            })
            .collect()
    }

    /// Lists what a reader needs to know of a model and this document does not say.
    #[must_use]
    pub fn unknowns(&self) -> Vec<Finding> {
        unknown::of(self)
    }

    fn top_level(&self) -> impl Iterator<Item = &Value> {
        let others = self.document.get("components").and_then(Value::as_array);
        let subject = &self.document["metadata"]["component"];
        std::iter::once(subject).chain(others.into_iter().flatten())
    }

    fn check_components(&self) -> Result<(), ReadBomError> {
        let subject = &self.document["metadata"]["component"];
        let about_a_model = Component::of(subject)
            .is_ok_and(|component| component.kind() == ComponentKind::MachineLearningModel);
        if !about_a_model {
            return Err(ReadBomError::NoModel);
        }
        let ancestors = subject["pedigree"]["ancestors"].as_array();
        let mut pending: Vec<&Value> = self.top_level().collect();
        pending.extend(ancestors.into_iter().flatten());
        let mut seen = BTreeSet::new();
        while let Some(value) = pending.pop() {
            let component = Component::of(value).map_err(|member| ReadBomError::Component {
                name: value["name"].as_str().unwrap_or_default().to_owned(),
                member,
            })?;
            if let Some(bom_ref) = component.bom_ref()
                && !seen.insert(bom_ref)
            {
                return Err(ReadBomError::Duplicate {
                    bom_ref: bom_ref.to_owned(),
                });
            }
            pending.extend(component.list("components"));
        }
        Ok(())
    }

    fn check_dependencies(&self) -> Result<(), ReadBomError> {
        let services = self.document.get("services").and_then(Value::as_array);
        let mut known: BTreeSet<&str> = self
            .components()
            .iter()
            .filter_map(Component::bom_ref)
            .collect();
        known.extend(self.ancestors().iter().filter_map(Component::bom_ref));
        let refs = services
            .into_iter()
            .flatten()
            .filter_map(|service| service["bom-ref"].as_str());
        known.extend(refs);
        for dependency in self.dependencies() {
            let both = std::iter::once(&dependency.dependent).chain(&dependency.dependencies);
            if let Some(dangling) = both.copied().find(|bom_ref| !known.contains(bom_ref)) {
                return Err(ReadBomError::Dangling {
                    bom_ref: dangling.to_owned(),
                });
            }
        }
        Ok(())
    }
}

fn expect(
    document: &Value,
    member: &'static str,
    expected: &'static str,
) -> Result<(), ReadBomError> {
    let found = document.get(member).and_then(Value::as_str);
    if found == Some(expected) {
        return Ok(());
    }
    Err(ReadBomError::Format {
        member,
        expected,
        found: found.unwrap_or_default().to_owned(),
    })
}
