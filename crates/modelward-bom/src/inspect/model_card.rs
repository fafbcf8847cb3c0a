mod prose;

use modelward_artifact::Finding;
use serde_json::Value;

use crate::inspect::front_matter::FrontMatter;
use crate::inspect::{Aspect, Fact, Input, InspectError, Location};

/// What a model card in the manner of Hugging Face says: `README.md` with YAML between two lines
/// `---`, and prose under known headings.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelCardFile {
    text: String,
    front: FrontMatter,
}

/// The fields that hold one text or several, by what they say.
const FIELDS: [(&str, Aspect); 12] = [
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
];

impl ModelCardFile {
    /// Reads a model card. A card without front matter may still say something in its prose.
    ///
    /// # Errors
    ///
    /// [`InspectError`] where the text is not UTF-8, or what stands between the lines `---` is not a
    /// YAML mapping without duplicates, within a budget against alias bombs.
    pub fn read(input: &mut Input<'_>) -> Result<Self, InspectError> {
        let bytes = input.text("model card")?;
        let text = String::from_utf8(bytes).map_err(|source| InspectError::Parse {
            what: "model card",
            source: source.utf8_error().into(),
        })?;
        let front = FrontMatter::parse(&text).map_err(|source| InspectError::Parse {
            what: "front matter",
            source,
        })?;
        Ok(Self { text, front })
    }

    /// Returns the fields of the front matter; null where the card has none.
    #[must_use]
    pub const fn front_matter(&self) -> &Value {
        self.front.fields()
    }

    /// Returns what the card says of the model.
    #[must_use]
    pub fn facts(&self) -> Vec<Fact> {
        let lines = Lines::of(&self.text);
        let fields = FIELDS.iter().flat_map(|(field, aspect)| {
            let texts = self.front.texts(field).into_iter();
            let lines = &lines;
            texts.map(move |text| {
                let line = lines.of_value(field, text);
                Fact::declared(aspect.clone(), text, Location::Line(line))
            })
        });
        let mut facts: Vec<Fact> = fields.collect();
        let mut from = lines.of_key("model-index");
        for metric in self.front.metrics() {
            let line = lines.after(from, &metric.value);
            from = line;
            let aspect = Aspect::Metric {
                kind: metric.kind,
                slice: metric.slice,
            };
            facts.push(Fact::declared(aspect, metric.value, Location::Line(line)));
        }
        facts.extend(prose::facts(&self.text));
        facts
    }

    /// Returns what deserves attention: values that should be texts and are not, such as the
    /// language `no`, which YAML may read as false.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        self.front.findings()
    }
}

/// The lines of a card, to find where a value stands. The YAML parser keeps no places.
struct Lines<'a> {
    lines: Vec<&'a str>,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        Self {
            lines: text.lines().collect(),
        }
    }

    /// Returns the line of a key of the mapping, counted from 1; 1 where it is written otherwise.
    fn of_key(&self, key: &str) -> u64 {
        let is_key = |line: &&str| {
            let line = line.trim_start_matches(['"', '\'']);
            line.strip_prefix(key)
                .is_some_and(|rest| rest.trim_start_matches(['"', '\'']).starts_with(':'))
        };
        let position = self.lines.iter().position(is_key);
        number(position.unwrap_or(0))
    }

    /// Returns the line of a value: that of its key, or below it in the key's list.
    fn of_value(&self, key: &str, value: &str) -> u64 {
        let line = self.of_key(key);
        let start = usize::try_from(line).unwrap_or(usize::MAX);
        let below = self.lines.iter().enumerate().skip(start);
        let inner = below
            .take_while(|(_, line)| line.starts_with([' ', '-', '\t']) || line.trim().is_empty());
        let plain = |line: &str| {
            let item = line.trim().trim_start_matches("- ").trim();
            item.trim_matches(['"', '\'']) == value
        };
        let found = inner.into_iter().find(|(_, line)| plain(line));
        found.map_or(line, |(index, _)| number(index))
    }

    /// Returns the first line after another on which `value:` has a value.
    fn after(&self, line: u64, value: &str) -> u64 {
        let start = usize::try_from(line).unwrap_or(usize::MAX);
        let has = |line: &str| {
            let after = line.split_once("value:").map(|(_, rest)| rest.trim());
            after.is_some_and(|rest| rest.trim_matches(['"', '\'']).starts_with(value))
        };
        let mut below = self.lines.iter().enumerate().skip(start);
        let found = below.find(|(_, line)| has(line));
        found.map_or(line, |(index, _)| number(index))
    }
}

fn number(index: usize) -> u64 {
    u64::try_from(index).map_or(u64::MAX, |index| index.saturating_add(1))
}
