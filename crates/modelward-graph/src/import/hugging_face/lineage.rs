//! Base models and data sets.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use super::name::{Repository, is_commit};
use super::{Reader, derivation_of};
use crate::{BuildGraphError, Derivation, Node, NodeId, NodeKind, Relation};

impl<'d> Reader<'_, 'd> {
    /// Relates the model to its bases. Returns in which ways it came from them.
    pub(super) fn relate_bases(
        &mut self,
        model: &NodeId,
    ) -> Result<Vec<Derivation>, BuildGraphError> {
        let mut bases: BTreeMap<&str, BTreeSet<Derivation>> = BTreeMap::new();
        let card = &self.model["cardData"];
        let relation = self.out.text(card, "base_model_relation", &"/cardData");
        let relation =
            relation.and_then(|text| self.derivation(text, &"/cardData/base_model_relation"));
        for base in self.out.texts(card, "base_model", &"/cardData") {
            bases.entry(base).or_default().extend(relation);
        }
        for tag in self.tags("base_model:") {
            match tag.split_once(':') {
                Some((relation, base)) => {
                    let relation = self.derivation(relation, &"/tags");
                    bases.entry(base).or_default().extend(relation);
                }
                None => {
                    bases.entry(tag).or_default();
                }
            }
        }
        let stated = &self.model["baseModels"];
        let relation = self.out.text(stated, "relation", &"/baseModels");
        let relation = relation.and_then(|text| self.derivation(text, &"/baseModels/relation"));
        let listed = self.out.list(stated, "models", &"/baseModels");
        for base in listed.iter().filter_map(|base| base["id"].as_str()) {
            bases.entry(base).or_default().extend(relation);
        }
        let mut found = BTreeSet::new();
        for (base, mut derivations) in bases {
            if derivations.is_empty() {
                derivations.insert(Derivation::Unspecified);
            }
            let id = self.end(Repository::model(base), base, NodeKind::Model)?;
            for derivation in derivations {
                let relation = Relation::DerivedFrom(derivation);
                self.out
                    .relate(model, relation, &id, &"/cardData/base_model")?;
                found.insert(derivation);
            }
        }
        Ok(found.into_iter().collect())
    }

    pub(super) fn relate_datasets(&mut self, model: &NodeId) -> Result<(), BuildGraphError> {
        let mut names: BTreeSet<&str> = BTreeSet::new();
        names.extend(
            self.out
                .texts(&self.model["cardData"], "datasets", &"/cardData"),
        );
        names.extend(self.tags("dataset:"));
        for name in names {
            let id = self.end(Repository::dataset(name), name, NodeKind::Dataset)?;
            self.out
                .relate(model, Relation::TrainedOn, &id, &"/cardData/datasets")?;
        }
        self.relate_evaluations(model)
    }

    fn relate_evaluations(&mut self, model: &NodeId) -> Result<(), BuildGraphError> {
        // The Hub writes the index of a card both ways.
        let lists = [
            ("/model-index", &self.model["model-index"]),
            (
                "/cardData/model-index",
                &self.model["cardData"]["model-index"],
            ),
        ];
        for (place, entries) in lists {
            for (entry, value) in entries.as_array().into_iter().flatten().enumerate() {
                let place = format_args!("{place}/{entry}");
                let results = self.out.list(value, "results", &place);
                for (index, result) in results.iter().enumerate() {
                    let at = format_args!("{place}/results/{index}/dataset");
                    let dataset = &result["dataset"];
                    let names = [dataset["type"].as_str(), dataset["name"].as_str()];
                    let Some(name) = names.into_iter().flatten().next() else {
                        continue;
                    };
                    let commit = dataset["revision"].as_str().filter(|text| is_commit(text));
                    let id = match Repository::dataset(name) {
                        Some(repository) => repository.id(commit),
                        None => self.end(None, name, NodeKind::Dataset)?,
                    };
                    self.out.relate(model, Relation::EvaluatedOn, &id, &at)?;
                }
            }
        }
        Ok(())
    }

    /// Returns the tags of a namespace without it.
    fn tags(&mut self, namespace: &str) -> Vec<&'d str> {
        let tags = self.out.list(self.model, "tags", &"").iter();
        tags.filter_map(|tag| tag.as_str()?.strip_prefix(namespace))
            .collect()
    }

    fn derivation(&mut self, text: &str, at: &dyn Display) -> Option<Derivation> {
        let found = derivation_of(text);
        if found.is_none() {
            self.out
                .malformed(at, "relation to the base model is not one of the hub");
        }
        found
    }

    /// Returns the id of another repository. What the Hub cannot have, such as a path on somebody's
    /// disk, is a thing of this document alone.
    fn end(
        &mut self,
        repository: Option<Repository<'_>>,
        name: &str,
        kind: NodeKind,
    ) -> Result<NodeId, BuildGraphError> {
        if let Some(repository) = repository {
            return Ok(repository.id(None));
        }
        let id = self.out.local(name, &"/cardData");
        self.out
            .builder
            .add_node(&Node::new(id.clone(), kind, name))?;
        Ok(id)
    }
}
