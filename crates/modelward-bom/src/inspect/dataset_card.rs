use modelward_artifact::Finding;

use crate::inspect::card::{Card, Field};
use crate::inspect::yaml::Yaml;
use crate::inspect::{Aspect, Fact, Input, InspectError};

/// The longest name of a configuration or split that is looked at, in bytes.
const LONGEST_NAME: usize = 512;

/// Says what the card of a Hugging Face dataset (`README.md`) holds in its front matter.
///
/// The fields are those of `DatasetCardData` of `huggingface_hub`. The name alone does not tell
/// cards of datasets from cards of models.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DatasetCard {
    card: Card,
}

impl DatasetCard {
    /// Reads the card.
    ///
    /// # Errors
    ///
    /// [`InspectError`] where the text is not UTF-8, or its front matter has no end or is no mapping
    /// in YAML.
    pub fn read(input: &mut Input<'_>) -> Result<Self, InspectError> {
        let card = Card::read("dataset card", input)?;
        Ok(Self { card })
    }

    /// Returns the name for people (`pretty_name`).
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.card.field("pretty_name")?.text()
    }

    /// Returns the names of the configurations.
    #[must_use]
    pub fn configurations(&self) -> Vec<&str> {
        let configurations = self.configuration_names().into_iter();
        configurations.filter_map(Yaml::text).collect()
    }

    /// Returns what the card says of the dataset.
    #[must_use]
    pub fn facts(&self) -> Vec<Fact> {
        let mut facts = self.card.facts(&fields());
        facts.extend(self.configuration_names().into_iter().filter_map(|name| {
            let aspect = Aspect::Metadata("config".to_owned());
            Some(name.declare(aspect, name.text()?))
        }));
        let infos = self
            .card
            .field("dataset_info")
            .map_or(&[][..], Yaml::one_or_more);
        facts.extend(infos.iter().flat_map(splits));
        facts
    }

    /// Returns what deserves attention: values that should be texts and are not, such as the
    /// language `no`, which YAML may read as false.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        self.card.findings(&fields())
    }

    fn configuration_names(&self) -> Vec<&Yaml> {
        let configurations = self.card.field("configs").map_or(&[][..], Yaml::items);
        let names = configurations.iter();
        names
            .filter_map(|configuration| configuration.member("config_name"))
            .collect()
    }
}

fn fields() -> [Field; 14] {
    let metadata = |name: &str| Aspect::Metadata(name.to_owned());
    [
        ("pretty_name", Aspect::Name),
        ("language", Aspect::Language),
        ("license", Aspect::License),
        ("license_name", Aspect::LicenseName),
        ("license_link", Aspect::LicenseLink),
        ("task_categories", Aspect::Task),
        ("tags", Aspect::Tag),
        ("annotations_creators", metadata("annotations_creators")),
        ("language_creators", metadata("language_creators")),
        ("multilinguality", metadata("multilinguality")),
        ("size_categories", metadata("size_categories")),
        ("source_datasets", metadata("source_datasets")),
        ("task_ids", metadata("task_ids")),
        ("config_names", metadata("config")),
    ]
}

/// States the number of examples and bytes of each split.
fn splits(info: &Yaml) -> Vec<Fact> {
    let short = |name: &&str| name.len() <= LONGEST_NAME;
    let configuration = info
        .member("config_name")
        .and_then(Yaml::text)
        .filter(short);
    let configuration = configuration.unwrap_or("default");
    let mut facts = Vec::new();
    for split in info.member("splits").map_or(&[][..], Yaml::items) {
        let Some(name) = split.member("name").and_then(Yaml::text).filter(short) else {
            continue;
        };
        for count in ["num_examples", "num_bytes"] {
            let aspect = Aspect::Metadata(format!("{configuration}.{name}.{count}"));
            let member = split.member(count);
            facts.extend(member.and_then(|member| Some(member.declare(aspect, member.scalar()?))));
        }
    }
    facts
}
