mod adapter;
mod fields;
mod parts;
mod spacy;

use modelward_artifact::{Digest, Finding};
use serde_json::Value;

use self::fields::{Field, fields};
use crate::inspect::json::{Node, parse};
use crate::inspect::{Aspect, Fact, Format, Input, InspectError, Location, remote_code};

/// What a JSON file of settings says: configurations of models, tokenizers, adapters, pipelines.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    format: Format,
    members: Value,
}

impl Settings {
    /// Reads a file of settings, whose format its name announces.
    ///
    /// # Errors
    ///
    /// [`InspectError`] where the text is not strict JSON or no object.
    pub fn read(input: &mut Input<'_>, format: Format) -> Result<Self, InspectError> {
        let text = input.text("configuration")?;
        let members = parse("configuration", &text, &input.limits().json())?;
        let is_list = members.is_array() && format == Format::DatasetList;
        if members.is_object() || is_list {
            return Ok(Self { format, members });
        }
        Err(InspectError::Malformed {
            what: "configuration",
            at: Location::Pointer(String::new()),
            found: "something else".to_owned(),
            expected: "a json object",
        })
    }

    /// Returns the settings as they are written.
    #[must_use]
    pub const fn as_value(&self) -> &Value {
        &self.members
    }

    /// Returns what the settings say of the model.
    #[must_use]
    pub fn facts(&self) -> Vec<Fact> {
        let known = fields(self.format).iter();
        let mut facts: Vec<Fact> = known.flat_map(|field| self.field(field)).collect();
        facts.extend(self.chat_template());
        let root = Node::root(&self.members);
        if self.is_loaded() {
            facts.extend(remote_code::facts(&root));
        }
        facts.extend(match self.format {
            Format::AdapterConfig => adapter::facts(&root),
            Format::Config => self.base_model(),
            Format::DatasetList => self.datasets(),
            Format::ModelIndex => parts::facts(&root),
            Format::SpacyMeta => spacy::facts(&root),
            _ => Vec::new(),
        });
        facts
    }

    /// Returns what deserves attention: code that a loader takes from the model's folder.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let root = Node::root(&self.members);
        match self.format {
            Format::AdapterConfig => {
                let mut findings = remote_code::findings(&root);
                findings.extend(adapter::findings(&root));
                findings
            }
            Format::ModelIndex => parts::findings(&root),
            _ if self.is_loaded() => remote_code::findings(&root),
            _ => Vec::new(),
        }
    }

    /// Tells whether a loader takes classes by the names in the file.
    const fn is_loaded(&self) -> bool {
        matches!(
            self.format,
            Format::AdapterConfig | Format::Config | Format::TokenizerConfig
        )
    }

    fn field(&self, field: &Field) -> Vec<Fact> {
        let Some(value) = self.members.pointer(field.pointer) else {
            return Vec::new();
        };
        let fact = |text: String, pointer: String| {
            let text = if field.prefix.is_empty() {
                text
            } else {
                format!("{}{text}", field.prefix)
            };
            Fact::declared(field.aspect(), text, Location::Pointer(pointer))
        };
        match value {
            Value::Array(items) => {
                let texts = items.iter().enumerate().filter_map(|(index, item)| {
                    Some(fact(scalar(item)?, format!("{}/{index}", field.pointer)))
                });
                if field.first_only {
                    texts.take(1).collect()
                } else {
                    texts.collect()
                }
            }
            // A special token may be described by an object.
            Value::Object(token) => {
                let content = token.get("content").and_then(scalar);
                let pointer = format!("{}/content", field.pointer);
                content
                    .map(|text| fact(text, pointer))
                    .into_iter()
                    .collect()
            }
            value => scalar(value)
                .map(|text| fact(text, field.pointer.to_owned()))
                .into_iter()
                .collect(),
        }
    }

    /// The digest of a chat template, which a loader runs as a Jinja program.
    fn chat_template(&self) -> Vec<Fact> {
        let digest = |text: &str, pointer: String| {
            let digest = Digest::sha256(text.as_bytes()).to_hex();
            Fact::observed(Aspect::ChatTemplate, digest, Location::Pointer(pointer))
        };
        match self.members.get("chat_template") {
            Some(Value::String(text)) => vec![digest(text, "/chat_template".to_owned())],
            Some(Value::Array(items)) => {
                let templates = items.iter().enumerate().filter_map(|(index, item)| {
                    let text = item.get("template")?.as_str()?;
                    Some(digest(text, format!("/chat_template/{index}/template")))
                });
                templates.collect()
            }
            _ => Vec::new(),
        }
    }

    /// `_name_or_path` is what the model was loaded from before it was saved: a base model where it
    /// has the form of a name on Hugging Face, which the folder of a training run does not have.
    fn base_model(&self) -> Vec<Fact> {
        let pointer = "/_name_or_path";
        let name = self.members.pointer(pointer).and_then(Value::as_str);
        let is_name = |name: &&str| crate::purl::huggingface(name, None).is_some();
        name.filter(is_name)
            .map(|name| {
                Fact::inferred(
                    Aspect::Metadata("_name_or_path".to_owned()),
                    name,
                    Location::Pointer(pointer.to_owned()),
                )
            })
            .into_iter()
            .collect()
    }

    /// The list of training sets that sentence-transformers writes, by name or as a plain list.
    fn datasets(&self) -> Vec<Fact> {
        let members = self.members.as_object().into_iter().flatten();
        let named = members.map(|(name, value)| (escaped(name), value));
        let items = self.members.as_array().into_iter().flatten().enumerate();
        let listed = items.map(|(index, value)| (index.to_string(), value));
        let dataset = |(step, value): (String, &Value)| {
            let name = value.get("name")?.as_str()?;
            let at = Location::Pointer(format!("/{step}/name"));
            Some(Fact::declared(Aspect::Dataset, name, at))
        };
        named.chain(listed).filter_map(dataset).collect()
    }
}

/// Writes a name as a step of a JSON pointer.
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::Bool(value) => Some(value.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        _ => None,
    }
}
