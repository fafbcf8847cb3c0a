//! What the weight files of the top directory hold together.

use std::collections::{BTreeMap, BTreeSet};

use modelward_artifact::EntryPath;

use crate::generate::survey::{Survey, SurveyedFile};
use crate::inspect::{Aspect, Fact, Format, Location, Origin, Outline};

/// The weights of the model, where the files leave no doubt which they are.
#[derive(Debug, Default)]
pub(super) struct Weights<'a> {
    /// Each way in which the model lies there: one file, or several that belong together.
    sets: Vec<WeightSet<'a>>,
    /// The first file of each set whose parameters are not known.
    unknown: Vec<&'a EntryPath>,
}

/// Weight files that belong together.
#[derive(Debug)]
pub(super) struct WeightSet<'a> {
    pub(super) path: &'a EntryPath,
    pub(super) location: &'a Location,
    pub(super) files: usize,
    pub(super) parameters: u64,
    pub(super) tensors: u64,
    pub(super) types: BTreeSet<&'a str>,
    pub(super) outline: Outline,
}

impl<'a> Weights<'a> {
    pub(super) fn of(survey: &'a Survey) -> Self {
        let mut groups: BTreeMap<(Format, String), WeightSet<'a>> = BTreeMap::new();
        let mut found = BTreeMap::new();
        for file in survey.files().iter().filter(|file| file.is_top()) {
            let format = file.inspection.format();
            if !format.holds_weights() {
                continue;
            }
            let key = (format, series(file.path.as_str()));
            found.entry(key.clone()).or_insert(&file.path);
            let Some(set) = WeightSet::of(file) else {
                continue;
            };
            match groups.get_mut(&key) {
                Some(group) => group.join(set),
                None => {
                    groups.insert(key, set);
                }
            }
        }
        found.retain(|key, _| !groups.contains_key(key));
        Self {
            sets: groups.into_values().collect(),
            unknown: found.into_values().collect(),
        }
    }

    /// Returns the weights, if there is one set of them, or several that hold as many parameters.
    pub(super) fn only(&self) -> Option<&WeightSet<'a>> {
        let first = self.sets.first().filter(|_| self.unknown.is_empty())?;
        let same = |set: &WeightSet<'_>| set.parameters == first.parameters;
        self.sets.iter().all(same).then_some(first)
    }

    /// Tells whether what the weight files say is about one model: there is one set of them, or
    /// several that hold as many parameters. A folder of different models has many names and inputs,
    /// and none of them is the model's.
    pub(super) fn is_one_model(&self) -> bool {
        self.sets.len() + self.unknown.len() <= 1 || self.only().is_some()
    }

    pub(super) fn sets(&self) -> &[WeightSet<'a>] {
        &self.sets
    }

    pub(super) fn unknown(&self) -> &[&'a EntryPath] {
        &self.unknown
    }
}

impl<'a> WeightSet<'a> {
    fn of(file: &'a SurveyedFile) -> Option<Self> {
        let observed = |aspect: &Aspect| {
            let facts = file.inspection.facts().iter();
            facts
                .filter(|fact| fact.origin() == Origin::Observed && fact.aspect() == aspect)
                .collect::<Vec<_>>()
        };
        let counts = observed(&Aspect::ParameterCount);
        let count = counts.first()?;
        let tensors = observed(&Aspect::TensorCount);
        let types = observed(&Aspect::ElementType);
        Some(Self {
            path: &file.path,
            location: count.location(),
            files: 1,
            parameters: count.value().parse().ok()?,
            tensors: tensors
                .first()
                .and_then(|fact| fact.value().parse().ok())
                .unwrap_or_default(),
            types: types.into_iter().map(Fact::value).collect(),
            outline: file.inspection.outline().clone(),
        })
    }

    fn join(&mut self, other: Self) {
        self.files += other.files;
        self.parameters = self.parameters.saturating_add(other.parameters);
        self.tensors = self.tensors.saturating_add(other.tensors);
        self.types.extend(other.types);
        self.outline.join(&other.outline);
    }
}

/// Returns what the names of files that belong together have in common: `model-00001-of-00002` and
/// its like are one series, any other file is one by itself.
fn series(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|c| c.is_ascii_digit());
    let split = stem
        .rsplit_once("-of-")
        .filter(|(_, count)| digits(count))
        .and_then(|(front, count)| {
            let (series, number) = front.rsplit_once('-')?;
            digits(number).then(|| format!("{series}-of-{count}"))
        });
    split.unwrap_or_else(|| name.to_owned())
}
