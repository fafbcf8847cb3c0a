mod section;

use modelward_artifact::Finding;

use self::section::Section;
use crate::inspect::card::{Card, Field};
use crate::inspect::yaml::Yaml;
use crate::inspect::{Aspect, Fact, Input, InspectError};

/// The longest name of a dataset with its configuration and split that is repeated at each of its
/// results, in bytes.
const LONGEST_SLICE: usize = 512;

/// Says what the card of a Hugging Face model (`README.md`) holds: its front matter and, by their
/// headings, the sections of its prose.
///
/// The fields are those of `ModelCardData` of `huggingface_hub`, the headings those of its template.
/// What a template left to be written is no statement.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ModelCardFile {
    card: Card,
    sections: Vec<Section>,
}

impl ModelCardFile {
    /// Reads the card. One without front matter is prose alone.
    ///
    /// # Errors
    ///
    /// [`InspectError`] where the text is not UTF-8, or its front matter has no end or is no mapping
    /// in YAML.
    pub fn read(input: &mut Input<'_>) -> Result<Self, InspectError> {
        let card = Card::read("model card", input)?;
        let (prose, line) = card.prose();
        let sections = section::sections(prose, line);
        Ok(Self { card, sections })
    }

    /// Returns the license, in the word of the card.
    #[must_use]
    pub fn license(&self) -> Option<&str> {
        self.card.field("license")?.one_or_more().first()?.text()
    }

    /// Returns the task (`pipeline_tag`).
    #[must_use]
    pub fn task(&self) -> Option<&str> {
        self.card.field("pipeline_tag")?.text()
    }

    /// Returns the models that this one was made from.
    #[must_use]
    pub fn base_models(&self) -> Vec<&str> {
        let models = self
            .card
            .field("base_model")
            .map_or(&[][..], Yaml::one_or_more);
        models.iter().filter_map(Yaml::text).collect()
    }

    /// Returns what the card says of the model.
    #[must_use]
    pub fn facts(&self) -> Vec<Fact> {
        let mut facts = self.card.facts(&fields());
        facts.extend(self.results().into_iter().filter_map(|result| {
            let aspect = Aspect::Metric {
                kind: result.metric.member("type")?.text()?.to_owned(),
                slice: result.slice,
            };
            let value = result.metric.member("value")?;
            Some(value.declare(aspect, value.scalar()?))
        }));
        facts.extend(emissions(&self.card));
        facts.extend(self.sections.iter().flat_map(Section::facts));
        facts
    }

    /// Returns what deserves attention: values that should be texts and are not, such as the
    /// language `no`, which YAML may read as false, and results without a kind or a plain value.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = self.card.findings(&fields());
        let plain = |metric: &Yaml| {
            let kind = metric.member("type").and_then(Yaml::text);
            kind.is_some() && metric.member("value").and_then(Yaml::scalar).is_some()
        };
        let results = self.results();
        let unknown = results
            .iter()
            .filter(|result| !plain(result.metric))
            .count();
        if unknown > 0 {
            let message =
                format!("{unknown} results of `model-index` have no type or no plain value");
            findings.push(Finding::new("bom.inspect.model_card.unknown", message));
        }
        findings
    }

    /// Returns the results of `model-index` in the order of the card.
    fn results(&self) -> Vec<BenchmarkResult<'_>> {
        let models = self.card.field("model-index").map_or(&[][..], Yaml::items);
        let results = models.iter().flat_map(|model| list(model, "results"));
        let results = results.flat_map(|result| {
            let slice = result.member("dataset").and_then(slice);
            let metrics = list(result, "metrics").iter();
            metrics.map(move |metric| BenchmarkResult {
                metric,
                slice: slice.clone(),
            })
        });
        results.collect()
    }
}

/// One result of a benchmark, as `model-index` lists it, with the data that it was measured on.
struct BenchmarkResult<'a> {
    metric: &'a Yaml,
    slice: Option<String>,
}

fn fields() -> [Field; 13] {
    [
        ("base_model", Aspect::BaseModel),
        ("base_model_relation", Aspect::BaseModelRelation),
        ("datasets", Aspect::Dataset),
        ("language", Aspect::Language),
        ("library_name", Aspect::Library),
        ("license", Aspect::License),
        ("license_link", Aspect::LicenseLink),
        ("license_name", Aspect::LicenseName),
        ("model_name", Aspect::Name),
        ("pipeline_tag", Aspect::Task),
        ("tags", Aspect::Tag),
        ("version", Aspect::Version),
        ("metrics", Aspect::Metadata("metrics".to_owned())),
    ]
}

fn list<'a>(value: &'a Yaml, member: &str) -> &'a [Yaml] {
    value.member(member).map_or(&[], Yaml::items)
}

/// Names the data of a result: its name, configuration and split.
fn slice(dataset: &Yaml) -> Option<String> {
    let name = dataset.member("name").or_else(|| dataset.member("type"))?;
    let details = ["config", "split"].into_iter();
    let details = details.filter_map(|member| dataset.member(member)?.text());
    let parts: Vec<&str> = std::iter::once(name.text()?).chain(details).collect();
    let slice = parts.join(" / ");
    Some(section::cut(&slice, LONGEST_SLICE).to_owned())
}

/// States the emissions of training: grams of CO2, or an object with them and how they arose.
fn emissions(card: &Card) -> Vec<Fact> {
    let Some(field) = card.field("co2_eq_emissions") else {
        return Vec::new();
    };
    let fact = |name: &str, value: &Yaml| {
        Some(value.declare(Aspect::Metadata(name.to_owned()), value.scalar()?))
    };
    let details = [
        "emissions",
        "geographical_location",
        "hardware_used",
        "source",
        "training_type",
    ];
    let details = details.into_iter().filter_map(|name| {
        let name_of = format!("co2_eq_emissions.{name}");
        fact(&name_of, field.member(name)?)
    });
    let whole = fact("co2_eq_emissions", field).into_iter();
    whole.chain(details).collect()
}
