use std::error::Error as StdError;

use modelward_artifact::Finding;
use serde_json::Value;

/// The fields that hold one text or several.
const TEXTS: [&str; 10] = [
    "base_model",
    "datasets",
    "language",
    "library_name",
    "license",
    "license_link",
    "license_name",
    "model_name",
    "pipeline_tag",
    "tags",
];

/// What the YAML front matter of a Hugging Face model card says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct FrontMatter {
    fields: Value,
}

/// One result of a benchmark, as `model-index` lists it.
#[derive(Debug)]
pub(crate) struct Metric {
    pub(crate) kind: String,
    pub(crate) value: String,
    pub(crate) slice: Option<String>,
}

impl FrontMatter {
    /// Returns the fields; null where there are none.
    pub(crate) const fn fields(&self) -> &Value {
        &self.fields
    }

    /// Reads the front matter of a model card. A card without one says nothing.
    pub(crate) fn parse(card: &str) -> Result<Self, Box<dyn StdError + Send + Sync>> {
        let card = card.strip_prefix('\u{feff}').unwrap_or(card);
        let Some(yaml) = block(card)? else {
            return Ok(Self::default());
        };
        // Hugging Face writes neither anchors nor aliases, so the budget has room for very few.
        let options = serde_saphyr::options! {
            budget: serde_saphyr::budget! {
                max_depth: 16,
                max_documents: 1,
                max_anchors: 16,
                max_aliases: 16,
            },
        };
        let fields: Value = serde_saphyr::from_str_with_options(yaml, options)
            .map_err(|error| error.to_string())?;
        match fields {
            Value::Null => Ok(Self::default()),
            Value::Object(_) => Ok(Self { fields }),
            _ => Err("expected a mapping of names to values".into()),
        }
    }

    /// Returns a field that is one text or a list of texts.
    pub(crate) fn texts(&self, name: &str) -> Vec<&str> {
        match self.fields.get(name) {
            Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).collect(),
            Some(Value::String(text)) => vec![text],
            _ => Vec::new(),
        }
    }

    /// Returns what deserves attention: values that should be texts and are not, such as the
    /// language `no`, which YAML may read as false.
    pub(crate) fn findings(&self) -> Vec<Finding> {
        let is_text = |value: &Value| matches!(value, Value::Null | Value::String(_));
        let odd = TEXTS.iter().filter(|name| match self.fields.get(**name) {
            None => false,
            Some(Value::Array(items)) => !items.iter().all(is_text),
            Some(value) => !is_text(value),
        });
        odd.map(|name| {
            let message = format!("`{name}` has a value that is no text and is not used");
            Finding::new("bom.inspect.not_text", message)
        })
        .collect()
    }

    /// Returns the results of `model-index` in the order of the card.
    pub(crate) fn metrics(&self) -> Vec<Metric> {
        let models = list(&self.fields, "model-index");
        let results = models.iter().flat_map(|model| list(model, "results"));
        results
            .flat_map(|result| {
                let slice = slice(&result["dataset"]);
                list(result, "metrics")
                    .iter()
                    .map(move |metric| (metric, slice.clone()))
            })
            .filter_map(|(metric, slice)| {
                Some(Metric {
                    kind: metric.get("type")?.as_str()?.to_owned(),
                    value: scalar(metric.get("value")?)?,
                    slice,
                })
            })
            .collect()
    }
}

/// Returns the text between the two lines `---` at the head of a card.
fn block(card: &str) -> Result<Option<&str>, &'static str> {
    let Some(rest) = card
        .strip_prefix("---\n")
        .or_else(|| card.strip_prefix("---\r\n"))
    else {
        return Ok(None);
    };
    let mut start = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Ok(Some(&rest[..start]));
        }
        start += line.len();
    }
    Err("front matter begins with `---` and does not end")
}

/// Names the data of a result: its name, configuration and split.
fn slice(dataset: &Value) -> Option<String> {
    let name = dataset.get("name").or(dataset.get("type"))?.as_str()?;
    let details = ["config", "split"]
        .iter()
        .filter_map(|member| dataset.get(*member)?.as_str());
    Some(details.fold(name.to_owned(), |slice, detail| {
        format!("{slice} / {detail}")
    }))
}

fn list<'a>(value: &'a Value, member: &str) -> &'a [Value] {
    value
        .get(member)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
