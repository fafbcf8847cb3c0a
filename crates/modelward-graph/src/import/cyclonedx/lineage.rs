//! Nesting, pedigree and model cards.

use super::describe::properties;
use super::{Reader, Within};
use crate::import::hugging_face::derivation_of;
use crate::{BuildGraphError, Derivation, NodeKind, Relation};

impl Reader<'_, '_> {
    pub(super) fn relate_lineage(&mut self) -> Result<(), BuildGraphError> {
        for number in 0..self.elements.len() {
            if self.is_tool(number) {
                continue;
            }
            self.relate_within(number)?;
            self.relate_datasets(number)?;
        }
        Ok(())
    }

    /// Relates an element to the one that it stands in.
    fn relate_within(&mut self, number: usize) -> Result<(), BuildGraphError> {
        let element = &self.elements[number];
        let Some((outer, within)) = element.within else {
            return Ok(());
        };
        let at = element.at;
        let (from, relation, to) = match within {
            Within::Ancestor => (outer, self.derived(outer, number), number),
            Within::Dataset => (outer, Relation::TrainedOn, number),
            Within::Descendant => (number, self.derived(number, outer), outer),
            Within::Part => (outer, Relation::Contains, number),
            // Nobody knows which of the two came from the other, or both from a third.
            Within::Variant => return Ok(()),
        };
        let (from, to) = (self.id(from), self.id(to));
        if within != Within::Part {
            self.lineage.insert((from.clone(), to.clone()), relation);
        }
        let place = self.trail.place(at);
        self.relate(&from, relation, &to, &place)
    }

    /// Relates a model to the data sets that its card refers to.
    fn relate_datasets(&mut self, number: usize) -> Result<(), BuildGraphError> {
        let element = &self.elements[number];
        let (value, at) = (element.value, element.at);
        let datasets = &value["modelCard"]["modelParameters"]["datasets"];
        let id = self.id(number);
        let place = self.trail.place(at);
        for (index, dataset) in datasets.as_array().into_iter().flatten().enumerate() {
            let place = format_args!("{place}/modelCard/modelParameters/datasets/{index}");
            let name = dataset.as_str().or_else(|| dataset["ref"].as_str());
            let Some(name) = name else {
                if !dataset["ref"].is_null() {
                    self.out.malformed(&place, "expected a text in `ref`");
                }
                continue;
            };
            for end in self.resolve(name, &place)? {
                let pair = (id.clone(), end.id.clone());
                self.lineage.insert(pair, Relation::TrainedOn);
                self.relate(&id, Relation::TrainedOn, &end.id, &place)?;
            }
        }
        Ok(())
    }

    /// Returns how one component came from another, as far as either of them tells.
    fn derived(&self, derived: usize, base: usize) -> Relation {
        let of_derived = self.stated_derivation(derived);
        let stated = of_derived.or_else(|| self.stated_derivation(base));
        Relation::DerivedFrom(stated.unwrap_or(Derivation::Unspecified))
    }

    /// Reads how a component came from its base: a property whose name ends in
    /// `base_model_relation` or `tune_method` in any spelling, or a tag of the Hub.
    fn stated_derivation(&self, number: usize) -> Option<Derivation> {
        let value = self.elements[number].value;
        let mut found = properties(value).filter_map(|(name, stated)| {
            let last = name.rsplit(':').next().unwrap_or(name);
            let letters = last.chars().filter(char::is_ascii_alphanumeric);
            let name: String = letters.collect();
            match name.to_ascii_lowercase().as_str() {
                "basemodelrelation" => derivation_of(stated),
                "tunemethod" | "tuningmethod" => tuning(stated),
                _ => None,
            }
        });
        let tags = value["tags"].as_array().into_iter().flatten();
        let tags = tags.filter_map(|tag| tag.as_str()?.strip_prefix("base_model:"));
        let mut tags = tags.filter_map(|tag| derivation_of(tag.split(':').next()?));
        found.next().or_else(|| tags.next())
    }

    /// Tells whether a model says of itself that it is an adapter.
    pub(super) fn is_adapter(&self, number: usize) -> bool {
        self.stated_derivation(number) == Some(Derivation::Adapter)
    }

    /// Tells whether the target of a dependency is data that the dependent learned from.
    pub(super) fn learns(from: NodeKind, to: NodeKind) -> bool {
        let learner = [NodeKind::Adapter, NodeKind::Model, NodeKind::TrainingRun].contains(&from);
        learner && to == NodeKind::Dataset
    }
}

/// Reads a method of the taxonomy `cdx:ai-ml:model:parameter:tune_method`.
fn tuning(method: &str) -> Option<Derivation> {
    match method.to_ascii_lowercase().as_str() {
        "adapter" | "alora" | "lora" | "qlora" => Some(Derivation::Adapter),
        "full" | "rlhf" | "sft" => Some(Derivation::Finetune),
        _ => None,
    }
}
